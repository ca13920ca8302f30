//! Where a line may end: UAX #14 with the strict rules for Chinese and Japanese (ICU4X; Thai, Lao,
//! Khmer and Burmese by its dictionaries), and what it lacks for Chinese.
//!
//! Nearly all places are decided by their two neighbours alone: between two ideographs a line may end,
//! within a Latin word it may not. Only what lies between such easy neighbours is shown to ICU4X, which
//! gives the same places in a tenth of the time (a test compares).

use icu_segmenter::options::{LineBreakOptions, LineBreakStrictness};
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};
use unicode_width::UnicodeWidthChar;

use super::punctuation::{closes, opens};
use crate::text::address;

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
        let mut urls = Urls { text, next: address::next_bare(text, 0) };
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
        // The last easy character: its kind, its place, and whether spaces follow it.
        let mut last: Option<(Easy, usize)> = None;
        let mut spaced = false;
        // Where what ICU4X must look at begins.
        let mut hard: Option<usize> = None;
        for (at, c) in line.char_indices() {
            let at = range.start + at;
            match easy(c) {
                Some(Easy::Space) => spaced = true,
                Some(kind) => {
                    if let Some(from) = hard.take() {
                        self.ask(text, from..at + c.len_utf8(), urls);
                    } else if match last {
                        Some((before, _)) => is_free(before, kind, spaced),
                        // Behind spaces at the start.
                        None => spaced,
                    } {
                        self.allow(text, at, urls);
                    }
                    last = Some((kind, at));
                    spaced = false;
                }
                None => {
                    let from = last.map_or(range.start, |(_, at)| at);
                    hard.get_or_insert(from);
                }
            }
        }
        if let Some(from) = hard {
            self.ask(text, from..range.end, urls);
        }
    }

    /// Asks ICU4X about a stretch whose ends are easy.
    fn ask(&mut self, text: &str, range: std::ops::Range<usize>, urls: &mut Urls<'_>) {
        let stretch = text.get(range.clone()).unwrap_or_default().trim_end_matches('\n');
        let mut window = std::mem::take(&mut self.window);
        window.clear();
        bracketed(stretch, &mut window);
        // The first and the last place are the ends of the stretch, not places in it.
        for at in self.segmenter.segment_str(&window) {
            if at > 0 && at < window.len() {
                self.allow(text, range.start + at, urls);
            }
        }
        self.window = window;
    }

    fn allow(&mut self, text: &str, at: usize, urls: &mut Urls<'_>) {
        if !urls.contains(at) && !is_barred(text, at) {
            self.found.push(Break { at, must: false });
        }
    }
}

/// Characters beside which the rules need no context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Easy {
    Ideograph,
    Letter,
    /// Full-width marks that close: `，。、：；！？`.
    Mark,
    Space,
}

fn easy(c: char) -> Option<Easy> {
    match c {
        'a'..='z' | 'A'..='Z' => Some(Easy::Letter),
        ' ' => Some(Easy::Space),
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' => Some(Easy::Ideograph),
        '，' | '。' | '、' | '：' | '；' | '！' | '？' => Some(Easy::Mark),
        _ => None,
    }
}

/// Whether a line may end between two easy characters.
fn is_free(before: Easy, after: Easy, spaced: bool) -> bool {
    match (before, after) {
        (_, Easy::Mark) => false,
        (Easy::Letter, Easy::Letter) => spaced,
        _ => true,
    }
}

/// The addresses in the text, in step with the breaks.
struct Urls<'t> {
    text: &'t str,
    next: Option<address::Found>,
}

impl Urls<'_> {
    fn contains(&mut self, at: usize) -> bool {
        while let Some(found) = self.next.take_if(|found| found.end <= at) {
            self.next = address::next_bare(self.text, found.end);
        }
        self.next.as_ref().is_some_and(|found| found.start < at)
    }
}

