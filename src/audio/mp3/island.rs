//! Frames known from a place ahead of what is indexed: exact where the bit rate is constant, else
//! guessed, until the index has come there and tells by how much the guess was wrong.

use std::io;

use super::guess::{Guess, Known};
use super::header::{Header, LARGEST_FRAME};
use super::index::{Index, Step, followed};
use super::window::Window;
use crate::audio::block::{Nanos, SECOND, frames_to_nanos};
use crate::audio::gate::Gated;

/// Bytes of older frames a frame may take its data from (9 bits of `main_data_begin`).
pub(super) const RESERVOIR: usize = 511;
/// A place this many bytes off from where a frame should begin shows that something was put in between. Where
/// recordings of the same rate were put together, each may be off by a byte, because it pads its own frames.
const SLACK: f64 = 6.0;
/// Places at which bit rates are sampled where there is no table of contents, and bytes of each.
const SAMPLES: u64 = 24;
const SAMPLE: usize = 8 * 1024;
/// Bytes that are read to find the first frame.
const FIRST: u64 = 24 * 1024;

/// Frames from a place on.
#[derive(Debug)]
pub(super) struct Island {
    pub(super) index: Index,
    /// Its times are guessed.
    pub(super) estimated: bool,
    /// The index from the start has come past it, so that its times are known.
    pub(super) settled: bool,
}

impl Island {
    /// An island of constant frames of `mean` bytes, at or before `time`. `None` if the frames there are
    /// not where constant ones would be.
    pub(super) fn constant(
        main: &Index,
        mean: f64,
        time: Nanos,
        media: &mut Gated,
        window: &mut Window,
    ) -> io::Result<Option<Self>> {
        let (Some(first), Some(begin)) = (main.first(), main.offset(0)) else { return Ok(None) };
        let frame_nanos = f64::from(first.samples()) * 1e9 / f64::from(first.rate);
        let back = (RESERVOIR as f64 / (mean - 36.0).max(8.0)).ceil() + 3.0;
        let frame = (time as f64 / frame_nanos - back).floor().max(0.0);
        let place = begin + (frame * mean) as u64;
        let Some((found, header)) = first_frame(place.saturating_sub(8), media, window)? else {
            return Ok(None);
        };
        let number = (found.saturating_sub(begin) as f64 / mean).round();
        let off = (begin as f64 + number * mean - found as f64).abs();
        if off > SLACK || !header.same_stream(&first) || header.bitrate != first.bitrate {
            return Ok(None);
        }
        let origin = frames_to_nanos((number * f64::from(first.samples())) as i64, first.rate);
        Ok(Some(Self { index: Index::new(found, origin), estimated: false, settled: false }))
    }

    /// An island where `time` probably sounds.
    pub(super) fn guessed(
        guess: &Guess,
        known: Known,
        time: Nanos,
        media: &mut Gated,
        window: &mut Window,
    ) -> io::Result<Option<Self>> {
        let place = guess.place(time).saturating_sub((RESERVOIR + 2 * LARGEST_FRAME) as u64);
        if place <= known.place {
            return Ok(None);
        }
        let found = first_frame(place, media, window)?;
        Ok(found.map(|(found, _)| {
            let origin = guess.time(found).clamp(known.time, time);
            Self { index: Index::new(found, origin), estimated: true, settled: false }
        }))
    }

    /// Whether it knows, or can soon know, the frame that sounds at `to`.
    pub(super) fn covers(&self, to: Nanos) -> bool {
        let slack = 10 * SECOND;
        self.index.len() > 8
            && to >= self.index.time(8)
            && to < self.index.end().saturating_add(slack)
    }

    /// By how much its times are too early, once the index from the start has come past all of it. Also
    /// what looks constant may have had something put in before that fits by chance.
    pub(super) fn correction(&self, main: &Index) -> Option<Nanos> {
        let begin = self.index.offset(0).filter(|_| !self.settled)?;
        let past = main.place() >= self.index.place() || main.done();
        past.then(|| main.time(main.frame_from(begin)) - self.index.time(0))
    }
}

/// The first frame from `place` on that others follow.
fn first_frame(
    place: u64,
    media: &mut Gated,
    window: &mut Window,
) -> io::Result<Option<(u64, Header)>> {
    media.expect(place, FIRST);
    let mut index = Index::new(place, 0);
    while index.len() == 0 {
        if index.step(media, window)? == Step::End {
            return Ok(None);
        }
    }
    Ok(index.offset(0).zip(index.last))
}

/// Bit rates at a few places behind what is known, in bytes per second.
pub(super) fn sample(
    known: Known,
    len: u64,
    media: &mut Gated,
    window: &mut Window,
) -> io::Result<Vec<(u64, f64)>> {
    let mut rates = Vec::new();
    let span = len.saturating_sub(known.place);
    for number in 0..SAMPLES {
        let place = known.place + span / (2 * SAMPLES) * (2 * number + 1);
        media.expect(place, SAMPLE as u64);
        if let Some(rate) = rate_of(window.at(media, place, SAMPLE)?) {
            rates.push((place, rate));
        }
    }
    Ok(rates)
}

/// The bit rate of the frames in some bytes, in bytes per second.
fn rate_of(bytes: &[u8]) -> Option<f64> {
    let begin = (0..bytes.len()).find(|&at| followed(bytes.get(at..).unwrap_or_default(), 2))?;
    let (mut at, mut seconds) = (begin, 0.0);
    while let Some(header) = bytes.get(at..).and_then(Header::parse) {
        at += header.size;
        seconds += f64::from(header.samples()) / f64::from(header.rate);
    }
    (seconds > 0.0).then(|| (at - begin) as f64 / seconds)
}
