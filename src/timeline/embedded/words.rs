//! Texts in tags: their encoding is what the tag says, unless it cannot be.

use encoding_rs::{UTF_16BE, UTF_16LE};

use crate::text::decode;

/// A text of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Words {
    /// What it says.
    Sure(String),
    /// Bytes in some older encoding, whatever the tag calls it.
    Doubtful(Vec<u8>),
}

impl Default for Words {
    fn default() -> Self {
        Self::Sure(String::new())
    }
}

impl Words {
    /// Text of bytes: UTF-8 or, with a byte order mark, UTF-16; else doubtful. A character that was
    /// cut off at the end goes.
    pub(super) fn of(bytes: &[u8]) -> Self {
        if bytes.starts_with(&[0xfe, 0xff]) || bytes.starts_with(&[0xff, 0xfe]) {
            return Self::Sure(wide(bytes));
        }
        let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::Sure(text.to_owned()),
            Err(error) => match bytes.split_at_checked(error.valid_up_to()) {
                // More than ASCII before the cut shows that it is UTF-8 indeed.
                Some((text, _)) if error.error_len().is_none() && !text.is_ascii() => {
                    Self::Sure(String::from_utf8_lossy(text).into_owned())
                }
                _ => Self::Doubtful(bytes.to_vec()),
            },
        }
    }

    /// Nothing that can be seen.
    pub(super) fn is_blank(&self) -> bool {
        match self {
            Self::Sure(text) => text.trim().is_empty(),
            Self::Doubtful(bytes) => bytes.is_empty(),
        }
    }

    /// The bytes before the first zero, which ends a text.
    pub(super) fn before_zero(bytes: &[u8]) -> &[u8] {
        bytes.split(|byte| *byte == 0).next().unwrap_or_default()
    }
}

/// UTF-16; without a byte order mark the side on which the high bytes seem to be.
pub(super) fn wide(bytes: &[u8]) -> String {
    let (encoding, bytes) = match bytes {
        [0xfe, 0xff, rest @ ..] => (UTF_16BE, rest),
        [0xff, 0xfe, rest @ ..] => (UTF_16LE, rest),
        bytes => (if is_big_endian(bytes) { UTF_16BE } else { UTF_16LE }, bytes),
    };
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// The high bytes of a text are few (Latin) or those of ideographs and their punctuation.
fn is_big_endian(bytes: &[u8]) -> bool {
    let high = |byte: &u8| matches!(byte, 0 | 0x20 | 0x30 | 0x4e..=0x9f | 0xff);
    let (mut first, mut second) = (0_usize, 0_usize);
    for pair in bytes.chunks_exact(2) {
        first += usize::from(pair.first().is_some_and(high));
        second += usize::from(pair.last().is_some_and(high));
    }
    first > second
}

/// What the texts say. Those that are doubtful are judged together: one title is too little to know
/// GBK from Big5 or Latin 1, all of them seldom are.
pub(super) fn settle(words: Vec<Words>) -> Vec<String> {
    let mut joined = Vec::new();
    for word in &words {
        if let Words::Doubtful(bytes) = word {
            joined.extend(bytes.iter().map(|b| if *b == b'\n' { b' ' } else { *b }));
            joined.push(b'\n');
        }
    }
    let decoded = if joined.is_empty() { String::new() } else { decode(&joined, None).text };
    let mut lines = decoded.split('\n');
    let text = |word| match word {
        Words::Sure(text) => text,
        Words::Doubtful(_) => lines.next().unwrap_or_default().to_owned(),
    };
    words.into_iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, GB18030, WINDOWS_1252};

    use super::*;

    fn read_as(encoding: &'static encoding_rs::Encoding, titles: &[&str]) -> Vec<String> {
        settle(titles.iter().map(|title| Words::of(&encoding.encode(title).0)).collect())
    }

    #[test]
    fn older_encodings_are_told_by_all_titles_together() {
        let titles = ["开场", "为什么要做电池", "Q & A", "尾声"];
        assert_eq!(read_as(GB18030, &titles), titles);
        let titles = ["開場白", "為什麼選擇這個題目", "訪談：電池的未來", "結語"];
        assert_eq!(read_as(BIG5, &titles), titles);
        let titles = ["Début", "Où en est-on ?", "Le café à côté", "Fin"];
        assert_eq!(read_as(WINDOWS_1252, &titles), titles);
    }

    #[test]
    fn a_character_that_was_cut_off_goes() {
        let bytes = "开场".as_bytes();
        assert_eq!(Words::of(&bytes[..5]), Words::Sure("开".into()));
    }

    #[test]
    fn utf_16_is_read_with_a_mark_and_without() {
        let text = "嘉宾：张三, Hi";
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!((wide(&big).as_str(), wide(&little).as_str()), (text, text));
        assert_eq!(Words::of(&[&[0xff, 0xfe], &little[..]].concat()), Words::Sure(text.into()));
    }
}
