//! Snips: kept from what plays, from chapters, from typed times; listed, filtered, written about.

use super::*;
use crate::model::{NewSnip, Snip, SnipChange, SnipId, Soundbite};

// Snips

#[test]
fn a_snip_keeps_the_last_minute() {
    let mut desk = Desk::playing();
    desk.at(100_000);
    let kept = NewSnip {
        start_ms: 40_000,
        end_ms: 100_000,
        tapped_ms: Some(100_000),
        ..NewSnip::default()
    };
    assert_eq!(desk.give(Command::Snip), [Effect::AddSnip { id: EpisodeId(1), snip: kept }]);
}

#[test]
fn a_snip_at_the_beginning_is_short_but_never_empty() {
    let mut desk = Desk::playing();
    desk.give(Command::Snip);
    let Some(Effect::AddSnip { snip, .. }) = desk.effects.first() else { panic!("no snip") };
    assert_eq!((snip.start_ms, snip.end_ms), (0, 1_000));
}

#[test]
fn with_nothing_playing_there_is_nothing_to_snip() {
    let mut desk = Desk::new();
    assert!(desk.give(Command::Snip).is_empty());
    assert_eq!(desk.notice(), Some(&Notice::NothingPlays));
}

#[test]
fn a_kept_snip_stands_in_its_place_by_time() {
    let mut desk = Desk::playing();
    desk.event(Event::SnipKept(Box::new(snip(1, 60_000))));
    desk.event(Event::SnipKept(Box::new(snip(2, 10_000))));
    assert_eq!(desk.notice(), Some(&Notice::SnipKept(10_000, 40_000)));
    let snips = &desk.state.notes.opened.as_ref().unwrap().snips;
    assert_eq!(snips.iter().map(|snip| snip.id.0).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn the_snips_of_this_episode_then_of_all() {
    let mut desk = Desk::new();
    assert_eq!(desk.give(Command::Snips), [Effect::LoadSnips(Some(EpisodeId(1)))]);
    assert_eq!(desk.give(Command::Snips), [Effect::LoadSnips(None)]);
    // The answer to the first question comes late.
    desk.event(Event::Snips(Some(EpisodeId(1)), vec![snip(1, 0)]));
    assert!(listed(&desk).is_empty());
    desk.event(Event::Snips(None, vec![snip(1, 0), snip(2, 50_000)]));
    assert_eq!(listed(&desk), [1, 2]);
}

#[test]
fn the_selected_snip_gets_a_note() {
    let mut desk = Desk::new();
    desk.give(Command::Snips);
    let mut second = snip(2, 50_000);
    second.body.note = "waves".to_owned();
    desk.event(Event::Snips(Some(EpisodeId(1)), vec![snip(1, 0), second]));
    desk.give(Command::Down);
    desk.give(Command::EditNote);
    desk.write(" and wind");
    let change = SnipChange::Note("waves and wind".to_owned());
    let asked = Effect::ChangeSnip { id: SnipId(2), change };
    assert_eq!(desk.key(Typed::Enter), [asked]);
}

#[test]
fn without_a_list_the_snip_kept_last_gets_the_note() {
    let mut desk = Desk::playing();
    assert!(desk.give(Command::EditNote).is_empty());
    assert_eq!(desk.notice(), Some(&Notice::NoSnip));
    desk.event(Event::SnipKept(Box::new(snip(1, 60_000))));
    desk.event(Event::SnipKept(Box::new(snip(2, 10_000))));
    desk.give(Command::EditNote);
    assert_eq!(desk.state.prompt.as_ref().unwrap().kind, PromptKind::SnipNote(SnipId(2)));
    assert!(desk.key(Typed::Cancel).is_empty());
}

#[test]
fn the_selected_snip_is_deleted() {
    let mut desk = Desk::new();
    desk.give(Command::Snips);
    desk.event(Event::Snips(Some(EpisodeId(1)), vec![snip(1, 0), snip(2, 50_000)]));
    desk.give(Command::Bottom);
    assert_eq!(desk.give(Command::Delete), [Effect::DeleteSnip(SnipId(2))]);
    desk.event(Event::Snips(Some(EpisodeId(1)), vec![snip(1, 0)]));
    assert!(matches!(&desk.state.overlay, Some(Overlay::Snips(shown)) if shown.list.selected == 0));
}

// Chapters, typed times, passages of the show

#[test]
fn a_chapter_is_kept_with_its_title() {
    let mut desk = Desk::new();
    desk.give(Command::Chapters);
    desk.give(Command::Down);
    let kept = NewSnip {
        start_ms: 60_000,
        end_ms: 120_000,
        title: Some("chapter at 60000".to_owned()),
        ..NewSnip::default()
    };
    assert_eq!(desk.give(Command::Snip), [Effect::AddSnip { id: EpisodeId(1), snip: kept }]);
    desk.give(Command::Bottom);
    let Some(Effect::AddSnip { snip, .. }) = desk.give(Command::Snip).first() else { panic!() };
    assert_eq!(snip.end_ms, 600_000, "the last one ends with the recording");
}

#[test]
fn typed_times_make_a_snip_of_the_opened_episode() {
    let mut desk = Desk::new();
    desk.give(Command::SnipRange);
    desk.write("1：00–1:30 灯塔");
    let kept = NewSnip {
        start_ms: 60_000,
        end_ms: 90_000,
        title: Some("灯塔".to_owned()),
        ..NewSnip::default()
    };
    assert_eq!(desk.key(Typed::Enter), [Effect::AddSnip { id: EpisodeId(1), snip: kept }]);
    assert_eq!(desk.state.prompt, None);
}

#[test]
fn typed_times_that_make_no_sense_are_asked_for_again() {
    let mut desk = Desk::new();
    for (text, why) in [
        ("潮汐", RangeProblem::NoTime),
        ("2:00-1:00", RangeProblem::Empty),
        ("9:00-11:00", RangeProblem::Beyond),
        ("12:00", RangeProblem::Beyond),
    ] {
        desk.give(Command::SnipRange);
        desk.write(text);
        assert!(desk.key(Typed::Enter).is_empty(), "{text}");
        let prompt = desk.state.prompt.as_ref().unwrap();
        assert_eq!(prompt.kind, PromptKind::SnipRange(EpisodeId(1), Some(why)), "{text}");
        assert_eq!(prompt.line.text(), text, "nothing typed is lost");
        desk.key(Typed::Cancel);
    }
}

fn with_passage() -> Desk {
    let mut desk = Desk::new();
    desk.give(Command::Snips);
    desk.event(Event::Snips(Some(EpisodeId(1)), vec![snip(1, 0), snip(2, 50_000)]));
    let bite = |start_ms, duration_ms| Soundbite {
        start_ms,
        duration_ms,
        title: Some("the best".to_owned()),
    };
    desk.event(Event::Soundbites(EpisodeId(1), vec![bite(20_000, 10_000), bite(3, 0)]));
    desk
}

#[test]
fn passages_of_the_show_stand_among_the_snips_by_time() {
    let mut desk = with_passage();
    assert_eq!(listed(&desk), [1, 0, 2]);
    desk.give(Command::Down);
    let copy = NewSnip {
        start_ms: 20_000,
        end_ms: 30_000,
        title: Some("the best".to_owned()),
        ..NewSnip::default()
    };
    assert_eq!(desk.give(Command::Snip), [Effect::AddSnip { id: EpisodeId(1), snip: copy }]);
    desk.give(Command::Open);
    let plays = Effect::Load {
        ticket: desk.sound_ticket(),
        id: EpisodeId(1),
        start_ms: 20_000,
        until_ms: Some(30_000),
    };
    assert_eq!(desk.effects, [plays]);
}

#[test]
fn a_passage_of_the_show_cannot_be_changed() {
    let mut desk = with_passage();
    desk.give(Command::Down);
    for command in [
        Command::Delete,
        Command::Star,
        Command::EditTags,
        Command::EditNote,
        Command::EditTitle,
        Command::AdjustSnip,
    ] {
        desk.state.toast = None;
        assert!(desk.give(command).is_empty(), "{command:?}");
        assert_eq!(desk.notice(), Some(&Notice::OfTheShow), "{command:?}");
    }
    assert!(desk.state.prompt.is_none() && desk.state.snips.adjusting.is_none());
}

// Words about a snip

#[test]
fn a_star_is_given_and_taken_away() {
    let mut desk = Desk::playing();
    desk.event(Event::SnipKept(Box::new(snip(4, 60_000))));
    let change = |star| Effect::ChangeSnip { id: SnipId(4), change: SnipChange::Favorite(star) };
    assert_eq!(desk.give(Command::Star), [change(true)]);
    let mut starred = snip(4, 60_000);
    starred.body.favorite = true;
    desk.event(Event::SnipChanged(Box::new(starred)));
    assert_eq!(desk.give(Command::Star), [change(false)]);
}

#[test]
fn tags_and_title_are_written() {
    let mut desk = Desk::playing();
    let mut kept = snip(4, 60_000);
    kept.body.tags = vec!["海".to_owned(), "fog".to_owned()];
    desk.event(Event::SnipKept(Box::new(kept)));
    desk.give(Command::EditTags);
    desk.write(" #灯塔");
    let tags = ["海", "fog", "灯塔"].map(str::to_owned).to_vec();
    let change = SnipChange::Tags(tags);
    assert_eq!(desk.key(Typed::Enter), [Effect::ChangeSnip { id: SnipId(4), change }]);
    desk.give(Command::EditTitle);
    desk.write("雾号");
    let change = SnipChange::Title(Some("雾号".to_owned()));
    assert_eq!(desk.key(Typed::Enter), [Effect::ChangeSnip { id: SnipId(4), change }]);
}

#[test]
fn editing_a_note_of_several_lines_loses_none_of_them() {
    let mut desk = Desk::playing();
    let mut kept = snip(4, 60_000);
    kept.body.note = format!("# 雾号\n\n  - one\n\t- two\n{}", "长".repeat(5_000));
    let note = kept.body.note.clone();
    desk.event(Event::SnipKept(Box::new(kept)));
    desk.give(Command::EditNote);
    desk.key(Typed::Break);
    desk.send(Msg::Paste("a\nb".to_owned()));
    let change = SnipChange::Note(note + "\na\nb");
    assert_eq!(desk.key(Typed::Enter), [Effect::ChangeSnip { id: SnipId(4), change }]);
}

#[test]
fn a_snip_of_an_episode_that_was_left_gives_way_to_those_at_hand() {
    let mut desk = Desk::new();
    // In the list of episodes the star is the episode's.
    desk.state.focus = Pane::Article;
    let mut left = snip(9, 0);
    left.episode = EpisodeId(4);
    desk.event(Event::SnipKept(Box::new(left)));
    let star = |id| Effect::ChangeSnip { id, change: SnipChange::Favorite(true) };
    assert_eq!(desk.give(Command::Star), [star(SnipId(9))], "there is no other");
    desk.event(Event::Snips(Some(EpisodeId(1)), vec![snip(1, 0), snip(2, 50_000)]));
    assert_eq!(desk.give(Command::Star), [star(SnipId(2))]);
}

#[test]
fn a_changed_snip_is_another_everywhere() {
    let mut desk = Desk::new();
    desk.event(Event::Snips(Some(EpisodeId(1)), vec![snip(1, 0), snip(2, 50_000)]));
    desk.give(Command::Snips);
    desk.event(Event::Snips(Some(EpisodeId(1)), vec![snip(1, 0), snip(2, 50_000)]));
    // The first moves behind the second; the selection goes with it.
    desk.event(Event::SnipChanged(Box::new(snip(1, 70_000))));
    assert_eq!(listed(&desk), [2, 1]);
    assert_eq!(selected(&desk), Some(1));
    let opened = &desk.state.notes.opened.as_ref().unwrap().snips;
    assert_eq!(opened.iter().map(|snip| snip.id.0).collect::<Vec<_>>(), [2, 1]);
}

// Filter

#[test]
fn the_list_is_filtered_as_one_types_and_escape_takes_that_away() {
    let mut desk = Desk::new();
    desk.give(Command::Snips);
    let (mut first, mut second) = (snip(1, 0), snip(2, 50_000));
    first.body.note = "Fog horn".to_owned();
    second.body.tags = vec!["海".to_owned()];
    desk.event(Event::Snips(Some(EpisodeId(1)), vec![first, second]));
    desk.give(Command::Find);
    desk.write("fog");
    assert_eq!(listed(&desk), [1]);
    desk.key(Typed::DeleteAll);
    desk.write("#海");
    assert_eq!(listed(&desk), [2]);
    desk.key(Typed::Enter);
    assert_eq!(desk.give(Command::Delete), [Effect::DeleteSnip(SnipId(2))]);
    desk.give(Command::Back);
    assert_eq!(listed(&desk), [1, 2]);
    assert_eq!(selected(&desk), Some(2), "the selection stays on its snip");
    desk.give(Command::Back);
    assert_eq!(desk.state.overlay, None);
}

#[test]
fn three_thousand_snips_are_filtered_between_two_frames() {
    let mut desk = Desk::new();
    desk.give(Command::Snips);
    desk.give(Command::Snips);
    let many = (1..=3_000).map(|id| {
        let mut snip = snip(id, 1_000);
        snip.body.note = format!("第 {id} 条笔记：{}", "潮水慢慢地退下去。".repeat(30));
        snip
    });
    desk.event(Event::Snips(None, many.collect()));
    desk.give(Command::Find);
    desk.write("第 2999 ");
    assert_eq!(listed(&desk), [2999]);
    // Only the rows are found anew with each letter, not the words of the snips.
    let Some(Overlay::Snips(shown)) = &desk.state.overlay else { panic!("closed") };
    assert_eq!((shown.list.len, shown.total()), (1, 3_000));
}

/// The ids of the rows; 0 for a passage of the show.
fn listed(desk: &Desk) -> Vec<i64> {
    let Some(Overlay::Snips(shown)) = &desk.state.overlay else { panic!("no list of snips") };
    shown.rows().map(id_of).collect()
}

fn selected(desk: &Desk) -> Option<i64> {
    let Some(Overlay::Snips(shown)) = &desk.state.overlay else { panic!("no list of snips") };
    shown.selected().map(id_of)
}

fn id_of(row: SnipRow<'_>) -> i64 {
    match row {
        SnipRow::Own(snip) => snip.id.0,
        SnipRow::Show(_) => 0,
    }
}

fn snip(id: i64, start_ms: Millis) -> Snip {
    let body = NewSnip { start_ms, end_ms: start_ms + 30_000, ..NewSnip::default() };
    Snip { id: SnipId(id), episode: EpisodeId(1), body, ..Snip::default() }
}
