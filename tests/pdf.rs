//! PDF files that the tests write themselves: what is read of them, in which order, and that broken and
//! hostile ones cost a sentence and not the program.
#![cfg(test)]

mod support;

use std::path::Path;
use std::time::{Duration, Instant};

use latetalk::article::{self, ArticleError, Extracted, Page, View};
use latetalk::sandbox::{Limits, OwnedPage, SandboxError};
use latetalk::text::{Block, BlockKind};
use support::dice::Dice;
use support::pdf::{Book, Put, lines, put, stream, written};

fn read(bytes: &[u8]) -> Result<Extracted, ArticleError> {
    let page = Page { url: "https://press.example/a.pdf", content_type: None, bytes };
    article::extract(&page, View::Reader)
}

fn text(book: &Book) -> String {
    read(&book.bytes()).unwrap().document.plain_text()
}

/// A page with a title, a heading and paragraphs in one column.
fn one_column() -> Vec<Put> {
    let mut page = vec![put(72.0, 720.0, 20.0, "F2", "The Price of Cells")];
    page.push(put(72.0, 690.0, 10.0, "F1", "Lin Xia and Zhou Ye"));
    page.push(put(72.0, 660.0, 14.0, "F2", "1 A short history"));
    page.extend(lines(72.0, 640.0, 10.0, "F1", &[
        "Nobody had thought at the beginning that cells would become so cheap so quickly, and those who",
        "make them were as astonished as everybody else, which they say in every inter-",
        "view that they give to anybody who asks.",
    ]));
    page.extend(lines(72.0, 590.0, 10.0, "F1", &[
        "A second paragraph says what that means for everybody who wants to store the light of the day for",
        "the night.",
    ]));
    page
}

#[test]
fn title_headings_and_paragraphs_are_found_and_words_are_whole() {
    let read = read(&Book::of(vec![one_column()]).bytes()).unwrap();
    assert_eq!(read.article.title.as_deref(), Some("The Price of Cells"));
    assert_eq!(read.article.byline.as_deref(), Some("Lin Xia and Zhou Ye"));
    let blocks: Vec<String> = read.document.blocks.iter().map(Block::plain_text).collect();
    assert_eq!(blocks[1], "1 A short history");
    assert!(matches!(read.document.blocks[1].kind, BlockKind::Heading(_)));
    assert!(
        blocks[2].ends_with("in every interview that they give to anybody who asks."),
        "{blocks:?}"
    );
    assert!(blocks[3].starts_with("A second paragraph") && blocks.len() == 4, "{blocks:?}");
}

/// Two columns of numbered lines, under a title over both.
fn two_columns() -> Vec<Put> {
    let mut page = vec![put(150.0, 740.0, 18.0, "F2", "Cells in Two Columns of Text")];
    // Row by row, as some programs write: the order of the file is not that of reading.
    for row in 0..30 {
        let y = 700.0 - f64::from(row) * 12.5;
        let line = |side: &str| format!("{side} line {row:02} goes on with words of cells");
        page.push(put(60.0, y, 10.0, "F1", &line("left")));
        page.push(put(320.0, y, 10.0, "F1", &line("right")));
    }
    page
}

#[test]
fn two_columns_are_read_one_after_the_other() {
    let text = text(&Book::of(vec![two_columns()]));
    let at = |what: &str| text.find(what).unwrap_or_else(|| panic!("{what}: {text}"));
    assert!(at("left line 00") < at("left line 29"));
    assert!(at("left line 29") < at("right line 00"), "{text}");
    assert!(at("right line 00") < at("right line 29"));
}

