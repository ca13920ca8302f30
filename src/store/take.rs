//! Taking a feed in: metadata only. Where listening stopped, what was heard, the queue, snips and
//! downloads are never touched, and items that vanish from the feed stay.

use std::collections::HashSet;

use rusqlite::{Connection, params};

use super::sameness::{Roll, Traits, guids, shared_pages};
use super::{HitKind, Result, Store, digest, due, fold, index, merge, row, shows};
use crate::model::{ParsedEpisode, ParsedFeed, ShowId, UnixSeconds};

/// What the server said of the answer, to ask conditionally the next time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeedStamp {
    /// `ETag`.
    pub etag: Option<String>,
    /// `Last-Modified`.
    pub last_modified: Option<String>,
    /// Seconds that the server says the answer stays fresh for.
    pub fresh_for: Option<u64>,
}

/// What a feed brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Taken {
    /// Episodes that the library did not have.
    pub new: usize,
    /// Episodes whose metadata or notes are different now.
    pub changed: usize,
}

/// Turns an item into the plain text that the search finds.
pub(super) type Plain<'a> = &'a dyn Fn(&ParsedEpisode) -> String;

impl Store {
    /// Takes in what a feed says now, in one transaction. `plain` gives the notes of an item as plain
    /// text for the search; it is asked only about items that are new or changed.
    ///
    /// An item is a known episode if it has its guid; else, if that episode's guid is not in the feed
    /// any more, by its audio file; else by title, day and length. It then gets the new guid and
    /// keeps its state. Episodes without a date stand where the feed has them; dates in the future
    /// count as `now`.
    ///
    /// # Errors
    /// When there is no such show or the library cannot be written.
    pub fn take_feed(
        &self,
        id: ShowId,
        feed: &ParsedFeed,
        stamp: FeedStamp,
        now: UnixSeconds,
        plain: Plain<'_>,
    ) -> Result<Taken> {
        self.write(|conn| {
            shows::exists(conn, id)?;
            let rest_s = feed.rest_s.max(stamp.fresh_for);
            let renamed = put_show(conn, id, feed, stamp, now)?;
            merge::adopt_noted(conn, id)?;
            let show: String =
                conn.query_row("SELECT title FROM shows WHERE id = ?1", [id.0], |r| r.get(0))?;
            let base = feed.link.as_deref();
            let intake = Intake {
                conn,
                id,
                show: &show,
                base,
                now,
                undated: now,
                renamed,
                only_new: false,
                plain,
            };
            let taken = intake.all(&feed.episodes)?;
            due::answered(conn, id, now, rest_s, false)?;
            Ok(taken)
        })
    }
}

/// Writes what the feed says of the show; whether its title is a new one.
fn put_show(
    conn: &Connection,
    id: ShowId,
    feed: &ParsedFeed,
    stamp: FeedStamp,
    now: UnixSeconds,
) -> Result<bool> {
    let title = feed.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
    let FeedStamp { etag, last_modified, .. } = stamp;
    let was = words(conn, id)?;
    conn.prepare_cached(
        "UPDATE shows SET title = coalesce(?2, title), title_key = coalesce(?3, title_key),
            link = coalesce(?4, link), author = coalesce(?5, author),
            description = coalesce(?6, description), image = coalesce(?7, image),
            language = coalesce(?8, language), etag = ?9, last_modified = ?10, refreshed = ?11,
            health = ?12, error = NULL, not_before = NULL,
            next_page = iif(?13 IS NULL, NULL, coalesce(next_page, ?13))
         WHERE id = ?1",
    )?
    .execute(params![
        id.0,
        title,
        title.map(fold::key),
        feed.link,
        feed.author,
        feed.description,
        feed.image,
        feed.language,
        etag,
        last_modified,
        now,
        row::GOOD,
        feed.next_page,
    ])?;
    let is = words(conn, id)?;
    if was != is {
        shows::put_text(conn, id)?;
    }
    Ok(was.0 != is.0)
}

/// Title, author and description: what a search finds of a show.
type Words = (String, Option<String>, Option<String>);

