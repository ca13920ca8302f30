//! Places in a text that its own links name: footnotes, headings of a table of contents.

use std::collections::HashSet;

use super::document::{Block, BlockKind};

/// What GitHub puts before the names of what people write.
const PREFIX: &str = "user-content-";

/// The name behind `#` in an address, with its escapes resolved; `None` if there is none.
#[must_use]
pub fn fragment(url: &str) -> Option<String> {
    let (_, fragment) = url.split_once('#')?;
    (!fragment.is_empty()).then(|| unescaped(fragment))
}

/// Whether a link with this fragment leads to the block.
#[must_use]
pub fn is_named(block: &Block, fragment: &str) -> bool {
    block
        .anchors
        .iter()
        .any(|name| name.strip_prefix(PREFIX).unwrap_or(name) == fragment || name == fragment)
}

/// Leaves the blocks only the names that links of the document use. Headings are also reached by the
/// names that Markdown gives them.
pub(super) fn keep_linked(blocks: &mut [Block], targets: &[String]) {
    let wanted: HashSet<String> = targets.iter().filter_map(|url| fragment(url)).collect();
    for block in blocks {
        if wanted.is_empty() {
            block.anchors.clear();
            continue;
        }
        block.anchors.retain(|name| {
            wanted.contains(name)
                || name.strip_prefix(PREFIX).is_some_and(|name| wanted.contains(name))
        });
        if matches!(block.kind, BlockKind::Heading(_)) && block.anchors.is_empty() {
            let name = slug(&block.plain_text());
            if wanted.contains(&name) {
                block.anchors.push(name);
            }
        }
    }
}

/// The name of a heading as GitHub makes it: small letters, hyphens for spaces, no punctuation.
fn slug(heading: &str) -> String {
    let kept =
        heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// A text with its `%XX` resolved where that gives UTF-8.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        let byte =
            digits.filter(|_| *first == b'%').and_then(|two| u8::from_str_radix(two, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    let text = String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned());
    super::clean_line(&text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{from_html, from_markdown};

    #[test]
    fn links_within_a_page_find_their_places() {
        let html = "<p>甲<a href='#n%E4%B8%80'>一</a></p><h2>Two Words!</h2><p id=x>乙 <a href='#two-words'>二</a></p><ol><li id='n一'>注</ol>";
        let document = from_html(html, None);
        let named: Vec<_> = document.blocks.iter().map(|block| block.anchors.clone()).collect();
        assert_eq!(named, [vec![], vec!["two-words".to_owned()], vec![], vec!["n一".to_owned()]]);
        assert_eq!(fragment(&document.links[0].url).as_deref(), Some("n一"));
    }

    #[test]
    fn footnotes_of_markdown_lead_to_their_notes_and_back() {
        let document = from_markdown("甲[^a]\n\n[^a]: 注\n", None);
        let urls: Vec<_> = document.links.iter().map(|link| link.url.as_str()).collect();
        assert_eq!(urls, ["#fn-a", "#fnref-a"]);
        assert!(is_named(&document.blocks[0], "fnref-a") && is_named(&document.blocks[1], "fn-a"));
        assert_eq!(document.plain_text(), "甲[a]\n\n[a] 注");
    }

    #[test]
    fn broken_escapes_stay_as_they_are() {
        assert_eq!(fragment("#100%"), Some("100%".into()));
        assert_eq!(fragment("#%ff%"), Some("%ff%".into()));
        assert_eq!(fragment("https://a.example/"), None);
    }
}
