//! Tells what a recording is by its bytes, never by its name: frames are looked for, not believed.

use std::io;

use super::adts;
use super::gate::Gated;
use super::mp3::{self, Window};

/// Bytes that are looked through for the first frame.
const FIRST_SEARCH: usize = 64 * 1024;
/// Most tags one behind another.
const MOST_TAGS: usize = 16;
/// Most chunks of a WAV file in front of its sound.
const MOST_CHUNKS: usize = 64;
/// The number of MP3 in a WAV file.
const MP3_IN_WAV: [u8; 2] = [0x55, 0];

/// Containers that are left to their demuxers.
const CONTAINERS: [&[u8]; 8] =
    [b"fLaC", b"OggS", b"RIFF", b"RF64", b"BW64", b"FORM", b"caff", &[0x1a, 0x45, 0xdf, 0xa3]];

/// Forms that are recognised only to be named, and where their marks stand.
const REFUSED: [(usize, &[u8], &str); 10] = [
    (0, b"ADIF", "AAC in ADIF form"),
    (0, &[0x30, 0x26, 0xb2, 0x75], "Windows Media"),
    (0, b"FLV\x01", "Flash video"),
    (0, b".RMF", "RealMedia"),
    (0, b"MThd", "MIDI"),
    (0, b"#!AMR", "AMR"),
    (0, &[0x0b, 0x77], "AC-3"),
    (0, b".snd", "Sun audio"),
    (8, b"AVI ", "AVI video"),
    (28, b"Speex   ", "Speex"),
];

/// What a recording is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// MPEG audio from this byte on.
    Mp3(u64),
    /// Raw AAC from this byte on.
    Adts(u64),
    /// Something in a container.
    Contained,
    /// Something that is not played here; its name.
    Refused(&'static str),
}

impl Kind {
    /// # Errors
    /// When reading failed for good.
    pub(crate) fn of(media: &mut Gated) -> io::Result<Self> {
        let mut window = Window::default();
        let mut place = 0;
        for _ in 0..MOST_TAGS {
            let bytes = window.at(media, place, 16)?;
            match mp3::tag_len(bytes) {
                Some(len) if bytes.starts_with(b"ID3") => place += len,
                _ => break,
            }
        }
        let bytes = window.at(media, place, 3 * adts::LARGEST_FRAME)?;
        if adts::followed(bytes, 2) {
            return Ok(Self::Adts(place));
        }
        if let Some(name) = refused(bytes) {
            return Ok(Self::Refused(name));
        }
        if bytes.starts_with(b"RIFF") {
            let sound = mp3_in_wav(media, &mut window, place)?;
            return Ok(sound.map_or(Self::Contained, Self::Mp3));
        }
        if CONTAINERS.iter().any(|magic| bytes.starts_with(magic)) || is_mp4(bytes) {
            return Ok(Self::Contained);
        }
        if mp3::followed(bytes, 2) {
            return Ok(Self::Mp3(place));
        }
        let bytes = window.at(media, place, FIRST_SEARCH)?;
        let from = |at: usize| bytes.get(at..).unwrap_or_default();
        Ok((0..bytes.len())
            .find_map(|at| {
                if mp3::followed(from(at), 3) {
                    return Some(Self::Mp3(place + at as u64));
                }
                adts::followed(from(at), 3).then_some(Self::Adts(place + at as u64))
            })
            .unwrap_or(Self::Contained))
    }
}

fn is_mp4(bytes: &[u8]) -> bool {
    matches!(bytes.get(4..8), Some(b"ftyp" | b"moov" | b"mdat" | b"wide" | b"free" | b"skip"))
}

fn refused(bytes: &[u8]) -> Option<&'static str> {
    let marked = REFUSED
        .iter()
        .find(|(at, mark, _)| bytes.get(*at..).is_some_and(|rest| rest.starts_with(mark)));
    if let Some((_, _, name)) = marked {
        return Some(name);
    }
    if bytes.is_empty() {
        return Some("an empty file");
    }
    let text = bytes.iter().find(|byte| !byte.is_ascii_whitespace() && !byte.is_ascii_control());
    let word = |word: &[u8]| {
        bytes
            .iter()
            .take(512)
            .copied()
            .collect::<Vec<u8>>()
            .windows(word.len())
            .any(|part| part.eq_ignore_ascii_case(word))
    };
    if text == Some(&b'<') && (word(b"<html") || word(b"<!doctype") || word(b"<?xml")) {
        return Some("a web page");
    }
    let packets = (0..5).all(|packet| bytes.get(packet * 188) == Some(&0x47));
    packets.then_some("an MPEG transport stream")
}

/// Where the frames begin in a WAV file that holds MP3.
fn mp3_in_wav(media: &mut Gated, window: &mut Window, start: u64) -> io::Result<Option<u64>> {
    let mut place = start + 12;
    let mut mp3 = false;
    for _ in 0..MOST_CHUNKS {
        let [a, b, c, d, one, two, three, four, rest @ ..] = window.at(media, place, 10)? else {
            break;
        };
        match &[*a, *b, *c, *d] {
            b"fmt " => mp3 = rest == MP3_IN_WAV,
            b"data" => return Ok(mp3.then_some(place + 8)),
            _ => {}
        }
        let size = u64::from(u32::from_le_bytes([*one, *two, *three, *four]));
        place += 8 + size + (size & 1);
    }
    Ok(None)
}
