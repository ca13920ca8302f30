//! Bytes to text, and which bytes are no text.

/// How much is looked at to tell text from other bytes.
const LOOKED_AT: usize = 64 * 1024;

/// The bytes as text; `None` where they are no text at all. UTF-32 is read here too, since some
/// subtitle tools write it and the web's decoders do not know it.
pub(super) fn text_of(bytes: &[u8]) -> Option<String> {
    if let Some(body) = bytes.strip_prefix(b"\xff\xfe\0\0".as_slice()) {
        return Some(utf32(body, u32::from_le_bytes));
    }
    if let Some(body) = bytes.strip_prefix(b"\0\0\xfe\xff".as_slice()) {
        return Some(utf32(body, u32::from_be_bytes));
    }
    let head = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let strange = head.iter().filter(|b| matches!(b, 1..=8 | 14..=26 | 28..=31)).count();
    // Zeros may be UTF-16's; other controls in number are no text's.
    if strange > 8 && strange.saturating_mul(20) > head.len() {
        return None;
    }
    let text = crate::text::decode(bytes, None).text;
    let zeros = text.chars().take(LOOKED_AT).filter(|c| *c == '\0').count();
    (zeros == 0 || zeros.saturating_mul(50) < head.len()).then_some(text)
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
