//! A page of the web: facts from its head, its text by site rule or by scores, menus left out.

use url::Url;

use super::facts::Facts;
use super::second::Declared;
use super::{
    Extracted, View, addresses, around, edges, flat, json_ld, language, links, listing, next_page,
    outcome, paragraphs, prepare, reader, second, sites, streamed, title, tree,
};
use crate::model::{Article, ArticleOutcome};
use crate::text::{self, BlockKind, Document};

/// A text kept for machines is worth a look from this many letters on.
const MIN_TOLD: usize = 400;
/// A text of more letters is not only the beginning of one.
const WHOLE_TEXT: usize = 2400;

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
    let own = site.map(|site| (site.facts)(&page)).unwrap_or_default();
    let surely_preview = own.preview;
    let facts = own.or(Facts::of(&grown));
    let facts = facts.or(addresses::of(&grown, base, url.as_ref()));
    let next = next_page::find(&grown, base, url.as_ref());
    let mut whole = flat::document(&grown.root(), base);
    let outcome = outcome::told_by(address, html, &grown, &whole);
    let all = paragraphs(&whole);
    let mut is_scored = false;
    let (mut document, byline) = match view {
        View::Whole => (std::mem::take(&mut whole), None),
        View::Reader => {
            prepare::mend(&grown);
            let told = json_ld::body(&grown);
            let declared = declared(&grown, facts.published.is_some());
            let ruled = site.and_then(|site| (site.content)(&page));
            let by_rule = ruled.is_some();
            let tree = grown.clone();
            let known = Known { told: told.as_deref(), by_rule, declared, tree: &tree, base };
            let by_site = ruled.map(|html| (text::from_html(&html, base), None));
            let is_readable = outcome == ArticleOutcome::Readable;
            match by_site.or_else(|| is_readable.then(|| scored(grown, base)).flatten()) {
                _ if !is_readable => (whole, None),
                Some((part, byline)) => {
                    is_scored = !by_rule;
                    (better(part, whole, &known), byline)
                }
                None => (listing::main_part(&tree, base).unwrap_or(whole), None),
            }
        }
    };
    let mut facts = facts.or(Facts { byline, ..Facts::default() });
    // Pages with a meter say that they are not free, and still hold the whole text.
    facts.preview &= surely_preview || listing::letters(&document.plain_text()) < WHOLE_TEXT;
    drop_title(&mut document, facts.title.as_deref());
    if is_scored {
        edges::trim(&mut document, facts.byline.as_deref());
    }
    links::straighten(&mut document);
    let next = next.filter(|_| view == View::Reader && listing::is_prose(&document));
    Extracted { next, ..finish(address, facts, outcome, document, all) }
}

/// The part that the scores choose, without what stands between its paragraphs, and its author.
fn scored(tree: dom_query::Document, base: Option<&str>) -> Option<(Document, Option<String>)> {
    let (chosen, byline) = reader::choose(tree, base)?;
    let document = chosen.with(|part| {
        around::remove(part);
        flat::document(part, base)
    });
    Some((document?, byline))
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
    /// Whether a site's rule chose, which knows better than any measure.
    by_rule: bool,
    declared: Declared,
    /// The whole page, mended.
    tree: &'p dom_query::Document,
    base: Option<&'p str>,
}

/// The chosen part, or more of the page where the part lost what the page is about.
fn better(part: Document, whole: Document, page: &Known<'_>) -> Document {
    let Known { tree, base, .. } = *page;
    let is_empty = part.blocks.is_empty();
    if let Some(told) = page.told.filter(|told| listing::letters(told) > MIN_TOLD)
        && listing::letters(&part.plain_text()) * 3 < listing::letters(told)
    {
        let is_html = told.contains("</p>") || told.contains("<br");
        return if is_html { text::from_html(told, base) } else { text::from_plain(told, base) };
    }
    if is_empty || listing::is_little(&part, &whole) {
        match listing::main_part(tree, base) {
            Some(main) if is_empty || listing::lost_its_list(&main, &part) => return main,
            None if is_empty => return whole,
            _ => {}
        }
    }
    if page.by_rule || !second::is_doubtful(&part, &whole, page.declared) {
        return part;
    }
    let main = listing::main_prose(tree, base);
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
        updated: facts.updated,
        lead_image: facts.lead_image,
        canonical: facts.canonical,
        preview: facts.preview,
        offers: facts.offers,
        ..Article::default()
    };
    let kept = paragraphs(&document).min(all);
    Extracted { article, outcome, document, kept: (kept, all), ..Extracted::default() }
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
    let first = document.blocks.iter().position(|block| {
        !matches!(
            block.kind,
            BlockKind::Image { .. } | BlockKind::Rule | BlockKind::PageMark { .. }
        )
    });
    let Some(at) = first else { return };
    let repeats = document.blocks.get(at).is_some_and(|block| {
        matches!(block.kind, BlockKind::Heading(_)) && title::same(&block.plain_text(), title)
    });
    if repeats && document.blocks.len() > 1 {
        document.blocks.remove(at);
    }
}
