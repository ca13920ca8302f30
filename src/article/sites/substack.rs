//! Substack: the post without the forms, buttons and comments around it.

use serde_json::Value;

use super::{Site, Source, inner, is_on};
use crate::article::facts::Facts;

pub(super) const SITE: Site = Site {
    applies: |page| {
        is_on(page.url, "substack.com")
            || page.tree.select_single(".available-content .body.markup").exists()
    },
    facts: |page| Facts { preview: is_preview(page), ..Facts::default() },
    content,
};

/// Whether the rest of the post is for those who pay: where it ends, the page asks for that.
fn is_preview(page: &Source<'_>) -> bool {
    let asks = "[data-testid=paywall], .paywall, .paywall-cta, .single-post .paywall-title";
    page.tree.select_single(asks).exists()
        || ["\\\"audience\\\":\\\"only_paid\\\"", "\"audience\":\"only_paid\""]
            .iter()
            .any(|mark| page.html.contains(mark))
            && !page.tree.select_single(".available-content .body.markup").exists()
}

const UNWANTED: &str = ".subscription-widget-wrap, .subscription-widget-wrap-editor, .subscribe-widget, \
    .header-anchor-widget, .header-anchor-parent, .button-wrapper, .image-link-expand, \
    .captioned-button-wrap, .embedded-post-wrap, .community-chat, .digest-post-embed, button";

fn content(page: &Source<'_>) -> Option<String> {
    page.tree.select(UNWANTED).remove();
    inner(page.tree, ".available-content .body.markup")
        .or_else(|| inner(page.tree, "div.body.markup"))
        .or_else(|| preloaded(page.html))
}

/// The post in the data of the page's script: a string of JSON within JSON.
fn preloaded(html: &str) -> Option<String> {
    let (_, rest) = html.split_once("window._preloads")?;
    let (_, rest) = rest.split_once("JSON.parse(")?;
    let mut strings = serde_json::Deserializer::from_str(rest).into_iter::<String>();
    let data: Value = serde_json::from_str(&strings.next()?.ok()?).ok()?;
    let body = data.pointer("/post/body_html")?.as_str()?;
    (!body.trim().is_empty()).then(|| body.to_owned())
}
