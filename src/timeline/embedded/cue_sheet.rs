//! Cue sheets as text, as taggers put them into comments: `TRACK`, `TITLE`, `INDEX 01 mm:ss:ff`.

use crate::model::Chapter;
use crate::timeline::{MAX_CHAPTERS, MAX_MILLIS};

/// Frames of a compact disc in a second.
const FRAMES: u64 = 75;

/// The tracks of a sheet in their order. Those without an `INDEX 01` are left out; titles before the
/// first track are the record's.
pub(super) fn chapters(sheet: &str) -> Vec<Chapter> {
    let mut tracks: Vec<(String, Option<u64>)> = Vec::new();
    for line in sheet.lines() {
        let (word, rest) = line.trim().split_once(char::is_whitespace).unwrap_or_default();
        if word.eq_ignore_ascii_case("TRACK") {
            if tracks.len() >= MAX_CHAPTERS {
                break;
            }
            tracks.push((String::new(), None));
        } else if let Some((title, start)) = tracks.last_mut() {
            if word.eq_ignore_ascii_case("TITLE") {
                rest.trim().trim_matches('"').clone_into(title);
            } else if word.eq_ignore_ascii_case("INDEX") {
                *start = start.or_else(|| index(rest));
            }
        }
    }
    let chapter = |(title, start): (String, Option<u64>)| {
        Some(Chapter { start_ms: start?, title, ..Chapter::default() })
    };
    tracks.into_iter().filter_map(chapter).collect()
}

/// `01 12:34:56`: minutes, seconds, frames; other indices are pauses.
fn index(text: &str) -> Option<u64> {
    let (number, time) = text.trim().split_once(char::is_whitespace)?;
    if number.parse::<u32>().ok()? != 1 {
        return None;
    }
    let mut fields = time.trim().split(':').map(|field| field.parse::<u32>().ok().map(u64::from));
    let (minutes, seconds, frames) = (fields.next()??, fields.next()??, fields.next()??);
    let ms = (minutes * 60 + seconds) * 1000 + frames * 1000 / FRAMES;
    (fields.next().is_none() && ms <= MAX_MILLIS).then_some(ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tracks_are_chapters() {
        let sheet = "PERFORMER \"甲\"\nTITLE \"整集\"\nFILE \"a.wav\" WAVE\n  TRACK 01 AUDIO\n    TITLE \"开场\"\n\
             \x20   INDEX 01 00:00:00\n  TRACK 02 AUDIO\r\n    TITLE \"正题\"\n    INDEX 00 71:58:00\n\
             \x20   INDEX 01 72:00:37\n  TRACK 03 AUDIO\n    TITLE \"没有时间\"\n";
        let all: Vec<_> = chapters(sheet).into_iter().map(|c| (c.start_ms, c.title)).collect();
        assert_eq!(all, [(0, "开场".to_owned()), (4_320_493, "正题".to_owned())]);
    }

    #[test]
    fn nonsense_is_no_track() {
        assert!(
            chapters("TRACK\nINDEX 01 99999999999:1:1\nINDEX 01 1:2\nINDEX x 0:0:0").is_empty()
        );
    }
}
