//! ID3v2.3 and 2.4: the tag and its frames (<https://id3.org/id3v2.3.0>,
//! <https://id3.org/id3v2.4.0-structure>), as far as chapters need them. Version 2.2 knows none.

use std::io::{Cursor, Read, Seek};

use flate2::read::ZlibDecoder;

use super::bytes::Bytes;
use super::source::Source;
use super::{MAX_TAG, id3_chapter};
use crate::model::Chapter;
use crate::timeline::TimelineError;

/// Most frames that are looked at, in one tag or one chapter.
const MAX_FRAMES: usize = 50_000;

/// The longest that a compressed frame may become.
const MAX_INFLATED: u64 = 4 << 20;

/// Length of the head of a tag and of a frame.
const HEAD: u64 = 10;

/// How frames are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// ID3v2.3.
    Three,
    /// ID3v2.4.
    Four,
}

/// What holds for all frames of a tag.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tag {
    version: Version,
    /// The head says that every frame was made safe for streams.
    safe: bool,
}

/// A frame: its name, and where its content stands.
pub(super) struct Frame {
    pub(super) name: [u8; 4],
    pub(super) start: u64,
    pub(super) end: u64,
    flags: u16,
}

/// What stands at a place in a tag.
pub(super) enum Next {
    Frame(Frame),
    /// Padding, the end, or nothing that makes sense.
    Nothing,
    /// The file ends here.
    Cut,
}

/// The chapters of the tag that begins at the source's place, and where the tag ends; `None` if
/// there is no tag.
pub(super) fn read<R: Read + Seek>(
    source: &mut Source<R>,
) -> Result<Option<(Vec<Chapter>, u64)>, TimelineError> {
    let Some([b'I', b'D', b'3', version, _, flags, size @ ..]) = source.array::<10>()? else {
        return Ok(None);
    };
    let Some(size) = synchsafe(u32::from_be_bytes(size)) else { return Ok(None) };
    let end = source.at().saturating_add(u64::from(size));
    let footer = if version == 4 && flags & 0x10 != 0 { HEAD } else { 0 };
    let version = match version {
        3 => Version::Three,
        4 => Version::Four,
        _ => return Ok(Some((Vec::new(), end))),
    };
    let tag = Tag { version, safe: flags & 0x80 != 0 };
    let extended = flags & 0x40 != 0;
    let chapters = if version == Version::Three && tag.safe {
        safe_as_a_whole(&source.up_to(u64::from(size).min(MAX_TAG))?, tag, extended)?
    } else {
        frames(source, end, tag, extended)?
    };
    Ok(Some((chapters, end.saturating_add(footer))))
}

/// In 2.3 the whole tag was made safe at once, sizes are those from before. Some tools count as 2.4
/// does.
fn safe_as_a_whole(body: &[u8], tag: Tag, extended: bool) -> Result<Vec<Chapter>, TimelineError> {
    let plain = resynchronised(body);
    let end = plain.len() as u64;
    let chapters =
        frames(&mut Source::new(Cursor::new(plain))?, end, Tag { safe: false, ..tag }, extended)?;
    if !chapters.is_empty() {
        return Ok(chapters);
    }
    frames(&mut Source::new(Cursor::new(body))?, body.len() as u64, tag, extended)
}

fn frames<R: Read + Seek>(
    source: &mut Source<R>,
    end: u64,
    tag: Tag,
    extended: bool,
) -> Result<Vec<Chapter>, TimelineError> {
    if extended {
        skip_extended_header(source, end, tag.version)?;
    }
    id3_chapter::chapters(source, end, tag)
}

/// Passes over the extended header, if there really is one.
fn skip_extended_header<R: Read + Seek>(
    source: &mut Source<R>,
    end: u64,
    version: Version,
) -> Result<(), TimelineError> {
    let start = source.at();
    let Some(size) = source.array::<4>()?.map(u32::from_be_bytes) else { return Ok(()) };
    let behind = match version {
        Version::Three => Some(u64::from(size) + 4),
        Version::Four => synchsafe(size).map(u64::from),
    };
    let behind = behind.and_then(|size| start.checked_add(size)).filter(|at| *at < end);
    source.go(behind.unwrap_or(start))
}

impl Tag {
    /// The frames from the source's place to `end`, each handed to `look`, which leaves the source
    /// anywhere and says whether to go on. Stops where the structure breaks off.
    pub(super) fn each<R: Read + Seek>(
        self,
        source: &mut Source<R>,
        end: u64,
        mut look: impl FnMut(&mut Source<R>, Self, &Frame) -> Result<bool, TimelineError>,
    ) -> Result<Next, TimelineError> {
        for _ in 0..MAX_FRAMES {
            let frame = match self.next(source, end)? {
                Next::Frame(frame) => frame,
                other => return Ok(other),
            };
            if !look(source, self, &frame)? {
                return Ok(Next::Cut);
            }
            source.go(frame.end)?;
        }
        Ok(Next::Nothing)
    }

