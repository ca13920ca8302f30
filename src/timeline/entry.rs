//! The role that each code plays in its line: it leads a chapter, trails one, stands in the middle
//! of one, or is just mentioned.

mod flat;
mod label;
mod pair;
mod style;

use self::label::leads;
pub(super) use self::style::by_style;
use super::code::{Code, Form};
use super::{context, title, verse};

/// A code with its role and the title that its line gives it.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// Index of its line.
    pub(super) line: usize,
    /// The code, its ranges in bytes of the line.
    pub(super) code: Code,
    /// What it does there.
    pub(super) role: Role,
    /// The title in the same line; empty if it has to be looked for in the next.
    pub(super) title: String,
}

impl Entry {
    /// Its place in the document.
    pub(super) fn order(&self) -> (usize, usize) {
        (self.line, self.code.range.start)
    }
}

/// What a code does in its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// `02:20 title`.
    Lead,
    /// Behind a chapter in the same line: `00:00 title 02:20 title`.
    Second,
    /// `title 02:20`.
    Trail,
    /// `title (02:20) and more`.
    Middle,
    /// Mentioned in a sentence, a clock time, a verse …; `true` if it is surely a time in the
    /// recording or may well be one.
    Mention(bool),
}

/// Longest line in which a code in the middle may be a chapter, in characters.
const MAX_MIDDLE: usize = 120;

/// Longest text before a trailing code that still is a title, in characters.
const MAX_TRAIL: usize = 200;

/// Most codes in a line that are looked at one by one; a timeline in one line is read whole.
const MAX_CODES: usize = 500;

/// The roles of all codes of one line.
pub(super) fn entries(line: usize, text: &str, codes: Vec<Code>) -> Vec<Entry> {
    let Some(first) = codes.first() else { return Vec::new() };
    let before = text.get(..first.range.start).unwrap_or_default();
    if let Some(flat) = flat::flattened(line, text, before, &codes) {
        return flat;
    }
    let count = codes.len();
    let leads = leads(before);
    let second = if leads { pair::second(line, text, &codes) } else { None };
    let mut out = Vec::with_capacity(codes.len());
    for (place, code) in codes.into_iter().take(MAX_CODES).enumerate() {
        let (before, behind) = around(text, &code, if place == 0 { 8_000 } else { 1_000 });
        let (role, title) = if place == 0 && leads && !context::is_remark(behind) {
            (Role::Lead, title::after_code(without_open_end(without_echo(before, behind))))
        } else {
            other(before, behind, &code, place + 1 == count, count == 1)
        };
        out.push(Entry { line, code, role, title });
    }
    if let Some(second) = second
        && out.first().is_some_and(|e| e.role == Role::Lead)
        && let Some(place) = out.get_mut(1)
    {
        *place = second;
    }
    out
}

/// The text on both sides of a code, at most `limit` bytes each: a line may hold thousands of codes.
fn around<'a>(text: &'a str, code: &Code, limit: usize) -> (&'a str, &'a str) {
    let from = (code.range.start.saturating_sub(limit)..=code.range.start)
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(code.range.start);
    let to = (code.end..=text.len().min(code.end + limit))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(code.end);
    let before = text.get(from..code.range.start).unwrap_or_default();
    (before, text.get(code.end..to).unwrap_or_default())
}

/// The role of a code that does not lead.
fn other(before: &str, behind: &str, code: &Code, last: bool, only: bool) -> (Role, String) {
    let mention = |possible: bool| {
        (Role::Mention(possible && is_likely(before, behind, code)), String::new())
    };
    if context::is_clock(before) || verse::is_verse(before) {
        return mention(false);
    }
    let name = title::before_code(without_aside(before));
    if matches!(code.form, Form::Short | Form::Odd) {
        return mention(false);
    }
    if only && is_aside(before, behind) {
        return (Role::Trail, name);
    }
    if context::is_reference(behind) {
        return mention(true);
    }
    let ends = !behind.chars().any(char::is_alphanumeric);
    if !name.chars().any(char::is_alphanumeric) {
        return mention(true);
    }
    // `…, you can jump to 23:15`.
    let sentence = before.contains(['，', '。', ',']) && pair::is_tied(before);
    if ends && last && !sentence && !is_sentence_end(behind) && before.chars().count() <= MAX_TRAIL
    {
        return (Role::Trail, name);
    }
    if !ends && only && before.chars().count() + behind.chars().count() <= MAX_MIDDLE {
        let rest = title::after_code(behind);
        return (Role::Middle, format!("{name} {rest}"));
    }
    mention(true)
}

/// Whether a code in a sentence is worth a jump: `3:16` alone may be a score or a ratio.
fn is_likely(before: &str, behind: &str, code: &Code) -> bool {
    let bracketed = before.trim_end().ends_with(title::is_opening)
        && behind.trim_start().starts_with(title::is_closing);
    match code.form {
        Form::Given | Form::Spelled => true,
        Form::Plain => code.range.len() >= 5 || bracketed,
        Form::Short | Form::Glued | Form::Odd => false,
    }
}

fn is_sentence_end(behind: &str) -> bool {
    behind
        .trim_start_matches(title::is_closing)
        .trim_start()
        .starts_with(['。', '！', '？', '!', '?'])
}

