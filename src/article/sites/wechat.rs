//! 微信公众号: the text stands invisible in `#js_content`, the facts in scripts.

mod styles;

use super::fragment::Fragment;
use super::script::assigned;
use super::{Site, Source, inner, is_on};
use crate::article::date;
use crate::article::facts::Facts;
use crate::text::clean_line;

/// A post has at most so many pictures.
const MAX_PICTURES: usize = 100;

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
    let lead_image = assigned(html, "var msg_cdn_url").filter(|url| url.starts_with("http"));
    Facts { title, byline: author, site: account, published, lead_image, ..Facts::default() }
}

fn content(page: &Source<'_>) -> Option<String> {
    let (tree, html) = (page.tree, page.html);
    let body = tree.select_single("#js_content");
    body.select(UNWANTED).remove();
    for voice in body.select("[voice_encode_fileid]").nodes() {
        let id = voice.attr_or("voice_encode_fileid", "");
        let source = format!("https://res.wx.qq.com/voice/getvoice?mediaid={}", id.trim());
        let name = voice.attr_or("name", "");
        voice.rename("audio");
        voice.set_attr("src", &source);
        voice.set_attr("title", &name);
    }
    for film in body.select("mp-common-videosnap[data-desc]").nodes() {
        film.rename("p");
        let words = film.attr_or("data-desc", "");
        film.set_text(&*words);
    }
    styles::to_elements(&body);
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

/// What stands in the body and is no text: numbers of lines, cards that only an app fills.
const UNWANTED: &str = ".code-snippet__line-index, mp-style-type, mp-common-profile, mp-common-product, \
    mpcps, mp-miniprogram, qqmusic, .js_mini_qrcode, .js_wx_tap_highlight";

/// A page that shares another, or a few words with pictures: there is no text in the tree.
fn short_form(page: &Source<'_>, content: &mut Fragment) {
    let described = page.tree.select_single("meta[name=description]").attr("content");
    let words = assigned(page.html, "content_noencode")
        .or_else(|| described.map(|words| words.replace("\\x0a", "\n")));
    content.lines(&words.unwrap_or_default());
    for picture in pictures(page.html) {
        content.picture(&picture);
    }
    if let Some(source) = page.tree.select_single("#js_share_source").attr("data-url") {
        content.link(&source, &source);
    }
    // The account has moved, and the text with it.
    if let Some(target) = assigned(page.html, "transferTargetLink")
        && target.starts_with("http")
    {
        content.link(&target, &target);
    }
}

/// The pictures of a post that is little else: a list in a script.
fn pictures(html: &str) -> Vec<String> {
    let Some((_, list)) = html.split_once("picture_page_info_list") else { return Vec::new() };
    let list = list.get(..list.find("];").unwrap_or(list.len())).unwrap_or_default();
    let mut found: Vec<String> = Vec::new();
    for (at, _) in list.match_indices("cdn_url").take(MAX_PICTURES) {
        // The same picture again, with a mark on it or as a cover.
        let before = list.get(..at).unwrap_or_default();
        let object = before.rfind('{').and_then(|open| before.get(..open)).unwrap_or_default();
        let is_other = ["watermark_info", "share_cover"]
            .iter()
            .any(|name| object.trim_end().trim_end_matches([':', '"', '\'', ' ']).ends_with(name));
        let url = list.get(at..).and_then(|rest| assigned(rest, "cdn_url"));
        if let Some(url) = url.filter(|url| url.starts_with("http") && !is_other)
            && !found.contains(&url)
        {
            found.push(url);
        }
    }
    found
}
