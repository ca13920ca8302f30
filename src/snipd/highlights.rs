//! Snips that went through other programs: Readwise's highlights, and shared links in an outline.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    line::{self, Line},
    range::DEFAULT_LENGTH,
    said, times,
    times::pattern,
};
use crate::{
    model::NewSnip,
    text::{clean, clean_line},
};

/// What a passage gave.
pub(super) enum Found {
    Snip(Box<NewSnip>),
    /// Line, reason and text of what could not be used.
    Skipped(usize, String, String),
    /// Text that is no highlight.
    Other(String),
}

static TIME_LINK: LazyLock<Regex> = LazyLock::new(|| {
    let clock = times::CLOCK;
    pattern(&format!(r"\(?\[?Time ({clock})\]?(?:\((https?://[^)\s]+)\))?\)?"))
});

static SHARED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"\[([^\[\]]*?) \| (\d{1,3}) ?(sec|min)\S* snip from ([^\[\]]*)\]",
        r"\((https?://share\.snipd\.com/snip/[^)\s]+)\)"
    ))
});

/// Whether a line opens a list of highlights without a heading (Readwise's copy in Logseq).
pub(super) fn opens(text: &str) -> bool {
    text.trim_start().starts_with("- Highlights first synced by")
}

/// Reads the highlights of a passage: bullets that hold their time at the end, or `### Time …`
/// headings above quotes.
pub(super) fn read(lines: &[Line]) -> Vec<Found> {
    let base = lines.iter().find(|line| is_bullet(&line.text)).map_or(0, |line| indent(&line.text));
    let mut items: Vec<Vec<&Line>> = Vec::new();
    for line in lines {
        let text = line.text.as_ref();
        let by_time = line::heading(text).is_some_and(|(_, words)| words.contains("Time "));
        let by_bullet = is_bullet(text) && indent(text) <= base && detail(text).is_none();
        if by_time || by_bullet {
            items.push(vec![line]);
        } else if let Some(item) = items.last_mut() {
            item.push(line);
        } else if !text.trim().is_empty() {
            items.push(vec![line]);
        }
    }
    items.iter().map(|item| highlight(item)).collect()
}

