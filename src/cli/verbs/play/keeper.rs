//! Keeps where listening stands in an episode of the library, and how long the episode really is.

use crate::audio;
use crate::cli::failure::Failure;
use crate::model::{EpisodeId, Millis, Position};
use crate::runtime::{Desk, SoundGaps, as_kept, as_measured, now};

/// The place of one episode in the library.
pub(super) struct Keeper {
    desk: Desk,
    id: EpisodeId,
}

impl Keeper {
    pub(super) fn new(desk: Desk, id: EpisodeId) -> Self {
        Self { desk, id }
    }

    /// Keeps the position without waiting; whether that works is told by [`Self::keep_at_end`].
    pub(super) fn keep(&self, position: Position) {
        let id = self.id;
        self.desk.post(move |store| store.set_position(id, position, now()));
    }

    /// Keeps the position; when this returns it is on disk.
    pub(super) fn keep_at_end(&self, position: Position) -> Result<(), Failure> {
        let id = self.id;
        Ok(self.desk.ask_now(move |store| store.set_position(id, position, now()))?)
    }

    /// Keeps count of gaps in the sound from now on.
    pub(super) fn gaps(&self) -> SoundGaps {
        SoundGaps::begin(self.desk.clone())
    }

    /// How loud the recording was when it was measured, in the words of the audio thread.
    pub(super) fn loudness(&self) -> Result<Option<audio::Loudness>, Failure> {
        let id = self.id;
        Ok(self.desk.ask_now(move |store| store.loudness(id))?.map(as_measured))
    }

    /// Keeps how loud the whole recording is.
    pub(super) fn keep_loudness(&self, loudness: audio::Loudness) {
        let id = self.id;
        self.desk.post(move |store| store.set_loudness(id, as_kept(loudness)));
    }

    /// Keeps a counted length, which is worth more than what the feed claims.
    pub(super) fn keep_duration(&self, ms: Millis) {
        let id = self.id;
        self.desk.post(move |store| store.set_duration(id, ms));
    }
}
