//! Snipd-style notes in and out.

use std::path::Path;

use super::services::now;
use super::{Services, Trouble};
use crate::model::{EpisodeId, Note};

/// What an import brought.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Imported {
    /// Shows that were new.
    pub shows: usize,
    /// Episodes that were new.
    pub episodes: usize,
    /// Snips that were new.
    pub snips: usize,
    /// What could not be taken in: line (from 1) and why.
    pub skipped: Vec<(usize, String)>,
    /// The episodes that the notes are about, in order.
    pub about: Vec<EpisodeId>,
}

/// Takes in the notes of one file; the same file again changes nothing.
///
/// # Errors
/// When there is no note in it, or the library cannot be written.
pub async fn import_text(services: &Services, text: String) -> Result<Imported, Trouble> {
    let parsed = tokio::task::spawn_blocking(move || crate::snipd::parse(&text)).await;
    let notes = parsed.map_err(|err| Trouble::doing("reading the note", &err))?;
    if notes.is_empty() {
        return Err(Trouble::new("there is no episode in this note: nothing was imported"));
    }
    let work = move |store: &crate::store::Store| {
        let mut imported = Imported::default();
        for (note, taken) in notes.iter().zip(store.import_notes(&notes, now())?) {
            imported.skipped.extend(note.skipped.iter().cloned());
            match taken {
                Ok(taken) => {
                    imported.shows += usize::from(taken.new_show);
                    imported.episodes += usize::from(taken.new_episode);
                    imported.snips += taken.new_snips;
                    imported.about.push(taken.episode);
                }
                Err(why) => imported.skipped.push((note.line, format!("{}: {why}", note.title))),
            }
        }
        Ok(imported)
    };
    services.desk.ask(work).await
}

/// The note of an episode as Markdown, with its title.
///
/// # Errors
/// When the episode is not in the library.
pub async fn export_note(services: &Services, id: EpisodeId) -> Result<(String, Note), Trouble> {
    let note = services.desk.ask(move |store| store.note_of(id)).await?;
    let mut note = note.ok_or_else(|| Trouble::new("this episode is no longer in the library"))?;
    let episode = services.desk.ask(move |store| store.episode(id)).await?;
    if let Some(episode) = episode.filter(|e| !e.notes_markdown && note.notes.trim().is_empty()) {
        // The note holds Markdown; a feed's notes are HTML.
        let notes = crate::text::from_html(&episode.notes, episode.notes_base.as_deref());
        note.notes = crate::text::to_markdown(&notes);
    }
    Ok((crate::snipd::write(&note), note))
}

/// Writes a file so that it is either the old one or the whole new one, whatever happens.
///
/// # Errors
/// When the folder cannot be made or the file not be written.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    let failed = |err: &std::io::Error| Trouble::doing(&format!("writing {}", path.display()), err);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| Path::new("."));
    std::fs::create_dir_all(folder).map_err(|err| failed(&err))?;
    let mut file = temporary(path).tempfile_in(folder).map_err(|err| failed(&err))?;
    std::io::Write::write_all(&mut file, bytes).map_err(|err| failed(&err))?;
    file.as_file().sync_all().map_err(|err| failed(&err))?;
    file.persist(path).map_err(|err| failed(&err.error))?;
    Ok(())
}

/// A new file with the rights of the old one, or those that new files usually get; a temporary file
/// of its own accord is for one user only, and notes lie in shared folders.
#[cfg(unix)]
fn temporary(path: &Path) -> tempfile::Builder<'static, 'static> {
    use std::os::unix::fs::PermissionsExt;
    let rights = std::fs::metadata(path).map(|old| old.permissions());
    let mut builder = tempfile::Builder::new();
    builder.permissions(rights.unwrap_or_else(|_| std::fs::Permissions::from_mode(0o666)));
    builder
}

#[cfg(not(unix))]
fn temporary(_: &Path) -> tempfile::Builder<'static, 'static> {
    tempfile::Builder::new()
}
