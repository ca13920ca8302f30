//! Pages of the reading list are fetched in the background, one after another, so that they are there
//! without a network.

use std::sync::mpsc::Sender;
use std::time::Duration;

use tokio::sync::Mutex;

use super::{Services, Trouble, read_article};
use crate::app::{Event, Msg, ReadingNews};
use crate::model::KeptPage;

/// One at a time, whoever asks.
static TURN: Mutex<()> = Mutex::const_new(());

/// Between two pages, so that no site is rushed.
const PAUSE: Duration = Duration::from_millis(300);

/// Fetches what waits on the list, also what failed before.
pub(super) fn fetch_again(services: &Services, inbox: &Sender<Msg>) {
    if services.client.is_offline() {
        return;
    }
    services.desk.post(crate::store::Store::retry_reading);
    fetch(services, inbox);
}

/// Fetches what waits on the list and was not tried yet.
pub(super) fn fetch(services: &Services, inbox: &Sender<Msg>) {
    if services.client.is_offline() {
        return; // They wait for the network.
    }
    let (services, inbox) = (services.clone(), inbox.clone());
    services.handle.clone().spawn(async move {
        let _turn = TURN.lock().await;
        if let Err(why) = fetch_all(&services, &inbox).await {
            tracing::error!("fetching the reading list: {why}");
        }
    });
}

async fn fetch_all(services: &Services, inbox: &Sender<Msg>) -> Result<(), Trouble> {
    while let Some(kept) = services.desk.ask(crate::store::Store::next_to_fetch).await? {
        fetch_one(services, kept).await?;
        // The session may have ended already.
        if inbox.send(Msg::Event(Event::Reading(ReadingNews::Changed))).is_err() {
            break;
        }
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}

async fn fetch_one(services: &Services, kept: KeptPage) -> Result<(), Trouble> {
    let page = kept.page;
    let (key, episode) = (page.key, page.episode);
    match read_article(services, &page.url, page.named_by, episode, false).await {
        // A copy that was in the library all along is not put there again.
        Ok(_) => services.desk.ask(move |store| store.reading_is_here(&key)).await.map(|_| ()),
        Err(why) => {
            let why = crate::text::clean_line(&why.to_string());
            services.desk.ask(move |store| store.reading_failed(&key, &why)).await
        }
    }
}
