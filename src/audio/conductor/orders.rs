//! What each order means.

use super::{Conductor, Hints, Load, NEAR, Order, Settings};
use crate::audio::block::nanos;

impl Conductor {
    /// Does what it is told.
    pub(super) fn obey(&mut self, order: Order) {
        match order {
            Order::Load { ticket, media, start_ms, until_ms, play, duration_hint_ms, loudness } => {
                let hints = Hints { duration_ms: duration_hint_ms, loudness };
                let load = Load { ticket, media, start_ms, until_ms, play, hints };
                self.load(load);
            }
            Order::Play => self.play(),
            Order::Pause => self.stand_still(),
            Order::Seek { ms } => self.seek(ms, None),
            Order::PlayRange { from, until } => {
                if let Some(session) = self.session.as_mut() {
                    session.forget_range();
                }
                self.seek(from, until);
                self.play();
            }
            Order::Loop { from, until, at } => {
                if let Some(session) = self.session.as_mut() {
                    session.go_round(from, until, at);
                    self.begin_run(true);
                    self.tell_position();
                    self.play();
                }
            }
            Order::Leap(leap) => {
                if let Some(session) = self.session.as_mut() {
                    session.leap.set(leap);
                    let (at, position) = (leap.map(|leap| nanos(leap.at)), session.position());
                    // What lies so near has been decoded already, and what lies in a long pause.
                    let near = position.max(session.reached()).saturating_add(NEAR);
                    if session.run.is_some() && at.is_some_and(|at| (position..near).contains(&at))
                    {
                        session.hold_position();
                        self.begin_run(false);
                    }
                }
            }
            Order::Speed(speed) => {
                let speed = if speed.is_finite() { speed.clamp(0.5, 3.0) } else { 1.0 };
                self.change(Settings { speed: f64::from(speed), ..self.settings });
            }
            Order::Volume(volume) => self.controls.set_volume(volume),
            Order::Fade(ms) => self.controls.dim(ms),
            Order::TrimSilence(trim) => self.change(Settings { trim, ..self.settings }),
            Order::Loudness(target) => {
                self.change(Settings { loudness: target.map(f64::from), ..self.settings });
            }
            Order::VoiceBoost(on) => self.change(Settings { voice_boost: on, ..self.settings }),
            Order::Estimate => self.estimate(),
            Order::Stop => self.let_go(),
            Order::RetryDevice => self.open_port(),
        }
    }
}
