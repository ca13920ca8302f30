//! Every container but MP3: demuxed and decoded by `symphonia`, trimmed by ourselves.

use std::collections::VecDeque;

use symphonia::core::codecs::CodecParameters;
use symphonia::core::common::Limit;
use symphonia::core::errors::Error;
use symphonia::core::formats::probe::Hint;
use symphonia::core::formats::{FormatOptions, FormatReader, SeekMode, SeekTo, TrackType};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;
use symphonia::core::packet::Packet;
use symphonia::core::units::{TimeBase, Timestamp};
use symphonia::default::get_probe;

use super::AudioError;
use super::block::{Block, Nanos, SECOND, frames_to_nanos, nanos_to_frames};
use super::fold::Sound;
use super::gate::Gated;
use super::mp4::{Edit, End};
use super::track::{About, Length, Track};

mod codec;
mod stamps;
mod tags;
mod vorbis;

use codec::{Codec, is_opus, run_up};
use stamps::{frames_of, length, stated_length, ticks};
use tags::describe;
pub(crate) use tags::plain;

/// Bytes of a picture that is still read.
const LARGEST_PICTURE: usize = 16 << 20;
/// Packets in a row that may be unreadable before the recording is at its end.
const MOST_ERRORS: u32 = 200;
/// Packets tried to find out what they are.
const FIRST_PACKETS: usize = 4;
/// Time stamps nearer than this to where the sound is by count are rounding.
const JITTER: u64 = 3_000_000;

/// A recording in a container.
pub(crate) struct Container {
    /// `None` only if it could not be opened a second time.
    format: Option<Box<dyn FormatReader>>,
    /// Packets that were read to find out what they are.
    ahead: VecDeque<Packet>,
    codec: Codec,
    stream: u32,
    base: TimeBase,
    /// The first time stamp.
    begin: Timestamp,
    /// Taken off every time stamp.
    shift: Nanos,
    /// Where the sound ends, if the container says so.
    end: Option<Nanos>,
    length: Length,
    run_up: Nanos,
    expected: Option<Nanos>,
    layout: (u32, usize),
    over: bool,
    about: About,
}

impl Container {
    /// Reads the headers of a recording that has no parts.
    pub(crate) fn part(media: Gated) -> Result<Self, AudioError> {
        Self::edited(media, &Edit::default())
    }

    /// Reads the headers, to play what `edit` wants if that is one passage.
    pub(crate) fn edited(mut media: Gated, edit: &Edit) -> Result<Self, AudioError> {
        let spare = media.linear();
        if edit.cut_off {
            media = media.linear();
        }
        let mut format = match demuxer(source(media)?) {
            // Demuxers look at the end first; a file that was cut off still plays from its start.
            Err(err) => demuxer(source(spare)?).map_err(|_| err)?,
            Ok(format) => format,
        };
        let mut about = About::default();
        describe(&mut *format, &mut about);
        let stream = format
            .default_track(TrackType::Audio)
            .or_else(|| format.first_track(TrackType::Audio))
            .cloned()
            .ok_or_else(|| AudioError::Silent("no sound track in it".into()))?;
        let Some(CodecParameters::Audio(params)) = &stream.codec_params else {
            return Err(AudioError::Silent("an unknown codec".into()));
        };
        let codec = Codec::new(params)?;
        about.rate = params.sample_rate.unwrap_or(0);
        about.channels = params.channels.as_ref().map_or(0, |channels| channels.count() as u16);
        let base = stream
            .time_base
            .or_else(|| TimeBase::try_from_recip(about.rate))
            .ok_or_else(|| AudioError::Silent("a track without a rate".into()))?;
        // Ogg counts what an Opus encoder puts in front as time (RFC 7845 § 4.2).
        let early = stream.delay.filter(|_| is_opus(params) && edit.skip == 0);
        let stated = match edit.end {
            End::Stated => stated_length(&*format, &stream, base),
            End::Unknown => None,
            End::Counted(end) => Some(end),
        };
        // An edit that skips all there is was not meant.
        let skip = if stated.is_some_and(|end| edit.skip >= end) { 0 } else { edit.skip };
        let shift = skip + early.map_or(0, |frames| ticks(base, i64::from(frames)));
        let length = length(stated.map(|stated| stated.saturating_sub(shift)), edit.length);
        let mut container = Self {
            format: Some(format),
            ahead: VecDeque::new(),
            codec,
            stream: stream.id,
            base,
            begin: stream.start_ts,
            shift,
            end: edit.length,
            length,
            run_up: run_up(params),
            expected: None,
            layout: (about.rate.max(1), usize::from(about.channels.clamp(1, 2))),
            over: false,
            about,
        };
        container.listen()?;
        Ok(container)
    }

    /// Only its packets tell the rate and the channels of AAC.
    fn listen(&mut self) -> Result<(), AudioError> {
        while matches!(self.codec, Codec::Aac(_)) && self.ahead.len() < FIRST_PACKETS {
            let Some(packet) = self.packet()? else { break };
            let sound = self.codec.decode(&packet);
            self.ahead.push_back(packet);
            if let (Some(sound), Codec::Aac(aac)) = (sound, &self.codec)
                && let Some(heard) = aac.heard()
            {
                (self.about.rate, self.about.channels) = (heard.rate, heard.channels as u16);
                self.layout = (sound.rate, sound.channels);
                break;
            }
        }
        self.about.codec = self.codec.name();
        self.codec.reset();
        Ok(())
    }

