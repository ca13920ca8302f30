//! The library on disk, used as the program uses it.

#![expect(clippy::unwrap_used, reason = "a failed step of a test is a failed test")]
#![allow(clippy::print_stdout, reason = "what was measured is told")]

mod crash;
mod damage;
mod downloading;
mod kept;
mod measure;
mod notes;
mod offline;
mod order;
mod reading;
mod refresh;
mod samples;
mod search;
mod subscriptions;
