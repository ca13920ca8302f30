//! Raw AAC as radio stations save it: frames one behind another (ADTS, ISO/IEC 13818-7 § 6.2), with
//! an index of our own, since nothing in the file says how long it is.

use std::io;

use super::AudioError;
use super::aac::{Aac, plain_config};
use super::block::{Block, Nanos, SECOND, frames_to_nanos};
use super::fold::Sound;
use super::gate::Gated;
use super::mp3::{Window, tag_len};
use super::track::{About, Length, Track};

mod header;

use header::{HEADER_LEN, Header};
pub(crate) use header::{LARGEST_FRAME, followed};

/// More frames than any recording has (46 hours at 48 kHz); bounds the memory.
const MOST_FRAMES: usize = 8_000_000;
/// Bytes looked through for the next frame before the rest is called garbage.
const LONGEST_GARBAGE: u64 = 16 << 20;
/// Bytes looked at together when frames were lost.
const SEARCH: usize = 16 * 1024;
/// Steps of the index in one look ahead.
const STEPS: usize = 2000;
/// Frames looked at before a length is estimated.
const PROOF: usize = 50;
/// Frames tried to find out what they hold.
const FIRST_FRAMES: usize = 4;
/// What is decoded before the target of a jump: HE-AAC says only every half second how its upper
/// band is rebuilt, and takes ten frames to be as if played through.
const RUN_UP: Nanos = 1_200_000_000;

/// Frames in a row with the same length in time.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    first: usize,
    start: Nanos,
    rate: u32,
    samples: u32,
}

/// Raw AAC being decoded.
pub(crate) struct Adts {
    media: Gated,
    begin: u64,
    places: Vec<u32>,
    stretches: Vec<Stretch>,
    /// The next byte to look at.
    place: u64,
    last: Option<Header>,
    done: bool,
    ahead: Window,
    play: Window,
    decoder: Option<([u8; 2], Aac)>,
    layout: (u32, usize),
    next: usize,
    audible: usize,
    about: About,
}

impl Adts {
    /// Reads the first frames from byte `start`.
    pub(crate) fn open(media: Gated, start: u64) -> Result<Self, AudioError> {
        let about = About { container: "ADTS".into(), codec: "AAC".into(), ..About::default() };
        let mut adts = Self {
            media,
            begin: start,
            places: Vec::new(),
            stretches: Vec::new(),
            place: start,
            last: None,
            done: false,
            ahead: Window::default(),
            play: Window::default(),
            decoder: None,
            layout: (44_100, 2),
            next: 0,
            audible: 0,
            about,
        };
        while adts.places.len() < PROOF && adts.grow()? {}
        adts.listen()?;
        Ok(adts)
    }

    /// Only its packets tell whether the rate is doubled and mono becomes stereo.
    fn listen(&mut self) -> Result<(), AudioError> {
        for frame in 0..FIRST_FRAMES {
            let Some(sound) = self.sound(frame)? else { continue };
            self.layout = (sound.rate, sound.channels);
            if let Some(heard) = self.decoder.as_ref().and_then(|(_, aac)| aac.heard()) {
                (self.about.rate, self.about.channels) = (heard.rate, heard.channels as u16);
                if heard.extended {
                    self.about.codec = "HE-AAC".into();
                }
                break;
            }
        }
        self.decoder = None;
        Ok(())
    }

    fn time(&self, frame: usize) -> Nanos {
        let after = self.stretches.partition_point(|stretch| stretch.first <= frame);
        let Some(stretch) = after.checked_sub(1).and_then(|at| self.stretches.get(at)) else {
            return 0;
        };
        let samples = (frame - stretch.first) as i64 * i64::from(stretch.samples);
        stretch.start.saturating_add(frames_to_nanos(samples, stretch.rate))
    }

    fn end(&self) -> Nanos {
        self.time(self.places.len())
    }

    /// The known frame that sounds at `time`, or the first or last.
    fn frame_at(&self, time: Nanos) -> usize {
        let (mut low, mut high) = (0, self.places.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.time(middle) <= time { low = middle + 1 } else { high = middle }
        }
        low.saturating_sub(1)
    }

    /// Looks at one more frame for playing; `false` at the end.
    fn grow(&mut self) -> Result<bool, AudioError> {
        let mut window = std::mem::take(&mut self.play);
        let step = self.step(&mut window);
        self.play = window;
        step.map_err(|err| AudioError::Read(err.to_string()))
    }

    fn step(&mut self, window: &mut Window) -> io::Result<bool> {
        if self.done || self.places.len() >= MOST_FRAMES || self.place > u64::from(u32::MAX) {
            self.done = true;
            return Ok(false);
        }
        let bytes = window.at(&mut self.media, self.place, 32)?;
        if bytes.len() < HEADER_LEN {
            self.done = true;
            return Ok(false);
        }
        if let Some(len) = tag_len(bytes) {
            self.place = self.place.saturating_add(len);
            self.last = None;
            return Ok(true);
        }
        let Some(header) = Header::parse(bytes) else { return self.resync(window) };
        if self.last.is_none_or(|last| !last.same_stream(&header)) {
            let bytes = window.at(&mut self.media, self.place, 2 * LARGEST_FRAME + HEADER_LEN)?;
            if !followed(bytes, 2) {
                return self.resync(window);
            }
        }
        if window.at(&mut self.media, self.place, header.size)?.len() < header.size {
            self.done = true;
            return Ok(false);
        }
        self.accept(header);
        Ok(true)
    }

