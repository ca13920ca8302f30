//! A screen as text that a person can read and compare: the rows as they stand, then for every row the
//! columns that do not look like running text, named by what the theme calls their style.

use std::fmt::Write;

use latetalk::app::State;
use latetalk::model::ThemeName;
use latetalk::theme::{Theme, theme};
use latetalk::ui::draw;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Modifier;
use ratatui::{Frame, Terminal};
use unicode_width::UnicodeWidthStr;

/// The cells of a state, drawn as the program draws it.
pub(crate) fn cells(state: &State, name: ThemeName) -> Buffer {
    let (width, height) = state.size;
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    let mut drawn = Buffer::default();
    let draw = |frame: &mut Frame<'_>| {
        draw(state, &theme(name), frame);
        drawn.clone_from(frame.buffer_mut());
    };
    terminal.draw(draw).unwrap();
    drawn
}

/// Rows of text, then runs of styles: `row 3: 0-12 accent bold`.
pub(crate) fn picture(state: &State, name: ThemeName) -> String {
    let buffer = cells(state, name);
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let _ = writeln!(out, "{}", row_text(&buffer, y).trim_end());
    }
    out.push('\n');
    let theme = theme(name);
    for y in 0..buffer.area.height {
        let runs = runs(&buffer, y, &theme);
        if !runs.is_empty() {
            let _ = writeln!(out, "row {y}: {}", runs.join(", "));
        }
    }
    out
}

/// A row as a terminal shows it: the cell behind a wide character is part of that character.
pub(crate) fn row_text(buffer: &Buffer, y: u16) -> String {
    let mut text = String::new();
    let mut x = 0;
    while x < buffer.area.width {
        let symbol = buffer[(x, y)].symbol();
        text.push_str(symbol);
        x += u16::try_from(symbol.width().max(1)).unwrap();
    }
    text
}

fn runs(buffer: &Buffer, y: u16, theme: &Theme) -> Vec<String> {
    let cells: Vec<&Cell> = (0..buffer.area.width).map(|x| &buffer[(x, y)]).collect();
    let mut runs: Vec<(usize, usize, String)> = Vec::new();
    for (x, cell) in cells.iter().enumerate() {
        let name = if is_blank(cell) {
            // A gap within a run is part of it; elsewhere only the ground is seen.
            let next = cells.iter().skip(x).find(|cell| !is_blank(cell));
            let next = next.filter(|next| next.bg == cell.bg).map(|next| named(next, theme));
            let before = runs.last().map(|run| run.2.clone());
            before.filter(|name| next.as_ref() == Some(name)).unwrap_or_else(|| ground(cell, theme))
        } else {
            named(cell, theme)
        };
        match runs.last_mut() {
            Some(last) if last.2 == name => last.1 = x,
            _ => runs.push((x, x, name)),
        }
    }
    runs.retain(|run| !run.2.is_empty());
    runs.into_iter().map(|(from, to, name)| format!("{from}-{to} {name}")).collect()
}

fn is_blank(cell: &Cell) -> bool {
    cell.symbol().trim().is_empty()
}

/// The cell's colours by the names of the theme, and its modifiers; empty for running text.
fn named(cell: &Cell, theme: &Theme) -> String {
    let inks = [
        ("", theme.text),
        ("heading", theme.heading),
        ("accent", theme.accent),
        ("dim", theme.dim),
        ("faint", theme.faint),
        ("link", theme.link),
        ("time", theme.time),
        ("code", theme.code),
        ("bad", theme.bad),
        ("ground", theme.chosen),
    ];
    let ink = inks.iter().find(|(_, style)| style.fg == Some(cell.fg));
    let ink = ink.map_or_else(|| cell.fg.to_string(), |(name, _)| (*name).to_owned());
    let modifiers = [
        (Modifier::BOLD, "bold"),
        (Modifier::ITALIC, "italic"),
        (Modifier::UNDERLINED, "underlined"),
        (Modifier::CROSSED_OUT, "crossed"),
        (Modifier::REVERSED, "reversed"),
        (Modifier::DIM, "faded"),
    ];
    let set = modifiers.iter().filter(|(modifier, _)| cell.modifier.contains(*modifier));
    let mut parts = vec![ink, ground(cell, theme)];
    parts.extend(set.map(|(_, name)| (*name).to_owned()));
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

/// What the cell stands on; empty for the ground of the screen.
fn ground(cell: &Cell, theme: &Theme) -> String {
    let grounds = [
        ("", theme.text),
        ("on raised", theme.bar),
        ("on selected", theme.selected),
        ("on found", theme.found),
        ("on accent", theme.chosen),
    ];
    let found = grounds.iter().find(|(_, style)| style.bg == Some(cell.bg));
    found.map_or_else(|| format!("on {}", cell.bg), |(name, _)| (*name).to_owned())
}
