//! The tree of a document as one can rely on it: names in lower case under one prefix per
//! namespace, depth and number of elements bounded, tags closed where people forgot.

use std::borrow::Cow;

use super::element::{Element, Node};
use super::mend::Mends;
use super::namespace;
use super::token::{self, Token};

/// Elements nested deeper than this are flattened: their text stays, their tags go.
pub(super) const MAX_DEPTH: usize = 60;
/// A feed with more elements is cut.
const MAX_ELEMENTS: usize = 4_000_000;
/// Namespace declarations in force at one place beyond this are left out.
const MAX_BINDINGS: usize = 200;
/// HTML elements that have no end tag.
const VOID: [&str; 11] =
    ["br", "hr", "img", "input", "wbr", "col", "embed", "area", "param", "track", "base"];
/// Elements of a feed that hold text alone: another of them beginning inside means that the end
/// tag was forgotten.
const PLAIN: [&str; 11] = [
    "title",
    "link",
    "guid",
    "pubdate",
    "description",
    "enclosure",
    "content:encoded",
    "itunes:duration",
    "itunes:author",
    "language",
    "itunes:summary",
];

/// The document: its root elements under one nameless element, and whether it breaks off.
pub(super) struct Tree {
    pub(super) top: Element,
    pub(super) broken_off: bool,
}

/// Builds the tree of a mended text.
pub(super) fn grow(text: &str, mends: &mut Mends) -> Tree {
    let mut grower = Grower {
        open: vec![Open::default()],
        flattened: 0,
        bindings: Vec::new(),
        elements: 0,
        items: 0,
        full: false,
    };
    let broken = token::walk(text, mends, &mut |token, _, mends| grower.take(token, mends));
    let unclosed = grower.open.len() > 1;
    if unclosed || broken {
        mends.note("the feed breaks off before its end; what came before was kept");
    }
    grower.close_rest(mends);
    let top = grower.open.pop().map(|open| open.element).unwrap_or_default();
    Tree { top, broken_off: unclosed || broken }
}

/// An element that is still open.
#[derive(Default)]
struct Open {
    element: Element,
    /// The name as written, for the end tag.
    written: String,
    /// How many namespace bindings were there before it.
    bindings: usize,
}

struct Grower {
    open: Vec<Open>,
    /// Open tags below the greatest depth.
    flattened: usize,
    /// Prefix as written → our prefix, inner ones last.
    bindings: Vec<(String, String)>,
    elements: usize,
    items: usize,
    full: bool,
}

impl Grower {
    fn take(&mut self, token: Token<'_>, mends: &mut Mends) -> bool {
        match token {
            Token::Start { name, attrs, empty } => self.start(name, attrs, empty, mends),
            Token::End { name } => self.end(name, mends),
            Token::Text(text) => self.text(text),
        }
        !self.full
    }

    fn start(
        &mut self,
        written: &str,
        attrs: Vec<(String, String)>,
        empty: bool,
        mends: &mut Mends,
    ) {
        self.elements += 1;
        if self.elements > MAX_ELEMENTS {
            mends.note("the feed has too many elements; the rest was left out");
            self.full = true;
            return;
        }
        let before = self.bindings.len();
        let plain: Vec<(String, String)> =
            attrs.into_iter().filter_map(|attr| self.bind_or_keep(attr)).collect();
        let name = self.canonical(written, mends);
        let fresh = self.bindings.split_off(before.min(self.bindings.len()));
        self.close_forgotten(&name, mends);
        let before = self.bindings.len();
        self.bindings.extend(fresh);
        if self.open.len() >= MAX_DEPTH {
            mends.note("elements are nested too deeply; their text was kept");
            self.bindings.truncate(before);
            self.flattened += usize::from(!empty);
            return;
        }
        let void = VOID.contains(&name.trim_start_matches("xhtml:"));
        let element = Element { name, attrs: plain, children: Vec::new() };
        self.open.push(Open { element, written: written.to_owned(), bindings: before });
        if empty || void {
            self.close_top();
        }
    }

    /// Keeps an `xmlns` attribute as a binding, any other with its name in lower case and without
    /// prefix (`xml:base` keeps it: it means something everywhere).
    fn bind_or_keep(&mut self, (key, value): (String, String)) -> Option<(String, String)> {
        let key = key.to_ascii_lowercase();
        if key == "xmlns" || key.starts_with("xmlns:") {
            let prefix = key.strip_prefix("xmlns:").unwrap_or_default().to_owned();
            let ours = match namespace::prefix_of(&value) {
                Some(ours) => ours.to_owned(),
                None if prefix.is_empty() => String::new(),
                // A usual prefix bound to something else must not be mistaken.
                None if namespace::usual(&prefix).is_some() => format!("other-{prefix}"),
                None => prefix.clone(),
            };
            if self.bindings.len() < MAX_BINDINGS {
                self.bindings.push((prefix, ours));
            }
            return None;
        }
        let name = match key.split_once(':') {
            Some(("xml", _)) | None => key,
            Some((_, local)) => local.to_owned(),
        };
        Some((name, value))
    }

