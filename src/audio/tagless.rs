//! What demuxers must not see. Those of `symphonia` follow chapters in ID3 tags that are nested in
//! chapters, and tables that name each other without end, which a hostile tag turns into an overflow
//! of the stack; and of WAV files they know only those up to 4 GiB.

use std::io::{self, ErrorKind, Read, Seek, SeekFrom};

use super::gate::{Gated, Veil};
use super::mp3::tag_len;

/// Most tags one behind another.
const MAX_TAGS: usize = 16;

/// Most chunks of an AIFF file that are looked at.
const MAX_CHUNKS: usize = 4_096;

/// A name that no chunk has.
const NOBODY: [u8; 4] = *b"skip";

/// The recording without the ID3 tags at its start and in chunks of AIFF; a long WAV file (RF64, EBU
/// Tech 3306) as if it were a short one.
///
/// # Errors
/// When reading failed for good.
pub(crate) fn without_tags(mut media: Gated) -> io::Result<Gated> {
    let mut veil = Veil::default();
    let mut head = at::<16>(&mut media, 0)?;
    for _ in 0..MAX_TAGS {
        match head.and_then(|head| tag_len(&head)) {
            Some(len) if head.is_some_and(|head| head.starts_with(b"ID3")) => veil.front += len,
            _ => break,
        }
        head = at(&mut media, veil.front)?;
    }
    let is_aiff = |head: [u8; 16]| matches!(head.get(8..12), Some(b"AIFF" | b"AIFC"));
    if head.is_some_and(|head| head.starts_with(b"FORM") && is_aiff(head)) {
        let tags = tag_chunks(&mut media, veil.front + 12)?;
        veil.patches = tags.into_iter().map(|place| (place, NOBODY)).collect();
    }
    if head.is_some_and(|head| head.starts_with(b"RF64") || head.starts_with(b"BW64")) {
        shorten(&mut media, &mut veil)?;
    }
    let mut media = media.behind(veil);
    media.rewind()?;
    Ok(media)
}

/// Tells the demuxer where the sound of a long WAV file ends, as far as it can count.
fn shorten(media: &mut Gated, veil: &mut Veil) -> io::Result<()> {
    veil.patches.push((veil.front, *b"RIFF"));
    let Some(sizes) = at::<36>(media, veil.front)? else { return Ok(()) };
    let sound = sizes.get(28..36).and_then(|size| size.try_into().ok()).map(u64::from_le_bytes);
    let mut place = veil.front + 12;
    for _ in 0..MAX_CHUNKS {
        let Some([a, b, c, d, size @ ..]) = at::<8>(media, place)? else { break };
        if [a, b, c, d] == *b"data" {
            let sound = sound.filter(|_| sizes.get(12..16) == Some(b"ds64"));
            veil.until = sound.map(|sound| (place + 8).saturating_add(sound));
            let known = sound.and_then(|sound| u32::try_from(sound).ok());
            veil.patches.extend(known.map(|size| (place + 4, size.to_le_bytes())));
            break;
        }
        let size = u64::from(u32::from_le_bytes(size));
        place = place.saturating_add(8 + size + (size & 1));
    }
    Ok(())
}

/// Where the names of chunks with tags stand.
fn tag_chunks(media: &mut Gated, mut place: u64) -> io::Result<Vec<u64>> {
    let mut found = Vec::new();
    for _ in 0..MAX_CHUNKS {
        let Some([a, b, c, d, size @ ..]) = at::<8>(media, place)? else { break };
        if [a, b, c, d].eq_ignore_ascii_case(b"ID3 ") {
            found.push(place);
        }
        let size = u64::from(u32::from_be_bytes(size));
        place = place.saturating_add(8 + size + (size & 1));
    }
    Ok(found)
}

/// Bytes at a place; `None` if the recording ends before.
fn at<const N: usize>(media: &mut Gated, place: u64) -> io::Result<Option<[u8; N]>> {
    if media.len().is_some_and(|len| place.saturating_add(N as u64) > len) {
        return Ok(None);
    }
    media.seek(SeekFrom::Start(place))?;
    let mut bytes = [0; N];
    match media.read_exact(&mut bytes) {
        Ok(()) => Ok(Some(bytes)),
        Err(err) if err.kind() == ErrorKind::UnexpectedEof => Ok(None),
        Err(err) => Err(err),
    }
}
