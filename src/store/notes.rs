//! Snipd-style notes coming in and going out: an episode with its snips in one file.

use rusqlite::{Connection, OptionalExtension, params};

use super::{Result, Store, fold, from_note, merge, noted, row, snips};
use crate::model::{EpisodeId, Note, UnixSeconds};

/// What an imported note brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ImportedNote {
    /// The episode that it is about.
    pub episode: EpisodeId,
    /// The library did not know the show.
    pub new_show: bool,
    /// The library did not know the episode.
    pub new_episode: bool,
    /// Snips that the library did not have.
    pub new_snips: usize,
}

impl Store {
    /// Takes in a note. Importing it again changes nothing: a snip is known by its address at Snipd,
    /// else by its range. A known snip whose block reads otherwise than at the last import gets what
    /// it lacks (title, note, transcript, tags, star, or a note that begins with its own); words that
    /// are here are never replaced, since the user may have written them.
    ///
    /// An episode is known by its guid, its page at Snipd, its audio file, its own page or the titles
    /// of show and episode; notes that came from a feed stay as they are. Otherwise the
    /// show becomes one without subscription, which a later subscription under the same title takes
    /// over.
    ///
    /// # Errors
    /// When a snip has an empty range or the library cannot be written; then nothing is taken in.
    pub fn import_note(&self, note: &Note, now: UnixSeconds) -> Result<ImportedNote> {
        self.keep(|conn| import(conn, note, now))
    }

    /// Takes in many notes at once (a whole account), in one transaction. A note that cannot be taken
    /// in leaves nothing behind and does not keep the others out: its place in the answer says why.
    ///
    /// # Errors
    /// When the library cannot be written; then nothing is taken in.
    pub fn import_notes(
        &self,
        notes: &[Note],
        now: UnixSeconds,
    ) -> Result<Vec<Result<ImportedNote>>> {
        self.keep(|conn| notes.iter().map(|note| import_or_undo(conn, note, now)).collect())
    }

