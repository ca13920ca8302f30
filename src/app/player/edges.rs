//! Beginnings and endings that a show always has: who starts an episode from its beginning starts
//! behind the one, and the episode is over where the other begins. Who jumps into them hears them.

use super::super::State;
use super::Player;
use crate::lang::Notice;
use crate::model::Millis;

/// Where playing begins that would begin at `ms`.
pub(super) fn begin(state: &mut State, ms: Millis) -> Millis {
    let player = &state.player;
    let length = player.playing.as_ref().and_then(|playing| playing.duration_ms);
    let (intro, _) = player.how.skips(length);
    if ms >= intro {
        return ms;
    }
    state.say(Notice::IntroSkipped(intro));
    intro
}

/// Where the ending begins that is not played, unless playback stands behind that. Only a measured
/// length counts: what a feed says is minutes short where advertisements were put in.
pub(super) fn ending(player: &Player, ms: Millis) -> Option<Millis> {
    let playing = player.playing.as_ref().filter(|playing| playing.measured)?;
    let length = playing.duration_ms?;
    let (_, outro) = player.how.skips(Some(length));
    let at = length.saturating_sub(outro);
    (outro > 0 && ms < at).then_some(at)
}
