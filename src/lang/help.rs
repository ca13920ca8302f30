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

/// The help as a text: one table of keys and what they do, so that all stand in the same columns, with
/// a row for the name of each group. `rows` are (keys, command name) in the order of the commands.
#[must_use]
pub fn help(tongue: Tongue, rows: &[(String, &'static str)]) -> Document {
    let mut table = Table::default();
    for (keys, name) in rows {
        if let Some((chinese, english, _)) = GROUPS.iter().find(|group| group.2 == *name) {
            if !table.rows.is_empty() {
                table.rows.push(vec![Vec::new(), Vec::new()]);
            }
            let strong = SpanStyle { bold: true, ..SpanStyle::default() };
            let heading = span(tongue.pick(chinese, english), strong);
            table.rows.push(vec![Vec::new(), vec![heading]]);
        }
        let key = span(keys, SpanStyle { code: true, ..SpanStyle::default() });
        let what = span(command(tongue, name), SpanStyle::default());
        table.rows.push(vec![vec![key], vec![what]]);
    }
    let kind = BlockKind::Table(table);
    Document { blocks: vec![Block { kind, ..Block::default() }], ..Document::default() }
}

fn span(text: &str, style: SpanStyle) -> Span {
    Span { text: text.to_owned(), style, ..Span::default() }
}