#[test]
fn running_heads_and_page_numbers_go_and_page_marks_come() {
    let page = |number: usize| {
        let mut page = vec![put(72.0, 760.0, 9.0, "F1", "Journal of Cells")];
        let words = ["one", "two", "three", "four"];
        let line =
            format!("Page {} tells its own part of the story, and it ends here.", words[number]);
        page.extend(lines(72.0, 700.0, 10.0, "F1", &[&line]));
        page.push(put(300.0, 40.0, 9.0, "F1", &format!("{}", number + 1)));
        page
    };
    let book = Book::of((0..4).map(page).collect());
    let read = read(&book.bytes()).unwrap();
    let text = read.document.plain_text();
    assert!(!text.contains("Journal") && text.contains("Page four"), "{text}");
    assert!(!text.lines().any(|line| line.trim() == "3"), "{text}");
    let marks: Vec<&BlockKind> = read.document.blocks.iter().map(|block| &block.kind).collect();
    assert!(marks.contains(&&BlockKind::PageMark { page: 3, of: 4 }), "{marks:?}");
    assert!(!read.html.contains("3 / 4"));
}

#[test]
fn a_paragraph_goes_on_over_the_page() {
    let first = lines(
        72.0,
        700.0,
        10.0,
        "F1",
        &[
            "This paragraph is as wide as its column and stops in the middle of what it wanted to",
            "tell everybody who has the patience to read on, because the page is at its end and",
        ],
    );
    let second = lines(72.0, 700.0, 10.0, "F1", &["the rest of it stands on the next one."]);
    let text = text(&Book::of(vec![first, second]));
    assert!(text.contains("at its end and the rest of it stands on the next one."), "{text}");
}

#[test]
fn chinese_is_read_by_both_ways_of_naming_characters() {
    for font in ["F4", "F5"] {
        let page = lines(
            72.0,
            700.0,
            12.0,
            font,
            &[
                "电池的价格在十年里降了九成，没有人在一开始想到会这样快，连做电池的人也没",
                "有想到。",
            ],
        );
        let text = text(&Book::of(vec![page]));
        assert_eq!(
            text,
            "电池的价格在十年里降了九成，没有人在一开始想到会这样快，连做电池的人也没有想到。",
            "{font}"
        );
    }
}

#[test]
fn properties_links_lists_and_code_are_kept() {
    let mut page =
        lines(72.0, 700.0, 10.0, "F1", &["* First, cells are cheap.", "* Second, they last."]);
    page.push(put(72.0, 650.0, 10.0, "F1", "See the shop for more of them."));
    page.extend(lines(72.0, 620.0, 10.0, "F3", &["let cells = 3;", "    sell(cells);"]));
    let book = Book {
        title: Some("电池：十年".into()),
        author: Some("林夏".into()),
        links: vec![([70, 645, 300, 662], "https://shop.example/cells".into())],
        ..Book::of(vec![page])
    };
    let read = read(&book.bytes()).unwrap();
    assert_eq!(read.article.title.as_deref(), Some("电池：十年"));
    assert_eq!(read.article.byline.as_deref(), Some("林夏"));
    assert_eq!(read.document.links[0].url, "https://shop.example/cells");
    assert_eq!(read.document.blocks[0].plain_text(), "First, cells are cheap.");
    assert_eq!(read.document.blocks[1].list, 1);
    let code =
        read.document.blocks.iter().find(|block| matches!(block.kind, BlockKind::Code { .. }));
    assert_eq!(code.unwrap().plain_text(), "let cells = 3;\n    sell(cells);\n");
}

#[test]
fn turned_pages_packed_files_and_broken_tables_are_read() {
    let plain = text(&Book::of(vec![one_column()]));
    let packed = Book { packed: true, ..Book::of(vec![one_column()]) };
    assert_eq!(text(&packed), plain);
    let turned = Book { rotate: 90, ..Book::of(vec![two_columns()]) };
    assert!(text(&turned).contains("left line 29"));
    let mut broken = Book::of(vec![one_column()]).bytes();
    let table = broken.windows(5).rposition(|part| part == b"xref\n").unwrap();
    broken.truncate(table);
    assert_eq!(read(&broken).unwrap().document.plain_text(), plain);
}

