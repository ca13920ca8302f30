//! The list of downloads, what comes by itself, and doing without a network.

use super::*;
use crate::model::{DownloadEntry, DownloadStage};

fn entry(id: i64, stage: DownloadStage) -> DownloadEntry {
    let title = summary(id).title;
    DownloadEntry {
        id: EpisodeId(id),
        title,
        bytes: 40,
        total: Some(100),
        stage,
        ..DownloadEntry::default()
    }
}

fn work(work: DownloadWork) -> Effect {
    Effect::Downloads(Box::new(work))
}

/// The list in front: one that waits, one that is held, one that failed, one that is here.
fn listed() -> Desk {
    let mut desk = Desk::new();
    assert_eq!(desk.give(Command::Downloads), [work(DownloadWork::Load)]);
    let entries = vec![
        entry(1, DownloadStage::Waiting),
        entry(2, DownloadStage::Paused),
        entry(3, DownloadStage::Failed("the host refused".into())),
        entry(4, DownloadStage::Here),
    ];
    desk.event(Event::Downloads(DownloadNews::List { entries, taken: 100, free: None }));
    desk
}

#[test]
fn one_key_holds_a_download_and_goes_on_with_it() {
    let mut desk = listed();
    let id = EpisodeId(1);
    for command in [Command::TogglePlay, Command::Open] {
        assert_eq!(desk.give(command), [work(DownloadWork::Pause(id))]);
    }
    desk.event(Event::Download(id, DownloadState::Running(50, Some(100))));
    assert!(desk.state.jobs.downloads.is_empty(), "nobody knew of it");
    desk.event(Event::Download(id, DownloadState::Paused(50, Some(100))));
    assert_eq!(desk.give(Command::TogglePlay), [Effect::Download(id)]);
    desk.event(Event::Download(id, DownloadState::Running(60, Some(100))));
    assert_eq!(desk.give(Command::TogglePlay), [work(DownloadWork::Pause(id))]);
}

#[test]
fn what_is_told_late_does_not_wake_what_is_held() {
    let mut desk = Desk::new();
    let id = EpisodeId(1);
    desk.give(Command::Download);
    desk.event(Event::Download(id, DownloadState::Paused(50, Some(100))));
    desk.event(Event::Download(id, DownloadState::Running(51, Some(100))));
    let now = desk.state.jobs.downloads.get(&id);
    assert_eq!(now, Some(&DownloadState::Paused(50, Some(100))));
    assert_eq!(desk.give(Command::Download), [Effect::Download(id)], "the same key goes on");
}

#[test]
fn entries_are_cancelled_tried_again_moved_and_opened() {
    let mut desk = listed();
    assert_eq!(desk.give(Command::Delete), [Effect::RemoveDownload(EpisodeId(1))]);
    assert_eq!(desk.give(Command::MoveDown), [work(DownloadWork::Move(EpisodeId(1), 1))]);
    assert!(desk.give(Command::Refresh).is_empty(), "it does not have to be tried again");
    desk.give(Command::Down);
    assert_eq!(desk.give(Command::Open), [Effect::Download(EpisodeId(2))]);
    desk.give(Command::Down);
    assert_eq!(desk.give(Command::Refresh), [Effect::Download(EpisodeId(3))]);
    desk.give(Command::Down);
    desk.give(Command::Open);
    assert!(desk.state.overlay.is_none(), "the episode is in front");
}

#[test]
fn all_that_failed_is_tried_again_at_once() {
    let mut desk = listed();
    desk.event(Event::Download(EpisodeId(2), DownloadState::Failed("why".into())));
    let again = [Effect::Download(EpisodeId(2)), Effect::Download(EpisodeId(3))];
    assert_eq!(desk.give(Command::RefreshAll), again);
    assert!(desk.give(Command::RefreshAll).is_empty());
}

#[test]
fn the_selection_stays_on_its_entry_when_the_list_changes() {
    let mut desk = listed();
    desk.give(Command::Down);
    let entries = vec![entry(3, DownloadStage::Waiting), entry(2, DownloadStage::Paused)];
    desk.event(Event::Downloads(DownloadNews::List { entries, taken: 0, free: Some(1) }));
    assert_eq!(desk.give(Command::Delete), [Effect::RemoveDownload(EpisodeId(2))]);
}

