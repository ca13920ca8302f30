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

/// Who, where and when, in one line; may be empty.
fn facts_of(article: &Article) -> String {
    let date = article.published.as_deref().map(|at| at.get(..10).unwrap_or(at).to_owned());
    let facts = [article.byline.clone(), article.site.clone(), date];
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
