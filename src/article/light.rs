//! `reStructuredText`, `AsciiDoc` and Org: their headings, links, pictures and code as Markdown. Enough
//! to read a README; what else they can do stays as text.

use std::fmt::Write as _;

/// Whether an address names a file of one of them.
pub(super) fn speaks(address: &str) -> bool {
    form(address).is_some()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Rest,
    Ascii,
    Org,
}

fn form(address: &str) -> Option<Form> {
    let path = address.split(['?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    match path.rsplit_once('.')?.1 {
        "rst" => Some(Form::Rest),
        "adoc" | "asciidoc" | "asc" => Some(Form::Ascii),
        "org" if path.rsplit('/').next().is_some_and(|name| name.len() > 4) && is_file(&path) => {
            Some(Form::Org)
        }
        _ => None,
    }
}

/// `https://a.org` ends like a file of Org and is none.
fn is_file(path: &str) -> bool {
    path.split_once("://").is_some_and(|(_, rest)| rest.contains('/'))
}

/// The text as Markdown.
pub(super) fn markdown(address: &str, text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let mut fenced = false;
    while let Some(line) = lines.get(at) {
        let next = lines.get(at + 1).copied().unwrap_or_default();
        let (written, taken) = match form(address) {
            Some(Form::Rest) => rest(line, next),
            Some(Form::Ascii) => (ascii(line), 1),
            _ => (org(line), 1),
        };
        fenced ^= written.as_deref().is_some_and(|line| line.starts_with("```"));
        match written {
            Some(written) if !fenced || written.starts_with("```") => out.push_str(&written),
            None if !fenced => {}
            _ => out.push_str(line),
        }
        out.push('\n');
        at += taken;
    }
    if fenced {
        out.push_str("```\n");
    }
    out
}

/// One line, and how many lines it took.
fn rest(line: &str, next: &str) -> (Option<String>, usize) {
    let trimmed = line.trim();
    let is_title = !trimmed.is_empty() && !line.starts_with(' ');
    if is_title
        && is_rule(next.trim_end())
        && next.trim_end().chars().count() >= trimmed.chars().count()
    {
        let level = match next.chars().next() {
            Some('=' | '#') => 1,
            Some('-' | '*') => 2,
            _ => 3,
        };
        if !is_rule(trimmed) {
            return (Some(format!("\n{} {trimmed}\n", "#".repeat(level))), 2);
        }
    }
    if is_rule(trimmed) && !line.starts_with(' ') {
        return (None, 1);
    }
    if let Some(directive) = trimmed.strip_prefix(".. ") {
        let picture =
            ["image:: ", "figure:: "].iter().find_map(|name| directive.strip_prefix(name));
        return (picture.map(|src| format!("\n![]({})\n", src.trim())), 1);
    }
    if trimmed.starts_with(':')
        && trimmed.get(1..).is_some_and(|rest| rest.contains(": ") || rest.ends_with(':'))
    {
        return (None, 1);
    }
    (Some(rest_links(line)), 1)
}

fn is_rule(line: &str) -> bool {
    let sign = line.chars().next().filter(|c| "=-~^\"'#*+`".contains(*c));
    line.len() >= 3 && sign.is_some_and(|sign| line.chars().all(|c| c == sign))
}

/// `` `text <address>`_ `` as a link; `` :role:`text` `` as its text; `::` at the end as `:`.
fn rest_links(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('`') {
        if let Some(code) = after.strip_prefix('`') {
            let (inner, tail) = code.split_once("``").unwrap_or((code, ""));
            let _ = write!(out, "{before}``{inner}``");
            rest = tail;
            continue;
        }
        let Some((inner, tail)) = after.split_once('`') else { break };
        let role = before.strip_suffix(':').and_then(|before| before.rsplit_once(':'));
        let role = role.filter(|(_, name)| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        });
        let text = inner.split_once(" <").map_or(inner, |(text, _)| text);
        let href = inner.split_once(" <").and_then(|(_, href)| href.strip_suffix('>'));
        let is_link = tail.starts_with('_');
        let tail = tail.trim_start_matches('_');
        let _ = match (role, href) {
            (Some((before, _)), _) => write!(out, "{before}{text}"),
            (None, Some(href)) if is_link => write!(out, "{before}[{text}]({href})"),
            _ => write!(out, "{before}{text}"),
        };
        rest = tail;
    }
    out.push_str(rest);
    match out.trim_end().strip_suffix("::") {
        Some(text) if !text.trim().is_empty() => format!("{text}:"),
        Some(_) => String::new(),
        None => out,
    }
}

