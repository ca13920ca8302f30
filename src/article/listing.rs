//! Pages that are lists of links: the scores look for running text and would throw the list away.

use dom_query::{Document as Tree, NodeRef};

use crate::text::{Block, BlockKind, Document};

use super::{around, flat};

/// Elements that stand around the main part of a page, and what is never read.
const AROUND: [&str; 7] = ["nav", "header", "footer", "aside", "form", "dialog", "noscript"];
/// Roles of such elements.
const ROLES: [&str; 6] =
    ["navigation", "banner", "contentinfo", "complementary", "search", "dialog"];
/// What is in the classes of such elements, and in their ids.
const NAMED: [&str; 4] = ["cookie", "sidebar", "footer", "menu"];
/// What is in their classes alone.
const CLASSED: [&str; 2] = ["breadcrumb", "navbar"];

/// What an introduction to a list has at most, in letters (an ideograph says as much as three).
const MAX_PROSE: usize = 800;

/// A mended page without what stands around its main part; `None` if nothing is left. Takes that out
/// of the tree.
pub(super) fn main_part(tree: &Tree, base: Option<&str>) -> Option<Document> {
    drop_around(tree);
    let body = tree.select("body");
    read(body.nodes().first()?, tree, base)
}

/// The main part without what stands between its paragraphs either. A list may be made of nothing
/// else, so this is for pages of prose.
pub(super) fn main_prose(tree: &Tree, base: Option<&str>) -> Option<Document> {
    drop_around(tree);
    let body = tree.select("body");
    let body = body.nodes().first()?;
    around::remove(body);
    read(body, tree, base)
}

/// One walk: a selector of all this asks every element thirty questions.
fn drop_around(tree: &Tree) {
    let elements: Vec<NodeRef<'_>> = tree.root().descendants_it().collect();
    elements.iter().filter(|node| is_around(node)).for_each(NodeRef::remove_from_parent);
}

fn is_around(node: &NodeRef<'_>) -> bool {
    let Some(element) = node.element_ref() else { return false };
    let named = |value: &str, words: &[&str]| words.iter().any(|word| value.contains(word));
    AROUND.contains(&&*element.name.local)
        || element.attrs.iter().any(|attr| match &*attr.name.local {
            "role" => ROLES.contains(&&*attr.value),
            "aria-hidden" => &*attr.value == "true",
            "class" => named(&attr.value, &NAMED) || named(&attr.value, &CLASSED),
            "id" => named(&attr.value, &NAMED),
            "style" => named(&attr.value, &["visibility:hidden", "visibility: hidden"]),
            _ => false,
        })
}

fn read(body: &NodeRef<'_>, tree: &Tree, base: Option<&str>) -> Option<Document> {
    let main = tree.select("main, [role=main]");
    let document = match main.nodes() {
        [main] => flat::document(main, base),
        _ => flat::document(body, base),
    };
    (!document.blocks.is_empty()).then_some(document)
}

/// Whether `main` is mostly links and `chosen` lost most of them. A text of some length beside many
/// links is an article with a menu that nothing marks as one.
pub(super) fn lost_its_list(main: &Document, chosen: &Document) -> bool {
    let (all, kept) = (Weights::of(main), Weights::of(chosen));
    kept.prose() < MAX_PROSE
        && all.linked * 10 > all.text * 6
        && kept.linked * 4 < all.linked
        && kept.text * 4 < all.text
}

/// Whether a document is little enough, beside all of its page, to ask whether a list was lost.
pub(super) fn is_little(chosen: &Document, whole: &Document) -> bool {
    let (all, kept) = (Weights::of(whole), Weights::of(chosen));
    kept.text * 4 < all.text && kept.linked * 4 < all.linked
}

/// Whether a document is running text rather than a list of links.
pub(super) fn is_prose(document: &Document) -> bool {
    let weights = Weights::of(document);
    weights.prose() > weights.linked.max(200)
}

/// Characters of a document, and those of them that are links.
struct Weights {
    text: usize,
    linked: usize,
}

impl Weights {
    /// Letters that are no links.
    fn prose(&self) -> usize {
        self.text.saturating_sub(self.linked)
    }

    fn of(document: &Document) -> Weights {
        let mut weights = Weights { text: 0, linked: 0 };
        for block in &document.blocks {
            if matches!(block.kind, BlockKind::Image { .. }) {
                continue;
            }
            for span in &block.spans {
                let length = letters(&span.text);
                weights.text += length;
                weights.linked += if span.link.is_some() { length } else { 0 };
            }
            if block.spans.is_empty() {
                weights.text += letters(&block.plain_text());
            }
        }
        weights
    }
}

/// The letters of a block that are links, and those that are not.
pub(super) fn weights(block: &Block) -> (usize, usize) {
    if matches!(block.kind, BlockKind::Image { .. }) {
        return (0, 0);
    }
    let sum = |linked: bool| {
        let spans = block.spans.iter().filter(|span| span.link.is_some() == linked);
        spans.map(|span| letters(&span.text)).sum()
    };
    (sum(true), sum(false))
}

/// How much a text says, in letters; an ideograph says as much as three.
pub(super) fn letters(text: &str) -> usize {
    let weight = |c: char| match c {
        c if c.is_whitespace() => 0,
        '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}' => 3,
        _ => 1,
    };
    text.chars().map(weight).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::from_html;

    #[test]
    fn a_list_of_links_is_noticed_when_it_is_gone() {
        let list = "<li><a href='https://a.example/1'>又一期：电池的又一个十年</a>".repeat(40);
        let page = format!("<nav>菜单</nav><main><ul>{list}</ul><p>本站收录一切。</p></main>");
        let main = main_part(&Tree::from(page), None).unwrap();
        assert!(!main.plain_text().contains("菜单"));
        let chosen = from_html("<p>本站收录一切。</p>", None);
        assert!(is_little(&chosen, &main) && lost_its_list(&main, &chosen));
        assert!(!lost_its_list(&main, &main));
        let article = from_html(&format!("<p>{}</p>", "长文。".repeat(400)), None);
        assert!(!lost_its_list(&article, &chosen));
        assert!(main_part(&Tree::from("<nav>菜单</nav>"), None).is_none());
    }
}
