//! Sites whose pages are better read by what is known of them than by scores. A rule is data: when
//! it applies, what it knows, and where the text stands. Where a rule finds nothing, the scores decide.

mod arxiv;
mod data;
mod fragment;
mod github;
pub(super) mod raw_file;
mod script;
mod selected;
mod substack;
mod threads;
mod video;
mod wechat;
mod wikipedia;
mod xiaoyuzhou;

use dom_query::Document as Tree;
use url::Url;

use super::facts::Facts;

/// A page, as a rule sees it.
pub(super) struct Source<'s> {
    /// Its address, where it is one.
    pub(super) url: Option<&'s Url>,
    /// Its tree; mended before the text is asked for.
    pub(super) tree: &'s Tree,
    /// Its source, for what only scripts say.
    pub(super) html: &'s str,
}

/// What is known about one site.
pub(super) struct Site {
    /// Whether a page is of this site, by its address or by marks that survive saving it.
    applies: fn(&Source<'_>) -> bool,
    /// What the page says about itself in its own way.
    pub(super) facts: fn(&Source<'_>) -> Facts,
    /// The text as HTML; what is not wanted may be taken out of the tree on the way.
    pub(super) content: fn(&Source<'_>) -> Option<String>,
}

const SITES: [&Site; 10] = [
    &wechat::SITE,
    &xiaoyuzhou::SITE,
    &arxiv::SITE,
    &github::SITE,
    &substack::SITE,
    &video::YOUTUBE,
    &video::BILIBILI,
    &threads::SITE,
    &wikipedia::SITE,
    &selected::SITE,
];

/// The rule for a page.
pub(super) fn of(page: &Source<'_>) -> Option<&'static Site> {
    SITES.into_iter().find(|site| (site.applies)(page))
}

/// Whether the address is on a host or below it.
fn is_on(url: Option<&Url>, host: &str) -> bool {
    let found = url.and_then(Url::host_str).unwrap_or_default();
    found.strip_suffix(host).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The content of the first element that a selector finds, if it has enough text to be an article.
fn inner(tree: &Tree, selector: &str) -> Option<String> {
    let found = tree.select_single(selector);
    let letters = found.text().chars().filter(|c| !c.is_whitespace()).count();
    let shows = letters >= 20 || found.select("img, video, audio, iframe").exists();
    shows.then(|| found.inner_html().to_string())
}

#[cfg(test)]
mod tests;
