//! A page as a Markdown file of the user's: with its facts at the top, and never over another file.

use std::path::{Path, PathBuf};

use super::article::body_of;
use super::note::write_whole;
use super::note_name::stem;
use super::{Services, Trouble};
use crate::model::{Article, UnixSeconds};
use crate::text::{Document, clean_line, to_markdown};

/// Most files of the same name that are looked at.
const MOST: usize = 1000;
/// Longer files are none of ours.
const LONGEST: u64 = 32 << 20;

/// A page in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedArticle {
    /// The file.
    pub path: PathBuf,
    /// Whether it is new; else it was there and says the same.
    pub new: bool,
}

/// Writes a page into the folder for articles, named after its title; where another file has that name,
/// with a number behind it. A page that is there already stays as it is.
///
/// # Errors
/// When the folder cannot be read or written.
pub fn save_article(
    services: &Services,
    article: &Article,
    document: &Document,
    now: UnixSeconds,
) -> Result<SavedArticle, Trouble> {
    let body = to_markdown(&body_of(document.clone(), article));
    let text = format!("{}{body}", head(article, now));
    let folder = &services.places.articles;
    let name = stem(article.title.as_deref().unwrap_or(&article.url));
    for number in 1..=MOST {
        let path = match number {
            1 => folder.join(format!("{name}.md")),
            _ => folder.join(format!("{name} {number}.md")),
        };
        match written_before(&path)? {
            None => {
                write_whole(&path, text.as_bytes())?;
                return Ok(SavedArticle { path, new: true });
            }
            Some(there) if without_date(&there) == without_date(&text) => {
                return Ok(SavedArticle { path, new: false });
            }
            Some(_) => {}
        }
    }
    Err(Trouble::new(format!(
        "writing {name}.md: there are {MOST} files of that name in {}; move some away",
        folder.display()
    )))
}

/// What a file says that is there; `None` if there is none.
fn written_before(path: &Path) -> Result<Option<String>, Trouble> {
    let failed =
        |err: &std::io::Error| Trouble::doing(&format!("looking at {}", path.display()), err);
    match std::fs::symlink_metadata(path) {
        Ok(facts) if !facts.is_file() || facts.len() > LONGEST => Ok(Some(String::new())),
        Ok(_) => {
            let bytes = std::fs::read(path).map_err(|err| failed(&err))?;
            Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
        }
        Err(err) if err.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(err) => Err(failed(&err)),
    }
}

/// When a page was saved makes it no other page.
fn without_date(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with("saved: "));
    lines.collect::<Vec<_>>().join("\n")
}

/// The front matter, in YAML: title, source, author, site, date, saved.
fn head(article: &Article, now: UnixSeconds) -> String {
    let saved = jiff::Timestamp::from_second(now).map(|at| at.to_string()).unwrap_or_default();
    let facts = [
        ("title", article.title.as_deref()),
        ("source", Some(article.url.as_str())),
        ("author", article.byline.as_deref()),
        ("site", article.site.as_deref()),
        ("date", article.published.as_deref()),
        ("saved", Some(saved.as_str())),
    ];
    let mut out = String::from("---\n");
    for (name, value) in facts {
        if let Some(value) = value.map(clean_line).filter(|value| !value.trim().is_empty()) {
            out.push_str(name);
            out.push_str(": ");
            out.push_str(&yaml(value.trim()));
            out.push('\n');
        }
    }
    out.push_str("---\n\n");
    if let Some(title) = article.title.as_deref().map(clean_line).filter(|t| !t.trim().is_empty()) {
        let block = crate::text::Block {
            kind: crate::text::BlockKind::Heading(1),
            spans: vec![crate::text::Span { text: title.trim().to_owned(), ..Default::default() }],
            ..Default::default()
        };
        out.push_str(&to_markdown(&Document { blocks: vec![block], ..Document::default() }));
        out.push('\n');
    }
    out
}

/// A value of the front matter; dates and addresses stand as they are, others in double quotes.
fn yaml(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-:/._~%?&=+".contains(c);
    let begins = value.starts_with(|c: char| c.is_ascii_alphanumeric());
    let is_safe = begins && value.chars().all(plain) && !value.ends_with(':');
    let has_form = value.contains("://") || value.contains('-');
    if is_safe && has_form {
        return value.to_owned();
    }
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_the_head_are_yaml() {
        for (value, written) in [
            ("2026-10-20T08:00:00Z", "2026-10-20T08:00:00Z"),
            ("https://tide.example/a?b=c", "https://tide.example/a?b=c"),
            ("潮汐: \"一\" \\ 二", "\"潮汐: \\\"一\\\" \\\\ 二\""),
            ("yes", "\"yes\""),
            ("- item", "\"- item\""),
            ("# no comment", "\"# no comment\""),
        ] {
            assert_eq!(yaml(value), written);
        }
    }

    #[test]
    fn the_head_is_read_back_as_it_was_written() {
        let article = Article {
            url: "https://tide.example/a".to_owned(),
            title: Some("潮汐: \"钟\" 的\n\u{1b}历史".to_owned()),
            byline: Some("沈渡".to_owned()),
            published: Some("2026-10-20".to_owned()),
            ..Article::default()
        };
        let head = head(&article, 1_793_491_200);
        let (front, rest) = crate::text::split_front_matter(&head);
        let front = front.unwrap();
        assert_eq!(front.title.as_deref(), Some("潮汐: \"钟\" 的 历史"));
        assert!(head.contains("saved: 2026-11-01T"), "{head}");
        assert!(rest.contains("# 潮汐"), "{rest}");
        assert!(!head.contains('\u{1b}'));
    }
}