    /// The next packet of the track; `None` at the end.
    fn packet(&mut self) -> Result<Option<Packet>, AudioError> {
        let mut errors = 0;
        while errors < MOST_ERRORS {
            let Some(format) = self.format.as_mut() else { break };
            match format.next_packet() {
                Ok(Some(packet)) if packet.track_id == self.stream => return Ok(Some(packet)),
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(Error::IoError(err)) if err.kind() == std::io::ErrorKind::UnexpectedEof => {
                    break;
                }
                Err(Error::IoError(err)) => return Err(AudioError::Read(err.to_string())),
                Err(_) => errors += 1,
            }
        }
        Ok(None)
    }

    fn nanos(&self, stamp: Timestamp) -> Nanos {
        ticks(self.base, stamp.get())
    }

    /// Goes to or before `target`; `false` if that is nowhere in the recording.
    ///
    /// Demuxers land behind the target or miss it where their own index is thin; then they are
    /// sent further back, and at last everything is read from the start.
    fn land(&mut self, target: Nanos) -> Result<bool, AudioError> {
        for back in [0, 10 * SECOND] {
            let ts = self.stamp(target.saturating_sub(back).max(0));
            let to = SeekTo::Timestamp { ts, track_id: self.stream };
            let Some(format) = self.format.as_mut() else { return Ok(false) };
            match format.seek(SeekMode::Accurate, to) {
                Ok(landed) if landed.actual_ts <= ts.max(self.begin) => return Ok(true),
                Err(Error::IoError(err)) if err.kind() != std::io::ErrorKind::UnexpectedEof => {
                    return Err(AudioError::Read(err.to_string()));
                }
                _ => {}
            }
        }
        if self.length.nanos.is_some_and(|length| target > length) {
            return Ok(false);
        }
        let format = self.format.take();
        let stream = format.map(FormatReader::into_inner);
        self.format = match stream {
            Some(mut stream) => {
                std::io::Seek::rewind(&mut stream)
                    .map_err(|err| AudioError::Read(err.to_string()))?;
                Some(demuxer(stream)?)
            }
            None => None,
        };
        Ok(true)
    }

    fn stamp(&self, time: Nanos) -> Timestamp {
        let (numer, denom) = (i128::from(self.base.numer.get()), i128::from(self.base.denom.get()));
        let ticks = i128::from(time) * denom / (numer * i128::from(SECOND));
        Timestamp::new(i64::try_from(ticks).unwrap_or(i64::MAX))
    }

    fn decode(&mut self, packet: &Packet) -> Block {
        let sound = self.codec.decode(packet).unwrap_or_else(|| {
            // Damaged: silence for as long as it would have sounded, within reason.
            let (rate, channels) = self.layout;
            let length = ticks(self.base, packet.dur.get() as i64).clamp(0, SECOND);
            let frames = nanos_to_frames(length, rate) as usize;
            Sound { rate, channels, samples: vec![0.0; frames * channels] }
        });
        let Sound { rate, channels, samples } = sound;
        self.layout = (rate, channels);
        let mut block = Block { rate, channels, start: self.nanos(packet.pts), samples };
        self.place(&mut block, packet);
        block
    }

    /// Trims what the packet says and gives the block its time.
    fn place(&mut self, block: &mut Block, packet: &Packet) {
        let early = frames_of(self.base, packet.trim_start.get(), block.rate);
        let late = frames_of(self.base, packet.trim_end.get(), block.rate);
        let frames = block.frames();
        let early = early.min(frames);
        let keep = frames.saturating_sub(late).max(early);
        block.samples.truncate(keep * block.channels);
        block.samples.drain(..early * block.channels);
        let skipped = frames_to_nanos(early as i64, block.rate);
        let stamp = block.start.saturating_add(skipped).saturating_sub(self.shift);
        block.start = match self.expected {
            Some(expected) if expected.abs_diff(stamp) < JITTER => expected,
            _ => stamp,
        };
        self.expected = Some(block.end());
    }
}

impl Track for Container {
    fn seek(&mut self, to: Nanos) -> Result<(), AudioError> {
        let inner = to.saturating_add(self.shift);
        self.expected = None;
        self.ahead.clear();
        self.over = self.length.exact && self.length.nanos.is_some_and(|length| to >= length);
        if !self.over {
            self.over = !self.land(inner.saturating_sub(self.run_up))?;
        }
        self.codec.reset();
        Ok(())
    }

    fn next(&mut self) -> Result<Option<Block>, AudioError> {
        while !self.over {
            let ahead = self.ahead.pop_front();
            let Some(packet) = ahead.map_or_else(|| self.packet(), |one| Ok(Some(one)))? else {
                break;
            };
            let mut block = self.decode(&packet);
            self.over = self.end.is_some_and(|end| block.cut_at(end));
            if block.frames() > 0 {
                return Ok(Some(block));
            }
        }
        self.over = true;
        Ok(None)
    }

    fn length(&self) -> Length {
        self.length
    }

    fn about(&self) -> &About {
        &self.about
    }
}

fn source(mut media: Gated) -> Result<MediaSourceStream<'static>, AudioError> {
    std::io::Seek::rewind(&mut media).map_err(|err| AudioError::Read(err.to_string()))?;
    Ok(MediaSourceStream::new(Box::new(media), MediaSourceStreamOptions::default()))
}

fn demuxer(stream: MediaSourceStream<'static>) -> Result<Box<dyn FormatReader>, AudioError> {
    let tags = MetadataOptions::default().limit_visual_bytes(Limit::Maximum(LARGEST_PICTURE));
    get_probe()
        .probe(&Hint::new(), stream, FormatOptions::default(), tags)
        .map_err(|err| AudioError::Unknown(err.to_string()))
}
