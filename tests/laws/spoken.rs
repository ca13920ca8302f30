//! Laws of transcripts.

use latetalk::transcript::{self, MAX_CUES};

use super::clean::{assert_error, assert_line, assert_lines};

/// Any bytes, under a hint that the last byte chooses: cues ascend, never end before they start, and
/// say something on one line.
pub fn transcript(data: &[u8]) {
    let hint = match data.last().map(|b| b % 4) {
        Some(0) => Some("text/html"),
        Some(1) => Some("a.json"),
        Some(2) => Some("text/vtt"),
        _ => None,
    };
    let found = match transcript::parse(data, hint) {
        Ok(found) => found,
        Err(why) => return assert_error(&why),
    };
    assert!(found.cues.len() <= MAX_CUES);
    assert!(found.cues.is_sorted_by_key(|cue| cue.start_ms), "starts do not ascend");
    for cue in &found.cues {
        assert!(cue.start_ms <= cue.end_ms, "{cue:?}");
        assert_line(&cue.text);
        assert!(!cue.text.trim().is_empty(), "{cue:?}");
        assert_lines(&cue.speaker);
        assert!(cue.speaker.as_ref().is_none_or(|name| !name.trim().is_empty()), "{cue:?}");
    }
}
