//! Pages on which several people speak one after another.

use super::read;

fn comment(who: &str, day: &str, html: &str) -> String {
    format!(
        "<div class=timeline-comment><a class=author href=/{who}>{who}</a>\
         <relative-time datetime='{day}T08:30:00Z'>on some day</relative-time>\
         <div class='comment-body markdown-body'>{html}</div></div>"
    )
}

#[test]
fn an_issue_is_read_with_all_that_is_said_to_it() {
    let first = comment("linxia", "2024-05-01", "<p>It stops at the second cell.</p>");
    let second = comment(
        "zhouye",
        "2024-05-02",
        "<blockquote><p>second cell</p></blockquote><p>Same here.</p>",
    );
    let html = format!(
        "<meta property=og:title content='It stops · Issue #7 · linxia/battery'>\
         <h1><bdi class=js-issue-title>It stops</bdi></h1><nav>Code Issues</nav>{first}{second}\
         <div class=sidebar>Labels</div>"
    );
    for kind in ["issues", "pull", "discussions"] {
        let read = read(&format!("https://github.com/linxia/battery/{kind}/7"), &html);
        assert_eq!(read.article.title.as_deref(), Some("It stops"));
        assert_eq!(read.article.byline.as_deref(), Some("linxia"));
        assert_eq!(read.article.published.as_deref(), Some("2024-05-01"));
        let text = read.document.plain_text();
        assert_eq!(
            text,
            "It stops at the second cell.\n\nzhouye · 2024-05-02\n\nsecond cell\n\nSame here."
        );
    }
}

#[test]
fn an_issue_that_draws_itself_is_read_from_its_data() {
    let answer = |who: &str, html: &str| {
        serde_json::json!({"node": {"__typename": "IssueComment", "bodyHTML": html,
            "author": {"login": who}, "createdAt": "2024-05-02T08:30:00Z"}})
    };
    let data = serde_json::json!({"payload": {"preloadedQueries": [{"result": {"data": {"repository": {
        "issue": {"title": "It stops", "bodyHTML": "<p>At the second cell.</p>",
            "author": {"login": "linxia"}, "createdAt": "2024-05-01T08:30:00Z",
            "frontTimelineItems": {"edges": [answer("zhouye", "<p>Same here.</p>"),
                answer("linxia", "<p>Mended.</p>")]}}}}}}]}});
    let html = format!(
        "<title>It stops</title><div>Loading</div>\
         <script type='application/json' data-target='react-app.embeddedData'>{data}</script>"
    );
    let read = read("https://github.com/linxia/battery/issues/7", &html);
    assert_eq!(read.article.title.as_deref(), Some("It stops"));
    assert_eq!(read.article.byline.as_deref(), Some("linxia"));
    assert_eq!(read.article.published.as_deref(), Some("2024-05-01T08:30:00Z"));
    let text = read.document.plain_text();
    assert_eq!(
        text,
        "At the second cell.\n\nzhouye · 2024-05-02\n\nSame here.\n\nlinxia · 2024-05-02\n\nMended."
    );
}

#[test]
fn a_file_a_release_and_a_gist_are_read() {
    let data = serde_json::json!({"payload": {"codeViewBlobRoute": {"rawLines": ["fn main() {", "    <T>", "}"]}}});
    let file = format!(
        "<title>battery/main.rs</title>\
         <script type='application/json' data-target='react-app.embeddedData'>{data}</script>"
    );
    let read_file = read("https://github.com/linxia/battery/blob/main/src/main.rs", &file);
    assert_eq!(read_file.document.plain_text(), "fn main() {\n    <T>\n}");

    let release = |name: &str, text: &str| {
        format!(
            "<section><h2><a href='/linxia/battery/releases/tag/{name}'>{name}</a></h2>\
             <div class=markdown-body><p>{text}</p></div></section>"
        )
    };
    let title = "<title>Releases · linxia/battery · GitHub</title>";
    let (new, old) = (release("v2", "Cells last twice as long."), release("v1", "The first one."));
    let html = format!("{title}{new}{old}");
    let text = read("https://github.com/linxia/battery/releases", &html).document.plain_text();
    assert_eq!(text, "v2\n\nCells last twice as long.\n\nv1\n\nThe first one.");

    let gist = "<title>a.rs</title><div class=file><strong class=gist-blob-name>a.rs</strong><table>\
        <tr><td class='blob-num'></td><td class='blob-code blob-code-inner'>let a = 1;</td></tr>\
        <tr><td class='blob-num'></td><td class='blob-code blob-code-inner'>let b = 2;</td></tr></table></div>";
    let text = read("https://gist.github.com/linxia/0a1b", gist).document.plain_text();
    assert!(text.contains("let a = 1;\nlet b = 2;"), "{text}");
}

