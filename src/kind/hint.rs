//! What the name and the MIME type say, for where the content leaves it open.

use super::Kind;

/// A hint: what a file claims to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    Audio,
    Video,
    Markdown,
    Html,
    PlainText,
    None,
}

impl Hint {
    /// The suffix counts before the MIME type: servers call nearly everything `text/plain` or
    /// `application/octet-stream`.
    pub(super) fn from(name: Option<&str>, mime: Option<&str>) -> Self {
        let by_name = name.map_or(Self::None, by_suffix);
        if by_name == Self::None { mime.map_or(Self::None, by_mime) } else { by_name }
    }

    /// What bytes are that are no text and carry no known mark. A recording may begin with noise.
    pub(super) fn binary(self) -> Kind {
        match self {
            Self::Audio => Kind::Audio,
            Self::Video => Kind::Video,
            Self::Markdown | Self::Html | Self::PlainText | Self::None => Kind::Unknown,
        }
    }

    /// What an empty file is.
    pub(super) fn empty(self) -> Kind {
        match self {
            Self::Markdown => Kind::Markdown,
            Self::Html => Kind::Html,
            Self::PlainText => Kind::PlainText,
            Self::Audio | Self::Video | Self::None => Kind::Unknown,
        }
    }
}

fn by_suffix(name: &str) -> Hint {
    let path = name.split(['?', '#']).next().unwrap_or_default();
    let Some((_, suffix)) = path.rsplit_once('.') else { return Hint::None };
    match suffix.to_ascii_lowercase().as_str() {
        "mp3" | "m4a" | "m4b" | "aac" | "ogg" | "oga" | "opus" | "flac" | "wav" | "aif"
        | "aiff" | "wma" | "mka" | "caf" => Hint::Audio,
        "mp4" | "m4v" | "mov" | "mkv" | "webm" | "avi" | "ogv" | "mpg" | "mpeg" | "ts" | "wmv"
        | "flv" => Hint::Video,
        "md" | "markdown" | "mdown" | "mkd" | "mdx" | "qmd" => Hint::Markdown,
        "html" | "htm" | "xhtml" => Hint::Html,
        "txt" | "text" => Hint::PlainText,
        _ => Hint::None,
    }
}

fn by_mime(mime: &str) -> Hint {
    let mime = mime.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match mime.as_str() {
        "text/markdown" | "text/x-markdown" => Hint::Markdown,
        "text/html" | "application/xhtml+xml" => Hint::Html,
        "text/plain" => Hint::PlainText,
        other if other.starts_with("audio/") => Hint::Audio,
        other if other.starts_with("video/") => Hint::Video,
        _ => Hint::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_suffix_counts_before_the_mime_type_and_queries_do_not_matter() {
        assert_eq!(Hint::from(Some("a.MP3?x=1.txt"), Some("text/plain")), Hint::Audio);
        assert_eq!(
            Hint::from(Some("README"), Some("text/markdown; charset=utf-8")),
            Hint::Markdown
        );
        assert_eq!(Hint::from(None, None), Hint::None);
    }
}
