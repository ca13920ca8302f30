//! AAC packets to samples, by `syom`: the plain kind, HE-AAC v1 and v2, and more than two channels.

use syom::{Channel, DecodeOptions, Decoder};

use super::AudioError;
use super::fold::{Sound, Speaker};

/// Rates by their number in headers (ISO/IEC 14496-3 table 1.16).
pub(crate) const RATES: [u32; 13] = [
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350,
];

/// A decoder set up by an `AudioSpecificConfig`.
pub(crate) struct Aac {
    decoder: Decoder,
    config: Vec<u8>,
    failed: bool,
    heard: Option<Heard>,
}

/// What the last packet turned out to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Heard {
    /// Hz.
    pub(crate) rate: u32,
    /// As recorded.
    pub(crate) channels: usize,
    /// Half of the band was rebuilt (SBR): HE-AAC.
    pub(crate) extended: bool,
}

impl Aac {
    /// # Errors
    /// When the kind of AAC is one that is not decoded.
    pub(crate) fn new(config: &[u8]) -> Result<Self, AudioError> {
        let options = DecodeOptions::unbounded();
        let decoder = Decoder::from_asc(config, options).map_err(|err| {
            let kind = if object_type(config) == Some(42) { "xHE-AAC" } else { "AAC" };
            AudioError::Silent(format!("a kind of {kind} that is not decoded here ({err})"))
        })?;
        Ok(Self { decoder, config: config.to_vec(), failed: false, heard: None })
    }

    /// Forgets what was decoded.
    pub(crate) fn reset(&mut self) {
        self.decoder.reset();
        // It was accepted before.
        self.failed = self.decoder.set_asc(&self.config).is_err();
    }

    /// Decodes one packet; `None` for a damaged one, and for those of HE-AAC behind a jump until one
    /// comes that says how to go on.
    pub(crate) fn decode(&mut self, packet: &[u8]) -> Option<Sound> {
        if self.failed {
            self.reset();
        }
        let (mut sound, mut heard) = (None, None);
        let done = self.decoder.decode_au(packet, |frame| {
            let planes = frame.planar.len();
            let mut samples = Vec::with_capacity(planes * frame.samples);
            for at in 0..frame.samples {
                samples.extend(frame.planar.iter().map(|plane| plane.get(at).unwrap_or(&0.0)));
            }
            let named = frame.meta.labels().map(speaker);
            let speakers: Vec<Speaker> =
                named.chain(std::iter::repeat(Speaker::Unknown)).take(planes).collect();
            heard = Some(Heard {
                rate: frame.sample_rate,
                channels: planes,
                extended: frame.meta.core_rate < frame.sample_rate,
            });
            sound = Some(Sound::new(frame.sample_rate, samples, &speakers));
            Ok(())
        });
        self.failed = done.is_err();
        self.heard = heard.or(self.heard);
        sound
    }

    /// What was heard last.
    pub(crate) fn heard(&self) -> Option<Heard> {
        self.heard
    }
}

/// The configuration of the plain kind: `channels` as headers number them (0–7).
pub(crate) fn plain_config(rate: usize, channels: u8) -> [u8; 2] {
    let rate = rate as u8 & 15;
    [2 << 3 | rate >> 1, rate << 7 | (channels & 7) << 3]
}

/// ISO/IEC 14496-3 § 1.6.2.1.
fn object_type(config: &[u8]) -> Option<u8> {
    match (config.first()? >> 3, config) {
        (31, [one, two, ..]) => Some(32 + ((one & 7) << 3 | two >> 5)),
        (kind, _) => Some(kind),
    }
}

fn speaker(channel: Channel) -> Speaker {
    match channel {
        Channel::FrontLeft => Speaker::Left,
        Channel::FrontRight => Speaker::Right,
        Channel::FrontCenter => Speaker::Middle,
        Channel::Lfe => Speaker::Low,
        Channel::BackLeft | Channel::SideLeft => Speaker::LeftSide,
        Channel::BackRight | Channel::SideRight => Speaker::RightSide,
        Channel::BackCenter => Speaker::Back,
        _ => Speaker::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_kinds_are_refused_by_name() {
        let extended_high_efficiency = [0xf9, 0x46, 0x40, 0x00];
        let err = Aac::new(&extended_high_efficiency).err().unwrap().to_string();
        assert!(err.contains("xHE-AAC"), "{err}");
        assert!(Aac::new(&[]).is_err());
    }

    #[test]
    fn any_bytes_are_survived_and_a_good_packet_plays_after_them() {
        // A packet of a mono recording in which all is silent.
        let silence = [0x01, 0x40, 0x00, 0x07];
        let mut aac = Aac::new(&plain_config(4, 1)).unwrap();
        let mut seed = 1_u32;
        for length in 0..300_usize {
            let packet: Vec<u8> = (0..length)
                .map(|_| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (seed >> 24) as u8
                })
                .collect();
            if let Some(sound) = aac.decode(&packet) {
                assert!(sound.samples.iter().all(|sample| sample.is_finite()));
            }
        }
        let sounds = (0..3).filter_map(|_| aac.decode(&silence));
        let frames: Vec<usize> = sounds.map(|sound| sound.samples.len()).collect();
        println!("{frames:?}");
    }
}
