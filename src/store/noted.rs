//! Which episode an imported note is about, and which of its snips are new.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::sameness::Traits;
use super::{Result, fold, row};
use crate::model::{Millis, NewSnip, Note, SnipId};

/// By what the episode of a note is told from others. The guid is made up from what is most its own.
pub(super) fn traits_of(note: &Note) -> Traits {
    let enclosure = note.enclosure.as_deref().and_then(fold::media_key);
    let page = note.link.as_deref().and_then(fold::page_key);
    let title = fold::key(&note.title);
    let guid = [note.guid.as_deref(), note.enclosure.as_deref(), note.snipd_url.as_deref()];
    let guid = guid.into_iter().flatten().find(|part| !part.trim().is_empty());
    let name = || {
        let show = fold::key(note.show.as_deref().unwrap_or_default());
        format!("note:{show}/{title}/{}", note.published.unwrap_or_default())
    };
    Traits {
        guid: guid.map_or_else(name, str::to_owned),
        enclosure,
        page,
        title,
        published: note.published,
        duration_ms: note.duration_ms,
        media: None,
    }
}

/// The episode that a note is about, if the library has it.
pub(super) fn find(
    conn: &Connection,
    note: &Note,
    traits: &Traits,
    show_key: Option<&str>,
) -> Result<Option<i64>> {
    let one = |sql: &str, value: Option<&str>| -> Result<Option<i64>> {
        let Some(value) = value else { return Ok(None) };
        Ok(conn.prepare_cached(sql)?.query_row([value], |row| row.get(0)).optional()?)
    };
    if let Some(id) = find_by_guid(conn, note, traits, show_key)? {
        return Ok(Some(id));
    }
    let by_snipd = "SELECT episode FROM imported WHERE snipd_url = ?1";
    if let Some(id) = one(by_snipd, note.snipd_url.as_deref())? {
        return Ok(Some(id));
    }
    let by_file = "SELECT e.id FROM episodes e JOIN shows s ON s.id = e.show
        WHERE e.enclosure_key = ?1 ORDER BY s.subscribed DESC, e.id LIMIT 1";
    if let Some(id) = one(by_file, traits.enclosure.as_deref())? {
        return Ok(Some(id));
    }
    let made_up = note.guid.is_none().then_some(traits.guid.as_str());
    if let Some(id) = one("SELECT id FROM episodes WHERE guid = ?1", made_up)? {
        return Ok(Some(id));
    }
    find_by_name(conn, traits, show_key)
}

/// By the guid that a note of our own names. Some feeds just count (`1`, `2`), so the show or the
/// title has to agree.
fn find_by_guid(
    conn: &Connection,
    note: &Note,
    traits: &Traits,
    show_key: Option<&str>,
) -> Result<Option<i64>> {
    let Some(guid) = &note.guid else { return Ok(None) };
    let mut statement = conn.prepare_cached(
        "SELECT e.id FROM episodes e JOIN shows s ON s.id = e.show
         WHERE e.guid = ?1 AND (s.title_key = ?2 OR (e.title_key = ?3 AND ?3 <> ''))
         ORDER BY s.title_key IS ?2 DESC, s.subscribed DESC, e.id LIMIT 1",
    )?;
    Ok(statement.query_row(params![guid, show_key, traits.title], |row| row.get(0)).optional()?)
}

/// By the titles of show and episode, else by a page that only one episode has.
fn find_by_name(conn: &Connection, traits: &Traits, show_key: Option<&str>) -> Result<Option<i64>> {
    // The same title elsewhere (最新一期, Trailer) is another episode; so is the same page under
    // another title, if a show gives its home page for all.
    let mut statement = conn.prepare_cached(
        "SELECT e.id, e.title_key, e.link_key, e.published, s.title_key
         FROM episodes e JOIN shows s ON s.id = e.show
         WHERE (e.title_key = ?1 AND e.title_key <> '') OR e.link_key = ?2
         ORDER BY s.subscribed DESC, e.from_note, e.sort_at DESC LIMIT 200",
    )?;
    let rows = statement.query_map(params![traits.title, traits.page], |row| {
        let item = Traits {
            title: row.get(1)?,
            page: row.get(2)?,
            published: row.get(3)?,
            ..Traits::default()
        };
        Ok((row.get::<_, i64>(0)?, item, row.get::<_, String>(4)?))
    })?;
    let candidates: Vec<(i64, Traits, String)> = rows.collect::<rusqlite::Result<_>>()?;
    let titled = |(_, item, show): &&(i64, Traits, String)| {
        show_key.is_none_or(|key| key == show) && traits.is_titled_like(item)
    };
    if let Some((id, ..)) = candidates.iter().find(titled) {
        return Ok(Some(*id));
    }
    let mut paged = candidates.iter().filter(|(_, item, _)| item.page == traits.page);
    match (traits.page.as_ref().and_then(|_| paged.next()), paged.next()) {
        (Some((id, item, _)), None) if traits.shares_page_with(item) => Ok(Some(*id)),
        _ => Ok(None),
    }
}

