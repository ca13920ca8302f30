//! Second-order filters after the Audio EQ Cookbook (R. Bristow-Johnson), for two channels. Twenty
//! lines of arithmetic; not worth a dependency.

use std::f64::consts::{FRAC_1_SQRT_2, TAU};

/// One filter with its state.
#[derive(Debug, Clone, Default)]
pub(crate) struct Biquad {
    b: [f64; 3],
    a: [f64; 2],
    state: [[f64; 2]; 2],
}

impl Biquad {
    /// Cuts what is below `hz`; `q` is the height at that frequency.
    pub(crate) fn high_pass(rate: u32, hz: f64, q: f64) -> Self {
        let (cos, alpha) = angle(rate, hz, q);
        let side = f64::midpoint(1.0, cos);
        Self::of([side, -2.0 * side, side], [1.0 + alpha, -2.0 * cos, 1.0 - alpha])
    }

    /// Lifts what is around `hz` by `gain` dB.
    pub(crate) fn bell(rate: u32, hz: f64, q: f64, gain: f64) -> Self {
        let (cos, alpha) = angle(rate, hz, q);
        let lift = 10_f64.powf(gain / 40.0);
        let turn = -2.0 * cos;
        Self::of(
            [1.0 + alpha * lift, turn, 1.0 - alpha * lift],
            [1.0 + alpha / lift, turn, 1.0 - alpha / lift],
        )
    }

    fn of(b: [f64; 3], [norm, first, second]: [f64; 3]) -> Self {
        let b = b.map(|value| value / norm);
        Self { b, a: [first / norm, second / norm], state: [[0.0; 2]; 2] }
    }

    /// Filters a frame.
    pub(crate) fn run(&mut self, frame: [f64; 2]) -> [f64; 2] {
        let mut out = frame;
        for (value, state) in out.iter_mut().zip(&mut self.state) {
            let (input, output) = (*value, self.b[0] * *value + state[0]);
            state[0] = self.b[1] * input - self.a[0] * output + state[1];
            state[1] = self.b[2] * input - self.a[1] * output;
            // In silence the state would fade for minutes through numbers that are slow to count with.
            if state[0].abs() < 1e-20 && state[1].abs() < 1e-20 {
                *state = [0.0; 2];
            }
            *value = output;
        }
        out
    }

    /// Forgets what went through.
    pub(crate) fn reset(&mut self) {
        self.state = [[0.0; 2]; 2];
    }
}

/// Frequencies near and above half the rate are brought below it.
fn angle(rate: u32, hz: f64, q: f64) -> (f64, f64) {
    let turn = TAU * (hz / f64::from(rate.max(1))).min(0.45);
    (turn.cos(), turn.sin() / (2.0 * q.max(FRAC_1_SQRT_2 / 4.0)))
}
