//! Brings the search index of an older library up to date beside everything else that is done.

use std::time::Duration;

use super::Services;

/// The screen comes first.
const AFTER: Duration = Duration::from_secs(3);

/// Between two pieces of work, so that what is asked of the library meanwhile hardly waits.
const PAUSE: Duration = Duration::from_millis(30);

/// Begins it; it ends by itself, and goes on at the next start where it was left.
pub(crate) fn refold(services: &Services) {
    let desk = services.desk.clone();
    services.handle.spawn(async move {
        tokio::time::sleep(AFTER).await;
        loop {
            match desk.ask(super::super::store::Store::refold_some).await {
                Ok(true) => tokio::time::sleep(PAUSE).await,
                Ok(false) => return,
                Err(why) => {
                    tracing::error!("bringing the search index up to date: {why}");
                    return;
                }
            }
        }
    });
}