    fn next<R: Read + Seek>(self, source: &mut Source<R>, end: u64) -> Result<Next, TimelineError> {
        if source.at().saturating_add(HEAD) > end {
            return Ok(Next::Nothing);
        }
        let head = source.up_to(HEAD)?;
        if head.get(..4).is_some_and(|name| !is_name(name)) {
            return Ok(Next::Nothing);
        }
        let mut bytes = Bytes::new(&head);
        let name = bytes.take(4).and_then(|name| name.try_into().ok());
        let (Some(name), Some(size), Some(flags)) = (name, bytes.u32(), bytes.u16()) else {
            return Ok(Next::Cut);
        };
        let start = source.at();
        let size = self.size(source, size, end)?;
        let frame = Frame { name, start, end: start.saturating_add(size), flags };
        Ok(if frame.end > end { Next::Nothing } else { Next::Frame(frame) })
    }

    /// The size of a frame. Those in 2.4 have seven bits a byte, those in 2.3 eight; some tools write
    /// the other ones, even mixed in one tag, which shows by what follows.
    fn size<R: Read + Seek>(
        self,
        source: &mut Source<R>,
        written: u32,
        end: u64,
    ) -> Result<u64, TimelineError> {
        let plain = u64::from(written);
        let Some(safe) = synchsafe(written).map(u64::from) else { return Ok(plain) };
        if safe == plain {
            return Ok(plain);
        }
        let (proper, other) = match self.version {
            Version::Three => (plain, safe),
            Version::Four => (safe, plain),
        };
        let start = source.at();
        let mut follows = |size| frame_follows(source, start.saturating_add(size), end);
        let size = if follows(proper)? || !follows(other)? { proper } else { other };
        source.go(start)?;
        Ok(size)
    }

    /// What holds for frames within a frame that is unpacked already.
    pub(super) fn inside(self) -> Self {
        Self { safe: false, ..self }
    }

    /// Whether a frame stands in the file as it is: nothing packed, nothing put in, nothing in front.
    pub(super) fn is_plain(self, frame: &Frame) -> bool {
        let odd = if self.version == Version::Three { 0xe0 } else { 0x4f };
        frame.flags & odd == 0 && !self.safe
    }

    /// The content of a frame as it was before it was packed or made safe, from its start on and not
    /// much more than `limit` bytes of it. `None` if it is encrypted or broken.
    pub(super) fn body<R: Read + Seek>(
        self,
        source: &mut Source<R>,
        frame: &Frame,
        limit: u64,
    ) -> Result<Option<Vec<u8>>, TimelineError> {
        source.go(frame.start)?;
        let wanted = (frame.end - frame.start).min(limit);
        let Some(content) = source.exactly(wanted)? else { return Ok(None) };
        let has = |three, four| {
            frame.flags & (if self.version == Version::Three { three } else { four }) != 0
        };
        if has(0x40, 0x04) {
            return Ok(None);
        }
        let grouped = usize::from(has(0x20, 0x40));
        let measured = if has(0x80, 0x01) { 4 } else { 0 };
        let Some(rest) = content.get(grouped + measured..) else { return Ok(None) };
        let may_be_safe = self.safe && !cannot_be_safe(rest);
        let rest = if has(0, 0x02) || may_be_safe { resynchronised(rest) } else { rest.to_vec() };
        if !has(0x80, 0x08) {
            return Ok(Some(rest));
        }
        let mut plain = Vec::new();
        // A frame that was cut by the limit is inflated as far as it goes.
        let _ = ZlibDecoder::new(&*rest).take(limit.min(MAX_INFLATED)).read_to_end(&mut plain);
        Ok((!plain.is_empty()).then_some(plain))
    }
}

/// Whether a frame, padding or the end stands at a place.
fn frame_follows<R: Read + Seek>(
    source: &mut Source<R>,
    at: u64,
    end: u64,
) -> Result<bool, TimelineError> {
    if at >= end {
        return Ok(at == end);
    }
    source.go(at)?;
    let name = source.up_to((end - at).min(4))?;
    Ok(!name.is_empty() && (name.iter().all(|b| *b == 0) || is_name(&name)))
}

fn is_name(name: &[u8]) -> bool {
    name.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// `FF` followed by something that looks like sound shows that nothing was made safe.
fn cannot_be_safe(body: &[u8]) -> bool {
    body.windows(2).any(|pair| matches!(pair, [0xff, 0xe0..=0xff]))
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
