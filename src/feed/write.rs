//! Writes a tree as a well-formed document that the feed crates read, and as HTML.

use quick_xml::escape::escape;

use super::element::{Element, Node};

/// Names that the crates know in mixed case only; all else is lower case.
const MIXED: [(&str, &str); 7] = [
    ("pubdate", "pubDate"),
    ("lastbuilddate", "lastBuildDate"),
    ("managingeditor", "managingEditor"),
    ("webmaster", "webMaster"),
    ("itunes:episodetype", "itunes:episodeType"),
    ("rdf:rdf", "rdf:RDF"),
    ("ispermalink", "isPermaLink"),
];

/// Elements that HTML writes without an end tag.
const VOID: [&str; 12] =
    ["br", "hr", "img", "input", "wbr", "col", "embed", "area", "param", "track", "base", "source"];

fn spelled(name: &str) -> &str {
    MIXED.iter().find(|(lower, _)| *lower == name).map_or(name, |(_, mixed)| mixed)
}

/// Appends the element as XML. `drop_prefix` is left out of element names (`atom:`).
pub(super) fn xml(element: &Element, drop_prefix: &str, out: &mut String) {
    let name = spelled(element.name.strip_prefix(drop_prefix).unwrap_or(&element.name));
    open_tag(name, &element.attrs, out);
    for node in &element.children {
        match node {
            Node::Text(text) => out.push_str(&escape(text.as_str())),
            Node::Element(child) => xml(child, drop_prefix, out),
        }
    }
    close_tag(name, out);
}

/// The children as HTML: prefixes are left out, text is escaped.
pub(super) fn inner_html(element: &Element) -> String {
    let mut out = String::new();
    html(&element.children, &mut out);
    out.trim().to_owned()
}

fn html(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => out.push_str(&escape(text.as_str())),
            Node::Element(child) => {
                let name = child.name.rsplit(':').next().unwrap_or(&child.name);
                open_tag(name, &child.attrs, out);
                if !VOID.contains(&name) {
                    html(&child.children, out);
                    close_tag(name, out);
                }
            }
        }
    }
}

fn open_tag(name: &str, attrs: &[(String, String)], out: &mut String) {
    out.push('<');
    out.push_str(name);
    for (index, (key, value)) in attrs.iter().enumerate() {
        let sound = key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'));
        if sound && !attrs.iter().take(index).any(|(earlier, _)| earlier == key) {
            out.push(' ');
            out.push_str(spelled(key));
            out.push_str("=\"");
            out.push_str(&escape(value.as_str()));
            out.push('"');
        }
    }
    out.push('>');
}

fn close_tag(name: &str, out: &mut String) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}
