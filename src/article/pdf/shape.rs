//! What the first letters of a line say: a bullet, a number, the number of a section or reference.

use super::face::Look;
use super::lines::Piece;

/// The mark of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Bullet,
    Number(u64),
}

/// Whether all letters of a line look so.
pub(super) fn is_all(line: &Piece, looks: impl Fn(&Look) -> bool) -> bool {
    line.letters > 0
        && line.runs.iter().filter(|run| !run.text.trim().is_empty()).all(|run| looks(&run.look))
}

pub(super) fn is_bold(line: &Piece) -> bool {
    is_all(line, |look| look.bold)
}

/// The mark that a line begins with, and how many bytes of the line are it. A number begins a list with
/// 1 and goes on after `last`; any other is text.
pub(super) fn mark(line: &str, last: Option<Mark>) -> Option<(Mark, usize)> {
    let trimmed = line.trim_start();
    let skipped = line.len() - trimmed.len();
    let bullet = ['•', '◦', '▪', '■', '●', '○', '·', '‣', '⁃', '∙', '➢', '❖', '□', '✓'];
    if let Some(rest) = trimmed.strip_prefix(bullet) {
        let rest_length = rest.trim_start().len();
        return (rest_length > 0).then(|| (Mark::Bullet, line.len() - rest_length));
    }
    if let Some(rest) = ["– ", "— ", "- ", "* "].iter().find_map(|dash| trimmed.strip_prefix(dash))
    {
        return Some((Mark::Bullet, line.len() - rest.trim_start().len()));
    }
    let opened = trimmed.strip_prefix(['(', '（']);
    let inner = opened.unwrap_or(trimmed);
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let number: u64 = inner.get(..digits).filter(|_| (1..=3).contains(&digits))?.parse().ok()?;
    let after = inner.get(digits..)?;
    let closing: &[char] =
        if opened.is_some() { &[')', '）'] } else { &['.', ')', '）', '、', '．'] };
    let rest = after.strip_prefix(closing)?;
    let parted = after.starts_with(['、', '）', '．']) || rest.starts_with(' ');
    let follows = match last {
        Some(Mark::Number(before)) => number == before + 1,
        _ => number == 1,
    };
    let length = skipped + (trimmed.len() - rest.trim_start().len());
    (parted && follows && !rest.trim().is_empty()).then_some((Mark::Number(number), length))
}

/// The depth of the number of a section that a line begins with: 1 for `3 Results` or `3. Results`, 2
/// for `3.1 Data`.
pub(super) fn number(line: &str) -> Option<u8> {
    let word = line.split_whitespace().next()?;
    let rest = line.get(line.find(word)? + word.len()..)?.trim_start();
    let parts: Vec<&str> = word.trim_end_matches('.').split('.').collect();
    let is_part = |part: &&str| {
        (1..=2).contains(&part.len())
            && (part.bytes().all(|b| b.is_ascii_digit())
                || (part.len() == 1 && part.bytes().all(|b| b.is_ascii_uppercase())))
    };
    let digits = parts.iter().any(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let fits = parts.len() <= 4 && parts.iter().all(is_part) && (digits || word.ends_with('.'));
    let worded = rest.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_ascii());
    (fits && worded).then_some(parts.len() as u8)
}

/// `[12] Author` or `[Ab19] Author`: an entry of a list of references.
pub(super) fn begins_reference(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('[') else { return false };
    rest.split_once(']').is_some_and(|(key, text)| {
        (1..=12).contains(&key.len())
            && key.chars().all(|c| c.is_alphanumeric() || c == '+')
            && text.starts_with(' ')
    })
}

/// Whether bold words may be a heading: few, and no sentence.
pub(super) fn may_head(text: &str) -> bool {
    let text = text.trim();
    let length = text.chars().count();
    let is_sentence =
        text.ends_with([',', ';', '，', '；', '。', '、']) || (text.ends_with('.') && length > 60);
    (2..=110).contains(&length) && !is_sentence && text.chars().any(char::is_alphabetic)
}

/// `第一章 绪论`, `第 3 节`, `Chapter 4`: a heading whatever it looks like.
pub(super) fn is_chapter(text: &str) -> bool {
    let text = text.trim();
    if text.chars().count() > 36 || text.ends_with(['。', '，', '；', '.', ',']) {
        return false;
    }
    let Some(rest) = text.strip_prefix('第') else { return false };
    let end = rest.find(['章', '节', '節', '篇', '部', '回', '讲']);
    let numbered = |count: &str| {
        let count = count.trim();
        !count.is_empty()
            && count.chars().all(|c| c.is_ascii_digit() || "零一二三四五六七八九十百".contains(c))
    };
    end.and_then(|end| rest.get(..end)).is_some_and(numbered)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_lists_are_told_from_text() {
        assert_eq!(mark("• one", None), Some((Mark::Bullet, "• ".len())));
        assert_eq!(mark("1. one", None), Some((Mark::Number(1), 3)));
        assert_eq!(mark("2、二", Some(Mark::Number(1))), Some((Mark::Number(2), "2、".len())));
        assert_eq!(mark("(1) one", None), Some((Mark::Number(1), 4)));
        for text in ["2. two", "1.5 apples", "1999. In", "-5 degrees", "(1999) said", "•"] {
            assert_eq!(mark(text, None), None, "{text}");
        }
    }

    #[test]
    fn sections_references_and_chapters_are_known() {
        assert_eq!(number("3 Results"), Some(1));
        assert_eq!(number("3.1. The Data"), Some(2));
        assert_eq!(number("A.2 Proofs"), Some(2));
        assert_eq!(number("A man"), None);
        assert_eq!(number("300 people"), None);
        assert!(begins_reference("[12] Lin Xia.") && !begins_reference("[see below] a"));
        assert!(
            is_chapter("第三章 电池") && is_chapter("第 12 节") && !is_chapter("第一次见到他时。")
        );
    }
}
