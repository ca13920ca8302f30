//! Laws of telling what a file is, and of reading its bytes as text.

use latetalk::kind::{self, Kind};
use latetalk::text;

use super::clean::assert_text;

/// Any bytes under a name that the last byte chooses. Names are hints: bytes with a mark of their own
/// keep their kind under another name.
pub fn kind(data: &[u8]) {
    let name = match data.last().map(|b| b % 5) {
        Some(0) => Some("a.md"),
        Some(1) => Some("b.json"),
        Some(2) => Some("https://a.example/c.mp3?x=1"),
        Some(3) => Some("d.html"),
        _ => None,
    };
    let told = kind::of(data, name, None);
    let plain = kind::of(data, None, None);
    let firm = |kind| matches!(kind, Kind::Feed | Kind::Opml | Kind::Pdf | Kind::SnipdNote);
    assert!(!firm(plain) || told == plain, "{plain:?} becomes {told:?} as {name:?}");
    let decoded = text::decode(data, Some("gb2312"));
    assert!(!decoded.text.starts_with('\u{feff}') || data.len() > 3);
    assert_text(&text::clean(&decoded.text));
}
