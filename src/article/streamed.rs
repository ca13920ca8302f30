//! Pages that are sent in pieces: React writes a place holder first, and the text that belongs there
//! at the end of the page, hidden; a script of one line moves it. Without that script most of such a
//! page says "loading". See `ReactDOMServer.renderToPipeableStream`.

use std::collections::HashMap;

use dom_query::{Document as Tree, NodeRef};

/// A page has tens of pieces; one with thousands is made to hurt.
const MAX_PIECES: usize = 2000;
/// What ends the words that stand in for a piece.
const END_OF_STAND_IN: &str = "/$";

/// Moves all pieces to their places; whether there were any.
pub(super) fn assemble(tree: &Tree) -> bool {
    let pieces: HashMap<String, NodeRef<'_>> = tree
        .select("div[hidden][id^='S:']")
        .nodes()
        .iter()
        .take(MAX_PIECES)
        .filter_map(|piece| Some((number(piece)?, *piece)))
        .collect();
    let mut moved = false;
    for place in tree.select("template[id^='B:'], template[id^='P:']").nodes() {
        let Some(piece) = number(place).and_then(|number| pieces.get(&number)) else { continue };
        // A piece that holds its own place would be a ring.
        let is_ring = place.ancestors_it(None).any(|above| above.id == piece.id);
        let Some(first) = piece.first_child().filter(|_| !is_ring) else { continue };
        if place.attr_or("id", "").starts_with('B') {
            remove_stand_in(place);
        }
        place.insert_siblings_before(&first);
        place.remove_from_parent();
        piece.remove_from_parent();
        moved = true;
    }
    moved
}

/// What place and piece have in common.
fn number(node: &NodeRef<'_>) -> Option<String> {
    let id = node.attr("id")?;
    id.split_once(':').map(|(_, number)| number.to_owned())
}

/// The words behind a place, up to the comment that ends them. Without that comment they stay.
fn remove_stand_in(place: &NodeRef<'_>) {
    let (mut words, mut next, mut depth) = (Vec::new(), place.next_sibling(), 0_usize);
    while let Some(node) = next {
        if node.is_comment() {
            // The content of a comment has no accessor; its markup is short.
            let comment = node.html();
            let comment = comment.trim_start_matches("<!--").trim_end_matches("-->");
            match comment {
                END_OF_STAND_IN if depth == 0 => {
                    words.iter().for_each(NodeRef::remove_from_parent);
                    return;
                }
                END_OF_STAND_IN => depth -= 1,
                "$" | "$?" | "$!" | "$~" => depth += 1,
                _ => {}
            }
        }
        next = node.next_sibling();
        words.push(node);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_to_their_places_and_stand_ins_go() {
        let tree = Tree::from(
            "<main><!--$?--><template id='B:0'></template><p>正在加载</p><!--/$--><p>尾声</p></main>\
             <div hidden id='S:0'><p>第一段</p><template id='P:1'></template></div>\
             <div hidden id='S:1'><p>第二段</p></div><script>$RC('B:0','S:0')</script>",
        );
        assert!(assemble(&tree));
        assert_eq!(&*tree.select("main").text(), "第一段第二段尾声");
        assert!(!tree.select("[hidden]").exists());
    }

    #[test]
    fn a_page_without_pieces_and_one_with_a_ring_stay_as_they_are() {
        assert!(!assemble(&Tree::from("<div hidden id='S:0'>秘密</div><p>文")));
        let ring = Tree::from("<div hidden id='S:0'><template id='B:0'></template>文</div>");
        assert!(!assemble(&ring));
        let open =
            Tree::from("<p>甲<template id='B:0'></template>丙</p><div hidden id='S:0'>乙</div>");
        assert!(assemble(&open));
        assert_eq!(&*open.select("body").text(), "甲乙丙");
    }
}
