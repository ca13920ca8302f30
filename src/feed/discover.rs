//! Feeds that a web page points to.

use dom_query::Document;
use url::Url;

use super::address::{followable, resolve};
use super::notes::{cut, plain};

/// How much of a page is looked at: links to feeds stand in its head.
const LOOKED_AT: usize = 1024 * 1024;
/// A link with its words that is longer than this is left out.
const MAX_TAG: usize = 4096;
/// Feeds of one page beyond this are left out.
const MAX_FOUND: usize = 50;

/// A feed that a page points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discovered {
    /// The feed's address, absolute.
    pub url: String,
    /// What the page calls it.
    pub title: Option<String>,
}

/// Finds `<link rel="alternate">` (or `rel="feed"`) of feed types, else links whose address looks
/// like a feed, in the order of the page, each once. `base_text` is the page's address.
#[must_use]
pub fn discover(html: &str, base_text: &str) -> Vec<Discovered> {
    let head = shallow(cut(html, LOOKED_AT));
    let document = Document::from(head.as_str());
    let page = Url::parse(base_text).ok();
    let declared = document.select("base[href]").attr("href");
    let base = declared
        .and_then(|href| resolve(page.as_ref(), &href))
        .and_then(|href| Url::parse(&href).ok())
        .or(page);
    let mut found: Vec<Discovered> = Vec::new();
    for link in &document.select("link[href]") {
        let attr =
            |name: &str| link.attr(name).map(|value| value.to_lowercase()).unwrap_or_default();
        let rel = attr("rel");
        let mut relations = rel.split_ascii_whitespace();
        if relations.any(|r| r == "feed" || r == "alternate" && is_feed_type(&attr("type"))) {
            add(
                &mut found,
                base.as_ref(),
                link.attr("href").as_deref(),
                link.attr("title").as_deref(),
            );
        }
    }
    if found.is_empty()
        && let Some(feed) = super::youtube::of_page(html, base_text)
    {
        add(&mut found, None, Some(&feed), None);
    }
    if found.is_empty() {
        for anchor in &document.select("a[href]") {
            let href = anchor.attr("href").unwrap_or_default();
            if looks_like_feed(&href) {
                add(&mut found, base.as_ref(), Some(&href), Some(&anchor.text()));
            }
        }
    }
    found
}

/// The tags that matter, without their nesting: hostile pages nest without end, and a tree of
/// them would be dropped recursively.
fn shallow(html: &str) -> String {
    let mut out = String::new();
    let lower = html.to_ascii_lowercase();
    for (at, _) in lower.match_indices('<') {
        let tag = cut(lower.get(at..).unwrap_or_default(), MAX_TAG);
        let anchor = tag.starts_with("<a ") || tag.starts_with("<a\n");
        if !anchor && !tag.starts_with("<link") && !tag.starts_with("<base") {
            continue;
        }
        let end = if anchor { tag.find("</a") } else { tag.find('>').map(|end| end + 1) };
        let end = end.unwrap_or(0);
        out.push_str(html.get(at..at + end).unwrap_or_default());
        if anchor && end > 0 {
            out.push_str("</a>");
        }
    }
    out
}

fn is_feed_type(kind: &str) -> bool {
    let kind = kind.split(';').next().unwrap_or_default().trim();
    matches!(
        kind,
        "application/rss+xml"
            | "application/atom+xml"
            | "application/rdf+xml"
            | "application/feed+json"
            | "application/json"
            | "application/xml"
            | "text/xml"
            | "application/rss"
            | "text/rss"
    )
}

fn looks_like_feed(href: &str) -> bool {
    let path = href.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    matches!(
        last.as_str(),
        "rss" | "feed" | "atom" | "rss.xml" | "feed.xml" | "atom.xml" | "index.xml" | "feed.json"
    ) || matches!(last.rsplit_once('.'), Some((_, "rss" | "atom")))
}

fn add(found: &mut Vec<Discovered>, base: Option<&Url>, href: Option<&str>, title: Option<&str>) {
    let url = href.and_then(|href| resolve(base, href)).and_then(|url| followable(&url, false));
    if let Some(url) = url
        && found.len() < MAX_FOUND
        && !found.iter().any(|known| known.url == url)
    {
        found.push(Discovered { url, title: title.and_then(plain) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternate_links_are_found_in_order_and_absolute() {
        let html = "<html><head><LINK rel='alternate stylesheet' href='x.css'>\
            <link href=\"/rss?a=1&amp;b=2\" type='application/rss+xml' rel=alternate title='夜谈 &amp; Co'>\
            <link rel=\"alternate\" type=\"application/atom+xml\" href=\"https://b.example/atom\">\
            <link rel=alternate hreflang=en href=/en></head><body><a href='/feed'>feed</a>";
        let found = discover(html, "https://a.example/show/");
        let urls: Vec<&str> = found.iter().map(|feed| feed.url.as_str()).collect();
        assert_eq!(urls, ["https://a.example/rss?a=1&b=2", "https://b.example/atom"]);
        assert_eq!(found.first().and_then(|feed| feed.title.as_deref()), Some("夜谈 & Co"));
    }

    #[test]
    fn without_them_links_that_look_like_feeds_are_taken() {
        let found =
            discover("<p><a href='about'>x</a> <a href='feed.xml'>RSS</a>", "https://a.example/b/");
        assert_eq!(found.len(), 1);
        assert_eq!(
            found.first().map(|feed| feed.url.as_str()),
            Some("https://a.example/b/feed.xml")
        );
    }

    #[test]
    fn endless_nesting_does_no_harm() {
        let html = "<div>".repeat(100_000) + "<a href=/rss>x</a>";
        assert_eq!(discover(&html, "https://a.example/").len(), 1);
    }
}
