//! Wikipedia and its sisters: the text without what helps to edit it.

use super::{Site, Source, inner};
use crate::article::facts::Facts;

pub(super) const SITE: Site = Site { applies, facts: |_| Facts::default(), content };

/// Marks for those who write, boxes for those who go on, and what is there for machines.
const UNWANTED: &str = ".mw-editsection, .mw-cite-backlink, .navbox, .navbox-styles, .vertical-navbox, \
    .sistersitebox, .noprint, .metadata, .mw-empty-elt, .ambox, .hatnote.dablink, .mw-jump-link, \
    .printfooter, .catlinks, #toc, .toc, style, link, .Z3988, .shortdescription, .mw-indicators";

fn applies(page: &Source<'_>) -> bool {
    page.tree.select_single("#mw-content-text .mw-parser-output").exists()
        && page.tree.select_single("body.mediawiki, #mw-content-text").exists()
}

fn content(page: &Source<'_>) -> Option<String> {
    let text = page.tree.select_single("#mw-content-text .mw-parser-output");
    text.select(UNWANTED).remove();
    inner(page.tree, "#mw-content-text .mw-parser-output")
}
