//! Pages of episodes, films, papers and cards.

use super::{STORY, read, read_as};
use crate::model::Offer;
use crate::text::BlockKind;

#[test]
fn an_episode_at_xiaoyuzhou_offers_its_recording_and_its_show() {
    let data = serde_json::json!({"props": {"pageProps": {"episode": {
        "eid": "65f", "title": "电池十年", "duration": 3723, "shownotes": "<p>开场</p>",
        "image": {"picUrl": "https://img.example/1.jpg"},
        "enclosure": {"url": "https://media.example/1.m4a"},
        "podcast": {"pid": "5e2", "title": "工业电台"},
    }}}});
    let html = format!("<script id=__NEXT_DATA__ type='application/json'>{data}</script>");
    let read = read("https://www.xiaoyuzhoufm.com/episode/65f", &html);
    assert_eq!(read.document.plain_text(), "⏱ 1:02:03\n\n开场");
    assert_eq!(read.article.lead_image.as_deref(), Some("https://img.example/1.jpg"));
    let show = "https://www.xiaoyuzhoufm.com/podcast/5e2".to_owned();
    let sound = "https://media.example/1.m4a".to_owned();
    assert_eq!(read.article.offers, [Offer::Feed { url: show }, Offer::Recording { url: sound }]);
}

#[test]
fn a_film_at_youtube_is_its_description_and_its_chapters() {
    let player = serde_json::json!({"videoDetails": {"title": "Ten years of cells", "author": "Linxia",
        "lengthSeconds": "3723", "shortDescription": "How they got cheap.\n\nhttps://a.example/cells",
        "thumbnail": {"thumbnails": [{"url": "https://i.example/s.jpg"}, {"url": "https://i.example/l.jpg"}]}},
        "microformat": {"playerMicroformatRenderer": {"publishDate": "2024-05-01T00:00:00-07:00"}}});
    let chapter = |ms: u64, title: &str| serde_json::json!({"chapterRenderer": {"title": {"simpleText": title}, "timeRangeStartMillis": ms}});
    let beside = serde_json::json!({"markers": [chapter(0, "Start"), chapter(75_000, "Cheap")]});
    let html = format!(
        "<title>x - YouTube</title><script>var ytInitialPlayerResponse = {player};var meta = 1;</script>\
         <script>var ytInitialData = {beside};</script>"
    );
    let read = read("https://www.youtube.com/watch?v=abc", &html);
    assert_eq!(read.article.title.as_deref(), Some("Ten years of cells"));
    assert_eq!(read.article.byline.as_deref(), Some("Linxia"));
    assert_eq!(read.article.published.as_deref(), Some("2024-05-01T00:00:00-07:00"));
    assert_eq!(read.article.lead_image.as_deref(), Some("https://i.example/l.jpg"));
    let text = read.document.plain_text();
    assert!(text.starts_with("⏱ 1:02:03\n\nHow they got cheap."), "{text}");
    assert!(text.ends_with("00:00 Start\n\n01:15 Cheap"), "{text}");
    assert_eq!(read.document.links[0].url, "https://a.example/cells");
}

#[test]
fn a_film_at_bilibili_is_its_description_and_its_parts() {
    let state = serde_json::json!({"videoData": {"title": "电池十年", "desc": "怎样便宜的", "duration": 600,
        "pubdate": 1_714_523_400, "owner": {"name": "林夏"}, "pic": "http://i.example/1.jpg",
        "pages": [{"part": "从前", "duration": 60}, {"part": "后来", "duration": 540}]}});
    let html = format!("<script>window.__INITIAL_STATE__={state};(function(){{}}());</script>");
    let read = read("https://www.bilibili.com/video/BV1x", &html);
    assert_eq!(read.article.title.as_deref(), Some("电池十年"));
    assert_eq!(read.article.byline.as_deref(), Some("林夏"));
    assert_eq!(read.article.published.as_deref(), Some("2024-05-01T08:30:00+08:00"));
    let text = read.document.plain_text();
    assert!(
        text.contains("怎样便宜的")
            && text.contains("从前 · 01:00")
            && text.contains("后来 · 09:00"),
        "{text}"
    );
}

#[test]
fn a_paper_has_its_date_and_its_notes_at_the_end() {
    let html = format!(
        "<div id=watermark-tr>arXiv:2401.00001v1 [cs.CL] 11 Jan 2024</div><article class=ltx_document>\
         <h1 class='ltx_title ltx_title_document'>On Cells</h1><section><p>{}\
         <span class='ltx_note ltx_role_footnote'><sup class=ltx_note_mark>1</sup><span class=ltx_note_outer>\
         <span class=ltx_note_content><sup class=ltx_note_mark>1</sup>Measured in May.</span></span></span></p>\
         </section></article>",
        "Cells became cheap within ten years. ".repeat(6)
    );
    let read = read("https://arxiv.org/html/2401.00001v1", &html);
    assert_eq!(read.article.published.as_deref(), Some("2024-01-11"));
    let text = read.document.plain_text();
    assert!(text.ends_with("Measured in May.") && text.matches("Measured").count() == 1, "{text}");
}

#[test]
fn a_card_of_a_model_is_read_without_its_head() {
    let text = "---\nlicense: mit\ntags:\n- cells\n---\n\nA small model.\n\n![curve](img/a.png)\n\n[paper](paper.md)\n";
    let url = "https://huggingface.co/linxia/cells/raw/main/README.md";
    let read = read_as("text/plain; charset=utf-8", url, text);
    assert_eq!(read.article.title.as_deref(), Some("linxia/cells"));
    assert_eq!(read.article.site.as_deref(), Some("Hugging Face"));
    assert!(read.document.plain_text().starts_with("A small model."));
    let picture = read.document.blocks.iter().find_map(|block| match &block.kind {
        BlockKind::Image { src, .. } => Some(src.clone()),
        _ => None,
    });
    let whole = "https://huggingface.co/linxia/cells/resolve/main/img/a.png";
    assert_eq!(picture.as_deref(), Some(whole));
    let link = &read.document.links.iter().find(|link| link.text == "paper").unwrap().url;
    assert_eq!(link, "https://huggingface.co/linxia/cells/blob/main/paper.md");
}

#[test]
fn a_post_for_those_who_pay_says_that_it_is_a_beginning() {
    let html = format!(
        "<div class=available-content><div class='body markup'><p>{}</p></div></div>\
         <div data-testid=paywall>This post is for paid subscribers</div>",
        "A long story about cells. ".repeat(8)
    );
    assert!(read("https://linxia.substack.com/p/cells", &html).article.preview);
    let paid = |text: &str| {
        let html = format!(
            "<title>电池十年</title><script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\
             \"isAccessibleForFree\":\"False\"}}</script><article>{text}</article>"
        );
        read("https://weekly.example/1", &html).article.preview
    };
    assert!(paid(&format!("<p>{STORY}</p>").repeat(2)));
    assert!(!paid(&format!("<p>{STORY}</p>").repeat(30)), "the whole text is there");
}
