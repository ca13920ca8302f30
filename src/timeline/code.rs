//! Finds the codes in a line of text: digits that can be a time in a recording. What they mean and
//! whether they are chapters is decided elsewhere.

mod guard;
mod odd;
mod scan;
mod torn;

use std::ops::Range;

use super::title::{is_closing, is_dash, is_opening};
use crate::model::Millis;

/// How many characters at the beginning of a line a code with a slip takes at most, with marks.
const MAX_HEAD: usize = 20;

/// Digits that look like a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Code {
    /// Where it stands in the line, in bytes; brackets around it are not part of it.
    pub(super) range: Range<usize>,
    /// What the digits say.
    pub(super) reading: Reading,
    /// How it is written.
    pub(super) form: Form,
    /// The code that ends a range (`00:00-03:20`).
    pub(super) until: Option<Reading>,
    /// Where the range ends in the line; equal to the end of `range` if there is none.
    pub(super) end: usize,
    /// Where the code ends if its last part is the beginning of the title: `02:20：35 years`, with a
    /// second colon of another width.
    pub(super) cut: Option<usize>,
}

/// What the digits of a code say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// Two parts, the second below 60: minutes and seconds, or hours and minutes.
    Two(u32, u32),
    /// No doubt, in milliseconds.
    Exact(Millis),
}

/// How a code is written; what is rare needs more company to be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `02:20`, `1:02:03`.
    Plain,
    /// A last part of one digit (`21:8`, like a ratio).
    Short,
    /// More digits follow at once (`11:2980年代`).
    Glued,
    /// A slip of the pen or one unit alone: `12；30`, `12.30`, `12分`.
    Odd,
    /// Quotes or units: `26‘48`, `23分4秒`, `1h02m`.
    Spelled,
    /// A link or a mark of the page said so.
    Given,
}

impl Reading {
    /// The time with two parts taken as minutes and seconds.
    pub(super) fn short(self) -> Millis {
        match self {
            Self::Two(a, b) => (u64::from(a) * 60 + u64::from(b)) * 1000,
            Self::Exact(ms) => ms,
        }
    }

    /// The time with two parts taken as hours and minutes.
    pub(super) fn long(self) -> Millis {
        match self {
            Self::Two(a, b) => (u64::from(a) * 60 + u64::from(b)) * 60_000,
            Self::Exact(ms) => ms,
        }
    }
}

/// The codes of a line from left to right. Ends of ranges are not listed but kept in
/// [`Code::until`]. Addresses, phone numbers, versions, prices and four-part numbers are passed
/// over.
pub(super) fn codes(line: &str) -> Vec<Code> {
    let chars: Vec<(usize, char)> = line.char_indices().collect();
    let mut found: Vec<Code> = Vec::new();
    let mut at = 0;
    if let Some((code, next)) = torn::torn(&chars, line.len()) {
        found.push(code);
        at = next;
    }
    while at < chars.len() {
        let Some((code, next)) = scan::code(&chars, at, line.len()) else {
            at = scan::after_digits(&chars, at);
            continue;
        };
        if guard::allows(&chars, at, next, code.reading) {
            found.push(code);
        }
        at = next;
    }
    // Only what leads a line, and only if nothing better stands in it.
    let doubt = found.first().is_none_or(|first| first.form == Form::Short)
        || chars.iter().take(MAX_HEAD).any(|(_, c)| matches!(c, ';' | '；'));
    if doubt && let Some(code) = odd::odd(&chars, line.len()) {
        let longer = |first: &Code| {
            code.range.start <= first.range.start
                && first.range.end <= code.range.end
                && code.range.len() > first.range.len()
        };
        if found.first().is_some_and(longer) {
            found.remove(0);
        }
        if found.iter().all(|c| c.form == Form::Short && c.range.start > code.range.start) {
            found.insert(0, code);
        }
    }
    join_ranges(line, found)
}

/// `a - b`, `[a]–[b]`, `a 至 b`: the second becomes the end of the first.
fn join_ranges(line: &str, found: Vec<Code>) -> Vec<Code> {
    let mut out: Vec<Code> = Vec::with_capacity(found.len());
    for code in found {
        if let Some(last) = out.last_mut()
            && last.until.is_none()
            && (last.form != Form::Short || code.form == Form::Short)
            && line.get(last.range.end..code.range.start).is_some_and(is_range_mark)
            && code.reading.short() > last.reading.short()
        {
            last.until = Some(code.reading);
            last.end = code.range.end;
            continue;
        }
        out.push(code);
    }
    out
}

