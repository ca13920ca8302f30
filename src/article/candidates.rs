//! Which addresses to ask for an article, best first: many sites keep a form that reads better than
//! the page a link leads to.

use url::Url;

use super::canonical_url;

/// The names under which a repository keeps its first page, most frequent first.
const READMES: [&str; 5] = ["README.md", "readme.md", "README.zh-CN.md", "README.rst", "README"];
/// First path segments of GitHub that are not names of people.
const NOT_OWNERS: [&str; 20] = [
    "about",
    "apps",
    "collections",
    "contact",
    "customer-stories",
    "explore",
    "features",
    "issues",
    "login",
    "marketplace",
    "notifications",
    "orgs",
    "pricing",
    "pulls",
    "search",
    "settings",
    "sponsors",
    "topics",
    "trending",
    "users",
];
/// Files that are texts, by suffix.
const TEXTS: [&str; 6] = ["md", "markdown", "rst", "txt", "adoc", "mdx"];

/// The addresses to try in order until one answers with an article; never empty, the last is the
/// page itself. A GitHub repository is asked for its README, a file there for its bytes; a paper on
/// arXiv for its HTML, then for its PDF, then for its abstract.
#[must_use]
pub fn fetch_urls(address: &str) -> Vec<String> {
    let page = canonical_url(address);
    let Ok(url) = Url::parse(&page) else { return vec![page] };
    let host = url.host_str().unwrap_or_default().trim_start_matches("www.");
    let path: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty()).collect();
    let better = match host {
        "github.com" => github(&path),
        "huggingface.co" => hugging_face(&path),
        "gitlab.com" => gitlab(&url, &path),
        "gitee.com" => gitee(&path),
        "arxiv.org" | "export.arxiv.org" => return arxiv(&path).unwrap_or_else(|| vec![page]),
        _ => Vec::new(),
    };
    let mut all = better;
    if !all.contains(&page) {
        all.push(page);
    }
    all
}

fn is_text(name: &str) -> bool {
    let suffix = name.rsplit_once('.').map(|(_, suffix)| suffix.to_ascii_lowercase());
    suffix.is_some_and(|suffix| TEXTS.contains(&suffix.as_str()))
}

fn github(path: &[&str]) -> Vec<String> {
    let raw = |owner: &str, repository: &str, rest: &str| {
        format!("https://raw.githubusercontent.com/{owner}/{repository}/{rest}")
    };
    match path {
        [owner, ..] if NOT_OWNERS.contains(owner) => Vec::new(),
        [owner, repository] => {
            let repository = repository.trim_end_matches(".git");
            let names = READMES.iter();
            names.map(|name| raw(owner, repository, &format!("HEAD/{name}"))).collect()
        }
        [owner, repository, "tree", branch] => {
            let names = READMES.iter().take(2);
            names.map(|name| raw(owner, repository, &format!("{branch}/{name}"))).collect()
        }
        [owner, repository, "tree", branch, folder @ ..] => {
            vec![raw(owner, repository, &format!("{branch}/{}/README.md", folder.join("/")))]
        }
        [owner, repository, "blob" | "raw", rest @ ..]
            if rest.len() > 1 && rest.last().is_some_and(|name| is_text(name)) =>
        {
            vec![raw(owner, repository, &rest.join("/"))]
        }
        _ => Vec::new(),
    }
}

/// First path segments of Hugging Face that are not names of people.
const NOT_MAKERS: [&str; 16] = [
    "api",
    "blog",
    "chat",
    "collections",
    "docs",
    "enterprise",
    "join",
    "learn",
    "login",
    "models",
    "new",
    "organizations",
    "papers",
    "posts",
    "pricing",
    "settings",
];

fn hugging_face(path: &[&str]) -> Vec<String> {
    let root = "https://huggingface.co";
    match path {
        [kind @ ("datasets" | "spaces"), owner, name] => {
            vec![format!("{root}/{kind}/{owner}/{name}/raw/main/README.md")]
        }
        ["datasets" | "spaces", ..] => Vec::new(),
        [owner, ..] if NOT_MAKERS.contains(owner) => Vec::new(),
        [owner, model] => vec![format!("{root}/{owner}/{model}/raw/main/README.md")],
        [owner, model, "blob", rest @ ..] if rest.last().is_some_and(|name| is_text(name)) => {
            vec![format!("{root}/{owner}/{model}/raw/{}", rest.join("/"))]
        }
        _ => Vec::new(),
    }
}

