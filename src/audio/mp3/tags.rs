//! What is in an MP3 file that is not sound: ID3, APE, Xing/Info, LAME and VBRI headers.

use super::header::{HEADER_LEN, Header};

/// Entries of a table of contents.
pub(crate) const ENTRIES: usize = 100;
/// Samples every layer III decoder is late by (528) plus one.
const DECODER_DELAY: u32 = 529;

/// Bytes of the tag that starts here, if one does: `ID3v2` (id3.org 2.4 § 3.1), `ID3v1`, APE.
pub(crate) fn tag_len(bytes: &[u8]) -> Option<u64> {
    if let [b'I', b'D', b'3', major, _, flags, sizes @ ..] = bytes
        && *major != 0xff
        && let Some(sizes) = sizes.get(..4)
        && sizes.iter().all(|byte| byte & 0x80 == 0)
    {
        let size = sizes.iter().fold(0_u64, |size, &byte| size << 7 | u64::from(byte));
        return Some(size + if flags & 0x10 == 0 { 10 } else { 20 });
    }
    if bytes.starts_with(b"TAG") {
        return Some(128);
    }
    if bytes.starts_with(b"APETAGEX") {
        let size = u32::from_le_bytes(bytes.get(12..16)?.try_into().ok()?);
        let flags = u32::from_le_bytes(bytes.get(20..24)?.try_into().ok()?);
        // The size leaves out a header, which is where we are if bit 29 says so.
        return Some(u64::from(size) + if flags >> 29 & 1 == 1 { 32 } else { 0 });
    }
    None
}

/// What the first frame of an encoder says about what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Overview {
    /// Frames after this one.
    pub(crate) frames: Option<u32>,
    /// Bytes with this frame.
    pub(crate) bytes: Option<u32>,
    /// The bit rate is said to vary.
    pub(crate) varies: bool,
    /// Samples to drop at the start, decoder delay included.
    pub(crate) delay: u32,
    /// Samples to drop at the end of the last frame.
    pub(crate) padding: u32,
    /// The table of contents: for each hundredth of the time, 256ths of the bytes.
    pub(crate) table: Option<[u8; ENTRIES]>,
    /// The table was written by an encoder of the LAME family or by `FFmpeg`.
    pub(crate) noted: bool,
}

impl Overview {
    /// Reads the overview in the frame that starts with `header`; `None` if it holds sound.
    pub(crate) fn parse(header: &Header, frame: &[u8]) -> Option<Self> {
        let plain = HEADER_LEN + header.side_len();
        // Some encoders count a checksum in, some do not.
        let starts = [plain, plain + 2];
        if let Some(tag) = starts.iter().find_map(|&start| {
            let tag = frame.get(start..)?;
            (tag.starts_with(b"Xing") || tag.starts_with(b"Info")).then_some(tag)
        }) {
            return Self::xing(tag);
        }
        let tag = frame.get(HEADER_LEN + 32..)?;
        tag.starts_with(b"VBRI").then(|| Self {
            bytes: word(tag, 10),
            frames: word(tag, 14),
            varies: true,
            ..Self::default()
        })
    }

    fn xing(tag: &[u8]) -> Option<Self> {
        let flags = word(tag, 4)?;
        let mut at = 8;
        let mut next = |bit: u32, len: usize| {
            let here = (flags & bit != 0).then_some(at);
            at += if here.is_some() { len } else { 0 };
            here
        };
        let (frames, bytes) = (next(1, 4), next(2, 4));
        let table = next(4, ENTRIES);
        next(8, 4);
        let mut overview = Self {
            frames: frames.and_then(|at| word(tag, at)),
            bytes: bytes.and_then(|at| word(tag, at)),
            varies: tag.starts_with(b"Xing"),
            table: table.and_then(|at| tag.get(at..at + ENTRIES)?.try_into().ok()),
            ..Self::default()
        };
        let lame = tag.get(at..).unwrap_or_default();
        overview.noted =
            [b"LAME".as_slice(), b"L3.9", b"Lav"].iter().any(|by| lame.starts_with(by));
        if let Some([high, middle, low]) = lame.get(21..24)
            && lame.first().is_some_and(u8::is_ascii_alphanumeric)
        {
            let delay = u32::from(*high) << 4 | u32::from(*middle) >> 4;
            let padding = (u32::from(*middle) & 15) << 8 | u32::from(*low);
            overview.delay = delay + DECODER_DELAY;
            overview.padding = padding.saturating_sub(DECODER_DELAY);
        }
        Some(overview)
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tag_sizes_are_read() {
        assert_eq!(tag_len(b"ID3\x04\0\0\0\0\x02\x01"), Some(267));
        assert_eq!(tag_len(b"ID3\x04\0\x10\0\0\x02\x01"), Some(277));
        assert_eq!(tag_len(b"ID3\x04\0\0\0\x80\x02\x01"), None);
        assert_eq!(tag_len(b"TAGx"), Some(128));
        assert_eq!(tag_len(b"ID3"), None);
    }

    #[test]
    fn an_info_header_tells_delay_and_padding() {
        let header = Header::parse(&[0xff, 0xfb, 0x90, 0xc4]).unwrap();
        let mut frame = vec![0; 417];
        let tag = [b"Info".as_slice(), &[0, 0, 0, 3], &[0, 0, 1, 0], &[0, 2, 0, 0], b"LAME3.100"];
        frame.splice(21..21, tag.concat());
        // After "LAME3.100": 12 bytes, then the two 12-bit numbers 576 and 1000.
        frame.splice(21 + 25 + 12..21 + 25 + 15, [0x24, 0x03, 0xe8]);
        let overview = Overview::parse(&header, &frame).unwrap();
        assert_eq!((overview.frames, overview.bytes), (Some(256), Some(131_072)));
        assert_eq!((overview.delay, overview.padding, overview.varies), (1105, 471, false));
        assert_eq!(Overview::parse(&header, &[0; 417]), None);
    }
}
