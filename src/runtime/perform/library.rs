//! Effects that the library answers.

use super::{Performer, now};
use crate::app::{Effect, Event, Found, FoundTarget, Shelf};
use crate::lang::Notice;
use crate::model::{EpisodeId, EpisodeOrder, Is, ShowId, Wanted};
use crate::runtime::Trouble;
use crate::store::{EpisodeFilter, EpisodeState, Hit, HitKind, Store, StoreError};

/// Hits of one search that are shown.
const HITS: usize = 60;

impl Performer {
    /// Puts the effect on the library's desk; writes are answered by what they changed.
    pub(super) fn ask_library(&self, effect: Effect) {
        let inbox = self.inbox.clone();
        self.services.desk.post(move |store| {
            match answer(store, effect) {
                Ok(events) => events.into_iter().for_each(|event| Self::tell(&inbox, event)),
                Err(err) => {
                    let why = Trouble::doing("the library", &err).to_string();
                    Self::tell(&inbox, Event::Notice(Notice::Failed(why)));
                    return Err(err);
                }
            }
            Ok(())
        });
    }
}

fn answer(store: &Store, effect: Effect) -> Result<Vec<Event>, StoreError> {
    if let Some(answered) = super::edits::of(store, &effect) {
        return answered;
    }
    Ok(match effect {
        Effect::LoadShows => vec![
            Event::Shows(store.shows()?),
            super::reading::counts(store)?,
            super::edits::shelves(store)?,
        ],
        Effect::LoadEpisodes { ticket, shelf, text, order } => {
            vec![Event::Episodes(ticket, ids_of(store, &shelf, &text, order)?)]
        }
        Effect::LoadRows(ids) => vec![Event::Rows(store.summaries(&ids)?)],
        Effect::SavePosition { id, position } => {
            store.set_position(id, position, now())?;
            Vec::new()
        }
        Effect::AddListening { id, more, over } => {
            let all = store.add_listening(id, more)?;
            over.then_some(Event::Listened(id, all)).into_iter().collect()
        }
        Effect::FindNext(id) => {
            vec![Event::NextOfShow(id, store.next_of_show(id)?.map(Box::new))]
        }
        Effect::SaveLoudness(id, loudness) => {
            store.set_loudness(id, loudness)?;
            Vec::new()
        }
        Effect::SaveDuration { id, ms } => {
            store.set_duration(id, ms)?;
            Vec::new()
        }
        Effect::KeepPlace { key, place: (block, byte), words } => {
            let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            store.set_article_position(&key, (small(block), small(byte)), &words)?;
            Vec::new()
        }
        Effect::AddSnip { id, snip } => {
            let kept = store.add_snip(id, &snip, now())?;
            let new = store.snip(kept)?.map(|snip| Event::SnipKept(Box::new(snip)));
            new.into_iter().chain([super::edits::no_snip(kept)]).collect()
        }
        Effect::LoadSnips(episode) => {
            let mut events = vec![Event::Snips(episode, store.snips(episode)?)];
            if let Some(id) = episode {
                events.push(Event::Soundbites(id, store.soundbites(id)?));
            }
            events
        }
        Effect::KeepSounding { show, own } => {
            store.set_sounding(show, &own)?;
            Vec::new()
        }
        Effect::Dequeue(id) => {
            store.queue_remove(id)?;
            vec![Event::Queue(store.queue()?)]
        }
        Effect::LoadQueue => vec![Event::Queue(store.queue()?)],
        Effect::Search { ticket, query } => {
            let hits = store.search(&query, &[], HITS)?;
            let found = hits.into_iter().filter_map(|hit| found(store, hit).transpose());
            vec![Event::Hits(ticket, Ok(found.collect::<Result<_, _>>()?))]
        }
        Effect::Remember { key, value } => {
            store.set_meta(key, &value)?;
            Vec::new()
        }
        _ => Vec::new(),
    })
}

fn ids_of(
    store: &Store,
    shelf: &Shelf,
    text: &str,
    order: EpisodeOrder,
) -> Result<Vec<EpisodeId>, StoreError> {
    // What makes no sense was said while it was typed.
    let wanted = Wanted::read(text).unwrap_or_default();
    let archived = (!wanted.speaks_of(Is::Archived)).then_some(false);
    let mut filter = EpisodeFilter { wanted, archived, order, ..EpisodeFilter::default() };
    match shelf {
        // What a kept filter finds has come as text.
        Shelf::All | Shelf::Kept(_) => {}
        // It holds no episodes.
        Shelf::Reading => return Ok(Vec::new()),
        Shelf::InProgress => filter.state = Some(EpisodeState::InProgress),
        Shelf::Downloaded => filter.state = Some(EpisodeState::Downloaded),
        Shelf::Snipped => filter.state = Some(EpisodeState::Snipped),
        Shelf::Starred => filter.state = Some(EpisodeState::Starred),
        Shelf::Archived => filter.archived = Some(true),
        Shelf::Tag(tag) => filter.tag = Some(tag.to_string()),
        Shelf::Show(show) => filter.show = Some(*show),
    }
    store.episode_ids(&filter)
}

fn found(store: &Store, hit: Hit) -> Result<Option<Found>, StoreError> {
    let number = hit.id.parse::<i64>().ok();
    let target = match hit.kind {
        HitKind::Shows => number.map(|id| FoundTarget::Show(ShowId(id))),
        HitKind::Transcripts => number.map(|id| FoundTarget::Transcript(EpisodeId(id))),
        HitKind::Episodes | HitKind::Notes => number.map(|id| FoundTarget::Episode(EpisodeId(id))),
        HitKind::Articles => Some(FoundTarget::Article(hit.id.clone())),
        HitKind::Snips => match number {
            Some(id) => {
                let snip = store.snip(crate::model::SnipId(id))?;
                snip.map(|snip| FoundTarget::Episode(snip.episode))
            }
            None => None,
        },
    };
    Ok(target.map(|target| Found { target, title: hit.title, snippet: hit.snippet, ms: hit.ms }))
}
