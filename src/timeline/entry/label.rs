//! What may stand before a code that leads its line.

use crate::timeline::context;

/// Whether nothing but marks, a number, a label (`Part 2.`) or the heading of the timeline stands
/// before a code.
pub(super) fn leads(before: &str) -> bool {
    if before.chars().count() > 32 {
        return false;
    }
    let announced = context::is_heading(before) || context::is_announcement(before);
    let words: Vec<&str> =
        before.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    match words.as_slice() {
        [] => true,
        [word] => is_number(word) || is_label(word) || *word == "第" || announced,
        [label, number] if is_label(label) && is_number(number) => true,
        _ => announced,
    }
}

fn is_number(word: &str) -> bool {
    let count = word.chars().count();
    let roman = count <= 4 && word.chars().all(|c| "IVX".contains(c));
    let chinese = count <= 3 && word.chars().all(|c| "〇一二三四五六七八九十".contains(c));
    (count <= 3 && word.chars().all(char::is_numeric)) || roman || chinese
}

/// `Part`, `P1`, `第三章` and their like.
fn is_label(word: &str) -> bool {
    const LABELS: &[&str] = &[
        "part", "chapter", "kapitel", "ch", "p", "q", "no", "topic", "act", "section", "segment",
        "track", "start", "starts", "问题", "话题", "篇章",
    ];
    const UNITS: &str = "|章|节|節|部分|部|集|期|段|篇|回|幕|个|個|话|話|讲|講|问|問|点|點|位|个问题|个话题|题|季|场|单元|";
    let stem = word.trim_end_matches(char::is_numeric).to_lowercase();
    if LABELS.contains(&stem.as_str()) {
        return true;
    }
    let Some(rest) = word.strip_prefix('第') else { return false };
    let tail =
        rest.trim_start_matches(|c: char| c.is_numeric() || "〇一二三四五六七八九十".contains(c));
    tail.len() < rest.len() && (tail.is_empty() || UNITS.contains(&format!("|{tail}|")))
}
