//! Sites of which nothing more is known than the element that holds the text.

use dom_query::Document as Tree;

use super::{Site, inner, is_on};
use crate::article::facts::Facts;

/// Host, where the text stands, and what in it is none.
const PLACES: [(&str, &str, &str); 6] = [
    ("zhuanlan.zhihu.com", ".Post-RichText", "noscript, .MCNLinkCard, [class*=mcn-link-card]"),
    ("blog.csdn.net", "#content_views", "svg, .hljs-button, .hide-preCode-box"),
    ("cnblogs.com", "#cnblogs_post_body", ".cnblogs_code_toolbar"),
    ("sspai.com", ".article-body .content", ".ss-card"),
    ("juejin.cn", "#article-root, .article-viewer", "style, .copy-code-btn"),
    ("segmentfault.com", "article.article-content, .article.fmt", ".widget-codetool"),
];

pub(super) const SITE: Site = Site {
    applies: |url, _| PLACES.iter().any(|place| is_on(url, place.0)),
    facts: |_, _| Facts::default(),
    content,
};

fn content(tree: &Tree, _: &str) -> Option<String> {
    // The rule is chosen by the host; the elements are named so nowhere else, so the first is right.
    PLACES.iter().find_map(|place| {
        let found = tree.select_single(place.1);
        found.select(place.2).remove();
        inner(tree, place.1)
    })
}
