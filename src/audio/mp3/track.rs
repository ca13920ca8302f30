//! Decodes MP3 frames from where the index says they are.

use std::io;

use symphonia::core::codecs::audio::well_known::CODEC_ID_MP3;
use symphonia::core::codecs::audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::packet::PacketRef;
use symphonia::core::units::{Duration, Timestamp};
use symphonia::default::codecs::MpaDecoder;

use super::header::{HEADER_LEN, Header, LARGEST_FRAME};
use super::index::{Index, Step};
use super::island::{Island, RESERVOIR};
use super::memo;
use super::window::Window;
use crate::audio::AudioError;
use crate::audio::block::{Block, Nanos, frames_to_nanos, millis};
use crate::audio::gate::Gated;
use crate::audio::track::{About, Length, Sought, Track, Way};

/// Steps of the index in one look ahead.
const STEPS: usize = 2000;
/// Frames that make it worth while to keep the index again: half a minute to a minute.
const WORTH: usize = 2000;

mod ahead;

use ahead::{END, PROOF};

/// An MP3 being decoded.
pub(crate) struct Mp3Track {
    media: Gated,
    /// From the start of the file, without holes.
    main: Index,
    /// From a place jumped to ahead of what is indexed.
    island: Option<Island>,
    on_island: bool,
    /// A jump there turned out not to be exact.
    refused: Option<Nanos>,
    /// The end, counted where the bit rate is constant.
    end: Option<Nanos>,
    end_looked_at: bool,
    /// Where the recording was found to begin.
    start: u64,
    /// Frames of the index that were kept, or were known from before.
    kept: usize,
    ahead: Window,
    play: Window,
    decoder: MpaDecoder,
    layout: Option<(u32, usize)>,
    next: usize,
    audible: usize,
    about: About,
}

impl Mp3Track {
    /// Reads the first frames from byte `start`.
    pub(crate) fn open(media: Gated, start: u64) -> Result<Self, AudioError> {
        let mut media = media;
        let known = media.memo().and_then(|memo| memo::read(&memo, start, &mut media));
        let kept = known.as_ref().map_or(0, Index::len);
        let mut track = Self {
            media,
            main: known.unwrap_or_else(|| Index::new(start, 0)),
            island: None,
            on_island: false,
            refused: None,
            end: None,
            end_looked_at: false,
            start,
            kept,
            ahead: Window::default(),
            play: Window::default(),
            decoder: decoder()?,
            layout: None,
            next: 0,
            audible: 0,
            about: About { container: "MPEG".into(), codec: "MP3".into(), ..About::default() },
        };
        while track.main.len() < PROOF && track.grow()? {}
        let first = track.main.first().filter(|_| track.main.len() > 0);
        let first = first.ok_or_else(|| AudioError::Silent("no MP3 frames in it".into()))?;
        track.about.rate = first.rate;
        track.about.channels = first.channels as u16;
        Ok(track)
    }

    fn index(&self) -> &Index {
        let island = self.island.as_ref().filter(|_| self.on_island);
        island.map_or(&self.main, |island| &island.index)
    }

    /// Looks at one more frame of the part being played.
    fn grow(&mut self) -> Result<bool, AudioError> {
        let index = match self.island.as_mut() {
            Some(island) if self.on_island => &mut island.index,
            _ => &mut self.main,
        };
        let step = index.step(&mut self.media, &mut self.play).map_err(|err| read_error(&err))?;
        Ok(step == Step::Onward)
    }

    /// What is dropped at the start, for all times of the recording.
    fn delay(&self) -> Nanos {
        let delay = self.main.overview().map_or(0, |overview| overview.delay);
        frames_to_nanos(i64::from(delay), self.main.first().map_or(44_100, |first| first.rate))
    }

    /// The encoder's padding, if its overview counts the very frames that are there.
    fn end_trimmed(&self) -> Option<Nanos> {
        let overview = self.main.overview()?;
        let whole = self.main.done()
            && overview.frames.map(|count| count as usize) == Some(self.main.len());
        let padding = frames_to_nanos(i64::from(overview.padding), self.about.rate);
        whole.then(|| self.main.end() - self.delay() - padding)
    }

    /// The first frame to decode so that `frame` has all its data and its overlap.
    fn run_up(&self, frame: usize) -> usize {
        let index = self.index();
        let (mut first, mut data) = (frame, 0);
        while first > 0 && data < RESERVOIR {
            let size = match (index.offset(first), index.offset(first - 1)) {
                (Some(here), Some(before)) => here.saturating_sub(before) as usize,
                _ => 0,
            };
            data += size.min(LARGEST_FRAME).saturating_sub(HEADER_LEN + 34).max(1);
            first -= 1;
        }
        first.saturating_sub(1)
    }

    /// The index so far, to be there the next time.
    fn keep(&mut self) {
        if self.main.len() < self.kept + WORTH && !(self.main.done() && self.kept == 0) {
            return;
        }
        if let Some(len) = self.media.len() {
            self.media.keep_memo(&memo::write(&self.main, self.start, len));
            self.kept = self.main.len();
        }
    }

