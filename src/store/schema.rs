//! The tables, a file for each version: what has to be done to come to it from the one before. A step that
//! was released is never changed, a new one is added.

mod v1;
mod v2;
mod v3;
mod v4;
mod v5;
mod v6;
mod v7;

/// The steps from an empty file to the current version; step `n` (from 0) leads to version `n + 1`.
pub(super) const STEPS: &[&str] =
    &[v1::STEP, v2::STEP, v3::STEP, v4::STEP, v5::STEP, v6::STEP, v7::STEP];
