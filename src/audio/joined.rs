//! Pieces that sound one after another: the recordings of a chain in Ogg, the edits of an MP4 file.

use super::AudioError;
use super::block::{Block, Nanos, SECOND, frames_to_nanos, nanos_to_frames};
use super::container::Container;
use super::gate::Gated;
use super::mp4::{self, Edit};
use super::ogg;
use super::tables::expect_tables;
use super::tagless::without_tags;
use super::track::{About, Length, Track};

/// Frames of silence given at once.
const SILENCE: i64 = 4096;

/// Silence beyond this is not believed: an hour.
const LONGEST_SILENCE: Nanos = 3600 * SECOND;

/// Where a piece comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// A recording in these bytes.
    Bytes(u64, u64),
    /// From this time on in the one recording there is.
    Time(Nanos),
    Silence,
}

#[derive(Debug, Clone, Copy)]
struct Piece {
    source: Source,
    start: Nanos,
    /// `None` up to its end, whenever that is; only of the last piece.
    length: Option<Nanos>,
}

/// Opens a recording in a container, with all its pieces if it has some.
pub(crate) fn open(media: Gated) -> Result<Box<dyn Track>, AudioError> {
    let failed = |err: std::io::Error| AudioError::Read(err.to_string());
    let mut media = without_tags(media).map_err(failed)?;
    expect_tables(&mut media).map_err(failed)?;
    std::io::Seek::rewind(&mut media).map_err(failed)?;
    let mut magic = [0; 4];
    // What is shorter is told by the demuxers.
    if std::io::Read::read_exact(&mut media, &mut magic).is_ok() && &magic == b"OggS" {
        let links = ogg::links(&mut media).map_err(failed)?;
        if links.len() > 1 {
            return Ok(Box::new(Joined::chain(media, &links)?));
        }
    }
    let len = media.len();
    let quick = len.is_some_and(|len| media.ready(0, len));
    let edit = mp4::edit(&mut media, len, quick).map_err(failed)?;
    let spare = media.linear();
    let track = Container::edited(media, &edit)?;
    Ok(if edit.cuts.is_empty() { Box::new(track) } else { Joined::edits(spare, track, &edit) })
}

/// See the module.
pub(crate) struct Joined {
    media: Gated,
    pieces: Vec<Piece>,
    length: Length,
    track: Container,
    /// The bytes that `track` plays.
    open: Option<(u64, u64)>,
    current: usize,
    /// How far the silence of this piece was given.
    silent: Nanos,
    about: About,
}

impl Joined {
    /// The recordings in these ranges of bytes. Those that cannot be opened are left out.
    pub(crate) fn chain(media: Gated, links: &[(u64, u64)]) -> Result<Self, AudioError> {
        let (mut pieces, mut start, mut exact) = (Vec::new(), 0, true);
        let (mut first, mut fault) = (None, None);
        for &(from, until) in links {
            let track = match Container::part(media.part(from, until)) {
                Ok(track) => track,
                Err(err @ (AudioError::Read(_) | AudioError::Stopped)) => return Err(err),
                Err(err) => {
                    fault = Some(err);
                    continue;
                }
            };
            let length = track.length();
            exact &= length.exact;
            let nanos = length.nanos.unwrap_or(0);
            pieces.push(Piece { source: Source::Bytes(from, until), start, length: Some(nanos) });
            start = start.saturating_add(nanos);
            first = first.or(Some((track, (from, until))));
        }
        let Some((track, open)) = first else {
            let none = || AudioError::Silent("nothing in it can be opened".into());
            return Err(fault.unwrap_or_else(none));
        };
        let length = Length { nanos: Some(start), exact };
        Ok(Self::new(media, pieces, length, track, Some(open)))
    }

