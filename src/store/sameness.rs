//! When two things are the same episode, although its feed now says otherwise.
//!
//! Hosts give new guids when a show moves; what was heard must not come back as new. The rule follows
//! `AntennaPod`'s: the same guid; else the same audio file; else the same title on the same day with
//! nearly the same length and the same kind of file. Episodes from imported notes have no guid of
//! the feed, and often neither date nor length, so their title or page is enough.

use std::collections::{HashMap, HashSet};

use rusqlite::Connection;

use super::{Result, fold, row};
use crate::model::{ParsedEpisode, ShowId, UnixSeconds};

/// Lengths that differ by less may be the same recording with other advertisements.
const LENGTH_SLACK_MS: u64 = 10 * 60 * 1000;

/// Most episodes with one title or file that are looked at: a hostile feed may have them all alike.
const MOST_ALIKE: usize = 300;

/// A day in seconds.
const DAY: i64 = 86_400;

/// By what an episode is told from others.
#[derive(Debug, Clone, Default)]
pub(super) struct Traits {
    pub(super) guid: String,
    pub(super) enclosure: Option<String>,
    pub(super) page: Option<String>,
    pub(super) title: String,
    pub(super) published: Option<UnixSeconds>,
    pub(super) duration_ms: Option<u64>,
    /// `audio` or `video`.
    pub(super) media: Option<String>,
}

impl Traits {
    /// Of an item of a feed, under the guid that stands for it.
    pub(super) fn of_item(item: &ParsedEpisode, guid: &str) -> Self {
        let enclosure = item.enclosure.as_ref();
        Self {
            guid: guid.to_owned(),
            enclosure: enclosure.and_then(|enclosure| fold::media_key(&enclosure.url)),
            page: item.link.as_deref().and_then(fold::page_key),
            title: fold::key(item.title.as_deref().unwrap_or_default()),
            published: item.published,
            duration_ms: item.duration_ms,
            media: enclosure.and_then(|enclosure| major(enclosure.mime.as_deref())),
        }
    }

    /// Same title, same day, nearly same length, same kind of file; what one does not know speaks
    /// neither for nor against, except the day.
    fn looks_like(&self, other: &Self) -> bool {
        let length = |a: u64, b: u64| a.abs_diff(b) <= LENGTH_SLACK_MS;
        !self.title.is_empty()
            && self.title == other.title
            && both(self.published, other.published).is_some_and(|(a, b)| same_day(a, b))
            && both(self.duration_ms, other.duration_ms).is_none_or(|(a, b)| length(a, b))
            && both(self.media.as_ref(), other.media.as_ref()).is_none_or(|(a, b)| a == b)
    }

    /// Whether an imported note (`self`) may be about this item, by title. A note's date has no hour
    /// and may be a day off; a title that comes back every week is another episode.
    pub(super) fn is_titled_like(&self, item: &Self) -> bool {
        let near = both(self.published, item.published)
            .is_none_or(|(a, b)| a.abs_diff(b) <= 2 * DAY.unsigned_abs());
        !self.title.is_empty() && self.title == item.title && near
    }

    /// Whether an imported note (`self`) may be about this item, whose title was changed: it has the
    /// same page and the same day. Only for pages that no other episode has.
    pub(super) fn shares_page_with(&self, item: &Self) -> bool {
        let near = both(self.published, item.published)
            .is_some_and(|(a, b)| a.abs_diff(b) < DAY.unsigned_abs());
        self.page.is_some() && self.page == item.page && near
    }
}

fn both<T>(a: Option<T>, b: Option<T>) -> Option<(T, T)> {
    a.zip(b)
}

fn same_day(a: UnixSeconds, b: UnixSeconds) -> bool {
    a.div_euclid(DAY) == b.div_euclid(DAY) || a.abs_diff(b) < DAY.unsigned_abs() / 2
}

/// `audio` of `audio/mpeg`.
fn major(mime: Option<&str>) -> Option<String> {
    let (major, _) = mime?.split_once('/')?;
    Some(major.trim().to_ascii_lowercase())
}

/// An episode that the library has.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) id: i64,
    pub(super) traits: Traits,
    pub(super) from_note: bool,
    pub(super) sort_at: UnixSeconds,
    pub(super) digest: Option<i64>,
    /// An item of the feed was found to be it.
    taken: bool,
}

/// The episodes of one show, to be looked up by what they are.
#[derive(Debug)]
pub(super) struct Roll {
    known: Vec<Known>,
    by_guid: HashMap<String, usize>,
    by_enclosure: HashMap<String, Vec<usize>>,
    by_title: HashMap<String, Vec<usize>>,
    notes: Vec<usize>,
}

