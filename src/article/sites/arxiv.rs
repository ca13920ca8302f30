//! The arXiv: the abstract's page, and papers that `LaTeXML` made into HTML.

use std::fmt::Write as _;

use dom_query::{Document as Tree, Selection};

use super::fragment::Fragment;
use super::{Site, Source, inner, is_on};
use crate::article::date;
use crate::article::facts::Facts;
use crate::text::clean_line;

pub(super) const SITE: Site = Site {
    applies: |page| {
        is_on(page.url, "arxiv.org")
            || is_on(page.url, "ar5iv.org")
            || page.tree.select_single("article.ltx_document").exists()
    },
    facts,
    content,
};

/// What stands around the text of a paper, and marks that only help the eye.
const UNWANTED: &str = ".ltx_page_header, .ltx_page_footer, .ltx_page_navbar, .ltx_error, .ltx_ERROR, \
    .ltx_tag_item, .ltx_note_outer, .ltx_title_document, .package-alerts, .ltx_pagination, nav, button, \
    .ltx_role_newpage, .ltx_dates, .ltx_authors";

fn facts(page: &Source<'_>) -> Facts {
    let tree = page.tree;
    let text = |selector: &str| clean_line(&tree.select_single(selector).text());
    let some = |text: String| (!text.is_empty()).then_some(text);
    // Addresses and notes follow a name after a line break.
    let names = tree.select(".ltx_authors .ltx_personname");
    let name = |node: &dom_query::NodeRef<'_>| {
        let before = node.children_it(false).take_while(|child| !child.has_name("br"));
        clean_line(&before.map(|child| child.text().to_string()).collect::<String>())
    };
    // `arXiv:2401.06066v1 [cs.CL] 11 Jan 2024`, up the margin of the page.
    let mark = text("#watermark-tr");
    let day = mark.rsplit_once(']').map(|(_, day)| date::normal(day.trim(), false));
    let fits = |name: &String| (1..=60).contains(&name.chars().count());
    let names: Vec<String> = names.nodes().iter().take(32).map(name).filter(fits).collect();
    Facts {
        title: some(text("h1.ltx_title_document")),
        byline: some(names.join(", ")),
        site: Some("arXiv".to_owned()),
        published: day.filter(|day| date::is_date(day)),
        ..Facts::default()
    }
}

fn content(page: &Source<'_>) -> Option<String> {
    let tree = page.tree;
    let notes = notes(tree);
    tree.select(UNWANTED).remove();
    // Formulas on lines of their own are set as tables; read as such they would be columns.
    let equations = tree.select("table.ltx_equation, table.ltx_equationgroup, table.ltx_eqn_table");
    equations.select("tbody, tr").rename("div");
    equations.select("td, th").rename("span");
    equations.rename("div");
    if let Some(paper) = inner(tree, "article.ltx_document") {
        return Some(format!("{paper}{notes}"));
    }
    let summary = tree.select_single("blockquote.abstract");
    summary.select(".descriptor").remove();
    let mut content = Fragment::default();
    content.labelled("", &inner(tree, "blockquote.abstract")?);
    for (selector, name) in [
        ("td.comments", "Comments"),
        ("td.subjects", "Subjects"),
        ("td.jref", "Journal"),
        ("div.submission-history", ""),
    ] {
        if let Some(more) = inner(tree, selector) {
            content.labelled(name, &more);
        }
    }
    for link in tree.select(".full-text a[href]").nodes() {
        let href = link.attr_or("href", "");
        if href.contains("/pdf/") || href.contains("/html/") {
            content.labelled("", &link.html());
        }
    }
    content.finish()
}

/// Notes stand within the words they belong to and are shown on demand: here they stand at the end, and
/// a number in their place.
fn notes(tree: &Tree) -> String {
    let mut notes = String::new();
    for note in tree.select(".ltx_note.ltx_role_footnote").nodes() {
        let note = Selection::from(*note);
        let words = note.select_single(".ltx_note_content");
        words.select(".ltx_note_mark, .ltx_tag_note").remove();
        let mark = clean_line(&note.select_single(".ltx_note_mark").text());
        let words = words.inner_html().to_string();
        if mark.is_empty() || words.trim().is_empty() {
            continue;
        }
        note.select(".ltx_note_mark").remove();
        note.before_html(format!("<sup>{mark}</sup>"));
        // Writing to a string cannot fail.
        let _ = write!(notes, "<p><sup>{mark}</sup> {words}</p>");
    }
    if notes.is_empty() { notes } else { format!("<hr>{notes}") }
}
