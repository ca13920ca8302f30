//! Drawing: the state into a frame, one free function per pane. Nothing is remembered here; where a
//! pane stands is `app::panes`' business, what it says is the state's.

mod article;
mod cells;
mod episodes;
mod key_hints;
mod margin;
mod overlay;
mod picture;
mod player;
mod progress;
mod shows;
mod status;
mod text;
mod transcript;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use self::cells::Cells;
pub use self::picture::Placed;
use crate::app::{Pane, State, content, panes};
use crate::lang::{Word, word};
use crate::text::Ambiguous;
use crate::theme::Theme;

/// What every drawing function needs.
pub(crate) struct Canvas<'a> {
    pub(crate) state: &'a State,
    pub(crate) theme: &'a Theme,
    pub(crate) buffer: &'a mut Buffer,
    /// What is drawn now lies in front of the panes.
    pub(crate) in_front: bool,
    /// Images that the terminal has to put over the cells.
    pub(crate) placed: Vec<Placed>,
}

impl Canvas<'_> {
    fn say(&self, which: Word) -> &'static str {
        word(self.state.tongue, which)
    }

    /// A word of the screen with the keys that it names.
    fn hint(&self, which: Word) -> String {
        key_hints::fill(self.state, self.say(which))
    }

    /// The first key of a command as it is printed on keyboards.
    fn key(&self, command: crate::app::Command) -> Option<String> {
        key_hints::key(self.state, command.name())
    }

    fn cells(&mut self) -> Cells<'_> {
        Cells { ambiguous: self.state.ambiguous(), buffer: self.buffer }
    }

    fn ambiguous(&self) -> Ambiguous {
        self.state.ambiguous()
    }
}

/// Draws the whole screen, and says where the cursor stands if something is being typed.
pub fn draw(state: &State, theme: &Theme, frame: &mut Frame<'_>) {
    drop(draw_with_images(state, theme, frame));
}

/// The same; returned are the images that the terminal has to put over the cells.
pub fn draw_with_images(state: &State, theme: &Theme, frame: &mut Frame<'_>) -> Vec<Placed> {
    let area = frame.area();
    let (cursor, placed) = draw_into(state, theme, frame.buffer_mut(), area);
    if let Some(place) = cursor {
        frame.set_cursor_position(place);
    }
    placed
}

/// What a drawn screen has beside its cells: where the cursor stands, and images.
type Drawn = (Option<(u16, u16)>, Vec<Placed>);

/// Draws into a buffer; the cursor's place if something is being typed.
fn draw_into(state: &State, theme: &Theme, buffer: &mut Buffer, area: Rect) -> Drawn {
    buffer.set_style(area, theme.text);
    if (area.width, area.height) != state.size || area.width < 10 || area.height < 4 {
        // The resize message is on its way, or there is no room for anything.
        return Drawn::default();
    }
    let shown = panes(state);
    let mut canvas = Canvas { state, theme, buffer, in_front: false, placed: Vec::new() };
    if shown.shows.width > 0 {
        shows::draw(&mut canvas, shown.shows);
    }
    if shown.episodes.width > 0 {
        episodes::draw(&mut canvas, shown.episodes);
    }
    if shown.notes.width > 0 {
        draw_notes(&mut canvas, shown.notes);
    }
    if shown.article.width > 0 {
        article::draw(&mut canvas, shown.article);
    }
    separators(&mut canvas, &shown);
    player::draw(&mut canvas, shown.player);
    let in_status = status::draw(&mut canvas, shown.status);
    canvas.in_front = true;
    let in_overlay = overlay::draw(&mut canvas);
    let in_strip = overlay::draw_strip(&mut canvas);
    (in_strip.or(in_overlay).or(in_status), canvas.placed)
}

/// A pane's heading: its name, a line, and something at the right.
pub(crate) fn heading(
    canvas: &mut Canvas<'_>,
    pane: Rect,
    title: &str,
    right: &str,
    focused: bool,
) {
    let theme = *canvas.theme;
    let (title_style, line_style, line) = if focused {
        (theme.accent, theme.accent.remove_modifier(Modifier::BOLD), '━')
    } else {
        (theme.dim, theme.faint, '─')
    };
    let mut cells = canvas.cells();
    let inner = Rect { x: pane.x + 1, width: pane.width.saturating_sub(2), height: 1, ..pane };
    cells.fill(inner, line, line_style);
    let right = if right.is_empty() { String::new() } else { format!(" {right}") };
    let right_width = cells.width(&right).min(inner.width);
    let room = inner.width.saturating_sub(right_width + 2);
    cells.put(inner.x, inner.y, room, &format!("{title} "), title_style);
    let at = inner.x + inner.width - right_width;
    cells.put(at, inner.y, right_width, &right, theme.dim);
}

