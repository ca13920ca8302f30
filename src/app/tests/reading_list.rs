//! The reading list: what is kept, what the list shows, and how reading is noticed.

use super::*;
use crate::app::{LinkedFrom, ReadingNews, ReadingView, ReadingWork};
use crate::model::{KeptPage, PageToKeep, ReadingId};

const URL: &str = "https://tide.example/a";

fn kept(id: i64) -> KeptPage {
    let url = format!("https://read.example/{id}");
    let page =
        PageToKeep {
            key: url.clone(), url, title: format!("第 {id} 篇"), ..PageToKeep::default()
        };
    KeptPage { id: ReadingId(id), page, ..KeptPage::default() }
}

impl Desk {
    /// What was asked of the reading list last.
    fn works(&self) -> Vec<ReadingWork> {
        let work = |effect: &Effect| match effect {
            Effect::Reading(work) => Some((**work).clone()),
            _ => None,
        };
        self.effects.iter().filter_map(work).collect()
    }

    #[track_caller]
    fn work(&self) -> ReadingWork {
        let works = self.works();
        assert_eq!(works.len(), 1, "{works:?}");
        works.into_iter().next().unwrap()
    }

    fn news(&mut self, news: ReadingNews) {
        self.event(Event::Reading(news));
    }

    /// The list is in front with so many pages.
    fn listing(count: i64) -> Self {
        let mut desk = Self::new();
        desk.give(Command::ReadingList);
        desk.answer_list((1..=count).rev().map(ReadingId).collect());
        desk
    }

    #[track_caller]
    fn answer_list(&mut self, ids: Vec<ReadingId>) {
        let asked = self.works().into_iter().find_map(|work| match work {
            ReadingWork::Load { ticket, .. } => Some(ticket),
            _ => None,
        });
        self.news(ReadingNews::Ids(asked.unwrap(), ids, 1_000_000));
        if let Some(ReadingWork::Rows(ids)) = self.works().into_iter().next() {
            self.news(ReadingNews::Rows(ids.iter().map(|id| kept(id.0)).collect()));
        }
    }

    #[track_caller]
    fn view(&self) -> &ReadingView {
        match &self.state.overlay {
            Some(Overlay::Reading(view)) => view,
            other => panic!("{other:?}"),
        }
    }
}

// Keeping

#[test]
fn the_chosen_link_is_kept_with_its_words_and_its_episode() {
    let mut desk = Desk::new();
    desk.give(Command::NextLink);
    desk.give(Command::ReadLater);
    let page = PageToKeep {
        key: URL.into(),
        url: URL.into(),
        title: "the tide".into(),
        episode: Some(EpisodeId(1)),
        named_by: None,
    };
    let from = LinkedFrom::Notes(EpisodeId(1));
    assert_eq!(desk.work(), ReadingWork::Toggle { page, from });
    desk.news(ReadingNews::Kept("the tide".into()));
    assert_eq!(desk.notice(), Some(&Notice::KeptForLater("the tide".into())));
}

#[test]
fn the_page_in_front_is_kept_and_forgotten_by_the_same_key() {
    let mut desk = Desk::new();
    desk.read(URL);
    desk.give(Command::ReadLater);
    let ReadingWork::Toggle { page, .. } = desk.work() else { panic!("{:?}", desk.effects) };
    assert_eq!((page.key.as_str(), page.url.as_str()), ("key of https://tide.example/a", URL));
    desk.news(ReadingNews::TakenOff(Box::new(kept(3))));
    assert_eq!(desk.notice(), Some(&Notice::NoLongerKept(Some("第 3 篇".into()))));
}

#[test]
fn without_a_page_an_address_is_asked_for_until_it_is_one() {
    let mut desk = Desk::new();
    desk.give(Command::ReadLater);
    assert_eq!(desk.state.prompt.as_ref().unwrap().kind, PromptKind::KeepPage);
    desk.write("not an address");
    desk.key(Typed::Enter);
    assert_eq!(desk.notice(), Some(&Notice::NoAddress));
    assert_eq!(desk.state.prompt.as_ref().unwrap().line.text(), "not an address");
    desk.key(Typed::DeleteAll);
    desk.write(" tide.example/x ");
    desk.key(Typed::Enter);
    let ReadingWork::Toggle { page, from } = desk.work() else { panic!("{:?}", desk.effects) };
    assert_eq!((page.url.as_str(), page.episode), ("https://tide.example/x", None));
    assert_eq!((from, desk.state.prompt.is_none()), (LinkedFrom::User, true));
    for bad in ["javascript:alert(1)", "file:///etc/passwd", "https://", "word"] {
        assert!(crate::app::reading_list::entered(&mut desk.state, bad).is_empty(), "{bad}");
        assert_eq!(desk.notice(), Some(&Notice::NoAddress), "{bad}");
    }
}

// The list

#[test]
fn the_list_is_a_window_on_ids() {
    let desk = Desk::listing(10_000);
    assert_eq!((desk.view().ids.len(), desk.view().list.len), (10_000, 10_000));
    assert!(desk.view().row(0).is_some() && desk.view().row(200).is_none());
    let mut desk = desk;
    desk.give(Command::Bottom);
    let ReadingWork::Rows(ids) = desk.work() else { panic!("{:?}", desk.effects) };
    assert!(ids.contains(&ReadingId(1)) && ids.len() < 100, "{}", ids.len());
    desk.give(Command::Up);
    assert!(desk.works().is_empty(), "nothing is asked for twice");
}

