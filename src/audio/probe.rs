//! What a recording says about itself.

use std::io::{Read, Seek};
use std::sync::Arc;

use id3::TagLike;

use super::AudioError;
use super::block::millis;
use super::container::plain;
use super::gate::{Gate, Gated, SharedMedia};
use super::media::Media;
use super::track::{About, Reader};

/// Bytes of tags that are read.
const LONGEST_TAG: u64 = 32 << 20;

/// A picture in a recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Such as `image/jpeg`; as the recording says.
    pub mime: String,
    /// Its length in bytes.
    pub len: usize,
}

/// What was found out about a recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// Short name of the container, such as `MPEG`, `isomp4`, `ogg`.
    pub container: String,
    /// Short name of the codec, such as `MP3`, `AAC`, `OPUS`.
    pub codec: String,
    /// Hz.
    pub sample_rate: u32,
    /// 1 or more.
    pub channels: u16,
    /// Length in ms, if known.
    pub duration_ms: Option<u64>,
    /// The length is counted or stated, not estimated.
    pub exact: bool,
    /// As tagged.
    pub title: Option<String>,
    /// As tagged.
    pub artist: Option<String>,
    /// The first picture.
    pub picture: Option<Picture>,
}

/// Finds out what a recording is, reading as much of it as an exact length takes: of an MP3 all
/// that can be read without waiting, else the headers.
///
/// # Errors
/// When it cannot be read or holds no sound.
pub fn probe(media: Box<dyn Media>) -> Result<Probe, AudioError> {
    let gate = Arc::new(Gate::default());
    gate.set_patience(std::time::Duration::from_secs(5));
    let shared = SharedMedia::new(media);
    let tags = id3_tags(Gated::new(shared.clone(), Arc::clone(&gate)));
    let mut reader = Reader::open(shared, gate)?;
    while reader.look_ahead()? {}
    if !reader.length().exact {
        reader.measure()?;
    }
    if reader.about().rate == 0 || reader.about().channels == 0 {
        // Some containers leave it to the codec.
        reader.next()?;
    }
    let (about, length) = (reader.about().clone(), reader.length());
    let picture = tags.picture.or(about.picture);
    Ok(Probe {
        container: about.container,
        codec: about.codec,
        sample_rate: about.rate,
        channels: about.channels,
        duration_ms: length.nanos.map(millis),
        exact: length.exact,
        title: tags.title.or(about.title).filter(|text| !text.is_empty()),
        artist: tags.artist.or(about.artist).filter(|text| !text.is_empty()),
        picture: picture.map(|(mime, len)| Picture { mime, len }),
    })
}

/// The ID3 tag at the start, if there is one that can be read.
fn id3_tags(mut media: Gated) -> About {
    let mut about = About::default();
    let mut magic = [0; 3];
    if media.read_exact(&mut magic).is_err() || &magic != b"ID3" || media.rewind().is_err() {
        return about;
    }
    let Some(chosen) = chosen(&head(media)) else { return about };
    let Ok(tag) = id3::Tag::read_from2(std::io::Cursor::new(chosen)) else { return about };
    about.title = tag.title().map(plain);
    about.artist = tag.artist().map(plain);
    about.picture =
        tag.pictures().next().map(|picture| (plain(&picture.mime_type), picture.data.len()));
    about
}

fn head(mut media: Gated) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut first = [0; 10];
    if media.read_exact(&mut first).is_ok() {
        let size =
            first.iter().skip(6).fold(0_u64, |size, &byte| size << 7 | u64::from(byte & 127));
        bytes.extend_from_slice(&first);
        // A tag that cannot be read to its end is tried as far as it goes.
        let _ = media.take(size.min(LONGEST_TAG)).read_to_end(&mut bytes);
    }
    bytes
}

/// A tag of only those frames that are wanted. `id3` follows chapters nested in chapters by recursion
/// and inflates packed frames without limit, so neither reaches it.
fn chosen(tag: &[u8]) -> Option<Vec<u8>> {
    let (head, body) = tag.split_at_checked(10)?;
    let (version, flags) = (*head.get(3)?, *head.get(5)?);
    let whole = flags & 0x80 != 0 && version < 4;
    let plain = if whole { resynchronised(body) } else { body.to_vec() };
    let mut rest = plain.as_slice();
    if flags & 0x40 != 0 {
        let size = u32::from_be_bytes(rest.get(..4)?.try_into().ok()?) as usize;
        rest = rest.get(if version == 3 { size.checked_add(4)? } else { size }..)?;
    }
    let mut frames = Vec::new();
    while let Some((frame, next)) = frame(rest, version) {
        let named = WANTED.iter().any(|name| frame.starts_with(name));
        let packed = match version {
            2 => false,
            3 => frame.get(9).is_some_and(|flags| flags & 0xc0 != 0),
            _ => frame.get(9).is_some_and(|flags| flags & 0x0c != 0),
        };
        if named && !packed {
            frames.extend_from_slice(frame);
        }
        rest = next;
    }
    let size = [21, 14, 7, 0].map(|shift| (frames.len() >> shift & 127) as u8);
    let flags = if version < 4 { 0 } else { flags & 0x80 };
    Some([b"ID3", &[version, 0, flags][..], &size, &frames].concat())
}

/// Title, artist and picture in all versions.
const WANTED: [&[u8]; 6] = [b"TIT2", b"TPE1", b"APIC", b"TT2", b"TP1", b"PIC"];

/// The first frame with its head, and what follows.
fn frame(rest: &[u8], version: u8) -> Option<(&[u8], &[u8])> {
    let bytes = rest.get(if version == 2 { 3..6 } else { 4..8 })?;
    // Seven bits a byte in 2.4, unless the tool did not know.
    let bits = if version == 4 && bytes.iter().all(|byte| byte & 0x80 == 0) { 7 } else { 8 };
    let size = bytes.iter().fold(0_usize, |size, byte| size << bits | usize::from(*byte));
    let head = if version == 2 { 6 } else { 10 };
    let named = rest.first().is_some_and(u8::is_ascii_uppercase);
    rest.split_at_checked(size.checked_add(head).filter(|_| named)?)
}

/// Takes out the zeros that were put behind `FF`.
fn resynchronised(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut after_ff = false;
    for byte in body {
        if !(after_ff && *byte == 0) {
            out.push(*byte);
        }
        after_ff = *byte == 0xff;
    }
    out
}
