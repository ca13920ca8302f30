//! What the rest of the program sees: orders go in, events come out, nothing ever waits.

use std::fmt;
use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

use super::chain::Trim;
use super::conductor::{Conductor, Inbox};
use super::device::opener;
use super::leap::Leap;
use super::loudness::Loudness;
use super::media::Media;

/// Where sound goes.
#[derive(Debug, Clone, PartialEq)]
pub enum Output {
    /// The default sound device.
    Device,
    /// Nowhere, at the pace of real time.
    Silent,
    /// To a file of raw 32-bit floats, 48 kHz, left and right in turns, at the pace of real time;
    /// pauses are silence, as a device would play them.
    Capture(PathBuf),
    /// To such a file `pace` times as fast as real time and without the pauses: only what is
    /// ready is taken, so that a slow machine writes the same bytes.
    CaptureFast {
        /// The file, replaced if it exists.
        path: PathBuf,
        /// 1 or more.
        pace: u32,
    },
}

/// What the engine should do. Orders about playing concern the recording loaded last.
pub enum Order {
    /// Play another recording; the one before is let go.
    Load {
        /// Comes back with every event about this recording.
        ticket: u64,
        /// Its bytes.
        media: Box<dyn Media>,
        /// Where to begin, in ms.
        start_ms: u64,
        /// Where to end, in ms; at the end of the recording if `None`.
        until_ms: Option<u64>,
        /// Start to play at once.
        play: bool,
        /// The length somebody else stated, told as long as the recording's own is a guess, in ms.
        duration_hint_ms: Option<u64>,
        /// How loud the recording is, as [`Event::Loudness`] told before.
        loudness: Option<Loudness>,
    },
    /// Play on; after [`Event::Failed`] this tries again.
    Play,
    /// Stand still.
    Pause,
    /// Go to a place exactly, in ms; playing goes on or stays paused. A place at or behind the
    /// end of a range forgets that range's end; a loop is forgotten by any.
    Seek {
        /// From the start of the recording.
        ms: u64,
    },
    /// Play this range and end there, in ms.
    PlayRange {
        /// Where to begin.
        from: u64,
        /// Where to end, to the sample; at the end of the recording if `None`.
        until: Option<u64>,
    },
    /// Play this range again and again until another order comes, in ms. Every round is as long as
    /// the range to the sample; both its ends are faded over 5 ms, so that the seam does not click.
    Loop {
        /// Where each round begins.
        from: u64,
        /// Where each round ends, or the end of the recording if that comes first.
        until: u64,
        /// Where the first round begins.
        at: u64,
    },
    /// The passage to leave out next while playing on, to the sample; `None`: none. Who seeks into
    /// it, or to its start, hears it, and in ranges and loops everything is heard.
    Leap(Option<Leap>),
    /// How fast, 0.5–3 (other values are brought into this range), with the pitch kept.
    Speed(f32),
    /// How loud, 0–100.
    Volume(u8),
    /// Fade to silence over so many ms of what is heard, from as loud as it is now, and stay silent;
    /// `None`: be as loud as before within a second, or at once while nothing is heard. The volume
    /// is left alone.
    Fade(Option<u64>),
    /// Shorten silence.
    TrimSilence(Trim),
    /// Even out loudness to so many LUFS; `None`: leave it.
    Loudness(Option<f32>),
    /// Cut rumble and lift quiet words.
    VoiceBoost(bool),
    /// Go at once to where the place that is being sought probably is; positions are estimated from
    /// there on, until the recording's index has come so far. Changes nothing if the place was reached.
    Estimate,
    /// Let the recording go.
    Stop,
    /// Look for a sound device again at once.
    RetryDevice,
}

impl fmt::Debug for Order {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Load { ticket, start_ms, until_ms, play, .. } => {
                write!(out, "Load({ticket}, {start_ms}..{until_ms:?}, play: {play})")
            }
            Self::Play => out.write_str("Play"),
            Self::Pause => out.write_str("Pause"),
            Self::Seek { ms } => write!(out, "Seek({ms})"),
            Self::PlayRange { from, until } => write!(out, "PlayRange({from}..{until:?})"),
            Self::Loop { from, until, at } => write!(out, "Loop({from}..{until}, at {at})"),
            Self::Leap(leap) => write!(out, "Leap({leap:?})"),
            Self::Speed(speed) => write!(out, "Speed({speed})"),
            Self::Volume(volume) => write!(out, "Volume({volume})"),
            Self::Fade(ms) => write!(out, "Fade({ms:?})"),
            Self::TrimSilence(trim) => write!(out, "TrimSilence({trim:?})"),
            Self::Loudness(target) => write!(out, "Loudness({target:?})"),
            Self::VoiceBoost(on) => write!(out, "VoiceBoost({on})"),
            Self::Estimate => out.write_str("Estimate"),
            Self::Stop => out.write_str("Stop"),
            Self::RetryDevice => out.write_str("RetryDevice"),
        }
    }
}