fn words(conn: &Connection, id: ShowId) -> Result<Words> {
    let sql = "SELECT title, author, description FROM shows WHERE id = ?1";
    let mut statement = conn.prepare_cached(sql)?;
    Ok(statement.query_row([id.0], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
}

/// One feed on its way into the library.
pub(super) struct Intake<'a> {
    pub(super) conn: &'a Connection,
    pub(super) id: ShowId,
    pub(super) show: &'a str,
    pub(super) base: Option<&'a str>,
    pub(super) now: UnixSeconds,
    /// Where episodes stand before whom no item has a date.
    pub(super) undated: UnixSeconds,
    pub(super) renamed: bool,
    /// Episodes that are known stay as they are.
    pub(super) only_new: bool,
    pub(super) plain: Plain<'a>,
}

impl Intake<'_> {
    /// Goes through the items from the last to the first, so that of two episodes of the same date
    /// the one that the feed has first gets the higher id and is listed first.
    pub(super) fn all(&self, items: &[ParsedEpisode]) -> Result<Taken> {
        let guids = guids(items);
        let present: HashSet<&str> = guids.iter().copied().collect();
        let homes = shared_pages(items);
        let mut roll = Roll::of(self.conn, self.id)?;
        let mut first = HashSet::new();
        let firsts: Vec<bool> = guids.iter().map(|guid| first.insert(*guid)).collect();
        let mut older = items.iter().rev().find_map(|item| item.published);
        if self.only_new {
            older = older.map(|older| older.min(self.undated));
        }
        let mut taken = Taken::default();
        for ((item, guid), first) in items.iter().zip(&guids).zip(firsts).rev() {
            if !first {
                continue;
            }
            let mut traits = Traits::of_item(item, guid);
            traits.page = traits.page.filter(|page| !homes.contains(page));
            let date = item.published.or(older).unwrap_or(self.undated).min(self.now);
            older = item.published.or(older);
            let digest = digest::of(item, guid);
            let known = roll.take(&traits, &present).map(|k| (k.id, k.digest, k.sort_at));
            match known {
                None => {
                    let noted = merge::adopt_episode(self.conn, self.id, &traits)?;
                    let id = noted.map_or_else(|| self.insert(&traits, date), Ok)?;
                    self.fill(id, item, &traits, date, digest)?;
                    self.index(id, item, noted.is_none())?;
                    taken.new += usize::from(noted.is_none());
                    taken.changed += usize::from(noted.is_some());
                }
                Some(_) if self.only_new => {}
                Some((id, was, sort_at)) if was != Some(digest) || self.renamed => {
                    let date = if item.published.is_some() { date } else { sort_at };
                    self.fill(id, item, &traits, date, digest)?;
                    self.index(id, item, false)?;
                    taken.changed += usize::from(was != Some(digest));
                }
                Some(_) => {}
            }
        }
        Ok(taken)
    }

    fn insert(&self, traits: &Traits, date: UnixSeconds) -> Result<i64> {
        self.conn
            .prepare_cached(
                "INSERT INTO episodes (show, guid, title, title_key, sort_at)
                 VALUES (?1, ?2, '', '', ?3)",
            )?
            .execute(params![self.id.0, traits.guid, date])?;
        Ok(self.conn.last_insert_rowid())
    }

    /// Writes the metadata of an item over that of an episode. What the feed no longer says of date,
    /// length, audio file and notes stays as it was.
    fn fill(
        &self,
        id: i64,
        item: &ParsedEpisode,
        traits: &Traits,
        date: UnixSeconds,
        digest: i64,
    ) -> Result<()> {
        let title = item.title.as_deref().unwrap_or_default().trim();
        let title = if title.is_empty() { traits.guid.as_str() } else { title };
        let enclosure = item.enclosure.as_ref();
        self.conn
            .prepare_cached(
                "UPDATE episodes SET guid = ?2, title = ?3, title_key = ?4,
                    published = coalesce(?5, published), sort_at = ?6,
                    claimed_ms = coalesce(?7, claimed_ms), number = ?8, season = ?9,
                    title_number = ?10, link = coalesce(?11, link),
                    link_key = iif(?11 IS NULL, link_key, ?12),
                    enclosure_type = iif(?13 IS NULL, enclosure_type, ?14),
                    enclosure_length = iif(?13 IS NULL, enclosure_length, ?15),
                    enclosure_url = coalesce(?13, enclosure_url),
                    enclosure_key = coalesce(?16, enclosure_key),
                    from_note = 0, digest = ?17
                 WHERE id = ?1",
            )?
            .execute(params![
                id,
                traits.guid,
                title,
                fold::key(title),
                item.published,
                date,
                item.duration_ms.map(row::int),
                item.number,
                item.season,
                fold::title_number(title),
                item.link,
                traits.page,
                enclosure.map(|enclosure| &enclosure.url),
                enclosure.and_then(|enclosure| enclosure.mime.as_ref()),
                enclosure.and_then(|enclosure| enclosure.length).map(row::int),
                traits.enclosure,
                digest,
            ])?;
        self.fill_details(id, item)
    }

    fn fill_details(&self, id: i64, item: &ParsedEpisode) -> Result<()> {
        self.conn
            .prepare_cached(
                "INSERT INTO details (episode, notes, notes_base, chapters_url, feed_chapters,
                    transcripts, soundbites, persons, image, author, kind, explicit, updated)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
                 ON CONFLICT (episode) DO UPDATE SET
                    notes = iif(?14, excluded.notes, notes),
                    notes_base = iif(?14, excluded.notes_base, notes_base),
                    notes_markdown = iif(?14, 0, notes_markdown),
                    chapters_url = excluded.chapters_url, feed_chapters = excluded.feed_chapters,
                    transcripts = excluded.transcripts, soundbites = excluded.soundbites,
                    persons = excluded.persons, image = coalesce(excluded.image, image),
                    author = excluded.author, kind = excluded.kind, explicit = excluded.explicit,
                    updated = excluded.updated",
            )?
            .execute(params![
                id,
                item.notes_html,
                item.link.as_deref().or(self.base),
                item.chapters_url,
                row::to_json(&item.chapters)?,
                row::to_json(&item.transcripts)?,
                row::to_json(&item.soundbites)?,
                row::to_json(&item.persons)?,
                item.image,
                item.author,
                item.kind,
                item.explicit,
                item.updated,
                !item.notes_html.trim().is_empty(),
            ])?;
        Ok(())
    }

    fn index(&self, id: i64, item: &ParsedEpisode, new: bool) -> Result<()> {
        let title = item.title.as_deref().unwrap_or_default();
        let put = if new { index::insert } else { index::put };
        let mut text = index::Text {
            kind: HitKind::Episodes,
            owner: id,
            part: 0,
            title,
            titled: true,
            body: "",
            context: self.show,
            marks: None,
        };
        put(self.conn, &text)?;
        if item.notes_html.trim().is_empty() {
            return Ok(());
        }
        let notes = (self.plain)(item);
        text.kind = HitKind::Notes;
        text.titled = false;
        text.body = &notes;
        put(self.conn, &text)
    }
}
