//! Moving the ends of a snip while it plays round after round: after each move it plays around the
//! moved end, so that one hears what one does.

use std::sync::Arc;

use super::super::{Command, Effect, Playback, Sound, State, Ticket, player};
use super::{chosen_own, keeping};
use crate::model::{EpisodeId, Millis, Snip, SnipChange, Transcript};

/// The shortest snip, in ms.
const SHORTEST: Millis = 1_000;
/// How much is heard before a moved end, in ms.
const RUN_UP: Millis = 3_000;
/// Steps in ms: fine, of the short and of the long jump keys.
const STEPS: [i64; 3] = [100, 1_000, 5_000];

/// An end of a snip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    /// Where it begins.
    #[default]
    Start,
    /// Where it ends.
    End,
}

/// A snip whose ends are being moved.
#[derive(Debug, Clone, PartialEq)]
pub struct Adjusting {
    /// The snip as it is kept.
    pub snip: Snip,
    /// Where it begins now.
    pub start_ms: Millis,
    /// Where it ends now.
    pub end_ms: Millis,
    /// The end that the keys move.
    pub side: Side,
    /// What is said in the episode, once it is known.
    pub words: Option<Arc<Transcript>>,
    /// The request for it.
    asked: Ticket,
    /// Where listening stood in this episode, and whether it played; to go back there.
    back: Option<(Millis, bool)>,
}

impl Adjusting {
    /// Whether an end was moved.
    #[must_use]
    pub fn is_moved(&self) -> bool {
        (self.start_ms, self.end_ms) != (self.snip.body.start_ms, self.snip.body.end_ms)
    }

    /// The part of the recording to show: the snip as it was and as it is, with room on both sides.
    /// It stays as it is while an end moves in it.
    #[must_use]
    pub fn window(&self) -> (Millis, Millis) {
        let (old, new) = (&self.snip.body, self);
        let (first, last) = (old.start_ms.min(new.start_ms), old.end_ms.max(new.end_ms));
        let spare = (last.saturating_sub(first) / 3).max(5_000);
        let step = 5_000;
        let from = first.saturating_sub(spare) / step * step;
        (from, last.saturating_add(spare).div_ceil(step).saturating_mul(step))
    }

    /// What is said from one end to the other, where the transcript is known.
    #[must_use]
    pub fn said(&self) -> Option<String> {
        let transcript = self.words.as_ref()?;
        transcript.words_between(self.start_ms, self.end_ms)
    }

    /// The end that the keys move.
    #[must_use]
    pub fn active_ms(&self) -> Millis {
        match self.side {
            Side::Start => self.start_ms,
            Side::End => self.end_ms,
        }
    }

    /// Moves the active end there, as far as that is allowed: a second long at least, within the
    /// recording. An end never moves to the other side of where it was asked to go.
    fn put(&mut self, ms: Millis, length: Option<Millis>) {
        let now = self.active_ms();
        let bound = match self.side {
            Side::Start => ms.min(self.end_ms.saturating_sub(SHORTEST)),
            Side::End => {
                let low = self.start_ms.saturating_add(SHORTEST);
                ms.clamp(low, length.unwrap_or(Millis::MAX).max(low))
            }
        };
        let bound = if ms >= now { bound.max(now) } else { bound.min(now) };
        match self.side {
            Side::Start => self.start_ms = bound,
            Side::End => self.end_ms = bound,
        }
    }

    /// Where hearing begins after a move.
    fn hear_from(&self) -> Millis {
        match self.side {
            Side::Start => self.start_ms,
            Side::End => self.end_ms.saturating_sub(RUN_UP).max(self.start_ms),
        }
    }

    fn sound(&self) -> Sound {
        Sound::Loop { from: self.start_ms, until: self.end_ms, at: self.hear_from() }
    }
}

/// The loop of the snip that is being adjusted, once its episode is loaded.
pub(in crate::app) fn loop_of(state: &State, id: EpisodeId) -> Option<Effect> {
    let adjusting = state.snips.adjusting.as_ref().filter(|a| a.snip.episode == id)?;
    Some(Effect::Sound(adjusting.sound()))
}

/// What a command means while a snip is being adjusted; `None` where it means what it always does.
pub(in crate::app) fn while_adjusting(state: &mut State, command: Command) -> Option<Vec<Effect>> {
    state.snips.adjusting.as_ref()?;
    let [fine, short, long] = STEPS;
    Some(match command {
        Command::SeekForward => step(state, short),
        Command::SeekBack => step(state, -short),
        Command::SeekForwardLong => step(state, long),
        Command::SeekBackLong => step(state, -long),
        Command::Wider => widen(state, fine),
        Command::Narrower => widen(state, -fine),
        Command::NextChapter => to_chapter(state, true),
        Command::PreviousChapter => to_chapter(state, false),
        Command::NextPane | Command::PreviousPane | Command::Up | Command::Down => turn(state),
        Command::TogglePlay => hold_or_go_on(state),
        Command::Open => leave(state, true),
        Command::Back | Command::AdjustSnip => leave(state, false),
        Command::Faster
        | Command::Slower
        | Command::NormalSpeed
        | Command::Louder
        | Command::Quieter
        | Command::TrimSilence
        | Command::Loudness
        | Command::VoiceBoost
        | Command::RetryDevice
        | Command::Suspend
        | Command::Quit => return None,
        _ => Vec::new(),
    })
}

