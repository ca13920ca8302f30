//! What the list of downloads shows: what the library knows of each, and what goes on now.

use super::super::{DownloadState, Overlay, State};
use crate::model::{DownloadEntry, DownloadStage};

/// The list of downloads as it was loaded last, and whether there is to be no network.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DownloadList {
    /// Its entries: first those that are not finished, in order.
    pub entries: Vec<DownloadEntry>,
    /// Bytes that recordings take.
    pub taken: u64,
    /// Bytes that are free, where the system says.
    pub free: Option<u64>,
    /// It was loaded once.
    pub loaded: bool,
    /// Nothing is asked of the network.
    pub offline: bool,
}

/// How a download stands at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Going<'a> {
    /// Waiting for its turn.
    Waiting,
    /// Bytes come.
    Running {
        /// Those that are here.
        bytes: u64,
        /// Those of the whole, where known.
        total: Option<u64>,
        /// In a second, where that can be said.
        rate: Option<u64>,
    },
    /// Held by the user.
    Paused,
    /// It failed; a sentence.
    Failed(&'a str),
    /// The whole recording is here.
    Here,
}

/// How an entry stands at this moment.
#[must_use]
pub fn going<'a>(state: &'a State, entry: &'a DownloadEntry) -> Going<'a> {
    match (state.jobs.downloads.get(&entry.id), &entry.stage) {
        (Some(DownloadState::Running(bytes, total)), _) => {
            let pace = state.jobs.paces.get(&entry.id);
            let rate = pace.and_then(|pace| pace.rate(state.now));
            Going::Running { bytes: *bytes, total: *total, rate }
        }
        (Some(DownloadState::Waiting), _) => Going::Waiting,
        (Some(DownloadState::Paused(..)), _) => Going::Paused,
        (Some(DownloadState::Failed(why)), _) => Going::Failed(why),
        (Some(DownloadState::Done), _) | (_, DownloadStage::Here) => Going::Here,
        (_, DownloadStage::Waiting) => Going::Waiting,
        (_, DownloadStage::Paused) => Going::Paused,
        (_, DownloadStage::Failed(why)) => Going::Failed(why),
    }
}

/// The list has come: what runs stands above what waits; the selection stays on its entry.
pub(super) fn came(state: &mut State, mut entries: Vec<DownloadEntry>, room: (u64, Option<u64>)) {
    let jobs = &state.jobs.downloads;
    let runs =
        |entry: &DownloadEntry| matches!(jobs.get(&entry.id), Some(DownloadState::Running(..)));
    entries.sort_by_key(|entry| !runs(entry));
    let list = &mut state.downloads;
    if let Some(Overlay::Downloads(place)) = &mut state.overlay {
        let stood = list.entries.get(place.selected).map(|entry| entry.id);
        place.resize(entries.len());
        if let Some(at) = entries.iter().position(|entry| Some(entry.id) == stood) {
            place.select(at);
        }
    }
    list.entries = entries;
    (list.taken, list.free) = room;
    list.loaded = true;
}
