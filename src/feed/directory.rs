//! Pages of podcast directories that name a show without linking to its feed: Apple Podcasts and
//! 小宇宙. Addresses to ask, and what the answers say; asking is for others.

use serde_json::Value;
use url::Url;

use super::address::followable;
use super::notes::plain;
use super::{enclosure, length};
use crate::model::{FeedFormat, ParsedEpisode, ParsedFeed};

/// Longest `__NEXT_DATA__` that is read, in bytes.
const MAX_DATA: usize = 16 * 1024 * 1024;

/// A page of a directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PodcastPage {
    /// A show at Apple Podcasts.
    Apple {
        /// Its number there.
        id: u64,
    },
    /// A page at 小宇宙.
    Xiaoyuzhou {
        /// Whether it is of a show or of one episode.
        kind: XiaoyuzhouKind,
        /// 24 hexadecimal digits.
        id: String,
    },
}

/// What a page at 小宇宙 is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XiaoyuzhouKind {
    /// A show.
    Podcast,
    /// One episode.
    Episode,
}

/// A show as a directory knows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DirectoryShow {
    /// Its title.
    pub title: Option<String>,
    /// Its feed, where the directory tells.
    pub feed_url: Option<String>,
    /// The show and the episodes that the page itself carries; empty for Apple.
    pub feed: ParsedFeed,
}

/// Why a directory's answer gives no show.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum DirectoryError {
    /// The answer is not what the directory used to send.
    #[error(
        "reading the answer of {0} failed: it has another form than expected; subscribe by the feed's address instead"
    )]
    Unreadable(&'static str),
    /// The directory does not know the show.
    #[error("looking up the show at {0} failed: it is not known there; check the address")]
    Unknown(&'static str),
    /// The show has no public feed.
    #[error(
        "looking up the show at {0} failed: it has no public feed; subscribe by the feed's address instead"
    )]
    NoFeed(&'static str),
}

/// Whether an address is that of a page that carries its show itself.
pub(super) fn carries_show(url: Option<&Url>) -> bool {
    let page = url.and_then(|url| podcast_page(url.as_str()));
    matches!(page, Some(PodcastPage::Xiaoyuzhou { .. }))
}

/// Recognises a page of a directory by its address, and a show at Apple Podcasts by its number
/// (`id1234567890`).
#[must_use]
pub fn podcast_page(url: &str) -> Option<PodcastPage> {
    let number = url.trim().strip_prefix("id").unwrap_or_default();
    if (6..=12).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit()) {
        return Some(PodcastPage::Apple { id: number.parse().ok()? });
    }
    let url = Url::parse(url.trim()).ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let segments: Vec<&str> = url.path_segments()?.filter(|part| !part.is_empty()).collect();
    match url.host_str()?.trim_start_matches("www.") {
        "podcasts.apple.com" | "itunes.apple.com" => {
            let id =
                segments.iter().rev().find_map(|part| part.strip_prefix("id")?.parse().ok())?;
            Some(PodcastPage::Apple { id })
        }
        "xiaoyuzhoufm.com" => {
            let kind = match *segments.first()? {
                "podcast" => XiaoyuzhouKind::Podcast,
                "episode" => XiaoyuzhouKind::Episode,
                _ => return None,
            };
            let id = (*segments.get(1)?).to_owned();
            let sound = id.len() == 24 && id.bytes().all(|b| b.is_ascii_hexdigit());
            sound.then_some(PodcastPage::Xiaoyuzhou { kind, id })
        }
        _ => None,
    }
}

impl PodcastPage {
    /// The address to ask for what the page is about.
    #[must_use]
    pub fn lookup_url(&self) -> String {
        match self {
            Self::Apple { id } => {
                format!("https://itunes.apple.com/lookup?id={id}&entity=podcast")
            }
            Self::Xiaoyuzhou { kind: XiaoyuzhouKind::Podcast, id } => {
                format!("https://www.xiaoyuzhoufm.com/podcast/{id}")
            }
            Self::Xiaoyuzhou { kind: XiaoyuzhouKind::Episode, id } => {
                format!("https://www.xiaoyuzhoufm.com/episode/{id}")
            }
        }
    }
}

