//! Links, articles, transcripts, places in a text.

use super::*;

const URL: &str = "https://tide.example/a";

// Opening

#[test]
fn enter_on_a_link_opens_it_beside_the_notes() {
    let mut desk = Desk::new();
    desk.give(Command::NextLink);
    assert_eq!(desk.state.focus, Pane::Notes);
    desk.give(Command::Open);
    let view = desk.state.articles.front().unwrap();
    assert_eq!((view.url.as_str(), &view.page), (URL, &Page::Loading));
    assert_eq!(desk.state.focus, Pane::Article);
    let asked = Effect::OpenArticle {
        ticket: view.ticket,
        url: URL.to_owned(),
        from: crate::app::LinkedFrom::Notes(EpisodeId(1)),
        episode: Some(EpisodeId(1)),
        whole: false,
        anew: false,
    };
    assert_eq!(desk.effects, [asked]);
}

#[test]
fn enter_on_a_time_plays_from_there() {
    let mut desk = Desk::new();
    for _ in 0..4 {
        desk.give(Command::NextLink);
    }
    desk.give(Command::Open);
    assert!(matches!(desk.effects[..], [Effect::Load { start_ms: 60_000, .. }]));
    assert!(!desk.state.articles.is_open());
}

#[test]
fn enter_in_the_notes_with_nothing_chosen_plays_them() {
    let mut desk = Desk::new();
    desk.state.focus = Pane::Notes;
    desk.give(Command::Open);
    assert_eq!(desk.state.player.episode(), Some(EpisodeId(1)));
    // Once they play, it chooses the first link.
    desk.give(Command::Open);
    assert_eq!(desk.notes().target, Some(0));
}

#[test]
fn a_mail_address_is_copied() {
    let mut desk = Desk::new();
    let mut came = opened(1);
    came.notes = Arc::new(from_markdown("[write](mailto:a@tide.example)", None));
    desk.state.notes.loading = Some((Ticket(900), EpisodeId(1)));
    desk.event(Event::EpisodeOpened(Ticket(900), Box::new(came)));
    desk.give(Command::NextLink);
    let asked = Effect::Copy("a@tide.example".to_owned());
    assert_eq!(desk.give(Command::Open), [asked]);
}

// Late answers

#[test]
fn an_article_closed_while_loading_changes_nothing_when_it_comes() {
    let mut desk = Desk::new();
    articles::open(&mut desk.state, URL.to_owned(), crate::app::LinkedFrom::User);
    let late = desk.state.articles.front().unwrap().ticket;
    desk.give(Command::ArticleBack);
    let before = desk.state.clone();
    assert!(desk.event(Event::Article(late, Box::new(Ok(page(URL))))).is_empty());
    assert_eq!(desk.state, before);
}

#[test]
fn each_page_of_the_stack_gets_its_own_answer() {
    let mut desk = Desk::new();
    articles::open(&mut desk.state, URL.to_owned(), crate::app::LinkedFrom::User);
    let first = desk.state.articles.front().unwrap().ticket;
    articles::open(&mut desk.state, "https://b.example".to_owned(), crate::app::LinkedFrom::User);
    desk.event(Event::Article(first, Box::new(Ok(page(URL)))));
    assert_eq!(desk.state.articles.front().unwrap().page, Page::Loading);
    desk.give(Command::ArticleBack);
    assert!(desk.state.articles.reader().is_some(), "the first one has come meanwhile");
}

#[test]
fn an_answer_does_not_come_twice() {
    let mut desk = Desk::new();
    desk.read(URL);
    desk.state.focus = Pane::Article;
    desk.give(Command::PageDown);
    let top = desk.state.articles.reader().unwrap().top;
    let ticket = desk.state.articles.front().unwrap().ticket;
    desk.event(Event::Article(ticket, Box::new(Ok(page(URL)))));
    assert_eq!(desk.state.articles.reader().unwrap().top, top);
}

#[test]
fn an_article_that_cannot_be_read_says_why_in_its_place() {
    let mut desk = Desk::new();
    articles::open(&mut desk.state, URL.to_owned(), crate::app::LinkedFrom::User);
    let ticket = desk.state.articles.front().unwrap().ticket;
    desk.event(Event::Article(ticket, Box::new(Err("the page was deleted".to_owned().into()))));
    let failed = Page::Failed("the page was deleted".to_owned().into());
    assert_eq!(desk.state.articles.front().unwrap().page, failed);
}

// Back and close

#[test]
fn back_through_the_pages_to_the_notes() {
    let mut desk = Desk::new();
    desk.read(URL);
    desk.read("https://b.example");
    desk.give(Command::ArticleBack);
    assert_eq!(desk.state.articles.front().unwrap().url, URL);
    assert_eq!(desk.state.focus, Pane::Article);
    desk.give(Command::ArticleBack);
    assert!(!desk.state.articles.is_open());
    assert_eq!(desk.state.focus, Pane::Notes);
}

#[test]
fn the_place_in_an_article_is_kept_when_it_is_left() {
    let mut desk = Desk::new();
    desk.read(URL);
    desk.give(Command::PageDown);
    let place = desk.state.articles.reader().unwrap().place();
    assert!(place > (0, 0));
    let words = desk.state.articles.reader().unwrap().words();
    let kept = Effect::KeepPlace { key: format!("key of {URL}"), place, words };
    assert_eq!(desk.give(Command::ArticleBack), [kept]);
}

