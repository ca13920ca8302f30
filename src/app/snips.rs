//! Snips: ranges of the recording that are kept with a note.

use super::{Effect, List, Overlay, State};
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

/// The snips asked for.
pub(super) fn came(state: &mut State, episode: Option<EpisodeId>, snips: Vec<Snip>) -> Vec<Effect> {
    if let Some(opened) = &mut state.notes.opened
        && episode == Some(opened.episode.summary.id)
    {
        opened.snips.clone_from(&snips);
    }
    if let Some(Overlay::Snips(shown)) = &mut state.overlay
        && shown.episode == episode
    {
        shown.list.resize(snips.len());
        shown.snips = snips;
    }
    Vec::new()
}

/// Plays a snip from its start to its end.
pub(super) fn play(state: &mut State, snip: &Snip) -> Vec<Effect> {
    super::player::play(state, snip.episode, Some(snip.body.start_ms), Some(snip.body.end_ms))
}
