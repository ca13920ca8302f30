//! Texts of repositories at their raw addresses: what their links are relative to, which pictures are
//! none.

use url::Url;

use super::is_on;
use crate::article::facts::Facts;
use crate::text::{BlockKind, Document};

/// A raw file: its repository, and the ends of the addresses beside it.
struct Raw {
    site: &'static str,
    /// `owner/repository`
    name: String,
    /// The page that shows the file, and with it what its links are relative to.
    page: String,
    /// What the address of a page begins with, and the address of the bytes shown there.
    pages: String,
    bytes: String,
}

fn raw(address: &str) -> Option<Raw> {
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?;
    let path: Vec<&str> = url.path().trim_start_matches('/').split('/').collect();
    let of = |site, name: String, root: String, page: &str, bytes: &str, rest: &[&str]| {
        let pages = format!("{root}/{page}/");
        let bytes = format!("{bytes}/");
        let page = format!("{pages}{}", rest.join("/"));
        (!rest.is_empty()).then_some(Raw { site, name, page, pages, bytes })
    };
    match (host, path.as_slice()) {
        ("raw.githubusercontent.com", [owner, name, rest @ ..]) => {
            let name = format!("{owner}/{name}");
            let root = format!("https://github.com/{name}");
            of(
                "GitHub",
                name,
                root,
                "blob",
                &format!("https://{host}/{owner}/{}", path.get(1)?),
                rest,
            )
        }
        ("huggingface.co", [kind @ ("datasets" | "spaces"), owner, name, "raw", rest @ ..]) => {
            let name = format!("{owner}/{name}");
            let root = format!("https://{host}/{kind}/{name}");
            let bytes = format!("{root}/resolve");
            of("Hugging Face", name, root, "blob", &bytes, rest)
        }
        ("huggingface.co", [owner, name, "raw", rest @ ..]) => {
            let name = format!("{owner}/{name}");
            let root = format!("https://{host}/{name}");
            let bytes = format!("{root}/resolve");
            of("Hugging Face", name, root, "blob", &bytes, rest)
        }
        ("gitlab.com", _) => {
            let (repository, rest) = url.path().split_once("/-/raw/")?;
            let root = format!("https://{host}{repository}");
            let bytes = format!("{root}/-/raw");
            let rest: Vec<&str> = rest.split('/').collect();
            of("GitLab", repository.trim_matches('/').to_owned(), root, "-/blob", &bytes, &rest)
        }
        ("gitee.com", [owner, name, "raw", rest @ ..]) => {
            let name = format!("{owner}/{name}");
            let root = format!("https://{host}/{name}");
            let bytes = format!("{root}/raw");
            of("Gitee", name, root, "blob", &bytes, rest)
        }
        _ => None,
    }
}

/// The page that links in a raw file are relative to: the file's own page in the repository.
pub(in crate::article) fn base(address: &str) -> Option<String> {
    Some(raw(address)?.page)
}

/// What the address of a raw file says: the site, and the repository as a last resort for a title.
pub(in crate::article) fn facts(address: &str) -> Facts {
    let Some(raw) = raw(address) else { return Facts::default() };
    let is_readme = raw
        .page
        .rsplit('/')
        .next()
        .is_some_and(|file| file.to_ascii_lowercase().starts_with("readme"));
    Facts {
        title: is_readme.then_some(raw.name),
        site: Some(raw.site.to_owned()),
        ..Facts::default()
    }
}

/// Pictures of a raw file get their raw addresses; badges are no pictures and go.
pub(in crate::article) fn mend(document: &mut Document, address: &str) {
    document.blocks.retain(|block| match &block.kind {
        BlockKind::Image { src, .. } => !is_badge(src),
        _ => true,
    });
    let Some(raw) = raw(address) else { return };
    for block in &mut document.blocks {
        if let BlockKind::Image { src, .. } = &mut block.kind
            && let Some(rest) = src.strip_prefix(&raw.pages)
        {
            *src = format!("{}{rest}", raw.bytes);
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
