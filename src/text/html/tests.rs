//! What pages and show notes must come out as.

use super::*;
use crate::text::document::{Block, BlockKind, Marker};

fn texts(html: &str) -> Vec<String> {
    from_html(html, None).blocks.iter().map(Block::plain_text).collect()
}

#[test]
fn inline_elements_join_with_nothing_and_breaks_break() {
    assert_eq!(
        texts("<p>0<span>0</span>:0<b>9</b> 一<i>公</i>斤<br>下 一\n行</p>"),
        ["00:09 一公斤\n下 一行"]
    );
    assert_eq!(
        texts("<div>a<br><br/>b</div>c<ul><li>d<li>e</ul>f"),
        ["a", "b", "c", "d", "e", "f"]
    );
    assert_eq!(texts("one\n two<p>three"), ["one two", "three"]);
}

#[test]
fn notes_without_block_tags_keep_their_lines() {
    let html = "02:20 开场\n<a href=\"https://a.example\">链接</a>\n\n第二段";
    assert_eq!(texts(html), ["02:20 开场\n链接", "第二段"]);
}

#[test]
fn times_are_found_with_and_without_addresses() {
    let html = r##"<p><a class="timestamp" data-timestamp="14">00:14</a> 一 <a href="#t=1:30">01:30</a> <a href="#n">注</a></p>"##;
    let document = from_html(html, None);
    let spans = &document.blocks[0].spans;
    assert_eq!((spans[0].time_ms, spans[0].link), (Some(14_000), None));
    assert_eq!(spans[2].time_ms, Some(90_000));
    assert_eq!(document.links.len(), 1);
    assert_eq!(document.links[0].url, "#n");
}

#[test]
fn dangerous_links_lose_their_target_and_keep_their_words() {
    let document =
        from_html("<a href='javascript:x'>坏</a><a href='data:text/html,x'>的</a>", None);
    assert_eq!(document.plain_text(), "坏的");
    assert!(document.links.is_empty());
}

#[test]
fn lists_nest_number_and_hold_paragraphs() {
    let html = "<ol start=3><li>三<ul><li>点</ul><li><p>四<p>续<li value=9>九</ol>末";
    let document = from_html(html, None);
    let shape: Vec<_> = document.blocks.iter().map(|b| (b.list, b.marker)).collect();
    assert_eq!(
        shape,
        [
            (1, Some(Marker::Number(3))),
            (2, Some(Marker::Bullet)),
            (1, Some(Marker::Number(4))),
            (1, None),
            (1, Some(Marker::Number(9))),
            (0, None)
        ]
    );
}

#[test]
fn code_keeps_its_lines_tabs_and_language() {
    let html = "<pre><code class=\"hljs language-rust\">\nfn a() {\n\tb&lt;c&gt;();\n}\n</code></pre><pre><code>x</code><code>y</code></pre>";
    let document = from_html(html, None);
    let BlockKind::Code { language, text } = &document.blocks[0].kind else { panic!() };
    assert_eq!(language.as_deref(), Some("rust"));
    assert_eq!(text, "fn a() {\n\tb<c>();\n}\n");
    assert_eq!(document.blocks[1].plain_text(), "x\ny\n");
}

#[test]
fn tables_of_data_are_tables_and_tables_of_layout_are_text() {
    let data = "<table><thead><tr><th>年<th>量<tbody><tr><td>2020<td><b>3</b><br>4</table>";
    let document = from_html(data, None);
    let BlockKind::Table(table) = &document.blocks[0].kind else { panic!() };
    assert!(table.headed);
    assert_eq!(document.blocks[0].plain_text(), "年\t量\n2020\t3\n4");
    let layout = "<table><tr><td><h2>题</h2><table><tr><td>内</table><p>文</table>后";
    assert_eq!(texts(layout), ["题", "内", "文", "后"]);
}

#[test]
fn cells_that_cover_others_keep_the_columns_in_line() {
    let html = "<table><tr><th>年<th>厂<th>量<tr><td rowspan=2>2020<td>甲<td>1<tr><td>乙<td>2<tr><td colspan=2>共<td>3</table>";
    let document = from_html(html, None);
    assert_eq!(document.blocks[0].plain_text(), "年\t厂\t量\n2020\t甲\t1\n\t乙\t2\n共\t\t3");
    let huge = "<table>".to_owned() + &"<tr><td rowspan=99999 colspan=99999>a".repeat(2000);
    assert!(from_html(&huge, None).plain_text().matches('a').count() == 2000);
}

