//! Markdown, with or without front matter.

use url::Url;

use super::facts::Facts;
use super::{Extracted, View, date, language, links, paragraphs, sites, title, web};
use crate::model::ArticleOutcome;
use crate::text::{self, BlockKind, Document, FrontMatter};

/// Reads a Markdown file. The title is the one of the front matter, else the first heading, which is
/// then not repeated in the text.
pub(super) fn read(address: &str, markdown: &str, view: View) -> Extracted {
    let (front, body) = text::split_front_matter(markdown);
    let mut facts = front.as_ref().map(facts).unwrap_or_default();
    let source = front.as_ref().and_then(|front| front.url.clone());
    // A clipped page names the address it was clipped from; its links are relative to that.
    let own = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let base = sites::github::readme_base(address)
        .or_else(|| own.map(String::from))
        .or_else(|| source.clone())
        .unwrap_or_else(|| address.to_owned());
    let mut document = text::from_markdown(body, Some(&base));
    sites::github::mend_readme(&mut document, address);
    let all = paragraphs(&document);
    if facts.title.is_none() {
        facts.title = first_heading(&document);
    }
    if view == View::Reader || facts.title.is_some() {
        web::drop_title(&mut document, facts.title.as_deref());
    }
    links::straighten(&mut document);
    web::finish(address, facts, ArticleOutcome::Readable, document, all)
}

fn facts(front: &FrontMatter) -> Facts {
    let is_chinese = front.title.as_deref().is_some_and(|title| language::told_by(title).is_some());
    let language = front.language.as_deref().and_then(language::tag);
    let field = |names: &[&str]| {
        names.iter().find_map(|name| front.fields.get(*name)?.as_str()).map(text::clean_line)
    };
    Facts {
        title: front.title.as_deref().map(title::without_suffix).filter(|title| !title.is_empty()),
        byline: front.author.clone(),
        site: field(&["site", "site_name", "publisher", "publication"]).filter(|s| !s.is_empty()),
        published: front.date.as_deref().map(|written| date::normal(written, is_chinese)),
        language,
    }
}

/// The first heading, if nothing but pictures and a few short lines (badges, a motto) precede it.
fn first_heading(document: &Document) -> Option<String> {
    let mut before = 0;
    for block in document.blocks.iter().take(12) {
        match block.kind {
            BlockKind::Heading(_) => {
                return Some(text::clean_line(&block.plain_text()))
                    .filter(|title| !title.is_empty());
            }
            BlockKind::Image { .. } | BlockKind::Rule => {}
            _ => before += block.plain_text().chars().count(),
        }
        if before > 400 {
            return None;
        }
    }
    None
}
