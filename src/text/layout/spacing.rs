//! Columns that no character of the text takes: between Chinese and Latin where the author left none,
//! and those that even out the ends of lines. They are shown, not part of the text.

use std::ops::Range;

use super::punctuation::closes;

/// A line with more spare columns than its width over this stays ragged: stretched, it would tear.
const MOST: usize = 5;

/// Where spaces between scripts are shown in a text, found in one pass over it.
#[derive(Debug, Clone, Default)]
pub(super) struct Spacing {
    /// The bytes before which a column is shown, ascending.
    places: Vec<usize>,
}

impl Spacing {
    /// No spaces at all.
    pub(super) fn none() -> Spacing {
        Spacing::default()
    }

    /// A space between each ideograph and a Latin letter or digit beside it. Not in a date or a time
    /// (`3月5日`, `12时30分`), which are one figure, and not within `code`, whose bytes are in order.
    pub(super) fn new(text: &str, code: &[Range<usize>]) -> Spacing {
        let mut places = Vec::new();
        if text.is_ascii() {
            return Spacing { places };
        }
        let (mut second, mut last) = (' ', ' ');
        for (at, c) in text.char_indices() {
            if are_parted(last, c) && !is_in_date(second, last, c) && !is_within(code, at) {
                places.push(at);
            }
            (second, last) = (last, c);
        }
        Spacing { places }
    }

    /// Whether a column is shown before the character at this byte.
    pub(super) fn is_at(&self, at: usize) -> bool {
        self.places.binary_search(&at).is_ok()
    }

    /// The first place at or behind this byte, counted from the place with the number `from`; how many
    /// places stand before it.
    pub(super) fn next(&self, from: usize, at: usize) -> usize {
        let rest = self.places.get(from..).unwrap_or_default();
        from + rest.iter().take_while(|place| **place < at).count()
    }

    /// The byte of the place with this number.
    pub(super) fn place(&self, number: usize) -> Option<usize> {
        self.places.get(number).copied()
    }

    /// The places between the characters of these bytes.
    pub(super) fn within(&self, range: &Range<usize>) -> &[usize] {
        let from = self.places.partition_point(|place| *place <= range.start);
        let rest = self.places.get(from..).unwrap_or_default();
        let until = rest.partition_point(|place| *place < range.end);
        rest.get(..until).unwrap_or_default()
    }

    /// Where columns are shown on a line and how many, in order; with `spare` columns to hand out, so
    /// many more. What `shown` held is gone.
    pub(super) fn on_line(
        &self,
        text: &str,
        line: &Range<usize>,
        spare: Option<usize>,
        shown: &mut Vec<(usize, usize)>,
    ) {
        shown.clear();
        shown.extend(self.within(line).iter().map(|at| (*at, 1)));
        if let Some(spare) = spare.filter(|spare| *spare > 0) {
            spread(text, line, spare, shown);
        }
    }
}

/// Whether an ideograph and a Latin letter or digit stand side by side.
fn are_parted(last: char, next: char) -> bool {
    if last.is_ascii() && next.is_ascii() {
        return false;
    }
    match (is_han(last), is_han(next)) {
        (true, false) => is_latin(next),
        (false, true) => ends_latin(last),
        _ => false,
    }
}

/// Whether two characters, behind a `second` one, belong to one date or time.
fn is_in_date(second: char, last: char, next: char) -> bool {
    (last.is_ascii_digit() && is_time_unit(next))
        || (is_time_unit(last) && next.is_ascii_digit() && second.is_ascii_digit())
}

/// Whether a byte is in one of the ranges, not at its start.
fn is_within(code: &[Range<usize>], at: usize) -> bool {
    let place = code.partition_point(|range| range.end <= at);
    code.get(place).is_some_and(|range| range.start < at)
}

