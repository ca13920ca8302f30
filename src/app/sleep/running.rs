//! The timer while it runs: what is left, the fade, the stop, one more round.

use super::super::{Effect, Playback, Sound, State, player};
use super::{Fading, SleepTimer, marks};
use crate::lang::{Notice, SleepNotice};
use crate::model::{Chapters, Millis, SleepAfter};

/// How long the sound grows quieter before it stops, in ms.
const FADE: Millis = 20_000;
/// How long before the stop any key adds more time, in ms.
const NEAR: Millis = 30_000;
/// Times so near to each other are the same one to a listener, in ms.
const REST: Millis = 250;
/// How far the last sample may be told from where the sound was told to end, in ms.
const BLUR: Millis = 500;
/// A tick that comes later than this after the one before was not waited for: the machine slept.
const LONGEST_TICK: Millis = 2_000;
/// The fade is told anew when it is off by more than this, in ms.
const OFF: Millis = 400;

/// Begins to count.
pub(super) fn begin(state: &mut State, after: SleepAfter) {
    state.sleep.timer = Some(SleepTimer {
        after,
        time_left: if let SleepAfter::Time(ms) = after { ms } else { 0 },
        episodes_left: if let SleepAfter::Episodes(count) = after { count } else { 0 },
        not_before: None,
        awake: None,
    });
    keep_awake(state);
}

/// A key was pressed: where listening stands now was heard.
pub(in crate::app) fn keep_awake(state: &mut State) {
    let place = state.player.episode().map(|id| (id, state.player.ms));
    if let Some(timer) = &mut state.sleep.timer {
        timer.awake = place;
    }
}

/// The clock has come to this tick: time counts while sound is heard.
pub(in crate::app) fn count(state: &mut State, now: u64) {
    let passed = now.saturating_sub(state.now).min(LONGEST_TICK);
    if state.player.playback == Playback::Playing
        && let Some(timer) = &mut state.sleep.timer
    {
        timer.time_left = timer.time_left.saturating_sub(passed);
    }
}

/// Where in the recording the timer stops playback, if that is in this one.
fn stop_at(state: &State) -> Option<Millis> {
    let timer = state.sleep.timer.as_ref()?;
    let playing = state.player.playing.as_ref().filter(|playing| playing.until_ms.is_none())?;
    match timer.after {
        SleepAfter::Time(_) => None,
        SleepAfter::Episodes(_) => state.player.over_at().filter(|_| timer.episodes_left <= 1),
        SleepAfter::Chapter => {
            let ours = timer.not_before.filter(|(id, _)| *id == playing.id);
            let not_before = ours.map_or(0, |(_, ms)| ms);
            if not_before > 0 && state.player.over_at().is_some_and(|end| not_before + REST >= end)
            {
                return None; // A key was pressed in the last chapter: it goes on with what follows.
            }
            let from = state.player.ms.max(not_before);
            let end = state.player.chapters().and_then(|chapters| end_of_chapter(chapters, from));
            end.into_iter().chain(state.player.over_at()).min()
        }
    }
}

/// Where the chapter ends that `ms` lies in; between chapters, where the next one begins.
fn end_of_chapter(chapters: &Chapters, ms: Millis) -> Option<Millis> {
    let next = chapters.list.iter().map(|chapter| chapter.start_ms).find(|&start| start > ms);
    let own = chapters.at(ms).and_then(|at| chapters.list.get(at)?.end_ms);
    own.filter(|&end| end > ms).into_iter().chain(next).min()
}

/// Where the sound has to end for the timer: at the end of a chapter that is not the recording's.
pub(in crate::app) fn stops_at(state: &State) -> Option<Millis> {
    let timer = state.sleep.timer.as_ref()?;
    let end = state.player.over_at();
    let at = stop_at(state).filter(|_| timer.after == SleepAfter::Chapter)?;
    (at > state.player.ms && end.is_none_or(|end| at + REST < end)).then_some(at)
}

/// Whether the sound stands at `ms` where it was told to end.
pub(in crate::app) fn reached(state: &State, ms: Millis) -> bool {
    stops_at(state).is_some_and(|at| (at..=at + REST).contains(&ms))
}

/// Where it was told to end, if it has ended for that at `ms`: sped up, its last sample has no exact
/// time.
pub(in crate::app) fn ended_at(state: &State, ms: Millis) -> Option<Millis> {
    stops_at(state).filter(|at| at.abs_diff(ms) <= BLUR)
}

pub(super) fn left(state: &State) -> Option<Millis> {
    let timer = state.sleep.timer.as_ref()?;
    if let SleepAfter::Time(_) = timer.after {
        return Some(timer.time_left);
    }
    let recorded = stop_at(state)?.saturating_sub(state.player.ms);
    Some((recorded as f32 / state.player.how.speed.factor()) as Millis)
}

