//! Running text: Markdown, a fragment of HTML or plain text, by the marks in it.

use super::{Kind, hint::Hint, markup};

/// How many lines are looked at.
const LINES: usize = 2000;

/// What a text without a structure of its own is.
pub(super) fn told_by(text: &str, hint: Hint) -> Kind {
    if has_front_matter(text) {
        return Kind::Markdown;
    }
    if hint == Hint::Html && tags(text) > 0 {
        return Kind::Html;
    }
    if hint == Hint::Markdown || is_markdown(text) {
        return Kind::Markdown;
    }
    if hint == Hint::Html || tags(text) > 0 { Kind::Html } else { Kind::PlainText }
}

/// Whether the marks of Markdown outweigh those of HTML. One mark that nobody writes by chance is
/// enough (a heading, a link, a fence); of those that plain notes use too, it takes two sorts.
pub(super) fn is_markdown(text: &str) -> bool {
    let marks = Marks::of(text);
    let weak = u32::from(marks.lists > 1) + u32::from(marks.bold > 0) + u32::from(marks.quotes > 1);
    let strong = marks.headings + marks.links + marks.fences;
    if strong == 0 && weak < 2 {
        return false;
    }
    // Markdown may hold HTML. A page of HTML hardly holds Markdown.
    tags(text) <= 4 * (strong as usize + marks.lists as usize + marks.bold as usize)
}

/// A block between two `---` (YAML), `+++` (TOML) or `;;;` lines at the top that holds keys.
fn has_front_matter(text: &str) -> bool {
    let mut lines = text.lines();
    let Some(fence) = lines.next().map(str::trim_end) else { return false };
    let sign = match fence {
        "---" => ':',
        "+++" => '=',
        _ => return false,
    };
    let mut keys = false;
    for line in lines.take(500) {
        if line.trim_end() == fence || (fence == "---" && line.trim_end() == "...") {
            return keys;
        }
        keys |= line.split_once(sign).is_some_and(|(key, _)| {
            let key = key.trim_matches(['"', ' ', '{', '-']);
            !key.is_empty() && key.chars().count() <= 60
        });
    }
    false
}

/// Tags of HTML in the first part of a text.
fn tags(text: &str) -> usize {
    let head = markup::head(text, 128 * 1024);
    head.match_indices('<')
        .filter(|(at, _)| {
            let Some(rest) = head.get(at + 1..) else { return false };
            let rest = rest.strip_prefix('/').unwrap_or(rest);
            let name: String =
                rest.chars().take(12).take_while(char::is_ascii_alphanumeric).collect();
            let after = rest.get(name.len()..).and_then(|rest| rest.chars().next());
            markup::is_html_element(&name.to_ascii_lowercase())
                && after.is_some_and(|c| c == '>' || c == '/' || c.is_whitespace())
        })
        .count()
}

/// How often each mark of Markdown occurs.
#[derive(Default)]
struct Marks {
    headings: u32,
    links: u32,
    fences: u32,
    lists: u32,
    quotes: u32,
    bold: u32,
}

impl Marks {
    fn of(text: &str) -> Self {
        let mut marks = Self::default();
        for line in text.lines().take(LINES) {
            let line = line.trim_start();
            let hashes = line.bytes().take_while(|b| *b == b'#').count();
            let after = line.get(hashes..).unwrap_or_default();
            if (1..=6).contains(&hashes) && after.starts_with(' ') && after.trim().len() > 1 {
                marks.headings += 1;
            }
            marks.fences += u32::from(line.starts_with("```") || line.starts_with("~~~"));
            marks.lists += u32::from(is_item(line));
            marks.quotes += u32::from(line.starts_with("> "));
            marks.links += links(line);
            marks.bold += line.matches("**").count() as u32 / 2;
        }
        marks
    }
}

fn is_item(line: &str) -> bool {
    if ["- ", "* ", "+ "].iter().any(|bullet| line.starts_with(bullet)) {
        return true;
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    (1..=3).contains(&digits) && line.get(digits..).is_some_and(|rest| rest.starts_with(". "))
}

/// `[words](target)`, `![](target)` and `[[wiki links]]`.
fn links(line: &str) -> u32 {
    let inline = line
        .match_indices("](")
        .filter(|(at, _)| {
            let target = line.get(at + 2..).unwrap_or_default();
            line.get(..*at).is_some_and(|before| before.contains('['))
                && target.split(')').next().is_some_and(|t| !t.is_empty() && !t.contains(' '))
                && target.contains(')')
        })
        .count();
    let wiki = usize::from(line.contains("[[") && line.contains("]]"));
    (inline + wiki) as u32
}

#[cfg(test)]
mod tests {
    use super::super::of;
    use super::*;

    fn named(text: &str, name: &str) -> Kind {
        of(text.as_bytes(), Some(name), None)
    }

    #[test]
    fn a_text_file_may_be_markdown() {
        assert_eq!(named("---\ntitle: 一页\n---\n正文", "a.txt"), Kind::Markdown);
        assert_eq!(named("# 标题\n\n正文", "a.txt"), Kind::Markdown);
        assert_eq!(named("见[这里](https://example.org/a)。", "a.txt"), Kind::Markdown);
        assert_eq!(named("正文，没有任何标记。", "a.md"), Kind::Markdown);
    }

    #[test]
    fn plain_notes_stay_plain() {
        assert_eq!(named("02:20 开场\n- 一点\n- 两点\n#话题 不是标题", "a.txt"), Kind::PlainText);
        assert_eq!(named("if a < b and b > c", "a.txt"), Kind::PlainText);
        assert_eq!(named("---------\n一行\n---------", "a.txt"), Kind::PlainText);
    }

    #[test]
    fn show_notes_in_html_need_not_begin_with_a_tag() {
        assert_eq!(named("02:20 开场<br/>03:10 正题", "a.txt"), Kind::Html);
        assert_eq!(named("<p>一段</p><ul><li>一点</li></ul>", "a.txt"), Kind::Html);
        assert_eq!(
            named("<p align=\"center\">图</p>\n\n# 标题\n\n## 又一个\n\n- 一\n- 二", "README.md"),
            Kind::Markdown
        );
    }
}
