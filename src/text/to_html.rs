//! A document as HTML that is safe to show anywhere: escaped text, a dozen elements, harmless links.

use std::fmt::Write as _;

use super::document::{Block, BlockKind, Document, Marker, Span, Table};

/// Writes `document` as a fragment of HTML. All text is escaped; links and pictures have only the
/// schemes a [`Document`] may have; a time is `<a href="#t=SECONDS">`. No scripts, styles or classes
/// but `language-…` on code.
#[must_use]
pub fn to_html(document: &Document) -> String {
    let mut out = String::new();
    let mut open: Vec<Open> = Vec::new();
    for block in &document.blocks {
        nest(&mut out, &mut open, block);
        write_block(&mut out, block, document);
    }
    while let Some(element) = open.pop() {
        out.push_str(element.end());
    }
    out
}

/// An element that is open around the blocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Quote,
    Bullets,
    Numbers,
}

impl Open {
    fn end(self) -> &'static str {
        match self {
            Open::Quote => "</blockquote>\n",
            Open::Bullets => "</li></ul>\n",
            Open::Numbers => "</li></ol>\n",
        }
    }
}

/// Closes and opens quotes and lists until `block` stands where it should. Quotes are outermost.
fn nest(out: &mut String, open: &mut Vec<Open>, block: &Block) {
    let quotes = usize::from(block.quote);
    let depth = quotes + usize::from(block.list);
    let open_quotes = open.iter().filter(|element| **element == Open::Quote).count();
    let keep = if open_quotes == quotes { depth } else { quotes.min(open_quotes) };
    while open.len() > keep {
        out.push_str(open.pop().map_or("", Open::end));
    }
    let list = match block.marker {
        Some(Marker::Number(_)) => Open::Numbers,
        _ => Open::Bullets,
    };
    let same_level = open.len() == depth && block.list > 0;
    if same_level && block.marker.is_some() {
        if open.last() == Some(&list) {
            out.push_str("</li>");
            item(out, block.marker);
        } else {
            out.push_str(open.pop().map_or("", Open::end));
        }
    }
    while open.len() < depth {
        let element = if open.len() < quotes { Open::Quote } else { list };
        let innermost = open.len() + 1 == depth;
        match element {
            Open::Quote => out.push_str("<blockquote>\n"),
            Open::Bullets => out.push_str("<ul>"),
            Open::Numbers => match block.marker {
                Some(Marker::Number(n)) if innermost && n != 1 => {
                    let _ = write!(out, "<ol start=\"{n}\">");
                }
                _ => out.push_str("<ol>"),
            },
        }
        open.push(element);
        if element != Open::Quote {
            item(out, block.marker.filter(|_| innermost));
        }
    }
}

fn item(out: &mut String, marker: Option<Marker>) {
    match marker {
        Some(Marker::Task(true)) => out.push_str("<li><input type=\"checkbox\" disabled checked> "),
        Some(Marker::Task(false)) => out.push_str("<li><input type=\"checkbox\" disabled> "),
        _ => out.push_str("<li>"),
    }
}

fn write_block(out: &mut String, block: &Block, document: &Document) {
    match &block.kind {
        BlockKind::Paragraph => wrapped(out, "p", &block.spans, document),
        BlockKind::Heading(level) => {
            wrapped(out, &format!("h{}", level.clamp(&1, &6)), &block.spans, document);
        }
        BlockKind::Code { language, text } => {
            out.push_str("<pre><code");
            if let Some(language) = language {
                let _ = write!(out, " class=\"language-{}\"", escaped(language));
            }
            let _ = writeln!(out, ">{}</code></pre>", escaped(text));
        }
        BlockKind::Table(table) => write_table(out, table, document),
        BlockKind::Rule => out.push_str("<hr>\n"),
        BlockKind::PageMark { .. } => {}
        BlockKind::Image { src, alt } => {
            out.push_str("<figure>");
            if is_safe(src) {
                let _ = write!(out, "<img src=\"{}\" alt=\"{}\">", escaped(src), escaped(alt));
            } else {
                let _ = write!(out, "<img alt=\"{}\">", escaped(alt));
            }
            if !block.spans.is_empty() {
                out.push_str("<figcaption>");
                inline(out, &block.spans, document);
                out.push_str("</figcaption>");
            }
            out.push_str("</figure>\n");
        }
    }
}