    /// The episodes that have snips, in the order in which they came into the library.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn episodes_with_snips(&self) -> Result<Vec<EpisodeId>> {
        let mut statement =
            self.conn.prepare_cached("SELECT DISTINCT episode FROM snips ORDER BY episode")?;
        let rows = statement.query_map([], |row| Ok(EpisodeId(row.get(0)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// An episode with its snips as a note, ready to be written; what an imported note said comes
    /// back as it stood. `notes` stays empty for an episode whose notes are HTML
    /// ([`Episode::notes_markdown`] is `false`) and was never imported: the caller has the means to
    /// make Markdown of it.
    ///
    /// [`Episode::notes_markdown`]: crate::model::Episode::notes_markdown
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn note_of(&self, id: EpisodeId) -> Result<Option<Note>> {
        let Some(episode) = self.episode(id)? else { return Ok(None) };
        let summary = episode.summary;
        // A show without a name is only here because an episode has to have one.
        let (author, nameless): (Option<String>, bool) = self.conn.query_row(
            "SELECT author, url IS NULL AND title = ?2 FROM shows WHERE id = ?1",
            params![summary.show.0, from_note::NAMELESS],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        let snips = self.snips(Some(id))?;
        let guid = Some(summary.guid).filter(|guid| !guid.trim().is_empty());
        let fresh = Note {
            title: summary.title,
            show: Some(summary.show_title).filter(|_| !nameless),
            author,
            published: summary.published,
            link: summary.link,
            image: episode.image,
            enclosure: summary.enclosure.map(|enclosure| enclosure.url),
            duration_ms: summary.duration_ms,
            notes: if episode.notes_markdown { episode.notes } else { String::new() },
            exported: snips.iter().filter_map(|snip| snip.created).min(),
            snips: snips.into_iter().map(|snip| snip.body).collect(),
            ..Note::default()
        };
        Ok(Some(match facts(&self.conn, id)? {
            Some(stood) => Note {
                title: if stood.title.is_empty() { fresh.title } else { stood.title },
                show: stood.show.or(fresh.show),
                author: stood.author.or(fresh.author),
                published: stood.published.or(fresh.published),
                link: stood.link.or(fresh.link),
                image: stood.image.or(fresh.image),
                enclosure: stood.enclosure.or(fresh.enclosure),
                duration_ms: stood.duration_ms.or(fresh.duration_ms),
                notes: if stood.notes.is_empty() { fresh.notes } else { stood.notes },
                snips: fresh.snips,
                guid,
                ..stood
            },
            None => Note { guid, ..fresh },
        }))
    }
}

/// Takes in one note of many; undone alone if it fails.
fn import_or_undo(
    conn: &Connection,
    note: &Note,
    now: UnixSeconds,
) -> Result<Result<ImportedNote>> {
    conn.execute_batch("SAVEPOINT note")?;
    let imported = import(conn, note, now);
    if imported.is_err() {
        conn.execute_batch("ROLLBACK TO note")?;
    }
    conn.execute_batch("RELEASE note")?;
    Ok(imported)
}

fn import(conn: &Connection, note: &Note, now: UnixSeconds) -> Result<ImportedNote> {
    let traits = noted::traits_of(note);
    let show_key = note.show.as_deref().map(fold::key).filter(|key| !key.is_empty());
    let known = noted::find(conn, note, &traits, show_key.as_deref())?;
    let mut new_show = false;
    let id = if let Some(id) = known {
        id
    } else {
        let (show, new) = from_note::show(conn, note, show_key.as_deref(), now)?;
        new_show = new;
        from_note::episode(conn, show, note, &traits, now)?
    };
    put_facts(conn, id, note)?;
    put_notes(conn, id, note)?;
    let told = noted::told_apart(conn, id, &note.snips)?;
    let created = note.exported.or(note.published).unwrap_or(now);
    for snip in &told.new {
        snips::insert(conn, EpisodeId(id), snip, Some(created))?;
    }
    for (known, snip) in told.other {
        snips::complete(conn, known, snip)?;
    }
    let new_snips = told.new.len();
    let new_episode = known.is_none();
    Ok(ImportedNote { episode: EpisodeId(id), new_show, new_episode, new_snips })
}

/// Keeps what the note says beside the episode. A later note of the same episode has the last word,
/// but what it does not say stays.
fn put_facts(conn: &Connection, id: i64, note: &Note) -> Result<()> {
    conn.execute(
        "INSERT INTO imported (episode, title, show, author, guests, published,
            exported, link, snipd_url, image, enclosure, duration_ms, notes, front_matter, rest,
            source)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
         ON CONFLICT (episode) DO UPDATE SET
            title = iif(excluded.title = '', title, excluded.title),
            show = coalesce(excluded.show, show), author = coalesce(excluded.author, author),
            guests = iif(excluded.guests = '[]', guests, excluded.guests),
            published = coalesce(excluded.published, published),
            exported = coalesce(excluded.exported, exported),
            link = coalesce(excluded.link, link),
            snipd_url = coalesce(excluded.snipd_url, snipd_url),
            image = coalesce(excluded.image, image),
            enclosure = coalesce(excluded.enclosure, enclosure),
            duration_ms = coalesce(excluded.duration_ms, duration_ms),
            notes = iif(excluded.notes = '', notes, excluded.notes),
            front_matter = coalesce(excluded.front_matter, front_matter),
            rest = CASE WHEN instr(excluded.rest, rest) THEN excluded.rest
                WHEN instr(rest, excluded.rest) THEN rest
                ELSE rest || char(10, 10) || excluded.rest END,
            source = coalesce(excluded.source, source)",
        params![
            id,
            note.title,
            note.show,
            note.author,
            row::to_json(&note.guests)?,
            note.published,
            note.exported,
            note.link,
            note.snipd_url,
            note.image,
            note.enclosure,
            note.duration_ms.map(row::int),
            note.notes,
            note.front_matter,
            note.rest,
            note.source,
        ],
    )?;
    Ok(())
}

/// Shows the note's own show notes, unless the feed gave some: those are fresher.
fn put_notes(conn: &Connection, id: i64, note: &Note) -> Result<()> {
    let done = conn.execute(
        "INSERT INTO details (episode, notes, notes_base, notes_markdown) VALUES (?1, ?2, ?3, 1)
         ON CONFLICT (episode) DO UPDATE SET notes = excluded.notes, notes_markdown = 1
         WHERE (notes_markdown OR trim(notes) = '') AND excluded.notes <> ''
            AND notes <> excluded.notes",
        params![id, note.notes, note.link],
    )?;
    let (title, show): (String, String) = conn.query_row(
        "SELECT e.title, s.title FROM episodes e JOIN shows s ON s.id = e.show WHERE e.id = ?1",
        [id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    merge::put_noted_text(conn, id, &title, &show, (done > 0).then_some(note.notes.as_str()))
}

fn facts(conn: &Connection, id: EpisodeId) -> Result<Option<Note>> {
    let found = conn
        .prepare_cached(
            "SELECT title, show, author, published, exported, link, snipd_url, image, enclosure,
                duration_ms, notes, front_matter, rest, source, guests FROM imported WHERE episode = ?1",
        )?
        .query_row([id.0], |row| {
            let note = Note {
                title: row.get(0)?,
                show: row.get(1)?,
                author: row.get(2)?,
                published: row.get(3)?,
                exported: row.get(4)?,
                link: row.get(5)?,
                snipd_url: row.get(6)?,
                image: row.get(7)?,
                enclosure: row.get(8)?,
                duration_ms: row.get::<_, Option<i64>>(9)?.map(row::uint),
                notes: row.get(10)?,
                front_matter: row.get(11)?,
                rest: row.get(12)?,
                source: row.get(13)?,
                ..Note::default()
            };
            Ok((note, row.get(14)?))
        })
        .optional()?;
    let Some((note, guests)) = found else { return Ok(None) };
    Ok(Some(Note { guests: row::from_json("the guests of a note", guests)?, ..note }))
}
