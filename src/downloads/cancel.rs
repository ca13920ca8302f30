//! A flag that ends a download from outside.

use std::sync::Arc;

use tokio::sync::watch;

/// A flag that ends a download from outside; clones are the same flag. Once raised it stays so.
#[derive(Debug, Clone)]
pub struct CancelFlag {
    raised: Arc<watch::Sender<bool>>,
}

impl Default for CancelFlag {
    fn default() -> Self {
        Self { raised: Arc::new(watch::Sender::new(false)) }
    }
}

impl CancelFlag {
    /// A flag that is not raised.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Raises it.
    pub fn cancel(&self) {
        self.raised.send_replace(true);
    }

    /// Whether it was raised.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        *self.raised.borrow()
    }

    /// Waits until it is raised.
    pub async fn cancelled(&self) {
        let mut watching = self.raised.subscribe();
        // Cannot fail: this flag itself keeps the sender alive.
        if watching.wait_for(|raised| *raised).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
