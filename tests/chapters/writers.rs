//! Small writers of tags, each after its specification: what the readers of chapters are tried on.

#![allow(dead_code, reason = "each test file uses its part of the writers")]

/// A size in four bytes of seven bits.
pub(crate) fn synchsafe(size: usize) -> [u8; 4] {
    [size >> 21, size >> 14, size >> 7, size].map(|b| (b & 127) as u8)
}

/// Takes sound-like bytes out of a tag: a zero behind each `FF` that needs one.
pub(crate) fn unsynchronised(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for (at, byte) in bytes.iter().enumerate() {
        out.push(*byte);
        let next = bytes.get(at + 1).copied().unwrap_or(0);
        if *byte == 0xff && (next >= 0xe0 || next == 0) {
            out.push(0);
        }
    }
    out
}

/// A frame of ID3v2.3 or 2.4, its size as the version wants it.
pub(crate) fn frame(version: u8, name: &str, flags: u16, body: &[u8]) -> Vec<u8> {
    let size = if version == 4 { synchsafe(body.len()) } else { (body.len() as u32).to_be_bytes() };
    [name.as_bytes(), &size, &flags.to_be_bytes(), body].concat()
}

/// An ID3 tag around frames that are laid out already.
pub(crate) fn tag(version: u8, flags: u8, body: &[u8]) -> Vec<u8> {
    [b"ID3".as_slice(), &[version, 0, flags], &synchsafe(body.len()), body].concat()
}

/// A text frame in UTF-8 (which 2.3 does not know, but all readers do).
pub(crate) fn text(version: u8, name: &str, text: &str) -> Vec<u8> {
    frame(version, name, 0, &[b"\x03", text.as_bytes()].concat())
}

/// The body of a `CHAP` frame.
pub(crate) fn chap(id: &str, start: u32, end: u32, inner: &[u8]) -> Vec<u8> {
    let places = [start.to_be_bytes(), end.to_be_bytes(), [255; 4], [255; 4]].concat();
    [id.as_bytes(), b"\0", &places, inner].concat()
}

/// The body of a `CTOC` frame.
pub(crate) fn ctoc(id: &str, top: bool, entries: &[&str], inner: &[u8]) -> Vec<u8> {
    let mut out = [id.as_bytes(), &[0, if top { 3 } else { 1 }, entries.len() as u8]].concat();
    for entry in entries {
        out.extend(entry.as_bytes());
        out.push(0);
    }
    out.extend(inner);
    out
}

/// Silent MPEG audio: frames of 417 bytes, 26 ms each.
pub(crate) fn silence(frames: usize) -> Vec<u8> {
    let one = [&[0xff, 0xfb, 0x90, 0xc4][..], &[0; 413]].concat();
    one.repeat(frames)
}

/// A box of MP4.
pub(crate) fn boxed(name: &str, content: &[u8]) -> Vec<u8> {
    [&(content.len() as u32 + 8).to_be_bytes(), name.as_bytes(), content].concat()
}

/// Numbers of 32 bits.
pub(crate) fn numbers(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|v| v.to_be_bytes()).collect()
}

/// Entries of Nero's list: starts in ms, titles.
pub(crate) fn nero_entries(titles: &[(u64, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (start, title) in titles {
        out.extend((start * 10_000).to_be_bytes());
        out.push(title.len() as u8);
        out.extend(*title);
    }
    out
}

/// Nero's list in version 1, as most write it.
pub(crate) fn nero(titles: &[(u64, &[u8])]) -> Vec<u8> {
    let head = [&[1, 0, 0, 0, 0][..], &(titles.len() as u32).to_be_bytes()].concat();
    boxed("udta", &boxed("chpl", &[head, nero_entries(titles)].concat()))
}

/// A text sample: its length and the text.
pub(crate) fn text_sample(text: &[u8]) -> Vec<u8> {
    [&(text.len() as u16).to_be_bytes(), text].concat()
}

/// Vorbis comments.
pub(crate) fn comments(all: &[Vec<u8>]) -> Vec<u8> {
    let mut out = [4_u32.to_le_bytes().as_slice(), b"test"].concat();
    out.extend((all.len() as u32).to_le_bytes());
    for comment in all {
        out.extend((comment.len() as u32).to_le_bytes());
        out.extend(comment);
    }
    out
}

/// Packets as pages of one stream.
pub(crate) fn ogg(serial: u32, packets: &[Vec<u8>]) -> Vec<u8> {
    let mut out = Vec::new();
    for (number, packet) in packets.iter().enumerate() {
        let mut parts: Vec<&[u8]> = packet.chunks(255).collect();
        if packet.len().is_multiple_of(255) {
            parts.push(&[]);
        }
        for segments in parts.chunks(255) {
            out.extend(b"OggS\0");
            out.push(if number == 0 { 2 } else { 0 });
            out.extend([0; 8]);
            out.extend(serial.to_le_bytes());
            out.extend([0; 8]);
            out.push(segments.len() as u8);
            out.extend(segments.iter().map(|s| s.len() as u8));
            out.extend(segments.concat());
        }
    }
    out
}

/// A block of FLAC metadata.
pub(crate) fn flac_block(kind: u8, last: bool, body: &[u8]) -> Vec<u8> {
    let size = (body.len() as u32).to_be_bytes();
    [&[kind | if last { 0x80 } else { 0 }], &size[1..], body].concat()
}

/// An EBML element with a size of eight bytes.
pub(crate) fn element(id: u32, content: &[u8]) -> Vec<u8> {
    let id = id.to_be_bytes();
    let skip = id.iter().take_while(|b| **b == 0).count();
    let size = (1_u64 << 56 | content.len() as u64).to_be_bytes();
    [&id[skip..], &size, content].concat()
}

/// An EBML element that holds a number.
pub(crate) fn element_of(id: u32, value: u64) -> Vec<u8> {
    element(id, &value.to_be_bytes())
}

/// A chunk of RIFF (little-endian) or AIFF (big-endian), filled up to an even length.
pub(crate) fn chunk(name: [u8; 4], big: bool, body: &[u8]) -> Vec<u8> {
    let size = body.len() as u32;
    let size = if big { size.to_be_bytes() } else { size.to_le_bytes() };
    let pad: &[u8] = if body.len().is_multiple_of(2) { &[] } else { &[0] };
    [name.as_slice(), &size, body, pad].concat()
}