fn ascii(line: &str) -> Option<String> {
    let marks = line.bytes().take_while(|byte| *byte == b'=').count();
    if (1..=6).contains(&marks) && line.get(marks..).is_some_and(|rest| rest.starts_with(' ')) {
        return Some(format!("\n{}{}\n", "#".repeat(marks), line.get(marks..).unwrap_or_default()));
    }
    let trimmed = line.trim_end();
    if matches!(trimmed, "----" | "....") {
        return Some("```".to_owned());
    }
    if matches!(trimmed, "====" | "****" | "____" | "|===" | "--" | "+") {
        return None;
    }
    let attribute =
        trimmed.starts_with(':') && trimmed.get(1..).is_some_and(|rest| rest.contains(':'));
    let block = trimmed.starts_with('[') && trimmed.ends_with(']') && !trimmed.contains("](");
    if attribute || block || trimmed.starts_with("//") {
        return None;
    }
    if let Some(rest) = trimmed.strip_prefix("image::") {
        let (src, alt) = rest.split_once('[').unwrap_or((rest, ""));
        return Some(format!(
            "![{}]({src})",
            alt.trim_end_matches(']').split(',').next().unwrap_or_default()
        ));
    }
    if let Some(title) =
        trimmed.strip_prefix('.').filter(|rest| rest.starts_with(char::is_alphabetic))
    {
        return Some(format!("**{title}**\n"));
    }
    Some(ascii_links(trimmed))
}

/// `https://a.example[text]` and `link:a.html[text]`.
fn ascii_links(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('[') {
        let start = before.rfind([' ', '(', '"']).map_or(0, |at| at + 1);
        let word = before.get(start..).unwrap_or_default();
        let target = word.strip_prefix("link:").unwrap_or(word);
        let is_link = !target.is_empty() && (target != word || target.contains("://"));
        if let Some((text, tail)) = after.split_once(']').filter(|_| is_link) {
            let text = if text.is_empty() { target } else { text };
            let before = before.get(..start).unwrap_or_default();
            let _ = write!(out, "{before}[{text}]({target})");
            rest = tail;
        } else {
            out.push_str(before);
            out.push('[');
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn org(line: &str) -> Option<String> {
    let stars = line.bytes().take_while(|byte| *byte == b'*').count();
    if stars > 0 && line.get(stars..).is_some_and(|rest| rest.starts_with(' ')) {
        let text = line.get(stars..).unwrap_or_default();
        return Some(format!("\n{}{text}\n", "#".repeat((stars + 1).min(6))));
    }
    let trimmed = line.trim();
    let upper = trimmed.get(..trimmed.len().min(12)).unwrap_or_default().to_ascii_uppercase();
    if let Some(rest) = trimmed.strip_prefix("#+") {
        if upper.starts_with("#+TITLE:") {
            return Some(format!(
                "# {}\n",
                rest.split_once(':').map_or("", |(_, title)| title.trim())
            ));
        }
        if upper.starts_with("#+BEGIN_SRC") {
            return Some(format!("```{}", rest.split_whitespace().nth(1).unwrap_or_default()));
        }
        let code = ["#+END_SRC", "#+BEGIN_EXAM", "#+END_EXAMPL"]
            .iter()
            .any(|mark| upper.starts_with(mark));
        return code.then(|| "```".to_owned());
    }
    let drawer = trimmed.len() > 2
        && trimmed.starts_with(':')
        && trimmed.ends_with(':')
        && !trimmed.contains(' ');
    if drawer || trimmed.starts_with("# ") {
        return None;
    }
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("[[") {
        let Some((inner, tail)) = after.split_once("]]") else { break };
        let (href, text) = inner.split_once("][").unwrap_or((inner, inner));
        let href = href.strip_prefix("file:").unwrap_or(href);
        let _ = write!(out, "{before}[{text}]({href})");
        rest = tail;
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::from_markdown;

    fn plain(name: &str, text: &str) -> String {
        let markdown = markdown(&format!("file:///x/{name}"), text);
        from_markdown(&markdown, Some("https://a.example/x/")).plain_text()
    }

    #[test]
    fn three_light_languages_read_alike() {
        let rest = "Cells\n=====\n\nSee `the shop <https://b.example>`_ and :ref:`here`.\n\n.. note::\n\n``a``\n";
        assert_eq!(plain("a.rst", rest), "Cells\n\nSee the shop and here.\n\na");
        let ascii = "= Cells\n:toc:\n\nSee https://b.example[the shop].\n\n----\na = 1\n----\n";
        assert_eq!(plain("a.adoc", ascii), "Cells\n\nSee the shop.\n\na = 1");
        let org = "#+TITLE: Cells\n* One\n:PROPERTIES:\n:END:\nSee [[https://b.example][the shop]].\n#+BEGIN_SRC py\n* a\n#+END_SRC\n";
        assert_eq!(plain("cells.org", org), "Cells\n\nOne\n\nSee the shop.\n\n* a");
    }

    #[test]
    fn only_files_are_of_org() {
        assert!(speaks("file:///x/notes.org") && speaks("https://a.example/README.rst?x=1"));
        assert!(!speaks("https://weekly.org") && !speaks("https://a.example/a.md"));
    }
}
