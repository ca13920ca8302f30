//! From the tree of any XML feed to one head and its items, addresses absolute.

use url::Url;

use super::address;
use super::element::{Element, Node};
use super::mend::Mends;
use super::settle::{CONSTRUCTS, RICH, settle_entry, settle_item};
use super::tree::MAX_DEPTH;
use crate::model::FeedFormat;

/// Items beyond this are left out.
const MAX_ITEMS: usize = 100_000;
/// Text of an item beyond this many bytes is left out before it is parsed.
const MAX_TEXT: usize = 10 * 1024 * 1024;

/// What the root element tells of the document.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Family {
    Feed(FeedFormat),
    Opml,
    Html,
    Unknown,
}

/// Tells the family by the first element that tells anything.
pub(super) fn family(top: &Element) -> Family {
    for element in top.elements() {
        match element.name.as_str() {
            "rss" | "channel" | "item" => return Family::Feed(FeedFormat::Rss),
            "rdf:rdf" => return Family::Feed(FeedFormat::Rdf),
            "atom:feed" | "atom:entry" => return Family::Feed(FeedFormat::Atom),
            "opml" | "outline" => return Family::Opml,
            "html" | "xhtml:html" | "head" | "body" => return Family::Html,
            _ => {}
        }
    }
    // A feed in a wrapper (a proxy's envelope) is still a feed.
    let wrapped = top.elements().flat_map(Element::elements).find_map(|element| {
        matches!(element.name.as_str(), "channel" | "rss").then_some(FeedFormat::Rss)
    });
    wrapped.map_or(Family::Unknown, Family::Feed)
}

/// A feed taken apart.
pub(super) struct Shaped {
    /// What the feed says of itself.
    pub(super) head: Element,
    /// Its items in document order.
    pub(super) items: Vec<Element>,
}

/// Takes the feed apart. `base` is the feed's own address.
pub(super) fn shape(top: Element, atom: bool, base: Option<Url>, mends: &mut Mends) -> Shaped {
    let mut head = Element { name: "head".to_owned(), ..Element::default() };
    let base = base.or_else(|| page_of(&top, 0));
    let mut cut = Cut { head: &mut head, items: Vec::new(), atom, full: false };
    cut.take(top, base.as_ref(), true);
    let (mut items, full) = (cut.items, cut.full);
    if full {
        mends.note("the feed has more than 100,000 items; the rest was left out");
    }
    for item in &mut items {
        if atom {
            settle_entry(item);
        } else {
            settle_item(item);
        }
        bound_text(item, mends);
    }
    if atom {
        settle_entry(&mut head);
    } else {
        settle_item(&mut head);
    }
    bound_text(&mut head, mends);
    Shaped { head, items }
}

/// The page that the feed belongs to, as a base where nothing better is known.
fn page_of(element: &Element, depth: usize) -> Option<Url> {
    let found = element.elements().find_map(|child| match child.name.as_str() {
        "link" => Url::parse(&child.text()).ok(),
        "atom:link" if !matches!(child.attr("rel"), Some("enclosure" | "hub")) => {
            Url::parse(child.attr("href")?).ok()
        }
        _ => None,
    });
    if found.is_some() || depth > 3 {
        return found;
    }
    let mut inner = element
        .elements()
        .filter(|child| matches!(child.name.as_str(), "rss" | "rdf:rdf" | "channel" | "atom:feed"));
    inner.find_map(|child| page_of(child, depth + 1))
}

struct Cut<'a> {
    head: &'a mut Element,
    items: Vec<Element>,
    atom: bool,
    full: bool,
}

