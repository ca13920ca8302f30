//! Binary formats by their first bytes.

use super::{Kind, hint::Hint};

/// What the first bytes say, where they are those of a known binary format.
pub(super) fn told_by(bytes: &[u8], hint: Hint) -> Option<Kind> {
    let starts = |mark: &[u8]| bytes.starts_with(mark);
    if starts(b"\xff\xfe") || starts(b"\xfe\xff") || starts(b"\xef\xbb\xbf") {
        return None; // A byte order mark: text, although the first looks like the sync of MPEG.
    }
    if starts(b"ID3") || starts(b"fLaC") || starts(b"#!AMR") || starts(b"caff") || starts(b"wvpk") {
        return Some(Kind::Audio);
    }
    if starts(b"OggS") {
        let film = contains(head(bytes, 4096), b"\x80theora");
        return Some(if film { Kind::Video } else { Kind::Audio });
    }
    if starts(b"RIFF") || starts(b"RF64") || starts(b"FORM") {
        return match bytes.get(8..12)? {
            b"WAVE" | b"AIFF" | b"AIFC" => Some(Kind::Audio),
            b"WEBP" => Some(Kind::Image),
            b"AVI " => Some(Kind::Video),
            _ => None,
        };
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(mp4(bytes, hint));
    }
    if starts(b"\x1a\x45\xdf\xa3") {
        return Some(matroska(bytes, hint));
    }
    if starts(b"FLV\x01") || is_transport_stream(bytes) {
        return Some(Kind::Video);
    }
    if starts(b"\x30\x26\xb2\x75\x8e\x66\xcf\x11") {
        return Some(if hint == Hint::Video { Kind::Video } else { Kind::Audio });
    }
    if starts(b"%PDF-") || contains(head(bytes, 1024), b"\n%PDF-1") {
        return Some(Kind::Pdf);
    }
    if is_image(bytes) {
        return Some(Kind::Image);
    }
    is_framed_audio(bytes, hint).then_some(Kind::Audio)
}

fn head(bytes: &[u8], length: usize) -> &[u8] {
    bytes.get(..length).unwrap_or(bytes)
}

fn contains(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|window| window == what)
}

fn is_image(bytes: &[u8]) -> bool {
    const MARKS: [&[u8]; 7] = [
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"GIF87a",
        b"GIF89a",
        b"II*\0",
        b"MM\0*",
        b"\0\0\x01\0",
    ];
    MARKS.iter().any(|mark| bytes.starts_with(mark))
        || (bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]))
}

/// Brands first, then the handlers of the tracks, then the hint (ISO/IEC 14496-12 §4.3, §8.4.3).
fn mp4(bytes: &[u8], hint: Hint) -> Kind {
    match bytes.get(8..12) {
        Some(b"M4A " | b"M4B " | b"M4P ") => return Kind::Audio,
        Some(b"heic" | b"heix" | b"mif1" | b"msf1" | b"avif" | b"avis") => return Kind::Image,
        Some(b"M4V ") => return Kind::Video,
        _ => {}
    }
    let handlers: Vec<&[u8]> = bytes
        .windows(16)
        .filter(|window| window.starts_with(b"hdlr"))
        .filter_map(|window| window.get(12..16))
        .take(16)
        .collect();
    if handlers.contains(&b"vide".as_slice()) || (handlers.is_empty() && hint == Hint::Video) {
        Kind::Video
    } else {
        Kind::Audio
    }
}

/// Codec identifiers start with `V_` for pictures and `A_` for sound (Matroska, §27).
fn matroska(bytes: &[u8], hint: Hint) -> Kind {
    let head = head(bytes, 64 * 1024);
    let film = [b"V_VP".as_slice(), b"V_AV", b"V_MP"].iter().any(|id| contains(head, id));
    let sound = [b"A_OP".as_slice(), b"A_VO", b"A_AA", b"A_MP", b"A_FL", b"A_PC"]
        .iter()
        .any(|id| contains(head, id));
    match (film, sound) {
        (false, true) => Kind::Audio,
        (false, false) if hint == Hint::Audio => Kind::Audio,
        (true | false, _) => Kind::Video,
    }
}

fn is_transport_stream(bytes: &[u8]) -> bool {
    (0..3).all(|packet| bytes.get(packet * 188) == Some(&0x47))
}

/// MPEG audio or ADTS: a frame whose length leads to a second one. Recordings that are called so may
/// begin with padding or noise; others must begin with the frame.
fn is_framed_audio(bytes: &[u8], hint: Hint) -> bool {
    let padding = bytes.iter().take(4096).take_while(|b| **b == 0).count();
    let reach = if hint == Hint::Audio { 16 * 1024 } else { 1 };
    (padding..bytes.len().min(padding + reach)).any(|at| {
        let Some(length) = bytes.get(at..).and_then(frame_length) else { return false };
        match bytes.get(at + length..) {
            Some(rest) if rest.len() >= 7 => {
                frame_length(rest).is_some() && same_stream(bytes.get(at..), rest)
            }
            // The whole file is this one frame.
            _ => at == 0 && length == bytes.len(),
        }
    })
}

