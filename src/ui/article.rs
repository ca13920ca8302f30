//! The pane of an article: its heading (where it is from, how far it is read, how long the rest takes,
//! how old a copy it is), its text, or what stands in the text's place.
//!
//! ```text
//! ━ 潮汐月刊 ━━━━━━━━━━━━━━━━━━━━━━━ 3 天前的副本 · 35% · 剩 6 分钟 ━
//! ```

mod waiting;

use ratatui::layout::Rect;

use super::{Canvas, heading, text, transcript};
use crate::app::{ArticleView, Flash, Page, Pane, Reader, text_tabs};
use crate::lang::{self, Word};
use crate::model::Article;
use crate::text::ReadingTime;

/// Copies that are younger than so many seconds need not be told from the page.
const YOUNG: u64 = 60;

/// Draws the pane.
pub(super) fn draw(canvas: &mut Canvas<'_>, pane: Rect) {
    let state = canvas.state;
    let focused = state.focus == Pane::Article;
    let Some(view) = state.articles.front() else { return };
    match &view.page {
        Page::Loading => waiting::draw_loading(canvas, pane, view),
        Page::Failed(_) => waiting::draw_failure(canvas, pane, view),
        Page::Transcript(shown) => transcript::draw(canvas, pane, view, shown),
        Page::Ready { article, reader, offline, age, time, newer } => {
            let title = title(canvas, view, article, reader);
            let copy =
                offline.is_some().then_some(*age).flatten().or(age.filter(|age| *age >= YOUNG));
            let facts = Facts {
                view,
                reader,
                time,
                copy,
                offline: offline.is_some(),
                newer: *newer,
                preview: article.preview,
            };
            let right = facts.say(canvas, pane.width);
            named(canvas, pane, &title, &right, focused);
            let flash = flash_in(canvas, Pane::Article);
            let marked = text::Marked::Nothing;
            text::draw(canvas, pane, reader, Pane::Article, focused, &marked);
            text::draw_flash(canvas, pane, reader, flash);
        }
    }
}

/// The paragraph of a pane that was just copied.
pub(super) fn flash_in(canvas: &Canvas<'_>, pane: Pane) -> Option<usize> {
    canvas.state.flash.filter(|flash: &Flash| flash.pane == pane).map(|flash| flash.block)
}

/// The text begins with the title: above it stands where it is from; once the title is out of view, both.
fn title(canvas: &Canvas<'_>, view: &ArticleView, article: &Article, reader: &Reader) -> String {
    let host = || crate::app::shown_host(&view.url);
    let site = article.site.clone().filter(|site| !site.trim().is_empty()).or_else(host);
    let site = site.unwrap_or_else(|| canvas.say(Word::Article).to_owned());
    if reader.top == 0 { site } else { format!("{} · {site}", view.name()) }
}

/// What stands at the right of the heading.
struct Facts<'a> {
    view: &'a ArticleView,
    reader: &'a Reader,
    time: &'a ReadingTime,
    /// Seconds since the copy was fetched.
    copy: Option<u64>,
    offline: bool,
    /// The page has changed since.
    newer: bool,
    /// The page is the beginning of what others pay for.
    preview: bool,
}

impl Facts<'_> {
    /// As much as leaves room for the title: the reading time goes first, the percent last.
    fn say(&self, canvas: &mut Canvas<'_>, width: u16) -> String {
        let tongue = canvas.state.tongue;
        let mut parts: Vec<(u8, String)> = Vec::new();
        if self.view.renewing.is_some() {
            parts.push((0, waiting::spinner(canvas, self.view)));
        }
        if self.newer {
            parts.push((0, canvas.hint(Word::NewerPage)));
        }
        if self.preview {
            parts.push((1, canvas.say(Word::Preview).to_owned()));
        }
        if self.offline && !self.newer {
            parts.push((3, canvas.say(Word::NoNetwork).to_owned()));
        }
        if let Some(age) = self.copy.filter(|_| !self.newer) {
            parts.push((2, lang::copy_of(tongue, age)));
        }
        if self.view.url.starts_with("https://web.archive.org/") {
            parts.push((1, canvas.say(Word::Archive).to_owned()));
        }
        if self.view.whole {
            parts.push((1, canvas.say(Word::Whole).to_owned()));
        }
        if !self.reader.fits() {
            parts.push((0, format!("{}%", self.reader.percent())));
        }
        if !self.reader.is_at_end() || self.reader.top == 0 {
            let left = self.time.left(self.reader.place());
            let words = lang::minutes_left(tongue, left, self.reader.top == 0);
            parts.push((4, words));
        }
        let room = width.saturating_sub(4) * 3 / 5;
        for least in (1..=4).rev() {
            if canvas.cells().width(&joined(&parts)) <= room {
                break;
            }
            parts.retain(|(rank, _)| *rank != least);
        }
        joined(&parts)
    }
}

fn joined(parts: &[(u8, String)]) -> String {
    parts.iter().map(|(_, part)| part.as_str()).collect::<Vec<_>>().join(" · ")
}

/// A heading of one of the texts. Where only one of them is shown, both names stand at the left, so that
/// it is seen that there is another.
pub(super) fn named(canvas: &mut Canvas<'_>, pane: Rect, title: &str, right: &str, focused: bool) {
    let Some(tabs) = text_tabs(canvas.state) else {
        heading(canvas, pane, title, right, focused);
        return;
    };
    let taken = tabs.columns.min(pane.width);
    let rest = Rect { x: pane.x + taken, width: pane.width - taken, ..pane };
    heading(canvas, rest, title, right, focused);
    let theme = *canvas.theme;
    let mut cells = canvas.cells();
    cells.fill(Rect { width: taken, height: 1, ..pane }, ' ', theme.text);
    for (place, name, chosen) in tabs.each() {
        let room = place.end.saturating_sub(place.start);
        let (mark, style) = if chosen { ("▌", theme.accent) } else { (" ", theme.dim) };
        let x = cells.put(place.start, pane.y, 1, mark, theme.accent);
        cells.put(x, pane.y, room.saturating_sub(1), name, style);
    }
    cells.put(tabs.bar, pane.y, 1, "│", theme.faint);
}