#[test]
fn spaces_beside_links_are_not_part_of_them() {
    let document = from_html(
        "<p>甲 <a href='https://a.example'>乙</a> <a href='https://b.example'>丙</a> <b>丁</b>",
        None,
    );
    let texts: Vec<_> = document.blocks[0].spans.iter().map(|s| s.text.as_str()).collect();
    assert_eq!(texts, ["甲 ", "乙", " ", "丙", " 丁"]);
}

#[test]
fn hidden_elements_without_an_end_end_where_browsers_end_them() {
    assert_eq!(
        texts("<p hidden>x<p>甲<ul><li style='display: none'>y<li>乙</ul>丙"),
        ["甲", "乙", "丙"]
    );
}

#[test]
fn pictures_have_their_true_address_and_their_caption() {
    let html = "<figure><a href='/big'><img src='data:image/gif;base64,R0' data-src='a.jpg' alt='旧'></a><figcaption>图 <b>一</b></figcaption></figure><img src=p.gif width=1>";
    let document = from_html(html, Some("https://a.example/x/"));
    assert_eq!(document.blocks.len(), 1);
    let image = BlockKind::Image { src: "https://a.example/x/a.jpg".into(), alt: "旧".into() };
    assert_eq!(document.blocks[0].kind, image);
    assert_eq!(document.blocks[0].plain_text(), "图 一");
}

#[test]
fn readings_powers_and_formulas_stay_readable() {
    assert_eq!(
        texts("<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</ruby>を"),
        ["漢(かん)字(じ)を"]
    );
    assert_eq!(
        texts("<p>H<sub>2</sub>O x<sup>10</sup> 注<sup><a href='#1'>1</a></sup>"),
        ["H₂O x¹⁰ 注[1]"]
    );
    assert_eq!(texts("<p><math alttext='a/b'><mfrac><mi>a</mi><mi>b</mi></mfrac></math>"), ["a/b"]);
    assert_eq!(texts("<p><math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>。"), ["a/b。"]);
}

#[test]
fn players_become_lines_with_links_and_scripts_nothing() {
    let html = "前<video><source src='https://a.example/v.mp4'>旧浏览器</video><iframe src='//b.example/e' title='片'></iframe><script>x</script><style>y</style><template>z</template>后<span hidden>w</span>";
    let document = from_html(html, None);
    let texts: Vec<_> = document.blocks.iter().map(Block::plain_text).collect();
    assert_eq!(texts, ["前", "▶ https://a.example/v.mp4", "▶ 片", "后"]);
    assert_eq!(document.links[1].url, "https://b.example/e");
}

#[test]
fn summaries_and_definitions_stand_alone() {
    assert_eq!(texts("<details><summary>点开</summary>内容</details>"), ["点开", "内容"]);
    let document = from_html("<dl><dt>词<dd>义<dt>二<dd>两</dl>末", None);
    let shape: Vec<_> = document.blocks.iter().map(|b| b.list).collect();
    assert_eq!(shape, [0, 1, 0, 1, 0]);
}

#[test]
fn hostile_nesting_is_read_in_linear_time() {
    for tag in
        ["div", "table><tr><td", "ul><li", "b><i", "blockquote", "sup", "ruby><rt", "a href=x"]
    {
        let html = format!("{}文", format!("<{tag}>").repeat(20_000));
        assert!(from_html(&html, None).plain_text().contains('文'), "{tag}");
    }
    let flood = format!(
        "<p {}>文</p><p>后",
        (0..50_000).map(|i| format!("a{i}=1")).collect::<Vec<_>>().join(" ")
    );
    assert!(from_html(&flood, None).plain_text().contains('后'));
}

#[test]
fn no_control_character_gets_in_by_any_door() {
    let html = "<p>a&#27;[31m&#x9b;b\u{202e}c</p><pre>d\u{7}&#8;</pre><img src=x alt='e&#27;'><a href='https://x.example/&#27;'>f</a>";
    let document = from_html(html, None);
    let all = serde_json::to_string(&document).unwrap();
    assert!(!all.contains("u001b") && !all.contains("u0007") && !all.contains('\u{9b}'), "{all}");
    assert!(!all.contains('\u{202e}') && !all.contains("u0008"));
}