/// `"Title" by X (Story starts around 00:05)`: the words in the bracket are no part of the title.
fn without_aside(before: &str) -> &str {
    let Some(open) = before.rfind(title::is_opening) else { return before };
    let (head, aside) = before.split_at(open);
    let closed = aside.contains(title::is_closing);
    let words = aside.chars().any(char::is_alphanumeric);
    let named = head.chars().filter(|c| c.is_alphanumeric()).count() >= 2;
    if !closed && words && named { head } else { before }
}

/// Whether a code stands with words in a bracket that ends the line behind a title:
/// `title (from 00:05 on)`.
fn is_aside(before: &str, behind: &str) -> bool {
    let rest = behind.split_once(title::is_closing);
    without_aside(before).len() < before.len()
        && rest.is_some_and(|(words, rest)| {
            words.chars().count() <= 6 && !rest.chars().any(char::is_alphanumeric)
        })
}

/// `✨12:00✨ title`, `|05:57| title`: the mark before the code is repeated behind it.
fn without_echo<'a>(before: &str, behind: &'a str) -> &'a str {
    let marks: String =
        before.chars().rev().take_while(|c| !c.is_alphanumeric() && !c.is_whitespace()).collect();
    let echo = behind.trim_start_matches(|c: char| marks.contains(c) && !title::is_opening(c));
    if echo.len() < behind.len() { echo } else { behind }
}

/// `66:17-结尾 title`: a range that goes to the end of the recording.
fn without_open_end(behind: &str) -> &str {
    let rest = behind.trim_start_matches(|c: char| c.is_whitespace() || title::is_dash(c));
    let words = ["结尾", "最后", "结束", "片尾"];
    let after = words.iter().find_map(|word| rest.strip_prefix(word));
    let dashed = rest.len() < behind.trim_start().len();
    after.filter(|after| dashed && after.starts_with(char::is_whitespace)).unwrap_or(behind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::code::codes;

    fn roles(text: &str) -> Vec<(Role, String)> {
        entries(0, text, codes(text)).into_iter().map(|e| (e.role, e.title)).collect()
    }

    fn lead(title: &str) -> (Role, String) {
        (Role::Lead, title.to_owned())
    }

    #[test]
    fn marks_numbers_and_labels_may_stand_before_a_leading_code() {
        for (line, title) in [
            ("👉🏻 02:10 关于咖啡 ☕️", "关于咖啡 ☕️"),
            ("🎧【05:00】音乐", "音乐"),
            ("✨12:00✨ 彩蛋", "彩蛋"),
            ("①15:00 一", "一"),
            ("1. 20:00 编号列表", "编号列表"),
            ("（3）25:30 括号编号", "括号编号"),
            ("1️⃣ 02:10 一", "一"),
            ("本期你会听到：02:10 一", "一"),
            ("第12分30秒：正题", "正题"),
            ("第5分钟：正题", "正题"),
            ("Part 1. 01:12 AI 在中国", "AI 在中国"),
            ("第三章 12:30 标题", "标题"),
            ("——26:22 title", "title"),
            ("@2:25 title", "title"),
            ("【时间轴】  03:32 title", "title"),
            ("|时间轴 05:57 title", "title"),
            ("CHAPTERS(00:00:00) title", "title"),
            ("07:30 📒 title", "title"),
            ("[00:21] - `x`", "`x`"),
        ] {
            assert_eq!(roles(line), [lead(title)], "{line}");
        }
    }

    #[test]
    fn titles_may_come_first() {
        let trail = |title: &str| (Role::Trail, title.to_owned());
        assert_eq!(roles("Intro ........ 00:00"), [trail("Intro")]);
        assert_eq!(roles("尾声（1:02:03）"), [trail("尾声")]);
        assert_eq!(roles("title - 01:25:05."), [trail("title")]);
        assert_eq!(
            roles("\"Title\" by X (Story starts around 00:05:00)"),
            [trail("\"Title\" by X")]
        );
        assert_eq!(roles("Part 1 电影（3:15~30:45）"), [trail("Part 1 电影")]);
    }

    #[test]
    fn a_whole_timeline_may_stand_in_one_line() {
        assert_eq!(roles("时间轴： 1:32 甲 3:16 乙 8:53 丙"), [lead("甲"), lead("乙"), lead("丙")]);
        assert_eq!(roles("1、1:32 甲 2、3:16 乙 3、8:53 丙"), [lead("甲"), lead("乙"), lead("丙")]);
        let trails: Vec<_> =
            roles("甲 01:32，乙 03:16，丙 08:53").into_iter().map(|r| r.1).collect();
        assert_eq!(trails, ["甲", "乙", "丙"]);
    }

    #[test]
    fn what_is_mentioned_is_no_chapter() {
        assert_eq!(roles("如果只想听采访，可以直接跳到 23:15。")[0].0, Role::Mention(true));
        assert_eq!(roles("每周三早上7:30播出")[0].0, Role::Mention(false));
        assert_eq!(roles("*16:23 处有科学错误：多数研究认为")[0].0, Role::Mention(true));
        assert_eq!(roles("画幅 16:9 还是 4:3？")[0].0, Role::Mention(false));
        assert_eq!(roles("约翰福音 3:16")[0].0, Role::Mention(false));
        assert_eq!(
            roles("12:30 正题（见 46:43 的勘误）").into_iter().map(|r| r.0).collect::<Vec<_>>(),
            [Role::Lead, Role::Mention(true)]
        );
    }
}
