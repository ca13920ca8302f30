//! Articles that a site parts into several pages are read as one.

use std::collections::BTreeSet;

use super::Services;
use super::article::{extract, fetch_page};
use crate::article::{Extracted, View};
use crate::model::{ArticleOutcome, Link};
use crate::text::{Block, BlockKind, Document, Span};

/// Most pages of one article, the first one included.
const MOST: usize = 10;
/// How much of a page's beginning tells it from others, in characters.
const TELLING: usize = 200;

/// Puts the further pages of an article behind its first one, at most nine. Where one does not come, or
/// there are more, the text ends in a link to it. `url` is where the first page was found.
pub(super) async fn join(services: &Services, url: &str, mut first: Extracted) -> Extracted {
    let mut next = first.next.take();
    let mut seen = BTreeSet::from([beginning(&first.document)]);
    let mut asked = BTreeSet::from([url.to_owned()]);
    let mut from = url.to_owned();
    let mut added = 1;
    while let Some(address) = next.take() {
        if !asked.insert(address.clone()) {
            break;
        }
        let more = if added < MOST { one(services, &address, &from).await } else { None };
        let Some(mut more) = more else {
            lead_on(&mut first.document, &address);
            break;
        };
        // A site that does not know the page shows the first one again.
        if !seen.insert(beginning(&more.document)) {
            break;
        }
        next = more.next.take();
        drop_title(&mut more.document, first.article.title.as_deref());
        append(&mut first.document, more.document);
        first.kept = (first.kept.0 + more.kept.0, first.kept.1 + more.kept.1);
        from = address;
        added += 1;
    }
    if added > 1 {
        first.html = crate::text::to_html(&first.document);
    }
    first
}

async fn one(services: &Services, address: &str, from: &str) -> Option<Extracted> {
    let read = async {
        let page = fetch_page(services, address, Some(from.to_owned())).await?;
        extract(services, page, View::Reader).await
    };
    match read.await {
        Ok(read) => (read.outcome == ArticleOutcome::Readable).then_some(read),
        Err(why) => {
            tracing::info!("the next page of an article: {why}");
            None
        }
    }
}

fn beginning(document: &Document) -> String {
    document.plain_text().chars().filter(|c| !c.is_whitespace()).take(TELLING).collect()
}

/// Takes the title off a further page; it stands above the first.
fn drop_title(document: &mut Document, title: Option<&str>) {
    let repeats = document.blocks.first().is_some_and(|block| {
        matches!(block.kind, BlockKind::Heading(_)) && Some(block.plain_text().trim()) == title
    });
    if repeats {
        document.blocks.remove(0);
    }
}

/// Puts `more` behind a text.
fn append(document: &mut Document, mut more: Document) {
    let before = document.links.len();
    for block in &mut more.blocks {
        let cells = match &mut block.kind {
            BlockKind::Table(table) => table.rows.iter_mut().flatten().flatten().collect(),
            _ => Vec::new(),
        };
        for span in block.spans.iter_mut().chain(cells) {
            span.link = span.link.map(|link| link + before);
        }
    }
    document.blocks.append(&mut more.blocks);
    document.links.append(&mut more.links);
}

/// A line that leads to the page that is not here.
fn lead_on(document: &mut Document, address: &str) {
    let text = address.to_owned();
    document.links.push(Link { text: text.clone(), url: address.to_owned() });
    let link = Some(document.links.len() - 1);
    let spans = vec![Span { text, link, ..Span::default() }];
    document.blocks.push(Block { kind: BlockKind::Rule, ..Block::default() });
    document.blocks.push(Block { spans, ..Block::default() });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::from_html;

    #[test]
    fn links_of_a_further_page_still_lead_where_they_led() {
        let mut first = from_html("<p>甲<a href='https://a.example/1'>一</a></p>", None);
        let more = "<h1>题</h1><p><a href='https://a.example/2'>二</a></p><table><tr><th>甲<th>乙\
                    <tr><td><a href='https://a.example/3'>三</a><td>四</table>";
        let mut more = from_html(more, None);
        drop_title(&mut more, Some("题"));
        append(&mut first, more);
        lead_on(&mut first, "https://a.example/x?page=11");
        let urls: Vec<&str> = first.links.iter().map(|link| link.url.as_str()).collect();
        let last = "https://a.example/x?page=11";
        assert_eq!(
            urls,
            ["https://a.example/1", "https://a.example/2", "https://a.example/3", last]
        );
        let linked = |block: &Block| block.spans.iter().find_map(|span| span.link);
        assert_eq!(first.blocks.get(1).and_then(linked), Some(1));
        assert_eq!(first.blocks.last().and_then(linked), Some(3));
        let table = first.blocks.iter().find_map(|block| match &block.kind {
            BlockKind::Table(table) => table.rows.get(1)?.first()?.first()?.link,
            _ => None,
        });
        assert_eq!(table, Some(2));
        assert!(!first.plain_text().contains('题'));
    }
}
