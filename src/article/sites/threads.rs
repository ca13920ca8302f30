//! Pages on which several people speak one after another: GitHub, Hacker News, V2EX, X.

use dom_query::NodeRef;

use super::fragment::Fragment;
use super::{Site, Source, is_on};
use crate::article::facts::Facts;
use crate::text::clean_line;

/// What is said beyond this is left out.
const MAX_SAID: usize = 400;

/// Where on a page people speak.
struct Place {
    host: &'static str,
    name: &'static str,
    /// What begins the thread, if it stands elsewhere; then each thing that is said.
    opening: &'static str,
    each: &'static str,
    /// Within those: the words, who, and when (the text, or one of these attributes).
    words: &'static str,
    who: &'static str,
    when: &'static str,
}

const PLACES: [Place; 3] = [
    Place {
        host: "news.ycombinator.com",
        name: "Hacker News",
        opening: ".fatitem",
        each: "tr.comtr",
        words: ".commtext, .toptext, .titleline",
        who: ".hnuser",
        when: ".age",
    },
    Place {
        host: "v2ex.com",
        name: "V2EX",
        opening: "#Main .box:has(.header)",
        each: "#Main .cell[id^='r_']",
        words: ".topic_content, .reply_content",
        who: ".header small a, strong > a",
        when: ".header small span[title], .ago",
    },
    Place {
        host: "x.com",
        name: "X",
        opening: "#nothing",
        each: "article[data-testid=tweet]",
        words: "[data-testid=tweetText], [data-testid=twitterArticleRichTextView], [data-testid=tweetPhoto] img",
        who: "[data-testid=User-Name] a span",
        when: "time",
    },
];

pub(super) const SITE: Site = Site {
    applies: |page| place(page).is_some(),
    facts: |page| {
        let Some(place) = place(page) else { return Facts::default() };
        let title = page.tree.select_single(".fatitem .titleline a, .box .header h1").text();
        let title = clean_line(&title);
        Facts {
            title: (!title.is_empty()).then_some(title),
            site: Some(place.name.to_owned()),
            ..Facts::default()
        }
    },
    content,
};

fn place(page: &Source<'_>) -> Option<&'static Place> {
    let on =
        |host: &str| is_on(page.url, host) || (host == "x.com" && is_on(page.url, "twitter.com"));
    PLACES.iter().find(|place| on(place.host))
}

fn content(page: &Source<'_>) -> Option<String> {
    let place = place(page)?;
    let mut content = Fragment::default();
    let opening = page.tree.select_single(place.opening);
    let each = page.tree.select(place.each);
    for said in opening.nodes().iter().chain(each.nodes()).take(MAX_SAID) {
        let found = dom_query::Selection::from(*said);
        found.select(".reply").remove();
        let words = found.select(place.words);
        let html: String = words.nodes().iter().map(|node| node.html().to_string()).collect();
        if html.trim().is_empty() {
            continue;
        }
        let who = clean_line(&found.select_single(place.who).text());
        let when = found.select_single(place.when).nodes().first().map(moment).unwrap_or_default();
        content.said(&who, &when, &html);
    }
    content.finish()
}

/// A day where an attribute tells it, else what is shown.
pub(super) fn moment(node: &NodeRef<'_>) -> String {
    let told = ["datetime", "title"].iter().find_map(|name| node.attr(name));
    let day = told.as_deref().and_then(|told| told.get(..10)).map(clean_line);
    day.filter(|day| day.starts_with(|c: char| c.is_ascii_digit()))
        .unwrap_or_else(|| clean_line(&node.text()))
}
