//! Downloads and refreshes under way.

use std::collections::{BTreeMap, BTreeSet};

use super::{Completing, DownloadState, Effect, RefreshFailure, State, downloading};
use crate::lang::Notice;
use crate::model::{EpisodeId, ShowId};

/// While many shows answer, lists are asked for again this often, in ms.
const RELOAD_MS: u64 = 2_000;

/// Work under way that the screen shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Jobs {
    /// Downloads that are not finished.
    pub downloads: BTreeMap<EpisodeId, DownloadState>,
    /// How fast they come.
    pub paces: BTreeMap<EpisodeId, super::Pace>,
    /// Episodes that are being made complete.
    pub completing: BTreeMap<EpisodeId, Completing>,
    /// Shows that are being asked for.
    pub refreshing: BTreeSet<ShowId>,
    /// During a refresh lists are not asked for again before this tick, in ms.
    pub(super) reload_from: u64,
    /// Shows of this refresh whose server answered, if only with an error.
    answered: usize,
    /// Shows of this refresh whose server was not reached.
    unreached: usize,
    /// What went wrong last in this refresh: the show's title and why.
    failure: Option<(String, String)>,
    /// A subscription is being looked at.
    pub subscribing: bool,
}

/// Downloads the episode, or stops or removes the download.
pub(super) fn toggle_download(state: &mut State, id: EpisodeId) -> Vec<Effect> {
    let here = state.library.rows.get(&id).is_some_and(|row| row.downloaded)
        || state.notes.opened.as_ref().is_some_and(|opened| {
            opened.episode.summary.id == id && opened.episode.summary.downloaded
        });
    let running = matches!(
        state.jobs.downloads.get(&id),
        Some(DownloadState::Waiting | DownloadState::Running(..))
    );
    if here {
        let before = crate::model::Before::Downloaded(id);
        state.undo.push(crate::model::Change { title: title_of(state, id), before });
    }
    if here || running {
        return vec![Effect::RemoveDownload(id)];
    }
    if state.settings.library.offline_articles {
        return super::offline::complete(state, id);
    }
    state.jobs.downloads.insert(id, DownloadState::Waiting);
    if state.downloads.offline {
        state.say(Notice::WaitsForNetwork);
    }
    vec![Effect::Download(id)]
}

/// A download moved on.
pub(super) fn download_moved(state: &mut State, id: EpisodeId, now: DownloadState) -> Vec<Effect> {
    let downloaded = match &now {
        DownloadState::Done => Some(true),
        DownloadState::Removed => Some(false),
        DownloadState::Waiting
        | DownloadState::Running(..)
        | DownloadState::Paused(..)
        | DownloadState::Failed(_) => None,
    };
    if let Some(downloaded) = downloaded {
        state.jobs.downloads.remove(&id);
        state.jobs.paces.remove(&id);
        set_downloaded(state, id, downloaded);
        let title = title_of(state, id);
        state.say(if downloaded {
            Notice::Downloaded(title)
        } else {
            Notice::DownloadRemoved(title)
        });
        let tidies = downloaded.then(|| downloading::tidy(state));
        return tidies.into_iter().chain(downloading::reload(state)).collect();
    }
    let before = state.jobs.downloads.get(&id);
    // What was told before it was stopped says nothing of it any more.
    let late = matches!(now, DownloadState::Running(..))
        && matches!(before, None | Some(DownloadState::Paused(..)))
        && !state.jobs.completing.contains_key(&id);
    if late {
        return Vec::new();
    }
    let other = before.map(std::mem::discriminant) != Some(std::mem::discriminant(&now));
    match &now {
        DownloadState::Failed(why) => state.say(Notice::Failed(why.clone())),
        DownloadState::Running(bytes, _) => {
            state.jobs.paces.entry(id).or_default().tell(state.now, *bytes);
        }
        _ => {}
    }
    state.jobs.downloads.insert(id, now);
    other.then(|| downloading::reload(state)).flatten().into_iter().collect()
}

/// Notes whether the recording of an episode is here.
pub(super) fn set_downloaded(state: &mut State, id: EpisodeId, downloaded: bool) {
    state.library.change_row(id, |row| {
        row.downloaded = downloaded;
        row.complete &= downloaded;
    });
    if let Some(opened) = &mut state.notes.opened
        && opened.episode.summary.id == id
    {
        opened.episode.summary.downloaded = downloaded;
        opened.episode.summary.complete &= downloaded;
    }
}

pub(super) fn title_of(state: &State, id: EpisodeId) -> String {
    let row = state.library.rows.get(&id).map(|row| row.title.clone());
    let opened = state.notes.opened.as_ref();
    row.or_else(|| {
        opened
            .filter(|opened| opened.episode.summary.id == id)
            .map(|opened| opened.episode.summary.title.clone())
    })
    .unwrap_or_default()
}

/// A show has answered.
pub(super) fn refreshed(
    state: &mut State,
    show: ShowId,
    how: Result<usize, RefreshFailure>,
) -> Vec<Effect> {
    state.jobs.refreshing.remove(&show);
    match how {
        Ok(new) => {
            state.jobs.answered += 1;
            if new == 0 {
                return Vec::new();
            }
            // A library of thousands is not read again for each of its shows; the end of the refresh
            // does so once more.
            if state.now < state.jobs.reload_from {
                return Vec::new();
            }
            state.jobs.reload_from = state.now + RELOAD_MS;
            state.library.forget_rows();
            vec![Effect::LoadShows, super::library::load_shelf(state)]
        }
        Err(failure) => {
            // A server that answers with an error was reached.
            state.jobs.unreached += usize::from(failure.offline);
            state.jobs.answered += usize::from(!failure.offline);
            let title = state.library.show(show).map_or_else(String::new, |s| s.title.clone());
            state.jobs.failure = Some((title, failure.why));
            Vec::new()
        }
    }
}

/// All shows of one refresh have answered.
pub(super) fn refresh_done(state: &mut State, new: usize) -> Vec<Effect> {
    let welcome = |show: &&crate::model::Show| show.url.starts_with("welcome:");
    let own = state.library.shows.iter().filter(welcome).count();
    // The embedded show always answers; it says nothing about the network.
    let nobody = state.jobs.unreached > 0 && state.jobs.answered <= own;
    let failure = state.jobs.failure.take();
    (state.jobs.answered, state.jobs.unreached) = (0, 0);
    match failure {
        _ if nobody => state.say(Notice::Offline),
        Some((title, why)) => state.say(Notice::RefreshFailed(title, why)),
        None => state.say(Notice::Refreshed(new)),
    }
    state.jobs.reload_from = 0;
    state.library.forget_rows();
    let shelf = super::library::load_shelf(state);
    vec![Effect::LoadShows, shelf, downloading::automatic(), downloading::tidy(state)]
}