    /// The edits of the one recording; it as it is if they show nothing of it.
    pub(crate) fn edits(media: Gated, track: Container, edit: &Edit) -> Box<dyn Track> {
        let (mut pieces, mut start) = (Vec::new(), 0_i64);
        let whole = track.length().nanos;
        let sounds = |from: Nanos| whole.is_none_or(|whole| from < whole);
        for cut in &edit.cuts {
            let source = cut.from.map_or(Source::Silence, Source::Time);
            let rest = match cut.from {
                Some(from) if sounds(from) => whole.map(|whole| whole - from),
                None if cut.length.is_some_and(|length| length <= LONGEST_SILENCE) => cut.length,
                _ => continue,
            };
            let length = cut.length.or(rest).map(|length| length.min(rest.unwrap_or(length)));
            pieces.push(Piece { source, start, length });
            start = start.saturating_add(length.unwrap_or(0));
        }
        if pieces.iter().all(|piece| piece.source == Source::Silence) {
            return Box::new(track);
        }
        let known = pieces.iter().all(|piece| piece.length.is_some());
        let length = Length { nanos: Some(start), exact: known };
        Box::new(Self::new(media, pieces, length, track, None))
    }

    fn new(
        media: Gated,
        pieces: Vec<Piece>,
        length: Length,
        track: Container,
        open: Option<(u64, u64)>,
    ) -> Self {
        let about = track.about().clone();
        Self { media, pieces, length, track, open, current: 0, silent: 0, about }
    }

    /// Goes to a place in a piece.
    fn enter(&mut self, piece: usize, inner: Nanos) -> Result<(), AudioError> {
        self.current = piece;
        self.silent = inner;
        match self.pieces.get(piece).map(|piece| piece.source) {
            Some(Source::Bytes(from, until)) => {
                if self.open != Some((from, until)) {
                    self.track = Container::part(self.media.part(from, until))?;
                    self.open = Some((from, until));
                }
                self.track.seek(inner)
            }
            Some(Source::Time(from)) => self.track.seek(from.saturating_add(inner)),
            Some(Source::Silence) | None => Ok(()),
        }
    }

    fn silence(&mut self, length: Option<Nanos>) -> Option<Block> {
        let (rate, channels) = (self.about.rate.max(1), 1);
        let left = nanos_to_frames(length.unwrap_or(0).saturating_sub(self.silent), rate);
        let frames = left.clamp(0, SILENCE);
        let start = self.silent;
        self.silent = self.silent.saturating_add(frames_to_nanos(frames, rate));
        let samples = vec![0.0; usize::try_from(frames).unwrap_or(0)];
        (frames > 0).then_some(Block { rate, channels, start, samples })
    }

    /// The next block of the current piece, with its time in that piece.
    fn inner(&mut self, piece: Piece) -> Result<Option<Block>, AudioError> {
        if piece.source == Source::Silence {
            return Ok(self.silence(piece.length));
        }
        let from = if let Source::Time(from) = piece.source { from } else { 0 };
        while let Some(mut block) = self.track.next()? {
            block.start = block.start.saturating_sub(from);
            // What is only decoded to get going belongs to no piece.
            block.skip_to(0);
            if let Some(length) = piece.length {
                block.cut_at(length);
                if block.start >= length {
                    return Ok(None);
                }
            }
            if block.frames() > 0 {
                return Ok(Some(block));
            }
        }
        Ok(None)
    }
}

impl Track for Joined {
    fn seek(&mut self, to: Nanos) -> Result<(), AudioError> {
        let after = self.pieces.partition_point(|piece| piece.start <= to);
        let at = after.saturating_sub(1);
        let start = self.pieces.get(at).map_or(0, |piece| piece.start);
        self.enter(at, to.saturating_sub(start).clamp(0, 1_000_000 * SECOND))
    }

    fn next(&mut self) -> Result<Option<Block>, AudioError> {
        while let Some(piece) = self.pieces.get(self.current).copied() {
            if let Some(mut block) = self.inner(piece)? {
                block.start = block.start.saturating_add(piece.start);
                return Ok(Some(block));
            }
            let next = self.current + 1;
            if next < self.pieces.len() {
                self.enter(next, 0)?;
            }
            self.current = next;
        }
        Ok(None)
    }

    fn length(&self) -> Length {
        self.length
    }

    fn about(&self) -> &About {
        &self.about
    }
}
