//! How fast a recording plays.

use std::fmt;

/// A speed of 0.5 to 3.0, in hundredths, so that many small steps add up exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Speed(u16);

/// One step, in hundredths.
const STEP: i32 = 5;

impl Speed {
    /// As it was recorded.
    pub const NORMAL: Self = Self(100);

    /// The nearest speed; what is no number is the normal one.
    #[must_use]
    pub fn of(factor: f32) -> Self {
        if factor.is_nan() {
            return Self::NORMAL;
        }
        Self((factor.clamp(0.5, 3.0) * 100.0).round() as u16)
    }

    /// The speed of so many hundredths, or the nearest there is.
    #[must_use]
    pub fn of_hundredths(hundredths: i64) -> Self {
        Self(u16::try_from(hundredths.clamp(50, 300)).unwrap_or(100))
    }

    /// In hundredths, 50–300.
    #[must_use]
    pub fn hundredths(self) -> u16 {
        self.0
    }

    /// As a factor, 0.5–3.0.
    #[must_use]
    pub fn factor(self) -> f32 {
        f32::from(self.0) / 100.0
    }

    /// So many steps of 0.05 faster, or slower if negative. What lies between two steps goes to the
    /// next one.
    #[must_use]
    pub fn faster(self, steps: i32) -> Self {
        let now = i32::from(self.0);
        let from = if steps < 0 { now.saturating_add(STEP - 1) / STEP } else { now / STEP };
        Self::of_hundredths(i64::from(from.saturating_add(steps).saturating_mul(STEP)))
    }
}

impl Default for Speed {
    fn default() -> Self {
        Self::NORMAL
    }
}

/// `1.0`, `1.5`, `1.05`.
impl fmt::Display for Speed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 100, self.0 % 100);
        if part.is_multiple_of(10) {
            write!(out, "{whole}.{}", part / 10)
        } else {
            write!(out, "{whole}.{part:02}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_add_up_and_stay_within_bounds() {
        let mut speed = Speed::NORMAL;
        let up: Vec<String> = std::iter::repeat_with(|| {
            speed = speed.faster(1);
            speed.to_string()
        })
        .take(41)
        .collect();
        assert_eq!(up[..3], ["1.05", "1.1", "1.15"]);
        assert_eq!((up[38].as_str(), up[39].as_str(), up[40].as_str()), ("2.95", "3.0", "3.0"));
        assert_eq!(Speed::NORMAL.faster(-99), Speed::of(0.5));
        assert_eq!(Speed::NORMAL.faster(i32::MAX), Speed::of(3.0));
        assert_eq!(Speed::NORMAL.faster(i32::MIN), Speed::of(0.5));
    }

    #[test]
    fn what_lies_between_two_steps_goes_to_the_next_one() {
        let odd = Speed::of(1.23);
        assert_eq!(
            (odd.faster(1).to_string(), odd.faster(-1).to_string()),
            ("1.25".into(), "1.2".into())
        );
        assert_eq!(odd.to_string(), "1.23");
        assert_eq!(Speed::of(1.05).to_string(), "1.05");
    }

    #[test]
    fn no_number_is_too_odd() {
        for (odd, is) in [(f32::NAN, 1.0), (f32::INFINITY, 3.0), (-7.0, 0.5), (1e-9, 0.5)] {
            assert!((Speed::of(odd).factor() - is).abs() < 1e-6, "{odd}");
        }
        assert_eq!(Speed::of_hundredths(i64::MIN), Speed::of(0.5));
    }
}
