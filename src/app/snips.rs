//! Snips: ranges of the recording that are kept with a note.

use super::{Effect, List, Overlay, PromptKind, State};
use crate::lang::Notice;
use crate::model::{EpisodeId, Millis, NewSnip, Snip};

/// The list of snips.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SnipList {
    /// Of this episode, or of all.
    pub episode: Option<EpisodeId>,
    /// The snips, by time.
    pub snips: Vec<Snip>,
    /// Place in it.
    pub list: List,
}

/// Keeps the last minute of what plays.
pub(super) fn keep(state: &mut State) -> Vec<Effect> {
    let Some(playing) = &state.player.playing else {
        state.say(Notice::NothingPlays);
        return Vec::new();
    };
    let length = Millis::from(state.settings.audio.snip_seconds.max(1)) * 1000;
    // A tap in the first second still keeps something.
    let end_ms = state.player.ms.max(1_000);
    let snip = NewSnip {
        start_ms: end_ms.saturating_sub(length),
        end_ms,
        tapped_ms: Some(end_ms),
        ..NewSnip::default()
    };
    vec![Effect::AddSnip { id: playing.id, snip }]
}

/// A snip is on disk.
pub(super) fn kept(state: &mut State, snip: Snip) -> Vec<Effect> {
    state.say(Notice::SnipKept(snip.body.start_ms, snip.body.end_ms));
    if let Some(opened) = &mut state.notes.opened
        && opened.episode.summary.id == snip.episode
    {
        opened.snips.push(snip);
        opened.snips.sort_by_key(|snip| (snip.body.start_ms, snip.id));
    }
    Vec::new()
}

/// Opens the list: of the opened episode, or of all where there is none.
pub(super) fn show(state: &mut State) -> Vec<Effect> {
    let episode = match state.overlay {
        // Pressed again: all snips.
        Some(Overlay::Snips(SnipList { episode: Some(_), .. })) => None,
        _ => state.notes.id().or(state.player.episode()),
    };
    state.overlay = Some(Overlay::Snips(SnipList { episode, ..SnipList::default() }));
    vec![Effect::LoadSnips(episode)]
}

/// Asks for the note of the selected snip; without a list, of the opened episode's newest one.
pub(super) fn edit_note(state: &mut State) -> Vec<Effect> {
    let chosen = match &state.overlay {
        Some(Overlay::Snips(shown)) => shown.snips.get(shown.list.selected),
        _ => state.notes.opened.as_ref().and_then(|o| o.snips.iter().max_by_key(|s| s.id)),
    };
    if let Some((id, note)) = chosen.map(|snip| (snip.id, snip.body.note.clone())) {
        return super::commands::prompt(state, PromptKind::SnipNote(id), &note);
    }
    state.say(Notice::NoSnip);
    Vec::new()
}

/// Forgets the selected snip.
pub(super) fn delete_selected(shown: &SnipList) -> Vec<Effect> {
    let chosen = shown.snips.get(shown.list.selected);
    chosen.map(|snip| Effect::DeleteSnip(snip.id)).into_iter().collect()
}

/// The snips asked for.
pub(super) fn came(state: &mut State, episode: Option<EpisodeId>, snips: Vec<Snip>) -> Vec<Effect> {
    if let Some(opened) = &mut state.notes.opened
        && episode == Some(opened.episode.summary.id)
    {
        opened.snips.clone_from(&snips);
    }
    match &mut state.overlay {
        Some(Overlay::Snips(shown)) if shown.episode == episode => {
            shown.list.resize(snips.len());
            shown.snips = snips;
            Vec::new()
        }
        // The list of all is open and one of them has changed.
        Some(Overlay::Snips(SnipList { episode: None, .. })) => vec![Effect::LoadSnips(None)],
        _ => Vec::new(),
    }
}

/// Plays a snip from its start to its end.
pub(super) fn play(state: &mut State, snip: &Snip) -> Vec<Effect> {
    super::player::play(state, snip.episode, Some(snip.body.start_ms), Some(snip.body.end_ms))
}
