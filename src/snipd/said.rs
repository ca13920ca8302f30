//! What was said in a snip: from the dress of the exports to plain text, and back.
//!
//! Plain form: one paragraph for each voice, parted by an empty line, `Name: words` where the name is
//! known.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{protect, times::pattern};
use crate::text::clean_line;

static BREAK: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)<br\s*/?>"));
static TAG: LazyLock<Regex> = LazyLock::new(|| pattern(r"</?[a-zA-Z][^<>]{0,200}>"));
static SUMMARY: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?is)<summary>.*?</summary>"));
static VOICE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?s)^\s*(?:<b>|\*\*)([^<*\n]{1,80}?)(?:</b>|\*\*)\s*(.*)$"));

/// Reads a transcript in any dress: `<blockquote><b>Name</b><br/><br/>words</blockquote>`, a callout's
/// `**Name**` above the words, `Speaker 1` on a line of its own, or plain words.
pub(super) fn plain(lines: &[String]) -> Option<String> {
    let text = lines.join("\n");
    let text = SUMMARY.replace_all(&text, "");
    let text = BREAK.replace_all(&text, "\n");
    let text = unquoted(&text);
    let voices: Vec<String> = if text.contains("<blockquote") {
        text.split("</blockquote>").map(voice).collect()
    } else {
        by_name(&text)
    };
    let joined = voices.into_iter().filter(|v| !v.is_empty()).collect::<Vec<_>>().join("\n\n");
    (!joined.is_empty()).then_some(joined)
}

/// Takes off quote marks, the first line of a callout, and the bullets of an outline before names.
fn unquoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let trimmed = line.trim_start();
        let inner = trimmed.strip_prefix('>').map(str::trim_start);
        let inner = inner.map_or(line, |inner| if inner.starts_with("[!") { "" } else { inner });
        let bold = inner.trim_start().strip_prefix("- ").filter(|rest| rest.starts_with("**"));
        out.push_str(bold.unwrap_or(inner));
        out.push('\n');
    }
    out
}

/// The words of one voice with its name before them.
fn voice(block: &str) -> String {
    let inner = block.split_once("<blockquote>").map_or(block, |(_, inner)| inner);
    let outside = block.split_once("<blockquote>").map_or("", |(before, _)| before);
    let before = words(outside);
    let said = match VOICE.captures(inner) {
        Some(found) => {
            let name = found.get(1).map_or("", |name| name.as_str()).trim_end_matches([':', '：']);
            let said = words(found.get(2).map_or("", |said| said.as_str()));
            if said.is_empty() { clean_line(name) } else { format!("{}: {said}", words(name)) }
        }
        None => words(inner),
    };
    if before.is_empty() { said } else { format!("{before}\n\n{said}") }
}

/// Plain lines: a line that is only a name (`Speaker 1`, `**Ann**`) names the words under it.
fn by_name(text: &str) -> Vec<String> {
    let mut voices: Vec<(Option<String>, Vec<String>)> = Vec::new();
    let mut gap = true;
    for line in text.lines() {
        if line.trim().is_empty() {
            gap = true;
            continue;
        }
        if let Some((name, said)) = name_of(line.trim()) {
            let said = words(said);
            voices.push((Some(name), if said.is_empty() { Vec::new() } else { vec![said] }));
        } else {
            let line = words(line);
            let waits = voices.last().is_some_and(|(name, said)| name.is_some() && said.is_empty());
            match voices.last_mut() {
                Some((_, said)) if !gap || waits => said.push(line),
                _ => voices.push((None, vec![line])),
            }
        }
        gap = false;
    }
    voices
        .into_iter()
        .map(|(name, said)| {
            let said = said.join("\n").trim().to_owned();
            match name {
                Some(name) if said.is_empty() => name,
                Some(name) => format!("{name}: {said}"),
                None => said,
            }
        })
        .collect()
}

/// The name that a line is, and what is said behind it on the same line. A time beside the name stays
/// with it.
fn name_of(line: &str) -> Option<(String, &str)> {
    static BOLD: LazyLock<Regex> = LazyLock::new(|| {
        let clock = super::times::CLOCK;
        pattern(&format!(
            r"^\*\*([^*\n]{{1,80}}?)\s*(?:\*\*\s*[:：]|[:：]\s*\*\*|\*\*)\s*([(（\[]?{clock}[)）\]]?)?\s*[:：]?(.*)$"
        ))
    });
    if let Some(found) = BOLD.captures(line) {
        let part = |index| found.get(index).map_or("", |part| part.as_str());
        let (name, time, said) = (clean_line(part(1)), part(2), part(3).trim());
        let marked = line.contains("**:")
            || line.contains("**：")
            || line.contains(":**")
            || line.contains("：**");
        if name.is_empty() || !(said.is_empty() || marked || !time.is_empty()) {
            return None;
        }
        let name = if time.is_empty() { name } else { format!("{name} {time}") };
        return Some((name, said));
    }
    let plain = line.strip_prefix("Speaker ").filter(|number| number.len() <= 3);
    plain.map(|_| (clean_line(line.trim_end_matches([':', '：'])), ""))
}