/// Reads the JSON answer of Apple's lookup.
///
/// # Errors
/// If the answer is no JSON, knows no show, or names no feed.
pub fn apple_lookup(json: &str) -> Result<DirectoryShow, DirectoryError> {
    const NAME: &str = "Apple Podcasts";
    let answer: Value = serde_json::from_str(json).map_err(|_| DirectoryError::Unreadable(NAME))?;
    let results = answer.get("results").and_then(Value::as_array);
    let results = results.ok_or(DirectoryError::Unreadable(NAME))?;
    if results.is_empty() {
        return Err(DirectoryError::Unknown(NAME));
    }
    let text = |value: &Value, name: &str| value.get(name)?.as_str().map(str::to_owned);
    let found = results.iter().find_map(|result| {
        let feed_url = followable(&text(result, "feedUrl")?, false)?;
        let title = text(result, "collectionName").or_else(|| text(result, "trackName"));
        let title = title.as_deref().and_then(plain);
        Some(DirectoryShow { title, feed_url: Some(feed_url), ..DirectoryShow::default() })
    });
    found.ok_or(DirectoryError::NoFeed(NAME))
}

/// Reads a page of 小宇宙: its `__NEXT_DATA__` carries the show and its newest episodes (or the one
/// episode), but seldom the feed's address.
///
/// # Errors
/// If the page carries no such data.
pub fn xiaoyuzhou_page(html: &str) -> Result<DirectoryShow, DirectoryError> {
    const NAME: &str = "小宇宙";
    let unreadable = || DirectoryError::Unreadable(NAME);
    let after = html.split_once("id=\"__NEXT_DATA__\"").map(|(_, after)| after);
    let after = after.and_then(|after| after.split_once('>')).ok_or_else(unreadable)?.1;
    let json = after.split_once("</script>").map_or(after, |(json, _)| json);
    if json.len() > MAX_DATA {
        return Err(unreadable());
    }
    let data: Value = serde_json::from_str(json).map_err(|_| unreadable())?;
    let props = data.pointer("/props/pageProps").ok_or_else(unreadable)?;
    let (podcast, episodes) = match (props.get("podcast"), props.get("episode")) {
        (Some(podcast), _) => {
            let episodes = podcast.get("episodes").and_then(Value::as_array);
            (podcast, episodes.map(|list| list.iter().collect()).unwrap_or_default())
        }
        (None, Some(episode)) => (episode.get("podcast").ok_or_else(unreadable)?, vec![episode]),
        (None, None) => return Err(DirectoryError::Unknown(NAME)),
    };
    Ok(xiaoyuzhou_show(podcast, &episodes))
}