fn is_range_mark(between: &str) -> bool {
    if between.len() > 24 {
        return false;
    }
    let core = between
        .trim_matches(|c: char| c.is_whitespace() || is_opening(c) || is_closing(c) || c == '@');
    let mark =
        !core.is_empty() && core.chars().all(|c| is_dash(c) || "~～〜→➡\u{fe0f}".contains(c));
    mark || matches!(core, "至" | "到" | "to" | "bis" | "until" | "->" | "=>")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> Vec<String> {
        let show = |reading: Reading| match reading {
            Reading::Two(a, b) => format!("{a}:{b:02}"),
            Reading::Exact(ms) => format!("={}", ms / 1000),
        };
        codes(line)
            .into_iter()
            .map(|code| match code.until {
                Some(until) => format!("{}-{}", show(code.reading), show(until)),
                None => show(code.reading),
            })
            .collect()
    }

    #[test]
    fn all_ways_of_writing_a_time_are_found() {
        for (line, expected) in [
            ("02:20 开场", "2:20"),
            ("1:16:20]title", "=4580"),
            ("00:24为什么", "0:24"),
            ("1:18:0835岁", "=4688"),
            ("11:2980年代", "11:29"),
            ("23:50QQ空间", "23:50"),
            ("27:55 PM的实际工作", "27:55"),
            ("9:11 PM的发展", "9:11"),
            ("66:17-结尾 最后", "66:17"),
            ("12：00 title", "12:00"),
            ("01:05：04 title", "=3904"),
            ("０３：２５　嘉宾", "3:25"),
            ("51:49: title", "51:49"),
            ("109:01 title", "109:01"),
            ("2:8:59 title", "=7739"),
            ("21:8 title", "21:08"),
            ("23分4秒：title", "=1384"),
            ("116分35秒：", "=6995"),
            ("1小时02分03秒", "=3723"),
            ("1小时5分 x", "=3900"),
            ("1h02m03s Wrap-up", "=3723"),
            ("12m30s Guest", "=750"),
            ("26‘48 title", "=1608"),
            ("08'52''当我们", "=532"),
            ("（4’56″）", "=296"),
            ("00:00:10.500 a", "=10"),
            ("2、00:11:18 title", "=678"),
            ("1.00:42 title", "0:42"),
            ("0  0:09:58   那", "=598"),
            ("00:  0  0:39 x", "=39"),
            ("0  1:1  3  :  53 x", "=4433"),
            ("【00:00-00:05】a", "0:00-0:05"),
            ("[02:11]–[06:52] a", "2:11-6:52"),
            ("03:20 ~ 10:00 a", "3:20-10:00"),
            ("1:00:00 至 1:05:00 a", "=3600-=3900"),
        ] {
            assert_eq!(shown(line), [expected], "{line}");
        }
    }

    #[test]
    fn what_is_no_time_is_passed_over() {
        for line in [
            "1:60 e",
            "24:60:60 f",
            "00:00:00:00 g",
            "00:99:99 c",
            "1.2.3 d",
            "12.30元",
            "99999999999999999999:00 a",
            "4294967296:00 b",
            "https://example.org/16:45/a",
            "see www.example.org/a:12:30",
            "2022-06-21T15:30:00Z",
            "at 7:30 pm",
            "at 7:30AM",
            "+49:30",
            "Luke 5:27-32",
            "$12:30",
            "version 1.2:30",
            "3.14 24/7 9·11",
            "2016-2017",
            "::::",
            "5分钟",
            "EP12:30",
        ] {
            let odd = |code: &Code| code.form == Form::Odd;
            assert!(codes(line).iter().all(odd), "{line}");
        }
        for line in
            ["1.2.3 d", "12.30元", "2024.12.30 e", "12.5 f", "1,000 g", "3分之一", "1;30;45;50"]
        {
            assert_eq!(shown(line), Vec::<String>::new(), "{line}");
        }
    }

    #[test]
    fn slips_of_the_pen_at_the_beginning_of_a_line_are_odd() {
        for (line, expected) in [
            ("12；30 a", "12:30"),
            ("【12.30】a", "12:30"),
            ("1. 12，30 a", ""),
            ("1:02;33 a", "=3753"),
            ("12::30 a", "12:30"),
            ("12。30a", "12:30"),
            ("1；02:33 a", "=3753"),
            ("12分 a", "=720"),
            ("第5分 a", "=300"),
        ] {
            let found = codes(line);
            assert!(found.iter().all(|code| code.form == Form::Odd), "{line}");
            assert_eq!(shown(line).concat(), expected, "{line}");
        }
    }

    #[test]
    fn several_codes_in_a_line_keep_their_places() {
        let line = "时间轴： 1:32 甲 3:16 乙 8:53 丙";
        let found = codes(line);
        assert_eq!(found.len(), 3);
        assert_eq!(line.get(found[1].range.clone()), Some("3:16"));
        let line = "听【00:00-00:05】开";
        let found = codes(line);
        assert_eq!(line.get(found[0].range.clone()), Some("00:00"));
        assert_eq!(line.get(found[0].end..), Some("】开"));
    }
}
