//! GitHub: README files from their raw addresses, and the pages that show one.

use dom_query::Document as Tree;
use serde_json::Value;
use url::Url;

use super::{Site, Source, is_on};
use crate::article::facts::Facts;
use crate::text::{BlockKind, Document, clean_line};

pub(super) const SITE: Site =
    Site { applies: |page| is_on(page.url, "github.com"), facts, content };

fn facts(page: &Source<'_>) -> Facts {
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

fn content(page: &Source<'_>) -> Option<String> {
    let tree = page.tree;
    tree.select(".anchor, .zeroclipboard-container, clipboard-copy").remove();
    let bodies = tree.select(
        "article.markdown-body, .comment-body.markdown-body, \
        [data-testid='markdown-body']",
    );
    let texts: Vec<String> = bodies.iter().map(|body| body.inner_html().to_string()).collect();
    let shown = texts.iter().any(|text| !text.trim().is_empty());
    if shown { Some(texts.join("<hr>")) } else { embedded(tree) }
}

/// The text in the data of the page's script, where the page draws itself.
fn embedded(tree: &Tree) -> Option<String> {
    let scripts = tree.select("script[data-target$='embeddedData']");
    scripts.iter().find_map(|script| {
        let text = script.text();
        let data: Value = (text.len() < 8 << 20).then(|| serde_json::from_str(&text).ok())??;
        let files = data.pointer("/props/initialPayload/overview/overviewFiles");
        let mut files = files.and_then(Value::as_array).into_iter().flatten();
        let overview = files.find_map(|file| file.get("richText")?.as_str());
        let blob = data.pointer("/payload/blob/richText").and_then(Value::as_str);
        overview.or(blob).map(str::to_owned)
    })
}

/// The page that links in a raw file are relative to: the file's own page in the repository.
pub(in crate::article) fn readme_base(address: &str) -> Option<String> {
    let (owner, repository, rest) = raw(address)?;
    Some(format!("https://github.com/{owner}/{repository}/blob/{rest}"))
}

fn raw(address: &str) -> Option<(String, String, String)> {
    let url = Url::parse(address).ok()?;
    if url.host_str() != Some("raw.githubusercontent.com") {
        return None;
    }
    let mut parts = url.path().trim_start_matches('/').splitn(3, '/').map(str::to_owned);
    Some((parts.next()?, parts.next()?, parts.next()?))
}

/// Pictures of a raw file get their raw addresses; badges are no pictures and go.
pub(in crate::article) fn mend_readme(document: &mut Document, address: &str) {
    document.blocks.retain(|block| match &block.kind {
        BlockKind::Image { src, .. } => !is_badge(src),
        _ => true,
    });
    let Some((owner, repository, _)) = raw(address) else { return };
    let page = format!("https://github.com/{owner}/{repository}/blob/");
    let bytes = format!("https://raw.githubusercontent.com/{owner}/{repository}/");
    for block in &mut document.blocks {
        if let BlockKind::Image { src, .. } = &mut block.kind
            && let Some(rest) = src.strip_prefix(&page)
        {
            *src = format!("{bytes}{rest}");
        }
    }
}

/// Small pictures of states: build, version, licence, downloads.
fn is_badge(src: &str) -> bool {
    const HOSTS: [&str; 14] = [
        "img.shields.io",
        "shields.io",
        "badge.fury.io",
        "badgen.net",
        "travis-ci.org",
        "travis-ci.com",
        "ci.appveyor.com",
        "codecov.io",
        "coveralls.io",
        "api.codacy.com",
        "snyk.io",
        "deps.rs",
        "pepy.tech",
        "api.star-history.com",
    ];
    let Ok(url) = Url::parse(src) else { return false };
    HOSTS.iter().any(|host| is_on(Some(&url), host))
        || url.path().ends_with("badge.svg")
        || url.path().contains("/badges/")
        || url.path().contains("/badge/")
}
