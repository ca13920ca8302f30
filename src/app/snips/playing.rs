//! Playing snips: one from its start to its end, or all that are listed one after another.

use super::super::{Effect, Overlay, State, player};
use super::list::{SnipRow, passage};
use crate::lang::Notice;
use crate::model::{EpisodeId, Millis};

/// A range of an episode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// The episode.
    pub episode: EpisodeId,
    /// Where it begins.
    pub start_ms: Millis,
    /// Where it ends.
    pub end_ms: Millis,
}

/// Passages that play one after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// All of them.
    pub passages: Vec<Passage>,
    /// The one that plays.
    pub at: usize,
}

impl Run {
    /// The passage that plays.
    #[must_use]
    pub fn current(&self) -> Option<Passage> {
        self.passages.get(self.at).copied()
    }
}

/// The passage that an entry of the list is.
pub(super) fn passage_of(row: SnipRow<'_>, episode: Option<EpisodeId>) -> Option<Passage> {
    match row {
        SnipRow::Own(snip) => Some(Passage {
            episode: snip.episode,
            start_ms: snip.body.start_ms,
            end_ms: snip.body.end_ms,
        }),
        SnipRow::Show(bite) => {
            let (start_ms, end_ms) = passage(bite);
            Some(Passage { episode: episode?, start_ms, end_ms })
        }
    }
}

/// Plays the selected snip from its start to its end.
pub(in crate::app) fn play_selected(state: &mut State) -> Vec<Effect> {
    let Some(Overlay::Snips(shown)) = &state.overlay else { return Vec::new() };
    let chosen = shown.selected().and_then(|row| passage_of(row, shown.episode));
    chosen.map_or_else(Vec::new, |passage| {
        let Passage { episode, start_ms, end_ms } = passage;
        player::play(state, episode, Some(start_ms), Some(end_ms))
    })
}

/// Plays all that is listed, one after another.
pub(in crate::app) fn play_all(state: &mut State) -> Vec<Effect> {
    let passages: Vec<Passage> = if let Some(Overlay::Snips(shown)) = &state.overlay {
        shown.rows().filter_map(|row| passage_of(row, shown.episode)).collect()
    } else {
        let snips = state.notes.opened.as_ref().map(|opened| opened.snips.as_slice());
        let rows = snips.unwrap_or_default().iter().map(SnipRow::Own);
        rows.filter_map(|row| passage_of(row, None)).collect()
    };
    if passages.is_empty() {
        state.say(Notice::NoSnip);
        return Vec::new();
    }
    state.say(Notice::PlayingAll(passages.len()));
    state.snips.run = Some(Run { passages, at: 0 });
    play_current(state)
}

fn play_current(state: &mut State) -> Vec<Effect> {
    let Some(passage) = state.snips.run.as_ref().and_then(Run::current) else {
        state.snips.run = None;
        return Vec::new();
    };
    player::play_on(state, passage.episode, Some(passage.start_ms), Some(passage.end_ms))
}

/// The next passage of a run; `None` where nothing of the kind plays.
pub(in crate::app) fn play_next(state: &mut State) -> Option<Vec<Effect>> {
    let run = state.snips.run.as_mut()?;
    run.at += 1;
    if run.current().is_none() {
        state.snips.run = None;
        state.say(Notice::AllPlayed);
        return Some(player::keep_still(state));
    }
    Some(play_current(state))
}

/// A passage of this episode is over, or cannot be played: a run goes on with the next one.
pub(in crate::app) fn over(state: &mut State, id: EpisodeId) -> Vec<Effect> {
    let ours = state.snips.run.as_ref().and_then(Run::current).is_some_and(|p| p.episode == id);
    if !ours {
        return Vec::new();
    }
    let Some(run) = state.snips.run.as_mut() else { return Vec::new() };
    run.at += 1;
    if run.current().is_none() {
        state.snips.run = None;
        return Vec::new();
    }
    play_current(state)
}
