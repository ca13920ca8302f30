//! Sound in a thread of its own: decode, seek exactly, stretch, output; lost devices come back.
//!
//! ```text
//!  Order ──▶ conductor ──▶ worker (one per recording): Media → Track → Chain ──▶ deck (ring)
//!  Event ◀──    │  ▲                                                              │
//!               ▼  └─────────── what the worker and the device say            outlet ◀┘
//!            device, or a paced output without one ◀── pops samples only ────────┘
//! ```
//!
//! The conductor never reads bytes and never waits, so pause, seek and stop answer at once even
//! while a download blocks the worker. Each seek starts a new *run* with a new ring: what an
//! abandoned run still produces has nowhere to go. Every sample carries its time in the recording
//! through the whole chain, which is why positions stay exact at any speed.

mod aac;
mod adts;
mod biquad;
mod block;
mod chain;
mod clip;
mod conductor;
mod container;
mod deck;
mod device;
mod engine;
mod fold;
mod gate;
mod joined;
mod kind;
mod leap;
mod limiter;
mod loudness;
mod media;
mod mp3;
mod mp4;
mod ogg;
mod opus;
mod outlet;
mod paced;
mod probe;
mod recording;
mod resample;
mod samples;
mod silence;
mod stretch;
mod survey;
mod tables;
mod tagless;
mod times;
mod track;
mod voice;
mod worker;

pub use chain::Trim;
pub use clip::{Pcm, decode_range, write_wav};
pub use engine::{DeviceState, Engine, Event, Order, Output, PlayState};
pub use leap::Leap;
pub use loudness::Loudness;
pub use media::{Media, MemoryMedia, Waker};
pub use probe::{Picture, Probe, probe};
pub use recording::Recording;

/// Why a recording cannot be opened, read or cut.
#[derive(Debug, thiserror::Error)]
pub enum AudioError {
    /// The bytes could not be read.
    #[error("reading the recording failed: {0}; check the connection or the file and play again")]
    Read(String),
    /// The bytes are not a recording this program knows.
    #[error("the recording cannot be opened: {0}; it may be incomplete or of an unknown kind")]
    Unknown(String),
    /// The recording holds no sound.
    #[error("the recording holds no sound that can be decoded: {0}; try downloading it again")]
    Silent(String),
    /// A range that is empty, outside of the recording, or longer than allowed.
    #[error("cutting the range {from_ms}–{until_ms} ms failed: {why}")]
    Range {
        /// Start asked for, in ms.
        from_ms: u64,
        /// End asked for, in ms.
        until_ms: u64,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The reader was told to stop.
    #[error("reading the recording was stopped")]
    Stopped,
}
