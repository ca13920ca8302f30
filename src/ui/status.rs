//! The last line: what is being typed, else a message, else the keys that help here.

use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use super::{Canvas, key_hints};
use crate::app::{
    DownloadState, Goal, Overlay, Page, Pane, PromptKind, RangeProblem, Reader, State,
    numbered_pane, shown_host, typed_number,
};
use crate::lang::{self, Word};
use crate::model::clock;

/// Draws the line; the cursor's place if something is being typed.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect) -> Option<(u16, u16)> {
    let bar = canvas.theme.bar;
    canvas.buffer.set_style(area, bar);
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    if let Some(prompt) = &canvas.state.prompt {
        if prompt.line.has_lines() {
            // It is written in a strip of its own.
            let (hint, dim) = (canvas.say(Word::TextPromptHint), canvas.theme.dim);
            canvas.cells().put(inner.x, inner.y, inner.width, hint, dim);
            return None;
        }
        let label = canvas.say(match prompt.kind {
            PromptKind::FilterShows
            | PromptKind::FilterEpisodes
            | PromptKind::FilterChapters
            | PromptKind::FilterOutline
            | PromptKind::FilterReading
            | PromptKind::FilterSnips => Word::FilterPrompt,
            PromptKind::KeepPage => Word::KeepPagePrompt,
            PromptKind::AutoDownload(_) => Word::AutoDownloadPrompt,
            PromptKind::SnipTitle(_) => Word::TitlePrompt,
            PromptKind::SnipTags(_) | PromptKind::ShowTags(_) => Word::TagsPrompt,
            PromptKind::FilterName | PromptKind::FilterRename(_) => Word::FilterNamePrompt,
            PromptKind::FilterText(_) => Word::FilterTextPrompt,
            PromptKind::SnipRange(_, None) => Word::RangePrompt,
            PromptKind::SnipRange(_, Some(RangeProblem::NoTime)) => Word::RangeNoTime,
            PromptKind::SnipRange(_, Some(RangeProblem::Empty)) => Word::RangeEmpty,
            PromptKind::SnipRange(_, Some(RangeProblem::Beyond)) => Word::RangeBeyond,
            PromptKind::Find => Word::FindPrompt,
            PromptKind::Subscribe => Word::SubscribePrompt,
            PromptKind::LogIn(_) => Word::LogInPrompt,
            PromptKind::SnipNote(_) => Word::NotePrompt,
        });
        beside_typed(canvas, inner, label, prompt);
        let hidden =
            matches!(prompt.kind, PromptKind::LogIn(_)).then(|| prompt.line.hidden_after(':'));
        return Some(typed_line(canvas, inner, label, hidden.as_ref().unwrap_or(&prompt.line)));
    }
    let (text, style) = message(canvas);
    let right = right_side(canvas);
    let dim = canvas.theme.dim;
    let mut cells = canvas.cells();
    let width = cells.width(&right).min(inner.width / 2);
    let room = inner.width.saturating_sub(width + u16::from(width > 0));
    let text = key_hints::fit(&text, room, cells.ambiguous);
    cells.put(inner.x, inner.y, room, &text, style);
    cells.put(inner.x + inner.width - width, inner.y, width, &right, dim);
    None
}

/// What helps while a filter or tags are typed, at the right of the line where there is room: what is
/// wrong, the language of filters, the tags that there are.
fn beside_typed(canvas: &mut Canvas<'_>, area: Rect, label: &str, prompt: &crate::app::Prompt) {
    let (state, theme) = (canvas.state, *canvas.theme);
    let typed = prompt.line.text();
    let filters = matches!(prompt.kind, PromptKind::FilterEpisodes | PromptKind::FilterText(_));
    let (words, style) = match prompt.kind {
        PromptKind::ShowTags(_) => {
            let tags: Vec<String> =
                state.library.tags().iter().map(|tag| format!("#{tag}")).collect();
            (tags.join(" "), theme.dim)
        }
        _ if filters && typed.is_empty() => {
            (canvas.say(Word::FilterLanguage).to_owned(), theme.dim)
        }
        _ if filters => match crate::model::Wanted::read(typed) {
            Err(problem) => (lang::filter_problem(state.tongue, &problem), theme.bad),
            Ok(_) => return,
        },
        _ => return,
    };
    let mut cells = canvas.cells();
    let taken = cells.width(label) + 3 + cells.width(typed) + 3;
    let room = area.width.saturating_sub(taken);
    let words = key_hints::fit(&words, room, cells.ambiguous);
    let width = cells.width(&words);
    if width <= room {
        cells.put((area.x + area.width).saturating_sub(width), area.y, width, &words, style);
    }
}

