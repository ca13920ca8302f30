//! The YAML at the top of an episode: its facts, and the keys that have no other place.

use std::{fmt::Write as _, ops::Range};

use serde_json::{Map, Value};

use super::{kept, line::Line, metadata, times};
use crate::model::Note;

/// Longest front matter that is looked at, in lines.
const LONGEST: usize = 400;

/// The lines between the two `---` of a front matter that begins at `at` (empty lines before it are
/// passed over). Every line must look like YAML, so that a rule above a paragraph is none.
pub(super) fn range(lines: &[Line], at: usize) -> Option<Range<usize>> {
    // Only the file itself may begin with empty lines.
    let blank = |line: &&Line| line.text.trim().is_empty();
    let open = if at == 0 { lines.iter().take_while(blank).count() } else { at };
    if lines.get(open)?.text.trim_end() != "---" {
        return None;
    }
    let body = lines.iter().skip(open + 1).take(LONGEST);
    let length = body.clone().position(|line| line.text.trim_end() == "---")?;
    let mut keys = 0;
    for line in body.take(length) {
        let text = line.text.as_ref();
        let inner =
            text.starts_with([' ', '\t', '-', '#', '{', '}', ']']) || text.trim().is_empty();
        if !inner {
            key_of(text)?;
        }
        keys += usize::from(!inner || text.starts_with('{'));
    }
    (keys > 0).then_some(open + 1..open + 1 + length)
}

/// `key` of `key: value`.
fn key_of(line: &str) -> Option<&str> {
    let (key, rest) = line.split_once(':')?;
    let whole = !key.is_empty() && key.len() <= 80 && !key.contains(['[', '*', '<', '`']);
    (whole && (rest.is_empty() || rest.starts_with([' ', '\t'])))
        .then(|| key.trim_matches(['"', '\'']))
}

/// Whether a front matter in the middle of a file begins an episode.
pub(super) fn is_episode(lines: &[Line], fields: &Range<usize>) -> bool {
    keys(lines, fields).any(|key| matches!(key, "title" | "episode_title" | "snipd" | "show"))
}

/// Whether a front matter alone shows that this is a Snipd-style note.
pub(super) fn is_snipd(lines: &[Line], fields: &Range<usize>) -> bool {
    let has = |wanted: &str| keys(lines, fields).any(|key| key == wanted);
    if has("snipd") || has("from_snipd") || (has("episode_title") && has("show_title")) {
        return true;
    }
    body(lines, fields).any(|line| {
        let line: String = line.chars().filter(|c| !" '\"".contains(*c)).collect();
        line == "type:podcast-episode" || line == "source:snipd"
    })
}

fn body<'b>(lines: &'b [Line], fields: &Range<usize>) -> impl Iterator<Item = &'b str> {
    lines.get(fields.clone()).unwrap_or_default().iter().map(|line| line.text.as_ref())
}

fn keys<'b>(lines: &'b [Line], fields: &Range<usize>) -> impl Iterator<Item = &'b str> {
    body(lines, fields).filter_map(key_of)
}

/// Takes the facts of a front matter into a note, and keeps the text as it stands.
pub(super) fn read(note: &mut Note, lines: &[Line], fields: &Range<usize>) {
    let text = body(lines, fields).collect::<Vec<_>>().join("\n");
    for (key, value) in pairs(&text) {
        for value in values(&value) {
            metadata::take_plain(note, &key, &value);
        }
    }
    note.front_matter = Some(text);
}

fn values(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().filter_map(scalar).collect(),
        other => scalar(other).into_iter().collect(),
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The keys with their values: by the YAML library, which bounds depth and size; line by line where
/// it refuses (titles with a bare colon, keys that come twice). Numbers are kept as they are written.
fn pairs(text: &str) -> Vec<(String, Value)> {
    let by_line: Vec<(String, Value)> = text
        .lines()
        .filter_map(|line| {
            let key = key_of(line).filter(|_| !line.starts_with([' ', '-', '#']))?;
            let value = line.split_once(':')?.1.trim();
            Some((key.to_owned(), inline_value(value)))
        })
        .collect();
    let Ok(map) = serde_saphyr::from_str::<Map<String, Value>>(text) else { return by_line };
    map.into_iter()
        .map(|(key, value)| {
            let written = by_line.iter().find(|(other, _)| *other == key).map(|(_, value)| value);
            match (&value, written) {
                (Value::Number(_) | Value::Bool(_), Some(written)) => (key, written.clone()),
                _ => (key, value),
            }
        })
        .collect()
}

/// A value on one line, without its quotes; `[a, b]` is a list.
fn inline_value(value: &str) -> Value {
    let unquoted = |text: &str| {
        let text = text.trim();
        match text.strip_prefix('\'').and_then(|inner| inner.strip_suffix('\'')) {
            Some(inner) => inner.replace("''", "'"),
            None => match text.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')) {
                Some(inner) => inner.replace("\\\"", "\"").replace("\\\\", "\\"),
                None => text.to_owned(),
            },
        }
    };
    let list = value.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
    match list.filter(|inner| !inner.starts_with('[')) {
        Some(inner) => {
            Value::Array(inner.split(',').map(|part| Value::String(unquoted(part))).collect())
        }
        None => Value::String(unquoted(value)),
    }
}

