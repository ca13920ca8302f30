//! How many requests one host gets at a time, and how soon after each other.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Seats at one host.
const AT_ONCE: u32 = 4;

/// Seats that a request for a page takes: sites that people read get two at a time.
const FOR_A_PAGE: u32 = 2;

/// Hosts that ask robots for patience: no request sooner than this after the one before.
/// (<https://info.arxiv.org/help/api/tou.html>: one every three seconds, for all of its hosts together.)
const PATIENT: [(&str, Duration); 1] = [("arxiv.org", Duration::from_secs(3))];

/// Names remembered before idle ones are forgotten.
const REMEMBERED: usize = 256;

/// Seats per host: four at a time, two for pages; others queue in order.
#[derive(Debug, Default)]
pub(crate) struct Hosts {
    seats: Mutex<HashMap<String, Arc<Semaphore>>>,
    /// When a patient host may be asked next.
    turns: Mutex<HashMap<&'static str, Instant>>,
}

impl Hosts {
    /// Waits for a seat at `host`; it is free again when the permit is dropped. `None` never happens in
    /// practice (the semaphores are not closed) and only means that there is no limit.
    pub(crate) async fn seat(&self, host: &str) -> Option<OwnedSemaphorePermit> {
        self.seats(host, 1).await
    }

    /// Waits for a seat that a page takes, and for the host's turn where it asks for patience.
    pub(super) async fn seat_for_page(&self, host: &str) -> Option<OwnedSemaphorePermit> {
        let seat = self.seats(host, FOR_A_PAGE).await;
        self.turn(host, &PATIENT).await;
        seat
    }

    async fn turn(&self, host: &str, patient: &[(&'static str, Duration)]) {
        let is_on = |domain: &str| {
            host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        let Some((domain, pause)) = patient.iter().find(|(domain, _)| is_on(domain)) else {
            return;
        };
        let now = Instant::now();
        let turn = {
            let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
            let turn = turns.get(domain).copied().unwrap_or(now).max(now);
            turns.insert(domain, turn + *pause);
            turn
        };
        tokio::time::sleep_until(turn.into()).await;
    }

    async fn seats(&self, host: &str, count: u32) -> Option<OwnedSemaphorePermit> {
        let semaphore = {
            let mut seats = self.seats.lock().unwrap_or_else(PoisonError::into_inner);
            if seats.len() >= REMEMBERED {
                seats.retain(|_, semaphore| Arc::strong_count(semaphore) > 1);
            }
            let fresh = || Arc::new(Semaphore::new(AT_ONCE as usize));
            Arc::clone(seats.entry(host.to_ascii_lowercase()).or_insert_with(fresh))
        };
        semaphore.acquire_many_owned(count).await.ok()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_host_that_asks_for_patience_is_asked_again_after_a_pause() {
        let hosts = Hosts::default();
        let patient = [("papers.example", Duration::from_millis(40))];
        let began = Instant::now();
        for host in ["papers.example", "export.papers.example", "papers.example"] {
            hosts.turn(host, &patient).await;
        }
        assert!(began.elapsed() >= Duration::from_millis(80));
        let turns = hosts.turns.lock().unwrap().len();
        hosts.turn("otherpapers.example", &patient).await;
        assert_eq!(hosts.turns.lock().unwrap().len(), turns, "another host has no turns");
    }

    #[tokio::test]
    async fn two_pages_of_one_host_are_asked_for_at_a_time() {
        let hosts = Hosts::default();
        let first = hosts.seat_for_page("a.example").await;
        let second = hosts.seat_for_page("A.example").await;
        let wait = Duration::from_millis(20);
        assert!(tokio::time::timeout(wait, hosts.seat_for_page("a.example")).await.is_err());
        assert!(tokio::time::timeout(wait, hosts.seat_for_page("b.example")).await.is_ok());
        drop(first);
        assert!(tokio::time::timeout(wait, hosts.seat_for_page("a.example")).await.is_ok());
        drop(second);
    }
}
