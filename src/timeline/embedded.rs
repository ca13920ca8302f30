//! Chapters in the tags of an audio file.

use std::io::{Read, Seek};

use super::TimelineError;
use crate::model::Chapters;

/// Placeholder.
///
/// # Errors
/// None.
pub fn embedded(_reader: &mut (impl Read + Seek)) -> Result<Option<Chapters>, TimelineError> {
    Ok(None)
}