fn wrapped(out: &mut String, element: &str, spans: &[Span], document: &Document) {
    let _ = write!(out, "<{element}>");
    inline(out, spans, document);
    let _ = writeln!(out, "</{element}>");
}

fn write_table(out: &mut String, table: &Table, document: &Document) {
    out.push_str("<table>\n");
    for (i, row) in table.rows.iter().enumerate() {
        let cell = if i == 0 && table.headed { "th" } else { "td" };
        out.push_str("<tr>");
        for spans in row {
            let _ = write!(out, "<{cell}>");
            inline(out, spans, document);
            let _ = write!(out, "</{cell}>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>\n");
}

fn inline(out: &mut String, spans: &[Span], document: &Document) {
    for span in spans {
        let marks = [
            (span.style.bold, "strong"),
            (span.style.italic, "em"),
            (span.style.strike, "del"),
            (span.style.code, "code"),
        ];
        let link = span.link.and_then(|link| document.links.get(link));
        let href = match (link, span.time_ms) {
            (Some(link), _) if is_safe(&link.url) => Some(link.url.clone()),
            (_, Some(ms)) => Some(format!("#t={}.{:03}", ms / 1000, ms % 1000)),
            _ => None,
        };
        if let Some(href) = &href {
            let _ = write!(out, "<a href=\"{}\">", escaped(href));
        }
        for (_, element) in marks.iter().filter(|(on, _)| *on) {
            let _ = write!(out, "<{element}>");
        }
        out.push_str(&escaped(&span.text).replace('\n', "<br>"));
        for (_, element) in marks.iter().rev().filter(|(on, _)| *on) {
            let _ = write!(out, "</{element}>");
        }
        if href.is_some() {
            out.push_str("</a>");
        }
    }
}

/// Whether an address may be written. Documents hold no others; but they may come from a file.
fn is_safe(url: &str) -> bool {
    let scheme = url.split([':', '/', '?', '#']).next().unwrap_or_default();
    let has_scheme = url.get(scheme.len()..).is_some_and(|rest| rest.starts_with(':'));
    !url.is_empty()
        && (!has_scheme
            || ["http", "https", "mailto", "file", "welcome"]
                .iter()
                .any(|allowed| scheme.eq_ignore_ascii_case(allowed)))
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::{from_html, from_plain};
    use super::*;
    use crate::model::Link;

    #[test]
    fn what_is_written_is_read_back_the_same() {
        let html = "<h2>题</h2><ul><li><input type=checkbox checked> 成<li><input type=checkbox>未</ul><p>甲<b>粗<i>斜</i></b><br><a href='https://a.example/?a=1&amp;b=2'>链</a> <a class=timestamp data-timestamp=14.5>00:14</a></p><ul><li>点<ol start=3><li>三<li>四</ol><li>乙<p>续</ul><ol><li>一</ol><blockquote>引<blockquote><ul><li>再</ul></blockquote>回</blockquote><pre><code class=language-rs>a\n\tb\n</code></pre><table><tr><th>a<th>c<tr><td>1<td>2</table><hr><figure><img src='https://a.example/a.png' alt='旧'><figcaption>新</figcaption></figure><p>末";
        let document = from_html(html, None);
        let written = to_html(&document);
        let again = from_html(&written, None);
        assert_eq!(again, document, "{written}");
    }

    #[test]
    fn no_element_and_no_scheme_gets_in() {
        let mut document = from_plain("<script>alert(\"x\")</script> & <img onerror='y'>", None);
        document.links.push(Link { text: "x".into(), url: "JavaScript:alert(1)".into() });
        document.blocks[0].spans[0].link = Some(0);
        let src = "data:text/html,<script>".to_owned();
        let kind = BlockKind::Image { src, alt: "\"><script>".into() };
        document.blocks.push(Block { kind, ..Block::default() });
        let html = to_html(&document);
        assert!(
            !html.contains("<script") && !html.contains("src=") && !html.contains("<a"),
            "{html}"
        );
    }
}
