//! A transcript in its pane: times at the left, the cue that plays, the one that is pointed at, the
//! selected ones. Only the lines in view are looked at.
//!
//! ```text
//!   01:02  林晚  潮水退了，
//! ▶ 01:06  我们沿着海岸走。
//! ┃ 01:09  周南  走到灯塔
//! ┃        那里天才亮。
//! ```

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::{Canvas, article, text};
use crate::app::{ArticleView, Pane, TranscriptView, text_area};
use crate::lang::Word;
use crate::model::clock;
use crate::text::Line;

/// Draws the pane.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    pane: Rect,
    view: &ArticleView,
    transcript: &TranscriptView,
) {
    let state = canvas.state;
    let focused = state.focus == Pane::Article;
    let playing = state.player.playing.is_some() && state.player.episode() == view.episode;
    let now = if playing { transcript.transcript.at(state.player.ms) } else { None };
    let title = canvas.say(Word::Transcript);
    let right = facts(canvas, transcript, now.is_some());
    article::named(canvas, pane, title, &right, focused);
    let area = text_area(pane, state.settings.ui.measure);
    let reader = &transcript.reader;
    let marks = Marks { now, focused, transcript };
    let lines = reader.layout.lines.iter().enumerate().skip(reader.top);
    for (y, (index, line)) in (area.y..area.y + area.height).zip(lines) {
        let first = reader.layout.first_line.get(line.block) == Some(&index);
        draw_line(canvas, Rect { y, height: 1, ..area }, line, first, &marks);
    }
    text::draw_hints(canvas, words_area(area, transcript), reader, Pane::Article);
    text::scrollbar(canvas, pane, reader);
}

/// What stands at the right of the heading: what is selected, else whether it follows and how far it is.
fn facts(canvas: &Canvas<'_>, transcript: &TranscriptView, playing: bool) -> String {
    if let Some(selected) = transcript.selected() {
        let count = selected.end() - selected.start() + 1;
        let length = transcript.selected_range().map(|(start, end)| clock(end - start));
        let length = length.map_or_else(String::new, |length| format!(" · {length}"));
        return format!("{} {count}{length}", canvas.say(Word::Selected));
    }
    let mut parts = Vec::new();
    if playing && transcript.follow {
        parts.push(canvas.say(Word::Following).to_owned());
    }
    if !transcript.reader.fits() {
        parts.push(format!("{}%", transcript.reader.percent()));
    }
    parts.join(" · ")
}

/// What is marked.
struct Marks<'a> {
    now: Option<usize>,
    focused: bool,
    transcript: &'a TranscriptView,
}

impl Marks<'_> {
    fn is_selected(&self, cue: usize) -> bool {
        self.transcript.selected().is_some_and(|selected| selected.contains(&cue))
    }

    /// The cursor is the cue that plays while the view follows; then one mark is enough.
    fn is_pointed_at(&self, cue: usize) -> bool {
        let alone = !self.transcript.follow || self.now.is_none();
        self.focused && alone && self.transcript.cursor == cue
    }
}

fn words_area(area: Rect, transcript: &TranscriptView) -> Rect {
    let columns = transcript.time_columns.min(area.width);
    Rect { x: area.x + columns, width: area.width - columns, ..area }
}

fn draw_line(canvas: &mut Canvas<'_>, row: Rect, line: &Line, first: bool, marks: &Marks<'_>) {
    let theme = *canvas.theme;
    let cue = line.block;
    let (now, selected) = (marks.now == Some(cue), marks.is_selected(cue));
    let pointed_at = marks.is_pointed_at(cue);
    let ground = if selected || pointed_at {
        theme.selected
    } else if now {
        theme.selected_away
    } else {
        Style::new()
    };
    let left = row.x.saturating_sub(2);
    let whole = Rect { x: left, width: row.width + (row.x - left), ..row };
    if selected || pointed_at || now {
        canvas.cells().fill(whole, ' ', ground);
    }
    let mark = match (now && first, selected, pointed_at && first) {
        (true, ..) => "▶",
        (_, true, _) => "┃",
        (_, _, true) => "›",
        _ => "",
    };
    canvas.cells().put(left, row.y, 1, mark, ground.patch(theme.accent));
    let transcript = marks.transcript;
    if first && transcript.time_columns > 0 {
        let time =
            transcript.transcript.cues.get(cue).map_or_else(String::new, |c| clock(c.start_ms));
        let width = transcript.time_columns;
        let spare = width.saturating_sub(u16::try_from(time.len()).unwrap_or(width));
        let style = ground.patch(if now { theme.time } else { theme.dim });
        canvas.cells().put(row.x + spare, row.y, width, &time, style);
    }
    let words = words_area(row, transcript);
    let base =
        if now { ground.patch(theme.heading.remove_modifier(Modifier::BOLD)) } else { ground };
    let mut x = words.x;
    for run in &line.runs {
        let mut style = base;
        if run.style.bold {
            style = style.patch(theme.heading);
        }
        x = text::put_run(canvas, x, row.y, words.right(), cue, run, style, &transcript.reader);
    }
}
