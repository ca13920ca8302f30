//! Pages as the sites serve them, in small.

mod shows;
mod threads;
mod wechat;

use crate::article::{Extracted, Page, View, extract};
use crate::model::ArticleOutcome;
use crate::text::BlockKind;

const STORY: &str =
    "林夏说，电池的价格在十年里降了九成，没有人在一开始想到会这样快，连做电池的人也没有。";

fn read_as(content_type: &str, url: &str, text: &str) -> Extracted {
    let page = Page { url, content_type: Some(content_type), bytes: text.as_bytes() };
    extract(&page, View::Reader).unwrap()
}

fn read(url: &str, html: &str) -> Extracted {
    read_as("text/html", url, html)
}

#[test]
fn an_article_of_wechat_is_read_though_it_is_served_invisible() {
    let html = format!(
        "<html><head><meta property=og:title content='电池十年'><meta name=author content='林夏'></head>\
         <body><div id=js_article><a id=js_name> 工业周刊 </a>\
         <div id=js_content class=rich_media_content style='visibility: hidden; opacity: 0;'>\
         <section style='font-size:26px;font-weight:700'>从前</section><section>{}</section>\
         <img src='data:image/gif;base64,R0' data-src='https://mmbiz.example/1.png'>\
         <mpvoice voice_encode_fileid=Mz1 name='一段录音'></mpvoice></div></div>\
         <div id=js_pc_qr_code>微信扫一扫</div>\
         <script>var ct = \"1714523400\"; var msg_source_url = 'https://a.example/x?a=1\\x26amp;b=2';</script>",
        STORY.repeat(5)
    );
    for url in ["https://mp.weixin.qq.com/s/abc", "file:///saved.html"] {
        let read = read(url, &html);
        let article = &read.article;
        assert_eq!(article.title.as_deref(), Some("电池十年"));
        assert_eq!(article.byline.as_deref(), Some("林夏"));
        assert_eq!(article.site.as_deref(), Some("工业周刊"));
        assert_eq!(article.published.as_deref(), Some("2024-05-01T08:30:00+08:00"));
        assert_eq!(read.outcome, ArticleOutcome::Readable);
        let blocks = &read.document.blocks;
        assert_eq!(blocks[0].kind, BlockKind::Heading(2));
        let text = read.document.plain_text();
        assert!(text.contains("林夏说") && !text.contains("扫一扫"), "{text}");
        let sources: Vec<&str> = read.document.links.iter().map(|link| link.url.as_str()).collect();
        assert!(sources.contains(&"https://a.example/x?a=1&b=2"), "{sources:?}");
        assert!(sources.iter().any(|source| source.ends_with("mediaid=Mz1")), "{sources:?}");
        assert!(read.html.contains("https://mmbiz.example/1.png"));
    }
}

#[test]
fn a_page_of_wechat_that_shares_another_leads_there() {
    let html = "<meta name=description content='看看这个\\x0a很好'><div id=js_content></div>\
                <a id=js_share_source data-url='https://mp.weixin.qq.com/s/other'></a>";
    let read = read("https://mp.weixin.qq.com/s/abc", html);
    assert!(read.document.plain_text().starts_with("看看这个\n\n很好"));
    assert_eq!(read.document.links[0].url, "https://mp.weixin.qq.com/s/other");
}

#[test]
fn the_notes_of_an_episode_come_from_the_data_of_its_page() {
    let notes = "<p><a class=timestamp data-timestamp=75>01:15</a> 开场</p>";
    let data = serde_json::json!({"props": {"pageProps": {"episode": {
        "title": "电池十年", "shownotes": notes, "pubDate": "2024-05-01T00:30:00.000Z",
        "podcast": {"title": "工业电台", "author": "林夏"},
    }}}});
    let html = format!(
        "<title>电池十年 | 小宇宙</title><div>下载 App</div>\
         <script id=__NEXT_DATA__ type='application/json'>{data}</script>"
    );
    let read = read("https://www.xiaoyuzhoufm.com/episode/65f", &html);
    assert_eq!(read.article.title.as_deref(), Some("电池十年"));
    assert_eq!(read.article.site.as_deref(), Some("工业电台"));
    assert_eq!(read.article.published.as_deref(), Some("2024-05-01T00:30:00Z"));
    assert_eq!(read.document.plain_text(), "01:15 开场");
    assert_eq!(read.document.blocks[0].spans[0].time_ms, Some(75_000));
}

#[test]
fn a_show_is_a_list_of_its_episodes() {
    let data = serde_json::json!({"props": {"pageProps": {"podcast": {
        "title": "工业电台", "description": "聊工业。",
        "episodes": [{"eid": "1", "title": "第一期"}, {"eid": "2", "title": "<第二期>"}, {"title": "无"}],
    }}}});
    let html = format!("<script id=__NEXT_DATA__>{data}</script>");
    let read = read("https://www.xiaoyuzhoufm.com/podcast/1", &html);
    assert_eq!(read.document.plain_text(), "聊工业。\n\n第一期\n\n<第二期>");
    assert_eq!(read.document.links[1].url, "https://www.xiaoyuzhoufm.com/episode/2");
}

