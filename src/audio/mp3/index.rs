//! Where every frame of an MP3 is and when it sounds; grows as far as anyone asked.

use std::io;

use super::header::{HEADER_LEN, Header, LARGEST_FRAME};
use super::tags::{Overview, tag_len};
use super::window::Window;
use crate::audio::block::{Nanos, frames_to_nanos};
use crate::audio::gate::Gated;

/// More frames than any recording has (57 hours at 44.1 kHz); bounds the memory.
pub(super) const MOST_FRAMES: usize = 8_000_000;
/// Bytes looked through for the next frame before the rest is called garbage: a whole day of
/// zeros must not keep the reader busy for ever, a damaged download should play on.
const LONGEST_GARBAGE: u64 = 64 << 20;
/// Bytes looked at together when frames were lost.
const SEARCH: usize = 16 * 1024;

/// Frames in a row with the same length in time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    pub(super) first: usize,
    pub(super) start: Nanos,
    pub(super) rate: u32,
    pub(super) samples: u32,
}

/// The frames of one continuous part of the file, from the place it was begun at.
#[derive(Debug)]
pub(crate) struct Index {
    pub(super) places: Vec<u32>,
    pub(super) stretches: Vec<Stretch>,
    /// The next byte to look at.
    pub(super) place: u64,
    /// The last frame, which says what to expect; `None` out of step.
    pub(super) last: Option<Header>,
    pub(super) first: Option<Header>,
    pub(super) overview: Option<Overview>,
    /// Where that is.
    pub(super) overview_at: Option<u64>,
    pub(super) origin: Nanos,
    pub(super) steady: bool,
    pub(super) done: bool,
}

/// What one step of the index found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// A frame more, or bytes that are none.
    Onward,
    /// The end of the file.
    End,
}

impl Index {
    /// An index from byte `place`, whose first frame sounds at `origin`.
    pub(crate) fn new(place: u64, origin: Nanos) -> Self {
        Self {
            places: Vec::new(),
            stretches: Vec::new(),
            place,
            last: None,
            first: None,
            overview: None,
            overview_at: None,
            origin,
            steady: true,
            done: false,
        }
    }

    /// Frames known so far.
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether all frames are known.
    pub(crate) fn done(&self) -> bool {
        self.done
    }

    /// The next byte to look at.
    pub(crate) fn place(&self) -> u64 {
        self.place
    }

    /// The first frame's header.
    pub(crate) fn first(&self) -> Option<Header> {
        self.first
    }

    /// What the encoder of the first piece said.
    pub(crate) fn overview(&self) -> Option<Overview> {
        self.overview
    }

    /// Whether all frames so far have one bit rate and nobody says it varies.
    pub(crate) fn steady(&self) -> bool {
        self.steady && !self.overview.is_some_and(|overview| overview.varies)
    }

    /// Bytes per frame if all frames so far have the size that one bit rate gives: the share of a byte
    /// that is left over is made up for by padding, or never is.
    pub(crate) fn mean_size(&self) -> Option<f64> {
        let first = self.first.filter(|_| self.steady())?;
        let (begin, last) = (self.offset(0)?, self.len().checked_sub(1)?);
        let seen = self.offset(last)?.checked_sub(begin)? as f64;
        let samples = f64::from(first.samples()) / f64::from(first.rate);
        let padded = f64::from(first.bitrate) / 8.0 * samples;
        [padded, padded.floor()].into_iter().find(|size| (seen - size * last as f64).abs() <= 2.0)
    }

    /// Byte offset of a frame.
    pub(crate) fn offset(&self, frame: usize) -> Option<u64> {
        self.places.get(frame).map(|&place| u64::from(place))
    }

    /// When a frame begins (encoder delay not yet taken off).
    pub(crate) fn time(&self, frame: usize) -> Nanos {
        let after = self.stretches.partition_point(|stretch| stretch.first <= frame);
        let Some(stretch) = after.checked_sub(1).and_then(|at| self.stretches.get(at)) else {
            return self.origin;
        };
        let samples = (frame - stretch.first) as i64 * i64::from(stretch.samples);
        stretch.start.saturating_add(frames_to_nanos(samples, stretch.rate))
    }

    /// When the last known frame ends.
    pub(crate) fn end(&self) -> Nanos {
        self.time(self.len())
    }

