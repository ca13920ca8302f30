//! Sites of which nothing more is known than the element that holds the text.

use super::{Site, Source, inner, is_on};
use crate::article::facts::Facts;

/// Host, where the text stands, and what in it is none.
const PLACES: [(&str, &str, &str); 13] = [
    ("zhuanlan.zhihu.com", ".Post-RichText", "noscript, .MCNLinkCard, [class*=mcn-link-card]"),
    (
        "www.zhihu.com",
        ".QuestionAnswer-content .RichContent-inner .RichText, .AnswerCard .RichContent-inner .RichText",
        "noscript, .MCNLinkCard, [class*=mcn-link-card]",
    ),
    ("36kr.com", ".articleDetailContent, .article-content", ".share-wrap"),
    ("huxiu.com", ".article__content, .article-content-wrap", ".article-authortip"),
    ("wx.zsxq.com", ".content.ql-editor, .ql-editor, .article .content", ".qrcode-container"),
    ("articles.zsxq.com", ".content.ql-editor, .ql-editor, .article .content", ".qrcode-container"),
    ("medium.com", "article section, article", "[data-testid=headerClapButton], button, nav"),
    ("gitee.com", ".file_content.markdown-body, .markdown-body", ".anchor"),
    ("blog.csdn.net", "#content_views", "svg, .hljs-button, .hide-preCode-box"),
    ("cnblogs.com", "#cnblogs_post_body", ".cnblogs_code_toolbar"),
    ("sspai.com", ".article-body .content", ".ss-card"),
    ("juejin.cn", "#article-root, .article-viewer", "style, .copy-code-btn"),
    ("segmentfault.com", "article.article-content, .article.fmt", ".widget-codetool"),
];

pub(super) const SITE: Site = Site {
    applies: |page| place(page).is_some(),
    facts: |_| Facts::default(),
    content: |page| {
        let (_, text, unwanted) = place(page)?;
        page.tree.select(text).select(unwanted).remove();
        inner(page.tree, text)
    },
};

fn place(page: &Source<'_>) -> Option<&'static (&'static str, &'static str, &'static str)> {
    PLACES.iter().find(|place| is_on(page.url, place.0))
}
