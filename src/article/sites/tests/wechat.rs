//! What accounts of WeChat post besides plain articles.

use super::{STORY, read};
use crate::model::ArticleOutcome;
use crate::text::{BlockKind, to_markdown};

const URL: &str = "https://mp.weixin.qq.com/s/abc";

#[test]
fn an_article_drawn_with_styles_has_headings_code_and_all_its_pictures() {
    let html = format!(
        "<meta property=og:title content=电池十年><div id=js_content class=rich_media_content>\
         <section style='font-size:24px;font-weight:700'><span leaf>从前</span></section><p>{STORY}</p>\
         <p><img class='rich_pages js_img_placeholder' data-src='https://mmbiz.example/1.png'></p>\
         <section class=code-snippet__fix><ul class=code-snippet__line-index><li></li></ul>\
         <pre data-lang=rust><code>let a = 1;</code><code>let b = 2;</code></pre></section>\
         <mp-common-profile data-nickname=别的号></mp-common-profile>\
         <iframe class=video_iframe data-src='https://v.example/1'></iframe></div>"
    );
    let read = read(URL, &html);
    let markdown = to_markdown(&read.document);
    assert!(markdown.contains("### 从前"), "{markdown}");
    assert!(markdown.contains("let a = 1;\nlet b = 2;"), "{markdown}");
    let pictures = |kind: &BlockKind| matches!(kind, BlockKind::Image { .. });
    assert_eq!(read.document.blocks.iter().filter(|block| pictures(&block.kind)).count(), 1);
    assert!(read.document.links.iter().any(|link| link.url == "https://v.example/1"));
}

#[test]
fn a_post_of_pictures_shows_its_words_and_its_pictures() {
    let html = "<meta property=og:title content=海边><div id=js_article></div><script>\
        window.item_show_type = '8'; var content_noencode = '傍晚的海\\x0a第二行';\
        window.picture_page_info_list = [{ width: '1', cdn_url: 'https://mmbiz.example/1.jpg?a=1\\x26amp;b=2',\
        watermark_info: { cdn_url: 'https://mmbiz.example/mark.jpg' } },\
        { cdn_url: JsDecode('https://mmbiz.example/2.jpg') },];</script>";
    let read = read(URL, html);
    assert_eq!(read.document.plain_text(), "傍晚的海\n\n第二行");
    let pictures: Vec<&str> = read
        .document
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Image { src, .. } => Some(src.as_str()),
            _ => None,
        })
        .collect();
    let all = ["https://mmbiz.example/1.jpg?a=1&b=2", "https://mmbiz.example/2.jpg"];
    assert_eq!(pictures, all);
}

#[test]
fn a_text_that_moved_leads_to_where_it_is() {
    let html = "<title>迁移</title><p>该公众号已迁移至新的账号，原内容可在新账号查看。</p>\
        <script>var transferTargetLink = 'https://mp.weixin.qq.com/s/new';</script>";
    let read = read(URL, html);
    let links: Vec<&str> = read.document.links.iter().map(|link| link.url.as_str()).collect();
    assert_eq!(links, ["https://mp.weixin.qq.com/s/new"]);
}

#[test]
fn notices_in_the_place_of_an_article_are_recognised() {
    for (notice, outcome) in [
        ("当前环境异常，完成验证后即可继续访问。", ArticleOutcome::Blocked),
        ("该内容已被发布者删除", ArticleOutcome::Deleted),
        ("此内容因违规无法查看", ArticleOutcome::Deleted),
        ("此账号已注销", ArticleOutcome::Deleted),
    ] {
        let html = format!("<div class=weui-msg><h2>{notice}</h2></div>");
        assert_eq!(read(URL, &html).outcome, outcome, "{notice}");
    }
}
