//! The content of a page: the operators that show text, and where each letter comes to stand
//! (ISO 32000-1 §9). Lines, colours and pictures are passed over.

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{
    Array, Dict, Object, ObjectIdentifier, String as Bytes, dict_or_stream,
};
use hayro_syntax::page::{Page, Resources};

use super::face::{Faces, Look, is_form};
use super::matrix::{Area, Matrix};

/// One letter as it stands on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(clippy::struct_field_names, reason = "it is the letter itself")]
pub(super) struct Letter {
    pub(super) letter: char,
    /// Left and right end, and the line it stands on, in points; `y` grows downwards.
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) base: f64,
    /// The size of its font on the page, in points.
    pub(super) size: f64,
    pub(super) look: Look,
    /// The direction of writing in quarter turns: 0 is to the right, 1 downwards.
    pub(super) turn: u8,
    /// It is there to be found and copied, not to be seen, as in scanned pages.
    pub(super) hidden: bool,
    /// The file says that it is a running head or the like.
    pub(super) beside: bool,
    /// Index of the link that it lies in.
    pub(super) link: Option<usize>,
}

/// Most letters of one page, and of a file.
pub(super) const MOST_LETTERS: usize = 3_000_000;
/// Most operators of a file: what real ones have a hundred times over.
const MOST_OPERATORS: usize = 30_000_000;
/// Deepest nesting of forms.
const MOST_FORMS: usize = 12;
/// Most bytes of content that are unpacked for a file.
const MOST_CONTENT: usize = 256 << 20;

/// Reads the content of pages; one for a file, so that its limits hold for all of it.
pub(super) struct Scanner<'a> {
    faces: Faces<'a>,
    letters: Vec<Letter>,
    state: State,
    saved: Vec<State>,
    marks: Vec<Mark>,
    /// Where the links of the page lie.
    links: Vec<(Area, usize)>,
    forms: Vec<ObjectIdentifier>,
    operators: usize,
    content: usize,
}

/// What the next letter depends on.
#[derive(Debug, Clone, Copy)]
struct State {
    /// From the space of the content to the page.
    page: Matrix,
    text: Matrix,
    line: Matrix,
    face: Option<usize>,
    size: f64,
    between_letters: f64,
    between_words: f64,
    /// 1 is as wide as the font has it.
    stretch: f64,
    leading: f64,
    rise: f64,
    hidden: bool,
}

