//! How much is listened to and how much time that saves: counted here, added up in the library.

use super::super::{Effect, State};
use super::{Playback, Player};
use crate::model::{Listening, Millis};

/// A tick that comes later than this after the one before was not waited for: the machine slept.
const LONGEST_TICK: Millis = 2_000;
/// What was counted is told when it is so long, in ms.
const TOLD: Millis = 60_000;

/// The clock has come to this tick.
pub(in crate::app) fn listen(state: &mut State, now: u64) {
    let passed = now.saturating_sub(state.now).min(LONGEST_TICK);
    let player = &mut state.player;
    if player.playback != Playback::Playing {
        return;
    }
    let by_speed = (passed as f32 * (player.how.speed.factor() - 1.0).max(0.0)) as Millis;
    let more = Listening { heard_ms: passed, by_trim_ms: 0, by_speed_ms: by_speed };
    player.listening = player.listening.and(more);
}

impl Player {
    /// Shorter pauses have saved so much since the recording was loaded.
    pub(super) fn trimmed(&mut self, ms: Millis) {
        let by_trim_ms = ms.saturating_sub(self.saved_ms);
        self.saved_ms = ms;
        self.listening = self.listening.and(Listening { by_trim_ms, ..Listening::default() });
    }

    /// What was counted, if it is worth writing down by now.
    pub(super) fn tell_listening_at_times(&mut self) -> Option<Effect> {
        if self.listening.heard_ms < TOLD { None } else { self.tell_listening() }
    }

    /// What was counted, to be added up.
    pub(super) fn tell_listening(&mut self) -> Option<Effect> {
        self.count_up(false)
    }

    /// The same at the end of the episode: the answer says what it saved in all.
    pub(super) fn tell_listening_over(&mut self) -> Option<Effect> {
        self.count_up(true)
    }

    fn count_up(&mut self, over: bool) -> Option<Effect> {
        let id = self.episode()?;
        let more = std::mem::take(&mut self.listening);
        (more != Listening::default()).then_some(Effect::AddListening { id, more, over })
    }
}
