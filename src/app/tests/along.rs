//! Reading along: the pages of the chapter that plays, and turning through those of the episode.

use super::*;
use crate::app::{LinkedFrom, page_place, readable};

const ONE: &str = "https://tide.example/1";
const TWO: &str = "https://tide.example/2";
const LIGHT: &str = "https://light.example/";

/// An episode with a page before its first chapter, two pages in the second, one in the third.
fn linked(id: i64) -> OpenedEpisode {
    let text = "[before](https://tide.example/0)\n\n\
        00:00 chapter 0\n\n01:00 chapter 1\n\n[one](https://tide.example/1) and \
        [two](https://tide.example/2)\n\n02:00 chapter 2\n\n[light](https://light.example/)\n\n\
        05:00 chapter 3\n\n[home](https://x.com/tide)\n";
    let mut document = from_markdown(text, None);
    mark_times(&mut document);
    OpenedEpisode { notes: Arc::new(document), ..opened(id) }
}

impl Desk {
    /// The first episode with links is open.
    fn linked() -> Self {
        let mut desk = Self::new();
        desk.open_linked(1);
        desk
    }

    fn open_linked(&mut self, id: i64) {
        self.state.notes.opened = None;
        self.state.notes.loading = Some((Ticket(900), EpisodeId(id)));
        self.event(Event::EpisodeOpened(Ticket(900), Box::new(linked(id))));
    }

    /// The same with sound coming out at this time.
    fn linked_at(ms: Millis) -> Self {
        let mut desk = Self::linked();
        desk.give(Command::Open);
        let ticket = desk.sound_ticket();
        desk.event(Event::Audio(Audio::Loaded(ticket, Some(600_000))));
        desk.event(Event::Audio(Audio::Playing(ticket)));
        desk.at(ms);
        desk
    }

    #[track_caller]
    fn front_url(&self) -> &str {
        &self.state.articles.front().unwrap().url
    }

    fn answer_page(&mut self) {
        let view = self.state.articles.front().unwrap();
        let (ticket, url) = (view.ticket, view.url.clone());
        let mut came = page(&url);
        came.key.clone_from(&url);
        self.event(Event::Article(ticket, Box::new(Ok(came))));
    }
}

// The bar

#[test]
fn a_chapter_with_pages_is_told_of_once_when_it_begins_to_play() {
    let mut desk = Desk::linked_at(10_000);
    assert_eq!((readable(&desk.state), desk.notice()), (0, None));
    desk.at(60_500);
    assert_eq!(readable(&desk.state), 2);
    assert_eq!(desk.notice(), Some(&Notice::Readable(2)));
    desk.state.toast = None;
    desk.at(61_000);
    assert_eq!(desk.notice(), None, "once is enough");
    desk.at(121_000);
    assert_eq!(desk.notice(), Some(&Notice::Readable(1)));
    desk.at(301_000);
    assert_eq!(readable(&desk.state), 0, "a profile is nothing to read along");
}

#[test]
fn what_was_just_said_is_not_covered_and_what_was_read_before_is_not_offered() {
    let mut desk = Desk::linked_at(10_000);
    desk.state.say(Notice::Copied);
    desk.at(60_500);
    assert_eq!(desk.notice(), Some(&Notice::Copied));
    let mut desk = Desk::new();
    let read = vec![ONE.to_owned(), TWO.to_owned()];
    desk.state.notes.opened = None;
    desk.state.notes.loading = Some((Ticket(900), EpisodeId(1)));
    let came = OpenedEpisode { read, ..linked(1) };
    desk.event(Event::EpisodeOpened(Ticket(900), Box::new(came)));
    desk.give(Command::Open);
    let ticket = desk.sound_ticket();
    desk.event(Event::Audio(Audio::Playing(ticket)));
    desk.at(60_500);
    assert_eq!(readable(&desk.state), 0);
}

// J

#[test]
fn one_key_opens_the_pages_of_the_chapter_that_plays_one_after_another() {
    let mut desk = Desk::linked_at(60_500);
    desk.state.toast = None;
    let effects = desk.give(Command::ReadAlong).to_vec();
    let asked = |effect: &Effect| {
        matches!(effect, Effect::OpenArticle { url, from: LinkedFrom::Notes(EpisodeId(1)), .. }
            if url == ONE)
    };
    assert!(effects.iter().any(asked), "{effects:?}");
    assert!(!effects.iter().any(|effect| matches!(effect, Effect::Sound(_) | Effect::Load { .. })));
    assert_eq!(desk.state.player.playback, Playback::Playing);
    assert_eq!(readable(&desk.state), 1);
    assert_eq!(desk.notice(), Some(&Notice::PageOf(2, 5, "one".into())));
    desk.answer_page();
    desk.give(Command::ReadAlong);
    assert_eq!(desk.front_url(), TWO);
    assert_eq!(desk.state.articles.stack.len(), 1, "it takes the place of the one before");
    desk.give(Command::ReadAlong);
    assert_eq!(desk.notice(), Some(&Notice::AllRead));
    assert_eq!(desk.front_url(), TWO);
    desk.at(121_000);
    desk.give(Command::ReadAlong);
    assert_eq!(desk.front_url(), LIGHT);
}

