//! Fills lines greedily: as much as fits, ended where a line may end.

use std::ops::Range;

use super::breaks::Breaks;
use super::punctuation::{closes, opens};
use super::spacing::Spacing;
use super::word::{Word, columns};
use crate::text::width::{Ambiguous, clusters};

/// Where a word that is wider than a line is cut, behind one of these: addresses, paths, long names.
const JOINTS: &str = "/?&=-._%:#+~";

/// One line of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filled {
    /// Its bytes, without the white space at its end.
    pub(super) range: Range<usize>,
    /// Columns that it takes, spaces between scripts included.
    pub(super) columns: usize,
    /// Whether the text or its line ends here, so that the line is not to be spread.
    pub(super) last: bool,
}

/// Breaks texts into lines; made once for a document.
pub(super) struct Wrapper {
    breaks: Breaks,
    pub(super) ambiguous: Ambiguous,
}

impl Wrapper {
    pub(super) fn new(ambiguous: Ambiguous) -> Wrapper {
        Wrapper { breaks: Breaks::new(), ambiguous }
    }

    /// The lines of `text`. `first` and `rest` are the columns of the first and of all further lines; a
    /// line holds at least one character even where that is wider than the line.
    pub(super) fn wrap(
        &mut self,
        text: &str,
        first: usize,
        rest: usize,
        spacing: &Spacing,
    ) -> Vec<Filled> {
        let mut filler = Filler {
            text,
            spacing,
            ambiguous: self.ambiguous,
            first: first.max(1),
            rest: rest.max(1),
            lines: Vec::new(),
            start: 0,
            end: 0,
            used: 0,
            column: 0,
            spaces: 0,
        };
        let mut from = 0;
        for place in self.breaks.of(text) {
            filler.add(from..place.at);
            if place.must && place.at < text.len() {
                filler.end_line(place.at, true);
            }
            from = place.at;
        }
        filler.finish()
    }
}

struct Filler<'t> {
    text: &'t str,
    spacing: &'t Spacing,
    ambiguous: Ambiguous,
    first: usize,
    rest: usize,
    lines: Vec<Filled>,
    /// The line being filled: its bytes and columns without white space at the end, and its columns
    /// with it.
    start: usize,
    end: usize,
    used: usize,
    column: usize,
    /// How many of the spaces between scripts lie before what is being added.
    spaces: usize,
}

