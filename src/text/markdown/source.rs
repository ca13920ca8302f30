//! Markdown made ready for the parser: without what site generators put in for themselves, and with
//! strong text that begins or ends at Chinese punctuation.

use std::borrow::Cow;

/// An empty comment: punctuation to the parser, nothing to the reader.
const NOTHING: &str = "<!---->";

/// Leaves out `{{< … >}}`, `{{% … %}}`, `{% … %}` and `{: … }` (kramdown) outside of code, and parts
/// `**“…”**` from ideographs beside it: by `CommonMark`'s rules, made for spaces between words, the marks
/// would be text. Link targets with spaces in them are put into `<…>`. Borrowed where there is nothing
/// to do.
pub(super) fn prepared(text: &str) -> Cow<'_, str> {
    let has_tags = ["{{<", "{{%", "{%", "{:"].iter().any(|open| text.contains(open));
    let has_links = text.contains("](");
    if !has_tags && !has_links && (text.is_ascii() || !text.contains("**")) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut fence: Option<&str> = None;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => fence = Some(mark),
            (Some(open), Some(mark)) if open == mark => fence = None,
            _ => {}
        }
        if fence.is_some() || mark.is_some() {
            out.push_str(line);
            continue;
        }
        let line = &*with_targets(line);
        if line.contains('{') {
            let mut stripped = String::new();
            strip(line, &mut stripped);
            set_off(&stripped, &mut out);
        } else {
            set_off(line, &mut out);
        }
    }
    Cow::Owned(out)
}

/// One line without its tags. Tags that run over several lines are left as text.
fn strip(line: &str, out: &mut String) {
    const TAGS: [(&str, &str); 4] = [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("{:", "}")];
    let mut rest = line;
    let mut code = false;
    while let Some(at) = rest.find('{') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        code ^= before.matches('`').count() % 2 == 1;
        let found = TAGS.iter().find(|(open, _)| tag.starts_with(open) && !code);
        let end = found.and_then(|(_, close)| tag.find(close).map(|end| end + close.len()));
        let (kept, after) = match end {
            Some(end) => ("", tag.get(end..).unwrap_or_default()),
            None => ("{", tag.get(1..).unwrap_or_default()),
        };
        out.push_str(kept);
        rest = after;
    }
    out.push_str(rest);
}

/// One line with `<…>` around link targets that have spaces in them, as people and templates write
/// them (`[a](https://a.example/{{ page.name }})`); by `CommonMark`'s rules they would be text.
fn with_targets(line: &str) -> Cow<'_, str> {
    if !line.contains("](") || line.starts_with("    ") {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len() + 2);
    let mut rest = line;
    let mut code = false;
    while let Some((before, after)) = rest.split_once("](") {
        code ^= before.matches('`').count() % 2 == 1;
        out.push_str(before);
        out.push_str("](");
        // Up to what ends a target or cannot stand in one: no two targets share a character, so this
        // is linear.
        let end = after.find([')', '(', '<', '>', '\\', '`']);
        let target =
            end.and_then(|end| after.split_at_checked(end)).filter(|(_, end)| end.starts_with(')'));
        rest = after;
        if let Some((target, end)) = target.filter(|(target, _)| !code && has_space(target)) {
            out.push('<');
            out.push_str(target.trim());
            out.push('>');
            rest = end;
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Whether a target has spaces within that do not set off a title (`a.html "title"`).
fn has_space(target: &str) -> bool {
    let titled = |rest: &str| rest.trim_start().starts_with(['"', '\'', '(', '“']);
    target
        .trim()
        .split_once(char::is_whitespace)
        .is_some_and(|(head, rest)| !titled(rest) && !head.starts_with(['"', '\'']))
}

/// One line with nothing put between an ideograph and strong text that has punctuation at that end. Every
/// other `**` opens; if that is wrong, an empty comment does no harm.
fn set_off(line: &str, out: &mut String) {
    if line.is_ascii() || !line.contains("**") || line.starts_with("    ") || line.contains('\t') {
        out.push_str(line);
        return;
    }
    let is_word = |c: Option<char>| c.is_some_and(|c| !c.is_ascii() && c.is_alphanumeric());
    let is_mark = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric() && !c.is_whitespace());
    let (mut opens, mut code) = (true, false);
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("**") {
        code ^= before.matches('`').count() % 2 == 1;
        out.push_str(before);
        let (last, next) = (before.chars().next_back(), after.chars().next());
        let literal = code || next == Some('*') || last == Some('\\');
        if !literal && opens && is_word(last) && is_mark(next) {
            out.push_str(NOTHING);
        }
        out.push_str("**");
        if !literal && !opens && is_mark(last) && is_word(next) {
            out.push_str(NOTHING);
        }
        opens ^= !literal;
        rest = after;
    }
    out.push_str(rest);
}