/// A label and a line under the cursor; where the cursor stands.
pub(super) fn typed_line(
    canvas: &mut Canvas<'_>,
    area: Rect,
    label: &str,
    line: &crate::app::Line,
) -> (u16, u16) {
    let theme = *canvas.theme;
    let mut cells = canvas.cells();
    let at = cells.put(area.x, area.y, area.width / 2, &format!("{label} › "), theme.accent);
    let room = (area.x + area.width).saturating_sub(at);
    // A line longer than its place shows the part that ends at the cursor.
    let mut before = line.before();
    while cells.width(before) + 1 > room && !before.is_empty() {
        let next = before.char_indices().nth(1).map_or(before.len(), |(at, _)| at);
        before = before.get(next..).unwrap_or_default();
    }
    let after = line.text().get(line.before().len()..).unwrap_or_default();
    let cursor = cells.write(at, area.y, room, before, theme.heading);
    cells.write(cursor, area.y, (area.x + area.width).saturating_sub(cursor), after, theme.heading);
    (cursor.min(area.x + area.width), area.y)
}

fn message(canvas: &Canvas<'_>) -> (String, Style) {
    let state = canvas.state;
    let theme = canvas.theme;
    if state.sleep_is_near()
        && let (Some(timer), Some(left)) = (&state.sleep.timer, state.sleep_left())
    {
        let soon = lang::SleepNotice::Soon(timer.after, left.saturating_add(999));
        return (lang::say(state.tongue, &lang::Notice::Sleep(soon)), theme.accent);
    }
    if let Some(toast) = &state.toast {
        let style = if toast.notice.is_bad() { theme.bad } else { theme.bar };
        let words = lang::say(state.tongue, &toast.notice);
        let words = if toast.notice.names_keys() { key_hints::fill(state, &words) } else { words };
        return (words, style);
    }
    if state.jobs.subscribing {
        return (canvas.say(Word::SubscribingNow).to_owned(), theme.dim);
    }
    if state.snips.adjusting.is_some() {
        return (canvas.hint(Word::AdjustHint), theme.dim);
    }
    if let Some(said) = numbered(canvas) {
        return said;
    }
    if let Some(overlay) = &state.overlay {
        let hint = match overlay {
            Overlay::Help(_) => Word::HelpHint,
            Overlay::Hints { .. } => Word::HintsHint,
            Overlay::Palette { .. } | Overlay::Search(_) => Word::LineHint,
            Overlay::ConfirmUnsubscribe(..) => return (String::new(), theme.dim),
            Overlay::Chapters(_) => Word::ChaptersHint,
            Overlay::Outline(_) => Word::OutlineHint,
            Overlay::Snips(_) => Word::SnipsHint,
            Overlay::Queue(_) => Word::QueueHint,
            Overlay::Downloads(_) => Word::DownloadsHint,
            Overlay::Filters(_) => Word::FiltersHint,
            Overlay::Reading(_) => Word::ReadingHint,
            Overlay::Sound(_) => Word::SoundHint,
            Overlay::Sleep(_) => Word::SleepHint,
            Overlay::Picture(..) => Word::PictureHint,
        };
        return (canvas.hint(hint), theme.dim);
    }
    if let Some(said) = finding(canvas).or_else(|| chosen(canvas)) {
        return said;
    }
    if state.focus == Pane::Shows
        && let Some(show) = state.library.selected_show()
        && let Some(why) = show.health.error()
    {
        if show.health.wants_login() {
            return (canvas.hint(Word::WantsLogin), theme.bad);
        }
        // The address would leave no room for the reason.
        let named = why.strip_prefix("cannot fetch ").and_then(|why| why.split_once(": "));
        return (named.map_or(why, |(_, reason)| reason).to_owned(), theme.bad);
    }
    let hint = match state.focus {
        Pane::Shows | Pane::Episodes => Word::KeysHint,
        Pane::Notes => Word::TextHint,
        Pane::Article => match state.articles.front().map(|view| &view.page) {
            Some(Page::Transcript(shown)) if shown.anchor.is_some() => Word::SelectHint,
            Some(Page::Transcript(_)) => Word::TranscriptHint,
            Some(Page::Loading) => Word::LoadingHint,
            Some(Page::Failed(_)) => Word::FailedHint,
            _ => Word::ArticleHint,
        },
    };
    (canvas.hint(hint), theme.dim)
}

