//! Letters to lines: letters that follow each other become pieces, pieces of one height a line.

use super::content::Letter;
use super::face::{Look, UNKNOWN};
use super::letters;

/// Text of one look within a line.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) look: Look,
    pub(super) link: Option<usize>,
}

/// Letters that follow each other on one height, without a gap wider than a letter.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Piece {
    pub(super) runs: Vec<Run>,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) base: f64,
    /// The size of most of its letters.
    pub(super) size: f64,
    /// How many letters, spaces left out.
    pub(super) letters: usize,
    /// The widest gap between the pieces that make a line.
    pub(super) gap: f64,
}

/// A gap wider than this, in sizes of the font, parts pieces: columns, cells, marks of lists.
const PARTED: f64 = 1.1;
/// A gap wider than this is a space. Letters are set closer, words wider.
const SPACED: f64 = 0.12;

impl Piece {
    pub(super) fn top(&self) -> f64 {
        self.base - self.size * 0.8
    }

    pub(super) fn bottom(&self) -> f64 {
        self.base + self.size * 0.25
    }

    pub(super) fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }

    /// Adds a piece that stands to the right on the same line.
    pub(super) fn join(&mut self, mut next: Piece) {
        let last = self.runs.last().and_then(|run| run.text.chars().next_back());
        let first = next.runs.first().and_then(|run| run.text.chars().next());
        let gap = next.left - self.right;
        let wide = self.size.max(next.size);
        let close = match (last, first) {
            (Some(a), Some(b)) if letters::is_ideographic(a) && letters::is_ideographic(b) => {
                gap < wide * 1.5
            }
            _ => gap < wide * SPACED,
        };
        if !close && !last.is_some_and(char::is_whitespace) {
            self.push(' ', Look::default(), None);
        }
        self.gap = self.gap.max(next.gap).max(gap);
        if next.letters > self.letters {
            (self.size, self.base) = (next.size, next.base);
        }
        self.letters += next.letters;
        self.left = self.left.min(next.left);
        self.right = self.right.max(next.right);
        self.runs.append(&mut next.runs);
    }

    fn push(&mut self, letter: char, look: Look, link: Option<usize>) {
        match self.runs.last_mut() {
            // A space takes the look of what it follows.
            Some(run) if letter == ' ' && link.is_none_or(|_| run.link == link) => {
                run.text.push(' ');
            }
            Some(run) if run.look == look && run.link == link => run.text.push(letter),
            _ => self.runs.push(Run { text: letter.into(), look, link }),
        }
    }
}

/// The pieces of a page, in the order of its content.
pub(super) fn pieces(all: &[Letter]) -> Vec<Piece> {
    let mut done = Vec::new();
    let mut open: Option<(Piece, Letter)> = None;
    for letter in all {
        let Some(shown) = letters::shown(letter.letter) else { continue };
        let mut letter = Letter { letter: shown, ..*letter };
        let Some((piece, last)) = &mut open else {
            open = begun(letter);
            continue;
        };
        if letters::compose(piece, last, &mut letter) {
            *last = letter;
            continue;
        }
        if !goes_on(piece, last, &letter) {
            let fresh = begun(letter);
            if let Some((piece, _)) = std::mem::replace(&mut open, fresh) {
                done.push(piece);
            }
            continue;
        }
        let gap = letter.left - last.right;
        let blank = last.letter == ' ' || letter.letter == ' ';
        let dense = letters::is_ideographic(last.letter) && letters::is_ideographic(letter.letter);
        if !blank && !dense && gap > letter.size.min(last.size) * SPACED {
            piece.push(' ', last.look, None);
        }
        if letter.letter != ' ' || last.letter != ' ' {
            piece.push(letter.letter, letter.look, letter.link);
        }
        if letter.letter != ' ' {
            piece.letters += 1;
            if letter.size > piece.size {
                (piece.size, piece.base) = (letter.size, letter.base);
            }
            piece.right = piece.right.max(letter.right);
        }
        *last = letter;
    }
    done.extend(open.map(|(piece, _)| piece));
    done.retain(|piece| piece.letters > 0);
    done
}

fn begun(letter: Letter) -> Option<(Piece, Letter)> {
    let Letter { left, right, base, size, .. } = letter;
    let mut piece = Piece { left, right, base, size, ..Piece::default() };
    if letter.letter == ' ' {
        return None;
    }
    piece.push(letter.letter, letter.look, letter.link);
    piece.letters = 1;
    Some((piece, letter))
}

/// Whether a letter belongs to the piece: beside the last one, on its line or raised a little.
fn goes_on(piece: &Piece, last: &Letter, letter: &Letter) -> bool {
    let size = piece.size.max(letter.size);
    let gap = letter.left - last.right;
    let shift = (letter.base - piece.base).abs();
    let raised =
        shift < size * 0.55 && (letter.size < piece.size * 0.85 || last.size < letter.size * 0.85);
    let level = shift < size * 0.2;
    (level || raised) && gap > -size * 0.6 && gap < size * PARTED
}

/// The pieces of a column as lines from top to bottom.
pub(super) fn lines(mut pieces: Vec<Piece>) -> Vec<Piece> {
    pieces.sort_by(|a, b| a.base.total_cmp(&b.base));
    let mut lines: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        let belongs = lines.last().is_some_and(|line| {
            line.iter().any(|other| {
                let size = other.size.max(piece.size);
                (other.base - piece.base).abs() < size * 0.4
            }) && line.iter().all(|other| {
                other.right < piece.left + piece.size * 0.5
                    || piece.right < other.left + piece.size * 0.5
            })
        });
        match lines.last_mut().filter(|_| belongs) {
            Some(line) => line.push(piece),
            None => lines.push(vec![piece]),
        }
    }
    lines.into_iter().filter_map(joined).collect()
}

fn joined(mut line: Vec<Piece>) -> Option<Piece> {
    line.sort_by(|a, b| a.left.total_cmp(&b.left));
    line.into_iter().reduce(|mut line, piece| {
        line.join(piece);
        line
    })
}

/// How many letters of a text no table explained.
pub(super) fn unknown(pieces: &[Piece]) -> usize {
    pieces.iter().flat_map(|piece| &piece.runs).map(|run| run.text.matches(UNKNOWN).count()).sum()
}
