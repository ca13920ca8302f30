//! What a line of plain text is, told by its form alone.

use crate::text::Marker;

/// The level of the heading that a line by itself is; `None` for other lines. By its number or by its
/// letters: `第一章`, `一、`, `（二）`, `1.2`, `【…】`, `ALL CAPITALS`.
pub(super) fn heading(line: &str) -> Option<u8> {
    let line = line.trim();
    let length = line.chars().count();
    if !(2..=60).contains(&length) {
        return None;
    }
    let ended =
        line.ends_with(['。', '，', '；', '、', ',', ';', '…', '！']) || line.contains("://");
    if ended {
        return None;
    }
    if is_part(line, &["章", "篇", "部", "部分", "卷", "讲", "回"]) {
        return Some(2);
    }
    if is_part(line, &["节", "節"]) {
        return Some(3);
    }
    if let Some((number, rest)) = line.split_once('、')
        && is_chinese_number(number)
        && !rest.trim().is_empty()
    {
        return Some(2);
    }
    if let Some(rest) = line.strip_prefix(['（', '('])
        && let Some((number, rest)) = rest.split_once(['）', ')'])
        && is_chinese_number(number)
        && !rest.trim().is_empty()
    {
        return Some(3);
    }
    if let Some(depth) = section(line) {
        return Some((depth + 1).min(6));
    }
    if line.starts_with('【') && line.contains('】') {
        return Some(3);
    }
    let letters = line.chars().filter(|c| c.is_alphabetic()).count();
    let capital = line.chars().all(|c| !c.is_lowercase()) && line.is_ascii();
    let words = line.split_whitespace().count();
    (capital
        && letters >= 4
        && letters * 2 > length
        && (2..=9).contains(&words)
        && !line.ends_with('.'))
    .then_some(2)
}

fn is_part(line: &str, names: &[&str]) -> bool {
    let Some(rest) = line.strip_prefix('第') else { return false };
    names.iter().any(|name| {
        rest.split_once(name).is_some_and(|(number, after)| {
            let number = number.trim();
            let counted =
                !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || is_numeral(c));
            counted && (after.is_empty() || after.starts_with([' ', '\u{3000}', '：', ':', '　']))
        })
    })
}

fn is_numeral(c: char) -> bool {
    "零〇一二三四五六七八九十百千两".contains(c)
}

fn is_chinese_number(text: &str) -> bool {
    (1..=4).contains(&text.chars().count()) && text.chars().all(is_numeral)
}

/// The depth of the number of a section: 1 for `2.标题` and `2. Title`, 2 for `2.1 Title`. What follows
/// must look like a title.
fn section(line: &str) -> Option<u8> {
    let end = line.find(|c: char| !(c.is_ascii_digit() || c == '.'))?;
    let (number, rest) = line.split_at_checked(end)?;
    let parts: Vec<&str> = number.trim_end_matches('.').split('.').collect();
    let counted = parts.iter().all(|part| (1..=2).contains(&part.len()));
    let title = rest.trim_start();
    let begins = title.chars().next()?;
    let dotted = number.ends_with('.') || parts.len() > 1 || rest.starts_with('、');
    let named = begins.is_uppercase() || (!begins.is_ascii() && begins.is_alphabetic());
    let sentence = title.ends_with(['.', '?', '？']) || title.contains('。');
    (counted && dotted && named && !sentence && parts.len() <= 4).then_some(parts.len() as u8)
}

/// The level of the title above a line of `=`, `-`, `~` and the like.
pub(super) fn underline(line: &str, title: &str) -> Option<u8> {
    let line = line.trim_end();
    let sign = line.chars().next().filter(|c| "=-~^\"'#*+_".contains(*c))?;
    let length = line.chars().count();
    let wide = crate::text::width(title.trim_end(), crate::text::Ambiguous::Narrow);
    let fits = length >= 3 && line.chars().all(|c| c == sign) && length + 2 >= wide && wide > 0;
    fits.then_some(match sign {
        '=' => 2,
        '-' => 3,
        _ => 4,
    })
}

/// The mark of an item and the text behind it.
pub(super) fn item(line: &str) -> Option<(Marker, &str)> {
    let line = line.trim_start();
    let bullets = ["- ", "* ", "+ ", "• ", "•", "· ", "◦ ", "▪ ", "– ", "● ", "●", "■ "];
    if let Some(rest) = bullets.iter().find_map(|bullet| line.strip_prefix(bullet)) {
        return (!rest.trim().is_empty()).then(|| (Marker::Bullet, rest.trim_start()));
    }
    let opened = line.strip_prefix(['(', '（']);
    let inner = opened.unwrap_or(line);
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let number = inner.get(..digits).filter(|_| (1..=3).contains(&digits))?.parse().ok()?;
    let after = inner.get(digits..)?;
    let rest = match opened {
        Some(_) => after.strip_prefix([')', '）'])?,
        None => [". ", ") ", "）", "、", "．"].iter().find_map(|end| after.strip_prefix(end))?,
    };
    (!rest.trim().is_empty()).then(|| (Marker::Number(number), rest.trim_start()))
}

/// Whether lines are a table or a drawing, whose columns only hold in letters of one width.
pub(super) fn is_drawn(lines: &[&str]) -> bool {
    if lines.len() < 2 {
        return false;
    }
    let drawn = |line: &&&str| {
        let line = line.trim();
        let ruled = line.len() >= 5
            && line.chars().all(|c| "+-=| :".contains(c) || ('\u{2500}'..='\u{257f}').contains(&c))
            && line.contains(['+', '|', '─', '│', '┼']);
        let barred = line.starts_with(['|', '│', '┌', '└', '├', '+'])
            && line.ends_with(['|', '│', '┐', '┘', '┤', '+']);
        let columns = line.split("   ").filter(|part| !part.trim().is_empty()).count() >= 3;
        ruled || barred || columns
    };
    lines.iter().filter(drawn).count() * 3 >= lines.len() * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_their_form() {
        for (line, level) in [
            ("第一章 电池的十年", 2),
            ("第 12 节：成本", 3),
            ("一、为什么是电池", 2),
            ("（二）谁在用", 3),
            ("1.擴展法則:", 2),
            ("2.1 Costs of Cells", 3),
            ("【2024年】第一篇", 3),
            ("THE COST OF CELLS", 2),
        ] {
            assert_eq!(heading(line), Some(level), "{line}");
        }
        for line in [
            "一、二、三都是数。",
            "第一次见到他",
            "3.5 倍的价格，没有人想到。",
            "1.5",
            "He said so.",
            "NASA",
            "2024 was a year",
            "http://a.example/",
        ] {
            assert_eq!(heading(line), None, "{line}");
        }
    }

    #[test]
    fn items_underlines_and_drawings_are_known() {
        assert_eq!(item("  - one"), Some((Marker::Bullet, "one")));
        assert_eq!(item("2、二"), Some((Marker::Number(2), "二")));
        assert_eq!(item("-5 degrees"), None);
        assert_eq!(underline("======", "电池二"), Some(2));
        assert_eq!(underline("---", "a long title here"), None);
        assert!(is_drawn(&["+---+---+", "| a | b |", "+---+---+"]));
        assert!(!is_drawn(&["just two", "lines of text"]));
    }
}