/// Hands out `spare` columns over a line: at spaces between words, behind punctuation, between scripts,
/// and, if that is not enough, between ideographs; evenly at each.
fn spread(text: &str, line: &Range<usize>, spare: usize, shown: &mut Vec<(usize, usize)>) {
    let part = text.get(line.clone()).unwrap_or_default();
    let mut tiers: [Vec<usize>; 4] = Default::default();
    let mut before: Option<char> = None;
    for (at, c) in part.char_indices() {
        let Some(last) = before.replace(c) else { continue };
        let tier = match (last, c) {
            _ if c == ' ' || closes(c) => continue,
            (' ', _) => 0,
            (last, _) if ends_clause(last) => 1,
            (last, c) if is_han(last) != is_han(c) && (is_latin(last) || is_latin(c)) => 2,
            (last, c) if is_han(last) && is_han(c) => 3,
            _ => continue,
        };
        if let Some(tier) = tiers.get_mut(tier) {
            tier.push(line.start + at);
        }
    }
    let mut left = spare;
    let mut given: Vec<(usize, usize)> = Vec::new();
    let rounds: [&[usize]; 4] = [&[0], &[1, 2], &[3], &[0, 1, 2]];
    for round in rounds {
        let mut spots: Vec<usize> =
            round.iter().filter_map(|tier| tiers.get(*tier)).flatten().copied().collect();
        spots.sort_unstable();
        let count = left.min(spots.len());
        for (i, spot) in spots.iter().enumerate() {
            if (i + 1) * count / spots.len() > i * count / spots.len() {
                given.push((*spot, 1));
            }
        }
        left -= count;
    }
    // What cannot be hidden is better not begun.
    if left > 0 || spare * MOST > part.len().max(MOST) {
        return;
    }
    shown.extend(given);
    shown.sort_unstable();
    shown.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        kept.1 += if same { next.1 } else { 0 };
        same
    });
}

fn ends_clause(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '、'
            | '；'
            | '：'
            | '？'
            | '！'
            | '）'
            | '」'
            | '』'
            | '》'
            | '”'
            | '】'
            | '〉'
    )
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{3041}'..='\u{30FF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFD}' | '々' | '〇')
        && c != '・'
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '\u{C0}'..='\u{24F}' | '\u{370}'..='\u{52F}')
}

/// Latin at its end: also a share or a language (`50%`, `C++`, `C#`).
fn ends_latin(c: char) -> bool {
    is_latin(c) || matches!(c, '%' | '+' | '#' | '℃')
}

fn is_time_unit(c: char) -> bool {
    matches!(c, '年' | '月' | '日' | '号' | '號' | '时' | '時' | '点' | '點' | '分' | '秒')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spaced(text: &str, on: bool, spare: Option<usize>) -> String {
        let spacing = if on { Spacing::new(text, &[]) } else { Spacing::none() };
        let mut shown = Vec::new();
        spacing.on_line(text, &(0..text.len()), spare, &mut shown);
        let mut out = String::new();
        let mut from = 0;
        for (at, columns) in shown {
            out.push_str(&text[from..at]);
            out.extend(std::iter::repeat_n('_', columns));
            from = at;
        }
        out + &text[from..]
    }

    #[test]
    fn chinese_and_latin_stand_apart_but_dates_hold_together() {
        for (text, expected) in [
            ("我们用GPT写C++代码", "我们用_GPT_写_C++_代码"),
            ("涨了50%的人", "涨了_50%_的人"),
            ("2018年3月5日12时30分", "2018年3月5日12时30分"),
            ("共30万人，用AI。（见A）", "共_30_万人，用_AI。（见_A）"),
            ("已 有 space", "已 有 space"),
            ("见“GPT”好", "见“GPT”好"),
        ] {
            assert_eq!(spaced(text, true, None), expected);
        }
        assert_eq!(spaced("用GPT写", false, None), "用GPT写");
    }

    #[test]
    fn code_is_left_alone_but_stands_apart() {
        let text = "用let甲x写";
        let code = [Range { start: 3, end: 10 }];
        let spacing = Spacing::new(text, &code);
        assert_eq!(spacing.within(&(0..text.len())), [3, 10]);
        assert_eq!(spacing.within(&(3..text.len())), [10]);
    }

    #[test]
    fn spare_columns_go_where_they_are_seen_least() {
        assert_eq!(spaced("the old lamp", false, Some(2)), "the _old _lamp");
        assert_eq!(
            spaced("潮水退下去，露出礁石。人走了", false, Some(1)),
            "潮水退下去，露出礁石。_人走了"
        );
        assert_eq!(
            spaced("潮水退下去，露出礁石。人走了", false, Some(2)),
            "潮水退下去，_露出礁石。_人走了"
        );
        // Too much to hide: the line stays as it is.
        assert_eq!(spaced("ab cd", false, Some(9)), "ab cd");
    }
}
