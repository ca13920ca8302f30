//! Refreshes, downloads, and what is said of them.

use super::*;

fn failure(offline: bool) -> RefreshFailure {
    RefreshFailure { why: "it did not answer".to_owned(), offline }
}

fn refreshed(desk: &mut Desk, id: i64, how: Result<usize, RefreshFailure>) {
    desk.event(Event::Refreshing(ShowId(id)));
    desk.event(Event::Refreshed(ShowId(id), how));
}

// Refresh

#[test]
fn one_show_or_all_are_asked_for() {
    let mut desk = Desk::new();
    assert_eq!(desk.give(Command::Refresh), [Effect::Refresh(vec![ShowId(1)])]);
    assert_eq!(desk.give(Command::RefreshAll), [Effect::Refresh(Vec::new())]);
    assert_eq!(desk.event(Event::RefreshDue), [Effect::RefreshDue]);
}

#[test]
fn new_episodes_are_counted_and_listed() {
    let mut desk = Desk::new();
    refreshed(&mut desk, 1, Ok(2));
    assert!(desk.effects.contains(&Effect::LoadShows));
    refreshed(&mut desk, 2, Ok(0));
    desk.event(Event::RefreshDone(2));
    assert_eq!(desk.notice(), Some(&Notice::Refreshed(2)));
    assert!(desk.state.jobs.refreshing.is_empty());
}

#[test]
fn when_nobody_was_reached_it_is_the_network() {
    let mut desk = Desk::new();
    refreshed(&mut desk, 1, Err(failure(true)));
    refreshed(&mut desk, 2, Err(failure(true)));
    desk.event(Event::RefreshDone(0));
    assert_eq!(desk.notice(), Some(&Notice::Offline));
}

#[test]
fn the_embedded_show_says_nothing_about_the_network() {
    let mut desk = Desk::new();
    let mut own = show(3, "欢迎");
    own.url = "welcome:feed.xml".to_owned();
    desk.event(Event::Shows(vec![show(1, "海边电台"), own]));
    refreshed(&mut desk, 3, Ok(0));
    refreshed(&mut desk, 1, Err(failure(true)));
    desk.event(Event::RefreshDone(0));
    assert_eq!(desk.notice(), Some(&Notice::Offline));
}

#[test]
fn one_server_of_two_not_reached_is_that_servers_matter() {
    let mut desk = Desk::new();
    refreshed(&mut desk, 1, Ok(0));
    refreshed(&mut desk, 2, Err(failure(true)));
    desk.event(Event::RefreshDone(0));
    let named = Notice::RefreshFailed("Slow Trains".to_owned(), failure(true).why);
    assert_eq!(desk.notice(), Some(&named));
}

#[test]
fn a_server_that_answers_with_an_error_was_reached() {
    let mut desk = Desk::new();
    refreshed(&mut desk, 1, Err(failure(true)));
    refreshed(&mut desk, 2, Err(failure(false)));
    desk.event(Event::RefreshDone(0));
    assert!(matches!(desk.notice(), Some(Notice::RefreshFailed(..))), "{:?}", desk.notice());
}

#[test]
fn the_next_refresh_starts_counting_anew() {
    let mut desk = Desk::new();
    refreshed(&mut desk, 1, Err(failure(true)));
    desk.event(Event::RefreshDone(0));
    refreshed(&mut desk, 1, Ok(0));
    desk.event(Event::RefreshDone(0));
    assert_eq!(desk.notice(), Some(&Notice::Refreshed(0)));
}

// Downloads

#[test]
fn a_download_starts_runs_and_is_there() {
    let mut desk = Desk::new();
    let id = EpisodeId(1);
    assert_eq!(desk.give(Command::Download), [Effect::Download(id)]);
    assert_eq!(desk.state.jobs.downloads.get(&id), Some(&DownloadState::Waiting));
    desk.event(Event::Download(id, DownloadState::Running(10, Some(100))));
    desk.event(Event::Download(id, DownloadState::Done));
    assert!(desk.state.jobs.downloads.is_empty());
    assert!(desk.state.library.rows[&id].downloaded);
    assert_eq!(desk.notice(), Some(&Notice::Downloaded(summary(1).title)));
    assert_eq!(desk.give(Command::Download), [Effect::RemoveDownload(id)]);
}

#[test]
fn a_running_download_is_stopped_by_the_same_key() {
    let mut desk = Desk::new();
    desk.give(Command::Download);
    assert_eq!(desk.give(Command::Download), [Effect::RemoveDownload(EpisodeId(1))]);
}

#[test]
fn a_failed_download_says_why_and_can_be_tried_again() {
    let mut desk = Desk::new();
    let id = EpisodeId(1);
    desk.give(Command::Download);
    desk.event(Event::Download(id, DownloadState::Failed("the disk is full".to_owned())));
    assert_eq!(desk.notice(), Some(&Notice::Failed("the disk is full".to_owned())));
    assert_eq!(desk.give(Command::Download), [Effect::Download(id)]);
}

#[test]
fn a_feed_that_wants_a_password_asks_for_it_where_it_is_refreshed() {
    let mut desk = Desk::new();
    let why = "cannot fetch https://a.example/: it asks for a name and password (401)";
    let health = crate::model::ShowHealth::Failed(why.to_owned());
    desk.state.library.shows.iter_mut().for_each(|show| show.health = health.clone());
    assert_eq!(desk.give(Command::Refresh), []);
    let prompt = desk.state.prompt.clone().unwrap();
    assert_eq!(prompt.kind, PromptKind::LogIn(ShowId(1)));
    desk.write("mei:a:b");
    let line = &desk.state.prompt.as_ref().unwrap().line;
    assert_eq!(line.hidden_after(':').text(), "mei:•••");
    let password = crate::model::Secret("a:b".to_owned());
    let asked = [Effect::LogIn(ShowId(1), "mei".to_owned(), password)];
    assert_eq!(desk.key(Typed::Enter), asked);
    assert!(!format!("{asked:?}").contains("a:b"), "no log shows it");
    // Nothing typed only asks again.
    desk.give(Command::Refresh);
    assert_eq!(desk.key(Typed::Enter), [Effect::Refresh(vec![ShowId(1)])]);
}

#[test]
fn older_episodes_are_asked_for_once_at_a_time() {
    let mut desk = Desk::new();
    assert_eq!(desk.give(Command::OlderEpisodes), [Effect::LoadOlder(ShowId(1))]);
    desk.event(Event::Refreshing(ShowId(1)));
    assert_eq!(desk.give(Command::OlderEpisodes), []);
}
