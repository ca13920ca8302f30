//! Where a line may end: UAX #14 with the strict rules for Chinese and Japanese (ICU4X; Thai, Lao,
//! Khmer and Burmese by its dictionaries), and what it lacks for Chinese.
//!
//! Nearly all places are decided by their two neighbours alone: between two ideographs a line may end,
//! within a Latin word it may not. Only what lies between such easy neighbours is shown to ICU4X, which
//! gives the same places in a tenth of the time (a test compares).

mod barred;
mod easy;
mod quotes;

use icu_segmenter::options::{LineBreakOptions, LineBreakStrictness};
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

use crate::text::address;
use barred::is_barred;
use easy::{Easy, Place, easy, place};
use quotes::{Quotes, bracketed, is_quote};

/// A place where a line may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Break {
    /// The byte that begins the next line.
    pub(super) at: usize,
    /// Whether it must end there.
    pub(super) must: bool,
}

/// Finds the places; made once for a document.
pub(super) struct Breaks {
    segmenter: LineSegmenterBorrowed<'static>,
    /// A copy of what ICU4X looks at, with brackets for quotation marks.
    window: String,
    found: Vec<Break>,
}

impl Breaks {
    pub(super) fn new() -> Breaks {
        let mut options = LineBreakOptions::default();
        options.strictness = Some(LineBreakStrictness::Strict);
        let segmenter = LineSegmenter::new_dictionary(options);
        Breaks { segmenter, window: String::new(), found: Vec::new() }
    }

    /// The places where lines of `text` may end, in order, its end included.
    ///
    /// On top of UAX #14: quotation marks beside East Asian characters open and close as brackets do
    /// (rule 19a of Unicode 16), also over spaces; no line begins with a middle dot, a wave dash or an
    /// ellipsis; addresses stay whole while they fit; numbers keep their units, times and ranges hold
    /// together; Korean breaks at its spaces; short compounds (`GPT-4o`, `and/or`) stay whole.
    pub(super) fn of(&mut self, text: &str) -> &[Break] {
        self.found.clear();
        let mut urls = Urls { text, next: address::next_bare_range(text, 0) };
        let mut from = 0;
        for line in text.split_inclusive('\n') {
            self.line(text, from..from + line.len(), &mut urls);
            from += line.len();
            let must = line.ends_with('\n');
            self.found.push(Break { at: from, must });
        }
        if text.is_empty() {
            self.found.push(Break { at: 0, must: false });
        }
        &self.found
    }

    /// The places within one line of the source.
    fn line(&mut self, text: &str, range: std::ops::Range<usize>, urls: &mut Urls<'_>) {
        let line = text.get(range.clone()).unwrap_or_default();
        let mut quotes = Quotes::new(line);
        // The last easy character: its kind and its place.
        let mut last: Option<(Easy, usize)> = None;
        let mut spaced = false;
        // The last one that is no quotation mark: those cannot be told without it.
        let mut anchor = range.start;
        let mut is_hard = false;
        for (at, c) in line.char_indices() {
            let quote = is_quote(c);
            let kind = if !quote {
                easy(c)
            } else if is_hard {
                None
            } else {
                Some(quotes.kind(c, at))
            };
            let at = range.start + at;
            match kind {
                Some(Easy::Space) => spaced = true,
                Some(kind) => {
                    if is_hard {
                        self.ask(text, anchor..at + c.len_utf8(), last, urls);
                        is_hard = false;
                    } else if last.is_some() || spaced {
                        // Spaces at the start are as good as a letter.
                        let before = last.map_or(Easy::Letter, |(before, _)| before);
                        match place(before, spaced, kind) {
                            Place::Never => {}
                            Place::Free => self.push(at, urls),
                            Place::Asked => self.allow(text, at, urls),
                        }
                    }
                    last = Some((kind, at));
                    spaced = false;
                    if !quote {
                        anchor = at;
                    }
                }
                None => is_hard = true,
            }
        }
        if is_hard {
            self.ask(text, anchor..range.end, last, urls);
        }
    }

    /// Asks ICU4X about a stretch whose ends are easy, for the places behind `last`, which is the last
    /// easy character in it before what is hard.
    fn ask(
        &mut self,
        text: &str,
        range: std::ops::Range<usize>,
        last: Option<(Easy, usize)>,
        urls: &mut Urls<'_>,
    ) {
        let stretch = text.get(range.clone()).unwrap_or_default().trim_end_matches('\n');
        let mut window = std::mem::take(&mut self.window);
        window.clear();
        bracketed(stretch, &mut window);
        let known = last.map_or(range.start, |(_, at)| at);
        // The first and the last place are the ends of the stretch, not places in it.
        for at in self.segmenter.segment_str(&window) {
            if range.start + at > known && at < window.len() {
                self.allow(text, range.start + at, urls);
            }
        }
        self.window = window;
    }

