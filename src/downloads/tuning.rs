//! The numbers that the cache works by.

use std::time::Duration;

/// The numbers that the cache works by. The defaults are for real networks; tests make them small.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tuning {
    /// Pauses before each further try after a broken connection; they start over once
    /// [`Self::progress`] bytes have come.
    pub backoff: Vec<Duration>,
    /// Bytes that count as progress between two failures.
    pub progress: u64,
    /// Longest silence of the server within a body before the connection is given up.
    pub idle: Duration,
    /// Longest time without any new byte that a blocking read waits.
    pub stall: Duration,
    /// A place at most this many bytes ahead is waited for rather than jumped to.
    pub near: u64,
    /// Bytes that a reader's jump asks for first. Each further piece in the same place is twice as
    /// large, so that whoever jumps about pays little for it.
    pub first_piece: u64,
    /// The largest piece; what is still missing after it is asked for in one go.
    pub last_piece: u64,
    /// After a jump only what readers wait for is asked for, for this long.
    pub settle: Duration,
    /// This many bytes from where a reader reads come before what it would only like to have.
    pub cushion: u64,
    /// Bytes before a gap that are asked for again and compared, to notice a changed file.
    pub overlap: u64,
    /// Bytes between two entries of what is there into the record.
    pub checkpoint: u64,
    /// Longest time that bytes which are there go unrecorded: a killed program fetches them again.
    pub keep_every: Duration,
    /// Largest recording.
    pub largest: u64,
    /// How often a recording may turn out changed in one go; finding out may take a second request.
    pub restarts: usize,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            backoff: [500, 1000, 2000, 4000, 8000].map(Duration::from_millis).to_vec(),
            progress: 64 * 1024,
            idle: Duration::from_secs(10),
            stall: Duration::from_secs(15),
            near: 512 * 1024,
            first_piece: 32 * 1024,
            last_piece: 4 * 1024 * 1024,
            settle: Duration::from_millis(400),
            cushion: 1024 * 1024,
            overlap: 4096,
            checkpoint: 4 * 1024 * 1024,
            keep_every: Duration::from_secs(1),
            largest: 16 * 1024 * 1024 * 1024,
            restarts: 3,
        }
    }
}
