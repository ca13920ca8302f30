//! Bytes to text: which encoding a page, a feed or a note is in. Labels lie often, valid UTF-8 does not.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, Encoding, GB18030, GBK, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252,
};

/// How far into the bytes a declaration is looked for. The standard says 1,024 bytes; sites break it.
const DECLARATION_WITHIN: usize = 8 * 1024;
/// How much of the bytes the detector is shown.
const DETECT_WITHIN: usize = 256 * 1024;

/// Text and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark; not yet cleaned (see [`super::clean`]).
    pub text: String,
    /// The name of the encoding after the WHATWG Encoding Standard, such as `UTF-8` or `gb18030`.
    pub encoding: &'static str,
    /// Whether some bytes had no meaning in it and were replaced by U+FFFD.
    pub lossy: bool,
}

/// Decodes `bytes`. In this order: a byte order mark; UTF-16 without one, by its NUL bytes; valid
/// UTF-8, whatever the labels say; `label` (the `charset` of the HTTP header or of the user); the
/// `<meta charset>` or XML declaration within the first 8 KB; a guess from the bytes. A label that
/// cannot be right (more than a few bytes without meaning) gives way to the next step.
/// `gb2312` and `gbk` are read as GB18030, which contains both.
#[must_use]
pub fn decode(bytes: &[u8], label: Option<&str>) -> Decoded {
    if let Some(decoded) = utf32(bytes) {
        return decoded;
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return read(bytes, encoding);
    }
    if let Some(encoding) = utf16_by_nuls(bytes) {
        return read(bytes, encoding);
    }
    if let Some(decoded) = seven_bit_japanese(bytes) {
        return decoded;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        // ISO-2022-JP and other seven-bit codes are valid UTF-8 too: an escape betrays them.
        if !bytes.contains(&0x1b) || !is_seven_bit_label(label) {
            return Decoded { text: text.to_owned(), encoding: UTF_8.name(), lossy: false };
        }
    }
    if let Some(decoded) = damaged_utf8(bytes) {
        return decoded;
    }
    let candidates = [label.and_then(named), declaration(bytes), Some(guess(bytes))];
    let mut candidates: Vec<_> = candidates.into_iter().flatten().collect();
    // Latin-1 is what servers and editors write when nobody told them: it never fails, so it is last.
    candidates.sort_by_key(|encoding| *encoding == WINDOWS_1252);
    let high = bytes.iter().filter(|byte| **byte >= 0x80).count();
    let mut best: Option<(usize, Decoded)> = None;
    for candidate in candidates {
        let decoded = read(bytes, candidate);
        if !decoded.lossy {
            return decoded;
        }
        let lost = decoded.text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
        // A label with a few bad bytes is still the label: pages are cut and glued by machines.
        if lost * 100 <= high {
            return decoded;
        }
        if best.as_ref().is_none_or(|(least, _)| lost < *least) {
            best = Some((lost, decoded));
        }
    }
    best.map_or_else(|| read(bytes, UTF_8), |(_, decoded)| decoded)
}

/// UTF-32 with its mark, which the web has given up and some editors have not. Its mark begins as that
/// of UTF-16 does, so it is asked first.
fn utf32(bytes: &[u8]) -> Option<Decoded> {
    type Read = fn([u8; 4]) -> u32;
    let (encoding, read): (_, Read) = match bytes.get(..4)? {
        [0xFF, 0xFE, 0, 0] => ("UTF-32LE", u32::from_le_bytes),
        [0, 0, 0xFE, 0xFF] => ("UTF-32BE", u32::from_be_bytes),
        _ => return None,
    };
    let (units, rest) = bytes.get(4..)?.as_chunks::<4>();
    let mut lossy = !rest.is_empty();
    let one = |unit: &[u8; 4]| {
        char::from_u32(read(*unit)).unwrap_or_else(|| {
            lossy = true;
            char::REPLACEMENT_CHARACTER
        })
    };
    let text = units.iter().map(one).collect();
    Some(Decoded { text, encoding, lossy })
}

