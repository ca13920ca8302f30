//! Decodes MP3 frames from where the index says they are.

use std::io;

use symphonia::core::codecs::audio::well_known::CODEC_ID_MP3;
use symphonia::core::codecs::audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::packet::PacketRef;
use symphonia::core::units::{Duration, Timestamp};
use symphonia::default::codecs::MpaDecoder;

use super::header::{HEADER_LEN, Header, LARGEST_FRAME};
use super::index::{Index, Step};
use super::window::Window;
use crate::audio::AudioError;
use crate::audio::block::{Block, Nanos, frames_to_nanos, millis};
use crate::audio::gate::Gated;
use crate::audio::track::{About, Length, Track};

/// Bytes of older frames a frame may take its data from (9 bits of `main_data_begin`).
const RESERVOIR: usize = 511;
/// Steps of the index in one look ahead.
const STEPS: usize = 2000;
/// Frames looked at before a bit rate is believed to be constant.
const PROOF: usize = 50;
/// An MP3 being decoded.
pub(crate) struct Mp3Track {
    media: Gated,
    /// From the start of the file, without holes.
    main: Index,
    /// From a place jumped to ahead of what is indexed (constant bit rate only).
    island: Option<Index>,
    on_island: bool,
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
        let mut track = Self {
            media,
            main: Index::new(start, 0),
            island: None,
            on_island: false,
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
        self.island.as_ref().filter(|_| self.on_island).unwrap_or(&self.main)
    }

    /// Looks at one more frame of the part being played.
    fn grow(&mut self) -> Result<bool, AudioError> {
        let index = match self.island.as_mut() {
            Some(island) if self.on_island => island,
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

    /// Starts an island at `to` if that saves waiting and is exact.
    fn jump(&mut self, to: Nanos) -> Result<bool, AudioError> {
        let Some(first) =
            self.main.first().filter(|_| self.main.steady() && self.main.len() >= PROOF)
        else {
            return Ok(false);
        };
        let (Some(len), Some(begin)) = (self.media.len(), self.main.offset(0)) else {
            return Ok(false);
        };
        let mean =
            f64::from(first.bitrate) / 8.0 * f64::from(first.samples()) / f64::from(first.rate);
        let frame_nanos = f64::from(first.samples()) * 1e9 / f64::from(first.rate);
        let back = (RESERVOIR as f64 / (mean - 36.0).max(8.0)).ceil() + 3.0;
        let frame = (to as f64 / frame_nanos - back).floor().max(0.0);
        let place = begin + (frame * mean) as u64;
        if place <= self.main.place()
            || place >= len
            || self.media.ready(self.main.place(), place - self.main.place())
        {
            return Ok(false);
        }
        let mut island = Index::new(place.saturating_sub(8), 0);
        while island.len() == 0 {
            if island.step(&mut self.media, &mut self.play).map_err(|err| read_error(&err))?
                == Step::End
            {
                return Ok(false);
            }
        }
        let found = island.offset(0).unwrap_or(place);
        let number = ((found.saturating_sub(begin)) as f64 / mean).round();
        let origin = frames_to_nanos((number * f64::from(first.samples())) as i64, first.rate);
        self.island = Some(Index::new(found, origin));
        Ok(true)
    }

    /// Whether the island knows, or can soon know, the frame that sounds at `to`.
    fn island_covers(&self, to: Nanos) -> bool {
        self.island.as_ref().is_some_and(|island| {
            let slack = 10 * crate::audio::block::SECOND;
            island.len() > 8 && to >= island.time(8) && to < island.end().saturating_add(slack)
        })
    }

    fn estimate(&self) -> Length {
        let rest = |length: Nanos| Length { nanos: Some(length.max(0)), exact: false };
        let (Some(first), Some(begin)) = (self.main.first(), self.main.offset(0)) else {
            return Length::default();
        };
        let Some(len) = self.media.len() else { return Length::default() };
        let audio = len.saturating_sub(begin);
        if let Some(overview) = self.main.overview()
            && let (Some(frames), Some(bytes)) = (overview.frames, overview.bytes)
            && audio.abs_diff(u64::from(bytes)) <= audio / 100 + 4096
        {
            let samples = i64::from(frames) * i64::from(first.samples());
            let padding = frames_to_nanos(i64::from(overview.padding), first.rate);
            return rest(frames_to_nanos(samples, first.rate) - self.delay() - padding);
        }
        let seen = self.main.place().saturating_sub(begin).max(1);
        let length = self.main.end() as f64 * (audio as f64 / seen as f64);
        rest(length as Nanos - self.delay())
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
        let inner = to.saturating_add(self.delay());
        self.on_island = false;
        if inner >= self.main.end() && !self.main.done() {
            self.on_island = self.island_covers(inner) || self.jump(inner)?;
        }
        while self.index().end() <= inner && self.grow()? {}
        let index = self.index();
        self.audible = if index.end() <= inner { index.len() } else { index.frame_at(inner) };
        self.next = self.run_up(self.audible);
        self.decoder.reset();
        Ok(())
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
        for _ in 0..STEPS {
            let reach = (64 * 1024) as u64;
            if self.main.done() || !self.media.ready(self.main.place(), reach) {
                return Ok(false);
            }
            self.main.step(&mut self.media, &mut self.ahead).map_err(|err| read_error(&err))?;
        }
        Ok(true)
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