/// A sentence in the middle of an empty pane, wrapped.
pub(crate) fn hollow(canvas: &mut Canvas<'_>, pane: Rect, sentence: &str, bad: bool) {
    let area = content(pane);
    let style = if bad { canvas.theme.bad } else { canvas.theme.dim };
    let document = crate::text::from_plain(sentence, None);
    let width = area.width.saturating_sub(4).clamp(1, 60);
    let lines = crate::text::layout(&document, &canvas.state.layout_options(width)).lines;
    let top = area.y + (area.height / 3).min(6);
    let mut cells = canvas.cells();
    for (y, line) in (top..area.y + area.height).zip(lines) {
        let text: String = line.runs.iter().map(|run| run.text.as_str()).collect();
        let left = area.x + (area.width.saturating_sub(cells.width(&text))) / 2;
        cells.put(left, y, width, &text, style);
    }
}

fn draw_notes(canvas: &mut Canvas<'_>, pane: Rect) {
    let state = canvas.state;
    let focused = state.focus == Pane::Notes;
    let Some(opened) = &state.notes.opened else {
        let title = canvas.say(Word::Notes);
        article::named(canvas, pane, title, "", focused);
        let failed = state.notes.failed.clone();
        let waiting = if state.notes.loading.is_some() { Word::Loading } else { Word::NoEpisode };
        let sentence = failed.clone().unwrap_or_else(|| canvas.hint(waiting));
        hollow(canvas, pane, &sentence, failed.is_some());
        return;
    };
    let mut right = percent(&opened.reader);
    let plays = state.player.episode() == Some(opened.episode.summary.id);
    if plays && state.notes.playing_start(&state.player).is_some() {
        let words = canvas.hint(if opened.follow { Word::Following } else { Word::Detached });
        // In a narrow pane there is room for the sign only.
        let narrow = pane.width < 50;
        let words = if narrow { words.split(' ').next().unwrap_or_default() } else { &words };
        let parted = if right.is_empty() { "" } else { " · " };
        right = format!("{words}{parted}{right}");
    }
    // The notes begin with the title; once it is out of view, the heading says it.
    let at_top = opened.reader.top == 0 && !opened.reader.document.blocks.is_empty();
    let title =
        if at_top { canvas.say(Word::Notes) } else { opened.episode.summary.title.as_str() };
    let tabbed = at_top && crate::app::text_tabs(state).is_some();
    article::named(canvas, pane, if tabbed { "" } else { title }, &right, focused);
    if opened.reader.document.blocks.is_empty() {
        let sentence = canvas.say(Word::NoNotes);
        hollow(canvas, pane, sentence, false);
        return;
    }
    let marked = text::Marked::Times(margin::Times::of(state, opened));
    text::draw(canvas, pane, &opened.reader, Pane::Notes, focused, &marked);
    let flash = article::flash_in(canvas, Pane::Notes);
    text::draw_flash(canvas, pane, &opened.reader, flash);
}

fn percent(reader: &crate::app::Reader) -> String {
    if reader.fits() { String::new() } else { format!("{}%", reader.percent()) }
}

fn separators(canvas: &mut Canvas<'_>, shown: &crate::app::Panes) {
    let style = canvas.theme.faint;
    let texts = shown.notes.width + shown.article.width > 0;
    let left = if shown.episodes.width > 0 { shown.episodes } else { shown.shows };
    let mut cells = canvas.cells();
    if left.width > 0 && texts {
        let column = Rect { x: left.x + left.width - 1, y: 0, width: 1, height: shown.player.y };
        cells.fill(column, '│', style);
    }
    if shown.article.width > 0 && shown.notes.width > 0 {
        let x = shown.article.x.saturating_sub(1);
        cells.fill(Rect { x, width: 1, ..shown.article }, '│', style);
    }
}
