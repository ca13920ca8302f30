//! Where a line may end: UAX #14, with what it lacks for Chinese.

use std::borrow::Cow;

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_width::UnicodeWidthChar;

use crate::text::address;

/// A place where a line may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Break {
    /// The byte that begins the next line.
    pub(super) at: usize,
    pub(super) kind: BreakKind,
}

/// How willing a line is to end there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BreakKind {
    /// It must.
    Must,
    /// It may.
    May,
    /// Only if the word is wider than the line: within an address.
    Reluctantly,
}

/// The places where lines of `text` may end, in order, the end of the text included.
///
/// On top of UAX #14 (Unicode 15): quotation marks beside East Asian characters open and close as
/// brackets do (rule 19a of Unicode 16); addresses stay whole while they fit; no line begins with a
/// middle dot between ideographs; `12：30` holds together; Korean breaks at its spaces.
pub(super) fn breaks(text: &str) -> Vec<Break> {
    let bracketed = with_brackets(text);
    let mut out: Vec<Break> = Vec::new();
    let mut urls = Urls { text, next: address::next_bare(text, 0) };
    for (at, opportunity) in linebreaks(&bracketed) {
        urls.breaks_before(at, &mut out);
        let kind = match opportunity {
            BreakOpportunity::Mandatory => BreakKind::Must,
            BreakOpportunity::Allowed => BreakKind::May,
        };
        if kind == BreakKind::Must || !(urls.contains(at) || is_barred(text, at)) {
            out.push(Break { at, kind });
        }
    }
    out
}

/// The addresses in the text, in step with the breaks.
struct Urls<'t> {
    text: &'t str,
    next: Option<address::Found>,
}

impl Urls<'_> {
    /// Adds the places within addresses that end before `at`.
    fn breaks_before(&mut self, at: usize, out: &mut Vec<Break>) {
        while let Some(found) = self.next.take_if(|found| found.end <= at) {
            let url = self.text.get(found.start..found.end).unwrap_or_default();
            let mut chars = url.char_indices().peekable();
            while let Some((_, c)) = chars.next() {
                let Some((next, after)) = chars.peek().copied() else { break };
                if "/?&=-._%".contains(c) && !"/?&=-._%".contains(after) {
                    let at = found.start + next;
                    out.push(Break { at, kind: BreakKind::Reluctantly });
                }
            }
            self.next = address::next_bare(self.text, found.end);
        }
    }

    fn contains(&self, at: usize) -> bool {
        self.next.as_ref().is_some_and(|found| found.start < at && at < found.end)
    }
}

/// The text with quotation marks next to East Asian characters replaced by brackets, which take as
/// many bytes and break as the marks should.
fn with_brackets(text: &str) -> Cow<'_, str> {
    if !text.contains(is_quote) {
        return Cow::Borrowed(text);
    }
    let chars: Vec<char> = text.chars().collect();
    // The nearest neighbours that are no quotation marks, found in one walk each way.
    let east = |c: Option<char>| c.is_some_and(is_east_asian);
    let mut after: Vec<bool> = vec![false; chars.len()];
    let mut neighbour = None;
    for (c, slot) in chars.iter().zip(after.iter_mut()).rev() {
        *slot = east(neighbour);
        if !is_quote(*c) {
            neighbour = Some(*c);
        }
    }
    let mut before = None;
    let mut out = String::with_capacity(text.len());
    for (c, after) in chars.into_iter().zip(after) {
        if !is_quote(c) {
            before = Some(c);
            out.push(c);
        } else if after || east(before) {
            out.push(if matches!(c, '“' | '‘') { '（' } else { '）' });
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
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

/// Whether Chinese or Korean setting forbids a break that UAX #14 allows.
fn is_barred(text: &str, at: usize) -> bool {
    let Some((head, tail)) = text.split_at_checked(at) else { return false };
    let mut before = head.chars().rev();
    let (Some(last), Some(next)) = (before.next(), tail.chars().next()) else { return false };
    match (last, next) {
        (_, '·' | '‧' | '～' | '／' | '…') if last != ' ' => true,
        ('·' | '‧', next) if next.is_ascii() => true,
        ('—', '—') | ('…', '…') => true,
        ('：' | '∶', next) if next.is_ascii_digit() => {
            before.next().is_some_and(|c| c.is_ascii_digit())
        }
        (last, next) => is_hangul(last) && is_hangul(next),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with `|` where a line may end and `¦` where it may reluctantly.
    fn shown(text: &str) -> String {
        let mut out = String::new();
        let mut from = 0;
        for place in breaks(text).iter().filter(|place| place.at < text.len()) {
            out.push_str(&text[from..place.at]);
            out.push(if place.kind == BreakKind::Reluctantly { '¦' } else { '|' });
            from = place.at;
        }
        out + &text[from..]
    }

    #[test]
    fn quotation_marks_break_like_brackets_beside_ideographs() {
        for (text, expected) in [
            ("说“你好”然", "说|“你|好”|然"),
            ("说：“好。”他", "说：|“好。”|他"),
            ("用“GPT-4o”写", "用|“GPT-4o”|写"),
            ("“‘甲’乙”，丙", "“‘甲’|乙”，|丙"),
            ("I don’t “know”", "I |don’t |“know”"),
        ] {
            assert_eq!(shown(text), expected);
        }
    }

    #[test]
    fn punctuation_never_begins_a_line_and_brackets_never_end_one() {
        for (text, expected) in [
            ("甲，乙。（丙）！", "甲，|乙。|（丙）！"),
            ("《晚点》、「聊」：好", "《晚|点》、|「聊」：|好"),
            ("甲——乙……丙", "甲|——|乙……|丙"),
            ("约翰·史密", "约|翰·|史|密"),
            ("在12：30，到1:02:03", "在|12：30，|到|1:02:03"),
            ("涨了30%，共50℃", "涨|了|30%，|共|50℃"),
        ] {
            assert_eq!(shown(text), expected);
        }
    }

    #[test]
    fn latin_words_addresses_and_korean_stay_whole() {
        for (text, expected) in [
            ("用GPT-4o和AI写", "用|GPT-4o|和|AI|写"),
            ("见https://a.example/b-c?d=e。", "见|https://¦a.¦example/¦b-¦c?¦d=¦e。"),
            ("한국어 문장", "한국어 |문장"),
        ] {
            assert_eq!(shown(text), expected);
        }
    }
}
