//! arXiv: the abstract's page, and papers that LaTeXML made into HTML.

use dom_query::Document as Tree;

use super::{Site, inner, is_on};
use crate::article::facts::Facts;
use crate::text::clean_line;

pub(super) const SITE: Site = Site {
    applies: |url, tree| {
        is_on(url, "arxiv.org")
            || is_on(url, "ar5iv.org")
            || tree.select_single("article.ltx_document").exists()
    },
    facts,
    content,
};

/// What stands around the text of a paper, and marks that only help the eye.
const UNWANTED: &str = ".ltx_page_header, .ltx_page_footer, .ltx_page_navbar, .ltx_error, .ltx_ERROR, \
    .ltx_tag_item, .ltx_note_outer, .ltx_title_document, .package-alerts, .ltx_pagination, nav, button, \
    .ltx_role_newpage, .ltx_dates";

fn facts(tree: &Tree, _: &str) -> Facts {
    let text = |selector: &str| clean_line(&tree.select_single(selector).text());
    let some = |text: String| (!text.is_empty()).then_some(text);
    let names: Vec<String> = tree
        .select(".ltx_authors .ltx_personname")
        .iter()
        .take(32)
        .map(|name| {
            // Addresses and notes follow the name after a line break.
            clean_line(name.text().trim().lines().next().unwrap_or_default())
        })
        .filter(|name| !name.is_empty() && name.chars().count() <= 60)
        .collect();
    Facts {
        title: some(text("h1.ltx_title_document")),
        byline: some(names.join(", ")),
        site: Some("arXiv".to_owned()),
        ..Facts::default()
    }
}

fn content(tree: &Tree, _: &str) -> Option<String> {
    tree.select(UNWANTED).remove();
    // Formulas on lines of their own are set as tables; read as such they would be columns.
    let equations = tree.select("table.ltx_equation, table.ltx_equationgroup, table.ltx_eqn_table");
    equations.select("tbody, tr").rename("div");
    equations.select("td, th").rename("span");
    equations.rename("div");
    if let Some(paper) = inner(tree, "article.ltx_document") {
        return Some(paper);
    }
    let summary = tree.select_single("blockquote.abstract");
    summary.select(".descriptor").remove();
    let mut content = format!("<p>{}</p>", inner(tree, "blockquote.abstract")?);
    for (selector, name) in [
        ("td.comments", "Comments"),
        ("td.subjects", "Subjects"),
        ("td.jref", "Journal"),
        ("div.submission-history", ""),
    ] {
        if let Some(more) = inner(tree, selector) {
            let name = if name.is_empty() { String::new() } else { format!("<b>{name}</b> ") };
            content.push_str(&format!("<p>{name}{more}</p>"));
        }
    }
    for link in tree.select(".full-text a[href]").nodes() {
        let href = link.attr_or("href", "");
        if href.contains("/pdf/") || href.contains("/html/") {
            content.push_str(&format!("<p>{}</p>", link.html()));
        }
    }
    Some(content)
}
