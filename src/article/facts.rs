//! What a page says about itself in its head: title, author, site, date, language.

use std::collections::BTreeMap;

use dom_query::Document as Tree;
use url::Url;

use super::published::Places;
use super::site_name::SiteNames;
use super::{byline, date, json_ld, language, masthead, published, signed, title};
use crate::model::Offer;
use crate::text::clean_line;

/// The facts of a page, plain single lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Facts {
    pub(super) title: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) site: Option<String>,
    pub(super) published: Option<String>,
    pub(super) language: Option<String>,
    pub(super) updated: Option<String>,
    pub(super) lead_image: Option<String>,
    pub(super) canonical: Option<String>,
    /// Only the beginning is there; the rest is for those who pay.
    pub(super) preview: bool,
    pub(super) offers: Vec<Offer>,
}

const TITLES: [&str; 8] = [
    "og:title",
    "twitter:title",
    "citation_title",
    "parsely-title",
    "dc.title",
    "dcterms.title",
    "sailthru.title",
    "title",
];
const AUTHORS: [&str; 11] = [
    "author",
    "article:author",
    "og:article:author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "dc.author",
    "byl",
    "mediaid",
    "weibo:article:author",
];
/// What stands beside a name in the card of a shared page.
const WRITTEN_BY: [&str; 4] = ["Written by", "作者", "撰写者", "Author"];
const SITES: [&str; 4] = ["og:site_name", "application-name", "al:ios:app_name", "dc.publisher"];
const UPDATES: [&str; 5] = [
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
];
/// A longer author or site is a sentence in the wrong place.
const MAX_NAME: usize = 120;

impl Facts {
    /// These facts, and `other` where there are none.
    pub(super) fn or(self, other: Facts) -> Facts {
        Facts {
            title: self.title.or(other.title),
            byline: self.byline.or(other.byline),
            site: self.site.or(other.site),
            published: self.published.or(other.published),
            language: self.language.or(other.language),
            updated: self.updated.or(other.updated),
            lead_image: self.lead_image.or(other.lead_image),
            canonical: self.canonical.or(other.canonical),
            preview: self.preview || other.preview,
            offers: if self.offers.is_empty() { other.offers } else { self.offers },
        }
    }

    /// Reads the facts of the page at `address`: JSON-LD first, then `meta` elements, then the text itself.
    pub(super) fn of(tree: &Tree, address: Option<&Url>) -> Facts {
        let metas = Metas::of(tree);
        let (linked, titles) = json_ld::read(tree);
        let of_page = json_ld::of_page(tree);
        let site = linked.site.or_else(|| metas.first(&SITES)).filter(|s| is_name(s));
        let site = site.or(of_page.site).filter(|site| is_name(site));
        let names = SiteNames::of(site.as_deref(), address.and_then(Url::host_str));
        let language = language::declared(tree, &metas);
        let titles = titles.into_iter().chain(metas.every(&TITLES)).collect();
        let title = title::choose(tree, titles, &names);
        let lines = title.as_deref().map(|title| masthead::lines(tree, title)).unwrap_or_default();
        let byline = Signatures { linked: linked.byline, of_page: of_page.byline, lines: &lines };
        let places =
            Places { tree, metas: &metas, of_page: of_page.published, lines: &lines, address };
        let readable = linked.published.clone().filter(|written| date::is_date(written));
        let written = readable.or_else(|| published::find(&places)).or(linked.published);
        let changed = linked.updated.or_else(|| metas.first(&UPDATES)).or(of_page.updated);
        let changed = changed.or_else(|| published::changed(&lines));
        let day = |written: String| date::in_language(&written, language.as_deref());
        Facts {
            title,
            byline: byline.best(tree, &metas, &names),
            site,
            published: written.map(day),
            updated: changed.map(day),
            preview: linked.preview,
            language,
            ..Facts::default()
        }
    }
}

/// What is known of the author besides the text.
struct Signatures<'s> {
    linked: Option<String>,
    of_page: Option<String>,
    lines: &'s [String],
}

