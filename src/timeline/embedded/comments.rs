//! Vorbis comments (<https://www.xiph.org/vorbis/doc/v-comment.html>): a list of `KEY=value`, in which
//! chapters are `CHAPTER001=…` or a cue sheet.

use std::io::{Read, Seek};

use super::cue_sheet;
use super::source::Source;
use super::words::{self, Words};
use crate::model::Chapter;
use crate::timeline::{TimelineError, listing};

/// Most comments that are looked at.
const MAX_COMMENTS: u64 = 200_000;

/// Longest comment that is read, in bytes; pictures hide in comments, titles do not need more.
const MAX_COMMENT: u64 = 64 << 10;

/// Longest cue sheet in a comment.
const MAX_SHEET: u64 = 1 << 20;

/// The chapters in a list of comments from the source's place on, not beyond `end`. A list that
/// breaks off is read as far as it goes.
pub(super) fn chapters<R: Read + Seek>(
    source: &mut Source<R>,
    end: u64,
) -> Result<Vec<Chapter>, TimelineError> {
    let mut keys = Vec::new();
    let mut values = Vec::new();
    let mut sheet = None;
    let Some(vendor) = length(source)? else { return Ok(Vec::new()) };
    source.go(source.at().saturating_add(vendor))?;
    let count = length(source)?.unwrap_or_default().min(MAX_COMMENTS);
    let mut whole = true;
    for _ in 0..count {
        let size = length(source)?.unwrap_or(u64::MAX);
        let (start, next) = (source.at(), source.at().saturating_add(size));
        let key = source.exactly(size.min(CHAPTER.len() as u64))?;
        let Some(key) = key.filter(|_| next <= end) else {
            whole = false;
            break;
        };
        let limit = if key.eq_ignore_ascii_case(CHAPTER) { MAX_COMMENT } else { MAX_SHEET };
        if is_wanted(&key) && size <= limit {
            source.go(start)?;
            let Some(comment) = source.exactly(size)? else {
                whole = false;
                break;
            };
            let at = comment.iter().position(|b| *b == b'=').unwrap_or(comment.len());
            let (key, value) = comment.split_at_checked(at).unwrap_or_default();
            let value = Words::of(value.get(1..).unwrap_or_default());
            let key = String::from_utf8_lossy(key).into_owned();
            if key.eq_ignore_ascii_case("CUESHEET") {
                sheet = sheet.or(Some(value));
            } else {
                keys.push(key);
                values.push(value);
            }
        }
        source.go(next)?;
    }
    // A time whose name was cut off is no chapter.
    if !whole && keys.last().is_some_and(|key| key.ends_with(|c: char| c.is_ascii_digit())) {
        keys.pop();
    }
    let values = words::settle(values);
    let pairs = keys.iter().map(String::as_str).zip(values.iter().map(String::as_str));
    let list = listing::from_comments(pairs);
    if !list.is_empty() {
        return Ok(list);
    }
    let sheet = words::settle(sheet.into_iter().collect());
    Ok(sheet.first().map(|sheet| cue_sheet::chapters(sheet)).unwrap_or_default())
}

const CHAPTER: &[u8] = b"CHAPTER";

fn is_wanted(key: &[u8]) -> bool {
    key.eq_ignore_ascii_case(CHAPTER) || key.eq_ignore_ascii_case(b"CUESHEE")
}

fn length<R: Read + Seek>(source: &mut Source<R>) -> Result<Option<u64>, TimelineError> {
    source.array().map(|bytes| bytes.map(u32::from_le_bytes).map(u64::from))
}
