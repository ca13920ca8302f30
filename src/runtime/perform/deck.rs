//! What plays: recordings of the library in the audio thread. It waits for the library, so it works on
//! the thread of [`Orders`](super::orders::Orders).

use std::sync::OnceLock;
use std::sync::mpsc::Sender;

use super::looking::Looking;
use super::orders::{Load, Player};
use crate::app::{Audio, DownloadNews, Event, Msg, Sound};
use crate::audio::{self, Engine, Order};
use crate::lang::Notice;
use crate::runtime::{
    Services, SoundGaps, Trouble, download, download_check, log_gaps, recording, sound,
};

/// The audio thread with the library behind it.
pub(super) struct Deck {
    services: Services,
    inbox: Sender<Msg>,
    engine: Engine,
    looking: Looking,
}

impl Deck {
    /// A deck whose events go into this inbox.
    pub(super) fn new(services: Services, inbox: Sender<Msg>) -> Self {
        let (heard, desk) = (inbox.clone(), services.desk.clone());
        let gaps = OnceLock::new();
        let engine = Engine::start(sound::output(), move |event| {
            if matches!(event, audio::Event::Loaded { .. } | audio::Event::Underruns { .. }) {
                gaps.get_or_init(|| SoundGaps::begin(desk.clone()));
            }
            if let (audio::Event::Underruns { count, .. }, Some(gaps)) = (&event, gaps.get()) {
                log_gaps(*count);
                gaps.add(*count);
            }
            if let Some(event) = sound::event(event) {
                // The session may have ended already.
                let _ = heard.send(Msg::Event(event));
            }
        });
        let looking = Looking::new(services.clone(), inbox.clone());
        Self { services, inbox, engine, looking }
    }

    fn open(&self, load: Load) -> Result<Order, Trouble> {
        let (episode, feed) = download::with_feed_now(&self.services, load.id)?;
        let inbox = self.inbox.clone();
        let complain = Box::new(move |why: String| {
            let why = crate::text::clean_line(&why);
            super::Performer::tell(&inbox, Event::Notice(Notice::Failed(why)));
        });
        let id = load.id;
        if episode.downloaded && !download_check::is_here(&self.services, load.id) {
            let news = DownloadNews::Gone(vec![load.id]);
            super::Performer::tell(&self.inbox, Event::Downloads(news));
        }
        let known = self.services.desk.ask_now(move |store| store.loudness(id))?;
        Ok(Order::Load {
            ticket: load.ticket.0,
            media: recording::media(&self.services, &episode, feed, complain)?,
            start_ms: load.start_ms,
            until_ms: load.until_ms,
            play: true,
            duration_hint_ms: episode.duration_ms,
            loudness: known.map(sound::as_measured),
        })
    }
}

impl Player for Deck {
    fn load(&mut self, load: Load) {
        // What plays is no longer wanted, however long the library takes.
        self.engine.send(Order::Pause);
        match self.open(load) {
            Ok(order) => {
                self.engine.send(order);
                self.looking.begin(load.ticket, load.id);
            }
            Err(why) => {
                let failed = Audio::Failed(load.ticket, why.to_string());
                super::Performer::tell(&self.inbox, Event::Audio(failed));
            }
        }
    }

    fn obey(&mut self, sound: Sound) {
        self.engine.send(sound::order(sound));
    }
}
