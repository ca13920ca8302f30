//! Which decoder a track needs, and what it needs to start in the middle.

use symphonia::core::audio::Channels;
use symphonia::core::codecs::audio::well_known::{CODEC_ID_AAC, CODEC_ID_OPUS, CODEC_ID_VORBIS};
use symphonia::core::codecs::audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::packet::Packet;
use symphonia::default::get_codecs;

use crate::audio::AudioError;
use crate::audio::block::{Nanos, SECOND, frames_to_nanos};
use crate::audio::opus::{Opus, RATE};

/// A decoder.
pub(super) enum Codec {
    Own(Box<Opus>),
    Symphonia(Box<dyn AudioDecoder>),
}

/// What a packet decoded to.
pub(super) struct Sound {
    pub(super) rate: u32,
    pub(super) channels: usize,
    /// Interleaved.
    pub(super) samples: Vec<f32>,
}

impl Codec {
    /// The decoder for a track.
    pub(super) fn new(params: &AudioCodecParameters) -> Result<Self, AudioError> {
        if is_opus(params) {
            let channels = params.channels.as_ref().map_or(2, Channels::count);
            let extra = params.extra_data.as_deref().unwrap_or_default();
            let opus = Opus::new(extra, channels);
            let opus = opus.map_err(|why| AudioError::Silent(why.to_owned()))?;
            return Ok(Self::Own(Box::new(opus)));
        }
        let options = AudioDecoderOptions::default().gapless(false);
        get_codecs()
            .make_audio_decoder(params, &options)
            .map(Self::Symphonia)
            .map_err(|err| AudioError::Silent(err.to_string()))
    }

    /// What people call it.
    pub(super) fn name(&self, params: &AudioCodecParameters) -> String {
        match self {
            Self::Own(_) => "Opus".to_owned(),
            Self::Symphonia(_) if core_only(params) => "HE-AAC".to_owned(),
            Self::Symphonia(decoder) => decoder.codec_info().short_name.to_uppercase(),
        }
    }

    /// Forgets what was decoded.
    pub(super) fn reset(&mut self) {
        match self {
            Self::Own(opus) => opus.reset(),
            Self::Symphonia(decoder) => decoder.reset(),
        }
    }

    /// Decodes a packet without trimming it; `None` for a damaged one.
    pub(super) fn decode(&mut self, packet: &Packet) -> Option<Sound> {
        match self {
            Self::Own(opus) => {
                let (rate, channels) = (RATE, opus.channels());
                Some(Sound { rate, channels, samples: opus.decode(&packet.data) })
            }
            Self::Symphonia(decoder) => {
                let sound = decoder.decode(packet).ok()?;
                let mut samples = Vec::new();
                sound.copy_to_vec_interleaved(&mut samples);
                let spec = sound.spec();
                let (rate, channels) = (spec.rate().max(1), spec.channels().count().max(1));
                Some(Sound { rate, channels, samples })
            }
        }
    }
}

/// Whether the track is Opus.
pub(super) fn is_opus(params: &AudioCodecParameters) -> bool {
    params.codec == CODEC_ID_OPUS
}

/// Whether only the core of an HE-AAC track will be heard.
pub(super) fn core_only(params: &AudioCodecParameters) -> bool {
    params.codec == CODEC_ID_AAC && hides_sbr(params.extra_data.as_deref())
}

/// What must be decoded before a jump's target so that it sounds as when played through.
pub(super) fn run_up(params: &AudioCodecParameters) -> Nanos {
    match params.codec {
        // RFC 7845 § 4.6 asks for 80 ms. Then it sounds right; its samples are those of playing
        // through (to 16 bits) only when the loudness of every band is no longer predicted from
        // what came before the jump.
        CODEC_ID_OPUS => SECOND,
        // Two long blocks at the lowest usual rate.
        CODEC_ID_VORBIS => 400_000_000,
        CODEC_ID_AAC => frames_to_nanos(3072, params.sample_rate.unwrap_or(44_100)),
        _ => 0,
    }
}

/// Whether an `AudioSpecificConfig` (ISO/IEC 14496-3 § 1.6.2) announces spectral band
/// replication: object type 5 or 29, or the extension 0x2b7 after an AAC-LC one.
fn hides_sbr(config: Option<&[u8]>) -> bool {
    let Some(config) = config else { return false };
    let kind = config.first().map_or(0, |byte| byte >> 3);
    let extension = config.windows(3).skip(2).any(|three| {
        // The extension may also say that there is none.
        matches!(three, [0x56, 0xe5, flag] if flag & 0x80 != 0)
    });
    kind == 5 || kind == 29 || extension
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn high_efficiency_is_recognised_by_its_announcement() {
        let plain_stereo: &[u8] = &[0x12, 0x10];
        let plain_with_denial: &[u8] = &[0x12, 0x10, 0x56, 0xe5, 0x00];
        let announced: &[u8] = &[0x13, 0x90, 0x56, 0xe5, 0xa0];
        let type_five: &[u8] = &[0x2b, 0x8a, 0x08, 0x00];
        let type_29: &[u8] = &[0xeb, 0x8a, 0x08, 0x00];
        for (config, expected) in [
            (plain_stereo, false),
            (plain_with_denial, false),
            (announced, true),
            (type_five, true),
            (type_29, true),
        ] {
            assert_eq!(hides_sbr(Some(config)), expected, "{config:x?}");
        }
        assert!(!hides_sbr(None));
    }
}
