//! Markdown, with or without front matter.

use url::Url;

use super::facts::Facts;
use super::{Extracted, View, date, language, links, paragraphs, sites, title, web};
use crate::model::ArticleOutcome;
use crate::text::{self, BlockKind, Document, FrontMatter, MarkdownOptions};

/// Reads a Markdown file. The title is the one of the front matter, else the first heading, which is
/// then not repeated in the text.
pub(super) fn read(address: &str, markdown: &str, view: View) -> Extracted {
    let (front, body) = text::split_front_matter(markdown);
    let mut facts = front.as_ref().map(facts).unwrap_or_default();
    let source = front.as_ref().and_then(|front| front.url.clone());
    // A clipped page names the address it was clipped from; its links are relative to that.
    let own = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    let base = sites::raw_file::base(address)
        .or_else(|| own.map(String::from))
        .or_else(|| source.clone())
        .unwrap_or_else(|| address.to_owned());
    let options = MarkdownOptions { keep_line_breaks: means_its_lines(body) };
    let mut document = text::from_markdown_with(body, Some(&base), options);
    sites::raw_file::mend(&mut document, address);
    let all = paragraphs(&document);
    if facts.title.is_none() {
        facts.title = first_heading(&document).or_else(|| file_name(address));
    }
    let facts = facts.or(sites::raw_file::facts(address));
    if view == View::Reader {
        web::drop_title(&mut document, facts.title.as_deref());
    }
    links::straighten(&mut document);
    web::finish(address, facts, ArticleOutcome::Readable, document, all)
}

/// Whether each line is one: in show notes, whose lines begin with times, and in notes of Obsidian,
/// which shows them so.
fn means_its_lines(body: &str) -> bool {
    let is_timed = |line: &&str| {
        let line = line.trim_start_matches(['>', ' ', '-', '*', '[', '(', '（', '【']);
        let time = line.split([' ', ']', ')', '）', '】', '\u{3000}']).next().unwrap_or_default();
        time.contains(':') && crate::model::parse_time(time).is_some()
    };
    let obsidian =
        body.contains("![[") || body.contains("\n> [!") || body.matches("[[").count() > 2;
    obsidian || body.lines().filter(is_timed).take(3).count() == 3
}

/// The name of a file on this computer, where it is words: notes are often named by their title.
fn file_name(address: &str) -> Option<String> {
    let path =
        Url::parse(address).ok().filter(|url| url.scheme() == "file")?.to_file_path().ok()?;
    let name = path.file_stem()?.to_str().map(text::clean_line)?;
    name.contains(|c: char| !c.is_ascii() || c == ' ').then_some(name)
}

fn facts(front: &FrontMatter) -> Facts {
    let language = front.language.as_deref().and_then(language::tag);
    let named = [&front.title, &front.author, &front.description];
    let is_chinese = match &language {
        Some(tag) => tag.starts_with("zh"),
        None => named.into_iter().flatten().any(|text| language::has_ideographs(text)),
    };
    let field = |names: &[&str]| {
        names.iter().find_map(|name| front.fields.get(*name)?.as_str()).map(text::clean_line)
    };
    Facts {
        title: front.title.as_deref().map(title::without_suffix).filter(|title| !title.is_empty()),
        byline: front.author.clone(),
        site: field(&["site", "site_name", "publisher", "publication"]).filter(|s| !s.is_empty()),
        published: front.date.as_deref().map(|written| date::normal(written, is_chinese)),
        language,
        ..Facts::default()
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
            BlockKind::Image { .. } | BlockKind::Rule | BlockKind::PageMark { .. } => {}
            _ => before += block.plain_text().chars().count(),
        }
        if before > 400 {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_file(markdown: &str) -> Extracted {
        read("https://a.example/x/notes.md", markdown, View::Reader)
    }

    #[test]
    fn the_head_gives_the_facts_and_is_no_text() {
        let read = read_file(
            "---\ntitle: \"电池十年.md \"\nauthors: [林夏, 周野]\ndate: 2024-05-01 08:30:00\nsite: 周刊\n\
             url: \"\"\n---\n\n# 电池十年\n\n正文[图](img/a.html)。\n",
        );
        let article = &read.article;
        assert_eq!(article.title.as_deref(), Some("电池十年"));
        assert_eq!(article.byline.as_deref(), Some("林夏, 周野"));
        assert_eq!(article.published.as_deref(), Some("2024-05-01T08:30:00+08:00"));
        assert_eq!(article.site.as_deref(), Some("周刊"));
        assert_eq!(read.document.plain_text(), "正文图。");
        assert_eq!(read.document.links[0].url, "https://a.example/x/img/a.html");
    }

    #[test]
    fn lines_that_begin_with_times_stay_lines() {
        let notes = "# 一期\n\n> 00:10 开场\n> 02:20 成本\n> [10:05] 未来\n\n正文一\n正文二\n";
        let read = read_file(notes);
        assert!(read.document.plain_text().starts_with("00:10 开场\n02:20 成本\n[10:05] 未来"));
        assert!(read_file("一\n二\n").document.plain_text().contains("一二"));
    }

    #[test]
    fn the_first_heading_is_the_title_and_stands_there_once() {
        let read = read_file("![logo](a.png)\n\n# Battery\n\nText.\n\n# Other\n\nMore.\n");
        assert_eq!(read.article.title.as_deref(), Some("Battery"));
        assert_eq!(read.document.plain_text(), "Text.\n\nOther\n\nMore.");
        let whole = super::read("https://a.example/a.md", "# Battery\n\nText.", View::Whole);
        assert_eq!(whole.document.plain_text(), "Battery\n\nText.");
    }

    #[test]
    fn a_clipped_page_is_relative_to_where_it_was_clipped_from() {
        let clipped = "---\nsource: https://weekly.example/a/1\n---\n[乙](2)\n";
        let read = read("file:///home/me/clips/%E7%94%B5%E6%B1%A0.md", clipped, View::Reader);
        assert_eq!(read.document.links[0].url, "https://weekly.example/a/2");
        assert_eq!(read.article.title.as_deref(), Some("电池"));
    }
}
