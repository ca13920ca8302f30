//! One recording being decoded: exact seeks and blocks of samples, whatever the container.

use std::ops::RangeInclusive;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::AudioError;
use super::adts::Adts;
use super::block::{Block, Nanos};
use super::gate::{Gate, Gated, SharedMedia};
use super::joined;
use super::kind::Kind;
use super::mp3::Mp3Track;

/// Rates in Hz that are played; others are damage, and would cost memory without bound.
const RATES: RangeInclusive<u32> = 1000..=768_000;

/// How long a recording is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Length {
    /// `None` if nothing is known about it.
    pub(crate) nanos: Option<Nanos>,
    /// Counted or stated to the sample, not estimated.
    pub(crate) exact: bool,
}

/// What is known about a recording's form.
#[derive(Debug, Clone, Default)]
pub(crate) struct About {
    pub(crate) container: String,
    pub(crate) codec: String,
    /// Hz; 0 if unknown before the first block.
    pub(crate) rate: u32,
    /// 0 if unknown before the first block.
    pub(crate) channels: u16,
    pub(crate) title: Option<String>,
    pub(crate) artist: Option<String>,
    pub(crate) picture: Option<(String, usize)>,
}

/// How a place is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Exactly, however long it takes.
    Exact,
    /// At once, if need be where it probably is.
    Guess {
        /// The length that somebody else stated.
        stated: Option<Nanos>,
    },
}

/// How far a seek has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sought {
    /// It is there.
    There {
        /// Times from there on are estimated, see [`Track::correction`].
        estimated: bool,
    },
    /// So many thousandths of the way are done; the same again goes on.
    Onward(u16),
}

/// A demuxer with its decoder.
pub(crate) trait Track: Send {
    /// Goes to a place at or before `to`, near enough that decoding up to it gives the same
    /// samples as playing through.
    fn seek(&mut self, to: Nanos) -> Result<(), AudioError>;

    /// The same piece by piece.
    fn approach(&mut self, to: Nanos, way: Way) -> Result<Sought, AudioError> {
        let _ = way;
        self.seek(to).map(|()| Sought::There { estimated: false })
    }

    /// By how much estimated times are too early, once that is known; told once.
    fn correction(&mut self) -> Option<Nanos> {
        None
    }

    /// The next decoded block; `None` at the end. Blocks may begin before the place asked for.
    fn next(&mut self) -> Result<Option<Block>, AudioError>;

    /// As well as known by now.
    fn length(&self) -> Length;

    fn about(&self) -> &About;

    /// Learns a little more about what lies ahead, if that needs no waiting; `true` while there
    /// is more to learn.
    fn look_ahead(&mut self) -> Result<bool, AudioError> {
        Ok(false)
    }

    /// Whether [`Track::look_ahead`] will never learn more.
    fn learned_all(&self) -> bool {
        true
    }

    /// Finds out the length as well as a few short reads elsewhere can.
    fn measure(&mut self) -> Result<(), AudioError> {
        Ok(())
    }

    /// It will not be read for a while: what was learned is kept.
    fn leave(&mut self) {}
}

/// A [`Track`] behind its gate: blocks begin exactly where asked, faults are told from the end.
pub(crate) struct Reader {
    track: Box<dyn Track>,
    gate: Arc<Gate>,
    from: Nanos,
}

impl Reader {
    /// Finds out what the bytes are and prepares to decode them.
    pub(crate) fn open(media: SharedMedia, gate: Arc<Gate>) -> Result<Self, AudioError> {
        let mut gated = Gated::new(media, Arc::clone(&gate));
        let opened = guarded(|| {
            let kind = Kind::of(&mut gated).map_err(|err| AudioError::Read(err.to_string()))?;
            let track: Box<dyn Track> = match kind {
                Kind::Mp3(start) => Box::new(Mp3Track::open(gated, start)?),
                Kind::Adts(start) => Box::new(Adts::open(gated, start)?),
                Kind::Contained => joined::open(gated)?,
                Kind::Refused(name) => {
                    return Err(AudioError::Unknown(format!(
                        "it is {name}, which is not played here"
                    )));
                }
            };
            Ok(track)
        });
        match opened {
            Ok(track) => Ok(Self { track, gate, from: 0 }),
            Err(err) => Err(explain(&gate, err)),
        }
    }

    /// The next block will begin at the sample nearest to `to`.
    pub(crate) fn seek(&mut self, to: Nanos) -> Result<(), AudioError> {
        self.from = to.max(0);
        guarded(|| self.track.seek(self.from)).map_err(|err| explain(&self.gate, err))
    }

    /// The same piece by piece; see [`Track::approach`].
    pub(crate) fn approach(&mut self, to: Nanos, way: Way) -> Result<Sought, AudioError> {
        self.from = to.max(0);
        let sought = guarded(|| self.track.approach(self.from, way));
        sought.map_err(|err| explain(&self.gate, err))
    }

    /// See [`Track::correction`].
    pub(crate) fn correction(&mut self) -> Option<Nanos> {
        self.track.correction()
    }

    /// See [`Track::learned_all`].
    pub(crate) fn learned_all(&self) -> bool {
        self.track.learned_all()
    }

    /// See [`Track::measure`].
    pub(crate) fn measure(&mut self) -> Result<(), AudioError> {
        guarded(|| self.track.measure()).map_err(|err| explain(&self.gate, err))
    }

    /// The next samples; `None` at the end of the recording.
    pub(crate) fn next(&mut self) -> Result<Option<Block>, AudioError> {
        loop {
            match guarded(|| self.track.next()) {
                Ok(Some(block)) if !RATES.contains(&block.rate) => {
                    return Err(AudioError::Silent(format!("a rate of {} Hz", block.rate)));
                }
                Ok(Some(mut block)) => {
                    block.skip_to(self.from);
                    if block.frames() > 0 {
                        return Ok(Some(block));
                    }
                }
                // A demuxer may take a lost connection for the end.
                Ok(None) => return explain_end(&self.gate).map_or(Ok(None), Err),
                Err(err) => return Err(explain(&self.gate, err)),
            }
        }
    }

    pub(crate) fn length(&self) -> Length {
        self.track.length()
    }

    pub(crate) fn about(&self) -> &About {
        self.track.about()
    }

    /// See [`Track::look_ahead`].
    pub(crate) fn look_ahead(&mut self) -> Result<bool, AudioError> {
        guarded(|| self.track.look_ahead()).map_err(|err| explain(&self.gate, err))
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        let _ = guarded(|| {
            self.track.leave();
            Ok(())
        });
    }
}

/// Codecs are young; one that panics on damaged bytes must not take the program along.
fn guarded<T>(work: impl FnOnce() -> Result<T, AudioError>) -> Result<T, AudioError> {
    catch_unwind(AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(AudioError::Silent("the decoder gave up on damaged data".into())))
}

fn explain_end(gate: &Gate) -> Option<AudioError> {
    if gate.abandoned() {
        return Some(AudioError::Stopped);
    }
    gate.take_fault().map(AudioError::Read)
}

fn explain(gate: &Gate, err: AudioError) -> AudioError {
    explain_end(gate).unwrap_or(err)
}
