//! The article within a page, by the scores of Readability.

use dom_query::Document as Tree;
use dom_smoothie::{CandidateSelectMode, Config, Readability};

/// The part of a page that is its article, as HTML, and who wrote it if that is found on the way;
/// `None` where nothing stands out. Its own text modes glue words, so only its HTML is used.
pub(super) fn choose(tree: Tree, url: Option<&str>) -> Option<(String, Option<String>)> {
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
    Some((article.content.to_string(), article.byline))
}