#[test]
fn a_lock_without_a_key_opens_and_one_with_a_key_is_said() {
    let open = read(include_bytes!("data/locked-without-a-key.pdf")).unwrap();
    assert!(open.document.plain_text().contains("without a key"), "{open:?}");
    assert_eq!(read(include_bytes!("data/locked-with-a-key.pdf")), Err(ArticleError::Locked));
}

#[test]
fn pages_without_letters_are_said_to_be_pictures() {
    assert_eq!(read(&Book::of(vec![Vec::new(); 3]).bytes()), Err(ArticleError::Scanned));
    assert_eq!(read(b"%PDF-1.7\nnothing of the kind"), Err(ArticleError::BrokenPdf));
}

fn sandboxed(bytes: Vec<u8>) -> Result<Extracted, SandboxError> {
    let page = OwnedPage { url: "https://press.example/a.pdf".into(), content_type: None, bytes };
    let program = Path::new(env!("CARGO_BIN_EXE_latetalk"));
    latetalk::sandbox::extract(program, page, View::Reader, Limits::default())
}

#[test]
fn hostile_files_cost_a_sentence() {
    let mut loops = Book::of(vec![one_column()]).objects();
    loops[1] = b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R 1 0 R]>>".to_vec();
    let mut forms = Book::of(vec![one_column()]).objects();
    let again = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 14 0 R>>>>";
    forms[13] = stream(again, &b"/X Do ".repeat(10_000));
    let huge =
        Book { media_box: Some([0, 0, i64::MAX, i64::MAX]), ..Book::of(vec![two_columns()]) };
    let deep = [b"%PDF-1.7\n1 0 obj\n".to_vec(), b"[".repeat(200_000)].concat();
    let mut bomb = Book::of(vec![one_column()]).objects();
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..2048 {
        std::io::Write::write_all(&mut packer, &vec![b' '; 1 << 20]).unwrap();
    }
    bomb[13] = stream("/Filter/FlateDecode", &packer.finish().unwrap());
    let files = [written(&loops), written(&forms), huge.bytes(), deep, written(&bomb)];
    for (nth, bytes) in files.into_iter().enumerate() {
        let started = Instant::now();
        let answer = sandboxed(bytes);
        assert!(started.elapsed() < Duration::from_secs(25), "{nth}");
        if let Err(error) = answer {
            let said = error.to_string();
            assert!(said.contains("pdf") || said.contains("memory"), "{nth}: {said}");
        }
    }
}

/// Damaged files, the same ones each time: some are read, some are refused, none takes the program or
/// the time of its reader.
#[test]
fn damaged_files_never_take_the_program_down() {
    let cases = std::env::var("LATETALK_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(120);
    let books = [
        Book::of(vec![one_column(), two_columns()]),
        Book { packed: true, ..Book::of(vec![one_column()]) },
    ];
    let seeds: Vec<Vec<u8>> = books.iter().map(Book::bytes).collect();
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let (mut ok, mut refused, mut died) = (0, 0, 0);
    for _ in 0..cases {
        let mut bytes = dice.pick(&seeds).clone();
        for _ in 0..=dice.roll(12) {
            let at = dice.roll(bytes.len());
            match dice.roll(4) {
                0 => bytes[at] = dice.roll(256) as u8,
                1 => bytes[at] = b'9',
                2 => drop(bytes.drain(at..(at + dice.roll(40)).min(bytes.len()))),
                _ => {
                    let from = dice.roll(bytes.len());
                    let piece = bytes[from..(from + dice.roll(60)).min(bytes.len())].to_vec();
                    bytes.splice(at..at, piece);
                }
            }
        }
        if !bytes.starts_with(b"%PDF-") {
            continue;
        }
        match sandboxed(bytes) {
            Ok(_) => ok += 1,
            Err(SandboxError::Article(_)) => refused += 1,
            Err(SandboxError::Died) => died += 1,
            Err(error) => panic!("{error}"),
        }
    }
    println!("damaged pdf: {ok} read, {refused} refused, {died} ended by the limits");
    assert!(ok * 5 > cases, "{ok} of {cases}");
}