/// The front matter of a note to be written: the keys it has words for, in alphabetical order, then
/// the other keys of the imported one as they stood.
pub(super) fn written(note: &Note) -> String {
    let mut out = String::new();
    let mut line = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            // Writing into a string cannot fail.
            let _ = writeln!(out, "{key}: {value}");
        }
    };
    let text = |value: &Option<String>| value.as_deref().map(quoted);
    let date = |value: Option<i64>| Some(format!("'{}'", times::shown_date(value?)?));
    line("author", text(&note.author));
    line("cover", text(&note.image));
    line("created", date(note.exported));
    if note.snips.is_empty() {
        line("audio", text(&note.enclosure));
    }
    line("episode_duration", note.duration_ms.map(|ms| format!("'{}'", times::shown(ms))));
    if !note.guests.is_empty() {
        let names: Vec<String> = note.guests.iter().map(|name| quoted_always(name)).collect();
        line("guests", Some(format!("[{}]", names.join(", "))));
    }
    line("modified", modified(note).or_else(|| date(note.exported)));
    line("published", date(note.published));
    line("show", text(&note.show));
    line("snipd", text(&note.snipd_url));
    line("source", text(&note.link));
    line("title", Some(quoted(&note.title)));
    line("type", Some("podcast-episode".to_owned()));
    let kept = others(note, &out);
    out + &kept + &guid(note)
}

/// The line that names the guid.
pub(super) fn guid(note: &Note) -> String {
    let line = |guid| format!("{}: {}\n", kept::GUID_KEY, quoted(guid));
    note.guid.as_deref().map(line).unwrap_or_default()
}

/// When the note was last changed, as the imported front matter says it.
fn modified(note: &Note) -> Option<String> {
    let text = note.front_matter.as_deref()?;
    let value = text.lines().find_map(|line| line.strip_prefix("modified:"))?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// Keys that are written anew, though no field holds them.
fn is_written_anew(key: &str) -> bool {
    matches!(key, "type" | "modified" | kept::HASH_KEY)
}

/// The entries of the imported front matter that say what no field of the note says, as they stand.
/// One in braces is turned into lines, since lines follow it now.
fn others(note: &Note, written: &str) -> String {
    let front_matter = note.front_matter.as_deref().unwrap_or_default();
    let mut out = String::new();
    for (key, entry) in entries(front_matter) {
        let anew = is_written_anew(&key) || is_said(note, &entry);
        let twice = written.lines().any(|line| key_of(line) == Some(key.as_str()));
        if !anew && !twice {
            out.push_str(&entry);
        }
    }
    out
}

/// Whether the fields of a note say all that an entry says.
fn is_said(note: &Note, entry: &str) -> bool {
    pairs(entry).iter().all(|(key, value)| {
        if !metadata::is_known(key) {
            return false;
        }
        let values = values(value);
        values.iter().all(|value| {
            let mut alone = Note::default();
            metadata::take_plain(&mut alone, key, value)
                && metadata::complete(&mut Note { snips: Vec::new(), ..note.clone() }, alone)
        })
    })
}

/// The entries with their keys; each ends in a line break.
fn entries(front_matter: &str) -> Vec<(String, String)> {
    if front_matter.trim_start().starts_with('{') {
        let map = serde_saphyr::from_str::<Map<String, Value>>(front_matter).unwrap_or_default();
        return map.iter().map(|(key, value)| (key.clone(), format!("{key}: {value}\n"))).collect();
    }
    let mut out: Vec<(String, String)> = Vec::new();
    for line in front_matter.lines().filter(|line| !line.trim().is_empty()) {
        if !line.starts_with([' ', '\t', '-', ']', '}']) {
            out.push((key_of(line).unwrap_or_default().to_owned(), String::new()));
        }
        if let Some((_, entry)) = out.last_mut() {
            entry.push_str(line.trim_end());
            entry.push('\n');
        }
    }
    out
}

/// A scalar as YAML: plain where nothing in it can be misread, else in single quotes.
fn quoted(text: &str) -> String {
    let text = crate::text::clean_line(text);
    let plain_start = text.starts_with(|c: char| c.is_alphabetic());
    let risky = text.contains(": ")
        || text.contains(" #")
        || text.ends_with(':')
        || text.contains(['{', '}', '[', ']', '\'', '"', '`', '\\'])
        || ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
            .contains(&text.to_lowercase().as_str());
    if plain_start && !risky { text } else { quoted_always(&text) }
}

fn quoted_always(text: &str) -> String {
    format!("'{}'", crate::text::clean_line(text).replace('\'', "''"))
}