#[test]
fn after_a_start_what_waited_goes_on_and_what_was_held_stays_so() {
    let mut desk = Desk::new();
    let rest = vec![
        entry(1, DownloadStage::Waiting),
        entry(2, DownloadStage::Paused),
        entry(3, DownloadStage::Failed("why".into())),
    ];
    let effects = desk.event(Event::Downloads(DownloadNews::Restored(rest))).to_vec();
    let tidy = work(DownloadWork::Tidy(None));
    assert_eq!(effects, [tidy, work(DownloadWork::Resume(EpisodeId(1)))]);
    let all: Vec<_> = desk.state.jobs.downloads.values().cloned().collect();
    let held = DownloadState::Paused(40, Some(100));
    assert_eq!(all, [DownloadState::Waiting, held, DownloadState::Failed("why".into())]);
}

#[test]
fn a_refresh_brings_what_is_to_come_by_itself_and_makes_room() {
    let mut desk = Desk::new();
    let effects = desk.event(Event::RefreshDone(0)).to_vec();
    assert!(effects.contains(&work(DownloadWork::Automatic)));
    assert!(effects.contains(&work(DownloadWork::Tidy(None))));
    let begun = desk.event(Event::Downloads(DownloadNews::Begun(vec![EpisodeId(2)]))).to_vec();
    assert_eq!(begun, [work(DownloadWork::Resume(EpisodeId(2)))]);
    assert_eq!(desk.notice(), Some(&Notice::ComesByItself(1)));
    let mut desk = Desk::playing();
    let done = Event::Download(EpisodeId(2), DownloadState::Done);
    assert_eq!(desk.event(done), [work(DownloadWork::Tidy(Some(EpisodeId(1))))]);
}

#[test]
fn what_is_no_longer_there_is_no_longer_marked() {
    let mut desk = Desk::new();
    let id = EpisodeId(1);
    desk.event(Event::Download(id, DownloadState::Done));
    desk.event(Event::Downloads(DownloadNews::Gone(vec![id])));
    assert!(!desk.state.library.rows[&id].downloaded);
    assert_eq!(desk.notice(), Some(&Notice::RecordingsGone(1, summary(1).title)));
    desk.event(Event::Download(id, DownloadState::Done));
    desk.event(Event::Downloads(DownloadNews::Tidied(vec![id], 5)));
    assert!(!desk.state.library.rows[&id].downloaded);
    assert_eq!(desk.notice(), Some(&Notice::Tidied(1, 5)));
}

#[test]
fn in_offline_mode_nothing_is_refreshed_and_downloads_wait() {
    let mut desk = Desk::new();
    let remember = |value: &str| Effect::Remember { key: "offline", value: value.to_owned() };
    let on = [work(DownloadWork::Offline(true)), remember("1")];
    assert_eq!(desk.give(Command::OfflineMode), on);
    for command in [Command::RefreshAll, Command::Refresh] {
        assert!(desk.give(command).is_empty());
        assert_eq!(desk.notice(), Some(&Notice::OfflineMode(true)));
    }
    assert!(desk.event(Event::RefreshDue).is_empty());
    assert_eq!(desk.give(Command::Download), [Effect::Download(EpisodeId(1))]);
    assert_eq!(desk.notice(), Some(&Notice::WaitsForNetwork));
    let off = [work(DownloadWork::Offline(false)), remember("0")];
    assert_eq!(desk.give(Command::OfflineMode), off);
    assert_eq!(desk.give(Command::RefreshAll), [Effect::Refresh(Vec::new())]);
}

#[test]
fn a_show_is_told_how_many_come_and_how_many_stay() {
    let mut desk = Desk::new();
    desk.state.focus = Pane::Shows;
    let at = desk.state.library.shelves.iter().position(|s| *s == Shelf::Show(ShowId(2))).unwrap();
    desk.state.library.shelf_list.select(at);
    for (typed, automatic, keep) in [
        ("3 10", Some(3), Some(10)),
        ("- 5", None, Some(5)),
        ("70", Some(50), None),
        ("", None, None),
    ] {
        assert!(desk.give(Command::Download).is_empty());
        desk.write(typed);
        let told = DownloadWork::SetAutomatic { show: ShowId(2), automatic, keep };
        assert_eq!(desk.key(Typed::Enter), [work(told)], "{typed}");
    }
    desk.give(Command::Download);
    desk.write("many");
    assert!(desk.key(Typed::Enter).is_empty());
    assert_eq!(desk.notice(), Some(&Notice::NoNumbers));
    assert!(desk.state.prompt.is_some(), "it can be mended");
}
