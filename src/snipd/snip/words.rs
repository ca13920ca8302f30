//! The words of a snip: what is around them goes, what says a time is found.

use super::super::{
    line, metadata,
    protect::{is_own_words, unprotected_at_ends},
    times,
};
use crate::{model::Millis, text::clean};

/// The lines of the note without the empty lines and rules around them, and without the heading of a
/// private note, which is what a note is.
pub(super) fn note_of(lines: &[String]) -> String {
    let empty = |line: &String| line.trim().is_empty() || line::is_rule(line);
    let first = lines.iter().position(|line| !empty(line)).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| !empty(line)).map_or(first, |at| at + 1);
    let mut kept = lines.get(first..last).unwrap_or_default();
    if let Some((heading, rest)) = kept.split_first()
        && is_own_words(heading)
    {
        let first = rest.iter().position(|line| !empty(line)).unwrap_or(rest.len());
        kept = rest.get(first..).unwrap_or_default();
    }
    let text: Vec<_> = one_rule(kept).into_iter().map(|line| unprotected_at_ends(line)).collect();
    clean(&text.join("\n")).trim_end().to_owned()
}

/// Of several rules in a row, with nothing but empty lines between, the first is kept: exports put them
/// between what is left out.
fn one_rule(lines: &[String]) -> Vec<&str> {
    let (mut out, mut empty, mut after_rule) = (Vec::new(), Vec::new(), false);
    for line in lines {
        if line.trim().is_empty() {
            empty.push(line.as_str());
        } else if after_rule && line::is_rule(line) {
            empty.clear();
        } else {
            out.append(&mut empty);
            out.push(line.as_str());
            after_rule = line::is_rule(line);
        }
    }
    out
}

/// `Time: 03:12 - 05:18`, `**时间**：…`: a range behind a label.
pub(super) fn is_labelled_range(text: &str) -> bool {
    let label = metadata::pair(text).map(|(key, _)| key.to_lowercase());
    label.is_some_and(|label| {
        matches!(
            label.as_str(),
            "time" | "range" | "timestamp" | "timestamps" | "时间" | "時間" | "区间" | "片段"
        )
    })
}

/// The moment of the tap: `Clipped at: 01:01:00`.
pub(super) fn clipped_at(text: &str) -> Option<Millis> {
    let (key, value) = metadata::pair(text)?;
    let key = key.to_lowercase().replace(['_', '-'], " ");
    let is = matches!(
        key.as_str(),
        "clipped at"
            | "clipping time"
            | "snip clipping time"
            | "clip time"
            | "剪辑时间"
            | "标记时间"
    );
    is.then(|| times::clock(value)).flatten()
}
