//! The list of downloads, and doing without a network.

mod list;
mod pace;

pub use list::{DownloadList, Going, going};
pub use pace::Pace;

use super::{
    Command, DownloadState, Effect, Found, FoundTarget, List, Overlay, Pane, Playback, PromptKind,
    State, commands, jobs, search,
};
use crate::lang::Notice;
use crate::model::{DownloadEntry, DownloadStage, EpisodeId, ShowId};

/// Most episodes of a show that come by themselves.
const MOST_AUTOMATIC: u32 = 50;

/// Work on the list of downloads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DownloadWork {
    /// The list: `DownloadNews::List`.
    Load,
    /// Hold a download: `Event::Download`.
    Pause(EpisodeId),
    /// Go on with one that is in the list: `Event::Download`.
    Resume(EpisodeId),
    /// Move one that waits by so many places: `DownloadNews::List`.
    Move(EpisodeId, isize),
    /// Let go of what is over the limits, but not of what plays: `DownloadNews::Tidied`.
    Tidy(Option<EpisodeId>),
    /// Begin what is to come by itself: `DownloadNews::Begun`.
    Automatic,
    /// How many of a show's newest episodes come by themselves and how many recordings of it are kept;
    /// `None`: as for all. `Event::Shows`.
    SetAutomatic {
        /// The show.
        show: ShowId,
        /// How many come.
        automatic: Option<u32>,
        /// How many are kept.
        keep: Option<u32>,
    },
    /// Ask nothing of the network from now on, or again.
    Offline(bool),
}

/// What has happened to downloads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DownloadNews {
    /// The list, bytes that all of it takes, and those that may still be written.
    List {
        /// The entries: first those that are not finished, in order.
        entries: Vec<DownloadEntry>,
        /// Bytes that are here.
        taken: u64,
        /// Bytes that are free, where the system says.
        free: Option<u64>,
    },
    /// What was on its way when the program ended.
    Restored(Vec<DownloadEntry>),
    /// These come by themselves now.
    Begun(Vec<EpisodeId>),
    /// These recordings are no longer where they were.
    Gone(Vec<EpisodeId>),
    /// These were let go of, and so many bytes are free now.
    Tidied(Vec<EpisodeId>, u64),
}

fn work(work: DownloadWork) -> Effect {
    Effect::Downloads(Box::new(work))
}

/// Gives one of the commands of this file.
pub(super) fn give(state: &mut State, command: Command) -> Vec<Effect> {
    if command == Command::OfflineMode {
        return go_offline(state);
    }
    if matches!(state.overlay, Some(Overlay::Downloads(_))) {
        state.overlay = None;
        return Vec::new();
    }
    state.overlay = Some(Overlay::Downloads(List::new(state.downloads.entries.len())));
    vec![work(DownloadWork::Load)]
}

fn go_offline(state: &mut State) -> Vec<Effect> {
    let on = !state.downloads.offline;
    state.downloads.offline = on;
    state.say(Notice::OfflineMode(on));
    let value = u8::from(on).to_string();
    vec![work(DownloadWork::Offline(on)), Effect::Remember { key: "offline", value }]
}

/// What a command means while the list is in front, and in offline mode; `None` where it means what it
/// always does.
pub(super) fn in_front(state: &mut State, command: Command) -> Option<Vec<Effect>> {
    if let Some(effects) = offline(state, command) {
        return Some(effects);
    }
    if command == Command::Download
        && state.focus == Pane::Shows
        && state.overlay.is_none()
        && let Some(show) = state.library.selected_show()
    {
        let (kind, text) = (PromptKind::AutoDownload(show.id), typed(show));
        return Some(commands::prompt(state, kind, &text));
    }
    let Some(Overlay::Downloads(list)) = &state.overlay else { return None };
    let entry = state.downloads.entries.get(list.selected).cloned();
    let of_entry = matches!(
        command,
        Command::Open
            | Command::TogglePlay
            | Command::Delete
            | Command::Download
            | Command::Refresh
            | Command::MoveUp
            | Command::MoveDown
    );
    match (command, entry) {
        (Command::RefreshAll, _) => Some(retry_all(state)),
        (_, Some(entry)) if of_entry => entry_command(state, command, &entry),
        _ => of_entry.then(Vec::new),
    }
}

fn entry_command(
    state: &mut State,
    command: Command,
    entry: &DownloadEntry,
) -> Option<Vec<Effect>> {
    let id = entry.id;
    let here = matches!(going(state, entry), Going::Here);
    Some(match command {
        Command::TogglePlay if here => return None,
        Command::Open if here => {
            let target = FoundTarget::Episode(id);
            let found = Found { target, title: String::new(), snippet: String::new(), ms: None };
            search::open(state, &found)
        }
        Command::Delete => vec![Effect::RemoveDownload(id)],
        Command::Download => jobs::toggle_download(state, id),
        Command::MoveUp => vec![work(DownloadWork::Move(id, -1))],
        Command::MoveDown => vec![work(DownloadWork::Move(id, 1))],
        Command::Refresh if here => Vec::new(),
        _ => match going(state, entry) {
            Going::Waiting | Going::Running { .. } if command != Command::Refresh => {
                vec![work(DownloadWork::Pause(id))]
            }
            Going::Paused | Going::Failed(_) => again(state, id),
            Going::Waiting | Going::Running { .. } | Going::Here => Vec::new(),
        },
    })
}