/// The snips of a note, told apart by what the episode has already.
pub(super) struct ToldApart<'a> {
    /// Those that it does not have yet.
    pub(super) new: Vec<&'a NewSnip>,
    /// Those that it has, but that stood otherwise in the note from which they came.
    pub(super) other: Vec<(SnipId, &'a NewSnip)>,
}

/// Tells new snips from known ones. A snip is known by its address at Snipd, else by its range. Each
/// known one stands for one of the note, so that two thoughts on the same passage both come in, and
/// both are known the next time; one that the note repeats comes in once.
pub(super) fn told_apart<'a>(
    conn: &Connection,
    episode: i64,
    snips: &'a [NewSnip],
) -> Result<ToldApart<'a>> {
    let mut known = known(conn, episode)?;
    let mut seen = HashSet::new();
    let mut bare: HashMap<(Millis, Millis), Vec<&NewSnip>> = HashMap::new();
    let mut told = ToldApart { new: Vec::new(), other: Vec::new() };
    let mut left: Vec<&NewSnip> = Vec::new();
    for snip in snips {
        let repeated = if let Some(url) = &snip.url {
            !seen.insert(url)
        } else {
            let there = bare.entry(range(snip)).or_default();
            let repeated = there.contains(&snip);
            there.push(snip);
            repeated
        };
        if repeated {
            continue;
        }
        match take_known(&mut known, snip, |of| of.url == snip.url) {
            Some(of) => told.note_difference(&of, snip),
            None => left.push(snip),
        }
    }
    // An address that only one side knows speaks neither for nor against.
    for snip in left {
        match take_known(&mut known, snip, |of| of.url.is_none() || snip.url.is_none()) {
            Some(of) => told.note_difference(&of, snip),
            None => told.new.push(snip),
        }
    }
    Ok(told)
}

impl<'a> ToldApart<'a> {
    fn note_difference(&mut self, of: &Known, snip: &'a NewSnip) {
        if of.raw != snip.raw {
            self.other.push((of.id, snip));
        }
    }
}

/// A snip that the library has.
struct Known {
    id: SnipId,
    url: Option<String>,
    raw: Option<String>,
}

/// The snips of an episode by address, and all of them by range.
#[derive(Default)]
struct Roll {
    by_url: HashMap<String, usize>,
    by_range: HashMap<(Millis, Millis), Vec<usize>>,
    all: Vec<Option<Known>>,
}

fn known(conn: &Connection, episode: i64) -> Result<Roll> {
    let mut statement = conn.prepare_cached(
        "SELECT id, url, raw, start_ms, end_ms FROM snips WHERE episode = ?1 ORDER BY id",
    )?;
    let rows = statement.query_map([episode], |row| {
        let range = (row::uint(row.get(3)?), row::uint(row.get(4)?));
        Ok((Known { id: SnipId(row.get(0)?), url: row.get(1)?, raw: row.get(2)? }, range))
    })?;
    let mut roll = Roll::default();
    for row in rows {
        let (known, range) = row?;
        let at = roll.all.len();
        if let Some(url) = &known.url {
            roll.by_url.insert(url.clone(), at);
        }
        roll.by_range.entry(range).or_default().push(at);
        roll.all.push(Some(known));
    }
    Ok(roll)
}

fn range(snip: &NewSnip) -> (Millis, Millis) {
    (snip.start_ms, snip.end_ms)
}

/// Takes the known snip that `snip` is: the one with its address, else one of its range that fits.
/// First those with the same words, so that two thoughts do not change places.
fn take_known(roll: &mut Roll, snip: &NewSnip, fits: impl Fn(&Known) -> bool) -> Option<Known> {
    let by_url = snip.url.as_ref().and_then(|url| roll.by_url.get(url)).copied();
    let free = |at: &usize| roll.all.get(*at).is_some_and(Option::is_some);
    let there = |at: usize| roll.all.get(at).and_then(Option::as_ref);
    let at = by_url.filter(free).or_else(|| {
        let places = roll.by_range.get(&range(snip))?;
        let fitting = || places.iter().copied().filter(|at| there(*at).is_some_and(&fits));
        let alike = |at: &usize| there(*at).is_some_and(|known| known.raw == snip.raw);
        fitting().find(alike).or_else(|| fitting().next())
    })?;
    roll.all.get_mut(at)?.take()
}