    /// Decodes one frame; damaged ones are silent, so that time goes on.
    fn decode(&mut self, frame: usize) -> Result<Option<Block>, AudioError> {
        let Some(place) = self.index().offset(frame) else { return Ok(None) };
        let start = self.index().time(frame).saturating_sub(self.delay());
        let bytes = self
            .play
            .at(&mut self.media, place, LARGEST_FRAME + 1)
            .map_err(|err| read_error(&err))?;
        let Some(header) = Header::parse(bytes) else { return Ok(None) };
        let Some(data) = bytes.get(..header.size) else { return Ok(None) };
        if self.layout != Some((header.rate, header.channels)) {
            // The decoder keeps its first layout for ever; stitched pieces change it.
            self.decoder = decoder()?;
            self.layout = Some((header.rate, header.channels));
        }
        let duration = Duration::new(u64::from(header.samples()));
        let packet = PacketRef::new(0, Timestamp::new(0), duration, data);
        let mut samples = Vec::new();
        if let Ok(sound) = self.decoder.decode_ref(&packet) {
            sound.copy_to_vec_interleaved(&mut samples);
        }
        samples.resize(header.samples() as usize * header.channels, 0.0);
        Ok(Some(Block { rate: header.rate, channels: header.channels, start, samples }))
    }
}

impl Track for Mp3Track {
    fn seek(&mut self, to: Nanos) -> Result<(), AudioError> {
        while let Sought::Onward(_) = self.approach(to, Way::Exact)? {}
        Ok(())
    }

    fn approach(&mut self, to: Nanos, way: Way) -> Result<Sought, AudioError> {
        let inner = to.saturating_add(self.delay());
        self.on_island = false;
        if inner >= self.main.end() && !self.main.done() {
            self.on_island = self.island.as_ref().is_some_and(|island| island.covers(inner))
                || self.jump(inner)?;
            if let (false, Way::Guess { stated }) = (self.on_island, way) {
                self.on_island = self.guess(inner, stated)?;
            }
        }
        let mut steps = 0;
        while self.index().end() <= inner && steps < STEPS / 4 && self.grow()? {
            steps += 1;
        }
        let index = self.index();
        if index.end() <= inner && !index.done() {
            let done = i128::from(index.end()) * 1000 / i128::from(inner.max(1));
            return Ok(Sought::Onward(u16::try_from(done).unwrap_or(0)));
        }
        self.audible = if index.end() <= inner { index.len() } else { index.frame_at(inner) };
        self.next = self.run_up(self.audible);
        self.decoder.reset();
        let estimated = self.on_island && self.island.as_ref().is_some_and(|on| on.estimated);
        if !estimated {
            self.media.like(None);
        }
        Ok(Sought::There { estimated })
    }

    fn next(&mut self) -> Result<Option<Block>, AudioError> {
        loop {
            while self.next >= self.index().len() {
                if !self.grow()? && self.next >= self.index().len() {
                    return Ok(None);
                }
            }
            let frame = self.next;
            self.next += 1;
            let Some(mut block) = self.decode(frame)? else { continue };
            if frame < self.audible {
                continue;
            }
            // Padding reaches back over up to three frames, so the end is looked for in time.
            while !self.on_island && self.next + 3 > self.main.len() && self.grow()? {}
            if let Some(end) = self.end_trimmed().filter(|_| !self.on_island) {
                block.cut_at(end);
            }
            if block.frames() > 0 {
                return Ok(Some(block));
            }
        }
    }

    fn length(&self) -> Length {
        if !self.main.done() {
            return self.estimate();
        }
        let end = self.end_trimmed().unwrap_or(self.main.end() - self.delay());
        Length { nanos: Some(end.max(0)), exact: true }
    }

    fn about(&self) -> &About {
        &self.about
    }

    fn look_ahead(&mut self) -> Result<bool, AudioError> {
        if let Some((_, place)) = self.end_place() {
            let tail = (place.saturating_sub(END), place + END);
            if self.media.ready(tail.0, tail.1 - tail.0) {
                self.measure_end()?;
            } else if self.island.as_ref().is_none_or(|island| !island.estimated) {
                self.media.like(Some(tail));
            }
        }
        for _ in 0..STEPS {
            let reach = (64 * 1024) as u64;
            if self.main.done() || !self.media.ready(self.main.place(), reach) {
                if self.main.done() {
                    self.keep();
                }
                return Ok(false);
            }
            self.main.step(&mut self.media, &mut self.ahead).map_err(|err| read_error(&err))?;
        }
        Ok(true)
    }

    fn learned_all(&self) -> bool {
        self.main.done()
    }

    fn measure(&mut self) -> Result<(), AudioError> {
        self.measure_end()
    }

    fn correction(&mut self) -> Option<Nanos> {
        let by = self.island.as_ref().filter(|_| self.on_island)?.correction(&self.main)?;
        let island = self.island.as_mut()?;
        let guessed = std::mem::take(&mut island.estimated);
        island.settled = true;
        self.media.like(None);
        (guessed || by != 0).then_some(by)
    }

    fn leave(&mut self) {
        self.keep();
    }
}

impl std::fmt::Debug for Mp3Track {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Mp3Track({} frames, {} ms)", self.main.len(), millis(self.main.end()))
    }
}

fn decoder() -> Result<MpaDecoder, AudioError> {
    let mut params = AudioCodecParameters::new();
    params.for_codec(CODEC_ID_MP3);
    let options = AudioDecoderOptions::default().gapless(false);
    MpaDecoder::try_new(&params, &options).map_err(|err| AudioError::Silent(err.to_string()))
}

fn read_error(err: &io::Error) -> AudioError {
    AudioError::Read(err.to_string())
}