/// Whether sound is to be heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlayState {
    /// Sound is flowing.
    Playing,
    /// Standing still.
    Paused,
    /// It should play but waits for bytes or for the device.
    Buffering,
}

/// The state of the sound device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeviceState {
    /// Sound can be heard.
    Ready {
        /// What the system calls it.
        name: String,
    },
    /// There is none; it is looked for from time to time.
    Missing {
        /// What the system says.
        why: String,
    },
    /// It went away while playing; the position is kept.
    Lost {
        /// What the system says.
        why: String,
    },
}

/// What has happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The recording was opened.
    Loaded {
        /// As in the order.
        ticket: u64,
        /// Length in ms, if anything is known about it.
        duration_ms: Option<u64>,
        /// The length is counted or stated, not estimated.
        exact: bool,
        /// As tagged in the recording, if its container says so up front.
        title: Option<String>,
    },
    /// The length is known better now.
    Duration {
        /// As in the order.
        ticket: u64,
        /// In ms.
        ms: u64,
        /// Counted or stated, not estimated.
        exact: bool,
    },
    /// The state changed.
    State {
        /// As in the order.
        ticket: u64,
        /// What it is now.
        state: PlayState,
    },
    /// The time in the recording of the sample that leaves the output: up to five times a second
    /// while playing, and at once after a seek.
    Position {
        /// As in the order.
        ticket: u64,
        /// In ms.
        ms: u64,
        /// It is estimated: off by seconds perhaps.
        estimated: bool,
    },
    /// A place is being looked for: that takes as long as bytes before it are still to come.
    Seeking {
        /// As in the order.
        ticket: u64,
        /// How far it has come, in percent; `None`: it is there.
        percent: Option<u8>,
    },
    /// The end of the recording or of the range was heard. It now stands there, paused.
    Ended {
        /// As in the order.
        ticket: u64,
        /// Where, in ms.
        ms: u64,
    },
    /// The recording cannot be played on. It now stands, paused, where it was.
    Failed {
        /// As in the order.
        ticket: u64,
        /// What was being done, why it failed, what helps.
        message: String,
    },
    /// How much time shortening silence has saved since the recording was loaded.
    Saved {
        /// As in the order.
        ticket: u64,
        /// In ms of the recording.
        ms: u64,
    },
    /// The sound broke off for a moment because the machine was too busy to decode in time. Waiting
    /// for bytes is no such gap.
    Underruns {
        /// As in the order.
        ticket: u64,
        /// How often since this was told last; it is told every few seconds at most.
        count: u32,
    },
    /// The whole recording was measured, once all its bytes were there and loudness was wanted.
    Loudness {
        /// As in the order.
        ticket: u64,
        /// How loud it is.
        loudness: Loudness,
    },
    /// The sound device changed.
    Device(DeviceState),
}

/// A player in threads of its own. Dropping it stops the sound and ends the threads.
pub struct Engine {
    inbox: Sender<Inbox>,
    thread: Option<JoinHandle<()>>,
}

impl Engine {
    /// Starts it; `events` is called from its thread and must not wait.
    #[must_use]
    pub fn start(output: Output, events: impl Fn(Event) + Send + Sync + 'static) -> Self {
        let (inbox, orders) = channel();
        let to_self = inbox.clone();
        let thread = std::thread::Builder::new().name("sound".into()).spawn(move || {
            Conductor::new(opener(output), Box::new(events), orders, to_self).run();
        });
        Self { inbox, thread: thread.ok() }
    }

    /// Hands in an order; never waits.
    pub fn send(&self, order: Order) {
        // The thread only ends when the engine is dropped.
        let _ = self.inbox.send(Inbox::Order(order));
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        let _ = self.inbox.send(Inbox::Quit);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