/// Two frames of one stream agree in version, layer and sample rate.
fn same_stream(first: Option<&[u8]>, second: &[u8]) -> bool {
    let marks = |frame: &[u8]| Some((frame.get(1)? & 0xfe, frame.get(2)? & 0x0c));
    first.and_then(marks).is_some_and(|first| marks(second) == Some(first))
}

/// Length in bytes of the frame that begins here: MPEG audio (ISO/IEC 11172-3 §2.4.2.3) or ADTS
/// (ISO/IEC 14496-3 §1.A.2). `None` where none begins or the length is free.
fn frame_length(bytes: &[u8]) -> Option<usize> {
    let header = bytes.get(..7)?;
    let [sync, second, third, fourth, fifth, sixth, _] = header else { return None };
    if *sync != 0xff || second & 0xe0 != 0xe0 {
        return None;
    }
    let layer = (second >> 1) & 3;
    if layer == 0 {
        let whole = second & 0xf0 == 0xf0 && (third >> 2) & 15 < 13;
        let length =
            (usize::from(fourth & 3) << 11) | (usize::from(*fifth) << 3) | usize::from(sixth >> 5);
        return (whole && length >= 7).then_some(length);
    }
    let version = (second >> 3) & 3;
    let rate_index = (third >> 2) & 3;
    let bitrate_index = usize::from(third >> 4);
    if version == 1 || rate_index == 3 || bitrate_index == 0 || bitrate_index == 15 {
        return None;
    }
    let full_rate = match rate_index {
        0 => 44_100,
        1 => 48_000,
        _ => 32_000,
    };
    let rate = match version {
        3 => full_rate,
        2 => full_rate / 2,
        _ => full_rate / 4,
    };
    let bitrate = kilobits(version == 3, layer, bitrate_index)? * 1000;
    let padding = usize::from((third >> 1) & 1);
    Some(match layer {
        3 => (12 * bitrate / rate + padding) * 4,
        1 if version != 3 => 72 * bitrate / rate + padding,
        _ => 144 * bitrate / rate + padding,
    })
}

/// The table of bit rates; `layer` as in the header (3 is layer I).
fn kilobits(mpeg1: bool, layer: u8, index: usize) -> Option<usize> {
    const V1_L1: [usize; 14] = [32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448];
    const V1_L2: [usize; 14] = [32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
    const V1_L3: [usize; 14] = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    const V2_L1: [usize; 14] = [32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256];
    const V2_L23: [usize; 14] = [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    let table = match (mpeg1, layer) {
        (true, 3) => V1_L1,
        (true, 2) => V1_L2,
        (true, _) => V1_L3,
        (false, 3) => V2_L1,
        (false, _) => V2_L23,
    };
    table.get(index.checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::super::of;
    use super::*;

    /// MPEG-1 layer III, 128 kbit/s, 44.1 kHz: frames of 417 bytes.
    fn mp3(frames: usize) -> Vec<u8> {
        let mut frame = vec![0xff, 0xfb, 0x90, 0x64];
        frame.resize(417, 0);
        frame.repeat(frames)
    }

    #[test]
    fn mpeg_audio_is_known_by_two_frames_and_not_by_one_sync() {
        assert_eq!(of(&mp3(3), None, None), Kind::Audio);
        let mut lonely = mp3(1);
        lonely.extend([0x41; 600]);
        assert_ne!(of(&lonely, None, None), Kind::Audio);
    }

    #[test]
    fn sound_after_noise_is_found_where_the_name_says_sound() {
        let mut bytes = vec![0xff, 0x80, 0x01, 0xff, 0xe0];
        bytes.extend(mp3(4));
        assert_eq!(of(&bytes, Some("a.mp3"), None), Kind::Audio);
    }

    #[test]
    fn adts_is_sound() {
        let mut frame = vec![0xff, 0xf1, 0x50, 0x80, 0x04, 0x1f, 0xfc];
        frame.resize(32, 1);
        assert_eq!(of(&frame.repeat(3), None, None), Kind::Audio);
    }

    #[test]
    fn containers_tell_sound_from_film() {
        let mp4 = |brand: &[u8], handler: &[u8]| {
            [b"\0\0\0\x18ftyp", brand, b"\0\0\0\0isomhdlr\0\0\0\0\0\0\0\0", handler].concat()
        };
        assert_eq!(of(&mp4(b"M4A ", b"soun"), Some("a.mp4"), None), Kind::Audio);
        assert_eq!(of(&mp4(b"isom", b"soun"), None, Some("video/mp4")), Kind::Audio);
        assert_eq!(of(&mp4(b"isom", b"vide"), Some("a.m4a"), None), Kind::Video);
        assert_eq!(of(b"RIFF\x10\0\0\0WAVEfmt ", None, None), Kind::Audio);
        assert_eq!(of(b"RIFF\x10\0\0\0WEBPVP8 ", None, None), Kind::Image);
        assert_eq!(of(b"\x1a\x45\xdf\xa3....A_OPUS", None, None), Kind::Audio);
        assert_eq!(of(b"OggS\0\x02rest", Some("a.txt"), None), Kind::Audio);
        assert_eq!(of(b"%PDF-1.7\n", Some("a.html"), Some("text/html")), Kind::Pdf);
        assert_eq!(of(b"\x89PNG\r\n\x1a\n....", None, None), Kind::Image);
    }
}
