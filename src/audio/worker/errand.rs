//! What passes between the conductor and a worker.

use crate::audio::block::Nanos;
use crate::audio::deck::DeckIn;
use crate::audio::loudness::Loudness;
use crate::audio::track::{About, Length, Way};

/// Fill this deck.
pub(crate) struct Task {
    /// Number of the run, higher than all before.
    pub(crate) run: u64,
    pub(crate) from: Nanos,
    pub(crate) until: Option<Nanos>,
    /// Where to begin again after `until`, round after round.
    pub(crate) again: Option<Nanos>,
    pub(crate) way: Way,
    pub(crate) deck: DeckIn,
}

/// What a worker is asked for.
pub(crate) enum Errand {
    /// Fill a deck.
    Fill(Task),
    /// Nothing is taken from the deck: a full one needs not be looked at.
    Stand,
    /// The deck is being played.
    GoOn,
}

/// What a worker reports.
pub(crate) enum Say {
    Opened {
        about: About,
        length: Length,
    },
    Length(Length),
    Loudness(Loudness),
    /// The way to where a run begins is long: so many percent of it are done.
    Seeking {
        run: u64,
        percent: u8,
    },
    /// A run begins; its times are estimated, or not.
    Arrived {
        run: u64,
        estimated: bool,
    },
    /// The estimated times of a run are too early by this.
    Corrected {
        run: u64,
        by: Nanos,
    },
    Failed {
        run: u64,
        message: String,
    },
}