fn indent(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

fn is_bullet(text: &str) -> bool {
    text.trim_start().starts_with("- ")
}

/// `- **Note:** words`, `- Note: words` and `- **Tags:** #a` belong to the highlight above.
fn detail(text: &str) -> Option<(&str, &str)> {
    let inner = text.trim_start().strip_prefix("- ")?.trim_start().trim_start_matches("**");
    let (key, value) = inner.split_once(':')?;
    let key = key.trim_end_matches("**");
    matches!(key, "Note" | "Tags").then(|| (key, value.trim_start_matches([':', '*']).trim()))
}

fn highlight(item: &[&Line]) -> Found {
    let number = item.first().map_or(0, |line| line.number);
    let whole: Vec<&str> = item.iter().map(|line| line.text.as_ref()).collect();
    let raw = whole.join("\n").trim_end().to_owned();
    let mut snip = NewSnip::default();
    let mut start = None;
    let mut words: Vec<String> = Vec::new();
    for text in whole {
        if let Some((key, value)) = detail(text) {
            match (key, line::tags(value)) {
                ("Tags", Some(tags)) => snip.tags.extend(tags),
                _ => words.push(format!("\u{0}{value}")),
            }
            continue;
        }
        let mut text = text.to_owned();
        if let Some(found) = TIME_LINK.captures(&text)
            && (text.contains("share.snipd.com") || line::heading(&text).is_some())
            && start.is_none()
        {
            start = found.get(1).and_then(|time| times::clock(time.as_str()));
            snip.url = found.get(2).map(|url| url.as_str().to_owned());
            let span = found.get(0).map_or(0..0, |all| all.range());
            text.replace_range(span, "");
        }
        let text = text.trim_start().trim_start_matches('#').trim();
        let text =
            text.strip_prefix("- ").or_else(|| text.strip_prefix('>')).unwrap_or(text).trim();
        if !text.is_empty() && !is_stamp(text) {
            words.push(text.to_owned());
        }
    }
    let Some(start) = start else {
        if raw.contains("share.snipd.com/snip/") {
            let why = "it does not say when it starts; export it with its times";
            return Found::Skipped(number, why.to_owned(), raw);
        }
        return Found::Other(raw);
    };
    fill(&mut snip, words);
    snip.start_ms = start;
    snip.end_ms = start.saturating_add(DEFAULT_LENGTH);
    snip.raw = Some(raw);
    Found::Snip(Box::new(snip))
}

/// `[[2024-04-07]] 05:38`: when the highlight was made.
fn is_stamp(text: &str) -> bool {
    let inner = text.strip_prefix("[[").and_then(|rest| rest.split_once("]]"));
    inner.is_some_and(|(date, time)| {
        times::date(date).is_some() && (time.trim().is_empty() || times::clock(time).is_some())
    })
}

/// Title first, then the note, then what was said. Words marked by a zero are the listener's own and
/// stand in the note wherever they come.
fn fill(snip: &mut NewSnip, words: Vec<String>) {
    let mut note = Vec::new();
    let mut heard = Vec::new();
    let mut in_transcript = false;
    for (index, text) in words.into_iter().enumerate() {
        if let Some(own) = text.strip_prefix('\u{0}') {
            note.push(own.to_owned());
        } else if index == 0 && text.chars().count() <= 200 {
            snip.title = Some(clean_line(&text));
        } else if text == "Transcript:" {
            in_transcript = true;
        } else if in_transcript {
            heard.push(text);
        } else {
            note.push(text);
        }
    }
    snip.note = clean(&note.join("\n")).into_owned();
    snip.transcript = said::plain(&heard);
}

/// What people write around a time.
const AROUND_TIMES: [char; 8] = [':', '(', ')', '[', ']', '：', ',', '@'];

/// Whether a line holds a shared link: `[Title | 45sec snip from Show](…)`.
pub(super) fn is_shared(text: &str) -> bool {
    text.contains(" snip from ") && SHARED.is_match(text)
}

/// Reads a shared link with the deeper lines under it. Gives how many lines were read, what they
/// hold, and the show.
pub(super) fn shared(lines: &[Line]) -> (usize, Vec<Found>, Option<String>) {
    let Some(first) = lines.first() else { return (0, Vec::new(), None) };
    let text = first.text.as_ref();
    let Some(found) = SHARED.captures(text) else { return (1, Vec::new(), None) };
    let group = |index| found.get(index).map_or("", |part: regex::Match| part.as_str());
    let depth = indent(text);
    let under: Vec<&str> = lines
        .iter()
        .skip(1)
        .map(|line| line.text.as_ref())
        .take_while(|text| indent(text) > depth && !text.trim().is_empty())
        .collect();
    let length = 1 + under.len();
    let show = Some(clean_line(group(4))).filter(|show| !show.is_empty());
    let raw = [&[text], under.as_slice()].concat().join("\n");
    let before = text.get(..found.get(0).map_or(0, |all| all.start())).unwrap_or_default();
    let behind = text.get(found.get(0).map_or(0, |all| all.end())..).unwrap_or_default();
    let time = |word: &&str| times::clock(word.trim_matches(AROUND_TIMES));
    let said = before.split_whitespace().rev().chain(behind.split_whitespace());
    let Some(start) = said.clone().find_map(|word| time(&word)) else {
        let why = "the link does not say when the snip starts; write the time before it";
        return (length, vec![Found::Skipped(first.number, why.to_owned(), raw)], show);
    };
    let count: u64 = group(2).parse().unwrap_or(60);
    let unit = if group(3) == "min" { 60_000 } else { 1000 };
    let mut note = vec![before.trim().trim_start_matches(['-', ' ']).to_owned()];
    // A time alone says nothing more.
    note.retain(|words| times::clock(words.trim_matches(AROUND_TIMES)).is_none());
    note.extend(under.iter().map(|text| text.trim_start().trim_start_matches("- ").to_owned()));
    note.push(behind.trim().to_owned());
    note.retain(|line| !line.is_empty());
    let snip = NewSnip {
        start_ms: start,
        end_ms: start.saturating_add(count.max(1).saturating_mul(unit)),
        title: Some(clean_line(group(1))).filter(|title| !title.is_empty()),
        note: clean(&note.join("\n")).into_owned(),
        url: Some(group(5).to_owned()),
        raw: Some(raw),
        ..NewSnip::default()
    };
    (length, vec![Found::Snip(Box::new(snip))], show)
}
