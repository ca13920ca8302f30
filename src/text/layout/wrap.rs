//! Fills lines greedily: as much as fits, ended where a line may end.

use std::ops::Range;

use super::breaks::{Break, BreakKind, breaks};
use crate::text::width::{Ambiguous, clusters, width};

/// The lines of `text` as byte ranges, without the white space at their ends. `first` and `rest` are
/// the columns of the first and of all further lines; a line holds at least one character even where
/// that is wider than the line.
pub(super) fn wrap(
    text: &str,
    first: usize,
    rest: usize,
    ambiguous: Ambiguous,
) -> Vec<Range<usize>> {
    let mut filler = Filler {
        text,
        ambiguous,
        first: first.max(1),
        rest: rest.max(1),
        lines: Vec::new(),
        start: 0,
        end: 0,
        column: 0,
    };
    let all = breaks(text);
    let mut from = 0;
    let mut reluctant = 0;
    for (i, place) in all.iter().enumerate() {
        if place.kind == BreakKind::Reluctantly {
            continue;
        }
        let within = all.get(reluctant..i).unwrap_or_default();
        filler.add(from..place.at, within);
        if place.kind == BreakKind::Must && place.at < text.len() {
            filler.end_line(place.at);
        }
        from = place.at;
        reluctant = i + 1;
    }
    filler.finish()
}

struct Filler<'t> {
    text: &'t str,
    ambiguous: Ambiguous,
    first: usize,
    rest: usize,
    lines: Vec<Range<usize>>,
    /// The line being filled: its bytes without white space at the end, and its columns with it.
    start: usize,
    end: usize,
    column: usize,
}

impl Filler<'_> {
    /// Adds a stretch that should not be broken, but may be at `within` if it is wider than a line.
    fn add(&mut self, stretch: Range<usize>, within: &[Break]) {
        let text = self.text.get(stretch.clone()).unwrap_or_default();
        let word = text.trim_end();
        let columns = width(word, self.ambiguous);
        let too_wide = columns > self.rest;
        let stays_whole = !too_wide || within.is_empty();
        if stays_whole && self.column > 0 && self.column + columns > self.room() {
            self.end_line(stretch.start);
        }
        let end = stretch.start + word.len();
        if self.column + columns <= self.room() {
            self.place(end, columns);
        } else {
            let mut from = stretch.start;
            for to in within.iter().map(|place| place.at).chain([end]) {
                self.add_piece(from..to);
                from = to;
            }
        }
        self.column += width(text.get(word.len()..).unwrap_or_default(), self.ambiguous);
    }

    /// Adds a piece of a word; one that is wider than a line is cut between characters.
    fn add_piece(&mut self, piece: Range<usize>) {
        let text = self.text.get(piece.clone()).unwrap_or_default();
        let columns = width(text, self.ambiguous);
        if self.column + columns > self.room() && self.column > 0 {
            self.end_line(piece.start);
        }
        if columns <= self.room() {
            self.place(piece.end, columns);
            return;
        }
        let mut at = piece.start;
        for (cluster, columns) in clusters(text, self.ambiguous) {
            if self.column + columns > self.room() && self.column > 0 {
                self.end_line(at);
            }
            at += cluster.len();
            self.place(at, columns);
        }
    }

    fn room(&self) -> usize {
        if self.lines.is_empty() { self.first } else { self.rest }
    }

    fn place(&mut self, end: usize, columns: usize) {
        self.end = end.max(self.end);
        self.column += columns;
    }

    fn end_line(&mut self, next: usize) {
        self.lines.push(self.start..self.end);
        self.start = next;
        self.end = next;
        self.column = 0;
    }

    fn finish(mut self) -> Vec<Range<usize>> {
        if self.end > self.start || self.lines.is_empty() {
            self.end_line(self.text.len());
        }
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, columns: usize) -> Vec<&str> {
        wrap(text, columns, columns, Ambiguous::Narrow).into_iter().map(|r| &text[r]).collect()
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
    }

    #[test]
    fn line_breaks_of_the_text_are_kept() {
        assert_eq!(lines("a\nb\n\nc", 10), ["a", "b", "", "c"]);
        assert_eq!(lines("", 10), [""]);
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
