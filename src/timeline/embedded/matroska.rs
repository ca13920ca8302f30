//! Matroska and `WebM` (RFC 9559): the `Chapters` element, which stands before the sound or where the
//! index at the start says.

use std::io::{Read, Seek};

use super::ebml::{Element, element};
use super::source::Source;
use super::words::{self, Words};
use crate::model::{Chapter, Millis};
use crate::timeline::{MAX_CHAPTERS, TimelineError};

const EBML: u32 = 0x1a45_dfa3;
const SEGMENT: u32 = 0x1853_8067;
const SEEK_HEAD: u32 = 0x114d_9b74;
const SEEK: u32 = 0x4dbb;
const SEEK_ID: u32 = 0x53ab;
const SEEK_POSITION: u32 = 0x53ac;
const CLUSTER: u32 = 0x1f43_b675;
const CHAPTERS: u32 = 0x1043_a770;
const EDITION: u32 = 0x45b9;
const EDITION_HIDDEN: u32 = 0x45bd;
const EDITION_DEFAULT: u32 = 0x45db;
const ATOM: u32 = 0xb6;
const TIME_START: u32 = 0x91;
const TIME_END: u32 = 0x92;
const HIDDEN: u32 = 0x98;
const ENABLED: u32 = 0x4598;
const DISPLAY: u32 = 0x80;
const STRING: u32 = 0x85;
const LANGUAGE: u32 = 0x437c;
const LANGUAGE_BCP47: u32 = 0x437d;

/// Most elements of a segment that are passed over.
const MAX_ELEMENTS: usize = 4_096;

/// Longest title, in bytes.
const MAX_TITLE: u64 = 8 << 10;

/// How deep chapters may nest.
const MAX_NESTING: usize = 8;

/// The chapters of the edition that players choose: the default one, else the first that is not
/// hidden, else the first. Chapters that are hidden or disabled are left out with all in them; one
/// that holds others is their section, and a chapter only if it begins before them.
pub(super) fn chapters<R: Read + Seek>(
    source: &mut Source<R>,
) -> Result<Vec<Chapter>, TimelineError> {
    let mut editions = Vec::new();
    if let Some(list) = find(source)? {
        list.each(source, |source, inner| {
            if inner.id == EDITION && editions.len() < MAX_NESTING {
                editions.push(edition(source, inner)?);
            }
            Ok(())
        })?;
    }
    let rank = |edition: &Edition| match (edition.atoms.is_empty(), edition.default, edition.hidden)
    {
        (true, _, _) => 3,
        (false, true, false) => 0,
        (false, false, false) => 1,
        (false, _, true) => 2,
    };
    let best = editions.into_iter().min_by_key(rank);
    Ok(best.map(|edition| flat(edition.atoms)).unwrap_or_default())
}

