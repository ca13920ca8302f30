//! Columns that no character of the text takes: between Chinese and Latin where the author left none,
//! and those that even out the ends of lines. They are shown, not part of the text.

use std::ops::Range;

use super::punctuation::closes;

/// A line with more spare columns than its width over this stays ragged: stretched, it would tear.
const MOST: usize = 5;

/// Where spaces between scripts are shown in a text.
#[derive(Debug, Clone, Default)]
pub(super) struct Spacing<'t> {
    on: bool,
    /// Bytes of code, in order, within which there are none.
    code: &'t [Range<usize>],
}

impl<'t> Spacing<'t> {
    /// No spaces at all.
    #[cfg(test)]
    pub(super) fn none() -> Spacing<'t> {
        Spacing::default()
    }

    /// Spaces between scripts if `on`, but not within `code`.
    pub(super) fn new(on: bool, code: &'t [Range<usize>]) -> Spacing<'t> {
        Spacing { on, code }
    }

    /// Whether a column is shown before the character at this byte: between an ideograph and a Latin
    /// letter or digit. Not in a date or a time (`3月5日`, `12时30分`), which are one figure.
    pub(super) fn is_at(&self, text: &str, at: usize) -> bool {
        if !self.on {
            return false;
        }
        // Told by single bytes, nearly always: one side is ASCII and the other is not.
        let bytes = text.as_bytes();
        let ascii = |at: Option<usize>| at.and_then(|at| bytes.get(at)).map(u8::is_ascii);
        let (before, after) = (ascii(at.checked_sub(1)), ascii(Some(at)));
        if before.is_none() || after.is_none() || before == after && before == Some(true) {
            return false;
        }
        self.is_between(text, at)
    }

    fn is_between(&self, text: &str, at: usize) -> bool {
        let Some((head, tail)) = text.split_at_checked(at) else { return false };
        let mut behind = head.chars().rev();
        let (Some(last), Some(next)) = (behind.next(), tail.chars().next()) else { return false };
        let joined = (is_han(last) && is_latin(next)) || (ends_latin(last) && is_han(next));
        if !joined {
            return false;
        }
        let in_date = (last.is_ascii_digit() && is_time_unit(next))
            || (is_time_unit(last)
                && next.is_ascii_digit()
                && behind.next().is_some_and(|c| c.is_ascii_digit()));
        let place = self.code.partition_point(|range| range.end <= at);
        !in_date && self.code.get(place).is_none_or(|range| at <= range.start)
    }

    /// How many columns are shown within these bytes.
    pub(super) fn within(&self, text: &str, range: Range<usize>) -> usize {
        let part = text.get(range.clone()).unwrap_or_default();
        if !self.on || part.is_ascii() {
            return 0;
        }
        let places =
            part.char_indices().skip(1).filter(|(at, _)| self.is_at(text, range.start + at));
        places.count()
    }

    /// Where columns are shown on a line and how many, in order; with `spare` columns to hand out, so
    /// many more.
    pub(super) fn on_line(
        &self,
        text: &str,
        line: &Range<usize>,
        spare: Option<usize>,
    ) -> Vec<(usize, usize)> {
        if !self.on && spare.is_none() {
            return Vec::new();
        }
        let part = text.get(line.clone()).unwrap_or_default();
        let places = part.char_indices().skip(1).map(|(at, _)| line.start + at);
        let mut shown: Vec<(usize, usize)> = if self.on && !part.is_ascii() {
            places.filter(|at| self.is_at(text, *at)).map(|at| (at, 1)).collect()
        } else {
            Vec::new()
        };
        if let Some(spare) = spare.filter(|spare| *spare > 0) {
            spread(text, line, spare, &mut shown);
        }
        shown
    }
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
        let spacing = Spacing::new(on, &[]);
        let mut out = String::new();
        let mut from = 0;
        for (at, columns) in spacing.on_line(text, &(0..text.len()), spare) {
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
        let spacing = Spacing::new(true, &code);
        let shown: Vec<usize> =
            spacing.on_line(text, &(0..text.len()), None).into_iter().map(|(at, _)| at).collect();
        assert_eq!(shown, [3, 10]);
        assert_eq!(spacing.within(text, 0..text.len()), 2);
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
