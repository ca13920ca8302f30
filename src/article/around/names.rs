//! The words by which authors of pages name what is no article.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A sort of thing that is no article.
pub(super) struct Sort {
    /// The words that name it.
    pub(super) words: &'static [&'static str],
    /// How much of all text it may be, in hundredths.
    pub(super) share: usize,
    /// How much text it may be, in letters.
    pub(super) most: usize,
    /// Whether it may outweigh the article, so that it counts for nothing in its own measure.
    pub(super) outweighs: bool,
}

/// What readers say to it; there may be more of that than of the article.
const COMMENTS: Sort = Sort {
    words: &[
        "comments",
        "commentlist",
        "comment-list",
        "comments-area",
        "comment-section",
        "commentwrap",
        "comment-respond",
        "disqus",
        "disqus-thread",
        "livefyre",
    ],
    share: 95,
    most: usize::MAX,
    outweighs: true,
};
/// Buttons and the words on them.
const BUTTONS: Sort = Sort {
    words: &[
        "share",
        "sharing",
        "sharebar",
        "sharedaddy",
        "sharethis",
        "addtoany",
        "addthis",
        "social",
        "socials",
        "skip-link",
        "breadcrumb",
        "breadcrumbs",
        "pagination",
        "pager",
        "toolbar",
        "sr-only",
        "visually-hidden",
        "screen-reader-text",
    ],
    share: 15,
    most: 600,
    outweighs: false,
};
/// Lists of other articles.
const OTHERS: Sort = Sort {
    words: &[
        "related",
        "related-posts",
        "relatedposts",
        "related-articles",
        "recommended",
        "recommendations",
        "recirc",
        "recirculation",
        "more-from",
        "read-next",
        "readnext",
        "read-more",
        "readmore",
        "also-like",
        "outbrain",
        "taboola",
        "trending",
        "most-read",
        "most-popular",
        "popular-posts",
        "latest-posts",
        "up-next",
        "post-navigation",
    ],
    share: 35,
    most: usize::MAX,
    outweighs: false,
};
/// What asks to subscribe, to buy or to agree.
const APPEALS: Sort = Sort {
    words: &[
        "newsletter",
        "subscribe",
        "subscription",
        "signup",
        "sign-up",
        "optin",
        "opt-in",
        "mailchimp",
        "cta",
        "call-to-action",
        "cookie",
        "cookies",
        "gdpr",
        "consent",
        "ad",
        "ads",
        "advert",
        "advertisement",
        "sponsor",
        "sponsored",
        "promo",
        "promotion",
        "popup",
        "modal",
        "lightbox",
    ],
    share: 15,
    most: 900,
    outweighs: false,
};
/// Parts of the page, and notes about the article.
const PARTS: Sort = Sort {
    words: &[
        "nav",
        "navbar",
        "navigation",
        "menu",
        "sidebar",
        "footer",
        "masthead",
        "author-bio",
        "author-box",
        "authorbox",
        "about-author",
        "about-the-author",
        "bio",
        "tags",
        "tag-list",
        "tagcloud",
    ],
    share: 25,
    most: usize::MAX,
    outweighs: false,
};
/// All sorts; the first that fits is meant.
pub(super) const SORTS: [&Sort; 5] = [&COMMENTS, &BUTTONS, &OTHERS, &APPEALS, &PARTS];

/// Of how many parts a word is made at most (`about-the-author`).
pub(super) const LONGEST: usize = 3;

/// The place in [`SORTS`] of the sort that a word names.
pub(super) fn by_word(word: &str) -> Option<usize> {
    static PLACES: LazyLock<HashMap<&str, usize>> = LazyLock::new(|| {
        let sorts = SORTS.into_iter().enumerate();
        sorts.rev().flat_map(|(at, sort)| sort.words.iter().map(move |word| (*word, at))).collect()
    });
    PLACES.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_has_more_parts_than_are_looked_for() {
        let words = SORTS.iter().flat_map(|sort| sort.words);
        assert_eq!(words.map(|word| word.split('-').count()).max(), Some(LONGEST));
    }
}