/// Copies a stretch; quotation marks next to East Asian characters become brackets, which take as many
/// bytes and break as the marks should.
fn bracketed(stretch: &str, out: &mut String) {
    if !stretch.contains(is_quote) {
        out.push_str(stretch);
        return;
    }
    let east = |c: Option<char>| c.is_some_and(is_east_asian);
    let mut before = None;
    let mut after: Option<(usize, bool)> = None;
    for (at, c) in stretch.char_indices() {
        if !is_quote(c) {
            before = Some(c);
            out.push(c);
            continue;
        }
        // The nearest neighbour behind that is no quotation mark, looked for once for a row of them.
        let next_east = after.filter(|(until, _)| at < *until).map(|(_, east)| east);
        let next_east = next_east.unwrap_or_else(|| {
            let rest = stretch.get(at..).unwrap_or_default();
            let len = rest.find(|c| !is_quote(c)).unwrap_or(rest.len());
            let found = east(rest.get(len..).and_then(|rest| rest.chars().next()));
            after = Some((at + len, found));
            found
        });
        let bracket = if matches!(c, '“' | '‘') { '（' } else { '）' };
        out.push(if next_east || east(before) { bracket } else { c });
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’')
}

fn is_east_asian(c: char) -> bool {
    !c.is_ascii() && c.width() == Some(2) && !is_hangul(c)
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{AC00}'..='\u{D7AF}')
}

/// Whether the setting of Chinese, Korean or numbers forbids a break that UAX #14 allows.
fn is_barred(text: &str, at: usize) -> bool {
    let Some((head, tail)) = text.split_at_checked(at) else { return false };
    let Some(next) = tail.chars().next() else { return false };
    if closes(next) {
        return true;
    }
    let mut before = head.chars().rev();
    let Some(last) = before.next() else { return false };
    if last == ' ' {
        let word = head.trim_end_matches(' ');
        return word.chars().next_back().is_some_and(|c| {
            opens(c) || (c.is_ascii_digit() && head.len() - word.len() == 1 && is_unit(tail))
        });
    }
    if opens(last) {
        return true;
    }
    match (last, next) {
        ('·' | '‧', next) => next.is_ascii(),
        ('—', '—') => true,
        ('：' | '∶' | '～' | '〜' | '–', next) if next.is_ascii_digit() => {
            before.next().is_some_and(|c| c.is_ascii_digit())
        }
        (last, next) if last.is_ascii_digit() => counts(next),
        ('-' | '/' | '‐', next) if next.is_ascii_alphanumeric() => is_short_compound(head, tail),
        (last, next) => is_hangul(last) && is_hangul(next),
    }
}

/// Ideographs that go with the number before them.
fn counts(c: char) -> bool {
    "年月日号號时時点點分秒万萬亿億千百元块塊美欧角岁歲倍度米公克斤吨噸里个個名家位次条條页頁章节節期集岁种種代届".contains(c)
}

/// Whether a text begins with a unit that is written behind a space.
fn is_unit(text: &str) -> bool {
    const UNITS: [&str; 46] = [
        "mm", "cm", "m", "km", "nm", "g", "kg", "mg", "t", "s", "ms", "min", "h", "Hz", "kHz",
        "MHz", "GHz", "W", "kW", "MW", "GW", "Wh", "kWh", "MWh", "GWh", "TWh", "V", "A", "Ah",
        "mAh", "K", "B", "KB", "MB", "GB", "TB", "PB", "kB", "px", "pt", "dB", "fps", "bps",
        "Mbps", "Gbps", "°C",
    ];
    if text.chars().next().is_some_and(|c| !c.is_ascii() && counts(c)) {
        return true;
    }
    let end = text.find(|c: char| !c.is_alphabetic() && c != '°').unwrap_or(text.len());
    // A word of a Chinese text may follow the unit at once.
    let unit = text.get(..end).unwrap_or_default();
    let unit = unit.split(is_east_asian).next().unwrap_or_default();
    UNITS.contains(&unit)
}

/// Whether a hyphen or slash joins parts too short to stand alone on a line: less than three letters.
fn is_short_compound(head: &str, tail: &str) -> bool {
    let joint = head.chars().next_back();
    let letters = |c: &char| c.is_alphabetic() && !is_east_asian(*c);
    let before = head.chars().rev().skip(1).take_while(letters).take(3).count();
    let after = tail.chars().take_while(letters).take(3).count();
    joint == Some('/') || before < 3 || after < 3
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
        fn the_short_way_finds_the_same_places(text in "[a-c甲乙丙，。：？ 0-9“”（）\\-/—…·!?,.%$кㅎ한ーっไทย\u{301}]{0,40}") {
            let mut breaks = Breaks::new();
            let short: Vec<usize> = breaks.of(&text).iter().map(|b| b.at).collect();
            let mut long = Breaks::new();
            let mut urls = Urls { text: &text, next: address::next_bare(&text, 0) };
            long.ask(&text, 0..text.len(), &mut urls);
            let mut long: Vec<usize> = long.found.iter().map(|b| b.at).collect();
            long.push(text.len());
            proptest::prop_assert_eq!(short, long);
        }
    }
}
