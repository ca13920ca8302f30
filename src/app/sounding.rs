//! How it sounds: what applies to what plays, and the keys that change it. A show's own choice comes
//! before the one for all shows; a key changes the one that applies.

mod chosen;
mod table;

pub use chosen::Chosen;
pub use table::SoundTable;
pub(super) use table::{clicked, in_front, show};

use super::{Effect, Sound, State};
use crate::lang::Notice;
use crate::model::{ShowId, SoundAspect, SoundScope, SoundValue, Sounding};

/// Tells the sound what applies to what plays now, as far as that is another than it knows.
pub(super) fn tune(state: &mut State) -> Vec<Effect> {
    let player = &mut state.player;
    let show = player.playing.as_ref().map(|playing| playing.show_id);
    let now = player.chosen.applies_to(show);
    let was = std::mem::replace(&mut player.how, now);
    let differs = |aspect: &SoundAspect| was.get(*aspect) != now.get(*aspect);
    let orders = SoundAspect::ALL.into_iter().filter(differs);
    orders.filter_map(|aspect| order(state, &now, aspect)).collect()
}

/// All that the sound has to know of this.
pub(super) fn tell_all(state: &State, how: &Sounding) -> Vec<Effect> {
    SoundAspect::ALL.into_iter().filter_map(|aspect| order(state, how, aspect)).collect()
}

/// What the sound has to know of one choice. Beginning and end are not its business.
fn order(state: &State, how: &Sounding, aspect: SoundAspect) -> Option<Effect> {
    let target = state.settings.audio.loudness_target.clamp(-30.0, -8.0);
    Some(Effect::Sound(match how.get(aspect) {
        SoundValue::Speed(speed) => Sound::Speed(speed.factor()),
        SoundValue::Trim(trim) => Sound::TrimSilence(trim),
        SoundValue::Loudness(on) => Sound::Loudness(on.then_some(target)),
        SoundValue::VoiceBoost(on) => Sound::VoiceBoost(on),
        SoundValue::SkipIntro(_) | SoundValue::SkipOutro(_) => return None,
    }))
}

/// A key changes what applies to what plays, where that comes from, and says where.
pub(super) fn change(
    state: &mut State,
    aspect: SoundAspect,
    to: impl FnOnce(SoundValue) -> SoundValue,
) -> Vec<Effect> {
    let player = &state.player;
    let show = player.playing.as_ref().map(|playing| playing.show_id);
    let own = show.filter(|&show| player.chosen.of(show).get(aspect).is_some());
    let value = to(player.chosen.applies_to(show).get(aspect));
    let scope = own.map_or(SoundScope::AllShows, |_| SoundScope::ThisShow);
    state.say(Notice::Sounds(value, scope));
    choose(state, own, value)
}

/// Chooses for one show, or for all.
fn choose(state: &mut State, show: Option<ShowId>, value: SoundValue) -> Vec<Effect> {
    let chosen = &mut state.player.chosen;
    let kept = if let Some(show) = show {
        let own = chosen.change(show, |own| own.set(value));
        Effect::KeepSounding { show, own }
    } else {
        chosen.all.set(value);
        Effect::Remember { key: value.aspect().name(), value: value.text() }
    };
    let mut effects = tune(state);
    effects.push(kept);
    effects
}

/// Forgets what was chosen: the show has what all have, all have what the settings say.
fn forget(state: &mut State, show: Option<ShowId>, aspect: SoundAspect) -> Vec<Effect> {
    let chosen = &mut state.player.chosen;
    let kept = if let Some(show) = show {
        let own = chosen.change(show, |own| own.clear(aspect));
        Effect::KeepSounding { show, own }
    } else {
        chosen.all.set(chosen.configured.get(aspect));
        Effect::Remember { key: aspect.name(), value: String::new() }
    };
    let mut effects = tune(state);
    effects.push(kept);
    effects
}
