//! How long to wait for a server, and how often to try again.

use std::time::Duration;

use crate::model::NetworkSettings;

/// How long to wait for a server, and how often to try again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patience {
    /// Until a connection stands, name lookup and TLS included.
    pub connect: Duration,
    /// Between two signs of life of a server.
    pub idle: Duration,
    /// For a whole answer that is read into memory, retries included.
    pub total: Duration,
    /// Pauses before each further try after a connection error or a 5xx status.
    pub backoff: Vec<Duration>,
    /// The longest `Retry-After` that is waited for; a longer one ends the request.
    pub retry_after: Duration,
}

impl Patience {
    /// A patient reader's patience with servers that fall silent after `idle`.
    #[must_use]
    pub fn with_idle(idle: Duration) -> Self {
        Self {
            connect: idle,
            idle,
            total: idle.saturating_mul(4),
            backoff: vec![Duration::from_millis(500), Duration::from_millis(1500)],
            retry_after: Duration::from_secs(5),
        }
    }
}

impl From<&NetworkSettings> for Patience {
    fn from(settings: &NetworkSettings) -> Self {
        Self::with_idle(Duration::from_secs(u64::from(settings.timeout.max(1))))
    }
}
