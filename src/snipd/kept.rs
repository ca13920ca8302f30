//! Notes that stand in somebody's folder: what the user wrote stays as it stood, only what has changed
//! here is written. Two keys in the front matter are this program's own: the guid of the episode, and
//! a hash that shows whether the text was edited since.

mod matches;

use std::ops::Range;

use super::{
    episode::{self, Place},
    front_matter,
    line::{self, Line},
    split::{Section, section},
    write,
};
use crate::{model::Note, text::clean};
use matches::{Matches, same};

/// The key that names the episode.
pub(super) const GUID_KEY: &str = "latetalk";
/// The key whose value is the hash of all the other lines.
pub(super) const HASH_KEY: &str = "latetalk-hash";

/// What a text in a folder of notes says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// The guid of its episode, where it was known.
    pub guid: Option<String>,
    /// Nobody has changed the text since this program wrote it.
    pub untouched: bool,
}

/// Reads the seal of a text; `None` for a text that this program did not write.
#[must_use]
pub fn seal(text: &str) -> Option<Seal> {
    let lines = line::lines(text);
    let fields = front_matter::range(&lines, 0)?;
    let (hash, others) = without_hash(&lines, &fields);
    let mut note = Note::default();
    front_matter::read(&mut note, &lines, &fields);
    Some(Seal { guid: note.guid, untouched: hash? == hash_of(&others) })
}

/// Puts the hash of a text into its front matter.
pub(super) fn sealed(text: &str) -> String {
    let lines = line::lines(text);
    let Some(fields) = front_matter::range(&lines, 0) else { return text.to_owned() };
    let (old, others) = without_hash(&lines, &fields);
    let end = fields.end - usize::from(old.is_some());
    let (head, tail) = others.split_at_checked(end).unwrap_or((&others, &[]));
    let own = format!("{HASH_KEY}: '{}'", hash_of(&others));
    let mut out = String::with_capacity(text.len() + 40);
    for line in head.iter().copied().chain([own.as_str()]).chain(tail.iter().copied()) {
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// The hash in the front matter, and all the other lines.
fn without_hash<'b>(lines: &'b [Line], fields: &Range<usize>) -> (Option<&'b str>, Vec<&'b str>) {
    let mut hash = None;
    let mut others = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        match value(&line.text, HASH_KEY).filter(|_| fields.contains(&at) && hash.is_none()) {
            Some(value) => hash = Some(value.trim_matches(['\'', '"'])),
            None => others.push(line.text.as_ref()),
        }
    }
    (hash, others)
}

/// The value of `key: value`.
fn value<'a>(line: &'a str, key: &str) -> Option<&'a str> {
    Some(line.strip_prefix(key)?.strip_prefix(':')?.trim())
}

/// FNV-1a: sixteen hexadecimal digits that are the same with every build, which the standard
/// library's hasher does not promise. It tells edits, it does not keep forgers off.
fn hash_of(lines: &[&str]) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in lines.iter().flat_map(|line| line.bytes().chain([b'\n'])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}

/// The text to be kept of a note, if it has the form that this program writes: front matter as YAML
/// with a title, and each snip with its time, its play line and its player.
pub(super) fn source(lines: &[Line], note: &Note, places: &[Place]) -> Option<String> {
    let front = note.front_matter.as_deref()?;
    let is_yaml = !front.trim_start().starts_with('{');
    let titled = front.lines().any(|line| value(line, "title").is_some());
    let as_it_stood = lines.iter().all(|line| matches!(line.text, std::borrow::Cow::Borrowed(_)));
    let of_blocks = places.len() == note.snips.len();
    let ours = is_yaml && titled && as_it_stood && of_blocks;
    (ours && places.iter().all(|place| is_complete(lines, place))).then(|| joined(lines))
}

/// Whether a block has a head with a time, a play line and a player.
fn is_complete(lines: &[Line], place: &Place) -> bool {
    let block = lines.get(place.lines.clone()).unwrap_or_default();
    let mut body = block.iter().map(|line| line.text.as_ref());
    body.next().and_then(line::head).is_some_and(|head| head.time.is_some())
        && body.clone().any(line::says_play_snip)
        && body.any(line::is_audio)
}

