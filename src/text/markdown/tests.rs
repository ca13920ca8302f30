//! What Markdown becomes.

use super::*;

fn texts(document: &Document) -> Vec<String> {
    document.blocks.iter().map(super::super::document::Block::plain_text).collect()
}

#[test]
fn definitions_stand_under_their_terms_as_those_of_html_do() {
    let text = "潮汐\n: 海水的涨落。\n\n灯塔\n: 岸边的灯。\n: 守灯的人。\n\n时间: 不是定义";
    let html = "<dl><dt>潮汐</dt><dd>海水的涨落。</dd><dt>灯塔</dt><dd>岸边的灯。</dd>\
                <dd>守灯的人。</dd></dl><p>时间: 不是定义</p>";
    let document = from_markdown(text, None);
    assert_eq!(document, super::super::from_html(html, None));
    let shape: Vec<_> = document.blocks.iter().map(|block| block.list).collect();
    assert_eq!(shape, [0, 1, 0, 1, 1, 0]);
}

#[test]
fn line_breaks_join_ideographs_without_a_space_and_words_with_one() {
    let text = "电池的\n故事\nof cells\nand men";
    assert_eq!(texts(&from_markdown(text, None)), ["电池的故事 of cells and men"]);
    let options = MarkdownOptions { keep_line_breaks: true };
    assert_eq!(texts(&from_markdown_with(text, None, options)), [text]);
}

#[test]
fn lists_quotes_headings_code_and_tables_keep_their_form() {
    let text = "# 标题\n\n- 甲\n  - 乙\n- [x] 丙\n\n3. 三\n\n> 引\n\n```rust\nfn a()\n```\n\n|a|b|\n|-|-|\n|1|2|\n\n---\n";
    let document = from_markdown(text, None);
    let shape: Vec<_> =
        document.blocks.iter().map(|b| (b.list, b.quote, b.marker)).take(6).collect();
    assert_eq!(
        shape,
        [
            (0, 0, None),
            (1, 0, Some(Marker::Bullet)),
            (2, 0, Some(Marker::Bullet)),
            (1, 0, Some(Marker::Task(true))),
            (1, 0, Some(Marker::Number(3))),
            (0, 1, None)
        ]
    );
    let kinds: Vec<_> = document.blocks.iter().map(|b| b.kind.clone()).skip(6).collect();
    let [BlockKind::Code { language, text }, BlockKind::Table(table), BlockKind::Rule] =
        kinds.as_slice()
    else {
        panic!("{kinds:?}")
    };
    assert_eq!((language.as_deref(), text.as_str()), (Some("rust"), "fn a()\n"));
    assert!(table.headed && table.rows.len() == 2);
}

#[test]
fn html_within_is_read_as_html() {
    let document =
        from_markdown("一<b>二</b>三<br>四\n\n<div>五</div>\n\n<script>六</script>", None);
    assert_eq!(texts(&document), ["一二三\n四", "五"]);
    assert!(document.blocks[0].spans[1].style.bold);
}

#[test]
fn links_times_pictures_and_footnotes_are_found() {
    let text =
        "**[04:07](#t=04:07)** 甲[乙](b.html)[^1] ![图](c.png)\n\n[^1]: 注 <https://a.example>\n";
    let document = from_markdown(text, Some("https://show.example/x/"));
    assert_eq!(document.blocks[0].spans[0].time_ms, Some(247_000));
    let urls: Vec<_> = document.links.iter().map(|l| l.url.as_str()).collect();
    assert_eq!(urls, ["https://show.example/x/b.html", "#fn-1", "#fnref-1", "https://a.example"]);
    assert_eq!(texts(&document), ["04:07 甲乙[1]", "图", "[1] 注 https://a.example"]);
}

#[test]
fn link_targets_may_have_spaces_but_titles_stay_titles() {
    let text = "See [@{{ name }}](https://a.example/{{ name }}) and [b](c d.html), [e](f.html \"g h\"),\n\
        `[i](j k)` and [l] (m n)\n";
    let document = from_markdown(text, Some("https://show.example/"));
    assert_eq!(texts(&document), ["See @{{ name }} and b, e, [i](j k) and [l] (m n)"]);
    let urls: Vec<_> = document.links.iter().map(|l| l.url.as_str()).collect();
    assert_eq!(
        urls,
        [
            "https://a.example/%7B%7B%20name%20%7D%7D",
            "https://show.example/c%20d.html",
            "https://show.example/f.html"
        ]
    );
}

#[test]
fn strong_text_may_begin_and_end_at_chinese_punctuation() {
    for text in ["他说**“好。”**然后走了", "**（一）电池。**第二", "甲**乙**丙`a**。**b`"]
    {
        let document = from_markdown(text, None);
        let spans = &document.blocks[0].spans;
        assert!(spans.iter().any(|span| span.style.bold), "{text}");
        let plain = document.plain_text();
        assert!(!plain.replace("a**。**b", "").contains('*') && !plain.contains('<'), "{plain}");
    }
}

#[test]
fn shortcodes_are_left_out_but_not_in_code() {
    let text =
        "a {{< notice tip >}}b {% raw %}c{% endraw %}\n\n`{{% x %}}`\n\n```\n{{< y >}}\n```\n";
    assert_eq!(texts(&from_markdown(text, None)), ["a b c", "{{% x %}}", "{{< y >}}\n"]);
}
