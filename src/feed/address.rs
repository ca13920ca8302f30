//! Addresses in feeds: made absolute where a base is known, and kept to the schemes that may be
//! followed.

use url::Url;

/// Longer addresses are not addresses.
const MAX: usize = 16_384;

/// The address as written, or joined to the base if it is relative; control characters inside are
/// left out. Relative ones without a base stay relative. A file is only reached from a feed that is
/// a file, by a relative address, in the feed's own folder or below.
pub(super) fn resolve(base: Option<&Url>, written: &str) -> Option<String> {
    let written = written.trim();
    let trimmed: String = written.chars().filter(|c| !c.is_control()).collect();
    if trimmed.is_empty() || trimmed.len() > MAX {
        return None;
    }
    match (Url::parse(&trimmed), base) {
        (Err(url::ParseError::RelativeUrlWithoutBase), Some(base)) => {
            let joined = base.join(&trimmed).ok()?;
            let folder = base.path().rsplit_once('/').map_or("", |(folder, _)| folder);
            let below = joined.host_str() == base.host_str() && joined.path().starts_with(folder);
            (joined.scheme() != "file" || below).then(|| String::from(joined))
        }
        (Ok(absolute), _) if absolute.scheme() == "file" => None,
        (Err(url::ParseError::RelativeUrlWithoutBase), None) if trimmed.starts_with("//") => {
            Some(format!("https:{trimmed}"))
        }
        _ => Some(trimmed),
    }
}

/// An address that the program may go to: `http`, `https` and the embedded `welcome:`; `file:` only
/// where the feed itself is a file (`local`). Control characters in it are refused.
pub(super) fn followable(address: &str, local: bool) -> Option<String> {
    let address = address.trim();
    if address.is_empty() || address.len() > MAX || address.contains(char::is_control) {
        return None;
    }
    let parsed = Url::parse(address).ok()?;
    let allowed = match parsed.scheme() {
        "http" | "https" => parsed.host_str().is_some_and(|host| !host.is_empty()),
        "welcome" => true,
        "file" => local,
        _ => false,
    };
    allowed.then(|| crate::text::clean_line(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_resolved_and_otherwise_stay_as_written() {
        let base = Url::parse("https://example.com/show/feed.xml").ok();
        let resolve = |written: &str| resolve(base.as_ref(), written);
        assert_eq!(resolve("a.mp3").as_deref(), Some("https://example.com/show/a.mp3"));
        assert_eq!(resolve("//b.example/x").as_deref(), Some("https://b.example/x"));
        let odd = "https://example.com/第 1 期.mp3?a=b#c";
        assert_eq!(resolve(&format!(" {odd}\n")).as_deref(), Some(odd));
        assert_eq!(resolve(" "), None);
        assert_eq!(resolve("file:///etc/passwd"), None);
    }

    #[test]
    fn a_feed_that_is_a_file_reaches_its_own_folder_only() {
        let base = Url::parse("file:///home/a/shows/feed.xml").ok();
        let found = resolve(base.as_ref(), "media/1.mp3");
        assert_eq!(found.as_deref(), Some("file:///home/a/shows/media/1.mp3"));
        for outside in ["../../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "//host/x"] {
            assert_eq!(resolve(base.as_ref(), outside), None, "{outside}");
        }
    }

    #[test]
    fn only_harmless_schemes_may_be_followed() {
        for wrong in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "-o/tmp/x",
            "data:,x",
            "http://",
            "ftp://a/b",
        ] {
            assert_eq!(followable(wrong, false), None, "{wrong}");
        }
        assert!(followable("welcome:a.opus", false).is_some());
        assert!(followable("file:///music/a.mp3", true).is_some());
    }
}
