//! Whole pages in, articles out.

use super::*;

const URL: &str = "https://weekly.example/a/1";

fn read(content_type: &str, text: &str, view: View) -> Extracted {
    let page = Page { url: URL, content_type: Some(content_type), bytes: text.as_bytes() };
    extract(&page, view).unwrap()
}

fn page(body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=zh><head><title>电池十年_工业周刊</title></head><body>\
         <nav><a href=/a>首页</a><a href=/b>关于我们</a></nav>{body}\
         <footer><a href=/c>联系我们</a></footer></body></html>"
    )
}

fn story() -> String {
    let text =
        "林夏说，电池的价格在十年里降了九成，没有人在一开始想到会这样快，连做电池的人也没有。";
    format!("<article><h1>电池十年</h1>{}</article>", format!("<p>{text}</p>").repeat(8))
}

#[test]
fn the_reader_keeps_the_article_and_the_whole_keeps_all() {
    let html = page(&story());
    let reader = read("text/html", &html, View::Reader);
    assert_eq!(reader.article.title.as_deref(), Some("电池十年"));
    assert_eq!(reader.article.language.as_deref(), Some("zh"));
    let text = reader.document.plain_text();
    assert!(text.starts_with("林夏说") && !text.contains("首页"), "{text}");
    assert_eq!(reader.kept.0, 8);
    assert!(reader.kept.1 > 8 && reader.html.contains("<p>林夏说"), "{:?}", reader.kept);
    let whole = read("text/html", &html, View::Whole);
    assert!(whole.document.plain_text().contains("联系我们"));
    assert_eq!(whole.kept.0, whole.kept.1);
}

#[test]
fn relative_addresses_are_made_whole() {
    let body = format!("<base href=/z/>{}", story().replace("林夏说", "<a href=x>林夏</a>说"));
    let reader = read("text/html", &page(&body), View::Reader);
    assert_eq!(reader.document.links[0].url, "https://weekly.example/z/x");
}

#[test]
fn the_charset_of_the_header_is_heard() {
    let html = page(&story());
    let (bytes, _, _) = encoding_rs::GB18030.encode(&html);
    let page = Page { url: URL, content_type: Some("text/html; charset=\"GBK\""), bytes: &bytes };
    assert_eq!(extract(&page, View::Reader).unwrap().article.title.as_deref(), Some("电池十年"));
}

#[test]
fn what_is_no_text_is_refused_with_a_reason() {
    let refuse = |bytes: &[u8]| {
        extract(&Page { url: URL, content_type: None, bytes }, View::Reader).unwrap_err()
    };
    assert_eq!(refuse(b"%PDF-1.7\n%\xe2\xe3"), ArticleError::BrokenPdf);
    assert_eq!(refuse(b"<rss version='2.0'><channel/></rss>"), ArticleError::Feed);
    assert!(matches!(refuse(b"FLV\x01\x05\0\0\0\x09"), ArticleError::NotText(_)));
    assert_eq!(refuse(b""), ArticleError::Empty);
    assert_eq!(refuse(b"<html><body><script>x</script></body></html>"), ArticleError::Empty);
    assert_eq!(refuse(&vec![b'a'; MAX_PAGE_BYTES + 1]), ArticleError::TooLarge(MAX_PAGE_BYTES + 1));
}

#[test]
fn a_tower_of_elements_is_read_without_a_tree() {
    let html =
        format!("<title>塔</title>{}深处{}", "<div>".repeat(50_000), "</div>".repeat(50_000));
    let reader = read("text/html", &html, View::Reader);
    assert_eq!(reader.article.title.as_deref(), Some("塔"));
    assert_eq!(reader.document.plain_text(), "深处");
}

#[test]
fn markdown_with_a_head_in_json_is_markdown() {
    let text = "{\n\"title\": \"电池十年\",\n\"tags\": []\n}\n\n正文在这里。\n";
    let read = read("text/plain", text, View::Reader);
    assert_eq!(read.article.title.as_deref(), Some("电池十年"));
    assert_eq!(read.document.plain_text(), "正文在这里。");
}

#[test]
fn the_text_that_a_page_keeps_for_machines_is_read_where_it_draws_itself() {
    let body = "林夏说，电池的价格在十年里降了九成，没有人在一开始想到会这样快。\\n".repeat(12);
    let html = format!(
        "<title>电池十年</title><script type='application/ld+json'>\
         {{\"@type\":\"NewsArticle\",\"headline\":\"电池十年\",\"articleBody\":\"{body}\"}}</script>\
         <body><p>正在加载，请稍候。</p></body>"
    );
    let read = read("text/html", &html, View::Reader);
    assert!(read.document.plain_text().starts_with("林夏说"), "{}", read.document.plain_text());
    assert_eq!(read.kept.0, read.kept.1);
}
