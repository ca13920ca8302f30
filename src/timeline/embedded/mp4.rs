//! MP4: Nero's list of chapters `moov/udta/chpl`, and which of it and the text track counts.

use std::io::{ErrorKind, Read, Seek};

use super::bytes::Bytes;
use super::source::Source;
use super::words::{self, Words};
use super::{mp4_box, mp4_track};
use crate::model::Chapter;
use crate::timeline::{MAX_CHAPTERS, TimelineError};

/// Longest list that is read: 20,000 chapters with titles of 200 bytes.
const MAX_LIST: u64 = 4 << 20;

/// Titles that are longer may have been cut to fit.
const WHOLE: usize = 250;

/// The chapters of an MP4 file: the text track, whose titles may be of any length, unless `chpl` has
/// more. Titles of the track that cannot be read yet (it streams) are taken from a `chpl` of the same
/// length.
pub(super) fn chapters<R: Read + Seek>(
    source: &mut Source<R>,
    start: u64,
) -> Result<Vec<Chapter>, TimelineError> {
    let Some((moov, behind)) = mp4_box::find(source, start, *b"moov")? else {
        return Ok(Vec::new());
    };
    // There may be several boxes for user data; some tools put the list into that of a track.
    let holders = std::iter::once(&moov).chain(moov.all(b"trak"));
    let found = holders.flat_map(|h| h.all(b"udta")).find_map(|udta| udta.at(&[b"chpl"]));
    let list = match found {
        Some(place) => nero(&place.read(source, MAX_LIST)?),
        None => Vec::new(),
    };
    let track = match mp4_track::chapters(source, &moov, behind) {
        Ok(track) => track,
        Err(TimelineError::Io(error))
            if error.kind() == ErrorKind::WouldBlock
                && !list.is_empty()
                && list.iter().all(|chapter| chapter.title.len() < WHOLE) =>
        {
            Vec::new()
        }
        Err(error) => return Err(error),
    };
    Ok(if track.len() >= list.len() { track } else { list })
}

/// Nero's list: version, flags, in version 1 one reserved byte and a count of four, in version 0 a
/// count of one; then starts in units of 100 ns and titles of at most 255 bytes, which may end within
/// a character. Some tools write the head of one version under the number of the other: the head
/// counts with which the list fits into its box.
fn nero(body: &[u8]) -> Vec<Chapter> {
    let wide = entries(body, 9);
    let narrow = entries(body, 5);
    let (first, second) = if body.first() == Some(&0) { (narrow, wide) } else { (wide, narrow) };
    let (list, _) = if first.1 || !second.1 { first } else { second };
    let (starts, titles): (Vec<u64>, Vec<Words>) = list.into_iter().unzip();
    let titles = words::settle(titles);
    let chapter =
        |(start, title)| Chapter { start_ms: start / 10_000, title, ..Chapter::default() };
    starts.into_iter().zip(titles).map(chapter).collect()
}

/// The entries behind a head of some bytes that ends with the count, and whether they fit. More of
/// them than counted are taken while they ascend: counts of one byte run over.
fn entries(body: &[u8], head: usize) -> (Vec<(u64, Words)>, bool) {
    let mut bytes = Bytes::new(body.get(head..).unwrap_or_default());
    let count = body.get(head.saturating_sub(if head > 5 { 4 } else { 1 })..head);
    let count = count.unwrap_or_default().iter().fold(0, |n, b| n << 8 | usize::from(*b));
    let mut out: Vec<(u64, Words)> = Vec::new();
    while out.len() < MAX_CHAPTERS {
        let Some(start) = bytes.u64() else { break };
        let Some(title) = bytes.u8().and_then(|size| bytes.take(usize::from(size))) else {
            return (out, false);
        };
        if out.len() >= count && out.last().is_none_or(|(last, _)| start <= *last) {
            break;
        }
        out.push((start, Words::of(Words::before_zero(title))));
    }
    let fits = !out.is_empty() && out.len() >= count.min(MAX_CHAPTERS);
    (out, fits)
}
