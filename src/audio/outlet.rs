//! What runs in the output's callback: takes samples off the deck, fades, applies the volume.
//! No locks, no allocation, no waiting.

#[cfg(test)]
mod callback;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};

use rtrb::{Consumer, Producer, RingBuffer};

use super::deck::DeckOut;

/// How long it takes until sound that was dimmed is as loud as before.
const BRIGHTEN_MS: u32 = 1000;
/// In place of a time: nothing is dimmed.
const BRIGHT: u32 = u32::MAX;
/// Length of the fades at jumps and pauses.
const FADE_MS: u32 = 5;
/// A deck starts to play when it holds this much (or all that there is). Less, and a busy machine is
/// heard as a gap right after the start; it is decoded in a few milliseconds.
const READY_MS: u32 = 80;
/// Decks that may be on their way.
const DECKS: usize = 64;

/// What the conductor tells the callback.
#[derive(Debug, Default)]
pub(crate) struct Controls {
    playing: AtomicBool,
    /// The callback gives something else than silence.
    sounding: AtomicBool,
    /// How often the callback was asked.
    asked: AtomicU64,
    /// Linear gain, as bits.
    volume: AtomicU32,
    /// How long it takes until nothing is heard, in ms, or [`BRIGHT`]; above it a number that is
    /// another one with every order.
    dimming: AtomicU64,
}

impl Controls {
    /// Lets the deck play, or stand.
    pub(crate) fn play(&self, playing: bool) {
        self.playing.store(playing, Ordering::Release);
    }

    /// How often the output has asked for samples.
    pub(crate) fn asked(&self) -> u64 {
        self.asked.load(Ordering::Acquire)
    }

    /// Whether anything was to be heard when the output last asked for samples.
    pub(crate) fn sounding(&self) -> bool {
        self.sounding.load(Ordering::Acquire)
    }

    /// 0–100; the gain goes with the square, which is near to how loudness is felt.
    pub(crate) fn set_volume(&self, volume: u8) {
        let part = f32::from(volume.min(100)) / 100.0;
        self.volume.store((part * part).to_bits(), Ordering::Release);
    }

    /// Lets the sound fade from where it is to silence over so many ms of it, whatever the volume;
    /// `None`: lets it come back within a second.
    pub(crate) fn dim(&self, ms: Option<u64>) {
        let ms = ms.map_or(BRIGHT, |ms| u32::try_from(ms).unwrap_or(BRIGHT).min(BRIGHT - 1));
        let serial = (self.dimming.load(Ordering::Acquire) >> 32).wrapping_add(1) << 32;
        self.dimming.store(serial | u64::from(ms), Ordering::Release);
    }
}

/// The conductor's end: hands decks over and clears away the old ones.
pub(crate) struct Handoff {
    decks: Producer<DeckOut>,
    old: Consumer<DeckOut>,
}

impl Handoff {
    /// Plays this deck next; the old one is dropped here, not in the callback.
    pub(crate) fn give(&mut self, deck: DeckOut) {
        while self.old.pop().is_ok() {}
        // A callback that no longer runs takes no decks; the watchdog sees that.
        let _ = self.decks.push(deck);
    }
}

/// The callback's end.
pub(crate) struct Outlet {
    controls: Arc<Controls>,
    decks: Consumer<DeckOut>,
    old: Producer<DeckOut>,
    current: Option<DeckOut>,
    next: Option<DeckOut>,
    level: f32,
    gain: f32,
    fade: f32,
    /// Frames that a fade takes.
    fading: usize,
    dimmer: Dimmer,
    ready: usize,
    /// The deck has run low while it played: it waits until it is ready again.
    low: bool,
    gapless: bool,
}

/// An outlet for an output of `rate` Hz, two channels.
pub(crate) fn outlet(rate: u32, controls: Arc<Controls>) -> (Handoff, Outlet) {
    let (decks, incoming) = RingBuffer::new(DECKS);
    // Room for every deck that can be underway, so that none is ever dropped in the callback.
    let (outgoing, old) = RingBuffer::new(DECKS * 4);
    let gain = f32::from_bits(controls.volume.load(Ordering::Acquire));
    let outlet = Outlet {
        controls,
        decks: incoming,
        old: outgoing,
        current: None,
        next: None,
        level: 0.0,
        gain,
        fade: 1000.0 / (FADE_MS * rate.max(1)) as f32,
        fading: (rate * FADE_MS / 1000) as usize,
        dimmer: Dimmer { rate, order: 0, level: 1.0, step: 0.0 },
        ready: (rate * READY_MS / 1000) as usize,
        low: false,
        gapless: false,
    };
    (Handoff { decks, old }, outlet)
}

/// The slow fade before playback stops by itself.
#[derive(Debug)]
struct Dimmer {
    rate: u32,
    /// The order that it follows.
    order: u64,
    /// 1: nothing is dimmed.
    level: f32,
    /// What each frame adds.
    step: f32,
}

