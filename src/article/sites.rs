//! Sites whose pages are better read by what is known of them than by scores. A rule is data: when
//! it applies, what it knows, and where the text stands. Where a rule finds nothing, the scores decide.

mod arxiv;
pub(super) mod github;
mod selected;
mod substack;
mod wechat;
mod xiaoyuzhou;

use dom_query::Document as Tree;
use url::Url;

use super::facts::Facts;

/// What is known about one site.
pub(super) struct Site {
    /// Whether a page is of this site, by its address or by marks that survive saving it.
    applies: fn(Option<&Url>, &Tree) -> bool,
    /// What the page says about itself in its own way; from the tree and from the source.
    pub(super) facts: fn(&Tree, &str) -> Facts,
    /// The text as HTML, from the mended tree and from the source.
    pub(super) content: fn(&Tree, &str) -> Option<String>,
}

const SITES: [&Site; 6] = [
    &wechat::SITE,
    &xiaoyuzhou::SITE,
    &arxiv::SITE,
    &github::SITE,
    &substack::SITE,
    &selected::SITE,
];

/// The rule for a page.
pub(super) fn of(url: Option<&Url>, tree: &Tree) -> Option<&'static Site> {
    SITES.into_iter().find(|site| (site.applies)(url, tree))
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

/// Text as HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The string that a script assigns: `name = "…"`, `name: '…'`, perhaps through one function call.
/// Escapes of JavaScript are undone as far as titles and addresses use them.
fn assigned(html: &str, name: &str) -> Option<String> {
    html.match_indices(name).find_map(|(at, _)| {
        let rest = html.get(at + name.len()..)?.trim_start();
        let rest = rest.strip_prefix(['=', ':'])?.trim_start();
        let open = rest.find(['"', '\''])?;
        let call = rest.get(..open)?;
        if !call.is_empty() && !(call.ends_with('(') && call.len() < 24) {
            return None;
        }
        let quote = rest.get(open..)?.chars().next()?;
        let value = rest.get(open + 1..)?;
        let end = value.find(quote)?;
        let value = unescaped(value.get(..end)?);
        (!value.is_empty()).then_some(value)
    })
}

fn unescaped(value: &str) -> String {
    value
        .replace("\\x26lt;", "<")
        .replace("\\x26gt;", ">")
        .replace("\\x26quot;", "\"")
        .replace("\\x26#39;", "'")
        .replace("\\x26nbsp;", " ")
        .replace("\\x26amp;", "&")
        .replace("\\x26", "&")
        .replace("\\x0d", "")
        .replace("\\x0a", "\n")
        .replace("\\x22", "\"")
        .replace("\\x27", "'")
        .replace("\\x3c", "<")
        .replace("\\x3e", ">")
        .replace("\\/", "/")
        .replace("\\n", "\n")
        .replace("&amp;", "&")
}
