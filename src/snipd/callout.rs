//! Callouts of Obsidian: a quote whose first line is `> [!kind] words`.

use std::borrow::Cow;

use super::{
    line::{Line, is_play, names_a_snip, plain_heading},
    times,
};

/// Turns callouts that hold a snip into headings with plain lines below, and those that hold show
/// notes into a section of them. All others stay.
pub(super) fn open(lines: &mut [Line]) {
    let mut at = 0;
    while at < lines.len() {
        let Some(words) = lines.get(at).and_then(|line| header(&line.text)) else {
            at += 1;
            continue;
        };
        let words = words.to_owned();
        let length = lines
            .iter()
            .skip(at + 1)
            .take_while(|line| {
                line.text.trim_start().starts_with('>') && header(&line.text).is_none()
            })
            .count();
        let Some(inside) = lines.get_mut(at..=at + length) else { return };
        if matches!(plain_heading(&words).as_str(), "show notes" | "shownotes") {
            if let Some(first) = inside.first_mut() {
                first.text = Cow::Borrowed("## Show notes");
            }
        } else if holds_snip(inside) {
            open_snip(inside, &words);
        }
        at += length + 1;
    }
}

/// Whether a line opens a callout.
pub(super) fn opens(text: &str) -> bool {
    header(text).is_some()
}

/// The words of a callout's first line.
fn header(text: &str) -> Option<&str> {
    let inner = text.trim_start().strip_prefix('>')?.trim_start();
    let (_, words) = inner.strip_prefix("[!")?.split_once(']')?;
    Some(words.trim_start_matches(['-', '+']).trim())
}

fn bare(text: &str) -> &str {
    let inner = text.trim_start();
    let inner = inner.strip_prefix('>').unwrap_or(inner);
    inner.strip_prefix(' ').unwrap_or(inner)
}

/// Whether a play line, or a link to a snip with a range, is among the first lines.
fn holds_snip(inside: &[Line]) -> bool {
    let mut first =
        inside.iter().skip(1).map(|line| bare(&line.text)).filter(|t| !t.is_empty()).take(3);
    first.any(|text| is_play(text) || (names_a_snip(text) && times::range_in(text).is_some()))
}

fn open_snip(inside: &mut [Line], words: &str) {
    for (index, line) in inside.iter_mut().enumerate() {
        let text = if index == 0 { format!("### {words}") } else { bare(&line.text).to_owned() };
        line.text = Cow::Owned(text);
    }
}
