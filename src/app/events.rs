//! Events: each arm of the router is one call.

use super::{
    Effect, Event, Found, FoundTarget, Pane, Shelf, State, articles, downloading, jobs, library,
    notes, offers, offline, outside, pictures, player, queue, reading_list, search, snips,
};
use crate::lang::Notice;
use crate::model::ShowId;

/// A fact has come in.
pub(super) fn happened(state: &mut State, event: Event) -> Vec<Effect> {
    match event {
        Event::FirstStart => {
            state.say(Notice::Welcome);
            state.library.to_top = true;
            vec![Effect::LoadShows, library::load_shelf(state)]
        }
        Event::RefreshDue if state.downloads.offline => Vec::new(),
        Event::RefreshDue => vec![Effect::RefreshDue],
        Event::LibraryChanged => outside::changed(state),
        Event::Open(target) => open(state, target),
        Event::Shows(shows) => library::shows_came(state, shows),
        Event::Episodes(ticket, ids) => library::episodes_came(state, ticket, ids),
        Event::Rows(rows) => {
            outside::rows_came(state, &rows);
            state.library.take_rows(rows);
            Vec::new()
        }
        Event::EpisodeOpened(ticket, opened) => notes::opened(state, ticket, *opened),
        Event::EpisodeFailed(ticket, why) => notes::failed(state, ticket, why),
        Event::Audio(audio) => player::heard(state, audio),
        Event::Article(ticket, came) => {
            let tongue = state.tongue;
            articles::came(state, ticket, came.map(|opened| offers::with_line(tongue, opened)))
        }
        Event::Checked(ticket, how) => offline::checked(state, ticket, how),
        Event::Completing(id, how) => offline::completing(state, id, how),
        Event::Recording(id, at_ms) => offers::recording_came(state, id, at_ms),
        Event::Transcript(ticket, came) => {
            if let Ok(transcript) = &came {
                snips::words_came(state, ticket, transcript);
            }
            articles::transcript_came(state, ticket, came)
        }
        Event::Chapters(id, chapters, best) => notes::chapters_came(state, id, chapters, best),
        Event::Download(id, now) => jobs::download_moved(state, id, now),
        Event::Downloads(news) => downloading::happened(state, news),
        Event::Refreshing(show) => {
            state.jobs.refreshing.insert(show);
            Vec::new()
        }
        Event::Refreshed(show, how) => jobs::refreshed(state, show, how),
        Event::RefreshDone(new) => jobs::refresh_done(state, new),
        Event::Subscribed(how) => subscribed(state, how),
        Event::SnipKept(snip) => snips::kept(state, *snip),
        Event::SnipChanged(snip) => snips::changed(state, &snip),
        Event::Soundbites(id, found) => snips::soundbites_came(state, id, found),
        Event::Snips(episode, found) => snips::came(state, episode, found),
        Event::Queue(queue) => queue::came(state, queue),
        Event::Listened(id, all) => {
            let mut effects = queue::told_what_it_saved(state, id, all);
            effects.extend(downloading::heard(state));
            effects
        }
        Event::NextOfShow(after, next) => queue::found_next(state, after, next),
        Event::Hits(ticket, hits) => search::came(state, ticket, hits),
        Event::Picture(ticket, came) => {
            pictures::came(state, ticket, *came);
            Vec::new()
        }
        Event::Cell(width, height) => pictures::cells_are(state, (width.max(1), height.max(1))),
        Event::Order(news) => super::undo::happened(state, news),
        Event::Reading(news) => reading_list::happened(state, news),
        Event::Notice(notice) => {
            state.say(notice);
            Vec::new()
        }
    }
}

/// What the user named at the start, in front.
fn open(state: &mut State, target: FoundTarget) -> Vec<Effect> {
    let mut effects = vec![Effect::LoadShows, library::load_shelf(state)];
    let found = Found { target, title: String::new(), snippet: String::new(), ms: None };
    effects.extend(search::open(state, &found));
    effects
}

/// A subscription was added (its show is selected), or not.
fn subscribed(state: &mut State, how: Result<ShowId, String>) -> Vec<Effect> {
    state.jobs.subscribing = false;
    match how {
        Ok(show) => {
            state.library.shelf = Shelf::Show(show);
            state.library.to_top = true;
            state.library.filter.clear();
            state.library.show_filter.clear();
            state.focus = Pane::Episodes;
            state.say(Notice::Subscribed);
            vec![Effect::LoadShows, library::load_shelf(state)]
        }
        Err(why) => {
            state.say(Notice::Failed(why));
            Vec::new()
        }
    }
}
