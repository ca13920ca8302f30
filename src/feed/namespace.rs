//! Names of namespaces: whatever prefix a feed uses, elements are known here by one prefix each.

/// Prefixes that are understood although a feed forgot to declare them.
const USUAL: [&str; 17] = [
    "itunes",
    "content",
    "dc",
    "dcterms",
    "atom",
    "podcast",
    "psc",
    "media",
    "googleplay",
    "rdf",
    "xml",
    "fireside",
    "sy",
    "feedburner",
    "xhtml",
    "rawvoice",
    "spotify",
];

/// Our prefix for a namespace; the empty one for the RSS namespaces; `None` if it is unknown.
/// Case, a trailing slash or hash, and `http` or `https` make no difference: feeds get them wrong.
pub(super) fn prefix_of(uri: &str) -> Option<&'static str> {
    let uri = uri.trim().to_ascii_lowercase();
    let uri = uri.trim_start_matches("https://").trim_start_matches("http://");
    let uri = uri.trim_start_matches("www.").trim_end_matches(['/', '#']);
    if uri.ends_with("podcast-1.0.dtd") {
        return Some("itunes");
    }
    if uri.contains("podcastindex") && uri.contains("namespace") {
        return Some("podcast");
    }
    Some(match uri {
        "w3.org/2005/atom" | "purl.org/atom/ns" => "atom",
        "purl.org/rss/1.0"
        | "my.netscape.com/rdf/simple/0.9"
        | "channel.netscape.com/rdf/simple/0.9"
        | "backend.userland.com/rss"
        | "backend.userland.com/rss2"
        | "backend.userland.com/rss091"
        | "blogs.law.harvard.edu/tech/rss"
        | "cyber.law.harvard.edu/rss/rss.html"
        | "purl.org/rss/2.0" => "",
        "purl.org/rss/1.0/modules/content" => "content",
        "purl.org/rss/1.0/modules/syndication" => "sy",
        "purl.org/dc/elements/1.1" | "purl.org/dc/elements/1.0" => "dc",
        "purl.org/dc/terms" => "dcterms",
        "w3.org/1999/02/22-rdf-syntax-ns" => "rdf",
        "w3.org/1999/xhtml" | "w3.org/tr/xhtml1" => "xhtml",
        "w3.org/xml/1998/namespace" => "xml",
        "podlove.org/simple-chapters" => "psc",
        "search.yahoo.com/mrss" | "video.search.yahoo.com/mrss" => "media",
        "google.com/schemas/play-podcasts/1.0" => "googleplay",
        "fireside.fm/modules/rss/fireside" => "fireside",
        "rssnamespace.org/feedburner/ext/1.0" => "feedburner",
        _ => return None,
    })
}

/// Our prefix for one that was never declared.
pub(super) fn usual(prefix: &str) -> Option<&'static str> {
    match prefix {
        "sc" => Some("psc"),
        _ => USUAL.into_iter().find(|usual| usual.eq_ignore_ascii_case(prefix)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn namespaces_are_known_in_the_spellings_that_feeds_use() {
        assert_eq!(prefix_of("http://www.itunes.com/DTDs/Podcast-1.0.dtd"), Some("itunes"));
        assert_eq!(prefix_of("http://www.w3.org/2005/Atom/"), Some("atom"));
        assert_eq!(prefix_of("https://podcastindex.org/namespace/1.0"), Some("podcast"));
        assert_eq!(prefix_of("http://podlove.org/simple-chapters/"), Some("psc"));
        assert_eq!(prefix_of("urn:not-itunes"), None);
    }
}
