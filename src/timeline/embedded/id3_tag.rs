//! ID3v2.3 and 2.4: the tag and its frames (<https://id3.org/id3v2.3.0>,
//! <https://id3.org/id3v2.4.0-structure>), as far as chapters need them.

use super::bytes::Bytes;
use super::id3_chapter;
use crate::model::Chapter;

/// Most frames that are looked at, in all.
const MAX_FRAMES: usize = 50_000;

/// A frame: its name and its content as it was before it was made safe for streams.
pub(super) struct Frame {
    pub(super) name: [u8; 4],
    pub(super) body: Vec<u8>,
}

/// How frames are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// ID3v2.3.
    Three,
    /// ID3v2.4.
    Four,
}

/// The length of the tag behind its ten bytes of header; `None` if that is no header.
pub(super) fn size(head: &[u8]) -> Option<u64> {
    let mut bytes = Bytes::new(head);
    if bytes.take(3)? != b"ID3" {
        return None;
    }
    bytes.take(3)?;
    synchsafe(bytes.u32()?).map(u64::from)
}

/// The chapters of a tag; none if it is of another version.
pub(super) fn chapters(head: &[u8], body: Vec<u8>) -> Vec<Chapter> {
    let version = match head.get(3) {
        Some(3) => Version::Three,
        Some(4) => Version::Four,
        _ => return Vec::new(),
    };
    let flags = head.get(5).copied().unwrap_or_default();
    let unsynchronised = flags & 0x80 != 0;
    // In 2.3 the whole tag is made safe at once, in 2.4 each frame says so for itself.
    let body =
        if unsynchronised && version == Version::Three { resynchronised(&body) } else { body };
    let mut bytes = Bytes::new(&body);
    if flags & 0x40 != 0 && skip_extended_header(&mut bytes, version).is_none() {
        return Vec::new();
    }
    let wanted = |name: &[u8; 4]| matches!(name, b"CHAP" | b"CTOC");
    id3_chapter::chapters(&frames(bytes.rest(), version, wanted), version)
}

fn skip_extended_header(bytes: &mut Bytes<'_>, version: Version) -> Option<()> {
    let size = bytes.u32()?;
    let rest = match version {
        Version::Three => size,
        Version::Four => synchsafe(size)?.checked_sub(4)?,
    };
    bytes.take(rest as usize).map(|_| ())
}

/// The frames whose names are wanted. Stops at padding or where the structure breaks off; what came
/// before is kept. Compressed and encrypted frames are passed over.
pub(super) fn frames(body: &[u8], version: Version, wanted: fn(&[u8; 4]) -> bool) -> Vec<Frame> {
    let mut bytes = Bytes::new(body);
    let mut out = Vec::new();
    for _ in 0..MAX_FRAMES {
        let Some((name, flags, content)) = frame(&mut bytes, version) else { break };
        if wanted(&name)
            && let Some(body) = plain(content, flags, version)
        {
            out.push(Frame { name, body });
        }
    }
    out
}

fn frame<'a>(bytes: &mut Bytes<'a>, version: Version) -> Option<([u8; 4], u16, &'a [u8])> {
    let name: [u8; 4] = bytes.take(4)?.try_into().ok()?;
    if !name.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) {
        return None;
    }
    let size = bytes.u32()?;
    let flags = bytes.u16()?;
    let size = match version {
        Version::Three => size,
        Version::Four => frame_size(bytes.rest(), size)?,
    };
    Some((name, flags, bytes.take(size as usize)?))
}

/// Sizes in 2.4 have seven bits a byte; some tools write eight, which shows if only so another frame,
/// padding or the end follows.
fn frame_size(rest: &[u8], size: u32) -> Option<u32> {
    let follows = |size: u32| match rest.get(size as usize..) {
        None => false,
        Some([]) => true,
        Some(next) => {
            next.iter().take(4).all(|b| *b == 0 || b.is_ascii_uppercase() || b.is_ascii_digit())
        }
    };
    match synchsafe(size) {
        Some(safe) if safe == size || follows(safe) || !follows(size) => Some(safe),
        _ => Some(size).filter(|size| follows(*size)),
    }
}

fn plain(content: &[u8], flags: u16, version: Version) -> Option<Vec<u8>> {
    let (grouped, packed, unsynchronised, measured) = match version {
        Version::Three => (flags & 0x20 != 0, flags & 0xc0 != 0, false, false),
        Version::Four => {
            (flags & 0x40 != 0, flags & 0x0c != 0, flags & 0x02 != 0, flags & 0x01 != 0)
        }
    };
    if packed {
        return None;
    }
    let skip = usize::from(grouped) + if measured { 4 } else { 0 };
    let content = content.get(skip..)?;
    Some(if unsynchronised { resynchronised(content) } else { content.to_vec() })
}

/// Takes out the zeros that were put behind `FF` so that no decoder mistakes the tag for sound.
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

/// Four bytes of seven bits each; `None` if a byte has its eighth bit set.
fn synchsafe(value: u32) -> Option<u32> {
    let [a, b, c, d] = value.to_be_bytes().map(u32::from);
    (value & 0x8080_8080 == 0).then_some(a << 21 | b << 14 | c << 7 | d)
}
