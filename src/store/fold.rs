//! The form in which titles and addresses are told apart.

use crate::text::{fold_width, plain_mark};

/// A title as it is told apart: width, case and accents folded, scripts not, quotes and dashes made alike, white space made one space.
pub(super) fn key(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        fold_width(c, &mut |c| folded.push(plain_mark(c)));
    }
    let mut key = String::with_capacity(folded.len());
    for word in folded.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    }
    key
}

/// A web address as it is compared: without scheme, `www.`, fragment and closing slash, the host in
/// lower case. `None` for an empty one.
pub(super) fn url_key(address: &str) -> Option<String> {
    let address = address.trim();
    let address = address.split_once('#').map_or(address, |(before, _)| before);
    let web = ["https://", "http://", "feed://", "podcast://", "pcast://", "itpc://"];
    let rest = web.iter().find_map(|scheme| {
        let head = address.get(..scheme.len())?;
        if head.eq_ignore_ascii_case(scheme) { address.get(scheme.len()..) } else { None }
    });
    let Some(rest) = rest else {
        return (!address.is_empty()).then(|| address.to_owned());
    };
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, path) = rest.split_at_checked(end)?;
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let host = host.strip_suffix(":443").or(host.strip_suffix(":80")).unwrap_or(host);
    let path = if path.contains('?') { path } else { path.trim_end_matches('/') };
    (!host.is_empty()).then(|| format!("{host}{path}"))
}

/// The address of an episode's page, where it can tell episodes apart: `None` for a bare host, which
/// is the home of the whole show.
pub(super) fn page_key(address: &str) -> Option<String> {
    url_key(address).filter(|key| key.contains(['/', '?']))
}

/// Endings that say that a path names a media file.
const MEDIA: [&str; 12] =
    ["mp3", "m4a", "m4b", "mp4", "m4v", "aac", "ogg", "oga", "opus", "flac", "wav", "webm"];

/// The address of an audio file as it is compared. Redirecting counters put their own host before the
/// real one (`https://count.example/redirect.mp3/media.example/a.mp3`) and add parameters; both
/// change over time, so they are taken off. Parameters stay where the path names no media file
/// (`play.php?id=7`).
pub(super) fn media_key(address: &str) -> Option<String> {
    let key = url_key(address)?;
    let (path, query) =
        key.split_once('?').map_or((key.as_str(), None), |(path, query)| (path, Some(query)));
    let is_media = |name: &str| {
        name.rsplit_once('.')
            .is_some_and(|(_, ending)| MEDIA.iter().any(|m| m.eq_ignore_ascii_case(ending)))
    };
    let mut start = 0;
    let mut at = 0;
    for segment in path.split('/') {
        if at > 0 && at + segment.len() < path.len() && is_host(segment) && !is_media(segment) {
            start = at;
        }
        at += segment.len() + 1;
    }
    let bare = path.get(start..).unwrap_or(path);
    match query {
        Some(query) if !is_media(bare.rsplit('/').next().unwrap_or(bare)) => {
            Some(format!("{bare}?{query}"))
        }
        _ => Some(bare.to_owned()),
    }
}

/// Whether a segment of a path is a host name: letters, digits, dots and hyphens, ending in letters.
fn is_host(segment: &str) -> bool {
    let Some((name, ending)) = segment.rsplit_once('.') else { return false };
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    !name.is_empty()
        && name.chars().all(plain)
        && (2..=12).contains(&ending.len())
        && ending.chars().all(|c| c.is_ascii_alphabetic())
}

/// The number that a title begins with: `156: …`, `E156 …`, `EP.156`, `Vol.156`, `#156`, `No. 156`,
/// `第156期`, `S2E5` (the episode). `None` where it begins with none.
pub(super) fn title_number(title: &str) -> Option<u32> {
    let key = key(title);
    let mut rest = key.trim_start_matches(['[', '(', '【', '#', '"', ' ']);
    for word in ["第", "episode", "ep", "vol", "no"] {
        if let Some(after) = rest.strip_prefix(word) {
            rest = after;
            break;
        }
    }
    if let Some(season) = rest.strip_prefix('s') {
        let after = season.trim_start_matches(|c: char| c.is_ascii_digit());
        if after.len() < season.len() {
            rest = after;
        }
    }
    let rest = rest.trim_start_matches(['.', ' ', ':', '#', '-']);
    let rest = match rest.strip_prefix('e') {
        Some(after) if after.starts_with(|c: char| c.is_ascii_digit()) => after,
        _ => rest,
    };
    let digits: &str = rest.split(|c: char| !c.is_ascii_digit()).next()?;
    // A longer number is a date or a year of its own making.
    if digits.is_empty() || digits.len() > 5 { None } else { digits.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_compare_without_width_case_accents_and_kinds_of_quotes() {
        assert_eq!(key("  ＡＩ　时代：“开始” — Café "), key("ai 时代:\"开始\" - cafe"));
        assert_eq!(key("ｶﾀｶﾅ 한국"), "カタカナ 한국");
        assert_eq!(key("\u{200b} \u{feff}"), "");
    }

    #[test]
    fn addresses_compare_without_scheme_and_closing_slash() {
        assert_eq!(url_key("HTTP://WWW.Show.Example:80/Feed/"), Some("show.example/Feed".into()));
        assert_eq!(url_key("feed://show.example/feed?a=/"), Some("show.example/feed?a=/".into()));
        assert_eq!(url_key("file:///tmp/a.xml"), Some("file:///tmp/a.xml".into()));
        assert_eq!(url_key("https://"), None);
        assert_eq!(page_key("https://show.example/"), None);
        assert_eq!(page_key("https://show.example/7#t=1"), Some("show.example/7".into()));
    }

    #[test]
    fn an_audio_file_is_the_same_behind_counters_and_parameters() {
        let plain = media_key("https://media.example/s/a.mp3");
        let counted = "https://one.example/redirect.mp3/two.example/e/media.example/s/a.mp3?x=1";
        assert_eq!(media_key(counted), plain);
        assert_ne!(media_key("https://media.example/v1.2/a.mp3"), plain);
        assert_ne!(
            media_key("https://media.example/play.php?id=1"),
            media_key("https://media.example/play.php?id=2")
        );
        assert_eq!(media_key("节目.mp3"), Some("节目.mp3".into()));
    }

    #[test]
    fn the_number_of_an_episode_is_read_from_its_title() {
        for title in ["156: a", "E156 b", "EP.156｜c", "Vol. 156", "#156 d", "第156期", "S2E156"]
        {
            assert_eq!(title_number(title), Some(156), "{title}");
        }
        for title in ["a 156", "", "20260101 news", "e", "S", "第", "epilogue"] {
            assert_eq!(title_number(title), None, "{title}");
        }
    }
}
