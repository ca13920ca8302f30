//! XML and HTML: told by the first element, which may stand behind declarations and comments.

use super::Kind;

/// What a text is whose first element is known; `None` for other text. Feeds are known even behind
/// some noise, since many servers print warnings first.
pub(super) fn root(text: &str) -> Option<Kind> {
    if let Some(name) = first_element(text) {
        if let Some(kind) = by_name(&name, text) {
            return Some(kind);
        }
        if text.starts_with("<?xml") {
            return Some(Kind::Unknown);
        }
    }
    let head = head(text, 4096).to_ascii_lowercase();
    let at = |what: &str| head.find(what);
    // Noise before the feed: only where an attribute or a channel shows that it is no mere mention.
    let feed = [at("<rss version"), at("<rss xmlns"), at("<feed xmlns"), at("<rdf:rdf")]
        .into_iter()
        .flatten()
        .min();
    let page = [at("<html"), at("<!doctype html"), at("```"), at("`<")].into_iter().flatten().min();
    (feed.is_some() && (page.is_none() || feed < page)).then_some(Kind::Feed)
}

/// The longest beginning of at most `length` bytes that ends between characters.
pub(super) fn head(text: &str, length: usize) -> &str {
    let end = (0..=length.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

/// The lower-case local name of the first element, if the text begins with markup.
fn first_element(text: &str) -> Option<String> {
    let mut rest = text;
    // Declarations and comments before the root; more than this many is not a document.
    for _ in 0..64 {
        rest = rest.trim_start();
        rest = if let Some(comment) = rest.strip_prefix("<!--") {
            comment.split_once("-->")?.1
        } else if rest.starts_with("<?") {
            rest.split_once('>')?.1
        } else if rest.starts_with("<!") {
            if head(rest, 16).to_ascii_lowercase().starts_with("<!doctype html") {
                return Some("html".to_owned());
            }
            after_declaration(rest)?
        } else {
            let name = rest.strip_prefix('<')?;
            let name: String = name
                .chars()
                .take(40)
                .take_while(|c| c.is_alphanumeric() || ":-_".contains(*c))
                .collect();
            let local = name.rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
            return (!local.is_empty()).then_some(local);
        };
    }
    None
}

/// What follows a `<!DOCTYPE … [ … ]>`.
fn after_declaration(text: &str) -> Option<&str> {
    let end = text.find('>')?;
    match text.find('[') {
        Some(inner) if inner < end => {
            let close = text.find("]>").map(|at| at + 2).or(Some(end + 1))?;
            text.get(close..)
        }
        _ => text.get(end + 1..),
    }
}

fn by_name(name: &str, text: &str) -> Option<Kind> {
    match name {
        // RDF also carries subscription lists (OCS) and much else; those are still asked as feeds.
        "rss" | "feed" | "channel" | "rdf" => Some(Kind::Feed),
        "opml" | "outline" => Some(Kind::Opml),
        "svg" => Some(Kind::Image),
        "html" | "head" | "body" | "title" | "meta" | "script" | "link" => Some(Kind::Html),
        // A fragment; Markdown may also begin with an element, so its own marks decide.
        _ if is_html_element(name) && !super::prose::is_markdown(text) => Some(Kind::Html),
        _ => None,
    }
}

/// Elements that show notes and pages are made of.
pub(super) fn is_html_element(name: &str) -> bool {
    const NAMES: [&str; 44] = [
        "a",
        "article",
        "aside",
        "b",
        "blockquote",
        "br",
        "cite",
        "code",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "figure",
        "font",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "i",
        "iframe",
        "img",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "span",
        "strong",
        "style",
        "table",
        "time",
        "u",
        "ul",
        "video",
        "audio",
    ];
    NAMES.contains(&name)
}
