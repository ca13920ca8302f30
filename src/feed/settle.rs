//! Items and heads in the words that the feed crates read: Atom 0.3 under the names of 1.0, dates in
//! RFC 3339, markup as text, elements of other namespaces in the place of missing ones.

use super::element::{Element, Node};
use super::{date, write};

/// Elements whose markup becomes text.
pub(super) const RICH: [&str; 10] = [
    "guid",
    "title",
    "description",
    "content:encoded",
    "itunes:summary",
    "itunes:subtitle",
    "itunes:title",
    "atom:title",
    "googleplay:description",
    "content",
];
/// Atom elements that hold text of some type.
pub(super) const CONSTRUCTS: [&str; 6] =
    ["atom:title", "atom:subtitle", "atom:summary", "atom:content", "atom:rights", "atom:tagline"];

/// An RSS item (or head): markup becomes text, and elements of other namespaces stand in for
/// missing ones.
pub(super) fn settle_item(item: &mut Element) {
    for child in item.elements_mut() {
        if child.name == "xhtml:body" || child.name == "body" {
            *child = Element::of_text("content:encoded", write::inner_html(child));
        } else if child.name.starts_with("atom:") && CONSTRUCTS.contains(&child.name.as_str()) {
            *child = Element::of_text(&child.name, construct_html(child));
        } else if RICH.contains(&child.name.as_str()) && child.has_elements() {
            *child = Element::of_text(&child.name, write::inner_html(child));
        }
    }
    picture(item);
    stand_in(
        item,
        "pubdate",
        &[
            "dc:date",
            "atom:published",
            "dcterms:issued",
            "dcterms:created",
            "published",
            "date",
            "atom:issued",
            "atom:updated",
            "dcterms:modified",
            "updated",
        ],
    );
    stand_in(item, "title", &["atom:title", "dc:title", "media:title", "itunes:title"]);
    stand_in(
        item,
        "description",
        &[
            "atom:summary",
            "summary",
            "dc:description",
            "media:description",
            "googleplay:description",
            "itunes:subtitle",
        ],
    );
    stand_in(item, "content:encoded", &["content", "atom:content", "fullitem", "encoded"]);
    stand_in(item, "guid", &["atom:id", "id"]);
    if item.name == "head" {
        stand_in(item, "managingeditor", &["author", "webmaster"]);
    }
    // Twins: the first one counts, but the crate keeps the last.
    for name in ["guid", "pubdate", "link", "title", "description", "content:encoded", "author"] {
        keep_first(item, name);
    }
}

/// Pictures of items stand in `itunes:image href="…"`, also when they were written as text, as
/// `url="…"` or as an RSS `image`, which has no meaning in an item but is common.
fn picture(item: &mut Element) {
    let inside_item = item.name == "item";
    let found = item.elements().find_map(|child| match child.name.as_str() {
        "itunes:image" => [child.attr("href"), child.attr("url")]
            .into_iter()
            .flatten()
            .map(str::to_owned)
            .chain([child.text(), child.child("url").map(Element::text).unwrap_or_default()])
            .find(|address| !address.is_empty()),
        _ => None,
    });
    let found = found.or_else(|| {
        let image = item.child("image").filter(|_| inside_item)?;
        let inner = image.child("url").map(Element::text);
        inner.or_else(|| image.attr("href").or(image.attr("url")).map(str::to_owned))
    });
    if let Some(address) = found.filter(|address| !address.is_empty()) {
        item.children.retain(|node| !matches!(node, Node::Element(e) if e.name == "itunes:image"));
        item.push(Element {
            name: "itunes:image".to_owned(),
            attrs: vec![("href".to_owned(), address)],
            children: Vec::new(),
        });
    }
}

/// Adds `name` if it is missing or empty and one of `others` has something to say.
fn stand_in(item: &mut Element, name: &str, others: &[&str]) {
    let has = |name: &str| item.elements().any(|e| e.name == name && !e.text().is_empty());
    if has(name) {
        return;
    }
    let text = others.iter().find_map(|other| {
        item.elements()
            .filter(|e| e.name == *other)
            .map(Element::text)
            .find(|text| !text.is_empty())
    });
    if let Some(text) = text {
        item.push(Element::of_text(name, text));
    }
}

/// Leaves the first element of that name that says something.
fn keep_first(item: &mut Element, name: &str) {
    let mut seen = false;
    item.children.retain(|node| match node {
        Node::Element(e) if e.name == name => {
            let keep = !seen && !e.text().is_empty();
            seen = seen || keep;
            keep
        }
        _ => true,
    });
}

/// An Atom entry (or head) of 0.3 or 1.0 as 1.0 has it; texts as HTML, dates in RFC 3339.
pub(super) fn settle_entry(entry: &mut Element) {
    for child in entry.elements_mut() {
        let old = match child.name.as_str() {
            "atom:issued" => Some("atom:published"),
            "atom:modified" => Some("atom:updated"),
            "atom:tagline" => Some("atom:subtitle"),
            "atom:copyright" => Some("atom:rights"),
            _ => None,
        };
        if let Some(name) = old {
            name.clone_into(&mut child.name);
        }
        let name = child.name.clone();
        if CONSTRUCTS.contains(&name.as_str()) {
            let html = construct_html(child);
            let src = child.attr("src").map(|src| ("src".to_owned(), src.to_owned()));
            *child = Element::of_text(&name, html);
            child.attrs = vec![("type".to_owned(), "html".to_owned())];
            child.attrs.extend(src);
        }
    }
    stand_in(entry, "atom:published", &["atom:created", "dc:date", "pubdate", "dcterms:issued"]);
    for child in entry.elements_mut() {
        if matches!(child.name.as_str(), "atom:published" | "atom:updated") {
            let date = date::parse(&child.text());
            let date = date.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
            *child = match date {
                Some(date) => Element::of_text(&child.name, date.to_string()),
                None => Element::of_text("unreadable", String::new()),
            };
        }
    }
    // What repeats inside a source or is no text must not reach the crate.
    entry.children.retain(|node| {
        !matches!(node, Node::Element(e)
            if matches!(e.name.as_str(), "unreadable" | "atom:source" | "atom:category" | "atom:generator"))
    });
    keep_first(entry, "atom:id");
    keep_first(entry, "atom:published");
}

/// A text construct (RFC 4287 3.1) as HTML.
fn construct_html(element: &Element) -> String {
    let kind = element.attr("type").unwrap_or("text").to_ascii_lowercase();
    let mode = element.attr("mode").unwrap_or_default();
    let html_type = matches!(kind.as_str(), "html" | "text/html" | "text/x-html");
    if element.has_elements() && mode != "escaped" {
        let only = element.elements().next().filter(|child| {
            child.name == "xhtml:div"
                && element.elements().count() == 1
                && element.text().is_empty()
        });
        return write::inner_html(only.unwrap_or(element));
    }
    if mode == "base64" {
        return String::new();
    }
    if html_type || mode == "escaped" && kind != "text/plain" && kind != "text" {
        element.text()
    } else {
        quick_xml::escape::escape(element.text().as_str()).into_owned()
    }
}
