//! Decoded sound in one or two channels: what was recorded in more is folded down, each codec's
//! channels by what they are and not by where they stand.

use std::f32::consts::FRAC_1_SQRT_2;

use symphonia::core::audio::{Channels, Position};

/// Peaks of a fold above this are bent, so that they stay below 1.
const KNEE: f32 = 0.8;

/// Where a loudspeaker stands, as far as two channels can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Speaker {
    Left,
    Right,
    Middle,
    /// To the left, at the side, behind or above.
    LeftSide,
    RightSide,
    /// In the middle behind.
    Back,
    /// Low frequencies only.
    Low,
    Unknown,
}

impl Speaker {
    /// How much of it is heard left and right (ITU-R BS.775: centre and surround at −3 dB).
    fn weights(self) -> [f32; 2] {
        match self {
            Self::Left => [1.0, 0.0],
            Self::Right => [0.0, 1.0],
            Self::Middle | Self::Unknown => [FRAC_1_SQRT_2; 2],
            Self::LeftSide => [FRAC_1_SQRT_2, 0.0],
            Self::RightSide => [0.0, FRAC_1_SQRT_2],
            Self::Back => [0.5; 2],
            Self::Low => [0.0; 2],
        }
    }
}

/// What a packet decoded to.
#[derive(Debug, Default)]
pub(crate) struct Sound {
    /// Hz, not 0.
    pub(crate) rate: u32,
    /// 1 or 2.
    pub(crate) channels: usize,
    /// Interleaved.
    pub(crate) samples: Vec<f32>,
}

impl Sound {
    /// Interleaved samples from these loudspeakers.
    pub(crate) fn new(rate: u32, samples: Vec<f32>, speakers: &[Speaker]) -> Self {
        let rate = rate.max(1);
        match speakers.len() {
            0 | 1 => Self { rate, channels: 1, samples },
            2 => Self { rate, channels: 2, samples },
            many => {
                let weights: Vec<[f32; 2]> = speakers.iter().map(|one| one.weights()).collect();
                let folded = samples.chunks_exact(many).flat_map(|frame| fold(frame, &weights));
                Self { rate, channels: 2, samples: folded.collect() }
            }
        }
    }
}

fn fold(frame: &[f32], weights: &[[f32; 2]]) -> [f32; 2] {
    let pairs = || frame.iter().zip(weights);
    let left: f32 = pairs().map(|(sample, weight)| sample * weight[0]).sum();
    let right: f32 = pairs().map(|(sample, weight)| sample * weight[1]).sum();
    [bent(left), bent(right)]
}

/// Turning everything down would make a voice in the centre soft in all recordings, because in a
/// few the channels might add up.
fn bent(sample: f32) -> f32 {
    let over = sample.abs() - KNEE;
    if over <= 0.0 {
        return sample;
    }
    (KNEE + (1.0 - KNEE) * (over / (1.0 - KNEE)).tanh()).copysign(sample)
}

/// The loudspeakers of what a decoder of `symphonia` gives.
pub(crate) fn speakers(channels: &Channels) -> Vec<Speaker> {
    match channels {
        Channels::Positioned(positions) => positions.iter().map(speaker).collect(),
        // Only the first component is heard the same from all sides.
        Channels::Ambisonic(_) => {
            let rest = channels.count().saturating_sub(1);
            std::iter::once(Speaker::Middle)
                .chain(std::iter::repeat_n(Speaker::Low, rest))
                .collect()
        }
        other => match Position::from_wave_channel_count(other.count() as u32) {
            Some(positions) => positions.iter().map(speaker).collect(),
            None => vec![Speaker::Unknown; other.count()],
        },
    }
}

fn speaker(position: Position) -> Speaker {
    let left = Position::REAR_LEFT
        | Position::SIDE_LEFT
        | Position::TOP_FRONT_LEFT
        | Position::TOP_REAR_LEFT
        | Position::TOP_SIDE_LEFT;
    let right = Position::REAR_RIGHT
        | Position::SIDE_RIGHT
        | Position::TOP_FRONT_RIGHT
        | Position::TOP_REAR_RIGHT
        | Position::TOP_SIDE_RIGHT;
    match position {
        Position::FRONT_LEFT | Position::FRONT_LEFT_CENTER | Position::FRONT_LEFT_WIDE => {
            Speaker::Left
        }
        Position::FRONT_RIGHT | Position::FRONT_RIGHT_CENTER | Position::FRONT_RIGHT_WIDE => {
            Speaker::Right
        }
        Position::FRONT_CENTER => Speaker::Middle,
        Position::LFE1 | Position::LFE2 => Speaker::Low,
        Position::REAR_CENTER => Speaker::Back,
        side if left.contains(side) => Speaker::LeftSide,
        side if right.contains(side) => Speaker::RightSide,
        _ => Speaker::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_loudspeaker_is_heard_where_it_stands() {
        let speakers =
            speakers(&Channels::Positioned(Position::from_wave_channel_count(6).unwrap()));
        let half = 0.5 * FRAC_1_SQRT_2;
        let wanted = [[0.5, 0.0], [0.0, 0.5], [half, half], [0.0, 0.0], [half, 0.0], [0.0, half]];
        for (at, wanted) in wanted.into_iter().enumerate() {
            let mut frame = vec![0.0; 6];
            frame[at] = 0.5;
            assert_eq!(Sound::new(48_000, frame, &speakers).samples, wanted, "{at}");
        }
    }

    #[test]
    fn what_adds_up_stays_in_bounds() {
        let loud = Sound::new(48_000, vec![1.0; 6], &[Speaker::Left; 6]);
        assert!(loud.samples[0] <= 1.0 && loud.samples[0] > 0.95, "{loud:?}");
        assert!(bent(0.9) > bent(0.85) && bent(-0.9) < -0.85);
        let kept = Sound::new(0, vec![3.0, -2.0], &[Speaker::Left, Speaker::Right]);
        assert_eq!((kept.rate, kept.channels, kept.samples), (1, 2, vec![3.0, -2.0]));
    }
}
