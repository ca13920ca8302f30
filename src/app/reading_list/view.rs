//! The list in front: a window on ids, whatever the length of the list.

use std::collections::HashMap;

use super::super::{List, Ticket};
use crate::model::{KeptPage, ReadingId, UnixSeconds};

/// Rows kept in memory; more are dropped and asked for again.
const ROWS_KEPT: usize = 2_000;

/// The reading list in front.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReadingView {
    /// The listed pages, newest first.
    pub ids: Vec<ReadingId>,
    /// Place among them.
    pub list: List,
    /// Only those with these words.
    pub filter: String,
    /// The time when the list was asked for.
    pub now: UnixSeconds,
    /// The open request.
    pub loading: Option<Ticket>,
    /// The list has come at least once.
    pub loaded: bool,
    /// Select the first entry once the list has come.
    pub(super) to_top: bool,
    rows: HashMap<ReadingId, KeptPage>,
    asked: Vec<ReadingId>,
}

impl ReadingView {
    /// What is known of the page at this place.
    #[must_use]
    pub fn row(&self, index: usize) -> Option<&KeptPage> {
        self.rows.get(self.ids.get(index)?)
    }

    /// The selected page.
    #[must_use]
    pub fn selected(&self) -> Option<&KeptPage> {
        self.row(self.list.selected)
    }

    /// The list has come; the selection stays on its page, or where that stood.
    pub(super) fn take_ids(&mut self, ids: Vec<ReadingId>, now: UnixSeconds) {
        let selected = self.ids.get(self.list.selected).copied();
        (self.loading, self.loaded, self.now) = (None, true, now);
        self.ids = ids;
        // What is shown stays until the same has come anew.
        self.asked.clear();
        self.list.resize(self.ids.len());
        if std::mem::take(&mut self.to_top) {
            self.list = List::new(self.ids.len());
        } else if let Some(at) = self.ids.iter().position(|id| Some(*id) == selected) {
            self.list.select(at);
        }
    }

    pub(super) fn take_rows(&mut self, rows: Vec<KeptPage>) {
        if self.rows.len() + rows.len() > ROWS_KEPT {
            self.rows.clear();
            self.asked.clear();
        }
        self.rows.extend(rows.into_iter().map(|row| (row.id, row)));
    }

    /// The pages in view (and a page more) that were not asked for since the list has come.
    pub(super) fn missing(&mut self, rows: usize) -> Option<Vec<ReadingId>> {
        let window = self.ids.iter().skip(self.list.top).take(rows * 2);
        let missing: Vec<ReadingId> =
            window.filter(|id| !self.asked.contains(id)).copied().collect();
        self.asked.extend(&missing);
        // Walking through a long list must not make the look-up long.
        let old = self.asked.len().saturating_sub(rows * 8);
        self.asked.drain(..old);
        (!missing.is_empty()).then_some(missing)
    }
}
