//! GitHub: the pages of repositories, files, issues, discussions, releases and gists, from what they
//! show or from the data that their scripts would show.

use dom_query::{Document as Tree, NodeRef, Selection};
use serde_json::Value;

use super::data::{self, text};
use super::fragment::{Fragment, escaped};
use super::threads::moment;
use super::{Site, Source, is_on};
use crate::article::date;
use crate::article::facts::Facts;
use crate::text::clean_line;

pub(super) const SITE: Site =
    Site { applies: |page| is_on(page.url, "github.com"), facts, content };

/// What is said on one page beyond this is left out.
const MAX_SAID: usize = 300;
/// Where new and old pages say who wrote something.
const AUTHORS: &str = "a.author, [data-testid=issue-body-header-author], [data-testid=avatar-link], \
    a[data-hovercard-type=user]";
/// Texts of people and of repositories.
const BODIES: &str = "article.markdown-body, .markdown-body, [data-testid='markdown-body']";

fn facts(page: &Source<'_>) -> Facts {
    if is_thread(page) {
        return thread_facts(page);
    }
    let title = page.tree.select_single("meta[property='og:title']").attr_or("content", "");
    let title = clean_line(&title);
    let bare = title.strip_prefix("GitHub - ").unwrap_or(&title);
    // `owner/repository: what it is`
    let name = bare.split_once(": ").map_or(bare, |(name, _)| name);
    let title = if name.contains('/') && !name.contains(' ') { name } else { bare };
    Facts {
        title: (!title.is_empty()).then(|| title.to_owned()),
        site: Some("GitHub".to_owned()),
        ..Facts::default()
    }
}

/// Whether several people speak on the page, or one several times.
fn is_thread(page: &Source<'_>) -> bool {
    let path = page.url.map(url::Url::path).unwrap_or_default();
    let mut parts = path.trim_matches('/').split('/').skip(2);
    let kind = parts.next().unwrap_or_default();
    let numbered = parts.next().is_some_and(|n| n.bytes().all(|byte| byte.is_ascii_digit()));
    matches!(kind, "issues" | "pull" | "discussions") && numbered
}

/// The title without `· Issue #1 · owner/repository`; who began it, and when.
fn thread_facts(page: &Source<'_>) -> Facts {
    let told = said_in_data(page.tree);
    let shown = ["[data-testid=issue-title]", ".js-issue-title", "bdi.js-issue-title"]
        .iter()
        .map(|selector| clean_line(&page.tree.select_single(selector).text()))
        .find(|title| !title.is_empty());
    let meta = page.tree.select_single("meta[property='og:title']").attr_or("content", "");
    let meta = clean_line(meta.split(" · ").next().unwrap_or_default());
    let title = shown.or_else(|| told.title.clone()).unwrap_or(meta);
    let first = said_on_page(page.tree).into_iter().next().or_else(|| told.said.into_iter().next());
    let first = first.unwrap_or_default();
    let some = |text: String| (!text.is_empty()).then_some(text);
    Facts {
        title: some(title),
        byline: some(first.who),
        published: some(first.when).map(|when| date::normal(&when, false)),
        site: Some("GitHub".to_owned()),
        ..Facts::default()
    }
}

fn content(page: &Source<'_>) -> Option<String> {
    let tree = page.tree;
    tree.select(".anchor, .zeroclipboard-container, clipboard-copy, .js-comment-edit-history")
        .remove();
    if is_thread(page) {
        return thread(tree);
    }
    let bodies = outermost(tree);
    if !bodies.is_empty() {
        let mut content = Fragment::default();
        for (at, body) in bodies.iter().enumerate() {
            // A list of releases says before each which one it is.
            let release = ancestor(body, |outer| {
                let link = outer.select_single("a[href*='/releases/tag/']");
                let name = clean_line(&link.text());
                (!name.is_empty()).then_some(name)
            });
            if let Some(name) = release.filter(|_| bodies.len() > 1) {
                content.heading(&name);
            } else if at > 0 {
                content.html("<hr>");
            }
            content.html(&body.inner_html());
        }
        return content.finish();
    }
    embedded(tree).or_else(|| lines_of_files(tree))
}

/// One thing that somebody says.
#[derive(Debug, Clone, Default)]
struct Said {
    who: String,
    when: String,
    html: String,
}

fn thread(tree: &Tree) -> Option<String> {
    let shown = said_on_page(tree);
    let all = if shown.is_empty() { said_in_data(tree).said } else { shown };
    let mut content = Fragment::default();
    for (at, said) in all.iter().take(MAX_SAID).enumerate() {
        // Who began it stands above the text.
        let when = said.when.get(..10).unwrap_or(&said.when);
        let (who, when) = if at == 0 { ("", "") } else { (said.who.as_str(), when) };
        content.said(who, when, &said.html);
    }
    content.finish()
}

