//! What stands around and between the paragraphs of an article: menus, forms, buttons to share it,
//! lists of other articles, comments. Told by what the elements are and by the words that their
//! authors named them with, and only where most of the text stays.

mod names;

use dom_query::{NodeRef, Selection};

use self::names::{LONGEST, SORTS, Sort, by_word};
use super::listing::letters;

/// Elements that hold no article, whatever they are called.
const ELEMENTS: &str = "nav, form, dialog, button, [role=navigation], [role=search], [role=dialog], \
    [role=alertdialog], [role=menu], [role=toolbar], [role=tablist], [aria-modal=true]";

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
/// Elements within elements are weighed again and again; this many times the page's text is enough
/// for real ones.
const PATIENCE: usize = 40;
/// An element of these may be so much of all text, in hundredths.
const SHARE: usize = 35;
/// Of what is left, this much is kept in any case, in hundredths of all letters.
const KEPT: usize = 50;

/// Takes it all out of what is below a node.
pub(super) fn remove(root: &NodeRef<'_>) {
    let all = Selection::from(*root);
    let mut cut = Cut::of(&root.text());
    for node in all.select(ELEMENTS).nodes() {
        let Some(here) = cut.weigh(node) else { return };
        if here * 100 <= cut.all * SHARE {
            cut.left = cut.left.saturating_sub(here);
            node.remove_from_parent();
        }
    }
    for node in all.select("[class], [id]").nodes() {
        let Some(sort) = sort(node) else { continue };
        let Some(here) = cut.weigh(node) else { return };
        if cut.allows(here, sort) {
            node.remove_from_parent();
        }
    }
}

/// What was there and what is left, in letters.
struct Cut {
    all: usize,
    left: usize,
    /// Bytes that may still be looked at.
    patience: usize,
}

impl Cut {
    fn of(text: &str) -> Cut {
        let all = letters(text);
        Cut { all, left: all, patience: text.len().saturating_mul(PATIENCE) }
    }

    /// The letters of an element; `None` when it is enough.
    fn weigh(&mut self, node: &NodeRef<'_>) -> Option<usize> {
        let text = node.text();
        self.patience = self.patience.checked_sub(text.len())?;
        Some(letters(&text))
    }

    /// Whether so many letters may go, and notes that they did.
    fn allows(&mut self, here: usize, sort: &Sort) -> bool {
        if here * 100 > self.all * sort.share || here > sort.most {
            return false;
        }
        let left = self.left.saturating_sub(here);
        if sort.outweighs {
            self.all = self.all.saturating_sub(here);
        } else if left * 100 < self.all * KEPT {
            return false;
        }
        self.left = left;
        true
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
    names.filter_map(|name| sort_of(&parted(name))).min().and_then(|at| SORTS.get(at).copied())
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

/// Which sort a name ends in a word of, or in that word and others that say nothing.
fn sort_of(name: &str) -> Option<usize> {
    let parts: Vec<&str> = name.split('-').collect();
    let says_nothing = |part: &&str| {
        part.is_empty() || ENDINGS.contains(part) || part.bytes().all(|b| b.is_ascii_digit())
    };
    let silent = parts.iter().rev().take_while(|part| says_nothing(part)).count();
    let (first, last) = ((parts.len() - silent).max(1), parts.len());
    let words = (first..=last)
        .flat_map(|end| (end.saturating_sub(LONGEST)..end).map(move |from| (from, end)));
    let found = words.filter_map(|(from, end)| {
        let sort = by_word(&parts.get(from..end)?.join("-"))?;
        let is_denied = parts.get(..from)?.iter().any(|part| DENIALS.contains(part));
        (!is_denied).then_some(sort)
    });
    found.min()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(html: &str) -> String {
        let tree = dom_query::Document::from(html);
        remove(&tree.select_single("body").nodes()[0]);
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