#[test]
fn chapters_without_pages_and_episodes_without_links_say_so() {
    let mut desk = Desk::linked_at(10_000);
    desk.give(Command::ReadAlong);
    assert_eq!(desk.notice(), Some(&Notice::NoPagesInChapter));
    let mut desk = Desk::empty();
    desk.give(Command::ReadAlong);
    assert_eq!(desk.notice(), Some(&Notice::NoPages));
    desk.give(Command::NextArticle);
    assert_eq!(desk.notice(), Some(&Notice::NoPages));
}

#[test]
fn while_nothing_plays_it_is_the_chapter_under_the_cursor_or_the_episode_from_its_start() {
    let mut desk = Desk::linked();
    desk.give(Command::ReadAlong);
    assert_eq!(desk.front_url(), "https://tide.example/0");
    let mut desk = Desk::linked();
    desk.state.focus = Pane::Notes;
    // The link before, two times, the first link of the second chapter.
    for _ in 0..5 {
        desk.give(Command::NextLink);
    }
    desk.give(Command::ReadAlong);
    assert_eq!(desk.front_url(), ONE);
    desk.give(Command::ReadAlong);
    assert_eq!(desk.front_url(), TWO);
    desk.give(Command::ReadAlong);
    assert_eq!(desk.notice(), Some(&Notice::AllRead));
}

#[test]
fn pages_belong_to_what_plays_whatever_notes_are_open() {
    let mut desk = Desk::linked_at(60_500);
    desk.state.notes.loading = Some((Ticket(901), EpisodeId(2)));
    desk.event(Event::EpisodeOpened(Ticket(901), Box::new(opened(2))));
    assert_eq!(desk.state.notes.id(), Some(EpisodeId(2)));
    assert_eq!(readable(&desk.state), 2);
    let effects = desk.give(Command::ReadAlong).to_vec();
    assert_eq!(desk.front_url(), ONE);
    assert_eq!(desk.state.articles.front().unwrap().episode, Some(EpisodeId(1)));
    let opens = |e: &Effect| matches!(e, Effect::OpenEpisode { id: EpisodeId(1), .. });
    assert!(effects.iter().any(opens), "its own notes come beside it: {effects:?}");
}

#[test]
fn chapters_of_another_source_share_the_pages_out_anew() {
    let mut desk = Desk::linked_at(60_500);
    let late = [0, 119_500].map(|start_ms| Chapter { start_ms, ..Chapter::default() });
    let json = Chapters { source: ChapterSource::Json, list: late.to_vec(), beyond: 0 };
    desk.event(Event::Chapters(EpisodeId(1), vec![chapters(), json], Some(1)));
    assert_eq!(readable(&desk.state), 2, "by the time at which the notes tell them");
    desk.at(130_000);
    assert_eq!(readable(&desk.state), 1);
    desk.give(Command::ChapterSource);
    assert_eq!(readable(&desk.state), 1);
}

// ; and ,

#[test]
fn the_pages_of_an_episode_are_turned_in_place_also_while_they_load_or_fail() {
    let mut desk = Desk::linked();
    desk.give(Command::NextArticle);
    assert_eq!(desk.front_url(), "https://tide.example/0");
    assert_eq!(page_place(&desk.state), Some((1, 5)));
    // Still loading.
    desk.give(Command::NextArticle);
    let ticket = desk.state.articles.front().unwrap().ticket;
    desk.event(Event::Article(
        ticket,
        Box::new(Err("the server did not answer".to_owned().into())),
    ));
    desk.give(Command::NextArticle);
    desk.answer_page();
    assert_eq!((desk.front_url(), page_place(&desk.state)), (TWO, Some((3, 5))));
    desk.give(Command::Down);
    let effects = desk.give(Command::PreviousArticle).to_vec();
    let kept = |effect: &Effect| matches!(effect, Effect::KeepPlace { key, .. } if key == TWO);
    assert!(effects.iter().any(kept), "{effects:?}");
    assert_eq!((desk.front_url(), desk.state.articles.stack.len()), (ONE, 1));
    desk.give(Command::ArticleBack);
    assert!(!desk.state.articles.is_open());
}

#[test]
fn turning_stops_at_both_ends_and_what_is_usual_comes_last() {
    let mut desk = Desk::linked();
    desk.give(Command::PreviousArticle);
    assert_eq!(desk.front_url(), "https://x.com/tide");
    desk.give(Command::NextArticle);
    assert_eq!(desk.notice(), Some(&Notice::LastPage));
    for _ in 0..5 {
        desk.give(Command::PreviousArticle);
    }
    assert_eq!(desk.notice(), Some(&Notice::FirstPage));
    assert_eq!(desk.front_url(), "https://tide.example/0");
}

#[test]
fn from_a_page_within_a_page_turning_goes_on_where_the_episode_left_off() {
    let mut desk = Desk::linked();
    desk.read("https://elsewhere.example/");
    desk.give(Command::NextArticle);
    desk.give(Command::NextArticle);
    desk.answer_page();
    // A link within the page, twice.
    for url in ["https://deep.example/a", "https://deep.example/b"] {
        let from = LinkedFrom::Page(ONE.to_owned());
        let _ = articles::open(&mut desk.state, url.to_owned(), from);
    }
    desk.give(Command::NextArticle);
    assert_eq!(desk.front_url(), TWO);
    assert_eq!(desk.state.articles.stack.len(), 2);
    desk.give(Command::ArticleBack);
    assert_eq!(desk.front_url(), "https://elsewhere.example/");
}
