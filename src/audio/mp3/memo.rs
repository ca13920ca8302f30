//! The index as bytes, so that a recording that was looked through once need not be again. What comes
//! back is believed only if frames really begin where it says.

use std::io::{Read, Seek, SeekFrom};

use super::header::{HEADER_LEN, Header};
use super::index::{Index, MOST_FRAMES, Stretch};
use super::tags::Overview;
use crate::audio::gate::Gated;

/// What the bytes begin with: a name and the version of their shape.
const MAGIC: &[u8; 8] = b"LTINDEX1";
/// Frames whose headers are looked at before the rest is believed.
const CHECKED: usize = 12;
/// Most stretches that are believed; each piece of a stitched recording is one.
const MOST_STRETCHES: usize = 100_000;

/// Writes down an index of a recording of `len` bytes that begins at byte `start`.
pub(super) fn write(index: &Index, start: u64, len: u64) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    let mut number = |number: u64| put(&mut out, number);
    for field in [len, start, index.place, u64::from(index.done), u64::from(index.steady)] {
        number(field);
    }
    number(index.overview_at.map_or(0, |at| at + 1));
    number(index.stretches.len() as u64);
    for stretch in &index.stretches {
        let start = u64::try_from(stretch.start).unwrap_or(0);
        for field in [stretch.first as u64, start, stretch.rate.into(), stretch.samples.into()] {
            number(field);
        }
    }
    number(index.places.len() as u64);
    let mut before = 0;
    for place in &index.places {
        number(u64::from(place.wrapping_sub(before)));
        before = *place;
    }
    let sum = checksum(&out);
    out.extend_from_slice(&sum.to_le_bytes());
    out
}

/// Reads an index back; `None` if it is not one of this recording, or damaged.
pub(super) fn read(bytes: &[u8], start: u64, media: &mut Gated) -> Option<Index> {
    let (body, sum) = bytes.split_at_checked(bytes.len().checked_sub(8)?)?;
    if u64::from_le_bytes(sum.try_into().ok()?) != checksum(body) {
        return None;
    }
    let mut rest = body.strip_prefix(MAGIC)?;
    let rest = &mut rest;
    let (len, begin, place) = (take(rest)?, take(rest)?, take(rest)?);
    if Some(len) != media.len() || begin != start || place > len {
        return None;
    }
    let (done, steady) = (take(rest)? == 1, take(rest)? == 1);
    let overview_at = take(rest)?.checked_sub(1);
    let mut index = Index { place, overview_at, steady, done, ..Index::new(start, 0) };
    for _ in 0..count(rest, MOST_STRETCHES)? {
        let first = usize::try_from(take(rest)?).ok()?;
        let start = i64::try_from(take(rest)?).ok()?;
        let rate = u32::try_from(take(rest)?).ok().filter(|rate| *rate > 0)?;
        let samples = u32::try_from(take(rest)?).ok()?;
        index.stretches.push(Stretch { first, start, rate, samples });
    }
    let mut before = 0_u32;
    for _ in 0..count(rest, MOST_FRAMES)? {
        before = before.checked_add(u32::try_from(take(rest)?).ok()?)?;
        index.places.push(before);
    }
    let ordered = index.places.is_sorted() && u64::from(before) < place;
    let firsts = index.stretches.iter().map(|stretch| stretch.first);
    let sensible = rest.is_empty()
        && ordered
        && firsts.clone().next() == Some(0)
        && firsts.is_sorted()
        && index.stretches.last().is_some_and(|stretch| stretch.first < index.places.len());
    (sensible && confirm(&mut index, media)?).then_some(index)
}

/// Looks at some frames, and takes from them what is not written down.
fn confirm(index: &mut Index, media: &mut Gated) -> Option<bool> {
    let last = index.len().checked_sub(1)?;
    let mut header_at = |place: u64| {
        let there = media.ready(place, HEADER_LEN as u64);
        let mut bytes = [0; HEADER_LEN];
        media.seek(SeekFrom::Start(place)).ok().filter(|_| there)?;
        media.read_exact(&mut bytes).ok()?;
        Header::parse(&bytes)
    };
    for step in 1..CHECKED {
        let frame = last * step / CHECKED;
        let after = index.stretches.partition_point(|stretch| stretch.first <= frame);
        let stretch = index.stretches.get(after.checked_sub(1)?)?;
        let header = header_at(index.offset(frame)?)?;
        if (header.rate, header.samples()) != (stretch.rate, stretch.samples) {
            return Some(false);
        }
    }
    index.first = Some(header_at(index.offset(0)?)?);
    index.last = Some(header_at(index.offset(last)?)?);
    if let Some(at) = index.overview_at {
        let header = header_at(at)?;
        let mut frame = vec![0; header.size];
        media.seek(SeekFrom::Start(at)).ok()?;
        media.read_exact(&mut frame).ok()?;
        index.first = Some(header);
        index.overview = Some(Overview::parse(&header, &frame)?);
    }
    Some(true)
}

/// Seven bits a byte, the lowest first.
fn put(out: &mut Vec<u8>, mut number: u64) {
    while number > 127 {
        out.push(number as u8 | 128);
        number >>= 7;
    }
    out.push(number as u8);
}

fn take(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..63).step_by(7) {
        let (&byte, after) = rest.split_first()?;
        *rest = after;
        number |= u64::from(byte & 127) << shift;
        if byte < 128 {
            return Some(number);
        }
    }
    None
}

fn count(rest: &mut &[u8], most: usize) -> Option<usize> {
    // Each entry is at least a byte, so damage cannot ask for more memory than there are bytes.
    usize::try_from(take(rest)?).ok().filter(|count| *count <= most.min(rest.len()))
}

/// FNV-1a, 64 bits: damage is to be noticed, nobody is to be kept out.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
