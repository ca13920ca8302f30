//! Frame headers of raw AAC (ISO/IEC 13818-7 § 6.2).

use crate::audio::aac::RATES;

/// The largest frame: 13 bits of length.
pub(crate) const LARGEST_FRAME: usize = 8191;
/// Bytes of a header without a checksum.
pub(super) const HEADER_LEN: usize = 7;

/// What a frame header says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Header {
    profile: u8,
    pub(super) rate: usize,
    pub(super) channels: u8,
    /// Bytes in front of the packet.
    pub(super) head: usize,
    /// Bytes of the frame with its header.
    pub(super) size: usize,
    /// Frames of sound.
    pub(super) samples: u32,
}

impl Header {
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let [0xff, two, three, four, five, six, seven, ..] = *bytes else { return None };
        let rate = usize::from(three >> 2 & 15);
        let size = usize::from(four & 3) << 11 | usize::from(five) << 3 | usize::from(six >> 5);
        let head = if two & 1 == 1 { HEADER_LEN } else { HEADER_LEN + 2 };
        if two & 0xf6 != 0xf0 || rate >= RATES.len() || size <= head {
            return None;
        }
        let (profile, channels) = (three >> 6, (three & 1) << 2 | four >> 6);
        let samples = 1024 * (u32::from(seven & 3) + 1);
        Some(Self { profile, rate, channels, head, size, samples })
    }

    pub(super) fn same_stream(&self, next: &Self) -> bool {
        (self.profile, self.rate, self.channels) == (next.profile, next.rate, next.channels)
    }

    pub(super) fn hertz(&self) -> u32 {
        RATES.get(self.rate).copied().unwrap_or(44_100)
    }
}

/// Whether a frame starts here that is followed by `more` others like it, or by the end.
pub(crate) fn followed(bytes: &[u8], more: usize) -> bool {
    let Some(header) = Header::parse(bytes) else { return false };
    let mut at = header.size;
    for count in 0..more {
        let rest = bytes.get(at..).unwrap_or_default();
        match Header::parse(rest) {
            Some(next) if next.same_stream(&header) => at += next.size,
            Some(_) => return false,
            None => return rest.len() < HEADER_LEN && (count > 0 || at == bytes.len()),
        }
    }
    true
}