impl Signatures<'_> {
    /// The first that is a name and not the site's; the site's where there is no other.
    fn best(self, tree: &Tree, metas: &Metas, site: &SiteNames) -> Option<String> {
        let Signatures { linked, of_page, lines } = self;
        let linked = linked.and_then(|name| byline::normal(&name));
        let is_own = |name: &String| !site.is(name);
        let named = linked.clone().filter(is_own).or_else(|| author(metas).filter(is_own));
        let told =
            || signed::author(tree, lines).and_then(|name| byline::normal(&name)).filter(is_own);
        let of_page = || of_page.and_then(|name| byline::normal(&name)).filter(is_own);
        named.or_else(told).or_else(of_page).or(linked).or_else(|| author(metas))
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= MAX_NAME && !name.starts_with("http")
}

fn author(metas: &Metas) -> Option<String> {
    // Papers name each author in an element of its own.
    let papers = metas.all("citation_author");
    if !papers.is_empty() {
        return Some(papers.join(", "));
    }
    let labels = [("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")];
    let labelled = labels.iter().find_map(|(label, data)| {
        let is_author = metas.all(label).iter().any(|label| WRITTEN_BY.contains(&label.as_str()));
        is_author.then(|| byline::normal(metas.all(data).first()?))?
    });
    let named = AUTHORS.iter().find_map(|key| {
        let mut names: Vec<String> = Vec::new();
        for name in metas.all(key).iter().filter_map(|name| byline::normal(name)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        (!names.is_empty()).then(|| names.join(", "))
    });
    named.or(labelled)
}

/// The `meta` elements of a page by their lower-case `property`, `name` or `itemprop`.
pub(super) struct Metas(BTreeMap<String, Vec<String>>);

impl Metas {
    pub(super) fn of(tree: &Tree) -> Metas {
        let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for node in tree.select("meta[content]").nodes() {
            let content = node.attr("content").map(|content| clean_line(&unescaped(&content)));
            let Some(content) = content.filter(|content| !content.is_empty()) else { continue };
            let key = ["property", "name", "itemprop", "http-equiv"]
                .iter()
                .find_map(|name| node.attr(name).filter(|v| !v.trim().is_empty()));
            if let Some(key) = key {
                let values = all.entry(key.trim().to_ascii_lowercase()).or_default();
                if values.len() < 64 {
                    values.push(content);
                }
            }
        }
        Metas(all)
    }

    /// All values of one key.
    pub(super) fn all(&self, key: &str) -> &[String] {
        self.0.get(key).map(Vec::as_slice).unwrap_or_default()
    }

    /// The values of several keys, in the order of the keys.
    pub(super) fn every(&self, keys: &[&str]) -> impl Iterator<Item = String> {
        keys.iter().flat_map(|key| self.all(key)).cloned()
    }

    /// The first value of the first key that has one.
    pub(super) fn first(&self, keys: &[&str]) -> Option<String> {
        self.every(keys).next()
    }
}

/// Titles are often escaped twice; the parser undid one of them. What looks like a tag is text here.
pub(super) fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    crate::text::from_html(&text.replace('<', "&lt;"), None).plain_text()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_head_names_title_author_site_date_and_language() {
        let facts = Facts::of(
            &Tree::from(
                "<html lang=zh_CN><head><title>电池十年 - 工业周刊</title>\
             <meta property=og:title content='电池十年'><meta name=Author content=林夏>\
             <meta property=og:site_name content=工业周刊>\
             <meta property=article:published_time content='2024-05-01 08:30:00'></head>",
            ),
            None,
        );
        assert_eq!(facts.title.as_deref(), Some("电池十年"));
        assert_eq!(facts.byline.as_deref(), Some("林夏"));
        assert_eq!(facts.site.as_deref(), Some("工业周刊"));
        assert_eq!(facts.published.as_deref(), Some("2024-05-01T08:30:00+08:00"));
        assert_eq!(facts.language.as_deref(), Some("zh-CN"));
    }

    #[test]
    fn an_address_is_no_author_and_several_authors_are_joined() {
        let facts = |html: &str| Facts::of(&Tree::from(html), None);
        let page = "<meta property=article:author content='https://a.example/u'><meta name=byl content=周野>";
        assert_eq!(facts(page).byline.as_deref(), Some("周野"));
        let paper = "<meta name=citation_author content='Lin, Xia'><meta name=citation_author content='Zhou, Ye'>";
        assert_eq!(facts(paper).byline.as_deref(), Some("Lin, Xia, Zhou, Ye"));
    }
}
