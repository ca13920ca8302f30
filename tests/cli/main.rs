//! The verbs as scripts see them: the real binary, a home of its own, a small web on the loopback.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a broken part must fail its test loudly"
)]

#[path = "../support/mod.rs"]
mod support;

#[path = "../servers/loopback.rs"]
mod loopback;

#[path = "../chapters/writers.rs"]
mod writers;

mod chapters;
mod feeds;
mod files;
mod home;
mod keeping;
mod library;
mod notes;
mod offline;
mod order;
mod pages;
mod playing;
mod usage;
