//! The list of snips: range, star, words and length; under them tags, and where it is from.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::for_rows;
use crate::app::{SnipList, SnipRow, content};
use crate::lang::Word;
use crate::model::{Millis, Snip, Soundbite, clock};
use crate::text::width;
use crate::ui::{Canvas, heading, hollow};

/// What a row says.
struct Said {
    range: (Millis, Millis),
    star: bool,
    first: String,
    first_style: Style,
    tags: String,
    second: String,
    by_show: bool,
}

/// Draws the list, two rows a snip.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, shown: &SnipList) {
    let title = canvas.say(if shown.episode.is_some() { Word::Snips } else { Word::AllSnips });
    let (title, count) = if shown.filter.is_empty() {
        (title.to_owned(), shown.total().to_string())
    } else {
        let title = format!("{title} › {}", shown.filter);
        (title, format!("{} / {}", shown.list.len, shown.total()))
    };
    heading(canvas, area, &title, &count, true);
    if shown.list.len == 0 {
        let empty = shown.total() == 0;
        let sentence = canvas.hint(if empty { Word::NoSnips } else { Word::NoSnipMatch });
        hollow(canvas, area, &sentence, false);
    }
    let ambiguous = canvas.ambiguous();
    let widths = ranges_in_view(area, shown).map(|range| width(&range_of(range), ambiguous));
    let range_width = u16::try_from(widths.max().unwrap_or(0)).unwrap_or(0);
    for_rows(canvas, content(area), &shown.list, 2, |canvas, place, index| {
        match shown.row(index) {
            Some(SnipRow::Own(snip)) => {
                let said = own(canvas, snip, shown.episode.is_none());
                row(canvas, place, range_width, &said, sounds(canvas, snip.episode, &said));
            }
            Some(SnipRow::Show(bite)) => {
                let said = recommended(canvas, bite);
                let sounds = shown.episode.is_some_and(|id| sounds(canvas, id, &said));
                row(canvas, place, range_width, &said, sounds);
            }
            None => {}
        }
    });
}

/// The ranges of the rows that can be seen; they stand in one column.
fn ranges_in_view(area: Rect, shown: &SnipList) -> impl Iterator<Item = (Millis, Millis)> {
    let rows = usize::from(content(area).height) / 2 + 1;
    let places = shown.list.top..shown.list.top.saturating_add(rows);
    places.filter_map(|index| shown.row(index)).map(|row| match row {
        SnipRow::Own(snip) => (snip.body.start_ms, snip.body.end_ms),
        SnipRow::Show(bite) => (bite.start_ms, bite.start_ms.saturating_add(bite.duration_ms)),
    })
}

fn range_of((start, end): (Millis, Millis)) -> String {
    format!("{}–{}", clock(start), clock(end))
}

/// Whether this very range plays.
fn sounds(canvas: &Canvas<'_>, episode: crate::model::EpisodeId, said: &Said) -> bool {
    let player = &canvas.state.player;
    let (start, end) = said.range;
    player.playing.as_ref().is_some_and(|playing| {
        playing.id == episode && playing.until_ms == Some(end) && player.ms >= start
    })
}

fn row(canvas: &mut Canvas<'_>, place: Rect, range_width: u16, said: &Said, sounds: bool) {
    let theme = *canvas.theme;
    let by_show = canvas.say(Word::OfTheShow);
    let (start, end) = said.range;
    let length = clock(end.saturating_sub(start));
    let mut cells = canvas.cells();
    if sounds {
        cells.put(place.x, place.y, 1, "▶", theme.accent);
    }
    let range = range_of(said.range);
    let width = cells.width(&range).min(range_width);
    cells.put(place.x + 2 + range_width - width, place.y, width, &range, theme.time);
    let left = place.x + 2 + range_width + 2;
    let right = (place.x + place.width).saturating_sub(1);
    let length_width = cells.width(&length);
    let room = right.saturating_sub(left);
    let words_room = room.saturating_sub(length_width + 2);
    let star = if said.star { "★ " } else { "" };
    let at = cells.put(left, place.y, words_room, star, theme.accent);
    let words_room = words_room.saturating_sub(at - left);
    cells.put(at, place.y, words_room, &said.first, said.first_style);
    let length_at = right.saturating_sub(length_width);
    if length_at > left {
        cells.put(length_at, place.y, length_width, &length, theme.dim);
    }
    let mut at = left;
    let mut piece = |text: &str, style: Style, at: &mut u16| {
        if !text.is_empty() && *at < right {
            *at = cells.put(*at, place.y + 1, right - *at, text, style) + 1;
        }
    };
    if said.by_show {
        piece(by_show, theme.accent, &mut at);
    }
    piece(&said.tags, theme.link.remove_modifier(ratatui::style::Modifier::UNDERLINED), &mut at);
    piece(&said.second, theme.dim, &mut at);
}

/// A snip of the user: title, note and what was said, as far as there are some; the first two of them
/// are shown. A snip without words shows its chapter.
fn own(canvas: &Canvas<'_>, snip: &Snip, all: bool) -> Said {
    let body = &snip.body;
    let title = body.title.as_deref().map(first_line).unwrap_or_default();
    let said = body.transcript.as_deref().map(first_line).unwrap_or_default();
    let mut words =
        [title, first_line(&body.note), said].into_iter().filter(|words| !words.is_empty());
    let (first, second) = (words.next(), words.next());
    let (first, first_style) = match first {
        Some(first) => (first, canvas.theme.heading),
        None => match chapter_of(canvas, snip) {
            Some(chapter) => (format!("› {chapter}"), canvas.theme.dim),
            None => (canvas.say(Word::Untitled).to_owned(), canvas.theme.dim),
        },
    };
    let second = second.unwrap_or_default();
    let second = if all {
        let from = [snip.episode_title.as_str(), snip.show_title.as_str(), second.as_str()];
        let from = from.into_iter().filter(|part| !part.is_empty());
        from.collect::<Vec<_>>().join(" · ")
    } else {
        second
    };
    let tags: Vec<String> = body.tags.iter().map(|tag| format!("#{tag}")).collect();
    let range = (body.start_ms, body.end_ms);
    let (star, tags) = (body.favorite, tags.join(" "));
    Said { range, star, first, first_style, tags, second, by_show: false }
}

fn recommended(canvas: &Canvas<'_>, bite: &Soundbite) -> Said {
    let title = bite.title.as_deref().map(first_line).filter(|title| !title.is_empty());
    Said {
        range: (bite.start_ms, bite.start_ms.saturating_add(bite.duration_ms)),
        star: false,
        first: title.unwrap_or_else(|| canvas.say(Word::Untitled).to_owned()),
        first_style: canvas.theme.heading,
        tags: String::new(),
        second: String::new(),
        by_show: true,
    }
}

fn first_line(text: &str) -> String {
    crate::text::clean_line(text.lines().find(|line| !line.trim().is_empty()).unwrap_or(""))
}

/// The chapter that a snip of the opened episode lies in, for snips that say little themselves.
fn chapter_of(canvas: &Canvas<'_>, snip: &Snip) -> Option<String> {
    let opened = canvas.state.notes.opened.as_ref()?;
    let chapters = opened.shown().filter(|_| opened.episode.summary.id == snip.episode)?;
    // The end is where the key was pressed: what was meant is there rather than at the start.
    let index = chapters.at(snip.body.end_ms.saturating_sub(1))?;
    chapters.list.get(index).map(|chapter| chapter.title.clone())
}
