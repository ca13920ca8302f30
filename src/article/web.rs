//! A page of the web: facts from its head, its text by site rule or by scores, menus left out.

use url::Url;

use super::facts::Facts;
use super::second::Declared;
use super::{
    Extracted, View, around, json_ld, language, links, listing, outcome, paragraphs, prepare,
    reader, second, sites, streamed, title, tree,
};
use crate::model::{Article, ArticleOutcome};
use crate::text::{self, BlockKind, Document};

/// A text kept for machines is worth a look from this many letters on.
const MIN_TOLD: usize = 400;

/// Reads a page of HTML.
pub(super) fn read(address: &str, html: &str, view: View) -> Extracted {
    let Some(grown) = tree::grow(html) else { return without_tree(address, html) };
    // What is hidden until a script moves it is part of the page in either view.
    let assembled = streamed::assemble(&grown).then(|| grown.html());
    let html = assembled.as_deref().unwrap_or(html);
    let base = base(address, &grown);
    let base = base.as_deref();
    let url = Url::parse(address).ok();
    let page = sites::Source { url: url.as_ref(), tree: &grown, html };
    let site = sites::of(&page);
    let facts = site.map(|site| (site.facts)(&page)).unwrap_or_default().or(Facts::of(&grown));
    let mut whole = text::from_html(html, base);
    let outcome = outcome::told_by(address, html, &grown, &whole);
    let all = paragraphs(&whole);
    let (mut document, byline) = match view {
        View::Whole => (std::mem::take(&mut whole), None),
        View::Reader => {
            prepare::mend(&grown);
            let told = json_ld::body(&grown);
            let declared = declared(&grown, facts.published.is_some());
            let chosen = site.and_then(|site| (site.content)(&page)).map(|html| (html, None));
            match chosen.or_else(|| reader::choose(grown, base)) {
                _ if outcome != ArticleOutcome::Readable => (whole, None),
                Some((chosen, byline)) => {
                    let part = text::from_html(&trimmed(chosen), base);
                    let page = Known { told: told.as_deref(), declared, html, base };
                    (better(part, whole, &page), byline)
                }
                None => (listing::main_part(html, base).unwrap_or(whole), None),
            }
        }
    };
    let facts = facts.or(Facts { byline, ..Facts::default() });
    drop_title(&mut document, facts.title.as_deref());
    links::straighten(&mut document);
    finish(address, facts, outcome, document, all)
}

/// The chosen part without what stands between its paragraphs.
fn trimmed(chosen: String) -> String {
    let Some(tree) = tree::grow(&chosen) else { return chosen };
    around::remove(&tree);
    let body = tree.select("body").inner_html().to_string();
    let is_left = !body.trim().is_empty();
    if is_left { body } else { chosen }
}

/// Whether a page says that it is an article.
fn declared(tree: &dom_query::Document, is_dated: bool) -> Declared {
    let typed = "meta[property='og:type'][content='article' i]";
    if is_dated || !json_ld::read(tree).1.is_empty() {
        Declared::Article
    } else if tree.select_single(typed).exists() {
        Declared::Perhaps
    } else {
        Declared::Nothing
    }
}

/// What is known of a page when its article has been chosen.
struct Known<'p> {
    /// The text that the page keeps for machines.
    told: Option<&'p str>,
    declared: Declared,
    html: &'p str,
    base: Option<&'p str>,
}

/// The chosen part, or more of the page where the part lost what the page is about.
fn better(part: Document, whole: Document, page: &Known<'_>) -> Document {
    let Known { html, base, .. } = *page;
    let is_empty = part.blocks.is_empty();
    if let Some(told) = page.told.filter(|told| listing::letters(told) > MIN_TOLD)
        && listing::letters(&part.plain_text()) * 3 < listing::letters(told)
    {
        let is_html = told.contains("</p>") || told.contains("<br");
        return if is_html { text::from_html(told, base) } else { text::from_plain(told, base) };
    }
    if is_empty || listing::is_little(&part, &whole) {
        match listing::main_part(html, base) {
            Some(main) if is_empty || listing::lost_its_list(&main, &part) => return main,
            None if is_empty => return whole,
            _ => {}
        }
    }
    if !second::is_doubtful(&part, &whole, page.declared) {
        return part;
    }
    let main = listing::main_prose(html, base);
    main.filter(|main| second::is_fuller(main, &part, page.declared)).unwrap_or(part)
}

/// A page that no tree may be made of: all its text, and the title from its source.
fn without_tree(address: &str, html: &str) -> Extracted {
    let document = text::from_html(html, Some(address));
    let facts = Facts { title: title::in_source(html), ..Facts::default() };
    let all = paragraphs(&document);
    finish(address, facts, ArticleOutcome::Readable, document, all)
}

/// The article around a document; what the page does not say of itself is told by the text.
pub(super) fn finish(
    address: &str,
    facts: Facts,
    outcome: ArticleOutcome,
    document: Document,
    all: usize,
) -> Extracted {
    let language = facts.language.or_else(|| language::told_by(&document.plain_text()));
    let article = Article {
        url: address.to_owned(),
        title: facts.title.filter(|title| !title.is_empty()),
        byline: facts.byline,
        site: facts.site,
        published: facts.published,
        language,
        fetched: None,
    };
    let kept = paragraphs(&document).min(all);
    Extracted { article, outcome, document, html: String::new(), kept: (kept, all) }
}

/// What relative addresses are resolved against: `<base>` where there is one, which is taken out, so
/// that nobody applies it a second time.
fn base(address: &str, tree: &dom_query::Document) -> Option<String> {
    let found = tree.select_single("base[href]").attr("href");
    tree.select("base").remove();
    let url = Url::parse(address).ok()?;
    let base = found.and_then(|base| url.join(base.trim()).ok());
    Some(base.unwrap_or(url).into())
}

/// Takes the title off the beginning of the text; it stands above the article anyway.
pub(super) fn drop_title(document: &mut Document, title: Option<&str>) {
    let Some(title) = title else { return };
    let first = document
        .blocks
        .iter()
        .position(|block| !matches!(block.kind, BlockKind::Image { .. } | BlockKind::Rule));
    let Some(at) = first else { return };
    let repeats = document.blocks.get(at).is_some_and(|block| {
        matches!(block.kind, BlockKind::Heading(_)) && title::same(&block.plain_text(), title)
    });
    if repeats && document.blocks.len() > 1 {
        document.blocks.remove(at);
    }
}
