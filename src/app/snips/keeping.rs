//! Keeping a snip: of what was just heard, of a chapter, of a passage that the show recommends, of
//! typed times.

use super::super::{Effect, Overlay, PromptKind, State, commands};
use super::list::{SnipRow, passage};
use super::typed_range::{self, RangeProblem};
use crate::lang::Notice;
use crate::model::{EpisodeId, Millis, NewSnip, Snip};

/// Keeps what is selected in a list of chapters or passages of the show; elsewhere the last minute of
/// what plays.
pub(in crate::app) fn keep(state: &mut State) -> Vec<Effect> {
    if let Some(index) = selected_chapter(state) {
        return keep_chapter(state, index);
    }
    if let Some(Overlay::Snips(shown)) = &state.overlay
        && let (Some(SnipRow::Show(bite)), Some(id)) = (shown.selected(), shown.episode)
    {
        let (start_ms, end_ms) = passage(bite);
        let title = bite.title.clone();
        return vec![Effect::AddSnip {
            id,
            snip: NewSnip { start_ms, end_ms, title, ..NewSnip::default() },
        }];
    }
    keep_last(state)
}

fn keep_last(state: &mut State) -> Vec<Effect> {
    let Some(playing) = &state.player.playing else {
        state.say(Notice::NothingPlays);
        return Vec::new();
    };
    if state.player.estimated || state.player.looking.is_some() {
        state.say(Notice::OnlyEstimated);
        return Vec::new();
    }
    // A tap in the first second still keeps something.
    let end_ms = state.player.ms.max(1_000);
    let snip = NewSnip {
        start_ms: end_ms.saturating_sub(seconds_before(state)),
        end_ms,
        tapped_ms: Some(end_ms),
        ..NewSnip::default()
    };
    vec![Effect::AddSnip { id: playing.id, snip }]
}

/// How much of what was heard a snip keeps.
fn seconds_before(state: &State) -> Millis {
    Millis::from(state.settings.audio.snip_seconds.max(1)) * 1000
}

/// The chapter that is selected in the list in front.
fn selected_chapter(state: &State) -> Option<usize> {
    match &state.overlay {
        Some(Overlay::Chapters(list)) => list.chosen(),
        _ => None,
    }
}

fn keep_chapter(state: &mut State, index: usize) -> Vec<Effect> {
    let Some(opened) = &state.notes.opened else { return Vec::new() };
    let Some(list) = opened.shown().map(|chapters| &chapters.list) else { return Vec::new() };
    let Some(chapter) = list.get(index) else { return Vec::new() };
    let id = opened.episode.summary.id;
    let next = list.get(index + 1).map(|next| next.start_ms);
    let end = chapter.end_ms.or(next).or_else(|| length_of(state, id));
    let Some(end_ms) = end.filter(|&end| end > chapter.start_ms) else {
        state.say(Notice::NoEnd);
        return Vec::new();
    };
    let snip = NewSnip {
        start_ms: chapter.start_ms,
        end_ms,
        title: Some(chapter.title.clone()).filter(|title| !title.is_empty()),
        ..NewSnip::default()
    };
    vec![Effect::AddSnip { id, snip }]
}

/// The length of an episode, as far as it is known: measured where it plays.
pub(super) fn length_of(state: &State, id: EpisodeId) -> Option<Millis> {
    let playing = state.player.playing.as_ref().filter(|playing| playing.id == id);
    let opened = state.notes.opened.as_ref().filter(|o| o.episode.summary.id == id);
    let row = || state.library.rows.get(&id)?.duration_ms;
    let known = playing.and_then(|playing| playing.duration_ms);
    let known = known.or_else(|| opened?.episode.summary.duration_ms).or_else(row);
    known.filter(|&ms| ms > 0)
}

/// Asks for the times of a snip.
pub(in crate::app) fn ask_range(state: &mut State) -> Vec<Effect> {
    if let Some(id) = state.notes.id().or(state.player.episode()) {
        return commands::prompt(state, PromptKind::SnipRange(id, None), "");
    }
    state.say(Notice::NothingPlays);
    Vec::new()
}

/// Keeps a snip of typed times; asks again where they make no sense.
pub(in crate::app) fn keep_range(state: &mut State, id: EpisodeId, text: &str) -> Vec<Effect> {
    if text.is_empty() {
        return Vec::new();
    }
    let read = typed_range::read(text, seconds_before(state));
    match read.and_then(|snip| within(snip, length_of(state, id))) {
        Ok(snip) => vec![Effect::AddSnip { id, snip }],
        Err(why) => commands::prompt(state, PromptKind::SnipRange(id, Some(why)), text),
    }
}

/// The snip if it lies in a recording of this length; the length may be off by a second.
fn within(snip: NewSnip, length: Option<Millis>) -> Result<NewSnip, RangeProblem> {
    match length {
        Some(length) if snip.start_ms >= length || snip.end_ms > length.saturating_add(1_000) => {
            Err(RangeProblem::Beyond)
        }
        Some(length) => Ok(NewSnip { end_ms: snip.end_ms.min(length), ..snip }),
        None => Ok(snip),
    }
}

/// A snip is on disk.
pub(in crate::app) fn kept(state: &mut State, snip: Snip) -> Vec<Effect> {
    state.say(Notice::SnipKept(snip.body.start_ms, snip.body.end_ms));
    if let Some(opened) = &mut state.notes.opened
        && opened.episode.summary.id == snip.episode
    {
        opened.snips.push(snip.clone());
        opened.snips.sort_by_key(|snip| (snip.body.start_ms, snip.id));
    }
    let listed = match &state.overlay {
        Some(Overlay::Snips(shown)) if shown.episode.is_none_or(|id| id == snip.episode) => {
            vec![Effect::LoadSnips(shown.episode)]
        }
        _ => Vec::new(),
    };
    state.snips.last = Some(snip);
    listed
}