fn again(state: &mut State, id: EpisodeId) -> Vec<Effect> {
    state.jobs.downloads.insert(id, DownloadState::Waiting);
    vec![Effect::Download(id)]
}

fn retry_all(state: &mut State) -> Vec<Effect> {
    let entries = state.downloads.entries.clone();
    let failed = entries.iter().filter(|entry| matches!(going(state, entry), Going::Failed(_)));
    let failed: Vec<EpisodeId> = failed.map(|entry| entry.id).collect();
    failed.into_iter().flat_map(|id| again(state, id)).collect()
}

/// What would ask servers says in offline mode that it does not.
fn offline(state: &mut State, command: Command) -> Option<Vec<Effect>> {
    let in_list = matches!(state.overlay, Some(Overlay::Downloads(_)));
    let of_page = state.focus == Pane::Article && state.overlay.is_none();
    let asks = match command {
        Command::RefreshAll | Command::OlderEpisodes => !in_list,
        Command::Refresh => !in_list && !of_page,
        _ => false,
    };
    if !asks || !state.downloads.offline {
        return None;
    }
    state.say(Notice::OfflineMode(true));
    Some(Vec::new())
}

/// A show's own numbers as they are typed.
fn typed(show: &crate::model::Show) -> String {
    let one = |number: Option<u32>| number.map_or_else(|| "-".to_owned(), |n| n.to_string());
    match (show.auto_download, show.keep) {
        (None, None) => String::new(),
        (automatic, None) => one(automatic),
        (automatic, keep) => format!("{} {}", one(automatic), one(keep)),
    }
}

/// How many are to come and to be kept was typed: two numbers, `-` or nothing for as with all shows.
pub(super) fn entered(state: &mut State, show: ShowId, text: &str) -> Vec<Effect> {
    let mut parts = text.split_whitespace();
    let mut number = || match parts.next() {
        None | Some("-" | "–" | "—") => Some(None),
        Some(digits) => digits.parse::<u32>().ok().map(Some),
    };
    let (automatic, keep) = (number(), number());
    let (Some(automatic), Some(keep), None) = (automatic, keep, parts.next()) else {
        state.say(Notice::NoNumbers);
        return commands::prompt(state, PromptKind::AutoDownload(show), text);
    };
    let automatic = automatic.map(|number| number.min(MOST_AUTOMATIC));
    let library = &state.settings.library;
    let shown =
        (automatic.unwrap_or(library.auto_download), keep.unwrap_or(library.downloads_per_show));
    state.say(Notice::AutoDownload(shown.0, shown.1));
    vec![work(DownloadWork::SetAutomatic { show, automatic, keep })]
}

/// Lets go of what is over the limits.
pub(super) fn tidy(state: &State) -> Effect {
    let over = state.player.playback == Playback::Ended;
    work(DownloadWork::Tidy(state.player.episode().filter(|_| !over)))
}

/// Lets go of what was heard, where that is wanted.
pub(super) fn heard(state: &State) -> Option<Effect> {
    state.settings.library.delete_heard.then(|| tidy(state))
}

/// Begins what is to come by itself.
pub(super) fn automatic() -> Effect {
    work(DownloadWork::Automatic)
}

/// Asks for the list anew where it is in front.
pub(super) fn reload(state: &State) -> Option<Effect> {
    matches!(state.overlay, Some(Overlay::Downloads(_))).then(|| work(DownloadWork::Load))
}

/// Something has happened to downloads.
pub(super) fn happened(state: &mut State, news: DownloadNews) -> Vec<Effect> {
    match news {
        DownloadNews::List { entries, taken, free } => {
            list::came(state, entries, (taken, free));
            Vec::new()
        }
        DownloadNews::Restored(entries) => {
            let mut effects = vec![tidy(state)];
            for entry in entries {
                let now = match entry.stage {
                    DownloadStage::Here => continue,
                    DownloadStage::Paused => DownloadState::Paused(entry.bytes, entry.total),
                    DownloadStage::Failed(why) => DownloadState::Failed(why),
                    DownloadStage::Waiting => {
                        effects.push(work(DownloadWork::Resume(entry.id)));
                        DownloadState::Waiting
                    }
                };
                state.jobs.downloads.entry(entry.id).or_insert(now);
            }
            effects
        }
        DownloadNews::Begun(ids) => {
            state.say(Notice::ComesByItself(ids.len()));
            let waits = |id: &EpisodeId| (*id, DownloadState::Waiting);
            state.jobs.downloads.extend(ids.iter().map(waits));
            let resumed = ids.into_iter().map(|id| work(DownloadWork::Resume(id)));
            resumed.chain(reload(state)).collect()
        }
        DownloadNews::Gone(ids) => {
            let title = ids.first().map(|id| jobs::title_of(state, *id)).unwrap_or_default();
            state.say(Notice::RecordingsGone(ids.len(), title));
            no_longer_here(state, &ids)
        }
        DownloadNews::Tidied(ids, bytes) => {
            state.say(Notice::Tidied(ids.len(), bytes));
            no_longer_here(state, &ids)
        }
    }
}

fn no_longer_here(state: &mut State, ids: &[EpisodeId]) -> Vec<Effect> {
    for id in ids {
        state.jobs.downloads.remove(id);
        jobs::set_downloaded(state, *id, false);
    }
    reload(state).into_iter().collect()
}
