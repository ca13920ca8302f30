//! Changes of the library that can be taken back: each is answered by how it was before.

use super::{Performer, failed};
use crate::app::{Edit, Effect, Event, OrderNews, QueueEdit, ShelfFacts};
use crate::model::{Before, Change, EpisodeId, ShowId, SkippedChapter, Snip, SnipChange, SnipId};
use crate::runtime::Trouble;
use crate::store::{Store, StoreError};

type Answer = Result<Vec<Event>, StoreError>;

/// Rows that are sent anew after many were changed.
const ROWS: usize = 500;

impl Performer {
    /// Changes the library.
    pub(super) fn edit(&self, edit: Edit) {
        let inbox = self.inbox.clone();
        self.services.desk.post(move |store| {
            match perform(store, edit) {
                Ok(events) => events.into_iter().for_each(|event| Self::tell(&inbox, event)),
                Err(err) => {
                    Self::tell(&inbox, failed(&Trouble::doing("changing the library", &err)));
                    return Err(err);
                }
            }
            Ok(())
        });
    }
}

/// The effects of other concerns that can be taken back; `None` for all others.
pub(super) fn of(store: &Store, effect: &Effect) -> Option<Answer> {
    match effect {
        Effect::Unsubscribe(show) => Some(leave(store, *show)),
        Effect::DeleteSnip(id) => Some(delete_snip(store, *id)),
        Effect::ChangeSnip { id, change } => Some(change_snip(store, *id, change.clone())),
        Effect::SkipChapter { id, chapter, skip } => Some(skip_chapter(store, *id, chapter, *skip)),
        _ => None,
    }
}

/// What the shelves need to know.
pub(super) fn shelves(store: &Store) -> Result<Event, StoreError> {
    let (starred, archived) = store.put_aside()?;
    let filters = store.filters()?;
    Ok(Event::Order(OrderNews::Shelves(ShelfFacts { starred, archived, filters })))
}

fn was(title: String, before: Before) -> Event {
    Event::Order(OrderNews::Changed(Box::new(Change { title, before })))
}

fn title(store: &Store, id: EpisodeId) -> Result<String, StoreError> {
    Ok(store.summaries(&[id])?.pop().map(|episode| episode.title).unwrap_or_default())
}

fn show_title(store: &Store, id: ShowId) -> Result<String, StoreError> {
    Ok(store.show(id)?.map(|show| show.title).unwrap_or_default())
}

fn perform(store: &Store, edit: Edit) -> Answer {
    match edit {
        Edit::Played(ids, played) => mark(store, &ids, played),
        Edit::Star(id, on) => {
            let before = store.set_starred(&[id], on)?;
            let rows = Event::Rows(store.summaries(&[id])?);
            Ok(vec![rows, shelves(store)?, was(title(store, id)?, Before::Stars(before))])
        }
        Edit::Archive(id, away) => {
            let before = store.set_archived(&[id], away)?;
            let rows = Event::Rows(store.summaries(&[id])?);
            Ok(vec![rows, shelves(store)?, was(title(store, id)?, Before::Archived(before))])
        }
        Edit::ArchiveShow(id, away) => {
            let before = Before::ShowArchived(id, store.archive_show(id, away)?);
            let shows = Event::Shows(store.shows()?);
            Ok(vec![shelves(store)?, shows, was(show_title(store, id)?, before)])
        }
        Edit::Tags(id, tags) => {
            let before = Before::Tags(id, store.set_tags(id, &tags)?);
            Ok(vec![Event::Shows(store.shows()?), was(show_title(store, id)?, before)])
        }
        Edit::Queue(edit) => change_queue(store, edit),
        Edit::KeepFilter(instead, kept) => {
            let before = store.keep_filter(instead.as_deref(), &kept)?;
            Ok(vec![shelves(store)?, was(kept.name, Before::Filters(before))])
        }
        Edit::DropFilter(name) => {
            let before = store.drop_filter(&name)?;
            Ok(vec![shelves(store)?, was(name, Before::Filters(before))])
        }
        Edit::TakeBack(change) => take_back(store, change),
    }
}

fn mark(store: &Store, ids: &[EpisodeId], played: bool) -> Answer {
    let before = store.mark_played(ids, played)?;
    let first = ids.first().map(|id| title(store, *id)).transpose()?.unwrap_or_default();
    let title = if ids.len() == 1 { first } else { String::new() };
    let changed: Vec<EpisodeId> = before.iter().map(|(id, _)| *id).take(ROWS).collect();
    let mut events = vec![Event::Shows(store.shows()?)];
    if before.len() > ROWS {
        events.push(Event::LibraryChanged);
    } else {
        events.push(Event::Rows(store.summaries(&changed)?));
    }
    if before.is_empty() {
        let nothing = crate::lang::Notice::Marked(0);
        events.push(Event::Notice(nothing));
    } else {
        events.push(was(title, Before::Positions(before)));
    }
    Ok(events)
}

fn change_queue(store: &Store, edit: QueueEdit) -> Answer {
    let before = store.change_queue(|queue| edit.of(queue))?;
    let about = match edit {
        QueueEdit::Add(id)
        | QueueEdit::Next(id)
        | QueueEdit::Remove(id)
        | QueueEdit::Move(id, _) => title(store, id)?,
        QueueEdit::Clear => String::new(),
    };
    Ok(vec![Event::Queue(store.queue()?), was(about, Before::Queue(before))])
}

fn take_back(store: &Store, change: Box<Change>) -> Answer {
    store.take_back(&change)?;
    let mut events = Vec::new();
    if let Before::Skipped(id, ..) = change.before {
        events.push(Event::Order(OrderNews::Skipped(id, store.skipped_chapters(id)?)));
    }
    events.push(Event::Order(OrderNews::TakenBack(change)));
    Ok(events)
}

fn leave(store: &Store, show: ShowId) -> Answer {
    let title = show_title(store, show)?;
    store.leave_show(show)?;
    Ok(vec![Event::Shows(store.shows()?), shelves(store)?, was(title, Before::Subscribed(show))])
}

fn delete_snip(store: &Store, id: SnipId) -> Answer {
    let snip = store.snip(id)?;
    let episode = snip.as_ref().map(|snip| snip.episode);
    store.delete_snip(id)?;
    let mut events = vec![Event::Snips(episode, store.snips(episode)?)];
    events.extend(snip.map(snip_was));
    Ok(events)
}

fn change_snip(store: &Store, id: SnipId, change: SnipChange) -> Answer {
    let before = store.snip(id)?;
    let snip = store.change_snip(id, change)?;
    let mut events = vec![Event::SnipChanged(Box::new(snip))];
    events.extend(before.map(snip_was));
    Ok(events)
}

fn snip_was(snip: Snip) -> Event {
    let title = snip.body.title.clone().unwrap_or_default();
    was(title, Before::Snip(Box::new(snip)))
}

/// There was no such snip.
pub(super) fn no_snip(id: SnipId) -> Event {
    was(String::new(), Before::NoSnip(id))
}

/// A page was on the reading list as it is here, or it was not there.
pub(super) fn page_was(title: String, before: Before) -> Event {
    was(title, before)
}

fn skip_chapter(store: &Store, id: EpisodeId, chapter: &SkippedChapter, skip: bool) -> Answer {
    store.skip_chapter(id, chapter, skip)?;
    let before = Before::Skipped(id, chapter.clone(), !skip);
    Ok(vec![was(chapter.title.clone(), before)])
}
