//! Laws of set text, on dealt texts and on every page of the corpus: no line begins with what closes nor
//! ends with what opens, no word that fits a line is split, every run is where it says.
//!
//! Exceptions that no typesetter can avoid: what begins a line or a cell of the source may be anything,
//! and a row of such marks that is wider than the line must be cut somewhere.

use std::path::{Path, PathBuf};

use latetalk::text::{
    Ambiguous, Block, BlockKind, Document, LayoutOptions, Line, RunKind, decode, from_html,
    from_markdown, from_plain, layout, split_front_matter, width,
};

#[path = "support/corpus.rs"]
mod corpus;
#[path = "support/dice.rs"]
#[allow(dead_code, unreachable_pub, reason = "each test takes what it needs")]
mod dice;

use corpus::corpus;
use dice::Dice;

/// What no line begins with.
const CLOSING: &str = "、。，：；？！）》」』”’…】〕〉·%‰℃";
/// What no line ends with.
const OPENING: &str = "（《「『“‘【〔〈";

/// Stretches of text that stand side by side on a line without anything else between them: the bytes of
/// each in the plain text of its block.
fn stretches(line: &Line) -> Vec<std::ops::Range<usize>> {
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for run in line.runs.iter().filter(|run| !run.kind.is_decoration() && !run.text.is_empty()) {
        let range = run.start..run.start + run.text.len();
        match found.last_mut() {
            // A shown space between scripts parts nothing.
            Some(last) if last.end == range.start => last.end = range.end,
            _ => found.push(range),
        }
    }
    found
}

/// What is wrong with the lines of a document at one width.
fn faults(document: &Document, options: LayoutOptions) -> Vec<String> {
    let texts: Vec<String> = document.blocks.iter().map(Block::plain_text).collect();
    let mut faults = Vec::new();
    for line in &layout(document, &options).lines {
        let kind = &document.blocks[line.block].kind;
        if matches!(kind, BlockKind::Code { .. } | BlockKind::Rule | BlockKind::PageMark { .. }) {
            continue;
        }
        let text = &texts[line.block];
        let in_table = matches!(kind, BlockKind::Table(_));
        let columns = usize::from(options.width);
        let used: usize = line.runs.iter().map(|run| width(&run.text, options.ambiguous)).sum();
        if used > columns.max(2) && !in_table && columns > 8 {
            faults.push(format!("too wide: {line:?}"));
        }
        for stretch in stretches(line) {
            faults.extend(fault(text, &stretch, columns, in_table));
        }
    }
    faults
}

fn fault(
    text: &str,
    stretch: &std::ops::Range<usize>,
    columns: usize,
    in_table: bool,
) -> Option<String> {
    let (before, after) = (&text[..stretch.start], &text[stretch.end..]);
    let words = &text[stretch.clone()];
    let (first, last) = (words.chars().next()?, words.chars().next_back()?);
    let starts_source = before.trim_end_matches([' ', '\u{3000}']).is_empty()
        || before.trim_end_matches([' ', '\u{3000}']).ends_with(['\n', '\t']);
    let ends_source = after.trim_start_matches(' ').is_empty()
        || after.trim_start_matches(' ').starts_with(['\n', '\t']);
    // A row of marks with one character beside it, which must hold together.
    let marks =
        |c: char| CLOSING.contains(c) || OPENING.contains(c) || c == ' ' || !c.is_alphanumeric();
    let row_before: String = before.chars().rev().take_while(|c| marks(*c)).collect();
    let row_after: String = after.chars().take_while(|c| marks(*c)).collect();
    // A cell of a table may be narrower than the rest.
    let room = if in_table { 7 } else { columns.saturating_sub(columns / 2) };
    let long = |row: &str| width(row, Ambiguous::Narrow) + 4 >= room;
    if CLOSING.contains(first)
        && !starts_source
        && !long(&row_before)
        && !long(&row_after)
        && !is_cut(before, words, room)
    {
        return Some(format!("begins with {first}: …{} ⏎ {words}", tail(before)));
    }
    if OPENING.contains(last)
        && !ends_source
        && !long(&row_before)
        && !long(&row_after)
        && !is_cut(words, after, room)
    {
        return Some(format!("ends with {last}: {words} ⏎ {}", head(after)));
    }
    let next = after.chars().next();
    if last.is_ascii_alphanumeric() && next.is_some_and(|c| c.is_ascii_alphanumeric()) {
        let letters = |c: &char| c.is_ascii_alphanumeric();
        let front = words.chars().rev().take_while(letters).count();
        let back = after.chars().take_while(letters).count();
        if front + back + 2 < room {
            return Some(format!("splits a word: {words} ⏎ {}", head(after)));
        }
    }
    None
}

/// Whether the line ends within a word that is wider than the line.
fn is_cut(before: &str, after: &str, room: usize) -> bool {
    let joined = |c: &char| !c.is_whitespace() && (c.is_ascii() || !is_wide(*c));
    let front: String = before.chars().rev().skip(1).take_while(joined).collect();
    let back: String = after.chars().skip(1).take_while(joined).collect();
    width(&front, Ambiguous::Narrow).max(width(&back, Ambiguous::Narrow)) + 4 >= room
}

fn is_wide(c: char) -> bool {
    width(c.encode_utf8(&mut [0; 4]), Ambiguous::Narrow) == 2
}

fn head(text: &str) -> String {
    text.chars().take(12).collect()
}

fn tail(text: &str) -> String {
    let skip = text.chars().count().saturating_sub(12);
    text.chars().skip(skip).collect()
}

