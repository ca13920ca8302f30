//! Snipd-style Markdown to episodes with their snips and back, without loss.
//!
//! Read: the manual export of 2022–2025 (also with many episodes in one file), the per-episode form
//! with front matter, the plugin's files, Readwise, Logseq, Notion and digital-garden copies.
//! Written: the per-episode form with front matter.

mod block;
mod callout;
mod episode;
mod front_matter;
mod highlights;
mod identity;
mod kept;
mod line;
mod metadata;
mod protect;
mod range;
mod said;
mod show_notes;
mod snip;
mod split;
mod times;
mod write;

use crate::model::Note;
use crate::text::clean;

pub use kept::{Seal, append, seal};
pub use write::write;

/// Reads every episode that a text holds. A text that is no Snipd-style note and has nothing like a
/// snip gives no notes.
///
/// Nothing is dropped: unknown text of a snip goes into its note, unknown text elsewhere into
/// [`Note::rest`], and each snip keeps its block in `raw`. The same episode twice is one note, the
/// same snip twice (by its address, else by its range) one snip. A snip that says when it ends or
/// begins but not both is a minute long. What cannot be taken in, or had to be mended, is named in
/// [`Note::skipped`].
#[must_use]
pub fn parse(text: &str) -> Vec<Note> {
    // First of all: what is left out of a time would make another time of it.
    let text = &*clean(text);
    let lines = line::lines(text);
    let notes = split::episodes(&lines).into_iter().map(episode::read).collect();
    let mut notes = identity::merged(notes);
    if !looks_like(text) {
        notes.retain(|note| !note.snips.is_empty() || !note.skipped.is_empty());
    }
    notes
}

/// Whether a text is a Snipd-style note: by its front matter, its metadata, or the shape of a snip.
/// A text that merely links to Snipd is none.
#[must_use]
pub fn looks_like(text: &str) -> bool {
    let lines = line::lines(text);
    if front_matter::range(&lines, 0).is_some_and(|fields| front_matter::is_snipd(&lines, &fields))
    {
        return true;
    }
    let at_snipd = text.contains("snipd.com/");
    lines.iter().any(|line| {
        let text = line.text.trim_start_matches(['-', ' ', '\t', '>']);
        line::says_play_snip(text)
            || (at_snipd && line::is_play(text))
            || line::is_footer(text)
            || line::snip_address_in_heading(text)
            || text.contains("[open in Snipd](")
            || text.contains("[Open in Snipd](")
            || (text.contains("[Time ") && text.contains("](https://share.snipd.com/"))
            || (text.contains(" snip from ") && text.contains("](https://share.snipd.com/snip/"))
            || (metadata::pair(text).is_some_and(|(key, value)| {
                key.eq_ignore_ascii_case("url") && value.contains("share.snipd.com/episode")
            }))
    })
}

#[cfg(test)]
mod tests;
