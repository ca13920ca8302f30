//! Where a link leads, said honestly and followed: another page, a place in this one, a mail address.

use super::{Effect, LinkedFrom, Pane, State, articles, hints, offers};
use crate::lang::Notice;
use crate::text::{BlockKind, Document, letters};

/// Follows a link of the text in a pane.
pub(super) fn follow(state: &mut State, pane: Pane, index: usize) -> Vec<Effect> {
    let reader = hints::reader_mut(state, pane);
    let link = reader.and_then(|reader| reader.document.links.get(index).cloned());
    let Some(link) = link else { return Vec::new() };
    if pane == Pane::Article
        && let Some(effects) = offers::take(state, &link.url)
    {
        return effects;
    }
    if let Some(address) = link.url.strip_prefix("mailto:") {
        let address = address.split('?').next().unwrap_or(address).to_owned();
        state.say(Notice::MailCopied(address.clone()));
        return vec![Effect::Copy(address)];
    }
    if let Some(place) = place_in_page(state, pane, &link.url) {
        return go_to_place(state, pane, &place);
    }
    let from = match pane {
        Pane::Article => state.articles.front().map(|view| LinkedFrom::Page(view.url.clone())),
        _ => state.notes.id().map(LinkedFrom::Notes),
    };
    match from {
        Some(from) => articles::open_titled(state, link.url, from, Some(link.text)),
        None => Vec::new(),
    }
}

/// The name of the place, if a link leads to one in the page that it stands in.
fn place_in_page(state: &State, pane: Pane, url: &str) -> Option<String> {
    let place = crate::text::fragment(url)?;
    if url.starts_with('#') {
        return Some(place);
    }
    let own = state.articles.front().filter(|_| pane == Pane::Article)?;
    let bare = |url: &str| url.split('#').next().unwrap_or(url).trim_end_matches('/').to_owned();
    (bare(url) == bare(&own.url)).then_some(place)
}

fn go_to_place(state: &mut State, pane: Pane, place: &str) -> Vec<Effect> {
    let reader = hints::reader_mut(state, pane);
    let found = reader.is_some_and(|reader| {
        reader.to_anchor(place) || {
            let heading = heading_named(&reader.document, place);
            heading.is_some_and(|block| reader.follow_to(block))
        }
    });
    if !found {
        state.say(Notice::NoSuchPlace);
    }
    Vec::new()
}

/// The heading that a fragment means: sites name them after their words.
fn heading_named(document: &Document, fragment: &str) -> Option<usize> {
    let wanted = letters(fragment.chars());
    if wanted.is_empty() {
        return None;
    }
    let mut headings = document.blocks.iter().enumerate();
    let named = headings.find(|(_, block)| {
        matches!(block.kind, BlockKind::Heading(_)) && letters(block.plain_text().chars()) == wanted
    });
    named.map(|(block, _)| block)
}

/// The host that an address leads to, as it may be shown: whatever stands before an `@` is left out, and a
/// name with letters that can look like others stands in its ASCII form (`xn--…`). Chinese, Japanese and
/// Korean names look like no others and stand as they are.
#[must_use]
pub fn shown_host(url: &str) -> Option<String> {
    let parsed = url::Url::parse(url).ok()?;
    let real = parsed.host_str().filter(|host| !host.is_empty())?;
    let written = written_host(url);
    let same = || url::Url::parse(&format!("https://{written}/")).ok();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-') || is_cjk(c);
    if written.chars().all(plain) && same().is_some_and(|url| url.host_str() == Some(real)) {
        return Some(written.to_lowercase());
    }
    Some(real.to_owned())
}

/// The host as it stands in an address.
fn written_host(url: &str) -> &str {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    host.split(':').next().unwrap_or_default()
}

/// Ideographs without those that only look like others, kana, Hangul.
fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::from_markdown;

    #[test]
    fn the_host_that_is_shown_is_the_one_that_is_asked() {
        let host = |url| shown_host(url).unwrap_or_default();
        assert_eq!(host("https://tide.example@evil.example/tide.example"), "evil.example");
        assert_eq!(host("https://例子.example/x"), "例子.example");
        assert_eq!(host("https://Tide.example:8080/x"), "tide.example");
        assert_eq!(host("http://[::1]:80/x"), "[::1]");
        assert_eq!(host("https://pаypal.example/"), "xn--pypal-4ve.example");
        assert_eq!((host("mailto:a@b.example"), host("#x")), (String::new(), String::new()));
    }

    #[test]
    fn a_fragment_names_the_heading_with_its_words() {
        let text = "# 潮汐\n\n## Low & High Water\n\n字\n\n## 第一束光\n\n字";
        let document = from_markdown(text, None);
        assert_eq!(heading_named(&document, "low-high-water"), Some(1));
        let fragment = crate::text::fragment("#%E7%AC%AC%E4%B8%80%E6%9D%9F%E5%85%89").unwrap();
        assert_eq!(heading_named(&document, &fragment), Some(3));
        assert_eq!(heading_named(&document, "第一束光"), Some(3));
        assert_eq!(
            (heading_named(&document, "nowhere"), heading_named(&document, "-%")),
            (None, None)
        );
    }
}