    /// Notes a place that UAX #14 allows, unless setting forbids it.
    fn allow(&mut self, text: &str, at: usize, urls: &mut Urls<'_>) {
        if !is_barred(text, at) {
            self.push(at, urls);
        }
    }

    fn push(&mut self, at: usize, urls: &mut Urls<'_>) {
        if !urls.contains(at) {
            self.found.push(Break { at, must: false });
        }
    }
}

/// The addresses in the text, in step with the breaks.
struct Urls<'t> {
    text: &'t str,
    next: Option<std::ops::Range<usize>>,
}

impl Urls<'_> {
    fn contains(&mut self, at: usize) -> bool {
        while let Some(found) = self.next.take_if(|found| found.end <= at) {
            self.next = address::next_bare_range(self.text, found.end);
        }
        self.next.as_ref().is_some_and(|found| found.start < at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with `|` where a line may end.
    fn shown(text: &str) -> String {
        let mut out = String::new();
        let mut from = 0;
        for place in Breaks::new().of(text).iter().filter(|place| place.at < text.len()) {
            out.push_str(&text[from..place.at]);
            out.push('|');
            from = place.at;
        }
        out + &text[from..]
    }

    #[track_caller]
    fn all(expected: &[&str]) {
        for expected in expected {
            assert_eq!(shown(&expected.replace('|', "")), *expected);
        }
    }

    #[test]
    fn quotation_marks_break_like_brackets_beside_ideographs() {
        all(&[
            "说|“你|好”|然",
            "说：|“好。”|他",
            "用|“GPT-4o”|写",
            "“‘甲’|乙”，|丙",
            "I |don’t |“know”",
            "甲 |“乙” |丙",
        ]);
    }

    #[test]
    fn punctuation_never_begins_a_line_and_brackets_never_end_one() {
        all(&[
            "甲，|乙。|（丙）！",
            "《晚|点》、|「聊」：|好",
            "甲|——|乙……|丙",
            "约|翰·|史|密",
            "在|12：30，|到|1:02:03",
            "涨|了|30%，|共|50℃",
            "他 ，|乙 …|丙",
            "（ 甲 ）|乙",
            "Ａ．|Ｂ，|Ｃ",
            "甲|【乙】|〔丙〕|丁",
        ]);
    }

    #[test]
    fn latin_words_addresses_and_korean_stay_whole() {
        all(&[
            "用|GPT-4o|和|AI|写",
            "见|https://a.example/b-c?d=e。",
            "한국어 |문장",
            "a |self-|made |man |and/or |e-mail",
        ]);
    }

    #[test]
    fn numbers_keep_their_units_and_ranges_hold_together() {
        all(&[
            "到|2018年|共|30万|人",
            "10～20 个",
            "3.5 kg |of |5 km/h |rice",
            "10–20 |lines",
            "充|电 |10 kWh|电",
            "共 |12 亿|元",
        ]);
    }

    #[test]
    fn japanese_and_thai_break_as_they_are_written() {
        all(&["ちょっ|と|コー|ヒー|を|飲|む", "々|人々|の", "ｶﾞ|ﾗ|ｽ", "สวัสดี|ชาว|โลก"]);
    }

    #[test]
    fn what_belongs_together_on_the_screen_is_never_parted() {
        all(&["👨‍👩‍👧|🇨🇳|🇯🇵|❤️|好", "e\u{301}e\u{301} |a\u{308}"]);
    }

    #[test]
    fn lines_of_the_source_end() {
        let mut breaks = Breaks::new();
        let found: Vec<_> = breaks.of("a\n\n甲乙").iter().map(|b| (b.at, b.must)).collect();
        assert_eq!(found, [(2, true), (3, true), (6, false), (9, false)]);
        assert_eq!(breaks.of("").len(), 1);
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config {
            failure_persistence: None,
            ..proptest::test_runner::Config::default()
        })]

        /// Looking only at the hard places finds what looking at all of them does.
        #[test]
        fn the_short_way_finds_the_same_places(text in "[a-c甲乙年，。：？… 0-9“”‘’（）「」()}'\\-/—·!,.%$кéあっ가ㅎ한ーไทย😀\u{301}]{0,40}") {
            let mut breaks = Breaks::new();
            let short: Vec<usize> = breaks.of(&text).iter().map(|b| b.at).collect();
            let mut long = Breaks::new();
            let mut urls = Urls { text: &text, next: address::next_bare_range(&text, 0) };
            long.ask(&text, 0..text.len(), None, &mut urls);
            let mut long: Vec<usize> = long.found.iter().map(|b| b.at).collect();
            long.push(text.len());
            proptest::prop_assert_eq!(short, long);
        }
    }
}