fn said_on_page(tree: &Tree) -> Vec<Said> {
    let said = |body: &NodeRef<'_>| {
        let html = body.inner_html().to_string();
        let found = |selector: &str| {
            ancestor(body, |outer| outer.select_single(selector).nodes().first().copied())
        };
        let who = found(AUTHORS).map(|node| author(&node)).unwrap_or_default();
        let when = found("relative-time[datetime], time[datetime]");
        let when = when.as_ref().map(moment).unwrap_or_default();
        Said { who, when, html }
    };
    let bodies = outermost(tree);
    let said = bodies.iter().map(said).filter(|said| !said.html.trim().is_empty());
    said.take(MAX_SAID).collect()
}

/// A name, or the address of the page that shows it.
fn author(node: &NodeRef<'_>) -> String {
    let shown = clean_line(&node.text());
    let linked = || {
        let href = node.attr("href")?;
        href.trim_end_matches('/').rsplit('/').next().map(clean_line)
    };
    if shown.is_empty() { linked().unwrap_or_default() } else { shown }
}

/// Texts that stand in no other text.
fn outermost(tree: &Tree) -> Vec<NodeRef<'_>> {
    let bodies = tree.select(BODIES);
    let mut found: Vec<NodeRef<'_>> = Vec::new();
    for node in bodies.nodes() {
        let within = node.ancestors(None).iter().any(|outer| {
            outer.has_name("template") || found.iter().any(|other| other.id == outer.id)
        });
        if !within {
            found.push(*node);
        }
    }
    found
}

/// What `find` finds in the nearest element around a text that holds no other text.
fn ancestor<'t, T>(body: &NodeRef<'t>, find: impl Fn(&Selection<'t>) -> Option<T>) -> Option<T> {
    for outer in body.ancestors(Some(14)) {
        let outer = Selection::from(outer);
        let bodies = outer.select(BODIES);
        if bodies.nodes().iter().filter(|other| !is_within(other, body)).count() > 1 {
            return None;
        }
        if let Some(found) = find(&outer) {
            return Some(found);
        }
    }
    None
}

fn is_within(node: &NodeRef<'_>, outer: &NodeRef<'_>) -> bool {
    node.id != outer.id && node.ancestors(None).iter().any(|above| above.id == outer.id)
}

/// A thread in the data of a page that draws itself.
#[derive(Default)]
struct Told {
    title: Option<String>,
    said: Vec<Said>,
}

fn said_in_data(tree: &Tree) -> Told {
    let mut told = Told::default();
    for data in data::in_elements(tree, "script[data-target$='embeddedData']") {
        let titled = data::all(&data, |value| {
            text(value, "/bodyHTML")?;
            text(value, "/title").map(|title| (clean_line(title), value))
        });
        let first = titled.first();
        told.title = told.title.or_else(|| first.map(|(title, _)| title.clone()));
        let said = |value: &Value| {
            let html = text(value, "/bodyHTML")?.to_owned();
            let who = text(value, "/author/login").map(clean_line).unwrap_or_default();
            let when = text(value, "/createdAt").map(clean_line).unwrap_or_default();
            Some(Said { who, when, html })
        };
        told.said.extend(first.and_then(|(_, value)| said(value)));
        // What was answered stands within what was asked.
        let inner = first.and_then(|(_, value)| value.as_object());
        for value in inner.into_iter().flat_map(serde_json::Map::values) {
            told.said.extend(data::all(value, said));
        }
    }
    told
}

/// The text in the data of the page's script, where the page draws itself: a text, or lines of a file.
fn embedded(tree: &Tree) -> Option<String> {
    let all = data::in_elements(tree, "script[data-target$='embeddedData']");
    let rich = all.iter().find_map(|data| {
        data::all(data, |value| text(value, "/richText")).first().map(|&html| html.to_owned())
    });
    rich.or_else(|| {
        let lines = all.iter().find_map(|data| {
            data::all(data, |value| value.get("rawLines").and_then(Value::as_array))
                .first()
                .copied()
        })?;
        let lines: Vec<&str> = lines.iter().filter_map(Value::as_str).collect();
        Some(format!("<pre><code>{}</code></pre>", escaped(&lines.join("\n"))))
    })
}

/// Files that a page shows line by line: gists.
fn lines_of_files(tree: &Tree) -> Option<String> {
    let mut content = Fragment::default();
    for file in tree.select(".js-gist-file-update-container, .file").nodes() {
        let file = Selection::from(*file);
        let lines = file.select(".blob-code-inner, td.blob-code");
        let text = |node: &NodeRef<'_>| node.text().trim_end_matches('\n').to_owned();
        let lines: Vec<String> = lines.nodes().iter().map(text).collect();
        let name = clean_line(&file.select_single(".gist-blob-name").text());
        if !name.is_empty() {
            content.heading(&name);
        }
        if !lines.is_empty() {
            content.html(&format!("<pre><code>{}</code></pre>", escaped(&lines.join("\n"))));
        }
    }
    content.finish()
}
