//! The help screen: made from the same rows as the key map, so that it cannot be wrong.

use super::{Tongue, command};
use crate::text::{Block, BlockKind, Document, Span, SpanStyle, Table};

/// Groups of the help screen: heading in both languages and the first command of the group.
const GROUPS: &[(&str, &str, &str)] = &[
    ("听", "Listening", "toggle_play"),
    ("摘录", "Snips", "snip"),
    ("移动", "Moving", "down"),
    ("链接与文章", "Links and articles", "next_link"),
    ("查找与订阅", "Finding and subscribing", "find"),
    ("其他", "Other", "palette"),
];

/// The help as a text: a table of keys and what they do per group. `rows` are (keys, command name) in
/// the order of the commands.
#[must_use]
pub fn help(tongue: Tongue, rows: &[(String, &'static str)]) -> Document {
    let mut document = Document::default();
    let mut table = Table::default();
    for (keys, name) in rows {
        if let Some((chinese, english, _)) = GROUPS.iter().find(|group| group.2 == *name) {
            flush(&mut document, &mut table);
            let heading = span(tongue.pick(chinese, english), SpanStyle::default());
            let kind = BlockKind::Heading(2);
            document.blocks.push(Block { kind, spans: vec![heading], ..Block::default() });
        }
        let key = span(keys, SpanStyle { code: true, ..SpanStyle::default() });
        let what = span(command(tongue, name), SpanStyle::default());
        table.rows.push(vec![vec![key], vec![what]]);
    }
    flush(&mut document, &mut table);
    document
}

fn span(text: &str, style: SpanStyle) -> Span {
    Span { text: text.to_owned(), style, ..Span::default() }
}

fn flush(document: &mut Document, table: &mut Table) {
    if !table.rows.is_empty() {
        let kind = BlockKind::Table(std::mem::take(table));
        document.blocks.push(Block { kind, ..Block::default() });
    }
}
