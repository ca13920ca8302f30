//! Links of real show notes and the chapters they belong to, where the corpus is present: compared with
//! the plainest reading there is, the last time that stands before a link.
use std::collections::HashSet;
use std::path::Path;

use latetalk::app::{EpisodeLink, LinkSources, links_by_chapter};
use latetalk::model::Chapter;
use latetalk::text::{self, Document};
use latetalk::timeline;

#[path = "support/corpus.rs"]
mod corpus;
#[path = "support/notes.rs"]
mod notes;

use notes::{files, notes};

/// For each link between the first and the last time: the chapter whose time stands before it.
fn plainly(document: &Document, chapters: &[Chapter]) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let (mut now, mut waiting) = (None, Vec::new());
    for span in document.blocks.iter().flat_map(|block| &block.spans) {
        let at = |ms| chapters.iter().position(|chapter| chapter.start_ms == ms);
        if let Some(index) = span.time_ms.and_then(at) {
            // What has stood before this time is between two of them.
            found.append(&mut waiting);
            now = Some(index);
        } else if let (Some(index), Some(link), None) = (now, span.link, span.time_ms)
            && let Some(link) = document.links.get(link)
        {
            waiting.push((text::canonical_url(&link.url), index));
        }
    }
    found
}

fn is_sound(links: &[EpisodeLink], chapters: &[Chapter], path: &Path) {
    let keys: HashSet<&str> = links.iter().map(|link| link.key.as_str()).collect();
    assert_eq!(keys.len(), links.len(), "each page once: {}", path.display());
    for link in links {
        assert!(link.chapter.is_none_or(|at| at < chapters.len()), "{}", path.display());
        assert!(!link.text.is_empty() && !link.url.starts_with('#'), "{link:?}");
    }
    let usual = links.iter().position(|link| link.usual).unwrap_or(links.len());
    assert!(links.iter().skip(usual).all(|link| link.usual), "{}", path.display());
}

#[test]
fn links_of_real_notes_belong_to_the_chapters_they_stand_in() {
    let Some(root) = corpus::corpus() else { return };
    let (mut pages, mut placed, mut usual, mut right, mut wrong) = (0, 0, 0, 0, Vec::new());
    for path in files(&root.join("shownotes")) {
        let Some(mut document) = notes(&path) else { continue };
        let found = timeline::from_notes(&document, None);
        timeline::mark(&mut document, &found.stamps);
        let chapters = timeline::tidy(found.chapters, None);
        let plain = plainly(&document, &chapters);
        timeline::arrange(&mut document, &chapters);
        let sources = LinkSources { own: &chapters, shown: &chapters, usual: &[] };
        let links = links_by_chapter(&document, sources);
        is_sound(&links, &chapters, &path);
        pages += links.len();
        placed += links.iter().filter(|link| link.chapter.is_some()).count();
        usual += links.iter().filter(|link| link.usual).count();
        let mut seen = HashSet::new();
        for (key, index) in plain {
            if !seen.insert(key.clone()) {
                continue;
            }
            let Some(link) = links.iter().find(|link| link.key == key) else { continue };
            if link.chapter == Some(index) {
                right += 1;
            } else {
                wrong.push(format!("{}: {key}: {:?}, not {index}", path.display(), link.chapter));
            }
        }
    }
    println!("{pages} pages, {placed} in a chapter, {usual} named everywhere");
    println!("between times: {right} as the times say, {} not", wrong.len());
    for line in &wrong {
        println!("  {line}");
    }
    assert!(right > 100 && right >= wrong.len() * 19, "{right} right, {} wrong", wrong.len());
}