/// ISO-2022-JP is ASCII with escapes, and needs no label: nothing else has these escapes. Its text is
/// cleaned after it was decoded, so what it hides from a filter before that is of no use here.
fn seven_bit_japanese(bytes: &[u8]) -> Option<Decoded> {
    let escapes: [&[u8]; 2] = [b"\x1b$B", b"\x1b$@"];
    let escapes_at = bytes.iter().position(|byte| *byte == 0x1b)?;
    let rest = bytes.get(escapes_at..).unwrap_or_default();
    let found = rest.windows(3).any(|three| escapes.contains(&three));
    let decoded = (found && bytes.is_ascii()).then(|| read(bytes, ISO_2022_JP))?;
    (!decoded.lossy).then_some(decoded)
}

/// UTF-8 that was cut or glued by a machine: many good sequences for each bad one.
fn damaged_utf8(bytes: &[u8]) -> Option<Decoded> {
    let text = String::from_utf8_lossy(bytes);
    let (mut good, mut lost) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        if c == char::REPLACEMENT_CHARACTER { lost += 1 } else { good += 1 }
    }
    (good > lost.saturating_mul(10)).then(|| Decoded {
        text: text.into_owned(),
        encoding: UTF_8.name(),
        lossy: true,
    })
}

fn read(bytes: &[u8], encoding: &'static Encoding) -> Decoded {
    let (text, used, lossy) = encoding.decode(bytes);
    Decoded { text: text.into_owned(), encoding: used.name(), lossy }
}

/// The encoding of a label. UTF-16 labels without a mark or NULs are wrong by then: bytes that got
/// here hold no UTF-16 (the standard reads a declared UTF-16 as UTF-8 for the same reason).
fn named(label: &str) -> Option<&'static Encoding> {
    let label = label.trim().trim_matches(['"', '\'', ';']);
    let encoding = Encoding::for_label(label.as_bytes())?;
    match encoding {
        e if e == GBK => Some(GB18030),
        e if e == UTF_16LE || e == UTF_16BE => Some(UTF_8),
        e => Some(e),
    }
}

fn is_seven_bit_label(label: Option<&str>) -> bool {
    label.and_then(named).is_some_and(|encoding| !encoding.is_ascii_compatible())
}

/// The encoding that the text itself declares: `<?xml … encoding="…"?>`, `<meta charset=…>`,
/// `content="text/html; charset=…"`, `@charset "…"`.
fn declaration(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(DECLARATION_WITHIN)).unwrap_or_default();
    let head: String = head.iter().map(|b| (*b as char).to_ascii_lowercase()).collect();
    let mut found = Vec::new();
    if head.trim_start().starts_with("<?xml") {
        let prolog = head.split("?>").next().unwrap_or_default();
        found.extend(value_after(prolog, "encoding"));
    }
    for tag in head.split("<meta").skip(1) {
        let tag = tag.split('>').next().unwrap_or_default();
        found.extend(value_after(tag, "charset"));
    }
    found.iter().find_map(|label| named(label))
}

/// The value in `name = "value"`, quoted or not.
fn value_after(text: &str, name: &str) -> Option<String> {
    let (_, rest) = text.split_once(name)?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let rest = rest.trim_start_matches(['"', '\'']);
    let end = rest.find(['"', '\'', ' ', ';', '/', '>', '\n', '\t', '\r']).unwrap_or(rest.len());
    let value = rest.get(..end)?;
    (!value.is_empty()).then(|| value.to_owned())
}

/// UTF-16 without a mark: half of the bytes of any text with markup are NUL, all on one side.
fn utf16_by_nuls(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    if head.len() < 4 {
        return None;
    }
    let (mut even, mut odd) = (0, 0);
    for pair in head.chunks_exact(2) {
        even += usize::from(pair.first() == Some(&0));
        odd += usize::from(pair.last() == Some(&0));
    }
    let pairs = head.len() / 2;
    // Chinese text has NULs only in its spaces, digits and tags: a tenth of the pairs will do.
    if odd * 10 >= pairs && even * 8 <= odd {
        Some(UTF_16LE)
    } else if even * 10 >= pairs && odd * 8 <= even {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// The detector of Firefox. Tags are left out: a long English head would hide a short Chinese text.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let head = bytes.get(..bytes.len().min(DETECT_WITHIN)).unwrap_or_default();
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, head.len() == bytes.len());
    let guessed = detector.guess(None, Utf8Detection::Allow);
    if guessed == GBK {
        return GB18030;
    }
    // A handful of characters is too little for the detector, which then says Korean or Greek; in a
    // Chinese library two-byte text that is valid GB18030 is more likely that. Big5 stays Big5.
    let high = head.iter().filter(|b| **b >= 0x80).count();
    if guessed != BIG5 && high < 24 && high % 2 == 0 && is_gb2312(head) {
        return GB18030;
    }
    guessed
}

