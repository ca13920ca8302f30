//! Which links of an episode are not about it: those that lead to its show, and those that the episodes
//! around it name as well.

use std::collections::HashSet;

use crate::model::{Episode, Show};
use crate::text::{Document, canonical_url};

/// Episodes of the same show that are looked into, before and after this one.
pub(super) const NEIGHBOURS: u32 = 3;

/// An address that so many of them name is not about one of them.
const ENOUGH: usize = 3;

/// Canonical addresses of the links in these notes that are not about the episode. `neighbours` are the
/// notes of episodes around it, as the feed has them.
pub(super) fn usual_links(
    notes: &Document,
    episode: &Episode,
    show: Option<&Show>,
    neighbours: &[String],
) -> Vec<String> {
    // The page of the episode itself says what its notes say.
    let homes = [show.and_then(|show| show.link.as_deref()), episode.summary.link.as_deref()];
    let homes = homes.into_iter().flatten().filter(|home| home.starts_with("http"));
    let own = homes.chain(show.map(|show| show.url.as_str()));
    let own: Vec<String> = own.filter(|url| !url.is_empty()).map(bare).collect();
    let around: Vec<HashSet<String>> = neighbours.iter().map(|notes| addresses(notes)).collect();
    let everywhere =
        |url: &str| around.iter().filter(|named| named.contains(url)).count() >= ENOUGH;
    let urls = notes.links.iter().map(|link| link.url.as_str());
    urls.filter(|url| own.contains(&bare(url)) || everywhere(url)).map(canonical_url).collect()
}

/// The web addresses that stand in these notes, whatever marks are around them.
fn addresses(notes: &str) -> HashSet<String> {
    let ends =
        |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '(' | ')' | '[' | ']');
    let words = notes.split(ends).filter(|word| word.starts_with("http"));
    words.map(|word| word.replace("&amp;", "&")).collect()
}

/// The address without what does not change where it leads.
fn bare(url: &str) -> String {
    let url = canonical_url(url);
    let url = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    url.strip_prefix("www.").unwrap_or(url).trim_end_matches('/').to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::from_html;

    #[test]
    fn what_the_episodes_around_name_and_where_the_show_lives_is_usual() {
        let notes = from_html(
            "<a href='https://www.haibian.example/'>home</a> \
             <a href='https://a.example/join?x=1&amp;y=2'>join</a> \
             <a href='https://a.example/tide'>tide</a>",
            None,
        );
        let show = Show { link: Some("http://haibian.example".into()), ..Show::default() };
        let around = vec!["<a href='https://a.example/join?x=1&amp;y=2'>".to_owned(); 3];
        let usual =
            |around: &[String]| usual_links(&notes, &Episode::default(), Some(&show), around);
        let home = "https://www.haibian.example/".to_owned();
        assert_eq!(usual(&around), [home.clone(), "https://a.example/join?x=1&y=2".to_owned()]);
        assert_eq!(usual(around.get(..2).unwrap()), [home]);
    }
}