fn gitlab(url: &Url, path: &[&str]) -> Vec<String> {
    let is_file = url.path().contains("/-/blob/") && is_text(url.path());
    let raw = url.as_str().replacen("/-/blob/", "/-/raw/", 1);
    match path {
        _ if is_file => vec![raw],
        ["explore" | "users" | "help" | "dashboard" | "groups", ..] => Vec::new(),
        [owner, name] => vec![format!("https://gitlab.com/{owner}/{name}/-/raw/HEAD/README.md")],
        _ => Vec::new(),
    }
}

fn gitee(path: &[&str]) -> Vec<String> {
    match path {
        ["explore" | "login" | "help" | "search" | "events", ..] => Vec::new(),
        [owner, name] => vec![format!("https://gitee.com/{owner}/{name}/raw/master/README.md")],
        [owner, name, "blob", rest @ ..] if rest.last().is_some_and(|name| is_text(name)) => {
            vec![format!("https://gitee.com/{owner}/{name}/raw/{}", rest.join("/"))]
        }
        _ => Vec::new(),
    }
}

/// A paper: `abs`, `pdf` or `html`, an old or a new number, perhaps with a version.
fn arxiv(path: &[&str]) -> Option<Vec<String>> {
    let (form, rest) = path.split_first()?;
    if !matches!(*form, "abs" | "pdf" | "html") || rest.is_empty() {
        return None;
    }
    let id = rest.join("/");
    let id = id.trim_end_matches(".pdf");
    let is_id = id.chars().all(|c| c.is_ascii_alphanumeric() || "./-".contains(c));
    let page = |form: &str| format!("https://arxiv.org/{form}/{id}");
    (is_id && !id.is_empty()).then(|| vec![page("html"), page("pdf"), page("abs")])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repository_is_asked_for_its_readme_and_then_for_its_page() {
        let all = fetch_urls("https://github.com/linxia/battery?tab=readme#top");
        assert_eq!(
            all.first().map(String::as_str),
            Some("https://raw.githubusercontent.com/linxia/battery/HEAD/README.md")
        );
        assert_eq!(
            all.last().map(String::as_str),
            Some("https://github.com/linxia/battery?tab=readme")
        );
        assert_eq!(
            fetch_urls("https://github.com/topics/rust"),
            ["https://github.com/topics/rust"]
        );
    }

    #[test]
    fn a_file_is_asked_for_its_bytes_if_it_is_a_text() {
        assert_eq!(
            fetch_urls("https://github.com/a/b/blob/main/docs/x%20y.md"),
            [
                "https://raw.githubusercontent.com/a/b/main/docs/x%20y.md",
                "https://github.com/a/b/blob/main/docs/x%20y.md"
            ]
        );
        let code = "https://github.com/a/b/blob/main/src/x.rs";
        assert_eq!(fetch_urls(code), [code]);
        assert_eq!(fetch_urls("https://gitlab.com/a/b/-/blob/main/x.md").len(), 2);
    }

    #[test]
    fn a_paper_is_asked_for_its_text_and_then_for_its_abstract() {
        for address in [
            "https://arxiv.org/pdf/2401.06066v2.pdf",
            "http://www.arxiv.org/abs/2401.06066v2",
            "https://arxiv.org/html/2401.06066v2#S1",
        ] {
            assert_eq!(
                fetch_urls(address),
                [
                    "https://arxiv.org/html/2401.06066v2",
                    "https://arxiv.org/pdf/2401.06066v2",
                    "https://arxiv.org/abs/2401.06066v2"
                ]
            );
        }
        assert_eq!(fetch_urls("https://arxiv.org/list/cs/new"), ["https://arxiv.org/list/cs/new"]);
    }

    #[test]
    fn a_card_is_asked_for_its_source() {
        for (page, raw) in [
            ("linxia/cells", "linxia/cells/raw/main/README.md"),
            ("datasets/linxia/cells", "datasets/linxia/cells/raw/main/README.md"),
            ("spaces/linxia/cells", "spaces/linxia/cells/raw/main/README.md"),
        ] {
            let all = fetch_urls(&format!("https://huggingface.co/{page}"));
            assert_eq!(all[0], format!("https://huggingface.co/{raw}"));
        }
        for page in ["blog/cells", "papers/2401.06066", "datasets", "docs/hub"] {
            assert_eq!(fetch_urls(&format!("https://huggingface.co/{page}")).len(), 1, "{page}");
        }
    }

    #[test]
    fn other_pages_are_asked_for_themselves() {
        assert_eq!(fetch_urls("https://a.example/x?utm_source=b"), ["https://a.example/x"]);
        assert_eq!(fetch_urls("???"), ["???"]);
    }
}