fn joined(lines: &[Line]) -> String {
    let mut out = String::new();
    for line in lines {
        out.push_str(&line.text);
        out.push('\n');
    }
    out
}

/// Writes a note into its [`Note::source`]: the blocks of snips that are as they were stay as they
/// stood, those of changed ones are written anew, those of deleted ones go, and new ones come in by
/// their time. `None` where there is no source that fits.
pub(super) fn rewritten(note: &Note) -> Option<String> {
    let lines = line::lines(note.source.as_deref()?);
    let fields = front_matter::range(&lines, 0)?;
    let (was, places) = episode::read_with_places(&lines);
    if was.snips.len() != places.len() {
        return None;
    }
    let own = |line: &&Line| {
        value(&line.text, GUID_KEY).is_none() && value(&line.text, HASH_KEY).is_none()
    };
    let head: Vec<Line> = lines.get(..fields.end)?.iter().filter(own).cloned().collect();
    let mut out = joined(&head);
    out.push_str(&front_matter::guid(note));

    let mut waiting = Matches::of(&was.snips, &note.snips);
    let mut at = fields.end;
    for (index, place) in places.iter().enumerate() {
        out.push_str(&joined(lines.get(at..place.lines.start)?));
        at = place.lines.end;
        let Some(snip) = waiting.of.get(index).copied().flatten() else { continue };
        waiting.put_before(&mut out, snip.start_ms, note);
        let block = lines.get(place.lines.clone())?;
        if !place.mended && was.snips.get(index).is_some_and(|was| same(was, snip)) {
            out.push_str(&joined(block));
        } else {
            out.push_str(&write::block(snip, note.enclosure.as_deref()));
        }
    }
    if !waiting.new.is_empty() && places.is_empty() {
        at = snips_section(&lines, &mut out, at);
    }
    waiting.put_before(&mut out, u64::MAX, note);
    out.push_str(&joined(lines.get(at..)?));
    Some(clean(&out).into_owned())
}

/// Goes on to the end of the text or behind its empty `## Snips`, which is made if it is missing.
fn snips_section(lines: &[Line], out: &mut String, at: usize) -> usize {
    let rest = lines.get(at..).unwrap_or_default();
    let found = rest.iter().position(|line| section(&line.text) == Some(Section::Snips));
    let end = found.map_or(lines.len(), |found| at + found + 1);
    out.push_str(&joined(lines.get(at..end).unwrap_or_default()));
    if found.is_none() {
        out.truncate(out.trim_end().len());
        out.push_str("\n\n## Snips\n");
    }
    end
}

/// Adds the snips of a note to a text that the user has edited, behind the last snip in it, and
/// changes nothing else. Gives the new text and how many were added; a snip is in the text if one
/// there has its address or its range.
#[must_use]
pub fn append(text: &str, note: &Note) -> (String, usize) {
    let lines = line::lines(text);
    let (there, places) = episode::read_with_places(&lines);
    let missing = Matches::of(&there.snips, &note.snips).new;
    let count = missing.len();
    if count == 0 {
        return (text.to_owned(), 0);
    }
    let ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let section_at = lines.iter().position(|line| section(&line.text) == Some(Section::Snips));
    let at = match (places.last(), section_at) {
        (Some(last), _) => last.lines.end,
        (None, Some(at)) => at + 1,
        (None, None) => lines.len(),
    };
    let mut added = String::new();
    if places.is_empty() && section_at.is_none() {
        added.push_str("\n## Snips\n");
    }
    for snip in missing {
        added.push_str(&write::block(snip, note.enclosure.as_deref()));
    }
    let added = clean(&added).replace('\n', ending);
    let bytes: usize = text.split_inclusive('\n').take(at).map(str::len).sum();
    let (before, after) = text.split_at_checked(bytes).unwrap_or((text, ""));
    let ended = before.is_empty() || before.ends_with('\n');
    let joint = if ended { "" } else { ending };
    // Words of the user end in air.
    let last = before.lines().next_back().unwrap_or_default();
    let air = if last.trim().is_empty() || line::is_audio(last) { "" } else { ending };
    (format!("{before}{joint}{air}{added}{after}"), count)
}
