//! The line in which downloads wait: a few at once, of these no more than two from one host, the first
//! one whose host is free next. The user may change the order, and close it to all.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::oneshot;

use crate::model::EpisodeId;

/// Most at once from one host.
const PER_HOST: usize = 2;

/// The line. Clones are the same line.
#[derive(Debug, Clone)]
pub(super) struct DownloadLine {
    inside: Arc<Mutex<Inside>>,
}

#[derive(Debug)]
struct Inside {
    at_once: usize,
    closed: bool,
    serial: u64,
    waiting: Vec<Waiter>,
    /// Serial and host.
    working: Vec<(u64, String)>,
}

#[derive(Debug)]
struct Waiter {
    serial: u64,
    id: EpisodeId,
    host: String,
    call: oneshot::Sender<()>,
}

/// A place in the line, later the turn itself; whoever drops it lets the next one in.
#[derive(Debug)]
pub(super) struct Turn {
    line: DownloadLine,
    serial: u64,
}

impl DownloadLine {
    /// A line that lets so many in at once.
    pub(super) fn new(at_once: usize, closed: bool) -> Self {
        let at_once = at_once.max(1);
        let (waiting, working) = (Vec::new(), Vec::new());
        let inside = Inside { at_once, closed, serial: 0, waiting, working };
        Self { inside: Arc::new(Mutex::new(inside)) }
    }

    /// Waits for a turn. Whoever stops waiting leaves the line.
    pub(super) async fn turn(&self, id: EpisodeId, host: String) -> Turn {
        let (call, called) = oneshot::channel();
        let turn = {
            let mut inside = self.lock();
            inside.serial += 1;
            let serial = inside.serial;
            inside.waiting.push(Waiter { serial, id, host, call });
            inside.advance();
            Turn { line: self.clone(), serial }
        };
        // The line holds the other end as long as this place is in it.
        let _ = called.await;
        turn
    }

    /// Moves the one that waits for this episode by so many places among those that wait. Whether it
    /// waits.
    pub(super) fn shift(&self, id: EpisodeId, by: isize) -> bool {
        let mut inside = self.lock();
        let Some(at) = inside.waiting.iter().position(|waiter| waiter.id == id) else {
            return false;
        };
        let waiter = inside.waiting.remove(at);
        let to = at.saturating_add_signed(by).min(inside.waiting.len());
        inside.waiting.insert(to, waiter);
        true
    }

    /// Those that wait, in order.
    pub(super) fn order(&self) -> Vec<EpisodeId> {
        self.lock().waiting.iter().map(|waiter| waiter.id).collect()
    }

    /// Lets nobody in any more, or again.
    pub(super) fn close(&self, closed: bool) {
        let mut inside = self.lock();
        inside.closed = closed;
        inside.advance();
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inside {
    fn advance(&mut self) {
        while !self.closed && self.working.len() < self.at_once {
            let working = &self.working;
            let free = |waiter: &Waiter| {
                working.iter().filter(|(_, host)| *host == waiter.host).count() < PER_HOST
            };
            let Some(at) = self.waiting.iter().position(free) else { return };
            let waiter = self.waiting.remove(at);
            if waiter.call.send(()).is_ok() {
                self.working.push((waiter.serial, waiter.host));
            }
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut inside = self.line.lock();
        inside.waiting.retain(|waiter| waiter.serial != self.serial);
        inside.working.retain(|(serial, _)| *serial != self.serial);
        inside.advance();
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;

    use super::*;

    /// Joins the line; the turn, if it has come.
    fn join(
        line: &DownloadLine,
        id: i64,
        host: &str,
    ) -> std::pin::Pin<Box<impl Future<Output = Turn> + use<>>> {
        let (line, host) = (line.clone(), host.to_owned());
        let mut joined = Box::pin(async move { line.turn(EpisodeId(id), host).await });
        assert!(joined.as_mut().now_or_never().is_none() || id < 0);
        joined
    }

    fn waiting(line: &DownloadLine) -> Vec<i64> {
        line.order().into_iter().map(|id| id.0).collect()
    }

    #[test]
    fn a_closed_line_lets_nobody_in_and_keeps_the_order() {
        let line = DownloadLine::new(8, true);
        let all: Vec<_> = (1..=4).map(|id| join(&line, id, "a.example")).collect();
        assert_eq!(waiting(&line), [1, 2, 3, 4]);
        assert!(line.shift(EpisodeId(4), -3) && line.shift(EpisodeId(1), 9));
        assert!(!line.shift(EpisodeId(7), 1));
        assert_eq!(waiting(&line), [4, 2, 3, 1]);
        line.close(false);
        assert_eq!(waiting(&line), [3, 1], "two of one host at once");
        drop(all);
        assert!(waiting(&line).is_empty());
    }

    #[test]
    fn who_comes_first_whose_host_is_free_is_next() {
        let line = DownloadLine::new(3, true);
        let mut all: Vec<_> = [(1, "a"), (2, "a"), (3, "a"), (4, "b"), (5, "b")]
            .map(|(id, host)| join(&line, id, host))
            .into();
        line.close(false);
        assert_eq!(waiting(&line), [3, 5]);
        let first = all.remove(0).now_or_never().unwrap();
        drop(first);
        assert_eq!(waiting(&line), [5]);
        drop(all.pop());
        assert!(waiting(&line).is_empty(), "who stops waiting leaves");
    }
}