/// Begins to adjust the snip that the keys are about.
pub(super) fn begin(state: &mut State) -> Vec<Effect> {
    let Some(snip) = chosen_own(state) else { return Vec::new() };
    state.snips.run = None;
    // The last line tells the keys now.
    state.toast = None;
    let id = snip.episode;
    let (start_ms, end_ms) = (snip.body.start_ms, snip.body.end_ms);
    let back = listening_in(state, id);
    let (side, words, asked) = (Side::default(), None, state.ticket());
    let adjusting = Adjusting { snip, start_ms, end_ms, side, words, asked, back };
    state.snips.adjusting = Some(Box::new(adjusting));
    let mut effects = if player::can_play_range(state, id) {
        hear(state)
    } else {
        player::play_on(state, id, Some(start_ms), Some(end_ms))
    };
    effects.push(Effect::LoadTranscript { ticket: asked, id });
    effects
}

/// A transcript has come; it may be the one of the episode whose snip is adjusted.
pub(in crate::app) fn words_came(state: &mut State, ticket: Ticket, came: &Arc<Transcript>) {
    if let Some(adjusting) = &mut state.snips.adjusting
        && adjusting.asked == ticket
        && came.is_timed()
    {
        adjusting.words = Some(Arc::clone(came));
    }
}

/// Where listening stands in this episode and whether it plays. A snip that plays is no listening.
fn listening_in(state: &State, id: EpisodeId) -> Option<(Millis, bool)> {
    let playing = state.player.playing.as_ref().filter(|playing| playing.id == id)?;
    if playing.until_ms.is_some() {
        return None;
    }
    match state.player.playback {
        Playback::Playing | Playback::Buffering | Playback::Loading => {
            Some((state.player.ms, true))
        }
        Playback::Paused => Some((state.player.ms, false)),
        Playback::Idle | Playback::Ended | Playback::Failed(_) => None,
    }
}

/// Plays around the active end.
fn hear(state: &mut State) -> Vec<Effect> {
    let Some(adjusting) = &state.snips.adjusting else { return Vec::new() };
    let (at, until) = (adjusting.hear_from(), adjusting.end_ms);
    let (id, sound) = (adjusting.snip.episode, adjusting.sound());
    if !player::can_play_range(state, id) {
        // Its recording is still to be opened, or cannot be.
        return Vec::new();
    }
    let mut effects = player::enter_range(state, at, Some(until));
    effects.push(Effect::Sound(sound));
    effects
}

fn change(state: &mut State, act: impl FnOnce(&mut Adjusting, Option<Millis>)) -> Vec<Effect> {
    let id = state.snips.adjusting.as_ref().map(|adjusting| adjusting.snip.episode);
    let length = id.and_then(|id| keeping::length_of(state, id));
    if let Some(adjusting) = &mut state.snips.adjusting {
        act(adjusting, length);
    }
    hear(state)
}

fn step(state: &mut State, by: i64) -> Vec<Effect> {
    change(state, |adjusting, length| {
        adjusting.put(adjusting.active_ms().saturating_add_signed(by), length);
    })
}

/// The snip longer or shorter at its active end.
fn widen(state: &mut State, by: i64) -> Vec<Effect> {
    let starts = state.snips.adjusting.as_ref().is_some_and(|a| a.side == Side::Start);
    step(state, if starts { -by } else { by })
}

fn turn(state: &mut State) -> Vec<Effect> {
    change(state, |adjusting, _| {
        adjusting.side = match adjusting.side {
            Side::Start => Side::End,
            Side::End => Side::Start,
        };
    })
}

/// The active end to the next start of a chapter, or to the one before.
fn to_chapter(state: &mut State, next: bool) -> Vec<Effect> {
    let Some(adjusting) = &state.snips.adjusting else { return Vec::new() };
    let (now, id) = (adjusting.active_ms(), adjusting.snip.episode);
    let opened = state.notes.opened.as_ref().filter(|o| o.episode.summary.id == id);
    let chapters = opened.and_then(|opened| opened.shown());
    let starts = chapters.map(|chapters| chapters.list.iter().map(|chapter| chapter.start_ms));
    let target = starts.and_then(|mut starts| {
        if next { starts.find(|&start| start > now) } else { starts.rfind(|&start| start < now) }
    });
    match target {
        Some(ms) => change(state, |adjusting, length| adjusting.put(ms, length)),
        None => Vec::new(),
    }
}

fn hold_or_go_on(state: &mut State) -> Vec<Effect> {
    match state.player.playback {
        Playback::Idle | Playback::Ended | Playback::Failed(_) => hear(state),
        _ => player::toggle(state),
    }
}

/// Away with it, and back to where listening stood; the new range is kept if that is wanted.
fn leave(state: &mut State, keep: bool) -> Vec<Effect> {
    let Some(adjusting) = state.snips.adjusting.take() else { return Vec::new() };
    let mut effects = player::go_back(state, adjusting.snip.episode, adjusting.back);
    if keep && adjusting.is_moved() {
        let change = SnipChange::Range(adjusting.start_ms, adjusting.end_ms);
        effects.push(Effect::ChangeSnip { id: adjusting.snip.id, change });
    }
    effects
}
