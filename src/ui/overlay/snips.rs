//! The list of snips.

use ratatui::layout::Rect;

use super::for_rows;
use crate::app::{SnipList, content};
use crate::lang::Word;
use crate::model::{Snip, clock};
use crate::ui::{Canvas, heading, hollow};

/// Draws the list, two rows a snip.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, shown: &SnipList) {
    let title = canvas.say(if shown.episode.is_some() { Word::Snips } else { Word::AllSnips });
    heading(canvas, area, title, &shown.snips.len().to_string(), true);
    if shown.snips.is_empty() {
        let sentence = canvas.hint(Word::NoSnips);
        hollow(canvas, area, &sentence, false);
    }
    for_rows(canvas, content(area), &shown.list, 2, |canvas, place, index| {
        let Some(snip) = shown.snips.get(index) else { return };
        let theme = *canvas.theme;
        let body = &snip.body;
        let range = format!("{} – {}", clock(body.start_ms), clock(body.end_ms));
        let first_line = |text: &str| crate::text::clean_line(text.lines().next().unwrap_or(""));
        // Title, note and what was said, as far as there are some: the first two of them are shown.
        let title = body.title.as_deref().map(first_line).unwrap_or_default();
        let said = body.transcript.as_deref().map(first_line).unwrap_or_default();
        let mut words = [title, first_line(&body.note), said].into_iter().filter(|w| !w.is_empty());
        let (first, second) = (words.next(), words.next());
        let second = second.or_else(|| chapter_of(canvas, snip)).unwrap_or_default();
        let style = if first.is_some() { theme.heading } else { theme.dim };
        let first = first.unwrap_or_else(|| canvas.say(Word::Untitled).to_owned());
        let second = if shown.episode.is_none() { snip.episode_title.clone() } else { second };
        let mut parts: Vec<String> = body.tags.iter().map(|tag| format!("#{tag}")).collect();
        parts.push(second);
        let second = parts.join(" ");
        let star = if body.favorite { "★ " } else { "" };
        let mut cells = canvas.cells();
        let at = cells.put(place.x + 1, place.y, 22, &range, theme.time);
        let room = (place.x + place.width).saturating_sub(at + 2);
        cells.put(at + 2, place.y, room, &format!("{star}{first}"), style);
        cells.put(at + 2, place.y + 1, room, &second, theme.dim);
    });
}

/// The chapter that a snip of the opened episode lies in, for snips that say little themselves.
fn chapter_of(canvas: &Canvas<'_>, snip: &Snip) -> Option<String> {
    let opened = canvas.state.notes.opened.as_ref()?;
    let chapters = opened.shown().filter(|_| opened.episode.summary.id == snip.episode)?;
    // The end is where the key was pressed: what was meant is there rather than at the start.
    let index = chapters.at(snip.body.end_ms.saturating_sub(1))?;
    chapters.list.get(index).map(|chapter| format!("› {}", chapter.title))
}
