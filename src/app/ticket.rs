//! Tickets: the identity of a request. An answer carries its ticket back, and one that is no longer
//! open is dropped, so that late answers change nothing.

/// The identity of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Ticket(pub u64);

/// Hands out tickets.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tickets {
    last: u64,
}

impl Tickets {
    /// A ticket that was never given before.
    pub fn open(&mut self) -> Ticket {
        self.last += 1;
        Ticket(self.last)
    }
}