/// The `Chapters` element of the first segment.
fn find<R: Read + Seek>(source: &mut Source<R>) -> Result<Option<Element>, TimelineError> {
    let Some(head) = element(source, u64::MAX)?.filter(|e| e.id == EBML) else { return Ok(None) };
    source.go(head.end)?;
    let Some(segment) = element(source, u64::MAX)?.filter(|e| e.id == SEGMENT) else {
        return Ok(None);
    };
    let mut pointed = Vec::new();
    for _ in 0..MAX_ELEMENTS {
        let Some(inner) = element(source, segment.end)? else { break };
        match inner.id {
            CHAPTERS => return Ok(Some(inner)),
            SEEK_HEAD => pointed.extend(seek_head(source, inner)?),
            CLUSTER if !pointed.is_empty() || !inner.sized => break,
            _ => {}
        }
        source.go(inner.end)?;
    }
    for position in pointed {
        source.go(segment.start.saturating_add(position))?;
        let found = element(source, segment.end)?;
        if let Some(found) = found.filter(|found| found.id == CHAPTERS) {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// Where the index says that chapters stand, counted from the content of the segment.
fn seek_head<R: Read + Seek>(
    source: &mut Source<R>,
    head: Element,
) -> Result<Option<u64>, TimelineError> {
    let mut out = None;
    head.each(source, |source, seek| {
        let (mut id, mut position) = (None, None);
        if seek.id == SEEK {
            seek.each(source, |source, inner| {
                match inner.id {
                    SEEK_ID => id = inner.unsigned(source)?,
                    SEEK_POSITION => position = inner.unsigned(source)?,
                    _ => {}
                }
                Ok(())
            })?;
        }
        if id == Some(u64::from(CHAPTERS)) {
            out = out.or(position);
        }
        Ok(())
    })?;
    Ok(out)
}

struct Edition {
    default: bool,
    hidden: bool,
    atoms: Vec<Atom>,
}

/// A chapter with those in it.
struct Atom {
    start: Option<Millis>,
    end: Option<Millis>,
    shown: bool,
    title: Words,
    inner: Vec<Atom>,
}

fn edition<R: Read + Seek>(
    source: &mut Source<R>,
    element: Element,
) -> Result<Edition, TimelineError> {
    let mut edition = Edition { default: false, hidden: false, atoms: Vec::new() };
    let mut left = MAX_CHAPTERS;
    element.each(source, |source, inner| {
        match inner.id {
            EDITION_HIDDEN => edition.hidden = inner.unsigned(source)? == Some(1),
            EDITION_DEFAULT => edition.default = inner.unsigned(source)? == Some(1),
            ATOM => edition.atoms.extend(atom(source, inner, &mut left, 0)?),
            _ => {}
        }
        Ok(())
    })?;
    Ok(edition)
}

/// Reads a chapter; `None` if it is cut off or there are too many.
fn atom<R: Read + Seek>(
    source: &mut Source<R>,
    element: Element,
    left: &mut usize,
    depth: usize,
) -> Result<Option<Atom>, TimelineError> {
    if *left == 0 || depth >= MAX_NESTING {
        return Ok(None);
    }
    *left -= 1;
    let mut atom =
        Atom { start: None, end: None, shown: true, title: Words::default(), inner: Vec::new() };
    let mut chinese = false;
    element.each(source, |source, inner| {
        match inner.id {
            TIME_START => atom.start = inner.unsigned(source)?.map(millis),
            TIME_END => atom.end = inner.unsigned(source)?.map(millis),
            HIDDEN => atom.shown &= inner.unsigned(source)? != Some(1),
            ENABLED => atom.shown &= inner.unsigned(source)? != Some(0),
            DISPLAY => {
                let (title, is_chinese) = display(source, inner)?;
                if atom.title.is_blank() || is_chinese && !chinese {
                    atom.title = title;
                    chinese = is_chinese;
                }
            }
            ATOM => {
                // A closure cannot call itself, so what is in it is read by the same function.
                atom.inner.extend(self::atom(source, inner, left, depth + 1)?);
            }
            _ => {}
        }
        Ok(())
    })?;
    // A file that ends within it has a piece of a title at best.
    source.go(element.end.saturating_sub(1))?;
    let whole = source.array::<1>()?.is_some();
    Ok(whole.then_some(atom))
}

/// A title, and whether it is Chinese: of several languages that one is shown.
fn display<R: Read + Seek>(
    source: &mut Source<R>,
    element: Element,
) -> Result<(Words, bool), TimelineError> {
    let mut title = Words::default();
    let mut chinese = false;
    element.each(source, |source, inner| {
        match inner.id {
            STRING => {
                let bytes = inner.read(source, MAX_TITLE)?.unwrap_or_default();
                title = Words::of(Words::before_zero(&bytes));
            }
            LANGUAGE | LANGUAGE_BCP47 => {
                let code = inner.read(source, 64)?.unwrap_or_default();
                let codes = [b"chi".as_slice(), b"zho", b"zh", b"cmn", b"yue"];
                chinese |= codes.iter().any(|known| code.starts_with(known));
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok((title, chinese))
}

/// Times are in nanoseconds.
fn millis(nanos: u64) -> Millis {
    nanos / 1_000_000
}

/// Chapters in the order of the file, with the titles of those that hold them.
fn flat(atoms: Vec<Atom>) -> Vec<Chapter> {
    let (mut out, mut titles) = (Vec::new(), Vec::new());
    for atom in atoms {
        lay(atom, None, &mut out, &mut titles);
    }
    let titles = words::settle(titles);
    let title = |index: Option<usize>| index.and_then(|index| titles.get(index).cloned());
    let chapter = |(own, section, chapter): (usize, Option<usize>, Chapter)| Chapter {
        title: title(Some(own)).unwrap_or_default(),
        section: title(section),
        ..chapter
    };
    out.into_iter().map(chapter).collect()
}

/// A chapter with the places of its title and of its section's.
type Laid = (usize, Option<usize>, Chapter);

/// Depth is bounded by the reading.
fn lay(atom: Atom, section: Option<usize>, out: &mut Vec<Laid>, titles: &mut Vec<Words>) {
    if !atom.shown {
        return;
    }
    let own = titles.len();
    titles.push(atom.title);
    let inner: Vec<Atom> = atom.inner.into_iter().filter(|inner| inner.shown).collect();
    let first = inner.iter().filter_map(|inner| inner.start).min();
    if let Some(start_ms) = atom.start
        && first.is_none_or(|first| start_ms < first)
    {
        let end_ms = if first.is_some() { first } else { atom.end };
        out.push((own, section, Chapter { start_ms, end_ms, ..Chapter::default() }));
    }
    for inner in inner {
        lay(inner, Some(own), out, titles);
    }
}
