//! Episodes made complete, and copies of pages that are asked about while they are read.

use super::*;
use crate::model::{Completed, Missing, Part};

const ID: EpisodeId = EpisodeId(1);

fn all() -> Completed {
    Completed { recording: Part::Kept, articles: 2, ..Completed::default() }
}

fn is_complete(desk: &Desk) -> bool {
    desk.state.library.rows.get(&ID).unwrap().complete
}

// Complete episodes

#[test]
fn one_key_makes_an_episode_complete_and_the_same_key_stops_it() {
    let mut desk = Desk::new();
    assert_eq!(desk.give(Command::MakeOffline), [Effect::Complete(ID)]);
    desk.event(Event::Completing(ID, Completing::Pages(1, 3)));
    assert_eq!(desk.state.jobs.completing.get(&ID), Some(&Completing::Pages(1, 3)));
    assert_eq!(desk.give(Command::MakeOffline), [Effect::StopCompleting(ID)]);
    desk.event(Event::Completing(ID, Completing::Stopped));
    assert_eq!(desk.notice(), Some(&Notice::CompletingStopped));
    assert_eq!(desk.give(Command::MakeOffline), [Effect::Complete(ID)], "and goes on");
}

#[test]
fn a_complete_episode_is_marked_until_its_recording_goes() {
    let mut desk = Desk::new();
    desk.give(Command::MakeOffline);
    desk.event(Event::Download(ID, DownloadState::Done));
    desk.event(Event::Completing(ID, Completing::Done(Box::new(all()))));
    assert!(is_complete(&desk) && desk.state.jobs.completing.is_empty());
    assert!(matches!(desk.notice(), Some(Notice::Completed(..))));
    assert_eq!(desk.give(Command::Download), [Effect::RemoveDownload(ID)]);
    desk.event(Event::Download(ID, DownloadState::Removed));
    assert!(!is_complete(&desk));
}

#[test]
fn what_did_not_come_leaves_an_episode_incomplete_and_is_told_as_trouble() {
    let mut desk = Desk::new();
    desk.give(Command::MakeOffline);
    let (url, why) = ("https://tide.example/a".to_owned(), "no answer".to_owned());
    let missing = vec![Missing { url, why, lasting: false }];
    let some = Completed { missing, ..all() };
    desk.event(Event::Completing(ID, Completing::Done(Box::new(some))));
    assert!(!is_complete(&desk));
    assert!(desk.notice().is_some_and(Notice::is_bad));
}

#[test]
fn progress_that_comes_after_the_end_changes_nothing() {
    let mut desk = Desk::new();
    desk.event(Event::Completing(ID, Completing::Pages(1, 3)));
    assert!(desk.state.jobs.completing.is_empty());
}

#[test]
fn downloads_bring_everything_where_the_settings_say_so() {
    let mut desk = Desk::new();
    assert_eq!(desk.give(Command::Download), [Effect::Download(ID)]);
    let mut desk = Desk::new();
    desk.state.settings.library.offline_articles = true;
    assert_eq!(desk.give(Command::Download), [Effect::Complete(ID)]);
}

// Copies

const URL: &str = "https://tide.example/log";

/// A desk that reads a page, and the request for it.
fn reading() -> (Desk, Ticket) {
    let mut desk = Desk::new();
    desk.read(URL);
    let ticket = desk.state.articles.front().unwrap().ticket;
    (desk, ticket)
}

fn shown(desk: &Desk) -> (Option<String>, Option<u64>, bool) {
    match &desk.state.articles.front().unwrap().page {
        Page::Ready { offline, age, newer, .. } => (offline.clone(), *age, *newer),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_newer_page_is_told_of_and_the_text_stays_under_the_readers_eyes() {
    let (mut desk, ticket) = reading();
    desk.give(Command::PageDown);
    let before = desk.state.articles.reader().cloned();
    desk.event(Event::Checked(ticket, Checked::Newer));
    assert!(shown(&desk).2);
    assert_eq!(desk.notice(), Some(&Notice::NewerPage));
    assert_eq!(desk.state.articles.reader().cloned(), before);
}

#[test]
fn a_copy_says_why_there_is_nothing_newer() {
    let (mut desk, ticket) = reading();
    desk.event(Event::Checked(ticket, Checked::Unreached("no network".into())));
    assert_eq!(shown(&desk).0.as_deref(), Some("no network"));
    assert_eq!(desk.notice(), None, "who reads on a train knows that");
    let (mut desk, ticket) = reading();
    desk.event(Event::Checked(ticket, Checked::Worse("it was deleted".into())));
    assert_eq!(desk.notice(), Some(&Notice::KeptOld("it was deleted".into())));
    let (mut desk, ticket) = reading();
    desk.event(Event::Checked(ticket, Checked::Same));
    assert_eq!(shown(&desk), (None, Some(0), false));
}

#[test]
fn what_is_said_of_a_page_that_was_closed_is_dropped() {
    let (mut desk, ticket) = reading();
    desk.give(Command::ArticleBack);
    desk.event(Event::Checked(ticket, Checked::Newer));
    assert_eq!(desk.notice(), None);
}
