//! What stands in the place of an article that is on its way, or cannot be shown.

use ratatui::layout::Rect;
use ratatui::style::Modifier;

use crate::app::{ArticleView, Command, FailureRow, Pane, SPINNER_MS, content, failure_rows};
use crate::lang::{self, Word};
use crate::ui::{Canvas, key_hints};

/// The pictures of the spinner, in turn; each one column wide in every terminal.
const SPINNER: [&str; 8] = ["⣷", "⣯", "⣟", "⡿", "⢿", "⣻", "⣽", "⣾"];

/// A page that has not come after so many ms is a slow one.
const SLOW_MS: u64 = 6_000;

/// A sign that moves while a page is waited for, with the seconds it takes.
pub(super) fn spinner(canvas: &Canvas<'_>, view: &ArticleView) -> String {
    let waited = canvas.state.now.saturating_sub(view.asked);
    let turn = usize::try_from(waited / SPINNER_MS).unwrap_or(0) % SPINNER.len();
    let sign = SPINNER.get(turn).copied().unwrap_or_default();
    match waited / 1000 {
        0 => sign.to_owned(),
        seconds => format!("{sign} {seconds} s"),
    }
}

/// A page on its way: its name, how long it takes, how to give it up.
pub(super) fn draw_loading(canvas: &mut Canvas<'_>, pane: Rect, view: &ArticleView) {
    let host = crate::app::shown_host(&view.url);
    let transcript = view.url.is_empty();
    let kind = canvas.say(if transcript { Word::Transcript } else { Word::Article });
    let title = host.unwrap_or_else(|| kind.to_owned());
    let focused = canvas.state.focus == Pane::Article;
    super::named(canvas, pane, &title, "", focused);
    let sign = spinner(canvas, view);
    let name = if transcript { kind } else { view.name() };
    let slow = canvas.state.now.saturating_sub(view.asked) >= SLOW_MS && !transcript;
    let hint = canvas.hint(if slow { Word::SlowHint } else { Word::LoadingHint });
    let theme = *canvas.theme;
    let area = content(pane);
    let opening = canvas.say(Word::Loading);
    let rows = [
        (name.to_owned(), theme.heading),
        (format!("{sign}  {opening}"), theme.accent.remove_modifier(Modifier::BOLD)),
        (String::new(), theme.dim),
        (hint, theme.dim),
    ];
    let top = area.y + (area.height / 3).min(6);
    let width = area.width.saturating_sub(2).min(64);
    let mut cells = canvas.cells();
    for (y, (words, style)) in (top..area.bottom()).zip(rows) {
        let words = key_hints::fit(&words, width, cells.ambiguous);
        let own = cells.width(&words).min(width);
        cells.put(area.x + (area.width - own) / 2, y, width, &words, style);
    }
}

/// A page that cannot be shown: what happened, and what helps.
pub(super) fn draw_failure(canvas: &mut Canvas<'_>, pane: Rect, view: &ArticleView) {
    let host = crate::app::shown_host(&view.url);
    let title = host.unwrap_or_else(|| canvas.say(Word::Article).to_owned());
    let focused = canvas.state.focus == Pane::Article;
    super::named(canvas, pane, &title, "", focused);
    let (area, rows) = failure_rows(canvas.state, pane);
    let theme = *canvas.theme;
    for (y, row) in (area.y..area.bottom()).zip(rows) {
        let (words, style) = match row {
            FailureRow::Headline(words) => {
                (format!("✕ {words}"), theme.bad.add_modifier(Modifier::BOLD))
            }
            FailureRow::Name(words) => (words, theme.heading.remove_modifier(Modifier::BOLD)),
            FailureRow::Why(words) => (words, theme.dim),
            FailureRow::Empty => continue,
            FailureRow::Offer(command) => {
                offer(canvas, Rect { y, height: 1, ..area }, command);
                continue;
            }
        };
        canvas.cells().put(area.x, y, area.width, &words, style);
    }
}

/// One way out: its key and what it does.
fn offer(canvas: &mut Canvas<'_>, row: Rect, command: Command) {
    let key = key_hints::fill(canvas.state, &format!("{{{}}}", command.name()));
    let words = lang::offer(canvas.state.tongue, command.name());
    let theme = *canvas.theme;
    let mut cells = canvas.cells();
    let end = cells.put(row.x + 2, row.y, row.width.saturating_sub(2), &key, theme.accent);
    let at = end.max(row.x + 3) + 2;
    cells.put(at, row.y, row.right().saturating_sub(at), words, theme.text);
}