/// A stretch of marked content.
struct Mark {
    beside: bool,
    /// The text that stands for it, and the letters that were there when it began.
    actual: Option<(String, usize)>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new() -> Scanner<'a> {
        Scanner {
            faces: Faces::new(),
            letters: Vec::new(),
            state: State::new(Matrix::IDENTITY),
            saved: Vec::new(),
            marks: Vec::new(),
            links: Vec::new(),
            forms: Vec::new(),
            operators: 0,
            content: 0,
        }
    }

    /// The letters of a page in the order of its content. `links` are places and what they lead to.
    pub(super) fn page(&mut self, page: &Page<'a>, links: Vec<(Area, usize)>) -> Vec<Letter> {
        self.links = links;
        self.state = State::new(Matrix::new(page.initial_transform(true).as_coeffs()));
        self.saved.clear();
        self.marks.clear();
        self.run(page.typed_operations(), page.resources());
        std::mem::take(&mut self.letters)
    }

    /// Whether the limits of the file are reached.
    pub(super) fn is_spent(&self) -> bool {
        self.operators >= MOST_OPERATORS || self.content >= MOST_CONTENT
    }

    fn run(&mut self, mut operators: TypedIter<'_>, resources: &Resources<'a>) {
        let depth = self.saved.len();
        while let Some(op) = operators.next() {
            self.operators += 1;
            if self.is_spent() || self.letters.len() >= MOST_LETTERS {
                break;
            }
            self.operator(op, resources, depth);
        }
        if let Some(state) = self.saved.get(depth) {
            self.state = *state;
        }
        self.saved.truncate(depth);
    }

    fn operator(&mut self, op: Op<'_, '_>, resources: &Resources<'a>, depth: usize) {
        let state = &mut self.state;
        match op {
            // Deeper than any real file: it only loses what a restore would bring back.
            Op::SaveState(_) if self.saved.len() < 1024 => self.saved.push(*state),
            Op::RestoreState(_) if self.saved.len() > depth => {
                if let Some(saved) = self.saved.pop() {
                    *state = saved;
                }
            }
            Op::Transform(m) => {
                let parts = [m.0, m.1, m.2, m.3, m.4, m.5].map(|part| part.as_f64());
                state.page = Matrix::new(parts).then(state.page);
            }
            Op::BeginText(_) => (state.text, state.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            Op::SetTextMatrix(m) => {
                let parts = [m.0, m.1, m.2, m.3, m.4, m.5].map(|part| part.as_f64());
                (state.text, state.line) = (Matrix::new(parts), Matrix::new(parts));
            }
            Op::NextLine(to) => state.next_line(to.0.as_f64(), to.1.as_f64()),
            Op::NextLineAndSetLeading(to) => {
                state.leading = -to.1.as_f64();
                state.next_line(to.0.as_f64(), to.1.as_f64());
            }
            Op::NextLineUsingLeading(_) => state.next_line(0.0, -state.leading),
            Op::CharacterSpacing(n) => state.between_letters = n.0.as_f64(),
            Op::WordSpacing(n) => state.between_words = n.0.as_f64(),
            Op::HorizontalScaling(n) => state.stretch = n.0.as_f64() / 100.0,
            Op::TextLeading(n) => state.leading = n.0.as_f64(),
            Op::TextRise(n) => state.rise = n.0.as_f64(),
            Op::TextRenderingMode(n) => state.hidden = matches!(n.0.as_i64(), 3 | 7),
            Op::TextFont(font) => {
                state.size = font.1.as_f64();
                state.face = resources.get_font(font.0).and_then(|dict| self.faces.index(&dict));
            }
            Op::ShowText(text) => self.show(text.0),
            Op::ShowTexts(texts) => self.show_all(texts.0),
            Op::NextLineAndShowText(text) => {
                state.next_line(0.0, -state.leading);
                self.show(text.0);
            }
            Op::ShowTextWithParameters(text) => {
                (state.between_words, state.between_letters) = (text.0.as_f64(), text.1.as_f64());
                state.next_line(0.0, -state.leading);
                self.show(text.2);
            }
            Op::XObject(named) => self.form(named.0, resources),
            Op::BeginMarkedContent(mark) => self.begin_mark(mark.0.as_str(), None),
            Op::BeginMarkedContentWithProperties(mark) => {
                let named = mark.1.clone().into_name();
                let named = named.and_then(|name| resources.properties.get::<Dict<'_>>(&name));
                let own = dict_or_stream(mark.1).map(|(dict, _)| dict.clone());
                let about = named.as_ref().or(own.as_ref());
                let actual = about.and_then(|about| about.get::<Bytes<'_>>("ActualText"));
                self.begin_mark(
                    mark.0.as_str(),
                    actual.map(|text| super::facts::text(text.as_bytes())),
                );
            }
            Op::EndMarkedContent(_) => self.end_mark(),
            _ => {}
        }
    }

    fn form(&mut self, name: &hayro_syntax::object::Name<'_>, resources: &Resources<'a>) {
        let Some(stream) = resources.get_x_object(name).filter(is_form) else { return };
        let id = stream.obj_id();
        if self.forms.len() >= MOST_FORMS || self.forms.contains(&id) {
            return;
        }
        let Ok(content) = stream.decoded_data() else { return };
        // A form that does nothing may still be called without end.
        self.content += content.len() + 256;
        let before = self.state;
        if let Some(matrix) = stream.dict().get::<[f64; 6]>("Matrix") {
            self.state.page = Matrix::new(matrix).then(self.state.page);
        }
        let own = stream.dict().get::<Dict<'a>>("Resources").map(Resources::new);
        self.forms.push(id);
        self.run(TypedIter::new(&content), own.as_ref().unwrap_or(resources));
        self.forms.pop();
        self.state = before;
    }

    fn show_all(&mut self, texts: &Array<'_>) {
        for part in texts.iter::<Object<'_>>() {
            match part {
                Object::Number(back) => {
                    let state = &mut self.state;
                    let step = -back.as_f64() / 1000.0 * state.size * state.stretch;
                    state.text = Matrix::shift(step, 0.0).then(state.text);
                }
                Object::String(text) => self.show(&text),
                _ => {}
            }
        }
    }

    fn show(&mut self, text: &Bytes<'_>) {
        let state = &mut self.state;
        let Some(face) = state.face.and_then(|index| self.faces.get(index)) else { return };
        let beside = self.marks.iter().any(|mark| mark.beside);
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() && self.letters.len() < MOST_LETTERS {
            let (code, length) = face.code(bytes, at);
            at += length;
            let wide = face.advance(code) / 1000.0 * state.size;
            let place = state.text.then(state.page);
            let (left, base) = place.point(0.0, state.rise);
            let (right, end) = place.point(wide * state.stretch, state.rise);
            let size = place.height() * state.size.abs();
            let step = if code == 32 && length == 1 { state.between_words } else { 0.0 };
            let step = (wide + state.between_letters + step) * state.stretch;
            state.text = Matrix::shift(step, 0.0).then(state.text);
            if !place.is_finite() || !size.is_finite() || size < 0.1 {
                continue;
            }
            let turn = turn(place.right(), state.size);
            let middle = (f64::midpoint(left, right), f64::midpoint(base, end) - size / 4.0);
            let link = self.links.iter().find(|(area, _)| area.holds(middle.0, middle.1));
            let link = link.map(|(_, link)| *link);
            let (from, to, base) = match turn {
                0 => (left, right, base),
                1 => (base, end, -left),
                2 => (-left, -right, -base),
                _ => (-base, -end, left),
            };
            let look = face.look;
            let letters = face.letters(code, length);
            let many = letters.chars().count().max(1) as f64;
            for (nth, letter) in letters.chars().enumerate() {
                let share = |n: f64| from + (to - from) * n / many;
                let (a, b) = (share(nth as f64), share(nth as f64 + 1.0));
                self.letters.push(Letter {
                    letter,
                    left: a.min(b),
                    right: a.max(b),
                    base,
                    size,
                    look,
                    turn,
                    hidden: state.hidden,
                    beside,
                    link,
                });
            }
        }
    }

    fn begin_mark(&mut self, tag: &str, actual: Option<String>) {
        if self.marks.len() < 1024 {
            let actual = actual.map(|text| (text, self.letters.len()));
            self.marks.push(Mark { beside: tag == "Artifact", actual });
        }
    }

    /// Puts the text that stands for marked content in place of its letters, if they are on one line.
    fn end_mark(&mut self) {
        let Some(Mark { actual: Some((text, from)), .. }) = self.marks.pop() else { return };
        let Some(replaced) = self.letters.get(from..) else { return };
        let (Some(first), Some(last)) = (replaced.first().copied(), replaced.last().copied())
        else {
            return;
        };
        let count = text.chars().count();
        if replaced.iter().any(|letter| (letter.base - first.base).abs() > 0.01) || count > 256 {
            return;
        }
        self.letters.truncate(from);
        let wide = (last.right - first.left) / count.max(1) as f64;
        for (nth, letter) in text.chars().enumerate() {
            let left = first.left + wide * nth as f64;
            self.letters.push(Letter { letter, left, right: left + wide, ..first });
        }
    }
}

/// The direction of writing in quarter turns.
fn turn((x, y): (f64, f64), size: f64) -> u8 {
    let (x, y) = if size < 0.0 { (-x, -y) } else { (x, y) };
    if x.abs() >= y.abs() {
        if x >= 0.0 { 0 } else { 2 }
    } else if y > 0.0 {
        1
    } else {
        3
    }
}

impl State {
    fn new(page: Matrix) -> State {
        State {
            page,
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            face: None,
            size: 1.0,
            between_letters: 0.0,
            between_words: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            hidden: false,
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::shift(x, y).then(self.line);
        self.text = self.line;
    }
}
