//! The folder of notes: one file for each episode, `Show/Episode.md`, in a folder of the user's choice
//! (an Obsidian vault). A file that the user has edited only grows, and a file that is not of this
//! program is never touched.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::{Path, PathBuf};

use super::note::write_whole;
use super::note_name::{folded, stem};
use super::{Services, Trouble, export_note};
use crate::model::{EpisodeId, Note};
use crate::snipd;

/// Most bytes of a file in the folder that are looked at; longer ones are none of ours.
const LONGEST: u64 = 32 << 20;

/// What was done with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteStatus {
    /// It is new, or the older one was replaced.
    Written,
    /// It already says what would be written.
    Unchanged,
    /// The user has edited it; so many snips were added below the last one.
    Appended(usize),
    /// The user has edited it, and all snips are in it.
    Edited,
}

/// A note in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenNote {
    /// The file.
    pub path: PathBuf,
    /// What was done with it.
    pub status: NoteStatus,
}

/// A folder of notes. It remembers which files it has seen, so that many notes are written quickly.
#[derive(Debug, Default)]
pub struct NoteFolder {
    root: PathBuf,
    shelves: HashMap<PathBuf, Shelf>,
}

impl NoteFolder {
    /// The folder at `root`, which is made when the first note is written.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), shelves: HashMap::new() }
    }

    /// Writes the note of an episode as `Show/Episode.md`.
    ///
    /// # Errors
    /// When the episode is not in the library, or the file cannot be read or written.
    pub async fn put(
        &mut self,
        services: &Services,
        id: EpisodeId,
    ) -> Result<WrittenNote, Trouble> {
        let (text, note) = export_note(services, id).await?;
        let folder = self.root.join(stem(note.show.as_deref().unwrap_or_default()));
        self.put_into(&folder, &text, &note)
    }

    /// Writes the note of an episode as `Episode.md`, without a folder for the show.
    ///
    /// # Errors
    /// As [`Self::put`].
    pub async fn put_flat(
        &mut self,
        services: &Services,
        id: EpisodeId,
    ) -> Result<WrittenNote, Trouble> {
        let (text, note) = export_note(services, id).await?;
        self.put_into(&self.root.clone(), &text, &note)
    }

    fn put_into(&mut self, folder: &Path, text: &str, note: &Note) -> Result<WrittenNote, Trouble> {
        let seen = match self.shelves.entry(folder.to_owned()) {
            Entry::Occupied(there) => there.into_mut(),
            Entry::Vacant(place) => place.insert(Shelf::of(folder)?),
        };
        let path = folder.join(seen.place(note)?);
        put(&path, text, note)
    }
}

/// Writes a note into the file at `path`.
///
/// # Errors
/// When a file is there that this program did not write, or it cannot be read or written.
pub fn write_note(path: &Path, text: &str, note: &Note) -> Result<WrittenNote, Trouble> {
    put(path, text, note)
}

fn put(path: &Path, text: &str, note: &Note) -> Result<WrittenNote, Trouble> {
    let done = |status| Ok(WrittenNote { path: path.to_owned(), status });
    let there = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(err) if err.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(err) => return Err(Trouble::doing(&format!("reading {}", path.display()), &err)),
    };
    // A file behind a link stays where it is.
    let real = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if there.is_empty() {
        write_whole(&real, text.as_bytes())?;
        return done(NoteStatus::Written);
    }
    let there = String::from_utf8(there).ok();
    let seal = there.as_deref().and_then(|there| Some((there, snipd::seal(there)?)));
    let Some((there, seal)) = seal.filter(|(there, seal)| is_of(note, there, seal)) else {
        return Err(Trouble::new(format!(
            "writing {}: a file is there that is not the note of this episode; \
             move it away or name another file",
            path.display()
        )));
    };
    if there == text {
        return done(NoteStatus::Unchanged);
    }
    if seal.untouched {
        write_whole(&real, text.as_bytes())?;
        return done(NoteStatus::Written);
    }
    let (longer, added) = snipd::append(there, note);
    if added == 0 {
        return done(NoteStatus::Edited);
    }
    write_whole(&real, longer.as_bytes())?;
    done(NoteStatus::Appended(added))
}

