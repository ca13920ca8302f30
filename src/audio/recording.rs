//! A recording that is read piece by piece, without an output: what is decoded is what is got.

use std::sync::Arc;
use std::time::Duration;

use super::AudioError;
use super::block::{millis, nanos};
use super::clip::Pcm;
use super::gate::{Gate, SharedMedia};
use super::media::Media;
use super::track::Reader;

/// Errors in a row are tried again for this long.
const PATIENCE: Duration = Duration::from_secs(4);

/// An opened recording. It stands at its start.
pub struct Recording {
    reader: Reader,
}

impl Recording {
    /// Reads the headers.
    ///
    /// # Errors
    /// When it cannot be read or holds no sound.
    pub fn open(media: Box<dyn Media>) -> Result<Self, AudioError> {
        let gate = Arc::new(Gate::default());
        gate.fail_after(PATIENCE);
        Ok(Self { reader: Reader::open(SharedMedia::new(media), gate)? })
    }

    /// Its length in ms, as well as known by now, and whether that is counted or stated rather
    /// than estimated.
    #[must_use]
    pub fn length(&self) -> Option<(u64, bool)> {
        let length = self.reader.length();
        length.nanos.map(|nanos| (millis(nanos), length.exact))
    }

    /// Reads everything that makes jumps and the length exact: of an MP3 the places of its frames, as
    /// far as that needs no waiting.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn learn(&mut self) -> Result<(), AudioError> {
        while self.reader.look_ahead()? {}
        Ok(())
    }

    /// What is read next begins at the sample nearest to this place, in ms.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn seek(&mut self, ms: u64) -> Result<(), AudioError> {
        self.reader.seek(nanos(ms))
    }

    /// The next piece, in one channel or two; `None` at the end. Stitched recordings may change
    /// their rate from piece to piece.
    ///
    /// # Errors
    /// When it cannot be read or decoded.
    pub fn read(&mut self) -> Result<Option<Pcm>, AudioError> {
        let Some(block) = self.reader.next()? else { return Ok(None) };
        let rate = block.rate;
        if block.channels == 1 {
            return Ok(Some(Pcm { rate, channels: 1, samples: block.samples }));
        }
        Ok(Some(Pcm { rate, channels: 2, samples: block.into_stereo() }))
    }
}
