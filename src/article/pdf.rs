//! PDF: places of letters become lines, columns in reading order, paragraphs and headings. The file
//! format and its fonts are read by the hayro libraries, which give every letter its place; what is a
//! column, a heading or a page number is decided here.

mod columns;
mod content;
mod face;
mod facts;
mod flow;
mod letters;
mod lines;
mod links;
mod margins;
mod matrix;
mod measure;
mod shape;
mod turn;
mod written;

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use self::content::{MOST_LETTERS, Scanner};
use self::flow::Passage;
use self::margins::Sheet;
use self::measure::Measure;
use super::{ArticleError, Extracted, View, paragraphs, web};
use crate::model::ArticleOutcome;

/// Pages that are read; a book beyond it is cut, and says so at its end.
const MOST_PAGES: usize = 600;
/// A file of several pages with fewer letters on each, on average, is a pile of pictures.
const FEWEST_LETTERS: usize = 8;

/// Reads a PDF.
///
/// # Errors
/// It is locked, broken, or has no text.
pub(super) fn read(address: &str, bytes: &[u8], view: View) -> Result<Extracted, ArticleError> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(refusal)?;
    let mut targets = Vec::new();
    let sheets = sheets(&pdf, &mut targets, view);
    let read = sheets.len();
    let (passages, measure) = flowed(sheets)?;
    let facts = facts::of(pdf.metadata(), &passages);
    let of = pdf.pages().len();
    let mut document = written::document(&passages, &measure, &targets, (read, of), address);
    let all = paragraphs(&document);
    if view == View::Reader {
        web::drop_title(&mut document, facts.title.as_deref());
    }
    Ok(web::finish(address, facts, ArticleOutcome::Readable, document, all))
}

fn refusal(error: LoadPdfError) -> ArticleError {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => ArticleError::Locked,
        LoadPdfError::Decryption(_) | LoadPdfError::Invalid => ArticleError::BrokenPdf,
    }
}

/// The pieces of all pages, upright, without running heads and page numbers.
fn sheets(pdf: &Pdf, targets: &mut Vec<String>, view: View) -> Vec<Sheet> {
    let mut scanner = Scanner::new();
    let mut sheets = Vec::new();
    let mut letters = 0;
    for page in pdf.pages().iter().take(MOST_PAGES) {
        if scanner.is_spent() || letters >= MOST_LETTERS {
            break;
        }
        let (width, height) = page.render_dimensions();
        let all = scanner.page(page, links::of(page, targets));
        letters += all.len();
        let (all, height) = turn::upright(all, (f64::from(width), f64::from(height)));
        sheets.push(Sheet { pieces: lines::pieces(&all), height });
    }
    if view == View::Reader {
        margins::take_off(&mut sheets);
    }
    sheets
}

fn flowed(sheets: Vec<Sheet>) -> Result<(Vec<Passage>, Measure), ArticleError> {
    let pieces = || sheets.iter().flat_map(|sheet| &sheet.pieces);
    let letters: usize = pieces().map(|piece| piece.letters).sum();
    let unknown: usize = sheets.iter().map(|sheet| lines::unknown(&sheet.pieces)).sum();
    if letters == 0 || (sheets.len() > 1 && letters < FEWEST_LETTERS * sheets.len()) {
        return Err(ArticleError::Scanned);
    }
    if unknown * 2 > letters {
        return Err(ArticleError::NoLetters);
    }
    let pages: Vec<Vec<Vec<lines::Piece>>> =
        sheets.into_iter().map(|sheet| columns::in_order(sheet.pieces)).collect();
    let all: Vec<Vec<lines::Piece>> = pages.iter().flatten().cloned().collect();
    let measure = Measure::of(&all);
    drop(all);
    let columns = pages
        .into_iter()
        .zip(1_u32..)
        .flat_map(|(columns, page)| columns.into_iter().map(move |lines| (lines, page)));
    let columns = columns.map(|(lines, page)| flow::passages(&lines, page, &measure)).collect();
    Ok((flow::flow(columns, &measure), measure))
}
