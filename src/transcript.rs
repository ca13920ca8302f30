//! Transcripts in their many forms (SRT, WebVTT, SBV, TTML, JSON, HTML, LRC, Markdown, plain text) to
//! cues.
//!
//! The form is told by the content; the hint is not needed for any of them. What one machine or
//! another writes around the words (indices, settings, styles, tags, entities) is taken off, what is
//! said stays word for word.

mod cues;
mod encoding;
mod html;
mod joining;
mod json;
mod lines;
mod rolling;
mod speakers;
mod stamps;
mod tags;
mod timed;
mod times;
mod xml;

use std::borrow::Cow;

use crate::model::Transcript;

/// Longest transcript that is read, in bytes. A day of speech is about 2 MB.
pub const MAX_BYTES: usize = 64 << 20;

/// Most cues that are kept; what follows them is left out.
pub const MAX_CUES: usize = 200_000;

/// Why a transcript cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum TranscriptError {
    /// More than [`MAX_BYTES`].
    #[error("reading a transcript: it is {0} bytes long, more than 64 MiB; cut it into parts")]
    TooLarge(usize),
    /// The bytes are no text in any encoding.
    #[error(
        "reading a transcript: it is no text; a file in SRT, WebVTT, JSON, HTML or plain text is needed"
    )]
    NotText,
    /// It begins like JSON but is broken.
    #[error("reading a transcript: the JSON is broken ({0}); fetch or export it again")]
    Json(#[from] serde_json::Error),
}

/// Reads a transcript. `hint` is a MIME type or a file name; it counts only where the content leaves
/// the form open (text that begins with a tag). A text without any time gives a cue of zero length
/// at 0 for each paragraph; a text without words gives no cues.
///
/// The cues ascend by start and never end before they start. Their texts are single lines without
/// control characters.
///
/// # Errors
/// [`TranscriptError`] where the bytes are too many, no text, or broken JSON.
pub fn parse(bytes: &[u8], hint: Option<&str>) -> Result<Transcript, TranscriptError> {
    if bytes.len() > MAX_BYTES {
        return Err(TranscriptError::TooLarge(bytes.len()));
    }
    let text = encoding::text_of(bytes).ok_or(TranscriptError::NotText)?;
    let text = one_line_end(text.trim_start_matches('\u{feff}'));
    let text = text.as_ref();
    let begin = text.trim_start();
    if begin.starts_with("WEBVTT") {
        return Ok(cues::finish(timed::webvtt(text)));
    }
    if begin.starts_with(['{', '[']) {
        match json::value_of(begin) {
            Ok(value) => return Ok(cues::finish(json::cues(&value))),
            // `[00:01] words` begins like a list.
            Err(error) if begin.starts_with('{') || hint_says(hint, "json") => {
                return Err(error.into());
            }
            Err(_) => {}
        }
    }
    if xml::looks_like(begin) {
        return Ok(cues::finish(xml::cues(begin)));
    }
    if timed::has_timing_lines(text) {
        return Ok(cues::finish(timed::subrip(text)));
    }
    if html::looks_like(begin) || (begin.contains('<') && hint_says(hint, "htm")) {
        return Ok(cues::finish(html::cues(text)));
    }
    Ok(cues::finish(lines::cues(text)))
}

/// Lines may end in a lone CR, as on old Macs and as WebVTT allows.
fn one_line_end(text: &str) -> Cow<'_, str> {
    let lone = text
        .bytes()
        .zip(text.bytes().skip(1).chain([0]))
        .any(|two| two.0 == b'\r' && two.1 != b'\n');
    if lone { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() }
}

fn hint_says(hint: Option<&str>, word: &str) -> bool {
    hint.is_some_and(|hint| hint.to_ascii_lowercase().contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<(u64, u64, Option<String>, String)> {
        let transcript = parse(text.as_bytes(), None).unwrap();
        transcript.cues.into_iter().map(|c| (c.start_ms, c.end_ms, c.speaker, c.text)).collect()
    }

    fn cue(start: u64, end: u64, who: &str, text: &str) -> (u64, u64, Option<String>, String) {
        (start, end, (!who.is_empty()).then(|| who.to_owned()), text.to_owned())
    }

    #[test]
    fn srt_is_read_with_any_comma_any_hours_and_without_indices() {
        let text = "\u{feff}1\r\n00:00:01,000 --> 00:00:02,500\r\n第一句\r\n接着说\r\n\r\n\
                    0:00:03.000 --> 100:00:04.5\r\n<i>Two</i> words\r\nand more {\\an8}\r\n";
        assert_eq!(
            said(text),
            [cue(1000, 2500, "", "第一句接着说"), cue(3000, 360_004_500, "", "Two words and more")]
        );
    }

    #[test]
    fn lines_may_end_in_a_lone_carriage_return() {
        let text =
            "1\r00:00:01,000 --> 00:00:02,000\r你好\r\r2\r00:00:02,000 --> 00:00:03,000\r再见\r";
        assert_eq!(said(text), [cue(1000, 2000, "", "你好"), cue(2000, 3000, "", "再见")]);
    }

    #[test]
    fn a_colon_in_the_words_loses_nothing() {
        let text = "1\n00:01 --> 00:02\n林晚：三点：四点\n\n2\n00:02 --> 00:03\n林晚：好\n";
        assert_eq!(
            said(text),
            [cue(1000, 2000, "林晚", "三点：四点"), cue(2000, 3000, "林晚", "好")]
        );
    }

    #[test]
    fn webvtt_voices_notes_styles_and_entities_are_understood() {
        let text = "WEBVTT - 标题\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE 不读\n这也不读\n\n\
                    intro\n00:01.000 --> 00:02.000 line:0 align:start\n<v.loud 林晚>A &amp; B &lt;3&nbsp;天</v>\n\n\
                    00:02.000 --> 00:03.000\n<v 周南>好\n<v 林晚>是\n";
        assert_eq!(
            said(text),
            [
                cue(1000, 2000, "林晚", "A & B <3 天"),
                cue(2000, 3000, "周南", "好"),
                cue(2000, 3000, "林晚", "是")
            ]
        );
    }

    #[test]
    fn times_beyond_reason_do_no_harm() {
        let text = "1\n99999999:59:59,999 --> 100000000:00:00,000\nfar\n\n2\n00:00:-1,000 --> aa:bb\nbad\n";
        assert!(said(text).iter().all(|(start, end, ..)| start <= end));
        assert!(parse(&[0, 159, 146, 150, 0, 1, 2, 0, 0, 0, 5], None).is_err());
        assert!(parse(b"{\"segments\": [", None).is_err());
        assert!(said("").is_empty());
    }
}
