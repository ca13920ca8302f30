//! What can be chosen about the sound: for all shows, and for one of them alone.

use super::{SoundAspect, SoundValue, Speed, Trim};
use crate::model::Millis;

/// A choice for everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sounding {
    /// How fast.
    pub speed: Speed,
    /// How much pauses are shortened.
    pub trim: Trim,
    /// Loudness is evened out.
    pub loudness: bool,
    /// Voices stand out.
    pub voice_boost: bool,
    /// Seconds of the beginning that are skipped.
    pub skip_intro: u32,
    /// Seconds of the end that are skipped.
    pub skip_outro: u32,
}

impl Sounding {
    /// What is chosen for this.
    #[must_use]
    pub fn get(&self, aspect: SoundAspect) -> SoundValue {
        match aspect {
            SoundAspect::Speed => SoundValue::Speed(self.speed),
            SoundAspect::Trim => SoundValue::Trim(self.trim),
            SoundAspect::Loudness => SoundValue::Loudness(self.loudness),
            SoundAspect::VoiceBoost => SoundValue::VoiceBoost(self.voice_boost),
            SoundAspect::SkipIntro => SoundValue::SkipIntro(self.skip_intro),
            SoundAspect::SkipOutro => SoundValue::SkipOutro(self.skip_outro),
        }
    }

    /// Chooses.
    pub fn set(&mut self, value: SoundValue) {
        match value {
            SoundValue::Speed(speed) => self.speed = speed,
            SoundValue::Trim(trim) => self.trim = trim,
            SoundValue::Loudness(on) => self.loudness = on,
            SoundValue::VoiceBoost(on) => self.voice_boost = on,
            SoundValue::SkipIntro(seconds) => self.skip_intro = seconds,
            SoundValue::SkipOutro(seconds) => self.skip_outro = seconds,
        }
    }

    /// Milliseconds skipped at the beginning and at the end of a recording of this length; nothing
    /// where nothing would be left between them.
    #[must_use]
    pub fn skips(&self, length_ms: Option<Millis>) -> (Millis, Millis) {
        let (intro, outro) =
            (Millis::from(self.skip_intro) * 1000, Millis::from(self.skip_outro) * 1000);
        if length_ms.is_some_and(|length| intro + outro >= length) {
            return (0, 0);
        }
        (intro, outro)
    }
}

/// What one show has of its own; `None`: as for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OwnSounding {
    /// How fast.
    pub speed: Option<Speed>,
    /// How much pauses are shortened.
    pub trim: Option<Trim>,
    /// Loudness is evened out.
    pub loudness: Option<bool>,
    /// Voices stand out.
    pub voice_boost: Option<bool>,
    /// Seconds of the beginning that are skipped.
    pub skip_intro: Option<u32>,
    /// Seconds of the end that are skipped.
    pub skip_outro: Option<u32>,
}

impl OwnSounding {
    /// What the show has of its own for this.
    #[must_use]
    pub fn get(&self, aspect: SoundAspect) -> Option<SoundValue> {
        match aspect {
            SoundAspect::Speed => self.speed.map(SoundValue::Speed),
            SoundAspect::Trim => self.trim.map(SoundValue::Trim),
            SoundAspect::Loudness => self.loudness.map(SoundValue::Loudness),
            SoundAspect::VoiceBoost => self.voice_boost.map(SoundValue::VoiceBoost),
            SoundAspect::SkipIntro => self.skip_intro.map(SoundValue::SkipIntro),
            SoundAspect::SkipOutro => self.skip_outro.map(SoundValue::SkipOutro),
        }
    }

    /// Chooses for the show.
    pub fn set(&mut self, value: SoundValue) {
        match value {
            SoundValue::Speed(speed) => self.speed = Some(speed),
            SoundValue::Trim(trim) => self.trim = Some(trim),
            SoundValue::Loudness(on) => self.loudness = Some(on),
            SoundValue::VoiceBoost(on) => self.voice_boost = Some(on),
            SoundValue::SkipIntro(seconds) => self.skip_intro = Some(seconds),
            SoundValue::SkipOutro(seconds) => self.skip_outro = Some(seconds),
        }
    }

    /// From now on as for all.
    pub fn clear(&mut self, aspect: SoundAspect) {
        match aspect {
            SoundAspect::Speed => self.speed = None,
            SoundAspect::Trim => self.trim = None,
            SoundAspect::Loudness => self.loudness = None,
            SoundAspect::VoiceBoost => self.voice_boost = None,
            SoundAspect::SkipIntro => self.skip_intro = None,
            SoundAspect::SkipOutro => self.skip_outro = None,
        }
    }

    /// What applies to the show: its own choices, else those for all.
    #[must_use]
    pub fn over(&self, all: &Sounding) -> Sounding {
        let mut applies = *all;
        for value in SoundAspect::ALL.into_iter().filter_map(|aspect| self.get(aspect)) {
            applies.set(value);
        }
        applies
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOME: Sounding = Sounding {
        speed: Speed::NORMAL,
        trim: Trim::Strong,
        loudness: true,
        voice_boost: false,
        skip_intro: 45,
        skip_outro: 0,
    };

    #[test]
    fn every_choice_is_kept_as_text_and_read_again() {
        for aspect in SoundAspect::ALL {
            let value = SOME.get(aspect);
            assert_eq!(value.aspect(), aspect);
            assert_eq!(SoundValue::read(aspect, &value.text()), Some(value));
            for odd in ["", "?", "-1", "yes"] {
                let read = SoundValue::read(aspect, odd);
                assert!(read.is_none() || aspect == SoundAspect::Speed, "{odd}: {read:?}");
            }
        }
        assert_eq!(
            SoundValue::read(SoundAspect::SkipOutro, "99999"),
            Some(SoundValue::SkipOutro(1_800))
        );
    }

    #[test]
    fn a_shows_own_choice_comes_first_until_it_is_cleared() {
        for aspect in SoundAspect::ALL {
            let own_value = Sounding { speed: Speed::of(2.0), ..Sounding::default() }.get(aspect);
            let mut own = OwnSounding::default();
            assert_eq!(own.over(&SOME), SOME);
            own.set(own_value);
            assert_eq!(own.over(&SOME).get(aspect), own_value);
            own.clear(aspect);
            assert_eq!((own, own.get(aspect)), (OwnSounding::default(), None));
        }
    }

    #[test]
    fn more_and_less_stop_at_the_ends() {
        for aspect in SoundAspect::ALL {
            let (most, least) = (SOME.get(aspect).more(i32::MAX), SOME.get(aspect).more(i32::MIN));
            assert_eq!((most.more(1), least.more(-1)), (most, least), "{aspect:?}");
            assert_ne!(most, least);
        }
        assert_eq!(SoundValue::Trim(Trim::Gentle).more(1), SoundValue::Trim(Trim::Medium));
        assert_eq!(SoundValue::SkipIntro(3).more(-5), SoundValue::SkipIntro(0));
    }

    #[test]
    fn something_is_left_between_beginning_and_end() {
        let both = Sounding { skip_intro: 60, skip_outro: 30, ..SOME };
        assert_eq!(both.skips(Some(90_001)), (60_000, 30_000));
        assert_eq!(both.skips(Some(90_000)), (0, 0));
        assert_eq!(both.skips(None), (60_000, 30_000));
    }
}
