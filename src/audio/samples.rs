//! The outlet as a source for `rodio`'s mixer, which takes one sample at a time.

use std::num::NonZero;

use super::outlet::Outlet;

/// One sample at a time, for the mixer.
pub(crate) struct Samples {
    outlet: Outlet,
    rate: NonZero<u32>,
    buffer: [f32; 128],
    at: usize,
}

impl Samples {
    /// Reads `outlet` in small pieces.
    pub(crate) fn new(outlet: Outlet, rate: NonZero<u32>) -> Self {
        Self { outlet, rate, buffer: [0.0; 128], at: 128 }
    }
}

impl Iterator for Samples {
    type Item = f32;

    fn next(&mut self) -> Option<f32> {
        if self.at >= self.buffer.len() {
            self.outlet.fill(&mut self.buffer);
            self.at = 0;
        }
        self.at += 1;
        self.buffer.get(self.at - 1).copied()
    }
}

impl rodio::Source for Samples {
    fn current_span_len(&self) -> Option<usize> {
        None
    }

    fn channels(&self) -> rodio::ChannelCount {
        const TWO: NonZero<u16> = NonZero::<u16>::MIN.saturating_add(1);
        TWO
    }

    fn sample_rate(&self) -> rodio::SampleRate {
        self.rate
    }

    fn total_duration(&self) -> Option<std::time::Duration> {
        None
    }
}
