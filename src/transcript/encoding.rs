//! Bytes to text: marks, UTF-8, then a guess among the legacy encodings.

use encoding_rs::Encoding;

/// The bytes as text; `None` where they are no text at all. UTF-32 is read here too, since some
/// subtitle tools write it and the web's decoders do not know it.
pub(super) fn text_of(bytes: &[u8]) -> Option<String> {
    if let Some(body) = bytes.strip_prefix(b"\xff\xfe\0\0".as_slice()) {
        return Some(utf32(body, u32::from_le_bytes));
    }
    if let Some(body) = bytes.strip_prefix(b"\0\0\xfe\xff".as_slice()) {
        return Some(utf32(body, u32::from_be_bytes));
    }
    if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        let body = bytes.get(skip..).unwrap_or_default();
        return Some(encoding.decode_without_bom_handling(body).0.into_owned());
    }
    let zeros = bytes.iter().filter(|b| **b == 0).count();
    if zeros > 0 && zeros.saturating_mul(50) > bytes.len() {
        return None;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.to_owned());
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Allow);
    Some(encoding.decode_without_bom_handling(bytes).0.into_owned())
}

fn utf32(bytes: &[u8], number: fn([u8; 4]) -> u32) -> String {
    bytes
        .as_chunks::<4>()
        .0
        .iter()
        .map(|unit| char::from_u32(number(*unit)).unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_and_legacy_texts_are_read() {
        let utf32: Vec<u8> =
            "\u{feff}好的".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
        assert_eq!(text_of(&utf32).as_deref(), Some("好的"));
        let utf16: Vec<u8> = "\u{feff}好的".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text_of(&utf16).as_deref(), Some("好的"));
        let words = "今天我们来聊一聊播客的声音，怎么录，怎么剪，怎么发布。";
        let (gbk, ..) = encoding_rs::GBK.encode(words);
        assert_eq!(text_of(&gbk).as_deref(), Some(words));
    }
}
