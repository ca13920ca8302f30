//! What is usual in a file: the size of its running text, the distance of its lines, its words.

use std::collections::{HashMap, HashSet};

use super::lines::Piece;
use super::shape;

/// What is usual in a file.
#[derive(Debug, Default)]
pub(super) struct Measure {
    /// Size of the running text, in points.
    pub(super) size: f64,
    /// From one line to the next, in points.
    pub(super) leading: f64,
    /// All running text is bold, so bold means nothing.
    pub(super) is_bold: bool,
    /// All running text is of one width, so that means nothing either.
    is_mono: bool,
    /// All words that are not parted by a line end.
    words: HashSet<String>,
}

/// Most words that are remembered.
const MOST_WORDS: usize = 200_000;

impl Measure {
    pub(super) fn of(columns: &[Vec<Piece>]) -> Measure {
        let mut sizes: HashMap<i64, usize> = HashMap::new();
        let (mut all, mut bold, mut mono) = (0, 0, 0);
        for line in columns.iter().flatten() {
            *sizes.entry((line.size * 2.0).round() as i64).or_default() += line.letters;
            for run in &line.runs {
                let letters = run.text.chars().filter(|c| !c.is_whitespace()).count();
                all += letters;
                bold += if run.look.bold { letters } else { 0 };
                mono += if run.look.mono { letters } else { 0 };
            }
        }
        let usual = sizes.into_iter().max_by_key(|(size, letters)| (*letters, *size));
        let size = usual.map_or(10.0, |(size, _)| size as f64 / 2.0).max(0.5);
        Measure {
            size,
            leading: leading(columns, size),
            is_bold: bold * 2 > all,
            is_mono: mono * 2 > all,
            words: words(columns),
        }
    }

    /// Whether all text is of one width.
    pub(super) fn is_all_mono(&self) -> bool {
        self.is_mono
    }

    /// Whether a line is larger than the running text, as headings are.
    pub(super) fn is_large(&self, line: &Piece) -> bool {
        line.size > self.size * 1.13 && line.letters >= 2
    }

    /// Whether a line is code: all letters of one width.
    pub(super) fn is_code(&self, line: &Piece) -> bool {
        !self.is_mono && shape::is_all(line, |look| look.mono)
    }

    /// Whether a word that a line end parts with a hyphen is written without it: `read` + `able` from
    /// `read-`. By the other words of the file; unknown ones are made whole.
    pub(super) fn is_one_word(&self, before: &str, after: &str) -> bool {
        let is_part = |c: char| c.is_alphanumeric() || c == '-' || c == '\'';
        let before = before.trim_end();
        let start = before.trim_end_matches(is_part).len();
        let first = before.get(start..).unwrap_or_default().to_lowercase();
        let rest = after.get(..after.len() - after.trim_start_matches(is_part).len());
        let rest = rest.unwrap_or_default();
        let stem = first.trim_end_matches(['-', '\u{ad}', '\u{2010}']);
        if first.ends_with('\u{ad}') {
            return true;
        }
        let whole = format!("{stem}{}", rest.to_lowercase());
        let hyphened = format!("{stem}-{}", rest.to_lowercase());
        let parts_are_words = stem.chars().all(|c| c.is_ascii_digit()) && !stem.is_empty();
        if self.words.contains(&whole) {
            return true;
        }
        let is_name = rest.chars().next().is_some_and(char::is_uppercase);
        !(self.words.contains(&hyphened) || parts_are_words || is_name || stem.contains('-'))
    }
}

/// The median distance of lines of the usual size.
fn leading(columns: &[Vec<Piece>], size: f64) -> f64 {
    let usual = |line: &Piece| (line.size - size).abs() < size * 0.06;
    let mut steps: Vec<f64> = columns
        .iter()
        .flat_map(|column| column.windows(2))
        .filter_map(|pair| Some((pair.first()?, pair.get(1)?)))
        .filter(|(a, b)| usual(a) && usual(b))
        .map(|(a, b)| b.base - a.base)
        .filter(|step| (size * 0.8..size * 3.0).contains(step))
        .collect();
    steps.sort_by(f64::total_cmp);
    // Below the median: gaps between paragraphs are among them.
    steps.get(steps.len() * 2 / 5).copied().unwrap_or(size * 1.25)
}

fn words(columns: &[Vec<Piece>]) -> HashSet<String> {
    let mut words = HashSet::new();
    for line in columns.iter().flatten() {
        let text = line.text();
        let is_part = |c: char| c.is_alphanumeric() || c == '-' || c == '\'';
        for word in text.split(|c: char| !is_part(c)) {
            let within = word.len() > 2 && !word.ends_with('-');
            if within && words.len() < MOST_WORDS {
                words.insert(super::letters::plain(word).to_lowercase());
            }
        }
    }
    words
}
