//! Which episode an imported note is about, and which of its snips are new.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, params};

use super::sameness::Traits;
use super::{Result, fold, row};
use crate::model::{Millis, NewSnip, Note};

/// By what the episode of a note is told from others. The guid is made up from what is most its own.
pub(super) fn traits_of(note: &Note) -> Traits {
    let enclosure = note.enclosure.as_deref().and_then(fold::media_key);
    let page = note.link.as_deref().and_then(fold::page_key);
    let title = fold::key(&note.title);
    let guid = [note.enclosure.as_deref(), note.snipd_url.as_deref()];
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
    let by_snipd = "SELECT episode FROM imported WHERE snipd_url = ?1";
    if let Some(id) = one(by_snipd, note.snipd_url.as_deref())? {
        return Ok(Some(id));
    }
    let by_file = "SELECT e.id FROM episodes e JOIN shows s ON s.id = e.show
        WHERE e.enclosure_key = ?1 ORDER BY s.subscribed DESC, e.id LIMIT 1";
    if let Some(id) = one(by_file, traits.enclosure.as_deref())? {
        return Ok(Some(id));
    }
    if let Some(id) = one("SELECT id FROM episodes WHERE guid = ?1", Some(&traits.guid))? {
        return Ok(Some(id));
    }
    find_by_name(conn, traits, show_key)
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

/// The snips of a note that the episode does not have yet. A snip is known by its address at Snipd,
/// else by its range. Each known one stands for one of the note, so that two thoughts on the same
/// passage both come in, and both are known the next time; one that the note repeats comes in once.
pub(super) fn new_snips<'a>(
    conn: &Connection,
    episode: i64,
    snips: &'a [NewSnip],
) -> Result<Vec<&'a NewSnip>> {
    let mut statement =
        conn.prepare_cached("SELECT url, start_ms, end_ms FROM snips WHERE episode = ?1")?;
    let mut known: Vec<Known> = statement
        .query_map([episode], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<rusqlite::Result<_>>()?;
    let mut seen = HashSet::new();
    let mut bare: HashMap<(Millis, Millis), Vec<&NewSnip>> = HashMap::new();
    let mut new: Vec<&NewSnip> = Vec::new();
    for snip in snips {
        let repeated = if let Some(url) = &snip.url {
            !seen.insert(url)
        } else {
            let there = bare.entry((snip.start_ms, snip.end_ms)).or_default();
            let repeated = there.contains(&snip);
            there.push(snip);
            repeated
        };
        if !repeated && !take_known(&mut known, |of| is(of, snip)) {
            new.push(snip);
        }
    }
    // An address that only one side knows speaks neither for nor against.
    let half = |of: &Known, snip: &NewSnip| (of.0.is_none() || snip.url.is_none()) && at(of, snip);
    new.retain(|snip| !take_known(&mut known, |of| half(of, snip)));
    Ok(new)
}

/// Address, start and end of a snip that the library has.
type Known = (Option<String>, i64, i64);

fn is(known: &Known, snip: &NewSnip) -> bool {
    known.0 == snip.url && (snip.url.is_some() || at(known, snip))
}

fn at(known: &Known, snip: &NewSnip) -> bool {
    (known.1, known.2) == (row::int(snip.start_ms), row::int(snip.end_ms))
}

fn take_known(known: &mut Vec<Known>, is: impl Fn(&Known) -> bool) -> bool {
    let found = known.iter().position(is);
    found.map(|at| known.swap_remove(at)).is_some()
}
