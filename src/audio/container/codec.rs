//! Which decoder a track needs, and what it needs to start in the middle.

use symphonia::core::audio::Channels;
use symphonia::core::codecs::audio::well_known::{
    CODEC_ID_AAC, CODEC_ID_MP3, CODEC_ID_OPUS, CODEC_ID_VORBIS,
};
use symphonia::core::codecs::audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::packet::Packet;
use symphonia::default::get_codecs;

use crate::audio::AudioError;
use crate::audio::aac::{Aac, RATES, plain_config};
use crate::audio::block::{Nanos, SECOND};
use crate::audio::fold::{Sound, speakers};
use crate::audio::opus::Opus;

use super::vorbis::turned_round;

/// A decoder.
pub(super) enum Codec {
    Aac(Box<Aac>),
    Opus(Box<Opus>),
    Symphonia(Box<dyn AudioDecoder>),
}

impl Codec {
    /// The decoder for a track.
    pub(super) fn new(params: &AudioCodecParameters) -> Result<Self, AudioError> {
        if is_opus(params) {
            let channels = params.channels.as_ref().map_or(2, Channels::count);
            let extra = params.extra_data.as_deref().unwrap_or_default();
            let opus = Opus::new(extra, channels);
            let opus = opus.map_err(|why| AudioError::Silent(why.to_owned()))?;
            return Ok(Self::Opus(Box::new(opus)));
        }
        if params.codec == CODEC_ID_AAC {
            let aac = match params.extra_data.as_deref() {
                Some(config) => Aac::new(config)?,
                None => Aac::new(&stated_config(params))?,
            };
            return Ok(Self::Aac(Box::new(aac)));
        }
        let mut params = params.clone();
        let many = params.channels.as_ref().is_some_and(|channels| channels.count() > 2);
        if let Some(headers) = params.extra_data.as_deref()
            && params.codec == CODEC_ID_VORBIS
            && many
            && let Some(headers) = turned_round(headers)
        {
            params.with_extra_data(headers.into());
        }
        let options = AudioDecoderOptions::default().gapless(false);
        get_codecs()
            .make_audio_decoder(&params, &options)
            .map(Self::Symphonia)
            .map_err(|err| AudioError::Silent(err.to_string()))
    }

    /// What people call it.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Aac(aac) if aac.heard().is_some_and(|heard| heard.extended) => "HE-AAC".into(),
            Self::Aac(_) => "AAC".into(),
            Self::Opus(_) => "Opus".into(),
            Self::Symphonia(decoder) => decoder.codec_info().short_name.to_uppercase(),
        }
    }

    /// Forgets what was decoded.
    pub(super) fn reset(&mut self) {
        match self {
            Self::Aac(aac) => aac.reset(),
            Self::Opus(opus) => opus.reset(),
            Self::Symphonia(decoder) => decoder.reset(),
        }
    }

    /// Decodes a packet without trimming it; `None` for a damaged one.
    pub(super) fn decode(&mut self, packet: &Packet) -> Option<Sound> {
        match self {
            Self::Aac(aac) => aac.decode(&packet.data),
            Self::Opus(opus) => Some(opus.decode(&packet.data)),
            Self::Symphonia(decoder) => {
                let sound = decoder.decode(packet).ok()?;
                let mut samples = Vec::new();
                sound.copy_to_vec_interleaved(&mut samples);
                let spec = sound.spec();
                Some(Sound::new(spec.rate(), samples, &speakers(spec.channels())))
            }
        }
    }
}

/// What the container says of AAC that brings no description of its own.
fn stated_config(params: &AudioCodecParameters) -> [u8; 2] {
    let rate = RATES.iter().position(|rate| Some(*rate) == params.sample_rate).unwrap_or(4);
    plain_config(rate, params.channels.as_ref().map_or(2, Channels::count).min(6) as u8)
}

/// Whether the track is Opus.
pub(super) fn is_opus(params: &AudioCodecParameters) -> bool {
    params.codec == CODEC_ID_OPUS
}

/// What must be decoded before a jump's target so that it sounds as when played through.
pub(super) fn run_up(params: &AudioCodecParameters) -> Nanos {
    match params.codec {
        // RFC 7845 § 4.6 asks for 80 ms of Opus. Then it sounds right; its samples are those of
        // playing through (to 16 bits) only when the loudness of every band is no longer predicted
        // from what came before the jump. A packet of MP3 may take its data from up to 511 bytes
        // before it, at 8 kbit/s half a second.
        CODEC_ID_OPUS | CODEC_ID_MP3 => SECOND,
        // Two long blocks at the lowest usual rate.
        CODEC_ID_VORBIS => 400_000_000,
        // One block for the plain kind; what HE-AAC needs to rebuild the upper half of the band is
        // repeated every half second, and it takes ten packets to be as if played through.
        CODEC_ID_AAC => 1_200_000_000,
        _ => 0,
    }
}
