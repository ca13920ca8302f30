//! A document as Markdown, for export: what it says is escaped, what it is is marked.

use std::fmt::Write as _;

use super::document::{Block, BlockKind, Document, Marker, Span, Table};
use crate::model::clock;

/// Writes `document` as `CommonMark` with tables, strikethrough and tasks. Text is escaped, so that reading
/// it back gives the same text and no HTML appears; ends in one line break, or is empty.
#[must_use]
pub fn to_markdown(document: &Document) -> String {
    let mut out = String::new();
    let mut columns = [0; Document::MAX_DEPTH as usize + 2];
    let mut before: Option<&Block> = None;
    let shown = |block: &&Block| !matches!(block.kind, BlockKind::PageMark { .. });
    for block in document.blocks.iter().filter(shown) {
        let depth = usize::from(block.list.min(Document::MAX_DEPTH));
        let mark = block.marker.map(mark).unwrap_or_default();
        let outer = columns.get(depth.saturating_sub(1)).copied().unwrap_or(0);
        if let Some(slot) = columns.get_mut(depth).filter(|_| depth > 0 && !mark.is_empty()) {
            *slot = outer + mark.chars().count().min(4);
        }
        let inner = columns.get(depth).copied().filter(|_| depth > 0).unwrap_or(0);
        let quote = "> ".repeat(usize::from(block.quote));
        if let Some(before) = before {
            // A list that does not begin with 1 needs an empty line before it, or it is text.
            let may_interrupt = before.list >= block.list
                || !matches!(block.marker, Some(Marker::Number(number)) if number != 1);
            let tight = block.marker.is_some()
                && before.list > 0
                && before.quote == block.quote
                && may_interrupt;
            if !tight {
                let shared = "> ".repeat(usize::from(block.quote.min(before.quote)));
                let _ = writeln!(out, "{}", shared.trim_end());
            }
        }
        let first = if mark.is_empty() { inner } else { outer };
        for (i, line) in lines(block, &document.links).iter().enumerate() {
            let indent = " ".repeat(if i == 0 { first } else { inner });
            let mark = if i == 0 { mark.as_str() } else { "" };
            let line = format!("{quote}{indent}{mark}{line}");
            // Two spaces at the end are a line break; alone they are nothing.
            let _ = writeln!(out, "{}", if line.trim().is_empty() { "" } else { &line });
        }
        before = Some(block);
    }
    out
}

fn mark(marker: Marker) -> String {
    match marker {
        Marker::Bullet => "- ".into(),
        Marker::Number(number) => format!("{}. ", number.min(999_999_999)),
        Marker::Task(false) => "- [ ] ".into(),
        Marker::Task(true) => "- [x] ".into(),
    }
}

type Links = [crate::model::Link];

fn lines(block: &Block, links: &Links) -> Vec<String> {
    match &block.kind {
        BlockKind::Paragraph => {
            let text = inline(&block.spans, links, "  \n");
            text.split('\n').map(guarded).collect()
        }
        BlockKind::Heading(level) => {
            let marks = "#".repeat(usize::from(*level).clamp(1, 6));
            vec![format!("{marks} {}", inline(&block.spans, links, " "))]
        }
        BlockKind::Code { language, text } => fenced(language.as_deref(), text),
        BlockKind::Table(table) => rows(table, links),
        BlockKind::Rule => vec!["---".into()],
        BlockKind::PageMark { .. } => Vec::new(),
        BlockKind::Image { src, alt } => picture(block, src, alt, links),
    }
}

/// A line whose beginning would be read as a mark gets a backslash before it.
fn guarded(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let after = line.get(digits..).unwrap_or_default();
    if digits > 0 && (after.starts_with(". ") || after.starts_with(") ")) {
        return format!("{}\\{after}", line.get(..digits).unwrap_or_default());
    }
    let marks = ["#", "- ", "+ ", "> ", "---", "===", ">", "+++"];
    let alone = matches!(line.trim_end(), "-" | "+" | "=");
    if marks.iter().any(|mark| line.starts_with(mark)) || alone {
        return format!("\\{line}");
    }
    line.to_owned()
}

fn fenced(language: Option<&str>, text: &str) -> Vec<String> {
    // The fence is longer than any run of backticks within.
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let language: String =
        language.unwrap_or_default().chars().filter(|c| !c.is_whitespace() && *c != '`').collect();
    let head = format!("{fence}{language}");
    std::iter::once(head).chain(text.lines().map(str::to_owned)).chain([fence.clone()]).collect()
}

fn rows(table: &Table, links: &Links) -> Vec<String> {
    let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    let row = |cells: &[Vec<Span>]| {
        let mut line = String::from("|");
        for column in 0..columns {
            let cell = cells.get(column).map(Vec::as_slice).unwrap_or_default();
            let text = inline(cell, links, "<br>").replace('|', "\\|");
            let _ = write!(line, " {text} |");
        }
        line
    };
    let mut out = Vec::new();
    let empty = Vec::new();
    let (head, body) = match table.rows.split_first() {
        Some((head, body)) if table.headed => (head, body),
        _ => (&empty, table.rows.as_slice()),
    };
    out.push(row(head));
    out.push(format!("|{}", " --- |".repeat(columns)));
    out.extend(body.iter().map(|cells| row(cells)));
    out
}

