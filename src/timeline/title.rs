//! Titles as they are shown: one line, nothing invisible, without the separators that stood between
//! code and title.

use crate::text::clean_line;

/// Longest title in characters; some shows write a paragraph after each code.
const MAX_CHARS: usize = 2_000;

/// A clean line (see [`clean_line`]) without characters of no width, of bounded length.
pub(super) fn line(text: &str) -> String {
    let visible: String = text.chars().take(MAX_CHARS).filter(|c| is_visible(*c)).collect();
    clean_line(&visible)
}

/// The title that stands after a code: [`line`] without separators and closing brackets in front
/// and without separators and opening brackets behind.
pub(super) fn after_code(text: &str) -> String {
    let text = without_pictures(text, |c| is_separator(c) || is_closing(c));
    let text = text.trim_end_matches(|c: char| is_soft_separator(c) || is_opening(c));
    line(text)
}

/// A text without what stands in front of its first word: what `skipped` says, and pictures (`⭕️`,
/// `📒`), which shows use as bullets. A text of nothing but pictures keeps them.
fn without_pictures(text: &str, skipped: impl Fn(char) -> bool) -> &str {
    let plain = text.trim_start_matches(&skipped);
    let bare = plain.trim_start_matches(|c| skipped(c) || is_picture(c));
    if bare.chars().any(char::is_alphanumeric) { bare } else { plain }
}

/// Symbols that are drawn as pictures, and the invisible characters that belong to them.
fn is_picture(c: char) -> bool {
    matches!(c,
        '\u{200d}' | '\u{20e3}' | '\u{fe0e}' | '\u{fe0f}'
        | '\u{2300}'..='\u{23ff}' | '\u{25a0}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}'
        | '\u{1f000}'..='\u{1faff}')
}

/// The title that stands before a code: [`line`] without bullets in front and without leader dots,
/// separators and opening brackets behind.
pub(super) fn before_code(text: &str) -> String {
    let text = text.trim_end_matches(|c: char| is_separator(c) || is_opening(c) || c == '…');
    let text = without_bullet(without_pictures(text, char::is_whitespace));
    // The bracket that closes behind the code.
    let open = text.strip_prefix(is_opening).filter(|rest| !rest.contains(is_closing));
    line(open.unwrap_or(text))
}

/// A line without the bullet, dash or number that it begins with.
pub(super) fn without_bullet(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || is_bullet(c) || is_dash(c));
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.get(digits..).unwrap_or(text);
    let mark = rest.chars().next();
    if (1..=2).contains(&digits) && matches!(mark, Some('、' | '.' | '．' | ')' | '）')) {
        let rest = rest.trim_start_matches(['、', '.', '．', ')', '）']);
        // `3.5 million` is no third item.
        if !rest.starts_with(|c: char| c.is_ascii_digit()) && !rest.trim().is_empty() {
            return rest.trim_start();
        }
    }
    text
}

/// Whether a line begins like an item of a list; dashes count.
pub(super) fn has_bullet(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with(|c: char| is_bullet(c) || is_dash(c))
}

/// Bullets that are no dash.
pub(super) fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '·' | '•'
            | '●'
            | '○'
            | '▪'
            | '▫'
            | '‣'
            | '∙'
            | '・'
            | '*'
            | '◦'
            | '■'
            | '□'
            | '◆'
            | '◇'
    )
}

/// Dashes of every length.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '—' | '―' | '−' | '－' | '─')
}

/// Brackets of every kind that open.
pub(super) fn is_opening(c: char) -> bool {
    matches!(
        c,
        '(' | '（' | '[' | '［' | '【' | '〔' | '〖' | '「' | '『' | '{' | '｛' | '<' | '＜' | '〈'
    )
}

/// Brackets of every kind that close.
pub(super) fn is_closing(c: char) -> bool {
    matches!(
        c,
        ')' | '）' | ']' | '］' | '】' | '〕' | '〗' | '」' | '』' | '}' | '｝' | '>' | '＞' | '〉'
    )
}

fn is_soft_separator(c: char) -> bool {
    c.is_whitespace()
        || is_dash(c)
        || matches!(
            c,
            '|' | '｜' | ',' | '，' | '、' | ':' | '：' | ';' | '；' | '·' | '/' | '*' | '_'
        )
}

fn is_separator(c: char) -> bool {
    is_soft_separator(c)
        || matches!(
            c,
            '.' | '。'
                | '~'
                | '～'
                | '〜'
                | '→'
                | '➡'
                | '▶'
                | '►'
                | '»'
                | '›'
                | '•'
                | '\u{fe0f}'
                | '\u{200b}'..='\u{200d}'
        )
}

/// Whether a character has a width or, as the joiner of emoji, gives others one.
fn is_visible(c: char) -> bool {
    !matches!(
        c,
        '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{ad}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_between_code_and_title_go() {
        assert_eq!(after_code(" - 开场"), "开场");
        assert_eq!(after_code("】「普职分流」应该"), "「普职分流」应该");
        assert_eq!(after_code(": title (see"), "title (see");
        assert_eq!(before_code("* Intro ........ ["), "Intro");
        assert_eq!(before_code("The big topic — "), "The big topic");
        assert_eq!(before_code("尾声（"), "尾声");
        assert_eq!(before_code("[音乐 "), "音乐");
        assert_eq!(before_code("「甲」的信 "), "「甲」的信");
    }

    #[test]
    fn numbers_of_items_go_but_numbers_in_titles_stay() {
        assert_eq!(without_bullet("2、为什么"), "为什么");
        assert_eq!(without_bullet("3.5 倍"), "3.5 倍");
        assert_eq!(without_bullet("· 甲"), "甲");
        assert_eq!(without_bullet("35岁"), "35岁");
    }

    #[test]
    fn what_cannot_be_seen_goes() {
        assert_eq!(line("a\u{202e}b\u{7}\u{200b}  c\n"), "ab c");
        assert_eq!(line("👩\u{200d}🚀"), "👩\u{200d}🚀");
    }
}