/// Whether a text that this program wrote is the note of this episode. Some feeds just count their
/// guids, so the show has to agree, or the title.
fn is_of(note: &Note, text: &str, seal: &snipd::Seal) -> bool {
    let known = snipd::parse(text);
    let same = |known: &Note| {
        (known.show.is_some() && known.show == note.show) || known.title == note.title
    };
    seal.guid == note.guid && known.first().is_none_or(same)
}

/// What one folder holds.
#[derive(Debug, Default)]
struct Shelf {
    /// The names that are taken, folded.
    names: HashMap<String, Option<Kept>>,
}

/// A note of ours.
#[derive(Debug)]
struct Kept {
    file: String,
    guid: Option<String>,
    show: Option<String>,
    title: String,
}

impl Shelf {
    /// Looks at all Markdown files of a folder; one that does not exist is empty.
    fn of(folder: &Path) -> Result<Self, Trouble> {
        let failed =
            |err: &std::io::Error| Trouble::doing(&format!("reading {}", folder.display()), err);
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(err) if err.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(err) => return Err(failed(&err)),
        };
        let mut shelf = Self::default();
        for entry in entries {
            let entry = entry.map_err(|err| failed(&err))?;
            let file = entry.file_name().to_string_lossy().into_owned();
            let kept = Kept::read(&entry.path(), &file);
            shelf.names.insert(folded(&file), kept);
        }
        Ok(shelf)
    }

    /// The name of a note's file: that of the file that it has, whatever the user calls it now, else
    /// a free one made of its title.
    fn place(&mut self, note: &Note) -> Result<String, Trouble> {
        let mine = |kept: &&Kept| {
            kept.guid == note.guid
                && ((kept.show.is_some() && kept.show == note.show) || kept.title == note.title)
        };
        let own = stem(&note.title);
        let names: Vec<String> =
            [own.clone(), with_date(&own, note), with_mark(&own, note)].map(|n| n + ".md").into();
        let by_name =
            names.iter().find_map(|name| self.names.get(&folded(name))?.as_ref().filter(mine));
        let found = by_name.or_else(|| {
            let all = self.names.values().flatten().filter(mine);
            all.min_by(|a, b| a.file.cmp(&b.file))
        });
        if let Some(kept) = found {
            return Ok(kept.file.clone());
        }
        let free = names.into_iter().find(|name| !self.names.contains_key(&folded(name)));
        let Some(file) = free else {
            return Err(Trouble::new(format!(
                "writing the note of {}: other files have all its names; move {own}.md away",
                note.title
            )));
        };
        let kept = Kept {
            file: file.clone(),
            guid: note.guid.clone(),
            show: note.show.clone(),
            title: note.title.clone(),
        };
        self.names.insert(folded(&file), Some(kept));
        Ok(file)
    }
}

impl Kept {
    fn read(path: &Path, file: &str) -> Option<Self> {
        let ending = Path::new(file).extension()?;
        let short = || std::fs::metadata(path).is_ok_and(|it| it.is_file() && it.len() <= LONGEST);
        if !ending.eq_ignore_ascii_case("md") || !short() {
            return None;
        }
        let text = std::fs::read_to_string(path).ok()?;
        let seal = snipd::seal(&text)?;
        let note = snipd::parse(&text).into_iter().next()?;
        Some(Self { file: file.to_owned(), guid: seal.guid, show: note.show, title: note.title })
    }
}

/// The name for the second of two episodes with one title.
fn with_date(stem: &str, note: &Note) -> String {
    let day = note.published.and_then(|at| jiff::Timestamp::from_second(at).ok());
    day.map_or_else(|| with_mark(stem, note), |day| format!("{stem} ({})", day.strftime("%F")))
}

/// The name for the second of two episodes with one title and day: it has a mark of its guid.
fn with_mark(stem: &str, note: &Note) -> String {
    let guid = note.guid.as_deref().unwrap_or_default();
    // FNV-1a, which is the same with every build.
    let mark = guid
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("{stem} ({mark:08x})")
}

#[cfg(test)]
mod tests;
