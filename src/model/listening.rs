//! How much was listened to, and how much time that saved.

use super::Millis;

/// Listening counted in real time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Listening {
    /// Sound was heard for so long, in ms.
    pub heard_ms: Millis,
    /// Shorter pauses saved so much, in ms.
    pub by_trim_ms: Millis,
    /// A speed above 1 saved so much, in ms.
    pub by_speed_ms: Millis,
}

impl Listening {
    /// All that was saved, in ms.
    #[must_use]
    pub fn saved_ms(&self) -> Millis {
        self.by_trim_ms.saturating_add(self.by_speed_ms)
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            heard_ms: self.heard_ms.saturating_add(other.heard_ms),
            by_trim_ms: self.by_trim_ms.saturating_add(other.by_trim_ms),
            by_speed_ms: self.by_speed_ms.saturating_add(other.by_speed_ms),
        }
    }
}
