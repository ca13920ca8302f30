//! 微信公众号: the text stands invisible in `#js_content`, the facts in scripts.

use super::fragment::Fragment;
use super::script::assigned;
use super::{Site, Source, inner, is_on};
use crate::article::date;
use crate::article::facts::Facts;
use crate::text::clean_line;

pub(super) const SITE: Site = Site {
    applies: |page| {
        let marks = "#js_content.rich_media_content, #js_article #js_content";
        is_on(page.url, "mp.weixin.qq.com") || page.tree.select_single(marks).exists()
    },
    facts,
    content,
};

fn facts(page: &Source<'_>) -> Facts {
    let (tree, html) = (page.tree, page.html);
    let meta =
        |selector: &str| tree.select_single(selector).attr("content").map(|v| clean_line(&v));
    let shown = |selector: &str| clean_line(&tree.select_single(selector).text());
    let some = |text: String| (!text.is_empty()).then_some(text);
    let title = meta("meta[property='og:title']")
        .and_then(some)
        .or_else(|| some(shown("#activity-name")))
        .or_else(|| assigned(html, "var msg_title").map(|title| clean_line(&title)));
    let account = some(shown("#js_name"))
        .or_else(|| some(shown(".wx_follow_nickname")))
        .or_else(|| assigned(html, "var nickname").map(|name| clean_line(&name)));
    let author =
        meta("meta[name=author]").and_then(some).or_else(|| some(shown("#js_author_name")));
    let seconds = assigned(html, "var ct")
        .or_else(|| assigned(html, "ori_create_time"))
        .and_then(|seconds| seconds.parse::<i64>().ok())
        .filter(|seconds| *seconds > 0);
    let published = seconds.and_then(date::from_unix).or_else(|| {
        let shown = some(shown("#publish_time")).or_else(|| some(shown("#post-date")))?;
        Some(date::normal(&shown, true))
    });
    Facts { title, byline: author, site: account, published, ..Facts::default() }
}

fn content(page: &Source<'_>) -> Option<String> {
    let (tree, html) = (page.tree, page.html);
    let body = tree.select_single("#js_content");
    body.select(".code-snippet__line-index, .js_img_placeholder, mp-style-type").remove();
    for voice in body.select("mpvoice[voice_encode_fileid]").nodes() {
        let id = voice.attr_or("voice_encode_fileid", "");
        let source = format!("https://res.wx.qq.com/voice/getvoice?mediaid={}", id.trim());
        let name = voice.attr_or("name", "");
        voice.rename("audio");
        voice.set_attr("src", &source);
        voice.set_attr("title", &name);
    }
    headings(&body);
    let mut content = Fragment::default();
    match inner(tree, "#js_content") {
        Some(text) => content.html(&text),
        None => short_form(page, &mut content),
    }
    // 阅读原文: where the account keeps the text it came from.
    if let Some(source) = assigned(html, "var msg_source_url").filter(|url| url.starts_with("http"))
    {
        content.link(&source, "阅读原文");
    }
    content.finish()
}

/// A page that shares another, or a few words with pictures: there is no text in the tree.
fn short_form(page: &Source<'_>, content: &mut Fragment) {
    let described = page.tree.select_single("meta[name=description]").attr("content");
    let words = assigned(page.html, "content_noencode")
        .or_else(|| described.map(|words| words.replace("\\x0a", "\n")));
    content.lines(&words.unwrap_or_default());
    if let Some(source) = page.tree.select_single("#js_share_source").attr("data-url") {
        content.link(&source, &source);
    }
}

/// Editors for WeChat draw headings with styles alone: a short line, larger and bold.
fn headings(body: &dom_query::Selection<'_>) {
    for node in body.select("section[style], p[style]").nodes() {
        let style = node.attr_or("style", "");
        let size =
            property(&style, "font-size").and_then(|v| v.trim_end_matches("px").parse().ok());
        let size: f32 = size.unwrap_or(0.0);
        let weight = property(&style, "font-weight").unwrap_or_default();
        let is_bold = weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600);
        let letters = node.text().chars().filter(|c| !c.is_whitespace()).count();
        let holds_blocks = node.descendants_it().any(|inner| {
            ["p", "section", "ul", "ol", "table", "img", "pre"]
                .iter()
                .any(|name| inner.has_name(name))
        });
        if is_bold && size >= 20.0 && (1..=40).contains(&letters) && !holds_blocks {
            node.rename(if size >= 26.0 { "h2" } else { "h3" });
        }
    }
}

/// The value of a property in a `style` attribute.
fn property<'s>(style: &'s str, name: &str) -> Option<&'s str> {
    style.split(';').find_map(|rule| {
        let (key, value) = rule.split_once(':')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim())
    })
}
