//! Beginnings and endings that a show always has: who starts an episode from its beginning starts
//! behind the one, and the episode is over where the other begins. Who jumps into them hears them.

use super::super::State;
use super::Player;
use crate::lang::Notice;
use crate::model::Millis;

/// How much of the beginning is not played, in ms.
pub(super) fn intro(player: &Player) -> Millis {
    let length = player.playing.as_ref().and_then(|playing| playing.duration_ms);
    player.how.skips(length).0
}

/// Where playing begins that would begin at `ms`.
pub(super) fn begin(state: &mut State, ms: Millis) -> Millis {
    let intro = intro(&state.player);
    if ms >= intro {
        return ms;
    }
    // That another episode has begun is the greater news.
    let told = state.toast.as_ref().map(|toast| &toast.notice);
    if !matches!(told, Some(Notice::PlayingNext(..))) {
        state.say(Notice::IntroSkipped(intro));
    }
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

impl Player {
    /// Where the episode is over: where its ending begins that is not played, else with the recording,
    /// if that is known.
    #[must_use]
    pub fn over_at(&self) -> Option<Millis> {
        ending(self, self.ms).or(self.playing.as_ref()?.duration_ms)
    }
}