#[test]
fn a_thread_of_hacker_news_and_one_of_v2ex_say_who_speaks() {
    let answer = |who: &str, text: &str| {
        format!(
            "<tr class='athing comtr'><td><a class=hnuser>{who}</a> <span class=age \
             title='2024-05-01T08:30:00 1714552200'>1 hour ago</span><div class='commtext c00'>{text}</div>\
             <div class=reply>reply</div></td></tr>"
        )
    };
    let html = format!(
        "<title>Cells | Hacker News</title><table class=fatitem><tr><td><span class=titleline>\
         <a href='https://a.example/cells'>Ten years of cells</a></span><a class=hnuser>linxia</a></td></tr>\
         </table><table>{}{}</table>",
        answer("zhouye", "They got cheap."),
        answer("linxia", "<p>Indeed.")
    );
    let hacker = read("https://news.ycombinator.com/item?id=7", &html);
    assert_eq!(hacker.article.title.as_deref(), Some("Ten years of cells"));
    let text = hacker.document.plain_text();
    assert!(text.contains("zhouye · 2024-05-01\n\nThey got cheap."), "{text}");
    assert!(text.ends_with("Indeed.") && !text.contains("reply"), "{text}");

    let html = "<title>电池 - V2EX</title><div id=Main><div class=box><div class=header><h1>电池的十年</h1>\
        <small><a>linxia</a></small></div><div class=cell><div class=topic_content><p>怎么看？</p></div></div></div>\
        <div class=box><div class=cell id=r_1><strong><a>zhouye</a></strong><span class=ago \
        title='2024-05-01 08:30:00'>1 天前</span><div class=reply_content>便宜了。</div></div></div></div>";
    let topic = read("https://www.v2ex.com/t/7", html);
    assert_eq!(topic.article.title.as_deref(), Some("电池的十年"));
    let text = topic.document.plain_text();
    assert!(
        text.contains("怎么看？") && text.contains("zhouye · 2024-05-01\n\n便宜了。"),
        "{text}"
    );
}

#[test]
fn an_encyclopedia_is_read_without_what_helps_to_edit_it() {
    let html = format!(
        "<title>电池 - 维基百科</title><body class=mediawiki><div id=mw-content-text><div class=mw-parser-output>\
         <p>{}<sup class=reference id=r1><a href='#n1'>[1]</a></sup></p>\
         <h2>历史<span class=mw-editsection>[<a href=/edit>编辑</a>]</span></h2><p>很久以前。</p>\
         <ol class=references><li id=n1><span class=mw-cite-backlink>^</span> 林夏，《电池》</li></ol>\
         <div class=navbox>导航</div></div></div>",
        "电池把化学能变成电能。".repeat(6)
    );
    let text = read("https://zh.wikipedia.org/wiki/电池", &html).document.plain_text();
    assert!(text.contains("历史\n\n很久以前。") && text.contains("林夏，《电池》"), "{text}");
    for unwanted in ["编辑", "导航", "^"] {
        assert!(!text.contains(unwanted), "{unwanted}: {text}");
    }
}
