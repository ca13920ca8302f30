//! The article within a page, by the scores of Readability.

use dom_query::{Document as Tree, NodeRef};
use dom_smoothie::{CandidateSelectMode, Config, Readability};

/// The element that the chosen part stands in.
const CHOSEN: &str = "#readability-page-1";

/// The part of a page that is its article, and who wrote it if that is found on the way; `None` where
/// nothing stands out. Its own text modes glue words, so only its elements are used.
pub(super) fn choose(tree: Tree, url: Option<&str>) -> Option<(Chosen, Option<String>)> {
    let config = Config {
        // The classes name the languages of code and the columns that are not to be read.
        keep_classes: true,
        // Our own reading of JSON-LD is bounded.
        disable_json_ld: true,
        candidate_select_mode: CandidateSelectMode::Readability,
        max_elements_to_parse: 0,
        ..Config::default()
    };
    let mut readability = Readability::with_document(tree, url, Some(config)).ok()?;
    let article = readability.parse().ok()?;
    Some((Chosen(readability.doc), article.byline))
}

/// The tree of a page of which one part is chosen.
pub(super) struct Chosen(Tree);

impl Chosen {
    /// Works on the chosen part.
    pub(super) fn with<T>(&self, work: impl FnOnce(&NodeRef<'_>) -> T) -> Option<T> {
        self.0.select_single(CHOSEN).nodes().first().map(work)
    }
}