    fn accept(&mut self, header: Header) {
        let (rate, samples) = (header.hertz(), header.samples);
        let like = |stretch: &Stretch| (stretch.rate, stretch.samples) == (rate, samples);
        if !self.stretches.last().is_some_and(like) {
            let (first, start) = (self.places.len(), self.end());
            self.stretches.push(Stretch { first, start, rate, samples });
        }
        self.places.push(self.place as u32);
        self.place += header.size as u64;
        self.last = Some(header);
    }

    /// Moves to the next place where frames or a tag begin.
    fn resync(&mut self, window: &mut Window) -> io::Result<bool> {
        self.last = None;
        let begin = self.place;
        self.place += 1;
        while self.place - begin < LONGEST_GARBAGE {
            let reach = SEARCH + 3 * LARGEST_FRAME;
            let bytes = window.at(&mut self.media, self.place, reach)?;
            let searched = bytes.len().min(SEARCH);
            let found = (0..searched).find(|&at| {
                let here = bytes.get(at..).unwrap_or_default();
                here.starts_with(b"ID3") && tag_len(here).is_some() || followed(here, 2)
            });
            let short = bytes.len() < reach;
            self.place += found.unwrap_or(searched) as u64;
            if found.is_some() {
                return Ok(true);
            }
            if short {
                break;
            }
        }
        self.done = true;
        Ok(false)
    }

    /// What a frame sounds like; `None` for a damaged one.
    fn sound(&mut self, frame: usize) -> Result<Option<Sound>, AudioError> {
        let Some(&place) = self.places.get(frame) else { return Ok(None) };
        let bytes = self.play.at(&mut self.media, place.into(), LARGEST_FRAME);
        let bytes = bytes.map_err(|err| AudioError::Read(err.to_string()))?;
        let Some(header) = Header::parse(bytes) else { return Ok(None) };
        let config = plain_config(header.rate, header.channels);
        let decoder = match self.decoder.take() {
            Some((of, aac)) if of == config => (of, aac),
            _ => (config, Aac::new(&config)?),
        };
        let (_, aac) = self.decoder.insert(decoder);
        Ok(bytes.get(header.head..header.size).and_then(|packet| aac.decode(packet)))
    }

    /// Decodes one frame; damaged ones are silent, so that time goes on.
    fn decode(&mut self, frame: usize) -> Result<Block, AudioError> {
        let (start, end) = (self.time(frame), self.time(frame + 1));
        let sound = self.sound(frame)?;
        let (rate, channels) = sound.as_ref().map_or(self.layout, |one| (one.rate, one.channels));
        self.layout = (rate, channels);
        let mut samples = sound.map(|sound| sound.samples).unwrap_or_default();
        let whole = (i128::from(end - start) * i128::from(rate) + i128::from(SECOND / 2))
            / i128::from(SECOND);
        samples.resize(usize::try_from(whole).unwrap_or(0) * channels, 0.0);
        Ok(Block { rate, channels, start, samples })
    }
}

impl Track for Adts {
    fn seek(&mut self, to: Nanos) -> Result<(), AudioError> {
        while self.end() <= to && self.grow()? {}
        self.audible = if self.end() <= to { self.places.len() } else { self.frame_at(to) };
        self.next = self.frame_at(to.saturating_sub(RUN_UP)).min(self.audible);
        self.decoder = None;
        Ok(())
    }

    fn next(&mut self) -> Result<Option<Block>, AudioError> {
        loop {
            while self.next >= self.places.len() {
                if !self.grow()? && self.next >= self.places.len() {
                    return Ok(None);
                }
            }
            let frame = self.next;
            self.next += 1;
            let block = self.decode(frame)?;
            if frame >= self.audible {
                return Ok(Some(block));
            }
        }
    }

    fn length(&self) -> Length {
        let seen = self.place.saturating_sub(self.begin).max(1);
        let nanos = if self.done {
            Some(self.end())
        } else {
            let whole = self.media.len().map(|len| len.saturating_sub(self.begin));
            whole.map(|whole| (self.end() as f64 * (whole as f64 / seen as f64)) as Nanos)
        };
        Length { nanos, exact: self.done }
    }

    fn about(&self) -> &About {
        &self.about
    }

    fn look_ahead(&mut self) -> Result<bool, AudioError> {
        let mut window = std::mem::take(&mut self.ahead);
        let mut more = true;
        for _ in 0..STEPS {
            if self.done || !self.media.ready(self.place, 64 * 1024) {
                more = false;
                break;
            }
            if let Err(err) = self.step(&mut window) {
                return Err(AudioError::Read(err.to_string()));
            }
        }
        self.ahead = window;
        Ok(more)
    }
}
