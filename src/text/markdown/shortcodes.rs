//! What site generators put into Markdown for themselves.

use std::borrow::Cow;

/// Leaves out `{{< … >}}`, `{{% … %}}`, `{% … %}` and `{: … }` (kramdown) outside of code.
pub(super) fn without_shortcodes(text: &str) -> Cow<'_, str> {
    if !text.contains("{{<")
        && !text.contains("{{%")
        && !text.contains("{%")
        && !text.contains("{:")
    {
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
        if fence.is_some() || mark.is_some() { out.push_str(line) } else { strip(line, &mut out) }
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