/// Where the link leads whose number is typed.
fn numbered(canvas: &Canvas<'_>) -> Option<(String, Style)> {
    let Some(Overlay::Hints { typed, .. }) = &canvas.state.overlay else { return None };
    let number = typed_number(typed)?;
    let reader = reader_in(canvas, numbered_pane(canvas.state)?)?;
    let link = number.checked_sub(1).and_then(|index| reader.document.links.get(index));
    let link = link.filter(|link| crate::text::is_numbered(&link.url));
    let leads = link.map_or_else(|| "…".to_owned(), |link| said_address(&link.url));
    let style = canvas.theme.link.remove_modifier(Modifier::UNDERLINED);
    Some((format!("{typed} → {leads}   {}", canvas.hint(Word::NumberHint)), style))
}

/// Which match of how many a search stands on, as long as it is on.
fn finding(canvas: &Canvas<'_>) -> Option<(String, Style)> {
    let finding = reader_in_focus(canvas)?.finding.as_ref()?;
    let count = finding.matches.len();
    let current = if count == 0 { 0 } else { finding.current + 1 };
    let found = lang::found(canvas.state.tongue, &finding.query, current, count);
    let words = format!("{found}   {}", canvas.hint(Word::FindingHint));
    Some((words, if count == 0 { canvas.theme.dim } else { canvas.theme.bar }))
}

/// The text that has the focus.
fn reader_in_focus<'a>(canvas: &Canvas<'a>) -> Option<&'a Reader> {
    reader_in(canvas, canvas.state.focus)
}

/// The text of a pane.
fn reader_in<'a>(canvas: &Canvas<'a>, pane: Pane) -> Option<&'a Reader> {
    let state = canvas.state;
    match pane {
        Pane::Notes => state.notes.opened.as_ref().map(|opened| &opened.reader),
        Pane::Article => state.articles.reader(),
        Pane::Shows | Pane::Episodes => None,
    }
}

/// Where the chosen link leads, so that its words cannot deceive.
fn chosen(canvas: &Canvas<'_>) -> Option<(String, Style)> {
    let theme = canvas.theme;
    let reader = reader_in_focus(canvas)?;
    match reader.chosen()?.goal {
        Goal::Link(index) => {
            let style = theme.link.remove_modifier(Modifier::UNDERLINED);
            let url = &reader.document.links.get(index)?.url;
            Some((format!("→ {}", said_address(url)), style))
        }
        Goal::Picture(block) => {
            let block = reader.document.blocks.get(block)?;
            let crate::text::BlockKind::Image { src, .. } = &block.kind else { return None };
            Some((format!("▣ {src}"), theme.dim))
        }
        Goal::Fold => None,
        Goal::Time(ms) => {
            Some((format!("▶ {}   {}", clock(ms), canvas.hint(Word::PlayFromHere)), theme.time))
        }
    }
}

/// An address, with the host that it really leads to in front where it looks like another.
fn said_address(url: &str) -> String {
    match shown_host(url) {
        Some(host) if !url.contains(&format!("://{host}")) => format!("⚠ {host}   {url}"),
        _ => url.to_owned(),
    }
}

fn right_side(canvas: &Canvas<'_>) -> String {
    let state = canvas.state;
    let mut parts = Vec::new();
    if state.downloads.offline {
        parts.push(format!("⊘ {}", canvas.say(Word::Offline)));
    }
    if !state.jobs.refreshing.is_empty() {
        parts.push(format!("⟳ {}", state.jobs.refreshing.len()));
    }
    parts.extend(downloading(state).map(|words| format!("⇣ {words}")));
    if !state.queue.is_empty() {
        parts.push(format!("≡ {}", state.queue.len()));
    }
    parts.join("  ")
}

/// How many downloads are under way, and how far they are in all: `2 · 34%`.
pub(super) fn downloading(state: &State) -> Option<String> {
    let (mut count, mut here, mut all) = (0_usize, 0_u64, 0_u64);
    for download in state.jobs.downloads.values() {
        match download {
            DownloadState::Running(bytes, Some(total)) => {
                count += 1;
                here = here.saturating_add(*bytes);
                all = all.saturating_add(*total);
            }
            DownloadState::Running(_, None) | DownloadState::Waiting => count += 1,
            _ => {}
        }
    }
    let percent = here.saturating_mul(100).checked_div(all).map(|percent| percent.min(100));
    let percent = percent.map(|percent| format!(" · {percent}%"));
    (count > 0).then(|| format!("{count}{}", percent.unwrap_or_default()))
}