fn picture(block: &Block, src: &str, alt: &str, links: &Links) -> Vec<String> {
    let caption: String = block.spans.iter().map(|span| span.text.as_str()).collect();
    let mut image = format!("![{}]({})", escaped(alt).replace('\n', " "), target(src));
    if let Some(link) = block.spans.first().and_then(|span| links.get(span.link?)) {
        image = format!("[{image}]({})", target(&link.url));
    }
    if caption == alt || caption == "▣" || caption.is_empty() {
        return vec![image];
    }
    let caption = inline(&block.spans, links, " ");
    vec![image, String::new(), caption]
}

/// Spans with their marks; `newline` is written for a line break.
fn inline(spans: &[Span], links: &Links, newline: &str) -> String {
    let mut out = String::new();
    for span in spans {
        // Marks must stand at words: `** a**` is no emphasis.
        let words = span.text.trim();
        let Some(at) = span.text.find(words).filter(|_| !words.is_empty()) else {
            out.push_str(&span.text.replace('\n', newline));
            continue;
        };
        let (before, rest) = span.text.split_at(at);
        let after = rest.get(words.len()..).unwrap_or_default();
        out.push_str(&before.replace('\n', newline));
        out.push_str(&marked(span, words, links).replace('\n', newline));
        out.push_str(&after.replace('\n', newline));
    }
    out
}

fn marked(span: &Span, words: &str, links: &Links) -> String {
    let link = span.link.and_then(|link| links.get(link));
    if link.is_some_and(|link| link.url == words && words.starts_with("http")) {
        return format!("<{}>", target(words));
    }
    let mut text = if span.style.code { code(words) } else { escaped(words) };
    let marks = [(span.style.italic, "*"), (span.style.bold, "**"), (span.style.strike, "~~")];
    for (_, mark) in marks.iter().filter(|(on, _)| *on) {
        // Over a line break, marks would be read as text by some.
        text = text
            .split('\n')
            .map(|line| format!("{mark}{line}{mark}"))
            .collect::<Vec<_>>()
            .join("\n");
    }
    match (link, span.time_ms) {
        (Some(link), _) => format!("[{}]({})", text.replace('\n', " "), target(&link.url)),
        (None, Some(ms)) => format!("[{text}](#t={})", clock(ms)),
        (None, None) => text,
    }
}

fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{ticks}{pad}{}{pad}{ticks}", text.replace('\n', " "))
}

/// An address as a link target: percent-encoded where Markdown would end it.
fn target(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            ' ' | '(' | ')' | '<' | '>' | '\\' | '"' | '`' | '\n' => {
                let _ = write!(out, "%{:02X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

/// Text with a backslash before what would be a mark. Underscores and tildes within words stay.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let mark = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' => true,
            '&' => next == '#' || next.is_ascii_alphabetic(),
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            '~' => before == '~' || next == '~',
            _ => false,
        };
        if mark {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::{MarkdownOptions, from_html, from_markdown, from_markdown_with, from_plain};
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let html = "<h2>标 *题*</h2><p>甲<b>粗</b>，<i>斜</i> <a href='https://a.example/x_(y)'>链接</a><br>1. 二</p><ul><li>点<ol start=3><li>三<li>四</ol><li>乙<p>续</ul><blockquote>引<blockquote>再</blockquote></blockquote><pre><code class=language-rs>a ``` b\n</code></pre><table><tr><th>a|b<th>c<tr><td>1<td>2</table><hr><p># 不是 &lt;b&gt; `标题` snake_case 10:00-11:00</p><p>https://b.example/x</p>";
        let document = from_html(html, None);
        let markdown = to_markdown(&document);
        let options = MarkdownOptions { keep_line_breaks: false };
        let again = from_markdown_with(&markdown, None, options);
        assert_eq!(again.plain_text(), document.plain_text(), "{markdown}");
        let shape =
            |d: &Document| d.blocks.iter().map(|b| (b.list, b.quote, b.marker)).collect::<Vec<_>>();
        assert_eq!(shape(&again), shape(&document), "{markdown}");
        assert_eq!(again.links.len(), document.links.len(), "{markdown}");
        assert!(again.blocks[1].spans.iter().any(|s| s.style.bold && s.text == "粗"), "{markdown}");
    }

    #[test]
    fn hostile_text_stays_text() {
        let text = "<script>alert(1)</script> ![x](y) [a](javascript:b) **c** &lt; \\ - d\n- e\n# f\n> g\n+ h";
        let document = from_plain(text, None);
        let again = from_markdown(&to_markdown(&document), None);
        assert_eq!(again.plain_text().replace('\n', " "), text.replace('\n', " "));
        assert!(again.links.is_empty());
    }

    #[test]
    fn nothing_is_nothing() {
        assert_eq!(to_markdown(&Document::default()), "");
    }
}
