//! Tells an MP3 from everything else by its frames, not by its name.

use std::io;

use super::header::LARGEST_FRAME;
use super::index::followed;
use super::tags::tag_len;
use super::window::Window;
use crate::audio::gate::Gated;

/// Bytes that are looked through for the first frame.
const FIRST_SEARCH: usize = 64 * 1024;

/// Says whether the recording is an MP3 and where its first frame or tag begins.
///
/// # Errors
/// When reading failed for good.
pub(crate) fn sniff(media: &mut Gated) -> io::Result<Option<u64>> {
    let mut window = Window::default();
    let mut place = 0;
    for _ in 0..16 {
        let bytes = window.at(media, place, 16)?;
        match tag_len(bytes) {
            Some(len) if bytes.starts_with(b"ID3") => place += len,
            _ => break,
        }
    }
    let bytes = window.at(media, place, 2 * LARGEST_FRAME + 16)?;
    let other = [b"fLaC".as_slice(), b"OggS", b"RIFF", b"FORM", &[0x1a, 0x45, 0xdf, 0xa3]];
    let adts = matches!(bytes, [0xff, second, ..] if second & 0xf6 == 0xf0);
    if adts
        || other.iter().any(|magic| bytes.starts_with(magic))
        || bytes.get(4..8) == Some(b"ftyp")
    {
        return Ok(None);
    }
    if followed(bytes, 2) {
        return Ok(Some(place));
    }
    let bytes = window.at(media, place, FIRST_SEARCH)?;
    let found = (0..bytes.len()).find(|&at| followed(bytes.get(at..).unwrap_or_default(), 3));
    Ok(found.map(|at| place + at as u64))
}
