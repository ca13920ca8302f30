//! Two whole chapters in one line: `00:00 opening 12:30 topic`.

use super::{Entry, Role};
use crate::timeline::code::{Code, Form, Reading};
use crate::timeline::{context, title};

/// Words that tie a code to the sentence around it, when they stand right before it.
const TIES: &[&str] = &[
    "见", "在", "从", "到", "至", "于", "约", "第", "听", "跳", "是", "对", "比", "与", "和", "的",
    "直到", "大约", "下午", "晚上", "at", "from", "to", "see", "in", "around", "until", "after",
    "before", "by", "on", "of", "the", "and", "vs", "vs.",
];

/// Beginnings that go on with a sentence rather than name a topic.
const GOES_ON: &str = "的是之与和比处左右前后时分，。、；：%";

/// The second chapter of a line that leads with a code, if its code is set off just like the first.
/// Whether it is one is for the list to say.
pub(super) fn second(line: usize, text: &str, codes: &[Code]) -> Option<Entry> {
    let [first, second] = codes else { return None };
    let usable = |code: &Code| matches!(code.form, Form::Plain | Form::Spelled | Form::Given);
    if !usable(first) || !usable(second) || second.reading.short() <= first.reading.short() {
        return None;
    }
    let between = text.get(first.end..second.range.start)?;
    let behind = text.get(second.end..)?;
    let named = |text: &str| text.chars().any(char::is_alphabetic);
    let of_day = matches!(second.reading, Reading::Two(6..=24, minutes) if minutes % 5 == 0);
    if of_day && context::is_clock(between) {
        return None;
    }
    let free = named(between) && named(behind) && !context::is_reference(behind);
    if !free || !is_set_off(between, behind, text.get(first.end..)?) {
        return None;
    }
    let title = title::after_code(behind);
    let goes_on = title.chars().next().is_none_or(|c| GOES_ON.contains(c));
    (!goes_on && !title.is_empty()).then(|| Entry {
        line,
        code: second.clone(),
        role: Role::Second,
        title,
    })
}

/// Whether the code between stands apart from the words before it, with the same sign behind it as
/// the first code has.
fn is_set_off(between: &str, behind: &str, behind_first: &str) -> bool {
    let words = between.trim_end_matches(|c: char| c.is_whitespace() || title::is_opening(c));
    let last = words.chars().next_back();
    let apart = words.len() < between.len() || last.is_some_and(|c| "；;/|｜，,。".contains(c));
    let sort = |text: &str| match text.chars().next() {
        Some(c) if c.is_whitespace() => ' ',
        Some(c) if c.is_alphanumeric() => 'a',
        Some(c) => c,
        None => '\n',
    };
    let open = |text: &str| text.matches(title::is_opening).count();
    let close = |text: &str| text.matches(title::is_closing).count();
    // What the first code's own brackets leave open closes behind it.
    let bracketed = behind.starts_with(title::is_closing);
    let balanced = open(words) <= close(words) || bracketed;
    apart && !is_tied(words) && balanced && sort(behind) == sort(behind_first)
}

/// Whether words end in one that ties what follows to their sentence.
pub(super) fn is_tied(words: &str) -> bool {
    let words = words.trim_end();
    let word = words.rsplit(char::is_whitespace).next().unwrap_or_default().to_lowercase();
    TIES.iter().any(|tie| if tie.is_ascii() { word == *tie } else { words.ends_with(tie) })
}
