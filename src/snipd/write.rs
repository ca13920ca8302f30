//! Writing a note: front matter, show notes as a quote, snips as Snipd writes them.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::{front_matter, kept, protect, said, show_notes, times};
use crate::{
    model::{NewSnip, Note},
    text::{clean, clean_line},
};

/// Writes a note in the per-episode form: front matter, `## Show notes`, `## Snips`. Reading it again
/// gives the same facts, snips, notes, tags, stars and transcripts; the result ends in a line break.
/// A note that came in this form stays as it stood, but for the snips that have changed since.
#[must_use]
pub fn write(note: &Note) -> String {
    kept::sealed(&kept::rewritten(note).unwrap_or_else(|| anew(note)))
}

fn anew(note: &Note) -> String {
    let mut out = format!("---\n{}---\n\n\n", front_matter::written(note));
    if !note.rest.is_empty() {
        let rest = passage(&out, &note.rest);
        out.push_str(&rest);
        out.push_str("\n\n");
    }
    if !note.notes.is_empty() {
        // Writing into a string cannot fail.
        let _ = write!(out, "## Show notes\n{}\n", show_notes::quoted(&note.notes));
    }
    if !note.snips.is_empty() {
        out.push_str("## Snips\n");
    }
    for snip in &note.snips {
        out.push_str(&block(snip, note.enclosure.as_deref()));
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    clean(&out).into_owned()
}

/// What belongs to no field, below `head`: as it stands, or as a quote where it would be read as
/// snips, notes or another episode at this place. A copy of the episode that contradicts it is such.
fn passage<'a>(head: &str, rest: &'a str) -> Cow<'a, str> {
    let read = super::parse(&format!("{head}{rest}\n"));
    let stays = |note: &Note| note.snips.is_empty() && note.notes.is_empty();
    if read.len() < 2 && read.iter().all(stays) {
        return Cow::Borrowed(rest);
    }
    let quoted: Vec<String> = rest.lines().map(|line| format!("> {line}")).collect();
    Cow::Owned(quoted.join("\n"))
}

/// One snip, as Snipd writes it.
pub(super) fn block(snip: &NewSnip, enclosure: Option<&str>) -> String {
    let (start, end) = (times::shown(snip.start_ms), times::shown(snip.end_ms));
    let star = if snip.favorite { "⭐ " } else { "" };
    let tapped = times::shown(snip.tapped_ms.unwrap_or(snip.end_ms));
    let title = snip
        .title
        .as_deref()
        .map_or("Untitled".to_owned(), |title| protect::protected_title(&clean_line(title)));
    let mut out = format!("### {star}[{tapped}] {title}\n");
    let file = enclosure.map(address);
    let label = format!("🎧 Play snip - {} ({start} - {end})", length(snip));
    let target = match (&snip.url, &file) {
        (Some(url), _) => Some(address(url)),
        (None, Some(file)) => Some(format!("{file}#t={start},{end}")),
        (None, None) => None,
    };
    let _ = match target {
        Some(target) => writeln!(out, "[{label}]({target})"),
        None => writeln!(out, "🎧 {start} - {end}"),
    };
    if let Some(file) = file {
        let _ = writeln!(out, "<audio controls> <source src=\"{file}#t={start},{end}\"> </audio>");
    }
    if !snip.tags.is_empty() {
        let tags: Vec<String> = snip.tags.iter().map(|tag| tag_word(tag)).collect();
        let _ = writeln!(out, "- **Tags:** {}", tags.join(" "));
    }
    for line in protect::protected(snip.note.trim_end()) {
        out.push_str(&line);
        out.push('\n');
    }
    if let Some(transcript) = snip.transcript.as_deref().filter(|text| !text.trim().is_empty()) {
        let _ = write!(out, "#### 📚 Transcript\nClick to expand\n{}", said::dressed(transcript));
    }
    // Only a block with words needs air below it.
    if out.lines().count() > 3 {
        out.push('\n');
    }
    out
}

/// `#tag`, or `[[two words]]`.
fn tag_word(tag: &str) -> String {
    let tag = clean_line(tag).replace(['[', ']'], "");
    if tag.contains(|c: char| c.is_whitespace() || "#,，".contains(c)) {
        format!("[[{tag}]]")
    } else {
        format!("#{tag}")
    }
}

/// The length as Snipd shows it; a label only.
fn length(snip: &NewSnip) -> String {
    let seconds = snip.end_ms.saturating_sub(snip.start_ms) / 1000;
    if seconds < 60 {
        format!("{seconds}sec\u{fe0f}")
    } else {
        format!("{}min\u{fe0f}", seconds / 60)
    }
}

/// An address that ends neither a link nor an attribute.
fn address(url: &str) -> String {
    clean_line(url).replace(' ', "%20").replace('"', "%22").replace('<', "%3C").replace('>', "%3E")
}
