//! Notes as shows write them, and the chapter that each of their links belongs to.

use super::*;
use crate::text::{MarkdownOptions, from_html, from_markdown_with};
use crate::timeline;

/// `chapter: text` for each page; `-` for none; `…` before what every episode names.
fn links(mut document: Document) -> Vec<String> {
    let found = timeline::from_notes(&document, None);
    timeline::mark(&mut document, &found.stamps);
    let chapters = timeline::tidy(found.chapters, None);
    timeline::arrange(&mut document, &chapters);
    told(&document, LinkSources { own: &chapters, shown: &chapters, usual: &[] })
}

fn told(document: &Document, sources: LinkSources<'_>) -> Vec<String> {
    let line = |link: &EpisodeLink| {
        let chapter = link.chapter.map_or("-".to_owned(), |chapter| chapter.to_string());
        let section = link.section.as_deref().map(|s| format!(" ({s})")).unwrap_or_default();
        format!("{}{chapter}: {}{section}", if link.usual { "…" } else { "" }, link.text)
    };
    links_by_chapter(document, sources).iter().map(line).collect()
}

fn markdown(text: &str) -> Document {
    from_markdown_with(text, None, MarkdownOptions { keep_line_breaks: true })
}

#[test]
fn lines_of_one_paragraph_belong_to_the_time_above_them_and_a_block_of_links_to_none() {
    let html = "<p>开头说<a href='https://a.example/0'>序</a></p>
        <p>时间线：<br>-上半场<br>02:20 潮汐是什么<br>·<a href='https://a.example/1'>潮汐表</a>
        <br>·还有<a href='https://a.example/2'>月相</a><br>05:00 灯塔<br>-下半场<br>
        12:30 <a href='https://a.example/3'>守塔人</a><br>·<a href='https://a.example/4'>日志</a></p>
        <p>剪辑：<a href='https://a.example/5'>阿明</a></p>
        <p>相关链接：<br><a href='https://a.example/6'>全文</a><br>
        <a href='https://a.example/1?utm_source=notes'>又是潮汐表</a></p>";
    assert_eq!(
        links(from_html(html, None)),
        ["-: 序", "0: 潮汐表", "0: 月相", "2: 守塔人", "2: 日志", "-: 阿明", "-: 全文 (相关链接)"]
    );
}

#[test]
fn nested_lists_and_headings_with_times_hold_what_stands_under_them() {
    let text = "\
### Links and times

#### 01:15 [The tide](https://a.example/tide)

- 01:45 [Moon](https://a.example/moon)
  - [phases](https://a.example/phases)
- 08:21 Sun

#### 20:00 [The light](https://a.example/light)

All about [lenses](https://a.example/lenses).

### Follow us

- [Home](https://a.example/home)
- [X](https://x.com/tide)
";
    assert_eq!(
        links(markdown(text)),
        [
            "0: The tide",
            "1: Moon",
            "1: phases",
            "3: The light",
            "3: lenses",
            "-: Home (Follow us)",
            "…-: X (Follow us)"
        ]
    );
}

#[test]
fn a_list_that_mixes_times_and_links_goes_on_to_its_end() {
    let text = "\
In the order that we hit them:

- [Before](https://a.example/before) the first
- [@7:40](https://video.example/w?t=460) the anchor
- A word about [chains](https://a.example/chains)
- [@12:55](https://video.example/w?t=775) the main sail
- [Canvas](https://a.example/canvas)
- [@20:45](https://video.example/w?t=1245) the harbour
- [Piers](https://a.example/piers)

If we got something wrong, [file it](https://a.example/issues).
";
    assert_eq!(
        links(markdown(text)),
        [
            "-: Before (In the order that we hit them)",
            "0: chains",
            "1: Canvas",
            "2: Piers",
            "-: file it"
        ]
    );
}

#[test]
fn paragraphs_between_two_times_belong_to_the_first_of_them() {
    let text = "\
00:10 The tide

We talk about [the moon](https://a.example/moon).

10:00 The light

See [lamps](https://a.example/lamps).

20:00 The end

Thanks to [our sponsor](https://a.example/sponsor).
";
    assert_eq!(links(markdown(text)), ["0: the moon", "1: lamps", "-: our sponsor"]);
}

#[test]
fn a_time_beside_a_link_in_a_block_of_links_says_where_it_belongs() {
    let mut document = markdown(
        "00:00 甲\n10:00 乙\n20:00 丙\n\n相关链接：\n\n- 12:30 [灯](https://a.example/lamp)\n\
         - [塔](https://a.example/tower)\n- 10:00 [潮](https://a.example/tide)\n",
    );
    let found = timeline::from_notes(&document, None);
    timeline::mark(&mut document, &found.stamps);
    let chapters =
        [0, 600_000, 1_200_000].map(|start_ms| Chapter { start_ms, ..Chapter::default() });
    let sources = LinkSources { own: &chapters, shown: &chapters, usual: &[] };
    assert_eq!(told(&document, sources), ["1: 灯", "-: 塔 (相关链接)", "1: 潮"]);
}

#[test]
fn a_heading_that_is_a_chapters_title_stands_for_it_whatever_the_source() {
    let document = markdown(
        "# The moon!\n\n[phases](https://a.example/1)\n\n# References\n\n[book](https://a.example/2)\n",
    );
    let chapter = |start_ms, title: &str, url: Option<&str>| Chapter {
        start_ms,
        title: title.to_owned(),
        url: url.map(str::to_owned),
        ..Chapter::default()
    };
    let shown = [
        chapter(0, "Hello", Some("https://a.example/hello")),
        chapter(60_000, "The Moon", None),
        chapter(90_000, "Books", Some("https://a.example/2#top")),
    ];
    let sources = LinkSources { shown: &shown, ..LinkSources::default() };
    assert_eq!(told(&document, sources), ["0: Hello", "1: phases", "2: book"]);
}

#[test]
fn chapters_of_another_source_take_the_links_of_the_notes_by_time() {
    let mut document = markdown(
        "01:00 甲\n- [一](https://a.example/1)\n\n05:00 乙\n- [二](https://a.example/2)\n",
    );
    let found = timeline::from_notes(&document, None);
    timeline::mark(&mut document, &found.stamps);
    let at = |start_ms| Chapter { start_ms, ..Chapter::default() };
    let shown = [at(0), at(60_400), at(120_000), at(400_000)];
    let sources = LinkSources { own: &found.chapters, shown: &shown, usual: &[] };
    assert_eq!(told(&document, sources), ["1: 一", "2: 二"]);
}

#[test]
fn mail_places_in_the_text_and_times_are_no_pages_and_what_is_usual_comes_last() {
    let text = "\
[home](https://tide.example/) and [mail](mailto:a@tide.example) and [up](#top)

[one](https://a.example/1) [one again](https://a.example/1#part) [two](https://a.example/2)
";
    let usual = ["https://tide.example/".to_owned()];
    let sources = LinkSources { usual: &usual, ..LinkSources::default() };
    let document = markdown(text);
    assert_eq!(told(&document, sources), ["-: one", "-: two", "…-: home"]);
    let one = links_by_chapter(&document, sources).into_iter().next().unwrap();
    assert_eq!(one.links.len(), 2, "both places in the text lead to it");
}

#[test]
fn notes_without_links_or_words_have_none() {
    for text in ["", "00:00 甲\n", "---\n\n---\n"] {
        assert!(links(markdown(text)).is_empty());
    }
}