impl Filler<'_> {
    /// Adds a stretch that should not be broken.
    fn add(&mut self, stretch: Range<usize>) {
        let text = self.text.get(stretch.clone()).unwrap_or_default();
        let word = Word::measured(text, stretch.start, self.spacing, self.ambiguous);
        let columns = word.columns;
        self.spaces = self.spacing.next(self.spaces, stretch.start);
        let spaced = self.spacing.place(self.spaces) == Some(stretch.start);
        let gap = usize::from(self.column > 0 && spaced);
        let end = stretch.start + word.len;
        if self.column + gap + columns <= self.room() {
            self.place(end, gap + columns);
        } else if columns <= self.rest {
            if self.column > 0 {
                self.end_line(stretch.start, false);
            }
            if columns <= self.room() {
                self.place(end, columns);
            } else {
                self.cut(stretch.start..end);
            }
        } else {
            self.cut(stretch.start..end);
        }
        self.column += word.blank;
    }

    fn columns(&self, word: &str, start: usize) -> usize {
        columns(word, start, self.spacing, self.ambiguous)
    }

    /// Adds a word that is wider than a line: at its joints where it has some, else between characters,
    /// but not before what closes nor behind what opens.
    fn cut(&mut self, word: Range<usize>) {
        let text = self.text.get(word.clone()).unwrap_or_default();
        let mut from = 0;
        let mut before = None;
        for (at, c) in text.char_indices() {
            if before.is_some_and(|before| JOINTS.contains(before) && !JOINTS.contains(c))
                && !closes(c)
            {
                self.add_part(word.start + from..word.start + at);
                from = at;
            }
            before = Some(c);
        }
        self.add_part(word.start + from..word.end);
    }

    /// Adds a part of a word; one that is itself wider than a line is cut between characters.
    fn add_part(&mut self, part: Range<usize>) {
        let text = self.text.get(part.clone()).unwrap_or_default();
        let columns = self.columns(text, part.start);
        let gap = usize::from(self.column > 0 && self.spacing.is_at(part.start));
        if self.column > 0 && self.column + gap + columns <= self.room() {
            self.place(part.end, gap + columns);
            return;
        }
        if self.column > 0 {
            self.end_line(part.start, false);
        }
        if columns <= self.room() {
            self.place(part.end, columns);
            return;
        }
        // Clusters that belong together are placed together, unless they fill a line.
        let mut held = part.start..part.start;
        let mut held_columns = 0;
        let mut before: Option<char> = None;
        for (cluster, columns) in clusters(text, self.ambiguous) {
            let first = cluster.chars().next().unwrap_or(' ');
            let joined = closes(first) || before.is_some_and(opens);
            let gap = usize::from(self.spacing.is_at(held.end));
            if held.start < held.end && (!joined || held_columns + gap + columns > self.rest) {
                self.add_held(&held, held_columns);
                held = held.end..held.end;
                held_columns = 0;
            }
            held_columns += columns + if held.start < held.end { gap } else { 0 };
            held.end += cluster.len();
            before = cluster.chars().next_back();
        }
        self.add_held(&held, held_columns);
    }

    fn add_held(&mut self, held: &Range<usize>, columns: usize) {
        let gap = usize::from(self.column > 0 && self.spacing.is_at(held.start));
        if self.column > 0 && self.column + gap + columns > self.room() {
            self.end_line(held.start, false);
            self.place(held.end, columns);
        } else {
            self.place(held.end, gap + columns);
        }
    }

    fn room(&self) -> usize {
        if self.lines.is_empty() { self.first } else { self.rest }
    }

    fn place(&mut self, end: usize, columns: usize) {
        if end > self.end {
            self.end = end;
            self.column += columns;
            self.used = self.column;
        }
    }

    fn end_line(&mut self, next: usize, last: bool) {
        self.lines.push(Filled { range: self.start..self.end, columns: self.used, last });
        self.start = next;
        self.end = next;
        self.used = 0;
        self.column = 0;
    }

    fn finish(mut self) -> Vec<Filled> {
        if self.end > self.start || self.lines.is_empty() {
            self.end_line(self.text.len(), true);
        }
        if let Some(line) = self.lines.last_mut() {
            line.last = true;
        }
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::width::width;

    fn lines(text: &str, columns: usize) -> Vec<&str> {
        let mut wrapper = Wrapper::new(Ambiguous::Narrow);
        let lines = wrapper.wrap(text, columns, columns, &Spacing::none());
        lines.into_iter().map(|line| &text[line.range]).collect()
    }

    #[test]
    fn chinese_fills_its_lines_by_the_rules() {
        let text = "他说：“电池（固态的）还要十年。”然后沉默……";
        for (columns, expected) in [
            (60, vec!["他说：“电池（固态的）还要十年。”然后沉默……"]),
            (20, vec!["他说：“电池（固态", "的）还要十年。”然后", "沉默……"]),
            (12, vec!["他说：“电池", "（固态的）还", "要十年。”然", "后沉默……"]),
            (8, vec!["他说：", "“电池", "（固态", "的）还要", "十年。”", "然后沉", "默……"]),
        ] {
            assert_eq!(lines(text, columns), expected, "{columns}");
        }
    }

    #[test]
    fn mixed_text_breaks_between_scripts_not_within_words() {
        let text = "我们用GPT-4o和Python写代码 and it works";
        for (columns, expected) in [
            (16, vec!["我们用GPT-4o和", "Python写代码 and", "it works"]),
            (10, vec!["我们用", "GPT-4o和", "Python写代", "码 and it", "works"]),
        ] {
            let found = lines(text, columns);
            assert_eq!(found, expected, "{columns}");
            assert_eq!(found.concat().replace(' ', ""), text.replace(' ', ""));
        }
    }

    #[test]
    fn addresses_move_whole_if_they_can_and_break_at_their_joints_if_not() {
        let text = "详情见 https://a.example/path/to/page?x=1 谢谢";
        assert_eq!(lines(text, 40), ["详情见", "https://a.example/path/to/page?x=1 谢谢"]);
        assert_eq!(lines(text, 20), ["详情见 https://a.", "example/path/to/", "page?x=1 谢谢"]);
        assert_eq!(lines("a::long_name::of_something", 12), ["a::long_", "name::of_", "something"]);
    }

    #[test]
    fn line_breaks_of_the_text_are_kept() {
        assert_eq!(lines("a\nb\n\nc", 10), ["a", "b", "", "c"]);
        assert_eq!(lines("", 10), [""]);
    }

    #[test]
    fn words_that_are_cut_leave_no_mark_at_the_start_of_a_line() {
        assert_eq!(lines("abcdefghij，klm", 10), ["abcdefghi", "j，klm"]);
        assert_eq!(lines("（abcdefghij）", 10), ["（abcdefgh", "ij）"]);
        assert_eq!(lines("。。。。。。。", 4), ["。。", "。。", "。。", "。"]);
    }

    #[test]
    fn no_line_is_too_wide_and_nothing_is_lost_at_any_width() {
        let text = "“啊！”他说。。。。。。。。supercalifragilistic（https://a.example/很/长?a=b）👨‍👩‍👧가나다라마바사 e\u{301}";
        for columns in 1..40 {
            let lines = lines(text, columns);
            for line in &lines {
                assert!(width(line, Ambiguous::Narrow) <= columns.max(2), "{columns}: {line}");
            }
            assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        }
    }
}