#[test]
fn enter_opens_the_page_beside_the_notes_or_alone() {
    let mut desk = Desk::listing(3);
    desk.give(Command::Down);
    desk.give(Command::Open);
    assert_eq!(desk.state.articles.front().unwrap().url, "https://read.example/2");
    assert!(desk.state.overlay.is_none() && !desk.state.zoom);
    let mut desk = Desk::listing(1);
    desk.state.notes.opened = None;
    desk.give(Command::Open);
    assert!(desk.state.zoom, "nothing else is open");
}

#[test]
fn a_page_is_marked_taken_off_and_put_back() {
    let mut desk = Desk::listing(3);
    desk.give(Command::MarkPlayed);
    assert_eq!(desk.work(), ReadingWork::Mark(ReadingId(3), true));
    desk.news(ReadingNews::Changed);
    assert!(matches!(desk.work(), ReadingWork::Load { .. }));
    desk.give(Command::Delete);
    assert_eq!(desk.work(), ReadingWork::Forget(ReadingId(3)));
    desk.news(ReadingNews::TakenOff(Box::new(kept(3))));
    assert_eq!(desk.notice(), Some(&Notice::NoLongerKept(None)));
    desk.answer_list(vec![ReadingId(2), ReadingId(1)]);
    assert_eq!(desk.view().selected().unwrap().id, ReadingId(2), "the next one is selected");
    desk.give(Command::ReadLater);
    assert_eq!(desk.work(), ReadingWork::Restore(Box::new(kept(3))));
    desk.give(Command::ReadLater);
    assert_eq!(desk.state.prompt.as_ref().unwrap().kind, PromptKind::KeepPage);
}

#[test]
fn the_address_of_the_selected_page_goes_to_the_browser_and_the_clipboard() {
    let mut desk = Desk::listing(1);
    let url = "https://read.example/1".to_owned();
    assert_eq!(desk.give(Command::Browser), [Effect::Browser(url.clone())]);
    assert_eq!(desk.give(Command::CopyLink), [Effect::Copy(url)]);
    desk.give(Command::Refresh);
    assert_eq!(desk.work(), ReadingWork::Retry);
}

#[test]
fn the_filter_asks_the_library_with_every_letter_and_a_late_answer_changes_nothing() {
    let mut desk = Desk::listing(9);
    desk.give(Command::Find);
    desk.key(Typed::Char('潮'));
    let ReadingWork::Load { ticket: late, text } = desk.work() else { panic!() };
    assert_eq!(text, "潮");
    desk.key(Typed::Char('汐'));
    desk.news(ReadingNews::Ids(late, vec![ReadingId(9)], 0));
    assert_eq!(desk.view().ids.len(), 9);
    desk.key(Typed::Char('表'));
    desk.answer_list(vec![ReadingId(4)]);
    desk.key(Typed::Enter);
    assert_eq!((desk.view().ids.len(), desk.view().filter.as_str()), (1, "潮汐表"));
    desk.give(Command::Back);
    let ReadingWork::Load { text, .. } = desk.work() else { panic!() };
    assert_eq!(text, "");
    desk.give(Command::Back);
    assert!(desk.state.overlay.is_none());
}

#[test]
fn a_pasted_address_over_the_list_is_for_keeping() {
    let mut desk = Desk::listing(1);
    desk.send(Msg::Paste("https://tide.example/p".into()));
    let prompt = desk.state.prompt.as_ref().unwrap();
    assert_eq!((prompt.kind, prompt.line.text()), (PromptKind::KeepPage, "https://tide.example/p"));
}

// The shelf

#[test]
fn a_shelf_stands_for_the_list_while_it_has_pages() {
    let mut desk = Desk::new();
    assert!(!desk.state.library.shelves.contains(&Shelf::Reading));
    desk.news(ReadingNews::Counts(1, 2));
    desk.state.focus = Pane::Shows;
    for _ in 0..4 {
        desk.give(Command::Down);
    }
    let selected = desk.state.library.shelves.get(desk.state.library.shelf_list.selected);
    assert_eq!(selected, Some(&Shelf::Reading));
    let list = desk.state.library.shelf.clone();
    desk.event(Event::Shows(vec![show(1, "海边电台")]));
    let selected = desk.state.library.shelves.get(desk.state.library.shelf_list.selected);
    assert_eq!(selected, Some(&Shelf::Reading), "news of the shows do not move the selection");
    desk.give(Command::Open);
    assert!(matches!(desk.state.overlay, Some(Overlay::Reading(_))));
    assert_eq!(desk.state.library.shelf, list, "episodes stay listed");
    desk.news(ReadingNews::Counts(0, 0));
    assert!(!desk.state.library.shelves.contains(&Shelf::Reading));
}

// Reading

#[test]
fn how_far_a_page_was_read_is_kept_when_it_is_left() {
    let mut desk = Desk::new();
    desk.news(ReadingNews::Counts(1, 1));
    desk.read(URL);
    assert!(desk.works().is_empty());
    desk.give(Command::Bottom);
    desk.give(Command::Top);
    desk.give(Command::ArticleBack);
    let key = "key of https://tide.example/a".to_owned();
    assert_eq!(desk.work(), ReadingWork::CameTo { key, percent: 100 });
    assert!(desk.give(Command::Down).is_empty());
}

#[test]
fn leaving_the_program_keeps_how_far_the_page_in_front_was_read() {
    let mut desk = Desk::new();
    desk.news(ReadingNews::Counts(1, 1));
    desk.read(URL);
    desk.give(Command::Quit);
    assert!(matches!(desk.work(), ReadingWork::CameTo { percent: 1..100, .. }));
    assert_eq!(desk.effects.last(), Some(&Effect::Quit));
}
