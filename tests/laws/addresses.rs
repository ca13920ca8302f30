//! Laws of times and addresses as people type them.

use latetalk::{article, model, snipd};

use super::clean::assert_line;

/// A time, a Media Fragment with it, and an address.
pub fn times(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Some(ms) = model::parse_time(&text) {
        let shown = model::clock(ms);
        assert_eq!(model::parse_time(&shown), Some(ms / 1000 * 1000), "{text:?} is {shown}");
    }
    fragment(&text);
    let canonical = article::canonical_url(&text);
    assert_eq!(article::canonical_url(&canonical), canonical, "of {text:?}");
    assert!(!article::fetch_urls(&text).is_empty(), "nowhere to fetch {text:?} from");
}

/// The range of a snip as players write it.
fn fragment(text: &str) {
    let line = text.lines().next().unwrap_or_default();
    let note = format!(
        "# 访谈\n\n## Snips\n\n### [00:10] 一段\n\n[🎧 Play snip](https://share.snipd.com/snip/1)\n\n\
         <audio controls src=\"https://a.example/1.mp3#t={line}\"></audio>\n"
    );
    for note in snipd::parse(&note) {
        for snip in &note.snips {
            assert!(snip.start_ms < snip.end_ms, "{snip:?}");
        }
        note.enclosure.iter().for_each(|url| assert_line(url));
    }
}
