//! What stands above the text of an article: its title, who wrote it, where and when.

use crate::model::Article;
use crate::text::{Block, BlockKind, Document, Span, SpanStyle};

/// The text of an article alone: without the title and the facts that [`read_article`](super::read_article) puts above.
#[must_use]
pub fn body_of(mut document: Document, article: &Article) -> Document {
    let titled = begins_with_title(&document, article);
    let facts = facts_of(article);
    let stated = document
        .blocks
        .get(usize::from(titled))
        .is_some_and(|block| !facts.is_empty() && block.plain_text() == facts);
    document.blocks.drain(..usize::from(titled) + usize::from(stated));
    document
}

fn begins_with_title(document: &Document, article: &Article) -> bool {
    let title = article.title.as_deref().unwrap_or_default().trim();
    document.blocks.first().is_some_and(|block| {
        matches!(block.kind, BlockKind::Heading(_)) && block.plain_text().trim() == title
    })
}

/// Who, where and when, in one line; may be empty. The day of the last change stands for that of a page
/// that says no other; a site that signs its own page is named once.
fn facts_of(article: &Article) -> String {
    let written = article.published.as_deref().or(article.updated.as_deref());
    let date = written.map(|at| at.get(..10).unwrap_or(at).to_owned());
    let site = article.site.clone().filter(|site| article.byline.as_ref() != Some(site));
    let facts = [article.byline.clone(), site, date];
    let facts: Vec<String> = facts.into_iter().flatten().filter(|f| !f.is_empty()).collect();
    facts.join(" · ")
}

/// Puts title and facts above the text, unless it begins with its title itself.
pub(crate) fn with_head(mut document: Document, article: &Article) -> Document {
    let span = |text: String, style: SpanStyle| Span { text, style, ..Span::default() };
    let mut head = Vec::new();
    let title = article.title.clone().unwrap_or_default();
    let repeated = begins_with_title(&document, article);
    if !title.is_empty() && !repeated {
        let spans = vec![span(title, SpanStyle::default())];
        head.push(Block { kind: BlockKind::Heading(1), spans, ..Block::default() });
    }
    let facts = facts_of(article);
    if !facts.is_empty() {
        let style = SpanStyle { italic: true, ..SpanStyle::default() };
        head.push(Block { spans: vec![span(facts, style)], ..Block::default() });
    }
    let at = usize::from(repeated);
    document.blocks.splice(at..at, head);
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_facts_says_everything_once() {
        let line = |byline: &str, published: Option<&str>| {
            facts_of(&Article {
                byline: Some(byline.to_owned()),
                site: Some("工业周刊".to_owned()),
                published: published.map(str::to_owned),
                updated: Some("2024-06-03T08:00:00Z".to_owned()),
                ..Article::default()
            })
        };
        assert_eq!(line("林夏", Some("2024-05-01")), "林夏 · 工业周刊 · 2024-05-01");
        assert_eq!(line("工业周刊", None), "工业周刊 · 2024-06-03");
    }
}
