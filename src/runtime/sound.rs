//! Between the screen and the audio thread: orders there, events back.

use crate::app::{Audio, Event, Sound, Ticket};
use crate::audio::{self, DeviceState, Leap, Order, Output, PlayState};
use crate::model::{Loudness, Trim};

/// Where sound goes: `LATETALK_OUTPUT` may name another place than the device: `silent`, or
/// `capture:FILE` for raw 32-bit floats (48 kHz, stereo) at real-time pace.
#[must_use]
pub(crate) fn output() -> Output {
    match std::env::var("LATETALK_OUTPUT") {
        Ok(name) if name == "silent" => Output::Silent,
        Ok(name) => match name.strip_prefix("capture:") {
            Some(file) => Output::Capture(file.into()),
            None => Output::Device,
        },
        Err(_) => Output::Device,
    }
}

/// The order that a sound effect is.
#[must_use]
pub(crate) fn order(sound: Sound) -> Order {
    match sound {
        Sound::Play => Order::Play,
        Sound::Pause => Order::Pause,
        Sound::Seek(ms) => Order::Seek { ms },
        Sound::Range { from, until } => Order::PlayRange { from, until },
        Sound::Loop { from, until, at } => Order::Loop { from, until, at },
        Sound::Leap(leap) => Order::Leap(leap.map(|(at, to)| Leap { at, to })),
        Sound::Speed(speed) => Order::Speed(speed),
        Sound::Volume(volume) => Order::Volume(volume),
        Sound::Fade(ms) => Order::Fade(ms),
        Sound::TrimSilence(trim) => Order::TrimSilence(strength(trim)),
        Sound::Loudness(target) => Order::Loudness(target),
        Sound::VoiceBoost(on) => Order::VoiceBoost(on),
        Sound::Estimate => Order::Estimate,
        Sound::Retry => Order::RetryDevice,
    }
}

/// The same strength in the words of the audio thread.
#[must_use]
pub(crate) fn strength(trim: Trim) -> audio::Trim {
    match trim {
        Trim::Off => audio::Trim::Off,
        Trim::Gentle => audio::Trim::Gentle,
        Trim::Medium => audio::Trim::Medium,
        Trim::Strong => audio::Trim::Strong,
    }
}

/// The loudness that the library keeps, in the words of the audio thread.
#[must_use]
pub(crate) fn as_measured(kept: Loudness) -> audio::Loudness {
    let Loudness { lufs, peak, bytes } = kept;
    audio::Loudness { lufs, peak, bytes }
}

/// The same in the words of the library.
#[must_use]
pub(crate) fn as_kept(measured: audio::Loudness) -> Loudness {
    let audio::Loudness { lufs, peak, bytes } = measured;
    Loudness { lufs, peak, bytes }
}

/// The event for the state, if it is one that the state knows.
#[must_use]
pub(crate) fn event(event: audio::Event) -> Option<Event> {
    use audio::Event as From;
    Some(Event::Audio(match event {
        From::Loaded { ticket, duration_ms: Some(ms), exact: true, .. }
        | From::Duration { ticket, ms, exact: true } => Audio::Measured(Ticket(ticket), ms),
        From::Loaded { ticket, duration_ms, .. } => Audio::Loaded(Ticket(ticket), duration_ms),
        From::Duration { ticket, ms, .. } => Audio::Loaded(Ticket(ticket), Some(ms)),
        From::State { ticket, state } => match state {
            PlayState::Playing => Audio::Playing(Ticket(ticket)),
            PlayState::Paused => Audio::Paused(Ticket(ticket)),
            PlayState::Buffering => Audio::Buffering(Ticket(ticket)),
        },
        From::Position { ticket, ms, estimated: false } => Audio::Position(Ticket(ticket), ms),
        From::Position { ticket, ms, .. } => Audio::Estimated(Ticket(ticket), ms),
        From::Seeking { ticket, percent } => Audio::Seeking(Ticket(ticket), percent),
        From::Loudness { ticket, loudness } => Audio::Loudness(Ticket(ticket), as_kept(loudness)),
        From::Saved { ticket, ms } => Audio::Saved(Ticket(ticket), ms),
        // What the machine is to blame for is a matter of the log.
        From::Underruns { .. } => return None,
        From::Ended { ticket, ms } => Audio::Ended(Ticket(ticket), ms),
        From::Failed { ticket, message } => {
            Audio::Failed(Ticket(ticket), crate::text::clean_line(&message))
        }
        From::Device(DeviceState::Ready { .. }) => Audio::Device,
        From::Device(DeviceState::Missing { why } | DeviceState::Lost { why }) => {
            Audio::NoDevice(crate::text::clean_line(&why))
        }
    }))
}