    /// The name under our prefixes, in lower case.
    fn canonical(&self, written: &str, mends: &mut Mends) -> String {
        let (prefix, local) = written.split_once(':').unwrap_or(("", written));
        let (prefix, local) = (prefix.to_ascii_lowercase(), local.to_ascii_lowercase());
        let bound = self.bindings.iter().rev().find(|(known, _)| *known == prefix);
        let ours: Cow<'_, str> = match bound {
            Some((_, ours)) => Cow::Borrowed(ours),
            None if prefix.is_empty() && self.in_atom(&local) => Cow::Borrowed("atom"),
            None if prefix.is_empty() => Cow::Borrowed(""),
            None => {
                let usual = namespace::usual(&prefix);
                if prefix != "xml" {
                    mends.note("a namespace prefix is used without being declared");
                }
                usual.map_or_else(|| Cow::Owned(prefix.clone()), Cow::Borrowed)
            }
        };
        // Atom elements under an unknown default namespace are Atom elements all the same.
        if ours.is_empty() && prefix.is_empty() && self.in_atom(&local) {
            return format!("atom:{local}");
        }
        if ours.is_empty() { local } else { format!("{ours}:{local}") }
    }

    /// Whether an element without a namespace belongs to an Atom feed.
    fn in_atom(&self, local: &str) -> bool {
        let root = self.open.get(1).map(|open| open.element.name.as_str());
        root.map_or(matches!(local, "feed" | "entry"), |root| {
            matches!(root, "atom:feed" | "atom:entry")
        })
    }

    /// Closes what must have been meant to end before an element of this name.
    fn close_forgotten(&mut self, name: &str, mends: &mut Mends) {
        if matches!(name, "item" | "atom:entry" | "channel") {
            self.items += usize::from(name != "channel");
            let same = self.open.iter().rposition(|open| open.element.name == name);
            if let Some(index) = same {
                mends.note("an item that is not closed was closed where the next begins");
                self.flattened = 0;
                self.close_to(index);
            }
        } else if self.flattened == 0
            && PLAIN.contains(&name)
            && self.open.last().is_some_and(|open| PLAIN.contains(&&*open.element.name))
        {
            mends.note("an element that is not closed was closed where the next begins");
            self.close_top();
        }
    }

    fn end(&mut self, written: &str, mends: &mut Mends) {
        let index = self.open.iter().skip(1).rposition(|open| open.written == written);
        let index = index.or_else(|| {
            let mut open = self.open.iter().skip(1);
            open.rposition(|open| open.written.eq_ignore_ascii_case(written))
        });
        if self.flattened > 0 {
            let structural = matches!(written, "item" | "entry" | "channel" | "rss" | "feed")
                || index.is_some_and(|index| {
                    self.open.get(index + 1).is_some_and(|o| PLAIN.contains(&&*o.element.name))
                });
            if !structural || index.is_none() {
                self.flattened -= 1;
                return;
            }
            self.flattened = 0;
        }
        match index.map(|index| index + 1) {
            Some(index) => {
                if index + 1 < self.open.len() {
                    mends.note("tags that are not closed were closed");
                }
                self.close_to(index);
            }
            None if VOID.contains(&written) => {}
            None => mends.note("end tags without a beginning were left out"),
        }
    }

    fn text(&mut self, text: Cow<'_, str>) {
        let Some(open) = self.open.last_mut() else { return };
        match open.element.children.last_mut() {
            Some(Node::Text(run)) => run.push_str(&text),
            _ => open.element.children.push(Node::Text(text.into_owned())),
        }
    }

    /// Closes the open element at `index` and all in it.
    fn close_to(&mut self, index: usize) {
        while self.open.len() > index.max(1) {
            self.close_top();
        }
    }

    /// Closes what is open at the end. Half an item that cannot be told from others any more would
    /// come back as another one with the next refresh, so it goes if there are others.
    fn close_rest(&mut self, mends: &mut Mends) {
        let complete = self.items > 1;
        while self.open.len() > 1 {
            let half = complete
                && self.open.last().is_some_and(|open| {
                    let element = &open.element;
                    let known = ["guid", "atom:id", "enclosure"];
                    matches!(element.name.as_str(), "item" | "atom:entry")
                        && !known.iter().any(|name| element.child(name).is_some())
                });
            if half {
                mends.note("the last item breaks off and was left out");
                self.open.pop();
            } else {
                self.close_top();
            }
        }
    }

    fn close_top(&mut self) {
        if let Some(open) = self.open.pop() {
            self.bindings.truncate(open.bindings);
            if let Some(parent) = self.open.last_mut() {
                parent.element.children.push(Node::Element(open.element));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> String {
        fn write(element: &Element, out: &mut String) {
            for node in &element.children {
                match node {
                    Node::Text(text) => out.push_str(text),
                    Node::Element(child) => {
                        out.extend(["[", &child.name, " "]);
                        write(child, out);
                        out.push(']');
                    }
                }
            }
        }
        let mut out = String::new();
        write(&grow(text, &mut Mends::default()).top, &mut out);
        out
    }

    #[test]
    fn prefixes_are_read_by_their_namespace() {
        let text = "<rss xmlns:p=\"http://www.itunes.com/dtds/podcast-1.0.dtd\" \
                    xmlns:itunes=\"urn:else\"><p:Duration>1</p:Duration><itunes:duration>2\
                    </itunes:duration><media:x/></rss>";
        let expected = "[rss [itunes:duration 1][other-itunes:duration 2][media:x ]]";
        assert_eq!(shape(text), expected);
    }

    #[test]
    fn forgotten_end_tags_cost_no_neighbour() {
        let text = "<rss><channel><item><title>a<link>b</link><item><description>x<br>y<b>z\
                    </description></item></channel>";
        assert_eq!(
            shape(text),
            "[rss [channel [item [title a][link b]][item [description x[br ]y[b z]]]]]"
        );
    }

    #[test]
    fn depth_is_bounded_and_the_text_stays() {
        let text = format!(
            "<rss><item>{}deep{}</item><item>b</item></rss>",
            "<d>".repeat(5000),
            "</d>".repeat(5000)
        );
        let out = shape(&text);
        assert!(out.contains("deep") && out.ends_with("[item b]]"), "{out}");
        assert!(out.matches('[').count() < MAX_DEPTH + 5);
    }
}