/// So long before the stop something happens: as usual, but of a short time no more than half.
fn window(timer: &SleepTimer, usual: Millis) -> Millis {
    match timer.after {
        SleepAfter::Time(chosen) => usual.min(chosen / 2),
        SleepAfter::Chapter | SleepAfter::Episodes(_) => usual,
    }
}

fn sounds(state: &State) -> bool {
    matches!(state.player.playback, Playback::Playing | Playback::Buffering)
}

pub(super) fn is_near(state: &State) -> bool {
    let Some(timer) = &state.sleep.timer else { return false };
    sounds(state) && left(state).is_some_and(|left| left <= window(timer, NEAR))
}

/// Looks after the timer: the fade begins, is kept in time, or comes back; playback stops.
pub(in crate::app) fn tend(state: &mut State) -> Vec<Effect> {
    let Some(timer) = &state.sleep.timer else { return brighten(state) };
    if !sounds(state) {
        if let Some(fading) = &mut state.sleep.fading {
            fading.told = None;
        }
        return Vec::new();
    }
    let (left, window) = (left(state), window(timer, FADE));
    if left == Some(0) && matches!(timer.after, SleepAfter::Time(_)) {
        let mut effects = vec![Effect::Sound(Sound::Pause)];
        effects.extend(stop(state));
        return effects;
    }
    match left {
        Some(left) if left <= window => fade(state, left),
        _ => brighten(state),
    }
}

/// The sound comes back, if it was growing quieter.
fn brighten(state: &mut State) -> Vec<Effect> {
    let faded = state.sleep.fading.take();
    faded.map(|_| Effect::Sound(Sound::Fade(None))).into_iter().collect()
}

/// The sound has so much left. Positions come a few times a second and time may be saved on the way,
/// so it is told again where it would be silent too early or too late.
fn fade(state: &mut State, left: Millis) -> Vec<Effect> {
    let Some(id) = state.player.episode() else { return Vec::new() };
    let began = (id, state.player.ms);
    let fading = state.sleep.fading.get_or_insert(Fading { began, told: None });
    let in_time = fading.told.is_some_and(|(at, told)| {
        told.saturating_sub(state.now.saturating_sub(at)).abs_diff(left) <= OFF
    });
    if in_time {
        return Vec::new();
    }
    fading.told = Some((state.now, left));
    vec![Effect::Sound(Sound::Fade(Some(left)))]
}

/// The timer has come to its end: playback stands, and the place is marked.
pub(in crate::app) fn stop(state: &mut State) -> Vec<Effect> {
    let mut effects = over(state, state.player.ms);
    effects.extend(player::hold(state));
    effects
}

/// An episode was heard to its end: if the timer ends with it, what is to be done.
pub(in crate::app) fn episode_over(state: &mut State, ms: Millis) -> Option<Vec<Effect>> {
    let id = state.player.episode()?;
    let timer = state.sleep.timer.as_mut()?;
    // In its last chapter a key may have been pressed.
    let pressed = timer.not_before.is_some_and(|(of, at)| of == id && at + REST >= ms);
    let ends = match timer.after {
        SleepAfter::Time(_) => false,
        SleepAfter::Chapter => !pressed,
        SleepAfter::Episodes(_) => {
            timer.episodes_left = timer.episodes_left.saturating_sub(1);
            timer.episodes_left == 0
        }
    };
    ends.then(|| over(state, ms))
}

/// Nothing plays any more: for another night another timer is chosen.
pub(in crate::app) fn nothing_follows(state: &mut State) {
    state.sleep.timer = None;
}

fn over(state: &mut State, ms: Millis) -> Vec<Effect> {
    let began = state.sleep.fading.take().map(|fading| fading.began);
    let awake = state.sleep.timer.take().and_then(|timer| timer.awake);
    state.say(Notice::Sleep(SleepNotice::Over(ms)));
    let mut effects = vec![Effect::Sound(Sound::Fade(None))];
    effects.extend(marks::put(state, ms, began, awake));
    effects
}

/// Somebody is awake: the same again.
pub(in crate::app) fn extend(state: &mut State) -> Vec<Effect> {
    let (stop, id) = (stop_at(state), state.player.episode());
    // Behind chapters that are always skipped the one that is heard next counts.
    let next = stop.map(|at| player::behind_skipped(state, at).unwrap_or(at));
    let Some(timer) = &mut state.sleep.timer else { return Vec::new() };
    match timer.after {
        SleepAfter::Time(chosen) => timer.time_left = timer.time_left.saturating_add(chosen),
        SleepAfter::Chapter => timer.not_before = id.zip(next),
        SleepAfter::Episodes(_) => timer.episodes_left = timer.episodes_left.saturating_add(1),
    }
    let after = timer.after;
    state.say(Notice::Sleep(SleepNotice::Extended(after)));
    keep_awake(state);
    Vec::new()
}