/// Whether all that is not ASCII is pairs of GB 2312 level 1 and punctuation, the everyday characters.
fn is_gb2312(bytes: &[u8]) -> bool {
    let mut rest = bytes.iter();
    while let Some(first) = rest.next() {
        if *first < 0x80 {
            continue;
        }
        let everyday = matches!(first, 0xA1 | 0xA3 | 0xB0..=0xD7);
        if !everyday || rest.next().is_none_or(|second| *second < 0xA1) {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "<html><body><p>今天我们请来一位做电池的工程师，聊聊他十年的工作。</p></body></html>";

    #[test]
    fn a_byte_order_mark_wins_and_is_dropped() {
        let decoded = decode(b"\xef\xbb\xbf\xe4\xbd\xa0", Some("gbk"));
        assert_eq!((decoded.text.as_str(), decoded.encoding), ("你", "UTF-8"));
        let utf16: Vec<u8> = "\u{feff}你好".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decode(&utf16, None).text, "你好");
        let utf32: Vec<u8> =
            "\u{feff}你好".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        assert_eq!(decode(&utf32, None).text, "你好");
    }

    #[test]
    fn valid_utf8_beats_every_label() {
        for label in [None, Some("gb2312"), Some("iso-8859-1"), Some("nonsense")] {
            let decoded = decode(TEXT.as_bytes(), label);
            assert_eq!((decoded.text.as_str(), decoded.encoding), (TEXT, "UTF-8"));
        }
    }

    #[test]
    fn chinese_bytes_are_read_with_label_with_declaration_and_with_neither() {
        let (bytes, _, _) = GB18030.encode(TEXT);
        for label in
            ["gb2312", "GBK", "utf-8", "utf-16", "iso-8859-1"].map(Some).into_iter().chain([None])
        {
            let decoded = decode(&bytes, label);
            assert_eq!((decoded.text.as_str(), decoded.encoding), (TEXT, "gb18030"), "{label:?}");
        }
        let (bytes, _, _) = BIG5.encode("<p>這集節目我們聊了很多關於電池的事情，歡迎收聽。</p>");
        assert_eq!(decode(&bytes, None).encoding, "Big5");
    }

    #[test]
    fn a_declaration_beyond_the_first_kilobyte_counts() {
        let page = format!("<!--{}--><meta charset=\"Shift_JIS\"><p>電池</p>", "x".repeat(3000));
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(&page);
        assert_eq!(decode(&bytes, None).encoding, "Shift_JIS");
        let xml = "<?xml version='1.0' encoding='big5'?><t>電池</t>";
        let (bytes, _, _) = BIG5.encode(xml);
        assert_eq!(decode(&bytes, None).text, xml);
    }

    #[test]
    fn utf16_without_a_mark_is_seen_by_its_nuls() {
        let bytes: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let decoded = decode(&bytes, Some("utf-8"));
        assert_eq!((decoded.text.as_str(), decoded.encoding), (TEXT, "UTF-16LE"));
    }

    #[test]
    fn a_short_chinese_text_is_not_korean() {
        let (bytes, _, _) = GB18030.encode("<p>你好</p>");
        assert_eq!(decode(&bytes, None).text, "<p>你好</p>");
    }

    #[test]
    fn broken_bytes_are_replaced_and_reported() {
        let mut bytes = TEXT.as_bytes().to_vec();
        bytes.push(0xE4);
        let decoded = decode(&bytes, Some("utf-8"));
        assert!(decoded.lossy && decoded.text.contains("电池"), "{decoded:?}");
        assert_eq!(decode(b"", None).text, "");
    }
}
