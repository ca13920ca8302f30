//! The heading that a page shows as its title. Heads of pages are written for lists of results
//! (`Top 11 lamps of 2025 | Site`); the heading is what the reader of the page knows it by.

use std::collections::HashMap;

use dom_query::{Document as Tree, NodeRef};

use super::site_name::{SiteNames, fold};
use super::title::{is_title, same};

/// How many headings are compared.
const MAX_HEADINGS: usize = 12;
/// A heading must have so many words in common with a name of the page, in hundredths of both.
const LEAST: usize = 35;
/// Words that any two titles have in common.
const EMPTY: [&str; 14] =
    ["the", "a", "an", "of", "to", "in", "on", "for", "and", "or", "is", "are", "with", "your"];

/// A heading of a page.
pub(super) struct Heading {
    pub(super) text: String,
    is_first: bool,
}

/// The headings of the first and second level that may be the page's title.
pub(super) fn all(tree: &Tree, site: &SiteNames) -> Vec<Heading> {
    let found = tree.select("h1, h2");
    let headings = found.nodes().iter().take(MAX_HEADINGS).filter(|node| !is_logo(node));
    headings
        .map(|node| Heading { text: shown(node), is_first: node.has_name("h1") })
        .filter(|heading| is_title(&heading.text))
        .map(|heading| Heading { text: site.taken_off(&heading.text), ..heading })
        .collect()
}

/// The heading of the first level that says what the names of a page say, in its own words. `None`
/// where there is none, or a heading of the second level is a name itself.
pub(super) fn best<'h>(
    headings: &'h [Heading],
    names: &[String],
    site: &SiteNames,
) -> Option<&'h str> {
    let is_name = |heading: &&Heading| names.iter().any(|name| same(name, &heading.text));
    let first = headings.iter().filter(|heading| heading.is_first && !site.is(&heading.text));
    if let Some(exact) = first.clone().find(is_name) {
        return Some(&exact.text);
    }
    if headings.iter().any(|heading| is_name(&heading) && !heading.is_first) {
        return None;
    }
    let likeness = |heading: &&Heading| {
        names.iter().map(|name| likeness(name, &heading.text)).max().unwrap_or_default()
    };
    let found = first.rev().max_by_key(likeness)?;
    (likeness(&found) >= LEAST).then_some(&found.text)
}

/// The text of a heading without the buttons and marks that stand beside it.
fn shown(node: &NodeRef<'_>) -> String {
    let mut text = String::new();
    for inner in node.descendants_it() {
        if inner.has_name("br") {
            text.push(' ');
        }
        let Some(above) = inner.parent().filter(|_| inner.is_text()) else { continue };
        let is_mark =
            ["button", "script", "style", "svg", "title"].iter().any(|n| above.has_name(n))
                || above.is("[class*=headerlink], [class*=permalink], [class*=anchor]");
        if !is_mark {
            text.push_str(&inner.text());
        }
    }
    let text = super::facts::unescaped(&text);
    crate::text::clean_line(&text).trim_end_matches(['¶', '#', '§', ' ']).to_owned()
}

/// A heading that leads to the front page is the site's.
fn is_logo(node: &NodeRef<'_>) -> bool {
    let leads_home = |link: &NodeRef<'_>| {
        let href = link.attr_or("href", "");
        let path = href.split_once("://").map_or(&*href, |(_, rest)| {
            rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/")
        });
        link.has_name("a")
            && matches!(path, "/" | "./" | "/en/" | "/zh/" | "index.html" | "/index.html")
    };
    let inner =
        node.descendants_it().filter(|inner| inner.has_name("a")).take(3).any(|a| leads_home(&a));
    inner
        || node.ancestors_it(Some(12)).any(|above| leads_home(&above))
        || node.ancestors_it(Some(24)).any(|above| {
            ["nav", "footer", "aside", "dialog"].iter().any(|name| above.has_name(name))
        })
}

/// How much two titles have in common, in hundredths.
fn likeness(one: &str, other: &str) -> usize {
    let (one, other) = (words(one), words(other));
    let count = |words: &HashMap<String, usize>| words.values().sum::<usize>();
    let common: usize =
        one.iter().map(|(word, n)| (*n).min(other.get(word).copied().unwrap_or(0))).sum();
    (common * 200).checked_div(count(&one) + count(&other)).unwrap_or(0)
}

/// Words in lower case; of ideographs, each with the one behind it.
fn words(text: &str) -> HashMap<String, usize> {
    let mut found = HashMap::new();
    let mut add = |word: String| {
        if !word.is_empty() && !EMPTY.contains(&word.as_str()) {
            *found.entry(word).or_insert(0) += 1;
        }
    };
    let (mut word, mut before) = (String::new(), None);
    for c in text.chars().chain([' ']) {
        let is_ideograph = c.is_alphabetic() && c as u32 >= 0x2E80;
        if let (true, Some(before)) = (is_ideograph, before) {
            add([before, c].iter().collect());
        }
        before = is_ideograph.then_some(c);
        if c.is_alphanumeric() && !is_ideograph {
            word.push(c);
        } else if !matches!(c, '\'' | '’') {
            add(fold(&std::mem::take(&mut word)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best_of(page: &str, names: &[&str]) -> Option<String> {
        let site = SiteNames::of(Some("Harbour Weekly"), None);
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let headings = all(&Tree::from(page), &site);
        best(&headings, &names, &site).map(str::to_owned)
    }

    #[test]
    fn the_heading_that_says_the_same_in_its_own_words_is_the_title() {
        let named = ["Top 11 Lamps of 2025: Our Picks"];
        for (page, title) in [
            (
                "<h1>11 lamps for 2025,<br>picked by us</h1>",
                Some("11 lamps for 2025, picked by us"),
            ),
            ("<h1>Harbour Weekly</h1><h1>The 11 best lamps</h1>", Some("The 11 best lamps")),
            ("<h1><a href='/'>Lamps of 2025</a></h1><h1>11 lamps</h1>", Some("11 lamps")),
            ("<h1>11 lamps<a class=headerlink>¶</a><button>Copy</button></h1>", Some("11 lamps")),
            ("<h1>Ships and harbours</h1>", None),
            ("<h1>Lamps</h1><h2>Top 11 lamps of 2025: our picks</h2>", None),
            ("<nav><h1>11 lamps of 2025</h1></nav>", None),
            ("", None),
        ] {
            assert_eq!(best_of(page, &named).as_deref(), title, "{page}");
        }
        let chinese = best_of("<h1>电池这十年：从贵到便宜</h1>", &["电池十年，从贵到便宜"]);
        assert_eq!(chinese.as_deref(), Some("电池这十年：从贵到便宜"));
    }
}
