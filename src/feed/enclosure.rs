//! Which of the files that an item carries is the recording.

use crate::model::Enclosure;

/// Suffixes of audio and video files.
const MEDIA: [&str; 24] = [
    "mp3", "m4a", "m4b", "aac", "ogg", "oga", "opus", "flac", "wav", "wma", "aif", "aiff", "mka",
    "weba", "mp4", "m4v", "mov", "webm", "mkv", "ogv", "avi", "mpg", "mpeg", "m3u8",
];
/// Suffixes of files that are none.
const OTHER: [&str; 22] = [
    "jpg", "jpeg", "png", "gif", "webp", "svg", "avif", "bmp", "pdf", "epub", "txt", "html", "htm",
    "srt", "vtt", "json", "zip", "torrent", "swf", "xml", "doc", "ico",
];

/// How sure it is that a file is a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// It is something else.
    No,
    /// Nothing says what it is.
    Perhaps,
    /// MIME type, medium or suffix say audio or video.
    Yes,
}

/// Judges by the MIME type, else by the suffix of the address, as servers often send no type or a
/// wrong one.
pub(super) fn fit(mime: Option<&str>, medium: Option<&str>, address: &str) -> Fit {
    let mime = mime.unwrap_or_default().trim().to_ascii_lowercase();
    let suffix = suffix(address);
    let media_suffix = MEDIA.contains(&suffix.as_str());
    if matches!(medium, Some("audio" | "video"))
        || mime.starts_with("audio/")
        || mime.starts_with("video/")
        || matches!(mime.as_str(), "application/ogg" | "application/mp4" | "audio" | "video")
        || mime.ends_with("mpegurl")
    {
        return Fit::Yes;
    }
    if matches!(medium, Some("image" | "document" | "executable")) || mime.starts_with("image/") {
        return Fit::No;
    }
    if media_suffix {
        return Fit::Yes;
    }
    let tells_nothing = matches!(
        mime.as_str(),
        "" | "application/octet-stream" | "binary/octet-stream" | "application/binary"
    );
    if tells_nothing && !OTHER.contains(&suffix.as_str()) { Fit::Perhaps } else { Fit::No }
}

/// The suffix of the last part of the path, in lower case.
fn suffix(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or_else(String::new, |(_, suffix)| suffix.to_ascii_lowercase())
}

/// The first file that is a recording for sure, else the first that may be one.
pub(super) fn first_recording(
    candidates: impl IntoIterator<Item = (Fit, Enclosure)>,
) -> Option<Enclosure> {
    let mut perhaps = None;
    for (fit, enclosure) in candidates {
        match fit {
            Fit::Yes => return Some(enclosure),
            Fit::Perhaps => perhaps = perhaps.or(Some(enclosure)),
            Fit::No => {}
        }
    }
    perhaps
}

/// An enclosure from what a feed says; `None` if its address must not be followed.
pub(super) fn enclosure(
    address: &str,
    mime: Option<&str>,
    length: Option<&str>,
    local: bool,
) -> Option<Enclosure> {
    let mime =
        mime.map(crate::text::clean_line).filter(|mime| !mime.is_empty() && mime.len() < 200);
    let length = length.and_then(|length| length.trim().replace(',', "").parse().ok());
    Some(Enclosure { url: super::address::followable(address, local)?, mime, length })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recordings_are_told_by_type_or_suffix() {
        assert_eq!(fit(Some("audio/mpeg"), None, "https://a.example/x"), Fit::Yes);
        assert_eq!(fit(None, None, "https://a.example/x.M4A?token=1.jpg"), Fit::Yes);
        assert_eq!(fit(Some("text/html"), None, "https://a.example/x.mp3"), Fit::Yes);
        assert_eq!(fit(Some("image/jpeg"), None, "https://a.example/x.mp3"), Fit::No);
        assert_eq!(fit(None, None, "https://a.example/cover.jpg"), Fit::No);
        assert_eq!(fit(None, None, "https://a.example/play/7"), Fit::Perhaps);
        assert_eq!(fit(None, Some("image"), "https://a.example/7"), Fit::No);
    }
}
