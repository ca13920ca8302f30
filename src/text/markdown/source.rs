//! Markdown made ready for the parser: without what site generators put in for themselves, and with
//! strong text that begins or ends at Chinese punctuation.

use std::borrow::Cow;

use super::{marks, tags};

/// An empty comment: punctuation to the parser, nothing to the reader.
const NOTHING: &str = "<!---->";

/// Leaves out or replaces what only some programs understand (see `tags` and `marks`), outside of
/// code, and parts `**“…”**` from ideographs beside it: by `CommonMark`'s rules, made for spaces between
/// words, the marks would be text. Link targets with spaces in them are put into `<…>`. Borrowed where
/// there is nothing to do.
pub(super) fn prepared(text: &str) -> Cow<'_, str> {
    const MARKS: [&str; 19] = [
        "*[", "{", "](", "[[", "==", "%%", "^", ":::", "[!", "•", "●", "◦", "▪", "‣", "◆", "■", "[TOC]",
        "[toc]", "import ",
    ];
    let has_marks = MARKS.iter().any(|mark| text.contains(mark));
    if !has_marks && (text.is_ascii() || !text.contains("**")) {
        return Cow::Borrowed(text);
    }
    let is_mdx = marks::is_mdx(text);
    let mut out = String::with_capacity(text.len());
    let mut open = marks::Open::of(is_chinese(text));
    let mut fence: Option<String> = None;
    for line in text.split_inclusive('\n') {
        if let Some(next) = fenced(line, &mut fence) {
            out.push_str(&next);
            continue;
        }
        let Some(line) = marks::plain(line, &mut open, is_mdx) else {
            // The line stays as an empty one: what was parted by it is still parted.
            out.push('\n');
            continue;
        };
        let line = tags::without_attributes(&line);
        let mut stripped = String::new();
        tags::replaced(&line, &mut stripped);
        set_off(&with_targets(&stripped), &mut out);
    }
    Cow::Owned(out)
}

/// Whether a text is more than a few Chinese words among others.
fn is_chinese(text: &str) -> bool {
    let head = text.char_indices().nth(20_000).map_or(text, |(at, _)| text.get(..at).unwrap_or(text));
    let han = head.chars().filter(|c| matches!(c, '\u{4e00}'..='\u{9fff}')).count();
    han * 10 > head.len() / 3
}

/// A line that is code or its fence, as it is to be written; `None` for others.
fn fenced<'l>(line: &'l str, fence: &mut Option<String>) -> Option<Cow<'l, str>> {
    let trimmed = line.trim_start().trim_start_matches("> ");
    let mark = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
    if let Some(open) = fence {
        let closes = match tags::fence(line) {
            Some(tags::Fence::Closes) => open == "tag",
            _ => mark == Some(open.as_str()),
        };
        let by_tag = open == "tag";
        if closes {
            *fence = None;
        }
        return Some(if closes && by_tag { Cow::Borrowed("```\n\n") } else { Cow::Borrowed(line) });
    }
    if let Some(mark) = mark {
        // One line may hold it all.
        let is_whole = trimmed.trim_end().trim_start_matches(['`', '~']).ends_with(mark);
        *fence = (!is_whole).then(|| mark.to_owned());
        return Some(Cow::Borrowed(line));
    }
    match tags::fence(line)? {
        tags::Fence::Opens(language) => {
            *fence = Some("tag".to_owned());
            Some(Cow::Owned(format!("\n```{language}\n")))
        }
        tags::Fence::Closes => Some(Cow::Borrowed("\n")),
    }
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
