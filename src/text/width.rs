//! Columns: how wide a text is on the screen, and how to make it exactly as wide as wanted.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How wide a terminal shows the characters whose width Unicode leaves open (East Asian Width "A"):
/// `“ ” … — · ① ■ →` and their like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ambiguous {
    /// One column: most terminals.
    #[default]
    Narrow,
    /// Two columns: terminals set up for East Asian fonts.
    Wide,
}

/// The columns that `text` takes: the sum over its grapheme clusters, as a terminal grid counts.
/// Control characters take none; a text of several lines counts as one.
#[must_use]
pub fn width(text: &str, ambiguous: Ambiguous) -> usize {
    let (mut rest, mut columns) = (text, 0);
    loop {
        let (len, simple) = simple_width(rest, ambiguous);
        columns += simple;
        let Some((_, hard)) = rest.split_at_checked(len) else { return columns };
        let Some((cluster, wide)) = clusters(hard, ambiguous).next() else { return columns };
        columns += wide;
        rest = hard.get(cluster.len()..).unwrap_or_default();
    }
}

/// How many bytes at the start of a text are characters that stand alone, and their columns. The last
/// one before others is not counted in: they may join it.
fn simple_width(text: &str, ambiguous: Ambiguous) -> (usize, usize) {
    let (mut len, mut columns, mut last) = (0, 0, 0);
    for (at, c) in text.char_indices() {
        let Some(wide) = simple_columns(c, ambiguous) else { return (len, columns) };
        len = at;
        columns += last;
        last = wide;
    }
    (text.len(), columns + last)
}

/// The columns of a character that never joins the one before it, if it is one of the common ones.
fn simple_columns(c: char, ambiguous: Ambiguous) -> Option<usize> {
    match c {
        ' '..='~' => Some(1),
        _ if c.is_ascii() => Some(0),
        _ if is_plain_wide(c) => Some(2),
        'À'..='ɏ' | 'Α'..='Ρ' | 'Σ'..='ω' | 'Ѐ'..='ҁ' | '–' | '—' | '‘' | '’' | '“' | '”' | '…'
            if ambiguous == Ambiguous::Narrow =>
        {
            Some(1)
        }
        '가'..='힣' => Some(2),
        _ => None,
    }
}

/// Cuts `text` to at most `columns` columns; what is cut is marked by `…` where that has room. Never
/// splits a grapheme cluster.
#[must_use]
pub fn truncate(text: &str, columns: usize, ambiguous: Ambiguous) -> String {
    // Most texts fit; a text that is longer than any screen need not be measured to its end.
    let ellipsis = width("…", ambiguous);
    let (mut used, mut short, mut end) = (0, 0, 0);
    for (cluster, wide) in clusters(text, ambiguous) {
        used += wide;
        if used > columns {
            let kept = text.get(..short).unwrap_or_default();
            return if ellipsis <= columns { format!("{kept}…") } else { kept.to_owned() };
        }
        end += cluster.len();
        if used + ellipsis <= columns {
            short = end;
        }
    }
    text.to_owned()
}

/// Fills `text` with spaces to `columns` columns; a wider one stays as it is.
#[must_use]
pub fn pad(text: &str, columns: usize, ambiguous: Ambiguous) -> String {
    let missing = columns.saturating_sub(width(text, ambiguous));
    let mut out = String::with_capacity(text.len() + missing);
    out.push_str(text);
    out.extend(std::iter::repeat_n(' ', missing));
    out
}

/// Makes `text` exactly `columns` wide: cut with `…` or filled with spaces.
#[must_use]
pub fn fit(text: &str, columns: usize, ambiguous: Ambiguous) -> String {
    pad(&truncate(text, columns, ambiguous), columns, ambiguous)
}

/// The grapheme clusters of a text with their columns. ASCII and ideographs, which is nearly all there
/// is, do not go through the segmentation tables.
pub(super) fn clusters(
    text: &str,
    ambiguous: Ambiguous,
) -> impl Iterator<Item = (&str, usize)> + '_ {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut chars = rest.chars();
        let first = chars.next()?;
        let simple = chars.as_str().chars().next().is_none_or(stands_alone);
        let (len, columns) = if first.is_ascii() && simple && first != '\r' {
            (1, usize::from(!first.is_ascii_control()))
        } else if is_plain_wide(first) && simple {
            (first.len_utf8(), 2)
        } else {
            let cluster = rest.graphemes(true).next()?;
            let columns = match ambiguous {
                Ambiguous::Narrow => cluster.width(),
                Ambiguous::Wide => cluster.width_cjk(),
            };
            (cluster.len(), if cluster.chars().all(char::is_control) { 0 } else { columns })
        };
        let (cluster, after) = rest.split_at_checked(len)?;
        rest = after;
        Some((cluster, columns))
    })
}

/// Characters that never join the cluster before them.
fn stands_alone(c: char) -> bool {
    c.is_ascii() || is_plain_wide(c)
}

/// Ideographs, kana, full-width forms and their punctuation, without marks that join.
fn is_plain_wide(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{309B}'..='\u{30FF}')
        || matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF60}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_as_a_terminal_does() {
        for (text, narrow, wide) in [
            ("abc", 3, 3),
            ("晚点聊", 6, 6),
            ("“晚”…", 5, 8),
            ("e\u{301}x", 2, 2),
            ("👨‍👩‍👧", 2, 2),
            ("が", 2, 2),
            ("か\u{3099}", 2, 2),
            ("\u{200b}", 0, 0),
            ("Käse — здесь", 12, 13),
            ("나\u{11a8}다가", 6, 6),
            ("\r\nа\u{301}…", 2, 3),
            ("", 0, 0),
        ] {
            assert_eq!(width(text, Ambiguous::Narrow), narrow, "{text}");
            assert_eq!(width(text, Ambiguous::Wide), wide, "{text}");
            for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide] {
                let sum: usize = clusters(text, ambiguous).map(|(_, columns)| columns).sum();
                assert_eq!(width(text, ambiguous), sum, "{text}");
            }
        }
    }

    #[test]
    fn cutting_never_splits_a_character_and_never_goes_over() {
        let cut = |columns| truncate("晚a点👨‍👩‍👧e\u{301}聊天", columns, Ambiguous::Narrow);
        let expected = ["", "…", "…", "晚…", "晚a…", "晚a…", "晚a点…", "晚a点…", "晚a点👨‍👩‍👧…"];
        for (columns, text) in expected.into_iter().enumerate() {
            assert_eq!(cut(columns), text, "{columns}");
            assert!(width(&cut(columns), Ambiguous::Narrow) <= columns);
        }
        assert_eq!(truncate("abc", 3, Ambiguous::Wide), "abc");
        assert_eq!(truncate("abc", 1, Ambiguous::Wide), "");
    }

    #[test]
    fn fitted_texts_have_exactly_the_columns_asked_for() {
        for columns in 0..12 {
            for text in ["晚点聊", "a晚点聊", "", "abcdefghijklmn"] {
                for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide] {
                    assert_eq!(width(&fit(text, columns, ambiguous), ambiguous), columns);
                }
            }
        }
    }
}
