//! How many requests one host gets at a time.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Requests to one host at a time.
const AT_ONCE: usize = 4;

/// Names remembered before idle ones are forgotten.
const REMEMBERED: usize = 256;

/// Seats per host: so many at a time, others queue in order.
#[derive(Debug)]
pub(crate) struct Hosts {
    seats: Mutex<HashMap<String, Arc<Semaphore>>>,
    at_once: usize,
}

impl Default for Hosts {
    /// Four at a time.
    fn default() -> Self {
        Self::of(AT_ONCE)
    }
}

impl Hosts {
    /// With so many seats for each host.
    pub(crate) fn of(at_once: usize) -> Self {
        Self { seats: Mutex::default(), at_once }
    }

    /// Waits for a seat at `host`; it is free again when the permit is dropped. `None` never happens in
    /// practice (the semaphores are not closed) and only means that there is no limit.
    pub(crate) async fn seat(&self, host: &str) -> Option<OwnedSemaphorePermit> {
        let semaphore = {
            let mut seats = self.seats.lock().unwrap_or_else(PoisonError::into_inner);
            if seats.len() >= REMEMBERED {
                seats.retain(|_, semaphore| Arc::strong_count(semaphore) > 1);
            }
            let fresh = || Arc::new(Semaphore::new(self.at_once));
            Arc::clone(seats.entry(host.to_ascii_lowercase()).or_insert_with(fresh))
        };
        semaphore.acquire_owned().await.ok()
    }
}

/// Names that were reached at a public address. Such a name cannot pass for a host of the local network
/// later, whatever it resolves to then (DNS rebinding).
#[derive(Debug, Default)]
pub(super) struct SeenInPublic {
    names: Mutex<BTreeSet<String>>,
}

impl SeenInPublic {
    /// Most names that are remembered.
    const MOST: usize = 4096;

    /// Remembers a name.
    pub(super) fn note(&self, name: &str) {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        if names.len() < Self::MOST && !names.contains(name) {
            names.insert(name.to_owned());
        }
    }

    /// Whether a name was remembered.
    pub(super) fn has(&self, name: &str) -> bool {
        self.names.lock().unwrap_or_else(PoisonError::into_inner).contains(name)
    }
}
