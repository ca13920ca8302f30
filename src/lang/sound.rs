//! What is said of how it sounds: its parts, their values, and for which shows they count.

use super::Tongue;
use crate::model::{Millis, SoundAspect, SoundScope, SoundValue, Trim, clock};

/// What a part of the sound is called.
#[must_use]
pub fn aspect_name(aspect: SoundAspect, tongue: Tongue) -> &'static str {
    match aspect {
        SoundAspect::Speed => tongue.pick("速度", "speed"),
        SoundAspect::Trim => tongue.pick("缩短停顿", "trim pauses"),
        SoundAspect::Loudness => tongue.pick("均衡音量", "loudness"),
        SoundAspect::VoiceBoost => tongue.pick("人声增强", "voice boost"),
        SoundAspect::SkipIntro => tongue.pick("跳过开头", "skip intro"),
        SoundAspect::SkipOutro => tongue.pick("跳过结尾", "skip outro"),
    }
}

/// What it does, in a sentence. Some name a command in braces.
#[must_use]
pub fn aspect_about(aspect: SoundAspect, tongue: Tongue) -> &'static str {
    match aspect {
        SoundAspect::Speed => {
            tongue.pick("音高不变，0.5–3.0 倍。", "Pitch is kept; 0.5 to 3.0 times.")
        }
        SoundAspect::Trim => tongue.pick(
            "话与话之间的停顿变短，字不会少。",
            "Pauses between words get shorter; no word is lost.",
        ),
        SoundAspect::Loudness => {
            tongue.pick("每集、每个人都差不多响。", "All episodes and voices are about as loud.")
        }
        SoundAspect::VoiceBoost => tongue
            .pick("去掉低频的嗡声，轻的话也听得清。", "Rumble is cut and quiet words are lifted."),
        SoundAspect::SkipIntro => tongue.pick(
            "从头播放时从这里开始；{follow} 到现在听到的地方为止。",
            "Episodes begin here when played from the start; {follow} takes the place you hear.",
        ),
        SoundAspect::SkipOutro => tongue.pick(
            "离结尾还有这么久就算听完；{follow} 从现在听到的地方起。",
            "Episodes are over this long before the end; {follow} takes the place you hear.",
        ),
    }
}

/// For which shows a choice counts.
#[must_use]
pub fn scope_name(scope: SoundScope, tongue: Tongue) -> &'static str {
    match scope {
        SoundScope::ThisShow => tongue.pick("本节目", "this show"),
        SoundScope::AllShows => tongue.pick("全部节目", "all shows"),
    }
}

/// A choice as it is shown: `1.25×`, `strong`, `on`, `00:45`.
#[must_use]
pub fn value_name(value: SoundValue, tongue: Tongue) -> String {
    let switch = |on: bool| (if on { tongue.pick("开", "on") } else { off(tongue) }).to_owned();
    match value {
        SoundValue::Speed(speed) => format!("{speed}×"),
        SoundValue::Trim(trim) => trim_name(trim, tongue).to_owned(),
        SoundValue::Loudness(on) | SoundValue::VoiceBoost(on) => switch(on),
        SoundValue::SkipIntro(0) | SoundValue::SkipOutro(0) => off(tongue).to_owned(),
        SoundValue::SkipIntro(seconds) | SoundValue::SkipOutro(seconds) => {
            clock(Millis::from(seconds) * 1000)
        }
    }
}

fn off(tongue: Tongue) -> &'static str {
    tongue.pick("关", "off")
}

/// What a strength of shortening pauses is called.
#[must_use]
pub fn trim_name(trim: Trim, tongue: Tongue) -> &'static str {
    match trim {
        Trim::Off => off(tongue),
        Trim::Gentle => tongue.pick("轻", "gentle"),
        Trim::Medium => tongue.pick("中", "medium"),
        Trim::Strong => tongue.pick("强", "strong"),
    }
}