impl Dimmer {
    /// Follows the newest order.
    fn follow(&mut self, order: u64) {
        if order == self.order {
            return;
        }
        self.order = order;
        let frames = |ms: u32| (u64::from(ms) * u64::from(self.rate) / 1000).max(1) as f32;
        self.step = match (order & u64::from(u32::MAX)) as u32 {
            BRIGHT => 1.0 / frames(BRIGHTEN_MS),
            ms => -self.level / frames(ms),
        };
    }

    /// The gain of the next frame; `heard`: whether anything is. It goes with the square, as the
    /// volume does.
    fn next(&mut self, heard: bool) -> f32 {
        if heard {
            self.level = (self.level + self.step).clamp(0.0, 1.0);
        } else if self.step > 0.0 {
            self.level = 1.0;
        }
        self.level * self.level
    }
}

impl Outlet {
    /// Missing samples leave no trace, for outputs that leave such gaps out.
    pub(crate) fn without_gaps(self) -> Self {
        Self { gapless: true, ..self }
    }

    /// Fills `out` (left and right in turns); returns how many frames of it are sound rather
    /// than filling. Without gaps these are the first ones; else gaps stand where they are heard.
    pub(crate) fn fill(&mut self, out: &mut [f32]) -> usize {
        self.receive();
        // Before the order to stand: sound that is dimmed and then stopped must not come back first.
        self.dimmer.follow(self.controls.dimming.load(Ordering::Acquire));
        let playing = self.controls.playing.load(Ordering::Acquire);
        let volume = f32::from_bits(self.controls.volume.load(Ordering::Acquire));
        let frames = out.len() / 2;
        let mut sound = 0;
        let mut starved = false;
        for at in 0..frames {
            let leaving = self.leaving(playing);
            if self.level <= 0.0 && leaving {
                self.swap();
            }
            let wanted = playing && !self.leaving(playing) && self.can_sound();
            let target = if wanted { 1.0 } else { 0.0 };
            let before = self.level;
            self.level += (target - self.level).clamp(-self.fade, self.fade);
            if self.level <= 0.0 && before > 0.0 {
                self.note_gap(playing);
            }
            let popped =
                if self.level > 0.0 { self.current.as_mut().and_then(DeckOut::pop) } else { None };
            if popped.is_none() {
                if !self.gapless {
                    self.level = 0.0;
                }
                starved |= playing;
            }
            self.gain += (volume - self.gain) / 256.0;
            let [left, right] = popped.unwrap_or_default();
            let level = self.level * self.gain * self.dimmer.next(popped.is_some());
            // Samples that come in after a gap go on where those before it ended.
            let at = if self.gapless { sound } else { at };
            if let Some(frame) = out.get_mut(at * 2..at * 2 + 2) {
                frame.copy_from_slice(&[left * level, right * level]);
            }
            sound += usize::from(popped.is_some());
        }
        if let Some(current) = &self.current {
            current.publish(starved && sound < frames);
        }
        self.controls.sounding.store(self.level > 0.0, Ordering::Release);
        self.controls.asked.fetch_add(1, Ordering::AcqRel);
        sound
    }

    /// Whether nothing plays and nothing is about to.
    pub(crate) fn rests(&self) -> bool {
        let waits = self.next.is_some() || self.decks.slots() > 0;
        self.level <= 0.0 && !waits && !self.controls.playing.load(Ordering::Acquire)
    }

    /// The sound has just faded away: if that is because the deck ran low, it is counted.
    fn note_gap(&mut self, playing: bool) {
        let short = playing && !self.leaving(playing) && !self.gapless;
        let Some(deck) = self.current.as_ref().filter(|deck| short && !deck.finished()) else {
            return;
        };
        if deck.waiting() <= self.fading {
            deck.count_gap();
            self.low = true;
        }
    }

    /// Only the newest deck counts.
    fn receive(&mut self) {
        while let Ok(deck) = self.decks.pop() {
            if let Some(passed_over) = self.next.replace(deck) {
                let _ = self.old.push(passed_over);
            }
        }
    }

    /// Whether the next deck should take over.
    fn leaving(&self, playing: bool) -> bool {
        self.next.as_ref().is_some_and(|next| {
            let dry = self.current.as_ref().is_none_or(|current| current.waiting() == 0);
            let idle = dry || !playing;
            next.urgent || idle || next.finished() || next.waiting() >= self.ready
        })
    }

    fn swap(&mut self) {
        if let Some(next) = self.next.take()
            && let Some(old) = self.current.replace(next)
        {
            let _ = self.old.push(old);
        }
        self.low = false;
    }

    /// A deck that has just been put on waits until a little more than nothing is there, and one
    /// that ran low does so again. What is running low fades, so that the gap does not click.
    fn can_sound(&mut self) -> bool {
        let Some(deck) = &self.current else { return false };
        let waiting = deck.waiting();
        if deck.finished() || waiting >= self.ready {
            self.low = false;
            return true;
        }
        if self.gapless {
            return self.level > 0.0 || !deck.fresh();
        }
        if self.level > 0.0 { waiting > self.fading } else { !deck.fresh() && !self.low }
    }
}
