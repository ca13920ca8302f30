//! The text of a tree, read from its nodes: nothing is written out to be read again.

use dom_query::{NodeData, NodeRef};
use html5ever::tokenizer::{Tag, TagKind};

use crate::text::{Document, HtmlEvents};

/// The text of a node and all in it. Takes time in proportion to its size, however it nests.
pub(super) fn document(root: &NodeRef<'_>, base: Option<&str>) -> Document {
    let reader = HtmlEvents::new(base);
    let mut next = Some(*root);
    while let Some(node) = next {
        enter(&reader, &node);
        next = node.first_child().or_else(|| leave(&reader, node, root));
    }
    reader.finish()
}

/// Ends this node and those above it that end with it; the one that begins then.
fn leave<'t>(reader: &HtmlEvents, node: NodeRef<'t>, root: &NodeRef<'_>) -> Option<NodeRef<'t>> {
    let mut node = node;
    loop {
        node.query(|inner| {
            if let NodeData::Element(element) = &inner.data {
                reader.end(&element.name.local);
            }
        });
        if node.id == root.id {
            return None;
        }
        if let Some(next) = node.next_sibling() {
            return Some(next);
        }
        node = node.parent()?;
    }
}

fn enter(reader: &HtmlEvents, node: &NodeRef<'_>) {
    node.query(|inner| match &inner.data {
        NodeData::Element(element) => reader.start(&Tag {
            kind: TagKind::StartTag,
            name: element.name.local.clone(),
            self_closing: false,
            attrs: element.attrs.clone(),
            had_duplicate_attributes: false,
        }),
        // What is for readers without scripts is kept as it was written.
        NodeData::Text { contents } if within_noscript(node) => reader.markup(contents),
        NodeData::Text { contents } => reader.text(contents),
        _ => {}
    });
}

fn within_noscript(text: &NodeRef<'_>) -> bool {
    text.parent().is_some_and(|parent| parent.has_name("noscript"))
}

#[cfg(test)]
mod tests {
    use dom_query::Document as Tree;

    use super::*;
    use crate::text::from_html;

    #[test]
    fn a_tree_says_what_its_markup_says() {
        let html = "<html><head><title>题</title><script>if (a<b) {}</script></head><body><h1>潮汐</h1>\
            <p>一段<b>粗</b>和<a href='/1'>链接</a>，a &lt; b</p><ul><li>甲<ol><li>乙</ol><li>丙</ul>\
            <table><tr><th>年<td>价</table><noscript><img src=a.png alt=图></noscript>\
            <pre><code class=language-rust>fn main() {}\n\n</code></pre><svg><title>不</title></svg>\
            <iframe src=https://a.example/v></iframe><math><mi>x</mi></math></body></html>";
        let base = Some("https://a.example/");
        let tree = Tree::from(html);
        let read = document(&tree.root(), base);
        assert_eq!(read, from_html(html, base));
        assert!(read.plain_text().contains("a < b"));
    }

    #[test]
    fn only_the_node_is_read() {
        let tree = Tree::from("<p>甲</p><div id=a><p>乙</p><p>丙</p></div><p>丁</p>");
        let part = tree.select_single("#a");
        let node = part.nodes().first().unwrap();
        assert_eq!(document(node, None).plain_text(), "乙\n\n丙");
    }

    #[test]
    fn depth_costs_nothing() {
        let tree = Tree::from("<div>".repeat(900) + "文");
        assert_eq!(document(&tree.root(), None).plain_text(), "文");
    }
}
