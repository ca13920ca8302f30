//! What the end-to-end tests stand on: a terminal, ears, a talking clock, a small web, feeds to put
//! on it. A part that cannot go on fails its test at once, with what it saw last.
//!
//! (A `mod.rs`, because Cargo takes every file directly in `tests/` for a test of its own.)
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "each test takes in only what it needs, and a broken part must fail its test loudly"
)]

pub mod ask;
pub mod capture;
pub mod clock;
pub mod dice;
pub mod feed;
pub mod home;
pub mod keys;
pub mod page;
pub mod pdf;
pub mod pty;
pub mod reading;
pub mod server;
pub mod tone;
