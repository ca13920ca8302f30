//! Opus packets to samples at 48 kHz (RFC 6716, RFC 7845), by `opus-rs`.

use opus_rs::OpusDecoder;
use opus_rs::multistream::{ChannelMappingTable, MultistreamDecoder};

use super::fold::Sound;
use super::fold::Speaker::{self, Back, Left, LeftSide, Low, Middle, Right, RightSide, Unknown};

/// Opus always decodes to this rate here.
const RATE: u32 = 48_000;
/// Frames of the longest packet: 120 ms.
const LONGEST: usize = 5760;
/// Channels of the most ambitious recording that is decoded.
const MOST_CHANNELS: usize = 8;

enum Streams {
    One(Box<OpusDecoder>),
    Many(Box<MultistreamDecoder>),
}

/// A decoder set up by an `OpusHead`.
pub(crate) struct Opus {
    streams: Streams,
    head: Vec<u8>,
    channels: usize,
    speakers: &'static [Speaker],
    gain: f32,
    buffer: Vec<f32>,
}

impl Opus {
    /// Reads the `OpusHead` (as in Ogg and Matroska) or the `dOps` box (as in MP4) in `extra`;
    /// without one, `channels` says how many there are.
    ///
    /// # Errors
    /// With a reason if the head asks for something `opus-rs` does not do.
    pub(crate) fn new(extra: &[u8], channels: usize) -> Result<Self, &'static str> {
        let ogg = extra.starts_with(b"OpusHead");
        let at = if ogg { 9 } else { 1 };
        let channels = extra.get(at).map_or(channels, |&count| usize::from(count)).max(1);
        if channels > MOST_CHANNELS {
            return Err("more than eight channels of Opus");
        }
        let gain = match extra.get(at + 7..at + 9) {
            Some([one, two]) if ogg => i16::from_le_bytes([*one, *two]),
            Some([one, two]) => i16::from_be_bytes([*one, *two]),
            _ => 0,
        };
        let family = extra.get(at + 9).copied().unwrap_or(0);
        let tail = extra.get(at + 10..).unwrap_or_default();
        let streams = match ChannelMappingTable::parse(family, channels as u8, tail) {
            Some(table) if table.coupled_count <= table.stream_count && sound(&table) => {
                Streams::Many(Box::new(MultistreamDecoder::new(RATE as i32, table)?))
            }
            _ if channels <= 2 => Streams::One(Box::new(OpusDecoder::new(RATE as i32, channels)?)),
            _ => return Err("a channel mapping of Opus that makes no sense"),
        };
        // Q7.8 decibels (RFC 7845 § 5.1).
        let gain = 10_f32.powf(f32::from(gain) / 256.0 / 20.0);
        let buffer = vec![0.0; LONGEST * channels];
        let speakers = speakers(family, channels);
        Ok(Self { streams, head: extra.to_vec(), channels, speakers, gain, buffer })
    }

    /// Forgets what was decoded, as is needed after a jump.
    pub(crate) fn reset(&mut self) {
        if let Ok(fresh) = Self::new(&self.head, self.channels) {
            *self = fresh;
        }
    }

    /// Decodes one packet; damaged ones give silence of their length.
    pub(crate) fn decode(&mut self, packet: &[u8]) -> Sound {
        let length = packet_frames(packet);
        let decoded = match &mut self.streams {
            _ if length == 0 => Ok(0),
            Streams::One(one) => one.decode(packet, length, &mut self.buffer),
            Streams::Many(many) => many.decode(packet, length, &mut self.buffer),
        };
        let count = decoded.unwrap_or(0).min(length) * self.channels;
        let mut samples: Vec<f32> =
            self.buffer.iter().take(count).map(|sample| sample * self.gain).collect();
        samples.resize(length * self.channels, 0.0);
        Sound::new(RATE, samples, self.speakers)
    }
}

/// Which channel is heard where (RFC 7845 § 5.1.1.2: the order of Vorbis); other families do not say.
fn speakers(family: u8, channels: usize) -> &'static [Speaker] {
    const NOBODY: [Speaker; MOST_CHANNELS] = [Unknown; MOST_CHANNELS];
    match (family, channels) {
        (0 | 1, 1) => &[Middle],
        (_, 2) => &[Left, Right],
        (1, 3) => &[Left, Middle, Right],
        (1, 4) => &[Left, Right, LeftSide, RightSide],
        (1, 5) => &[Left, Middle, Right, LeftSide, RightSide],
        (1, 6) => &[Left, Middle, Right, LeftSide, RightSide, Low],
        (1, 7) => &[Left, Middle, Right, LeftSide, RightSide, Back, Low],
        (1, 8) => &[Left, Middle, Right, LeftSide, RightSide, LeftSide, RightSide, Low],
        _ => NOBODY.get(..channels).unwrap_or(&NOBODY),
    }
}

/// Whether every output channel names a decoded one, or silence.
fn sound(table: &ChannelMappingTable) -> bool {
    let decoded = usize::from(table.stream_count) + usize::from(table.coupled_count);
    let named = |&channel: &u8| channel == 255 || usize::from(channel) < decoded;
    table.stream_count > 0 && decoded <= MOST_CHANNELS && table.mapping.iter().all(named)
}

/// Frames a packet decodes to at 48 kHz (RFC 6716 § 3.1), 0 for one that is none.
fn packet_frames(packet: &[u8]) -> usize {
    let Some(&toc) = packet.first() else { return 0 };
    let config = usize::from(toc >> 3);
    let frame = match config {
        0..=11 => [480, 960, 1920, 2880].get(config % 4),
        12..=15 => [480, 960].get(config % 2),
        _ => [120, 240, 480, 960].get(config % 4),
    };
    let count = match toc & 3 {
        0 => 1,
        1 | 2 => 2,
        _ => packet.get(1).map_or(0, |byte| usize::from(byte & 63)),
    };
    let length = frame.copied().unwrap_or(0) * count;
    if length <= LONGEST { length } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packet_lengths_follow_the_first_byte() {
        assert_eq!(packet_frames(&[0xfc]), 960);
        assert_eq!(packet_frames(&[0x0b, 2]), 2 * 960);
        assert_eq!(packet_frames(&[0x19]), 2 * 2880);
        assert_eq!(packet_frames(&[0x1b, 63]), 0);
        assert_eq!(packet_frames(&[]), 0);
    }

    #[test]
    fn any_bytes_decode_to_something() {
        let mut opus = Opus::new(b"OpusHead\x01\x02\x38\x01\x80\xbb\0\0\0\0\0", 2).unwrap();
        let mut seed = 1_u32;
        for length in 0..300_usize {
            let packet: Vec<u8> = (0..length)
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (seed >> 24) as u8
                })
                .collect();
            assert_eq!(opus.decode(&packet).samples.len(), packet_frames(&packet) * 2);
        }
        assert!(Opus::new(b"OpusHead\x01\xff\0\0\0\0\0\0\0\0\x01", 2).is_err());
    }
}
