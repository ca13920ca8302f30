//! What a page about a show or an episode offers besides its text: the feed to subscribe to, the
//! recording to play.

use dom_query::Document as Tree;
use url::Url;

use super::addresses::whole;
use super::facts::Metas;
use super::json_ld;
use crate::model::Offer;

/// Where a page names its recording.
const RECORDINGS: [&str; 4] =
    ["og:audio:secure_url", "og:audio", "og:audio:url", "twitter:player:stream"];
/// Endings of recordings.
const SOUNDS: [&str; 8] = [".mp3", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".wav", ".flac"];
/// Words in the name of a feed that say whether it is of the show.
const OF_THE_SHOW: [&str; 5] = ["podcast", "播客", "audio", "episodes", "节目"];
const OF_SOMETHING_ELSE: [&str; 5] = ["comment", "评论", "留言", "oembed", "changelog"];

/// The offers of a page: none unless it is about a recording, or of a directory of shows.
pub(super) fn of(
    tree: &Tree,
    metas: &Metas,
    base: Option<&Url>,
    address: Option<&Url>,
) -> Vec<Offer> {
    if let Some(show) = address.and_then(directory) {
        let recording = recording(tree, metas, base).map(|url| Offer::Recording { url });
        return [Offer::Feed { url: show }].into_iter().chain(recording).collect();
    }
    let Some(recording) = recording(tree, metas, base) else { return Vec::new() };
    let feed = feed(tree, base).map(|url| Offer::Feed { url });
    feed.into_iter().chain([Offer::Recording { url: recording }]).collect()
}

/// The page of a show at Apple Podcasts, which stands for its feed.
fn directory(address: &Url) -> Option<String> {
    let host = address.host_str()?.trim_start_matches("www.");
    let is_show = address.path().split('/').any(|part| {
        part.strip_prefix("id")
            .is_some_and(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()))
    });
    let is_directory = matches!(host, "podcasts.apple.com" | "itunes.apple.com");
    (is_directory && is_show).then(|| {
        let mut show = address.clone();
        show.set_query(None);
        show.set_fragment(None);
        show.into()
    })
}

fn recording(tree: &Tree, metas: &Metas, base: Option<&Url>) -> Option<String> {
    let is_stream = |key: &str, url: &str| key != "twitter:player:stream" || is_sound(url);
    let named = RECORDINGS.iter().find_map(|key| {
        metas.all(key).iter().filter_map(|url| whole(url, base)).find(|url| is_stream(key, url))
    });
    let described = || {
        let found = json_ld::find(tree, |object| {
            let media = ["associatedMedia", "audio", "encoding"];
            media
                .iter()
                .find_map(|key| json_ld::address_in(object.get(*key)?, ["contentUrl", "url"]))
        });
        found.and_then(|url| whole(&url, base)).filter(|url| is_sound(url))
    };
    named.or_else(described).or_else(|| played(tree, base)).or_else(|| linked(tree, base))
}

/// The one recording that the page's own player plays; several are no page of one episode.
fn played(tree: &Tree, base: Option<&Url>) -> Option<String> {
    only(
        tree.select("audio[src], audio source[src]")
            .nodes()
            .iter()
            .filter_map(|node| whole(&node.attr("src")?, base)),
    )
}

/// The one recording that the page links to.
fn linked(tree: &Tree, base: Option<&Url>) -> Option<String> {
    only(tree.select("a[href]").nodes().iter().filter_map(|node| {
        let href = node.attr("href")?;
        let file = href.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
        let is_file = SOUNDS.iter().any(|ending| file.ends_with(ending));
        is_file.then(|| whole(&href, base)).flatten()
    }))
}

/// The first of some addresses, if all name the same file.
fn only(mut all: impl Iterator<Item = String>) -> Option<String> {
    let file = |url: &str| url.split(['?', '#']).next().unwrap_or_default().to_owned();
    let first = all.next()?;
    let name = file(&first);
    all.all(|other| file(&other) == name).then_some(first)
}

/// Whether an address is that of a recording, by its ending.
fn is_sound(url: &str) -> bool {
    let path = Url::parse(url).map(|url| url.path().to_ascii_lowercase()).unwrap_or_default();
    SOUNDS.iter().any(|ending| path.ends_with(ending))
}

/// The feed that the page names in its head; the one of the show where it has several.
fn feed(tree: &Tree, base: Option<&Url>) -> Option<String> {
    let links = tree.select("link[rel~=alternate][href]");
    let feeds = links.nodes().iter().filter_map(|node| {
        let kind = node.attr_or("type", "").to_ascii_lowercase();
        let is_feed = kind.contains("rss") || kind.contains("atom") || kind.contains("feed+json");
        let url = whole(&node.attr("href")?, base)?;
        let name = format!("{} {url}", node.attr_or("title", "")).to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| name.contains(word));
        let rank = if says(&OF_SOMETHING_ELSE) { 2 } else { u8::from(!says(&OF_THE_SHOW)) };
        is_feed.then_some((rank, url))
    });
    // The first of the best.
    let best = feeds.take(32).min_by_key(|(rank, _)| *rank)?;
    (best.0 < 2).then_some(best.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offers(address: &str, html: &str) -> Vec<Offer> {
        let tree = Tree::from(html);
        let url = Url::parse(address).ok();
        of(&tree, &Metas::of(&tree), url.as_ref(), url.as_ref())
    }

    fn feed(url: &str) -> Offer {
        Offer::Feed { url: url.to_owned() }
    }

    fn recording(url: &str) -> Offer {
        Offer::Recording { url: url.to_owned() }
    }

    const FEEDS: &str = "<link rel=alternate type=application/rss+xml href=/comments title=评论>\
        <link rel=alternate type=application/rss+xml href=/blog.xml title=Blog>\
        <link rel=alternate type=application/rss+xml href=/show.xml title='播客'>";

    #[test]
    fn a_page_with_a_recording_offers_it_and_its_show() {
        let all = [feed("https://a.example/show.xml"), recording("https://a.example/1.mp3")];
        for sound in [
            "<meta property=og:audio content=/1.mp3>",
            "<audio><source src=1.mp3></audio>",
            "<a href=1.mp3>下载</a><a href='/1.mp3?from=page'>听</a>",
            "<script type='application/ld+json'>{\"@type\":\"PodcastEpisode\",\"associatedMedia\":\
             {\"contentUrl\":\"https://a.example/1.mp3\"}}</script>",
        ] {
            assert_eq!(offers("https://a.example/1", &format!("{FEEDS}{sound}")), all, "{sound}");
        }
    }

    #[test]
    fn an_article_or_a_list_of_recordings_offers_nothing() {
        assert_eq!(offers("https://a.example/1", FEEDS), []);
        let list = format!("{FEEDS}<a href=1.mp3>一</a><a href=2.mp3>二</a>");
        assert_eq!(offers("https://a.example/1", &list), []);
        let film = "<meta name=twitter:player:stream content='https://a.example/1.mp4'>";
        assert_eq!(offers("https://a.example/1", film), []);
    }

    #[test]
    fn a_show_in_a_directory_is_offered_by_its_page() {
        let page = "https://podcasts.apple.com/cn/podcast/x/id1512341234?i=1000";
        let show = feed("https://podcasts.apple.com/cn/podcast/x/id1512341234");
        assert_eq!(offers(page, "<p>…</p>"), [show]);
        assert_eq!(offers("https://podcasts.apple.com/cn/browse", "<p>…</p>"), []);
    }
}