/// Words without tags and with entities resolved; line breaks stay.
fn words(text: &str) -> String {
    let text = text.replace("Click to expand", "");
    let text = TAG.replace_all(&text, "");
    let text = unescaped(&text);
    let lines: Vec<String> = text.lines().map(clean_line).collect();
    // More than one empty line in a row would part a paragraph that is one voice's.
    let mut out: Vec<String> = Vec::new();
    for line in lines.into_iter().filter(|line| !line.is_empty()) {
        out.push(line);
    }
    out.join("\n")
}

/// The dress of the per-episode form.
pub(super) fn dressed(text: &str) -> String {
    let mut out = String::new();
    for paragraph in text.split("\n\n").map(words_of_ours).filter(|p| !p.is_empty()) {
        let (name, said) = named(&paragraph);
        out.push_str("<blockquote>");
        if let Some(name) = name {
            out.push_str("<b>");
            out.push_str(&escaped(name));
            out.push_str("</b>\n\n");
        }
        out.push_str(&escaped(said));
        out.push_str("</blockquote>\n");
    }
    out
}

fn words_of_ours(paragraph: &str) -> String {
    paragraph.lines().map(clean_line).filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n")
}

fn named(paragraph: &str) -> (Option<&str>, &str) {
    match paragraph.split_once(": ") {
        Some((name, said))
            if !said.trim().is_empty()
                && !name.trim().is_empty()
                && name.chars().count() <= 80
                && !name.contains(['\n', '*', ':', '：']) =>
        {
            (Some(name), said)
        }
        _ => (None, paragraph),
    }
}

/// Words that end no tag, no bold name, and no block: a line that looks like a part of the form
/// begins with an entity.
fn escaped(text: &str) -> String {
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace("**", "&#42;*")
        .replace("Click to expand", "Click&#32;to expand");
    let lines = text.lines().map(|line| {
        let mut rest = line.chars();
        match rest.next() {
            Some(first) if protect::is_part_of_form(line) => {
                format!("&#{};{}", u32::from(first), rest.as_str())
            }
            _ => line.to_owned(),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn unescaped(text: &str) -> String {
    static ENTITY: LazyLock<Regex> = LazyLock::new(|| pattern(r"&#?[a-zA-Z0-9]{1,8};"));
    let resolve = |found: &Captures| {
        let reference = found.get(0).map_or("", |m| m.as_str());
        if reference == "&nbsp;" {
            return " ".to_owned();
        }
        quick_xml::escape::unescape(reference).map_or_else(|_| reference.to_owned(), Into::into)
    };
    ENTITY.replace_all(text, resolve).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        plain(&text.lines().map(str::to_owned).collect::<Vec<_>>()).unwrap_or_default()
    }

    #[test]
    fn every_dress_gives_the_same_words() {
        let wanted = "Speaker 1: Yes & no.\n\n林晚: 好。";
        for dress in [
            "<details>\n<summary>Click to expand</summary>\n<blockquote><b>Speaker 1</b><br/><br/>Yes &amp; no.</blockquote><br/><blockquote><b>林晚</b><br/><br/>好。</blockquote>\n</details>",
            "Click to expand\n<blockquote><b>Speaker 1</b>\n\nYes &amp; no.</blockquote>\n<blockquote><b>林晚</b>\n\n好。</blockquote>",
            "**Speaker 1**\nYes & no.\n\n**林晚**\n好。",
            "Speaker 1\nYes & no.\n**林晚**\n好。",
            "> [!quote]- Transcript\n> **Speaker 1**\n> Yes & no.\n>\n> **林晚**\n> 好。",
            "**Speaker 1**: Yes & no.\n**林晚**：好。",
            "**Speaker 1:** Yes & no.\n\n**林晚：**\n好。",
            "- **Speaker 1**\nYes & no.\n- **林晚**\n好。",
        ] {
            assert_eq!(read(dress), wanted, "{dress}");
        }
    }

    #[test]
    fn a_time_stays_with_the_name_and_bold_words_are_no_name() {
        assert_eq!(
            read("**林晚** (03:12)\n好。\n\n**周南** 03:20\n嗯。"),
            "林晚 (03:12): 好。\n\n周南 03:20: 嗯。"
        );
        assert_eq!(read("**很好** 的一句"), "**很好** 的一句");
    }

    #[test]
    fn dressing_and_reading_changes_nothing() {
        for text in
            ["Ann: a < b & c\n\nBo: **x** </blockquote>", "没有名字：一句\n第二行", "a: b: c"]
        {
            assert_eq!(read(&dressed(text)), text);
        }
    }
}
