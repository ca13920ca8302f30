//! What stands around and between the paragraphs of an article: menus, forms, buttons to share it,
//! lists of other articles, comments. Told by what the elements are and by the words that their
//! authors named them with, and only where most of the text stays.

use dom_query::{Document as Tree, NodeRef};

use super::listing::letters;

/// Elements that hold no article, whatever they are called.
const ELEMENTS: &str = "nav, form, dialog, button, [role=navigation], [role=search], [role=dialog], \
    [role=alertdialog], [role=menu], [role=toolbar], [role=tablist], [aria-modal=true]";

/// A sort of thing that is no article.
struct Sort {
    /// The words that name it.
    words: &'static [&'static str],
    /// How much of all text it may be, in hundredths.
    share: usize,
    /// How much text it may be, in letters.
    most: usize,
    /// Whether it may outweigh the article, so that it counts for nothing in its own measure.
    outweighs: bool,
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
const SORTS: [&Sort; 5] = [&COMMENTS, &BUTTONS, &OTHERS, &APPEALS, &PARTS];
/// Words that may follow the word that names a thing.
const ENDINGS: [&str; 30] = [
    "list",
    "lists",
    "container",
    "wrapper",
    "wrap",
    "box",
    "block",
    "section",
    "area",
    "inner",
    "outer",
    "item",
    "items",
    "link",
    "links",
    "module",
    "widget",
    "widgets",
    "button",
    "buttons",
    "bar",
    "icons",
    "form",
    "title",
    "heading",
    "header",
    "text",
    "banner",
    "unit",
    "slot",
];
/// Words before it that say that it is not the thing.
const DENIALS: [&str; 6] = ["has", "no", "with", "without", "is", "hide"];
/// Of what is left, this much is kept in any case, in hundredths of all letters.
const KEPT: usize = 50;

/// Takes it all out of a tree.
pub(super) fn remove(tree: &Tree) {
    let body = tree.select("body");
    let mut all = letters(&body.text());
    let mut left = all;
    for node in tree.select(ELEMENTS).nodes() {
        let here = letters(&node.text());
        if here * 100 <= all * OTHERS.share {
            node.remove_from_parent();
            left = left.saturating_sub(here);
        }
    }
    for node in tree.select("[class], [id]").nodes() {
        let Some(sort) = sort(node) else { continue };
        let here = letters(&node.text());
        if here * 100 > all * sort.share || here > sort.most {
            continue;
        }
        if sort.outweighs {
            all = all.saturating_sub(here);
        } else if left.saturating_sub(here) * 100 < all * KEPT {
            continue;
        }
        left = left.saturating_sub(here);
        node.remove_from_parent();
    }
}

/// What an element is by its classes and its id.
fn sort(node: &NodeRef<'_>) -> Option<&'static Sort> {
    let is_page =
        |name: &str| matches!(name, "html" | "body" | "main" | "article" | "math" | "svg");
    if node.node_name().is_none_or(|name| is_page(&name)) {
        return None;
    }
    let (class, id) = (node.attr_or("class", ""), node.attr_or("id", ""));
    let names = class.split_ascii_whitespace().take(24).chain(id.split_ascii_whitespace().take(1));
    let names: Vec<String> = names.map(parted).collect();
    SORTS
        .into_iter()
        .find(|sort| names.iter().any(|name| sort.words.iter().any(|word| is_named(name, word))))
}

/// `relatedPosts__list` as `related-posts-list`.
fn parted(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    let mut after_lower = false;
    for c in name.chars().take(80) {
        if c.is_ascii_alphanumeric() {
            if c.is_ascii_uppercase() && after_lower {
                out.push('-');
            }
            out.push(c.to_ascii_lowercase());
        } else if !out.ends_with('-') {
            out.push('-');
        }
        after_lower = c.is_ascii_lowercase();
    }
    out.trim_matches('-').to_owned()
}

/// Whether a name ends in a word, or in that word and others that say nothing.
fn is_named(name: &str, word: &str) -> bool {
    let Some(at) = name.rfind(word) else { return false };
    let before = name.get(..at).unwrap_or_default();
    let after = name.get(at + word.len()..).unwrap_or_default();
    let stands_alone = (before.is_empty() || before.ends_with('-'))
        && (after.is_empty() || after.starts_with('-'));
    let says_nothing = |part: &str| {
        part.is_empty() || ENDINGS.contains(&part) || part.bytes().all(|b| b.is_ascii_digit())
    };
    stands_alone
        && after.split('-').all(says_nothing)
        && !before.split('-').any(|part| DENIALS.contains(&part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(html: &str) -> String {
        let tree = Tree::from(html);
        remove(&tree);
        tree.select("body").text().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    const TEXT: &str = "<p>林夏说，电池的价格在十年里降了九成，没有人在一开始想到会这样快，连做电池的人也没有。</p>";

    #[test]
    fn what_its_authors_named_as_no_article_goes() {
        let html = format!(
            "{TEXT}<div class='relatedPosts__list'>别的文章</div>{TEXT}<nav>目录</nav>{TEXT}\
             <section id=newsletter-signup-form>订阅</section><div class='post-share-buttons'>分享</div>\
             <aside class='c-author-bio'>关于作者</aside>{TEXT}"
        );
        let text = left(&html);
        assert_eq!(text.matches("九成").count(), 4);
        for gone in ["别的文章", "目录", "订阅", "分享", "关于作者"] {
            assert!(!text.contains(gone), "{gone}");
        }
    }

    #[test]
    fn a_name_that_says_something_else_stays() {
        for class in ["has-sidebar", "sidebar-enabled", "ctxt-menu-attached-0", "unrelated", "read"]
        {
            let text = left(&format!("{TEXT}{TEXT}<div class='{class}'>正文的一句</div>{TEXT}"));
            assert!(text.contains("正文的一句"), "{class}");
        }
    }

    #[test]
    fn most_of_the_text_stays_whatever_it_is_named() {
        let text = left(&format!("<p>短。</p><div class=related>{}</div>", TEXT.repeat(5)));
        assert!(text.contains("九成"));
        let many = format!("<div class=related>{TEXT}</div>").repeat(8);
        assert!(left(&many).matches("九成").count() >= 4);
    }

    #[test]
    fn comments_may_outweigh_the_article() {
        let talk = format!("<div id=comments>{}</div>", "<p>写得真好，谢谢。</p>".repeat(60));
        assert!(!left(&format!("{TEXT}{TEXT}{TEXT}{talk}")).contains("写得真好"));
    }
}