#[test]
fn quitting_keeps_the_place_in_the_article() {
    let mut desk = Desk::new();
    desk.read(URL);
    desk.give(Command::PageDown);
    let effects = desk.give(Command::Quit);
    assert!(matches!(effects, [Effect::KeepPlace { .. }, Effect::Quit]));
}

#[test]
fn an_article_opens_where_reading_stopped() {
    let mut desk = Desk::new();
    articles::open(&mut desk.state, URL.to_owned(), crate::app::LinkedFrom::User);
    let ticket = desk.state.articles.front().unwrap().ticket;
    let mut came = page(URL);
    came.position = Some((20, 0));
    desk.event(Event::Article(ticket, Box::new(Ok(came))));
    assert_eq!(desk.state.articles.reader().unwrap().place().0, 20);
}

#[test]
fn escape_ends_the_search_then_the_choice_then_the_article() {
    let mut desk = Desk::new();
    desk.read(URL);
    desk.give(Command::NextLink);
    desk.give(Command::Find);
    desk.write("潮汐");
    desk.key(Typed::Enter);
    desk.give(Command::Back);
    assert!(desk.state.articles.reader().unwrap().finding.is_none());
    desk.give(Command::Back);
    assert_eq!(desk.state.articles.reader().unwrap().target, None);
    desk.give(Command::Back);
    assert!(!desk.state.articles.is_open());
}

#[test]
fn leaving_the_notes_does_not_stop_them_from_following() {
    let mut desk = Desk::playing();
    desk.state.focus = Pane::Notes;
    desk.give(Command::Back);
    desk.at(1_000);
    desk.at(121_000);
    assert!(desk.notes().top > 0);
}

// Other views

#[test]
fn the_whole_page_is_asked_for_and_the_article_again() {
    let mut desk = Desk::new();
    desk.read(URL);
    desk.give(Command::WholePage);
    let kept = matches!(
        desk.effects[..],
        [Effect::KeepPlace { .. }, Effect::OpenArticle { whole: true, .. }]
    );
    assert!(kept, "{:?}", desk.effects);
    // The first of the two is not waited for any more.
    let ticket = desk.state.articles.front().unwrap().ticket;
    desk.give(Command::WholePage);
    let given_up = matches!(
        desk.effects[..],
        [Effect::DropArticle(dropped), Effect::OpenArticle { whole: false, .. }] if dropped == ticket
    );
    assert!(given_up, "{:?}", desk.effects);
}

#[test]
fn the_transcript_opens_once_beside_the_notes() {
    let mut desk = Desk::new();
    desk.give(Command::Transcript);
    assert!(matches!(desk.effects[..], [Effect::LoadTranscript { id: EpisodeId(1), .. }]));
    let ticket = desk.state.articles.front().unwrap().ticket;
    desk.event(Event::Transcript(ticket, Ok(Arc::new(transcript()))));
    desk.state.focus = Pane::Notes;
    assert!(desk.give(Command::Transcript).is_empty());
    assert_eq!(desk.state.articles.stack.len(), 1);
    assert!(desk.give(Command::WholePage).is_empty(), "a transcript has no other view");
}

// Find

#[test]
fn matches_are_walked_through_around_the_end() {
    let mut desk = Desk::new();
    desk.state.focus = Pane::Notes;
    desk.give(Command::Find);
    desk.write("passage 3.");
    desk.key(Typed::Enter);
    assert_eq!(desk.notes().finding.as_ref().unwrap().matches.len(), 12);
    assert_eq!(desk.notice(), None, "how many there are stands in the last line");
    assert!(desk.notes().top > 0, "the first match was brought into view");
    desk.give(Command::PreviousLink);
    assert_eq!(desk.notes().finding.as_ref().unwrap().current, 11);
    desk.give(Command::NextLink);
    assert_eq!(desk.notes().finding.as_ref().unwrap().current, 0);
}

#[test]
fn what_is_not_there_is_not_found_and_nothing_moves() {
    let mut desk = Desk::new();
    desk.state.focus = Pane::Notes;
    desk.give(Command::Find);
    desk.write("walrus");
    desk.key(Typed::Enter);
    assert_eq!(desk.notice(), Some(&Notice::NotFound));
    desk.give(Command::NextLink);
    assert_eq!(desk.notes().top, 0);
}

// Addresses

#[test]
fn the_chosen_link_is_copied_and_opened_in_the_browser() {
    let mut desk = Desk::new();
    desk.give(Command::NextLink);
    assert_eq!(desk.give(Command::CopyLink), [Effect::Copy(URL.to_owned())]);
    assert_eq!(desk.notice(), Some(&Notice::Copied));
    assert_eq!(desk.give(Command::Browser), [Effect::Browser(URL.to_owned())]);
}

#[test]
fn without_a_choice_the_episodes_or_the_articles_own_address_counts() {
    let mut desk = Desk::new();
    let own = Effect::Browser("https://pod.example/1".to_owned());
    assert_eq!(desk.give(Command::Browser), [own]);
    desk.read("https://b.example/x");
    assert_eq!(desk.give(Command::Browser), [Effect::Browser("https://b.example/x".to_owned())]);
}

#[test]
fn where_there_is_no_address_it_says_so() {
    let mut desk = Desk::empty();
    assert!(desk.give(Command::CopyLink).is_empty());
    assert_eq!(desk.notice(), Some(&Notice::NoLink));
}