    /// The known frame that sounds at `time`, or the first or last.
    pub(crate) fn frame_at(&self, time: Nanos) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.time(middle) <= time {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low.saturating_sub(1)
    }

    /// The first known frame that begins at or after a byte.
    pub(crate) fn frame_from(&self, place: u64) -> usize {
        self.places.partition_point(|&at| u64::from(at) < place)
    }

    /// Looks at the next frame or the next bytes that are none.
    ///
    /// # Errors
    /// When reading failed for good.
    pub(crate) fn step(&mut self, media: &mut Gated, window: &mut Window) -> io::Result<Step> {
        if self.done || self.len() >= MOST_FRAMES || self.place > u64::from(u32::MAX) {
            self.done = true;
            return Ok(Step::End);
        }
        let bytes = window.at(media, self.place, 32)?;
        if bytes.len() < HEADER_LEN {
            self.done = true;
            return Ok(Step::End);
        }
        if let Some(len) = tag_len(bytes) {
            self.place = self.place.saturating_add(len);
            self.last = None;
            return Ok(Step::Onward);
        }
        if let Some(header) = Header::parse(bytes)
            && self.believed(&header, media, window)?
        {
            return self.accept(header, media, window);
        }
        self.resync(media, window)
    }

    /// In step, a frame like the last one is believed; else two more must follow it.
    fn believed(
        &self,
        header: &Header,
        media: &mut Gated,
        window: &mut Window,
    ) -> io::Result<bool> {
        if self.last.is_some_and(|last| last.same_stream(header)) {
            return Ok(true);
        }
        let bytes = window.at(media, self.place, 2 * LARGEST_FRAME + HEADER_LEN)?;
        Ok(followed(bytes, 2))
    }

    fn accept(
        &mut self,
        header: Header,
        media: &mut Gated,
        window: &mut Window,
    ) -> io::Result<Step> {
        let frame = window.at(media, self.place, header.size)?;
        if frame.len() < header.size {
            self.done = true;
            return Ok(Step::End);
        }
        if self.first.is_none() {
            self.first = Some(header);
            if let Some(overview) = Overview::parse(&header, frame) {
                (self.overview, self.overview_at) = (Some(overview), Some(self.place));
                self.place += header.size as u64;
                self.last = Some(header);
                return Ok(Step::Onward);
            }
        }
        if self.stretches.last().is_none_or(|stretch| {
            (stretch.rate, stretch.samples) != (header.rate, header.samples())
        }) {
            self.stretches.push(Stretch {
                first: self.len(),
                start: self.end(),
                rate: header.rate,
                samples: header.samples(),
            });
        }
        self.steady &= self.first.is_none_or(|first| first.bitrate == header.bitrate);
        self.places.push(self.place as u32);
        self.place += header.size as u64;
        self.last = Some(header);
        Ok(Step::Onward)
    }

    /// Moves to the next place where frames or a tag begin.
    fn resync(&mut self, media: &mut Gated, window: &mut Window) -> io::Result<Step> {
        self.last = None;
        let begin = self.place;
        self.place += 1;
        while self.place - begin < LONGEST_GARBAGE {
            let reach = 3 * LARGEST_FRAME;
            let bytes = window.at(media, self.place, SEARCH + reach)?;
            let searched = bytes.len().min(SEARCH);
            let found = (0..searched).find(|&at| {
                let here = bytes.get(at..).unwrap_or_default();
                here.starts_with(b"ID3") && tag_len(here).is_some() || followed(here, 2)
            });
            let short = bytes.len() < SEARCH + reach;
            self.place += found.unwrap_or(searched) as u64;
            if found.is_some() {
                return Ok(Step::Onward);
            }
            if short {
                break;
            }
        }
        self.done = true;
        Ok(Step::End)
    }
}

/// Whether a frame starts here that is followed by `more` others of the same stream, or by the
/// end of the bytes.
pub(crate) fn followed(bytes: &[u8], more: usize) -> bool {
    let Some(header) = Header::parse(bytes) else { return false };
    let mut at = header.size;
    for count in 0..more {
        let rest = bytes.get(at..).unwrap_or_default();
        if rest.len() < HEADER_LEN {
            return count > 0 || at == bytes.len();
        }
        match Header::parse(rest) {
            Some(next) if next.same_stream(&header) => at += next.size,
            // The last frame of a piece may be followed by the tag of the next.
            None => return count > 0 && tag_len(rest).is_some(),
            Some(_) => return false,
        }
    }
    true
}
