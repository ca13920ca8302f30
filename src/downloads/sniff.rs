//! Tells a recording from an error page by its first bytes. The server's word counts for little: error
//! pages come as `audio/mpeg` with status 200, and recordings as `text/plain`.

/// Bytes that are needed to tell.
pub(super) const ENOUGH: usize = 512;

/// What the first bytes look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Looks {
    /// A container or codec, with its usual suffix.
    Media(&'static str),
    /// A text: what kind of.
    Text(&'static str),
    /// Something binary.
    Binary,
}

/// Looks at the first bytes of a file, all of them if it is shorter than [`ENOUGH`].
pub(super) fn look(first: &[u8]) -> Looks {
    if let Some(suffix) = media(first) {
        return Looks::Media(suffix);
    }
    let head = first.get(..ENOUGH).unwrap_or(first);
    if is_text(head) { Looks::Text(kind_of_text(head)) } else { Looks::Binary }
}

fn media(first: &[u8]) -> Option<&'static str> {
    match first {
        [b'I', b'D', b'3', ..] => Some("mp3"),
        [b'f', b'L', b'a', b'C', ..] => Some("flac"),
        [b'O', b'g', b'g', b'S', ..] => {
            let opus = first.windows(8).take(64).any(|window| window == b"OpusHead");
            Some(if opus { "opus" } else { "ogg" })
        }
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Some("wav"),
        [b'F', b'O', b'R', b'M', _, _, _, _, b'A', b'I', b'F', b'F' | b'C', ..] => Some("aiff"),
        [b'c', b'a', b'f', b'f', ..] => Some("caf"),
        [0x1A, 0x45, 0xDF, 0xA3, ..] => Some("webm"),
        [_, _, _, _, b'f', b't', b'y', b'p', b'M', b'4', b'A', _, ..] => Some("m4a"),
        [_, _, _, _, b'f', b't', b'y', b'p', b'M', b'4', b'B', _, ..] => Some("m4b"),
        [_, _, _, _, b'f', b't', b'y', b'p', b'q', b't', ..] => Some("mov"),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some("mp4"),
        // ADTS has the same sync word as MPEG audio but "layer 0".
        [0xFF, second, ..] if second & 0xF6 == 0xF0 => Some("aac"),
        [0xFF, second, third, ..] if is_mpeg_frame(*second, *third) => Some("mp3"),
        _ => None,
    }
}

/// The second and third byte of an MPEG audio header: a real version, layer II or III, a real bit rate
/// and sampling rate (ISO 11172-3, 2.4.2.3).
fn is_mpeg_frame(second: u8, third: u8) -> bool {
    let version_is_real = second & 0x18 != 0x08;
    let layer = (second >> 1) & 3;
    second & 0xE0 == 0xE0
        && version_is_real
        && matches!(layer, 1 | 2)
        && !matches!(third >> 4, 0 | 15)
        && (third >> 2) & 3 != 3
}

fn is_text(head: &[u8]) -> bool {
    if matches!(head, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
        // UTF-16: no recording begins so.
        return true;
    }
    // The last character may be cut; older Chinese pages are not UTF-8, so high bytes are allowed as
    // long as there are no control characters.
    head.iter().all(|byte| *byte >= 0x20 || matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B))
}

fn kind_of_text(head: &[u8]) -> &'static str {
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if text.is_empty() {
        "nothing"
    } else if text.contains("<html") || text.starts_with("<!doctype html") {
        "a web page"
    } else if text.starts_with('{') || text.starts_with('[') {
        "a JSON message"
    } else if text.starts_with('<') {
        "an XML message"
    } else if text.starts_with("#extm3u") {
        "a playlist (m3u)"
    } else {
        "a text"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recordings_are_known_by_their_first_bytes() {
        assert_eq!(look(b"ID3\x04\0\0\0\0\0\0"), Looks::Media("mp3"));
        assert_eq!(look(&[0xFF, 0xFB, 0x90, 0x64]), Looks::Media("mp3"));
        assert_eq!(look(&[0xFF, 0xF1, 0x50, 0x80]), Looks::Media("aac"));
        assert_eq!(look(b"\0\0\0\x20ftypM4A \0"), Looks::Media("m4a"));
        assert_eq!(look(b"OggS\0\x02........OpusHead"), Looks::Media("opus"));
        assert_eq!(look(b"RIFF\x24\0\0\0WAVEfmt "), Looks::Media("wav"));
        assert_eq!(look(&[0, 1, 2, 3]), Looks::Binary);
    }

    #[test]
    fn pages_and_messages_are_no_recordings() {
        assert_eq!(look("\u{feff}\n<!DOCTYPE html><p>登录".as_bytes()), Looks::Text("a web page"));
        assert_eq!(look(b"{\"error\":\"expired\"}"), Looks::Text("a JSON message"));
        assert_eq!(look(b"<?xml version=\"1.0\"?><Error/>"), Looks::Text("an XML message"));
        assert_eq!(look(b"Not found"), Looks::Text("a text"));
        assert_eq!(look(b""), Looks::Text("nothing"));
        // "登录" in GBK.
        assert_eq!(look(b"<html>\xb5\xc7\xc2\xbc"), Looks::Text("a web page"));
        assert!(matches!(look(&[0xFF, 0xFE, b'<', 0]), Looks::Text(_)));
    }
}
