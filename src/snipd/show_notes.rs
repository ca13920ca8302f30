//! Show notes inside a note: quoted lines, which Snipd made of HTML.

use std::sync::LazyLock;

use regex::Regex;

use super::times::pattern;
use crate::text::clean;

static FLAT_BREAK: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)<br\s*/?>\s*(?:&gt;|>)?"));

/// Takes the quote marks off. Each line of a quote was a line of the page, so a line that another
/// follows ends in Markdown's hard break. Lines that are not quoted stay as they are.
pub(super) fn read<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut quoted = false;
    let mut out: Vec<String> = Vec::new();
    for line in lines {
        if matches!(line.trim(), "#+BEGIN_QUOTE" | "#+END_QUOTE" | "<details>" | "</details>") {
            continue;
        }
        let inner = match line.trim_start().strip_prefix('>') {
            Some(inner) => {
                quoted = true;
                inner.strip_prefix(' ').unwrap_or(inner)
            }
            None => line,
        };
        // `<br/>>` is the form of the whole-account export.
        let broken = FLAT_BREAK.replace_all(inner, "\n");
        // Cleaning may find more breaks (U+2028), so it comes before the lines are counted.
        let clean = clean(&broken);
        out.extend(clean.split('\n').enumerate().map(|(part, text)| {
            if part > 0 { text.trim_start().to_owned() } else { text.to_owned() }
        }));
    }
    if quoted { hard_broken(&out) } else { trimmed(&out) }
}

fn trimmed(lines: &[String]) -> String {
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let first = lines.iter().position(|l| !l.trim().is_empty()).unwrap_or(lines.len());
    let last = lines.iter().rposition(|l| !l.trim().is_empty()).map_or(first, |at| at + 1);
    lines.get(first..last).unwrap_or_default().join("\n").trim_end().to_owned()
}

fn hard_broken(lines: &[String]) -> String {
    let follows = |at: usize| lines.get(at + 1).is_some_and(|next| !next.trim().is_empty());
    let broken: Vec<String> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let bare = line.trim_end();
            if bare.is_empty() || !follows(at) { bare.to_owned() } else { format!("{bare}  ") }
        })
        .collect();
    trimmed(&broken)
}

/// Quotes show notes for writing.
pub(super) fn quoted(notes: &str) -> String {
    let mut out = String::with_capacity(notes.len() + 64);
    for line in notes.lines() {
        out.push_str("> ");
        out.push_str(line);
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_of_the_page_stays_a_line() {
        let flat = "> 开场<br/>> 02:20 正题<br/>>  03:10 结尾<br/>><br/>> 嘉宾：林晚";
        assert_eq!(read(flat.lines()), "开场  \n02:20 正题  \n03:10 结尾\n\n嘉宾：林晚");
        let lines = "> 开场 \n> 02:20 正题  \n>\n> \n> 嘉宾";
        assert_eq!(read(lines.lines()), "开场  \n02:20 正题\n\n\n嘉宾");
    }

    #[test]
    fn quoting_and_reading_changes_nothing() {
        let notes = "一  \n二\n\n- 三  \n- 四";
        assert_eq!(read(quoted(notes).lines()), notes);
    }
}
