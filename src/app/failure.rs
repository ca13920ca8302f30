//! What stands in the place of a page that cannot be shown: what happened, and what helps, each with the
//! key that does it. The same rows are drawn and clicked.

use ratatui::layout::Rect;

use super::layout::content;
use super::{ArticleView, Command, Page, State};
use crate::lang;
use crate::model::PageProblem;
use crate::text::{from_plain, layout};

/// Most columns of a sentence.
const WIDEST: u16 = 56;

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FailureRow {
    /// What happened, in few words.
    Headline(String),
    /// The page's name.
    Name(String),
    /// The whole sentence.
    Why(String),
    /// What helps.
    Offer(Command),
    /// An empty row.
    Empty,
}

/// What helps with a page that cannot be shown, the most likely first.
#[must_use]
pub fn ways_out(view: &ArticleView) -> Vec<Command> {
    let Page::Failed(failure) = &view.page else { return Vec::new() };
    if view.url.is_empty() {
        return vec![Command::ArticleBack];
    }
    let web = view.url.starts_with("http://") || view.url.starts_with("https://");
    let archived = view.url.starts_with("https://web.archive.org/");
    let (retry, browser, archive) = (Command::Refresh, Command::Browser, Command::Archived);
    let mut all = match failure.problem {
        PageProblem::Gone | PageProblem::Deleted => vec![archive, browser, retry],
        PageProblem::Blocked | PageProblem::Refused => vec![browser, archive, retry],
        PageProblem::NotText | PageProblem::Private => vec![browser],
        PageProblem::NoText => vec![Command::WholePage, browser, archive, retry],
        PageProblem::Unreachable | PageProblem::Slow | PageProblem::Busy => {
            vec![retry, archive, browser]
        }
        PageProblem::Other => vec![retry, browser, archive],
    };
    all.retain(|offer| match offer {
        Command::Browser => web,
        Command::Archived => web && !archived,
        Command::WholePage => !view.whole,
        _ => true,
    });
    all.push(Command::ArticleBack);
    all
}

/// Where the rows stand in the article's pane, and what they say.
#[must_use]
pub fn failure_rows(state: &State, pane: Rect) -> (Rect, Vec<FailureRow>) {
    let inner = content(pane);
    let width = inner.width.saturating_sub(2).clamp(1, WIDEST);
    let Some(view) = state.articles.front() else { return (inner, Vec::new()) };
    let Page::Failed(failure) = &view.page else { return (inner, Vec::new()) };
    let options = state.layout_options(width);
    let wrapped = |text: &str, most: usize| -> Vec<String> {
        let lines = layout(&from_plain(text, None), &options).lines.into_iter();
        let text = lines.map(|line| line.runs.iter().map(|run| run.text.as_str()).collect());
        text.take(most).collect()
    };
    let offers = ways_out(view);
    // In a low pane what helps comes before what explains.
    let spare = usize::from(inner.height).saturating_sub(offers.len() + 3);
    let mut rows = vec![FailureRow::Headline(lang::problem(state.tongue, failure.problem).into())];
    rows.extend(wrapped(view.name(), 2.min(spare)).into_iter().map(FailureRow::Name));
    let spare = spare.saturating_sub(rows.len());
    if spare > 1 {
        rows.push(FailureRow::Empty);
        rows.extend(wrapped(&failure.why, spare - 1).into_iter().map(FailureRow::Why));
    }
    rows.push(FailureRow::Empty);
    rows.extend(offers.into_iter().map(FailureRow::Offer));
    let height = u16::try_from(rows.len()).unwrap_or(u16::MAX).min(inner.height);
    let (x, y) = (inner.x + (inner.width - width) / 2, inner.y + (inner.height - height) / 3);
    (Rect { x, y, width, height }, rows)
}

/// The command of the row under this cell.
#[must_use]
pub(super) fn offer_at(state: &State, pane: Rect, x: u16, y: u16) -> Option<Command> {
    let (area, rows) = failure_rows(state, pane);
    let inside = (area.x..area.right()).contains(&x) && (area.y..area.bottom()).contains(&y);
    match rows.get(usize::from(y.checked_sub(area.y).filter(|_| inside)?))? {
        FailureRow::Offer(command) => Some(*command),
        _ => None,
    }
}
