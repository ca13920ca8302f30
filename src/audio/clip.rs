//! Cuts a range out of a recording and writes it as a WAV file.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::Duration;

use super::AudioError;
use super::block::{Block, Nanos, nanos, nanos_to_frames};
use super::gate::{Gate, SharedMedia};
use super::media::Media;
use super::track::Reader;

/// The longest range, in ms: 30 minutes, which is 660 MB of samples at 48 kHz in stereo.
const LONGEST_MS: u64 = 30 * 60 * 1000;

/// Errors in a row are tried again for this long: a cut is waited for.
const PATIENCE: Duration = Duration::from_secs(4);

/// The most samples a cut may have, so that no odd rate makes it fill the memory.
const MOST_SAMPLES: usize = 200_000_000;

/// Plain samples.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pcm {
    /// Hz.
    pub rate: u32,
    /// 1 or 2.
    pub channels: u16,
    /// Interleaved, nominally −1…1.
    pub samples: Vec<f32>,
}

/// Decodes `from_ms..until_ms` to the sample: it begins with the frame nearest to `from_ms` and is
/// as long as the range, rounded to the nearest frame. The result is shorter if the recording ends
/// before that; what has another rate than the start of the range (in stitched recordings) is
/// resampled to it.
///
/// # Errors
/// When the range is empty or longer than 30 minutes, or the recording cannot be read or decoded.
pub fn decode_range(media: Box<dyn Media>, from_ms: u64, until_ms: u64) -> Result<Pcm, AudioError> {
    let wrong = |why| Err(AudioError::Range { from_ms, until_ms, why });
    let length = match until_ms.checked_sub(from_ms) {
        None | Some(0) => return wrong("it ends before it begins"),
        Some(length) if length > LONGEST_MS => return wrong("it is longer than 30 minutes"),
        Some(length) => nanos(length),
    };
    let gate = Arc::new(Gate::default());
    gate.fail_after(PATIENCE);
    let mut reader = Reader::open(SharedMedia::new(media), gate)?;
    reader.seek(nanos(from_ms))?;
    let mut cut = Cut::default();
    while cut.missing(length) > 0 {
        let Some(block) = reader.next()? else { break };
        cut.add(block);
        if cut.pcm.samples.len() > MOST_SAMPLES {
            return wrong("it has too many samples");
        }
    }
    cut.finish();
    cut.shorten(length);
    if cut.pcm.samples.is_empty() {
        return wrong("the recording ends before it");
    }
    Ok(cut.pcm)
}

#[derive(Default)]
struct Cut {
    pcm: Pcm,
    /// Resamples pieces of another rate.
    chain: Option<(u32, super::chain::Chain)>,
}

impl Cut {
    /// Frames that a cut of this length still lacks.
    fn missing(&self, length: Nanos) -> usize {
        if self.pcm.rate == 0 {
            return usize::MAX;
        }
        let wanted = nanos_to_frames(length, self.pcm.rate);
        let have = self.pcm.samples.len() / usize::from(self.pcm.channels.max(1));
        usize::try_from(wanted).unwrap_or(0).saturating_sub(have)
    }

    /// Drops what is behind its length.
    fn shorten(&mut self, length: Nanos) {
        let wanted = usize::try_from(nanos_to_frames(length, self.pcm.rate)).unwrap_or(0);
        self.pcm.samples.truncate(wanted.saturating_mul(usize::from(self.pcm.channels)));
    }

    fn add(&mut self, block: Block) {
        if block.frames() == 0 {
            return;
        }
        if self.pcm.rate == 0 {
            self.pcm.rate = block.rate;
            self.pcm.channels = if block.channels == 1 { 1 } else { 2 };
        }
        if block.rate == self.pcm.rate {
            self.finish();
            self.append(&block.into_stereo());
            return;
        }
        if self.chain.as_ref().is_none_or(|(rate, _)| *rate != block.rate) {
            self.finish();
            let settings = super::chain::Settings::default();
            let chain = super::chain::Chain::new(settings, self.pcm.rate, std::rc::Rc::default());
            self.chain = Some((block.rate, chain));
        }
        let chunks = self.chain.as_mut().map(|(_, chain)| chain.feed(block)).unwrap_or_default();
        for chunk in &chunks {
            self.append(&chunk.samples);
        }
    }

    fn finish(&mut self) {
        if let Some((_, mut chain)) = self.chain.take() {
            for chunk in &chain.finish() {
                self.append(&chunk.samples);
            }
        }
    }

    fn append(&mut self, stereo: &[f32]) {
        if self.pcm.channels == 2 {
            self.pcm.samples.extend_from_slice(stereo);
        } else {
            let mono = stereo.chunks_exact(2).map(|frame| frame.iter().sum::<f32>() / 2.0);
            self.pcm.samples.extend(mono);
        }
    }
}

/// Writes samples as a WAV file of 16-bit integers; those of a 16-bit recording come out unchanged.
///
/// # Errors
/// When writing fails, or there is more than a WAV file can hold (4 GiB).
pub fn write_wav(out: &mut impl Write, pcm: &Pcm) -> io::Result<()> {
    let too_long = |_| io::Error::new(io::ErrorKind::InvalidInput, "too long for a WAV file");
    let bytes = u32::try_from(pcm.samples.len() * 2).map_err(too_long)?;
    let whole = bytes
        .checked_add(36)
        .ok_or(())
        .map_err(|()| io::Error::new(io::ErrorKind::InvalidInput, "too long for a WAV file"))?;
    let frame = pcm.channels.saturating_mul(2);
    out.write_all(b"RIFF")?;
    out.write_all(&whole.to_le_bytes())?;
    out.write_all(b"WAVEfmt \x10\0\0\0\x01\0")?;
    out.write_all(&pcm.channels.to_le_bytes())?;
    out.write_all(&pcm.rate.to_le_bytes())?;
    out.write_all(&(pcm.rate.saturating_mul(u32::from(frame))).to_le_bytes())?;
    out.write_all(&frame.to_le_bytes())?;
    out.write_all(b"\x10\0data")?;
    out.write_all(&bytes.to_le_bytes())?;
    let mut buffer = Vec::with_capacity(8192);
    for part in pcm.samples.chunks(4096) {
        buffer.clear();
        for sample in part {
            // The scale that decoders use; the conversion stops at both ends of the range.
            let scaled = (sample * 32768.0).round() as i16;
            buffer.extend_from_slice(&scaled.to_le_bytes());
        }
        out.write_all(&buffer)?;
    }
    Ok(())
}
