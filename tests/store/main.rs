//! The library on disk, used as the program uses it.

mod crash;
mod kept;
mod measure;
mod notes;
mod refresh;
mod samples;
mod search;
mod subscriptions;
