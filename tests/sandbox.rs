//! The process that reads pages: what it answers, and what it survives.

use std::path::Path;
use std::time::{Duration, Instant};

use latetalk::article::{ArticleError, View};
use latetalk::sandbox::{Limits, OwnedPage, SandboxError, extract};

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_latetalk"))
}

fn page(html: &str) -> OwnedPage {
    OwnedPage {
        url: "https://weekly.example/a".to_owned(),
        content_type: Some("text/html".to_owned()),
        bytes: html.as_bytes().to_vec(),
    }
}

#[test]
fn a_page_is_read_as_in_this_process() {
    let text = "林夏说，电池的价格在十年里降了九成，没有人在一开始想到会这样快。";
    let html =
        format!("<title>电池十年</title><article>{}</article>", format!("<p>{text}</p>").repeat(9));
    let read = extract(program(), page(&html), View::Reader, Limits::default()).unwrap();
    assert_eq!(read.article.title.as_deref(), Some("电池十年"));
    assert_eq!(read.kept, (9, 9));
    let whole = extract(program(), page(&html), View::Whole, Limits::default()).unwrap();
    assert_eq!(whole.document, read.document);
}

#[test]
fn what_is_no_article_is_said_in_the_articles_words() {
    let feed = b"<rss version='2.0'><channel/></rss>".to_vec();
    let feed = OwnedPage { bytes: feed, ..OwnedPage::default() };
    let error = extract(program(), feed, View::Reader, Limits::default()).unwrap_err();
    assert!(matches!(error, SandboxError::Article(ArticleError::Feed)), "{error}");
}

#[test]
fn a_child_that_needs_too_much_memory_is_a_sentence() {
    let limits = Limits { memory: 80 << 20, ..Limits::default() };
    let html = format!("<title>t</title>{}", "<p>很长的一段话。</p>".repeat(200_000));
    let started = Instant::now();
    let error = extract(program(), page(&html), View::Reader, limits).unwrap_err();
    assert!(error.to_string().contains("more memory or time"), "{error}");
    assert!(started.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_child_that_takes_too_long_is_ended() {
    let limits = Limits { wall: Duration::ZERO, ..Limits::default() };
    let error = extract(program(), page("<p>好"), View::Reader, limits).unwrap_err();
    assert!(matches!(error, SandboxError::Died), "{error}");
}

#[test]
fn too_long_an_answer_and_a_wrong_program_are_errors() {
    let limits = Limits { answer: 16, ..Limits::default() };
    let error = extract(program(), page("<p>好的一段话"), View::Reader, limits).unwrap_err();
    assert!(matches!(error, SandboxError::Answer(_)), "{error}");
    let nothing = Path::new("/nonexistent/program");
    let error = extract(nothing, page("<p>好"), View::Reader, Limits::default()).unwrap_err();
    assert!(matches!(error, SandboxError::Start(_)), "{error}");
}

#[test]
fn pages_that_are_made_to_hurt_are_read_in_time() {
    let floods = [
        ("nested div", "<div>".repeat(100_000)),
        ("nested table", "<table><tr><td>".repeat(30_000)),
        ("nested list", "<ul><li>".repeat(50_000)),
        ("nested format", "<b><i><font color=red>".repeat(20_000)),
        ("formats in paragraphs", "<p><font size=2>字".repeat(30_000)),
        ("attributes", format!("<p {}>", "a='b' c ".repeat(100_000))),
        ("siblings", "<p>字</p><br><br>".repeat(8_000)),
        ("entities", "&lt;".repeat(60_000)),
        ("comment", format!("<!--{}", "-<!".repeat(60_000))),
        ("links", "<a href=x>链</a>".repeat(8_000)),
        ("nested quotes", "<blockquote><div class='share related'>".repeat(20_000)),
        ("much text in a tower", format!("{}{}", "<div>".repeat(900), "字".repeat(900_000))),
        ("breaks", "<br>".repeat(1_000_000)),
        ("a giant table", "<tr><td>格<td>格<td>格</tr>".repeat(10_000)),
        ("a huge attribute", format!("<p title='{}'>", "x".repeat(5_000_000))),
        ("much script", format!("<script>{}</script>", "var a = '<div>';".repeat(200_000))),
        ("pieces", "<template id='B:1'></template><div hidden id='S:1'>片</div>".repeat(9_000)),
        ("leads", "<p>See also: <a href=x>字</a></p>".repeat(9_000)),
        ("json-ld", format!("<script type='application/ld+json'>{}</script>", "[".repeat(900_000))),
    ];
    for (name, flood) in floods {
        let html = format!("<html><body>{flood}<p>尾声，终于到了这里。</p>");
        let started = Instant::now();
        let read = extract(program(), page(&html), View::Reader, Limits::default());
        let took = started.elapsed();
        assert!(took < Duration::from_secs(16), "{name}: {took:?}");
        // A comment that never ends leaves nothing to read; everything else leaves something.
        match read {
            Ok(read) => assert!(!read.document.blocks.is_empty(), "{name}"),
            Err(error) => assert!(name == "comment", "{name}: {error}"),
        }
    }
}

#[path = "support/corpus.rs"]
mod corpus;

use corpus::corpus;

#[test]
fn every_hostile_file_of_the_corpus_is_survived() {
    let Some(root) = corpus() else {
        return;
    };
    let mut slowest = (Duration::ZERO, String::new());
    for entry in std::fs::read_dir(root.join("evil")).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().to_string();
        if !["html", "md", "txt"]
            .iter()
            .any(|suffix| path.extension().is_some_and(|e| e == *suffix))
        {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap_or_default();
        let url = format!("https://evil.example/{name}");
        let question = OwnedPage { url, content_type: None, bytes };
        let started = Instant::now();
        let read = extract(program(), question, View::Reader, Limits::default());
        let took = started.elapsed();
        match read {
            Ok(read) => {
                let text = read.document.plain_text();
                assert_eq!(latetalk::text::clean(&text), text, "{name}");
            }
            Err(SandboxError::Article(error)) => println!("{name}: {error}"),
            Err(error) => panic!("{name}: {error}"),
        }
        assert!(took < Duration::from_secs(12), "{name}: {took:?}");
        slowest = slowest.max((took, name));
    }
    println!("slowest: {slowest:?}");
}
