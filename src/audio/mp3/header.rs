//! MPEG audio layer III frame headers (ISO/IEC 11172-3 2.4.1.3, 13818-3; MPEG-2.5 as in LAME).

/// Bytes of a header.
pub(crate) const HEADER_LEN: usize = 4;
/// The largest frame: MPEG-2.5, 160 kbit/s at 8 kHz, plus padding.
pub(crate) const LARGEST_FRAME: usize = 1441;

const BITRATES_1: [u32; 14] = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const BITRATES_2: [u32; 14] = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

/// What a frame header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Header {
    /// MPEG-1; otherwise MPEG-2 or 2.5.
    pub(crate) mpeg1: bool,
    /// Hz.
    pub(crate) rate: u32,
    /// bit/s.
    pub(crate) bitrate: u32,
    /// 1 or 2.
    pub(crate) channels: usize,
    /// Bytes of the frame with its header.
    pub(crate) size: usize,
    /// A checksum follows the header.
    pub(crate) checked: bool,
}

impl Header {
    /// Reads a header; `None` if these bytes are none, or of another layer, or of the free
    /// format (which no podcast host produces).
    pub(crate) fn parse(bytes: &[u8]) -> Option<Self> {
        let word = u32::from_be_bytes(bytes.get(..HEADER_LEN)?.try_into().ok()?);
        let (sync, version, layer) = (word >> 21, word >> 19 & 3, word >> 17 & 3);
        if sync != 0x7ff || version == 1 || layer != 1 {
            return None;
        }
        let mpeg1 = version == 3;
        let base = *[44_100, 48_000, 32_000].get((word >> 10 & 3) as usize)?;
        let rate = match version {
            3 => base,
            2 => base / 2,
            _ => base / 4,
        };
        let table = if mpeg1 { BITRATES_1 } else { BITRATES_2 };
        let choice = (word >> 12 & 15).checked_sub(1)?;
        let bitrate = table.get(choice as usize)? * 1000;
        // The emphasis value 2 is reserved; random bytes have it often, encoders never.
        if word & 3 == 2 {
            return None;
        }
        let factor = if mpeg1 { 144 } else { 72 };
        let size = factor * bitrate / rate + (word >> 9 & 1);
        Some(Self {
            mpeg1,
            rate,
            bitrate,
            channels: if word >> 6 & 3 == 3 { 1 } else { 2 },
            size: size as usize,
            checked: word >> 16 & 1 == 0,
        })
    }

    /// Frames of sound in the frame.
    pub(crate) fn samples(&self) -> u32 {
        if self.mpeg1 { 1152 } else { 576 }
    }

    /// Bytes of side information after the header.
    pub(crate) fn side_len(&self) -> usize {
        match (self.mpeg1, self.channels) {
            (true, 1) | (false, 2) => 17,
            (true, _) => 32,
            (false, _) => 9,
        }
    }

    /// Whether `next` can follow in the same encoding: streams keep version and rate.
    pub(crate) fn same_stream(&self, next: &Self) -> bool {
        self.mpeg1 == next.mpeg1 && self.rate == next.rate
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_headers_are_read() {
        let header = Header::parse(&[0xff, 0xfb, 0x90, 0x64]).unwrap();
        assert_eq!((header.rate, header.bitrate, header.channels), (44_100, 128_000, 2));
        assert_eq!((header.size, header.samples(), header.side_len()), (417, 1152, 32));
        let mono = Header::parse(&[0xff, 0xf3, 0x84, 0xc4]).unwrap();
        assert_eq!((mono.rate, mono.bitrate, mono.channels, mono.size), (24_000, 64_000, 1, 192));
        let old = Header::parse(&[0xff, 0xe3, 0x18, 0xc4]).unwrap();
        assert_eq!((old.rate, old.samples()), (8_000, 576));
    }

    #[test]
    fn other_bytes_are_no_headers() {
        for bytes in [[0xff, 0xf1, 0x50, 0x80], [0xff, 0xff, 0xff, 0xff], [0; 4], *b"ID3\x04"] {
            assert_eq!(Header::parse(&bytes), None);
        }
        assert_eq!(Header::parse(&[0xff, 0xfb]), None);
    }
}