fn xiaoyuzhou_show(podcast: &Value, episodes: &[&Value]) -> DirectoryShow {
    let line = |value: &Value, pointer: &str| value.pointer(pointer)?.as_str().and_then(plain);
    let address =
        |value: &Value, pointer: &str| followable(value.pointer(pointer)?.as_str()?, false);
    let page = |kind: &str, id: Option<String>| {
        id.map(|id| format!("https://www.xiaoyuzhoufm.com/{kind}/{id}"))
    };
    let read_episode = |episode: &&Value| {
        let sound = ["/enclosure/url", "/media/source/url", "/mediaKey"];
        let url = sound.iter().find_map(|pointer| address(episode, pointer));
        let mime = line(episode, "/media/mimeType");
        let length = episode.pointer("/media/size").map(ToString::to_string);
        let notes = ["/shownotes", "/description"];
        super::episode::finish(ParsedEpisode {
            guid: line(episode, "/eid").unwrap_or_default(),
            title: line(episode, "/title"),
            link: page("episode", line(episode, "/eid")),
            published: line(episode, "/pubDate").as_deref().and_then(super::date::parse),
            duration_ms: episode
                .get("duration")
                .map(ToString::to_string)
                .as_deref()
                .and_then(length::duration),
            image: address(episode, "/image/picUrl"),
            enclosure: url.and_then(|url| {
                enclosure::enclosure(&url, mime.as_deref(), length.as_deref(), false)
            }),
            notes_html: super::notes::richest(
                notes.map(|pointer| Some(episode.pointer(pointer)?.as_str()?.to_owned())),
            ),
            ..ParsedEpisode::default()
        })
    };
    let title = line(podcast, "/title");
    let feed = ParsedFeed {
        format: FeedFormat::Json,
        title: title.clone(),
        link: page("podcast", line(podcast, "/pid")),
        description: podcast
            .get("description")
            .and_then(Value::as_str)
            .and_then(super::notes::description),
        image: address(podcast, "/image/picUrl"),
        author: line(podcast, "/author"),
        episodes: episodes.iter().take(1000).filter_map(read_episode).collect(),
        ..ParsedFeed::default()
    };
    let feed_url = ["/rssUrl", "/feedUrl", "/rss"]
        .iter()
        .find_map(|pointer| address(podcast, pointer))
        .filter(|url| !url.contains("xiaoyuzhoufm.com/"));
    DirectoryShow { title, feed_url, feed }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_directories_are_recognised() {
        assert_eq!(
            podcast_page("https://podcasts.apple.com/cn/podcast/%E5%A4%9C/id1234567?i=1000"),
            Some(PodcastPage::Apple { id: 1_234_567 })
        );
        let id = "0123456789abcdef01234567".to_owned();
        let page = podcast_page(&format!("https://www.xiaoyuzhoufm.com/episode/{id}?s=x"));
        let expected = PodcastPage::Xiaoyuzhou { kind: XiaoyuzhouKind::Episode, id };
        assert_eq!(page.as_ref(), Some(&expected));
        assert_eq!(podcast_page(" id1234567 "), Some(PodcastPage::Apple { id: 1_234_567 }));
        for other in [
            "id12",
            "ideas.xml",
            "id1234567x",
            "https://example.com/id1",
            "https://podcasts.apple.com/cn/",
            "x",
        ] {
            assert_eq!(podcast_page(other), None, "{other}");
        }
    }

    #[test]
    fn the_lookup_names_the_feed() {
        let json = r#"{"resultCount":1,"results":[{"collectionName":"夜谈","feedUrl":"https://a.example/rss"}]}"#;
        let show = apple_lookup(json).expect("a show");
        assert_eq!(show.feed_url.as_deref(), Some("https://a.example/rss"));
        assert_eq!(show.title.as_deref(), Some("夜谈"));
        let none = apple_lookup(r#"{"results":[]}"#);
        assert_eq!(none, Err(DirectoryError::Unknown("Apple Podcasts")));
        assert!(matches!(apple_lookup("<html>"), Err(DirectoryError::Unreadable(_))));
    }

    #[test]
    fn a_page_of_xiaoyuzhou_carries_its_episode() {
        let html = r#"<html><script id="__NEXT_DATA__" type="application/json">{"props":{"pageProps":
            {"episode":{"eid":"e1","title":"第一期","shownotes":"<p>00:10 开场</p>","duration":61,
            "pubDate":"2024-05-06T12:00:00.000Z","enclosure":{"url":"https://m.example/1.m4a"},
            "podcast":{"pid":"p1","title":"夜谈","author":"林一"}}}}}</script></html>"#;
        let show = xiaoyuzhou_page(html).expect("a show");
        assert_eq!(show.title.as_deref(), Some("夜谈"));
        let episode = show.feed.episodes.first().expect("an episode");
        assert_eq!(episode.duration_ms, Some(61_000));
        assert_eq!(episode.notes_html, "<p>00:10 开场</p>");
        assert_eq!(
            episode.enclosure.as_ref().map(|e| e.url.as_str()),
            Some("https://m.example/1.m4a")
        );
    }
}
