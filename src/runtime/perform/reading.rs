//! Effects about the reading list.

use super::network::page_that_links;
use super::{Performer, failed, now};
use crate::app::{Event, LinkedFrom, ReadingNews, ReadingWork};
use crate::model::{Before, KeptPage, PageToKeep};
use crate::runtime::{Services, Trouble, reading_later};
use crate::store::{Store, StoreError, Toggled};

impl Performer {
    /// Works on the list; writes are answered by what they changed.
    pub(super) fn reading(&self, work: ReadingWork) {
        match work {
            ReadingWork::Toggle { page, from } => self.toggle_reading(page, from),
            ReadingWork::Retry => reading_later::fetch_again(&self.services, &self.inbox),
            ReadingWork::Restore(kept) => {
                let (services, inbox) = (self.services.clone(), self.inbox.clone());
                self.services.handle.spawn(async move {
                    let restored = services.desk.ask(move |store| {
                        store.restore_reading(&kept)?;
                        Ok([counts(store)?, Event::Reading(ReadingNews::Changed)])
                    });
                    match restored.await {
                        Ok(events) => events.into_iter().for_each(|e| Self::tell(&inbox, e)),
                        Err(why) => Self::tell(&inbox, failed(&why)),
                    }
                    reading_later::fetch(&services, &inbox);
                });
            }
            work => {
                let inbox = self.inbox.clone();
                self.services.desk.post(move |store| {
                    match answer(store, work) {
                        Ok(events) => events.into_iter().for_each(|e| Self::tell(&inbox, e)),
                        Err(err) => {
                            Self::tell(&inbox, failed(&Trouble::doing("the reading list", &err)));
                            return Err(err);
                        }
                    }
                    Ok(())
                });
            }
        }
    }

    fn toggle_reading(&self, page: PageToKeep, from: LinkedFrom) {
        let (services, inbox) = (self.services.clone(), self.inbox.clone());
        self.services.handle.spawn(async move {
            match toggled(&services, page, from).await {
                Ok(events) => events.into_iter().for_each(|event| Self::tell(&inbox, event)),
                Err(why) => Self::tell(&inbox, failed(&why)),
            }
            reading_later::fetch(&services, &inbox);
        });
    }
}

async fn toggled(
    services: &Services,
    page: PageToKeep,
    from: LinkedFrom,
) -> Result<[Event; 3], Trouble> {
    let named_by = page_that_links(services, from).await?;
    let page = PageToKeep { named_by, ..page };
    let title = if page.title.is_empty() { page.url.clone() } else { page.title.clone() };
    let key = page.key.clone();
    let work = move |store: &Store| Ok((store.toggle_reading(&page, now())?, counts(store)?));
    let (toggled, counts) = services.desk.ask(work).await?;
    let (news, before) = match toggled {
        Toggled::Kept(..) => {
            let before = super::edits::page_was(title.clone(), Before::NotKept(key));
            (ReadingNews::Kept(title), before)
        }
        Toggled::Forgotten(kept) => {
            let before = kept_before(kept.as_ref().clone());
            (ReadingNews::TakenOff(kept), before)
        }
    };
    Ok([counts, Event::Reading(news), before])
}

/// How many pages there are.
pub(super) fn counts(store: &Store) -> Result<Event, StoreError> {
    let (unread, total) = store.reading_counts()?;
    Ok(Event::Reading(ReadingNews::Counts(unread, total)))
}

fn answer(store: &Store, work: ReadingWork) -> Result<Vec<Event>, StoreError> {
    let mut undo = Vec::new();
    let news = match work {
        ReadingWork::Load { ticket, text } => {
            return Ok(vec![Event::Reading(ReadingNews::Ids(
                ticket,
                store.reading_ids(&text)?,
                now(),
            ))]);
        }
        ReadingWork::Rows(ids) => {
            return Ok(vec![Event::Reading(ReadingNews::Rows(store.kept_pages(&ids)?))]);
        }
        ReadingWork::Forget(id) => match store.forget_reading(id)? {
            Some(kept) => {
                undo.push(kept_before(kept.clone()));
                ReadingNews::TakenOff(Box::new(kept))
            }
            None => ReadingNews::Changed,
        },
        ReadingWork::Mark(id, read) => {
            undo.extend(store.kept_pages(&[id])?.into_iter().map(kept_before));
            store.mark_reading(id, read.then(now))?;
            ReadingNews::Changed
        }
        ReadingWork::CameTo { key, percent } => {
            if !store.reading_came_to(&key, percent, now())? {
                return Ok(Vec::new());
            }
            ReadingNews::Changed
        }
        // These need more than the library.
        ReadingWork::Toggle { .. } | ReadingWork::Restore(_) | ReadingWork::Retry => {
            return Ok(Vec::new());
        }
    };
    let news = [counts(store)?, Event::Reading(news)];
    Ok(news.into_iter().chain(undo).collect())
}

/// A page was on the list like this.
fn kept_before(kept: KeptPage) -> Event {
    let title = if kept.page.title.is_empty() { &kept.page.url } else { &kept.page.title };
    super::edits::page_was(title.clone(), Before::Kept(Box::new(kept)))
}
