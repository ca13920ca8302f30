//! True peaks: what the waveform reaches between its samples.

use std::f64::consts::PI;

/// Samples that a point between two of them is made from.
const TAPS: usize = 12;
/// Peaks are found so many frames late.
pub(super) const LATE: usize = TAPS / 2;

/// Looks for the peaks of two channels.
#[derive(Debug)]
pub(super) struct Peaks {
    /// For the three points between two samples.
    filters: [[f32; TAPS]; 3],
    /// Below that no point between samples can reach the ceiling, relative to it.
    harmless: f32,
    history: [[f32; TAPS]; 2],
    /// Frames until all that is remembered is harmless.
    alert: usize,
    seen: usize,
}

impl Peaks {
    /// To tell peaks above `ceiling`.
    pub(super) fn new(ceiling: f32) -> Self {
        let filters = [0.25, 0.5, 0.75].map(filter);
        let sums = filters.map(|filter| filter.iter().map(|tap| tap.abs()).sum::<f32>());
        let most = sums.into_iter().fold(1.0, f32::max);
        let harmless = ceiling / most;
        Self { filters, harmless, history: [[0.0; TAPS]; 2], alert: 0, seen: 0 }
    }

    /// Takes a frame and tells the peak from the frame [`LATE`] before it to the one after that; a
    /// harmless one may be told too low. `None` until so many frames were taken.
    pub(super) fn next(&mut self, frame: [f32; 2]) -> Option<f32> {
        for (history, sample) in self.history.iter_mut().zip(frame) {
            history.rotate_left(1);
            history[TAPS - 1] = sample;
            if sample.abs() > self.harmless {
                self.alert = TAPS;
            }
        }
        self.seen += 1;
        let mut peak = 0.0;
        if self.alert > 0 {
            self.alert -= 1;
            for history in &self.history {
                peak = history[LATE - 1].abs().max(peak);
                for filter in &self.filters {
                    let point: f32 = history.iter().zip(filter).map(|(one, tap)| one * tap).sum();
                    peak = point.abs().max(peak);
                }
            }
        }
        (self.seen > LATE).then_some(peak)
    }
}

/// A windowed sinc for the point so far behind the sample in the middle.
fn filter(shift: f64) -> [f32; TAPS] {
    let mut taps = [0.0; TAPS];
    for (at, tap) in taps.iter_mut().enumerate() {
        let x = at as f64 - (LATE - 1) as f64 - shift;
        let window = 0.54 + 0.46 * (PI * x / (LATE as f64 + 0.5)).cos();
        *tap = (PI * x).sin() / (PI * x) * window;
    }
    let sum: f64 = taps.iter().sum();
    taps.map(|tap| (tap / sum) as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peaks_between_samples_are_found() {
        // A quarter of the rate, sampled at 45°: all samples are 0.707 of the peak.
        for part in [0.02, 0.1, 0.25, 0.35] {
            let mut peaks = Peaks::new(0.5);
            let sound = (0..400).map(|n| ((f64::from(n) + 0.5) * part * 2.0 * PI).sin() as f32);
            let told = sound.filter_map(|sample| peaks.next([sample, 0.0])).skip(20);
            let most = told.fold(0.0, f32::max);
            assert!((0.98..1.02).contains(&most), "{part} of the rate: {most}");
        }
    }

    #[test]
    fn peaks_belong_to_their_frame() {
        let mut peaks = Peaks::new(0.1);
        let told: Vec<f32> = (0..40)
            .filter_map(|n| peaks.next(if n == 20 { [0.0, -1.0] } else { [0.0; 2] }))
            .collect();
        assert_eq!(told.iter().position(|peak| *peak >= 1.0), Some(20));
    }
}