/// Words and marks as pages mix them.
const PIECES: [&str; 46] = [
    "潮水",
    "灯塔",
    "守",
    "的",
    "，",
    "。",
    "、",
    "：",
    "；",
    "？",
    "！",
    "（",
    "）",
    "《",
    "》",
    "「",
    "」",
    "『",
    "』",
    "“",
    "”",
    "‘",
    "’",
    "……",
    "——",
    "【",
    "】",
    "〔",
    "〕",
    "·",
    "lamp",
    "GPT-4o",
    "the",
    " ",
    " ",
    "2018年",
    "30%",
    "12:30",
    "3.5 kg",
    "https://a.example/b-c?d=e&f=g",
    "ラーメン",
    "っ",
    "한국어",
    "👨‍👩‍👧",
    "e\u{301}",
    "🇨🇳",
];

#[test]
fn dealt_texts_keep_the_laws_at_every_width() {
    let mut dice = Dice(0x7e57_5e77_1a11_0007);
    let mut count = 0;
    for round in 0..60 {
        let pieces = 20 + dice.roll(60);
        let text: String = (0..pieces).map(|_| PIECES[dice.roll(PIECES.len())]).collect();
        let document = from_plain(&text, None);
        for columns in 20..=120 {
            let options = LayoutOptions {
                width: columns,
                spacing: round % 2 == 0,
                justify: round % 3 == 0,
                sideways: true,
                ..LayoutOptions::default()
            };
            let found = faults(&document, options);
            assert!(found.is_empty(), "{columns}: {text}\n{found:#?}");
            count += 1;
        }
    }
    assert_eq!(count, 60 * 101);
}

#[test]
fn evened_lines_end_at_the_same_column() {
    let text = "潮水慢慢地退下去，露出礁石和 a few shells，守灯的人沿着石阶走下来。".repeat(12);
    let document = from_plain(&text, None);
    for columns in [40, 61, 80] {
        let options = LayoutOptions {
            width: columns,
            justify: true,
            spacing: true,
            ..LayoutOptions::default()
        };
        let page = layout(&document, &options);
        let ends: Vec<usize> = page
            .lines
            .iter()
            .map(|line| line.runs.iter().map(|run| width(&run.text, Ambiguous::Narrow)).sum())
            .collect();
        let even = ends.iter().filter(|end| **end == usize::from(columns)).count();
        assert!(even + 1 >= ends.len() && ends.len() > 5, "{columns}: {ends:?}");
    }
}

#[test]
fn empty_rows_stand_between_lines_and_paragraphs_stay_apart() {
    let document = from_plain("潮水慢慢地退下去，露出礁石。\n\n守灯的人走下来。", None);
    let rows = |line_spacing| {
        let options = LayoutOptions { width: 20, line_spacing, ..LayoutOptions::default() };
        let lines = layout(&document, &options).lines;
        lines.iter().map(|line| !line.runs.is_empty()).collect::<Vec<_>>()
    };
    assert_eq!(rows(0), [true, true, false, true]);
    assert_eq!(rows(1), [true, false, true, false, false, true]);
    assert_eq!(rows(2), [true, false, false, true, false, false, false, true]);
}

#[test]
fn paragraphs_of_chinese_are_indented_where_that_is_asked_for() {
    let document =
        from_markdown("# 题\n\n潮水慢慢地退下去，露出礁石。\n\nthe old lamp\n\n- 甲\n", None);
    let options = LayoutOptions { width: 24, indent: true, ..LayoutOptions::default() };
    let starts: Vec<bool> = layout(&document, &options)
        .lines
        .iter()
        .filter(|line| !line.runs.is_empty())
        .map(|line| line.runs[0].kind == RunKind::Space && line.runs[0].text == "    ")
        .collect();
    assert_eq!(starts, [false, true, false, false, false]);
}

fn document(path: &Path) -> Option<Document> {
    let bytes = std::fs::read(path).ok()?;
    let text = decode(&bytes, None).text;
    match path.extension()?.to_str()? {
        "html" | "htm" => Some(from_html(&text, Some("https://base.example/"))),
        "md" => Some(from_markdown(split_front_matter(&text).1, None)),
        "txt" => Some(from_plain(&text, None)),
        _ => None,
    }
}

#[test]
fn every_page_of_the_corpus_keeps_the_laws() {
    let Some(root) = corpus() else { return };
    let (mut pages, mut lines, mut bad) = (0, 0, 0);
    let mut open: Vec<PathBuf> = vec![root.join("articles"), root.join("shownotes")];
    while let Some(folder) = open.pop() {
        let mut entries: Vec<_> = std::fs::read_dir(&folder).unwrap().flatten().collect();
        entries.sort_by_key(std::fs::DirEntry::path);
        for entry in entries {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let Some(document) = document(&path) else { continue };
            pages += 1;
            // Every page at some widths, all widths over the pages.
            for columns in [20 + pages % 41, 61 + pages % 60] {
                let options = LayoutOptions {
                    width: columns,
                    spacing: pages % 2 == 0,
                    justify: pages % 3 == 0,
                    sideways: true,
                    ..LayoutOptions::default()
                };
                lines += layout(&document, &options).lines.len();
                let found = faults(&document, options);
                bad += found.len();
                for fault in found.iter().take(3) {
                    println!("{} at {columns}: {fault}", path.display());
                }
            }
        }
    }
    println!("{pages} pages, {lines} lines, {bad} faults");
    assert!(pages > 300 && bad == 0);
}