impl Roll {
    pub(super) fn of(conn: &Connection, show: ShowId) -> Result<Self> {
        let mut statement = conn.prepare_cached(
            "SELECT id, guid, enclosure_key, link_key, title_key, published,
                coalesce(claimed_ms, measured_ms), enclosure_type, from_note, sort_at, digest
             FROM episodes WHERE show = ?1",
        )?;
        let rows = statement.query_map([show.0], |row| {
            Ok(Known {
                id: row.get(0)?,
                traits: Traits {
                    guid: row.get(1)?,
                    enclosure: row.get(2)?,
                    page: row.get(3)?,
                    title: row.get(4)?,
                    published: row.get(5)?,
                    duration_ms: row.get::<_, Option<i64>>(6)?.map(row::uint),
                    media: major(row.get::<_, Option<String>>(7)?.as_deref()),
                },
                from_note: row.get(8)?,
                sort_at: row.get(9)?,
                digest: row.get(10)?,
                taken: false,
            })
        })?;
        let mut roll = Self {
            known: Vec::new(),
            by_guid: HashMap::new(),
            by_enclosure: HashMap::new(),
            by_title: HashMap::new(),
            notes: Vec::new(),
        };
        for known in rows {
            roll.push(known?);
        }
        Ok(roll)
    }

    fn push(&mut self, known: Known) {
        let at = self.known.len();
        let traits = &known.traits;
        self.by_guid.insert(traits.guid.clone(), at);
        if let Some(enclosure) = &traits.enclosure {
            self.by_enclosure.entry(enclosure.clone()).or_default().push(at);
        }
        self.by_title.entry(traits.title.clone()).or_default().push(at);
        if known.from_note {
            self.notes.push(at);
        }
        self.known.push(known);
    }

    /// The known episode that `item` is, which from then on is no other item's. An episode whose own
    /// guid is in the feed (`present`) can only be found by that guid.
    pub(super) fn take(&mut self, item: &Traits, present: &HashSet<&str>) -> Option<&Known> {
        let at = self.find(item, present)?;
        let known = self.known.get_mut(at)?;
        known.taken = true;
        Some(known)
    }

    fn find(&self, item: &Traits, present: &HashSet<&str>) -> Option<usize> {
        let free = |at: &&usize| {
            self.known.get(**at).is_some_and(|k| !k.taken && !present.contains(&*k.traits.guid))
        };
        if let Some(at) = self.by_guid.get(&item.guid) {
            return self.known.get(*at).filter(|known| !known.taken).map(|_| *at);
        }
        let same_file = item.enclosure.as_ref().and_then(|key| self.by_enclosure.get(key));
        if let Some(at) = same_file.into_iter().flatten().rev().take(MOST_ALIKE).find(free) {
            return Some(*at);
        }
        let traits = |at: &usize| self.known.get(*at).map(|known| &known.traits);
        let alike = |at: &&usize| traits(at).is_some_and(|known| item.looks_like(known));
        let same_title = self.by_title.get(&item.title).into_iter().flatten();
        if let Some(at) = same_title.rev().take(MOST_ALIKE).filter(free).find(alike) {
            return Some(*at);
        }
        let titled = |at: &&usize| traits(at).is_some_and(|note| note.is_titled_like(item));
        let paged = |at: &&usize| traits(at).is_some_and(|note| note.shares_page_with(item));
        let mut notes = self.notes.iter().filter(free);
        notes.clone().find(titled).or_else(|| notes.find(paged)).copied()
    }
}

/// The guid that stands for each item. A guid that several items with different files share tells
/// nothing apart, so their files' addresses stand for them.
pub(super) fn guids(items: &[ParsedEpisode]) -> Vec<&str> {
    let file = |item: &ParsedEpisode| item.enclosure.as_ref().map(|e| fold::media_key(&e.url));
    let mut files = HashMap::new();
    let mut shared: HashSet<&str> = HashSet::new();
    for item in items {
        let this = file(item);
        if *files.entry(item.guid.as_str()).or_insert_with(|| this.clone()) != this {
            shared.insert(&item.guid);
        }
    }
    let mut guids = Vec::with_capacity(items.len());
    for ParsedEpisode { guid, enclosure, .. } in items {
        guids.push(match enclosure {
            Some(file) if !file.url.is_empty() && shared.contains(guid.as_str()) => &*file.url,
            _ => guid,
        });
    }
    guids
}

/// The pages that several items give: the show's home, which tells nothing apart.
pub(super) fn shared_pages(items: &[ParsedEpisode]) -> HashSet<String> {
    let mut seen = HashSet::new();
    let mut shared = HashSet::new();
    for page in items.iter().filter_map(|item| fold::page_key(item.link.as_deref()?)) {
        if let Some(again) = seen.replace(page) {
            shared.insert(again);
        }
    }
    shared
}
