//! What a file is, told by its content; the name and the MIME type are only hints.

mod hint;
mod json;
mod magic;
mod markup;
mod prose;

use std::borrow::Cow;

use hint::Hint;

/// What the program can do with some bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A feed: RSS, Atom, RSS 1.0 or JSON Feed.
    Feed,
    /// A list of subscriptions.
    Opml,
    /// A Snipd-style note: one or more episodes with snips.
    SnipdNote,
    /// Markdown, with or without front matter.
    Markdown,
    /// A page or a fragment of HTML.
    Html,
    /// Text without marks.
    PlainText,
    /// `podcast:chapters` JSON.
    ChaptersJson,
    /// Timed text: `SubRip`, WebVTT or SBV.
    Subtitle,
    /// A transcript as JSON.
    TranscriptJson,
    /// A recording.
    Audio,
    /// A film.
    Video,
    /// PDF.
    Pdf,
    /// A picture.
    Image,
    /// None of these: empty, or binary of another kind.
    Unknown,
}

/// How much of a text is looked at, in bytes. Snips stand after the show notes, which may be long.
const LOOKED_AT: usize = 1 << 20;

/// Tells what `bytes` are. `name` is a file name or an address, `mime` a MIME type; both are asked
/// only where the content is ambiguous (Markdown or plain text, sound or film in one container).
/// The beginning of a file is enough, though more of it may tell more; never fails.
#[must_use]
pub fn of(bytes: &[u8], name: Option<&str>, mime: Option<&str>) -> Kind {
    let hint = Hint::from(name, mime);
    let head = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    if let Some(kind) = magic::told_by(head, hint) {
        return kind;
    }
    let Some(text) = text_of(head) else {
        return hint.binary();
    };
    let text = text.trim_start_matches(['\u{feff}', '\0']).trim_start();
    if text.is_empty() {
        return hint.empty();
    }
    if let Some(kind) = json::told_by(text, bytes.len() <= LOOKED_AT) {
        return kind;
    }
    if let Some(kind) = markup::root(text) {
        return kind;
    }
    if is_timed_text(text) {
        return Kind::Subtitle;
    }
    if crate::snipd::looks_like(text) {
        return Kind::SnipdNote;
    }
    prose::told_by(text, hint)
}

/// The bytes as text, where they can be text. Legacy encodings keep ASCII apart, and that is all
/// that is looked at here, so what is not Unicode is read as Latin-1.
fn text_of(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Some(body) = bytes.strip_prefix(b"\xff\xfe\0\0".as_slice()) {
        // UTF-32, which some subtitle tools write and the web's decoders do not know.
        let units = body.as_chunks::<4>().0.iter().map(|unit| u32::from_le_bytes(*unit));
        return Some(units.filter_map(char::from_u32).collect());
    }
    if let Some((encoding, skip)) = encoding_rs::Encoding::for_bom(bytes) {
        let body = bytes.get(skip..).unwrap_or_default();
        return Some(encoding.decode_without_bom_handling(body).0);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Some(encoding.decode_without_bom_handling(bytes).0);
    }
    let strange = bytes.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31)).count();
    // A hostile feed may hold a few controls; a binary file holds many.
    if strange > 8 && strange.saturating_mul(20) > bytes.len() {
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.into()),
        // The cut may have gone through a character.
        Err(error) if error.valid_up_to() + 4 > bytes.len() => Some(String::from_utf8_lossy(bytes)),
        Err(_) => Some(encoding_rs::mem::decode_latin1(bytes)),
    }
}

/// UTF-16 that forgot its mark: `<\0?\0` or `\0<\0?`.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    match bytes.get(..4)? {
        [a, 0, b, 0] if a.is_ascii_graphic() && b.is_ascii() && *b != 0 => {
            Some(encoding_rs::UTF_16LE)
        }
        [0, a, 0, b] if a.is_ascii_graphic() && b.is_ascii() && *b != 0 => {
            Some(encoding_rs::UTF_16BE)
        }
        _ => None,
    }
}

/// The mark of WebVTT, or a timing line (`… --> …`, SBV's `0:00:01.000,0:00:02.000`) near the top.
fn is_timed_text(text: &str) -> bool {
    if text.strip_prefix("WEBVTT").is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)) {
        return true;
    }
    let is_time = |part: &str| {
        let part = part.split_whitespace().next().unwrap_or_default();
        part.contains(':')
            && part.len() <= 18
            && part.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b','))
    };
    text.lines().take(60).any(|line| {
        if let Some((start, end)) = line.split_once("-->") {
            return is_time(start) && is_time(end);
        }
        line.matches('.').count() == 2
            && line.split_once(',').is_some_and(|(a, b)| {
                a.len() >= 9 && is_time(a) && is_time(b) && a.contains('.') && b.contains('.')
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(content: &str) -> Kind {
        of(content.as_bytes(), None, None)
    }

    #[test]
    fn a_feed_is_a_feed_whatever_it_is_called() {
        let rss = "<?xml version='1.0'?><!-- made by hand --><rss version='2.0'><channel/></rss>";
        assert_eq!(of(rss.as_bytes(), Some("page.html"), Some("text/html")), Kind::Feed);
        assert_eq!(text("<feed xmlns='http://www.w3.org/2005/Atom'/>"), Kind::Feed);
        assert_eq!(
            text("<rdf:RDF xmlns='http://purl.org/rss/1.0/'><channel/></rdf:RDF>"),
            Kind::Feed
        );
        assert_eq!(
            text(r#"{"version":"https://jsonfeed.org/version/1.1","title":"t","items":[]}"#),
            Kind::Feed
        );
        assert_eq!(text("<opml version='2.0'><body/></opml>"), Kind::Opml);
    }

    #[test]
    fn utf16_is_text_and_not_sound() {
        let mut bytes = vec![0xff, 0xfe];
        bytes.extend("<rss version='2.0'/>".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(of(&bytes, None, None), Kind::Feed);
        assert_eq!(of(bytes.get(2..).unwrap(), None, None), Kind::Feed);
    }

    #[test]
    fn timed_text_needs_a_time_on_both_sides_of_the_arrow() {
        assert_eq!(text("WEBVTT - 一个标题\n\n00:01.000 --> 00:02.000\n好"), Kind::Subtitle);
        assert_eq!(text("1\n00:00:01,000 --> 00:00:02,000\n好"), Kind::Subtitle);
        assert_eq!(text("0:00:01.000,0:00:02.000\n好"), Kind::Subtitle);
        assert_eq!(text("从 A --> 到 B 的路\n就是这样"), Kind::PlainText);
    }

    #[test]
    fn an_empty_file_is_what_its_name_says_or_nothing() {
        assert_eq!(of(b"", None, None), Kind::Unknown);
        assert_eq!(of(b" \n", Some("a.txt"), None), Kind::PlainText);
        assert_eq!(of(b"", Some("a.md"), None), Kind::Markdown);
    }

    #[test]
    fn binary_without_a_known_mark_is_unknown() {
        let bytes: Vec<u8> = (0..2000_u32).map(|i| (i * 7 % 256) as u8).collect();
        assert_eq!(of(&bytes, None, None), Kind::Unknown);
    }
}
