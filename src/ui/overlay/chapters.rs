//! The list of chapters: number, start, title, length; headings of sections between; under a rule,
//! where there is room, all of the selected one.
//!
//! ```text
//! ╭─ Chapters · the notes ━━━━━━━━━━━━━━━━━ 3/15 ─╮
//! │       登船：先学会走动                         │
//! │ ✓  1   00:00  开场                       2:20 │
//! │ ▶  2   02:20  过往实习      ━━━──── 0:38 0:58 │
//! │ ⤼  3   03:18  广告                       1:59 │
//! ```

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::app::{ChapterList, ChapterRow, Opened, Playing, chapter_rows, content};
use crate::lang::{self, Word};
use crate::model::{Chapter, Millis, clock};
use crate::text::{from_plain, layout};
use crate::ui::{Canvas, heading, hollow};

/// Narrower rows leave the lengths out.
const LENGTHS: u16 = 48;
/// Narrower rows leave the bar of the chapter that plays out.
const BAR: u16 = 64;
/// Columns of that bar.
const BAR_WIDTH: u16 = 8;

/// Draws the list.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, shown: &ChapterList) {
    let state = canvas.state;
    let Some(opened) = state.notes.opened.as_deref() else { return };
    let Some(chapters) = opened.shown() else { return };
    let source = lang::source_name(chapters.source, state.tongue);
    let mut title = format!("{} · {source}", canvas.say(Word::Chapters));
    if chapters.beyond > 0 {
        let beyond = canvas.say(Word::BeyondTheEnd);
        title = format!("{title} · {} {beyond}", chapters.beyond);
    }
    let many = chapters.list.len();
    let counted = match (shown.filter.is_empty(), shown.digits.is_empty(), shown.chosen()) {
        (_, false, _) => format!("{}_ / {many}", shown.digits),
        (false, ..) => format!("/{}  {} / {many}", shown.filter, shown.list.len),
        (.., Some(at)) => format!("{} / {many}", at + 1),
        (.., None) => many.to_string(),
    };
    heading(canvas, area, &title, &counted, true);
    let inner = content(area);
    if shown.rows.is_empty() {
        let sentence = canvas.hint(Word::NoMatch);
        hollow(canvas, area, &sentence, false);
        return;
    }
    let rows = chapter_rows(inner.height);
    let facts = Facts::of(canvas, opened, many);
    for (y, row) in (inner.y..inner.y + rows).zip(shown.rows.iter().skip(shown.list.top)) {
        let place = Rect { y, height: 1, ..inner };
        match *row {
            ChapterRow::Section(index) => {
                let chapter = chapters.list.get(index);
                let section = chapter.and_then(|c| c.section.as_deref()).unwrap_or_default();
                let style = canvas.theme.dim.add_modifier(Modifier::BOLD);
                let x = place.x + 2 + facts.number;
                let room = place.right().saturating_sub(x);
                canvas.cells().put(x, y, room, section, style);
            }
            ChapterRow::Chapter(index) => {
                let Some(chapter) = chapters.list.get(index) else { continue };
                let next = chapters.list.get(index + 1).map(|next| next.start_ms);
                let end = chapter.end_ms.or(next).or(facts.length);
                let end = end.map(|end| end.min(facts.length.unwrap_or(Millis::MAX)));
                if shown.chosen() == Some(index) {
                    let style = canvas.theme.selected;
                    canvas.buffer.set_style(place, style);
                }
                facts.row(canvas, place, index, chapter, end);
            }
        }
    }
    if let Some(index) = shown.chosen()
        && let Some(chapter) = chapters.list.get(index)
    {
        let y = inner.y + rows;
        let pages = opened.pages.of_chapter(index).map(|(_, page)| page.text.as_str());
        let area = Rect { y, height: inner.height - rows, ..inner };
        details(canvas, area, chapter, &pages.collect::<Vec<_>>());
    }
}

/// What all rows need.
struct Facts<'a> {
    opened: &'a Opened,
    /// The episode's length, where known.
    length: Option<Millis>,
    /// Columns of the longest number with a space behind it.
    number: u16,
    /// Columns of the longest start.
    start: u16,
    /// The chapter that plays and where in the recording.
    now: Option<(usize, Millis)>,
    /// Chapters that end before this were heard.
    heard: Millis,
}

impl<'a> Facts<'a> {
    fn of(canvas: &Canvas<'_>, opened: &'a Opened, many: usize) -> Self {
        let player = &canvas.state.player;
        let summary = &opened.episode.summary;
        let loaded: Option<&Playing> =
            player.playing.as_ref().filter(|playing| playing.id == summary.id);
        let length = loaded.and_then(|playing| playing.duration_ms).or(summary.duration_ms);
        let heard = match loaded {
            Some(_) => player.ms,
            None if summary.position.played => Millis::MAX,
            None => summary.position.ms,
        };
        let last = opened.shown().and_then(|chapters| chapters.list.last());
        Self {
            opened,
            length,
            number: many.to_string().len() as u16 + 1,
            start: clock(last.map_or(0, |chapter| chapter.start_ms)).len() as u16,
            now: loaded.and_then(|_| Some((player.chapter_index()?, player.ms))),
            heard,
        }
    }

