//! Pages that are lists of links: the scores look for running text and would throw the list away.

use crate::text::{BlockKind, Document};

/// Whether `whole` is mostly links and `chosen` lost most of them.
pub(super) fn lost_its_list(whole: &Document, chosen: &Document) -> bool {
    let (all, kept) = (Weights::of(whole), Weights::of(chosen));
    all.linked * 10 > all.text * 6 && kept.linked * 4 < all.linked && kept.text * 4 < all.text
}

/// Characters of a document, and those of them that are links.
struct Weights {
    text: usize,
    linked: usize,
}

impl Weights {
    fn of(document: &Document) -> Weights {
        let mut weights = Weights { text: 0, linked: 0 };
        for block in &document.blocks {
            if matches!(block.kind, BlockKind::Image { .. }) {
                continue;
            }
            for span in &block.spans {
                let length = span.text.chars().filter(|c| !c.is_whitespace()).count();
                weights.text += length;
                weights.linked += if span.link.is_some() { length } else { 0 };
            }
            if block.spans.is_empty() {
                weights.text += block.plain_text().chars().count();
            }
        }
        weights
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::from_html;

    #[test]
    fn a_list_of_links_is_noticed_when_it_is_gone() {
        let list: String = (0..40)
            .map(|n| format!("<li><a href='https://a.example/{n}'>第{n}期：电池的又一个十年</a>"))
            .collect();
        let whole = from_html(&format!("<ul>{list}</ul><p>本站收录一切。</p>"), None);
        let chosen = from_html("<p>本站收录一切。</p>", None);
        assert!(lost_its_list(&whole, &chosen));
        assert!(!lost_its_list(&whole, &whole));
        let article = from_html(&format!("<p>{}</p>", "长文。".repeat(400)), None);
        assert!(!lost_its_list(&article, &chosen));
    }
}