#[test]
fn a_paper_keeps_its_formulas_and_loses_its_frame() {
    let html = format!(
        "<title>Cells</title><nav>menu</nav><article class=ltx_document>\
         <h1 class='ltx_title ltx_title_document'>On Cells</h1>\
         <div class=ltx_authors><span class=ltx_personname>Xia Lin<br>University</span></div>\
         <section><h2>1 Start</h2><p>{}</p><table class=ltx_equation><tbody><tr><td>\
         <math alttext='E=mc^2'><mi>E</mi></math></td></tr></tbody></table></section></article>",
        "Cells became cheap within ten years. ".repeat(6)
    );
    let read = read("https://arxiv.org/html/2401.00001", &html);
    assert_eq!(read.article.title.as_deref(), Some("On Cells"));
    assert_eq!(read.article.byline.as_deref(), Some("Xia Lin"));
    let text = read.document.plain_text();
    assert!(text.starts_with("1 Start") && text.contains("E = mc²"), "{text}");
}

#[test]
fn the_page_of_a_paper_gives_its_abstract_and_leads_to_the_text() {
    let html = "<meta name=citation_title content='On Cells'><meta name=citation_author content='Lin, Xia'>\
        <meta name=citation_date content='2024/05/01'><h1 class=title>Title: On Cells</h1>\
        <blockquote class=abstract><span class=descriptor>Abstract:</span>Cells became cheap within ten \
        years, and nobody expected it.</blockquote><div class=full-text><a href='/pdf/2401.00001'>View PDF</a></div>";
    let read = read("https://arxiv.org/abs/2401.00001", html);
    assert_eq!(read.article.title.as_deref(), Some("On Cells"));
    assert_eq!(read.article.byline.as_deref(), Some("Lin, Xia"));
    assert_eq!(read.article.published.as_deref(), Some("2024-05-01"));
    assert!(read.document.plain_text().starts_with("Cells became cheap"));
    assert_eq!(read.document.links[0].url, "https://arxiv.org/pdf/2401.00001");
}

#[test]
fn a_readme_has_its_title_and_no_badges() {
    let text = "[![Build](https://img.shields.io/a.svg)](https://ci.example)\n\n# Battery\n\n\
                See [the guide](docs/guide.md).\n\n![diagram](img/a.png)\n";
    let url = "https://raw.githubusercontent.com/linxia/battery/HEAD/README.md";
    let read = read_as("text/plain; charset=utf-8", url, text);
    assert_eq!(read.article.title.as_deref(), Some("Battery"));
    assert!(read.document.plain_text().starts_with("See the guide"), "{:?}", read.document);
    let links: Vec<&str> = read.document.links.iter().map(|link| link.url.as_str()).collect();
    assert!(
        links.contains(&"https://github.com/linxia/battery/blob/HEAD/docs/guide.md"),
        "{links:?}"
    );
    assert!(read.html.contains("https://raw.githubusercontent.com/linxia/battery/HEAD/img/a.png"));
    assert!(!read.html.contains("shields.io"), "{}", read.html);
}

#[test]
fn a_repository_is_read_from_its_page_or_from_its_data() {
    let head = "<meta property=og:title content='GitHub - linxia/battery: All about cells'>";
    let body = "<h2>Battery</h2><p>All about cells and how they became cheap.</p>";
    let shown = format!("{head}<div>Star</div><article class=markdown-body>{body}</article>");
    let data = serde_json::json!({"props": {"initialPayload": {"overview": {"overviewFiles": [
        {"richText": null}, {"richText": body}]}}}});
    let hidden = format!(
        "{head}<script type='application/json' data-target='react-partial.embeddedData'>{data}</script>"
    );
    for html in [shown, hidden] {
        let read = read("https://github.com/linxia/battery", &html);
        assert_eq!(read.article.title.as_deref(), Some("linxia/battery"));
        assert_eq!(
            read.document.plain_text(),
            "Battery\n\nAll about cells and how they became cheap."
        );
    }
}

#[test]
fn a_post_of_substack_is_read_without_its_forms() {
    let post = format!("<p>{}</p>", "A long story about cells. ".repeat(8));
    let html = format!(
        "<div class=available-content><div class='body markup'>{post}\
         <div class=subscription-widget-wrap>Subscribe now</div></div></div><div>Discussion</div>"
    );
    let text = read("https://letters.example/p/cells", &html).document.plain_text();
    assert!(text.starts_with("A long story") && !text.contains("Subscribe"), "{text}");
    let data = serde_json::json!({"post": {"body_html": post}}).to_string();
    let string = serde_json::Value::from(data);
    let html = format!("<p>…</p><script>window._preloads = JSON.parse({string})</script>");
    let text = read("https://linxia.substack.com/p/cells", &html).document.plain_text();
    assert!(text.starts_with("A long story"), "{text}");
}

#[test]
fn a_site_that_is_not_as_expected_is_read_by_scores() {
    let html = format!(
        "<title>题目在此</title><article>{}</article>",
        format!("<p>{STORY}</p>").repeat(6)
    );
    for url in
        ["https://zhuanlan.zhihu.com/p/1", "https://github.com/a/b", "https://arxiv.org/abs/1"]
    {
        assert!(read(url, &html).document.plain_text().starts_with("林夏说"), "{url}");
    }
}
