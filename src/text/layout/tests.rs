//! What lines must look like, at every width.

use super::*;
use crate::text::document::{Block, BlockKind};
use crate::text::width::width;
use crate::text::{Document, from_html, from_markdown};

fn laid(document: &Document, columns: u16) -> Layout {
    layout(document, &LayoutOptions { width: columns, ..LayoutOptions::default() })
}

fn shown(document: &Document, columns: u16) -> Vec<String> {
    let text = |line: &Line| line.runs.iter().map(|run| run.text.as_str()).collect::<String>();
    laid(document, columns).lines.iter().map(|l| text(l).trim_end().to_owned()).collect()
}

fn everything() -> Document {
    from_markdown(
        "# 标题 heading\n\n段落里有“引号”和 https://a.example/long/path?x=1 链接。\n\n> 引用的话很长很长，要折行。\n>\n> > 再引\n\n- 一个很长很长很长的条目\n  1. 里面的条目也长\n\n     续段\n- [x] 完\n\n```rs\n\tlet a = 1;\n\n```\n\n|年份|产量|说明|\n|-|-|-|\n|2020|3|很好的一年，电池便宜了|\n|2021||b|\n\n---\n\n![图的说明很长很长](a.png)\n\n![](b.png)\n",
        Some("https://a.example/"),
    )
}

#[test]
fn blocks_are_parted_and_lists_hang() {
    let expected = [
        "标题 heading",
        "",
        "段落里有“引号”和",
        "https://a.example/",
        "long/path?x=1 链接。",
        "",
        "│ 引用的话很长很长，",
        "│ 要折行。",
        "│",
        "│ │ 再引",
        "",
        "• 一个很长很长很长的",
        "  条目",
        "  1. 里面的条目也长",
        "     续段",
        "[x] 完",
        "",
        "    let a = 1;",
        "",
        "年份: 2020",
        "产量: 3",
        "说明: 很好的一年，电",
        "  池便宜了",
        "────────────",
        "年份: 2021",
        "说明: b",
        "",
        "────────────────────",
        "",
        "▣ 图的说明很长很长",
        "",
        "▣",
    ];
    assert_eq!(shown(&everything(), 20), expected);
}

#[test]
fn tables_fit_shrink_and_stack() {
    let table = "<table><tr><th>年份<th>说明<tr><td>2020<td>电池便宜了，大家都买车<tr><td>2021<td><b>b</b></table>";
    let document = from_html(table, None);
    assert_eq!(
        shown(&document, 40),
        [
            "年份 │ 说明",
            "─────┼───────────────────────",
            "2020 │ 电池便宜了，大家都买车",
            "2021 │ b"
        ]
    );
    assert_eq!(
        shown(&document, 20),
        [
            "年份 │ 说明",
            "─────┼──────────────",
            "2020 │ 电池便宜了，",
            "     │ 大家都买车",
            "     │",
            "2021 │ b"
        ]
    );
    assert_eq!(
        shown(&document, 12),
        [
            "年份: 2020",
            "说明: 电池便",
            "  宜了，大家",
            "  都买车",
            "────────────",
            "年份: 2021",
            "说明: b"
        ]
    );
}

#[test]
fn runs_are_slices_of_the_plain_text_and_show_all_of_it_at_every_width() {
    let mut document = everything();
    document.blocks.extend(from_html("<p>a<b>粗“体</b>”<i>e\u{301}👨‍👩‍👧</i></p>", None).blocks);
    for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide] {
        for columns in 0..60 {
            let layout = layout(
                &document,
                &LayoutOptions { width: columns, ambiguous, ..LayoutOptions::default() },
            );
            assert_eq!(layout.first_line.len(), document.blocks.len());
            let mut seen: Vec<Vec<bool>> =
                document.blocks.iter().map(|b| vec![false; b.plain_text().len()]).collect();
            for line in &layout.lines {
                let plain = document.blocks[line.block].plain_text();
                for run in line.runs.iter().filter(|run| !run.kind.is_decoration()) {
                    let range = run.start..run.start + run.text.len();
                    assert_eq!(plain.get(range.clone()), Some(run.text.as_str()), "{columns}");
                    seen[line.block][range].fill(true);
                }
                let used: usize = line.runs.iter().map(|r| width(&r.text, ambiguous)).sum();
                let is_code =
                    line.runs.iter().any(|r| matches!(r.kind, RunKind::Code | RunKind::Space));
                assert!(is_code || used <= usize::from(columns).max(2), "{columns}: {line:?}");
            }
            for (block, seen) in document.blocks.iter().zip(seen) {
                // The names of columns are shown as labels when a table is stacked.
                let plain = block.plain_text();
                let is_table = matches!(block.kind, BlockKind::Table(_));
                for (at, c) in plain.char_indices() {
                    assert!(is_table || c.is_whitespace() || seen[at], "{columns}: {c} of {plain}");
                }
            }
        }
    }
}

#[test]
fn a_place_is_found_again_at_another_width() {
    let document = everything();
    for columns in [1, 7, 20, 80] {
        let layout = laid(&document, columns);
        for (index, line) in layout.lines.iter().enumerate() {
            let Some(run) =
                line.runs.iter().find(|r| !r.kind.is_decoration() && !r.text.is_empty())
            else {
                continue;
            };
            assert_eq!(layout.line_of(line.block, run.start), index, "{columns}");
        }
    }
    assert_eq!(laid(&document, 20).line_of(999, 0), 0);
    assert_eq!(
        layout(&Document::default(), &LayoutOptions { width: 9, ..LayoutOptions::default() }),
        Layout::default()
    );
}

#[test]
fn deep_nesting_leaves_half_of_the_width_to_the_text() {
    let html = format!("{}字字字字字字字字", "<blockquote><ul><li>".repeat(500));
    for columns in [1, 5, 10, 40] {
        assert!(shown(&from_html(&html, None), columns).iter().any(|line| line.contains('字')));
    }
}

#[test]
fn hostile_lines_take_no_longer_than_others() {
    for text in ["a", "。", "http://a.b/", "“", "a\u{301}", "——", "가", "\u{200d}"] {
        let document = crate::text::from_plain(&text.repeat(200_000 / text.len()), None);
        for columns in [1, 80] {
            let layout = laid(&document, columns);
            assert_eq!(layout.first_line.len(), document.blocks.len());
        }
    }
}

#[test]
fn a_page_mark_stands_in_the_middle_and_is_no_text() {
    let mark = Block { kind: BlockKind::PageMark { page: 3, of: 14 }, ..Block::default() };
    let document = Document { blocks: vec![mark], ..Document::default() };
    assert_eq!(shown(&document, 20), ["     — 3 / 14 —"]);
    assert_eq!(shown(&document, 6), ["3 / 14"]);
    assert_eq!(shown(&document, 1), ["3"]);
    assert_eq!(document.plain_text(), "");
    assert_eq!(crate::text::to_markdown(&document), "");
}