impl Cut<'_> {
    /// Sorts what is in `element` into head and items. Depth is bounded by the tree.
    fn take(&mut self, element: Element, base: Option<&Url>, outer: bool) {
        let own = element.attr("xml:base").and_then(|written| address::resolve(base, written));
        let own = own.and_then(|absolute| Url::parse(&absolute).ok());
        let base = own.as_ref().or(base);
        if let (Some(language), None) = (element.attr("xml:lang"), self.head.child("language"))
            && outer
        {
            self.head.push(Element::of_text("language", language.to_owned()));
        }
        for node in element.children {
            let Node::Element(mut child) = node else { continue };
            match child.name.as_str() {
                "item" | "atom:entry" => {
                    if self.items.len() >= MAX_ITEMS {
                        self.full = true;
                        continue;
                    }
                    absolute(&mut child, base, 0);
                    permalink(&mut child, base);
                    self.items.push(child);
                }
                "rss" | "rdf:rdf" | "channel" | "atom:feed" => {
                    self.take(child, base, true);
                }
                // A stray wrapper may hold items (`<items>`, an unclosed head element).
                _ if holds_items(&child, 0) => self.take(child, base, false),
                _ => {
                    // Of twins in the head the first counts: later ones are slips.
                    let twin = !self.atom && child.name != "atom:link" && {
                        let known = self.head.child(&child.name);
                        known.is_some_and(|known| !known.text().is_empty() || known.has_elements())
                    };
                    if !twin {
                        absolute(&mut child, base, 0);
                        self.head.push(child);
                    }
                }
            }
        }
    }
}

fn holds_items(element: &Element, depth: usize) -> bool {
    depth < MAX_DEPTH
        && element.elements().any(|child| {
            matches!(child.name.as_str(), "item" | "atom:entry") || holds_items(child, depth + 1)
        })
}

/// Makes the addresses in an element absolute.
fn absolute(element: &mut Element, base: Option<&Url>, depth: usize) {
    let own = element.attr("xml:base").and_then(|written| address::resolve(base, written));
    let own = own.and_then(|absolute| Url::parse(&absolute).ok());
    let base = own.as_ref().or(base);
    let name = element.name.as_str();
    // `<link href="…"/>` in RSS, as in Atom.
    if name == "link" && element.text().is_empty() && element.attr("href").is_some() {
        let rel = element.attr("rel").unwrap_or("alternate").to_owned();
        if rel == "alternate" {
            let href = element.attr("href").unwrap_or_default().to_owned();
            element.children = vec![Node::Text(href)];
        } else {
            "atom:link".clone_into(&mut element.name);
        }
    }
    let name = element.name.as_str();
    if matches!(name, "link" | "url" | "atom:logo" | "atom:icon" | "itunes:new-feed-url") {
        let resolved = address::resolve(base, &element.text());
        element.children = vec![Node::Text(resolved.unwrap_or_default())];
    }
    if RICH.contains(&name) || CONSTRUCTS.contains(&name) && element.attr("src").is_none() {
        return;
    }
    for (key, value) in &mut element.attrs {
        if matches!(key.as_str(), "href" | "url" | "src" | "image" | "uri") {
            *value = address::resolve(base, value).unwrap_or_default();
        }
    }
    if depth < MAX_DEPTH {
        element.elements_mut().for_each(|child| absolute(child, base, depth + 1));
    }
}

/// A guid that says it is an address but is a relative one: the link of an item without one.
fn permalink(item: &mut Element, base: Option<&Url>) {
    if item.child("link").is_some_and(|link| !link.text().is_empty()) {
        return;
    }
    let guid = item.child("guid").filter(|guid| guid.attr("ispermalink") == Some("true"));
    if let Some(address) = guid.and_then(|guid| address::resolve(base, &guid.text())) {
        item.push(Element::of_text("link", address));
    }
}

/// Cuts texts that are beyond all reason.
fn bound_text(item: &mut Element, mends: &mut Mends) {
    for child in item.elements_mut() {
        for node in &mut child.children {
            if let Node::Text(text) = node
                && text.len() > MAX_TEXT
            {
                mends.note("a text of more than 10 MB was cut");
                text.truncate(text.floor_char_boundary(MAX_TEXT));
            }
        }
    }
}