    fn row(
        &self,
        canvas: &mut Canvas<'_>,
        place: Rect,
        index: usize,
        chapter: &Chapter,
        end: Option<Millis>,
    ) {
        let theme = *canvas.theme;
        let playing = self.now.filter(|(now, _)| *now == index).map(|(_, ms)| ms);
        let beyond = self.length.is_some_and(|length| length > 0 && chapter.start_ms >= length);
        let skipped = self.opened.skips(chapter);
        let heard = end.is_some_and(|end| end <= self.heard);
        let (mark, style) = match (playing.is_some(), beyond, skipped) {
            (true, _, false) => ("▶", theme.accent),
            (true, _, true) => ("▶", theme.accent.add_modifier(Modifier::CROSSED_OUT)),
            (_, true, _) => ("?", theme.faint),
            (_, _, true) => ("⤼", theme.dim.add_modifier(Modifier::CROSSED_OUT)),
            _ if heard => ("✓", theme.dim),
            _ => (" ", Style::new()),
        };
        let plain = style.remove_modifier(Modifier::CROSSED_OUT);
        let right = draw_right(canvas, place, chapter, end, playing);
        let mut cells = canvas.cells();
        let put_right =
            |cells: &mut crate::ui::cells::Cells<'_>, x: u16, width: u16, text: &str| {
                let own = cells.width(text);
                cells.put(x + width.saturating_sub(own), place.y, own.min(width), text, theme.dim);
            };
        cells.put(place.x, place.y, 1, mark, plain);
        put_right(&mut cells, place.x + 1, self.number, &(index + 1).to_string());
        let time = clock(chapter.start_ms);
        let at = place.x + 3 + self.number;
        let time_style = if beyond { theme.faint } else { theme.time };
        let inset = self.start.saturating_sub(cells.width(&time));
        cells.put(at + inset, place.y, self.start, &time, time_style);
        let at = at + self.start + 2;
        let link = match self.opened.pages.of_chapter(index).count() {
            0 if chapter.url.is_some() => "  ↗".to_owned(),
            0 => String::new(),
            count => format!("  ❐{count}"),
        };
        let taken = cells.width(&link);
        let room = right.saturating_sub(at + 1);
        let end = cells.put(at, place.y, room.saturating_sub(taken), &chapter.title, style);
        cells.put(
            end,
            place.y,
            taken.min(room),
            &link,
            theme.link.remove_modifier(Modifier::all()),
        );
    }
}

/// Draws length and progress at the right; the first column that they take.
fn draw_right(
    canvas: &mut Canvas<'_>,
    place: Rect,
    chapter: &Chapter,
    end: Option<Millis>,
    playing: Option<Millis>,
) -> u16 {
    let theme = *canvas.theme;
    let length = end.map(|end| end.saturating_sub(chapter.start_ms)).filter(|ms| *ms > 0);
    let Some(length) = length.filter(|_| place.width >= LENGTHS) else {
        return place.right();
    };
    let mut cells = canvas.cells();
    let text = clock(length);
    let width = cells.width(&text).max(5);
    let mut left = place.right().saturating_sub(width + 1);
    let inset = width.saturating_sub(cells.width(&text));
    cells.put(left + inset, place.y, width, &text, theme.dim);
    if let Some(ms) = playing.filter(|_| place.width >= BAR) {
        left = left.saturating_sub(BAR_WIDTH + 1);
        let passed = ms.saturating_sub(chapter.start_ms).min(length);
        let done = (passed * u64::from(BAR_WIDTH) / length) as u16;
        let bar = |x, width| Rect { x, width, ..place };
        cells.fill(bar(left, BAR_WIDTH), '─', theme.faint);
        cells.fill(bar(left, done), '━', theme.accent);
    }
    left
}

/// All of the selected chapter: its whole title, the pages that it links to and its points, as far as
/// they fit.
fn details(canvas: &mut Canvas<'_>, area: Rect, chapter: &Chapter, pages: &[&str]) {
    if area.height < 2 {
        return;
    }
    let theme = *canvas.theme;
    canvas.cells().fill(Rect { height: 1, ..area }, '─', theme.faint);
    let points = chapter.points.iter().map(|point| format!("\n· {point}"));
    let pages = pages.iter().map(|page| format!("\n❐ {page}"));
    let text: String = std::iter::once(chapter.title.clone()).chain(pages).chain(points).collect();
    let width = area.width.saturating_sub(2).max(1);
    let options = canvas.state.layout_options(width);
    let lines = layout(&from_plain(&text, None), &options).lines;
    let titled = lines.iter().position(|line| line.start >= chapter.title.len());
    for (index, (y, line)) in (area.y + 1..area.bottom()).zip(lines).enumerate() {
        let words: String = line.runs.iter().map(|run| run.text.as_str()).collect();
        let style = if titled.is_none_or(|end| index < end) { Style::new() } else { theme.dim };
        canvas.cells().put(area.x + 1, y, width, &words, style);
    }
}
