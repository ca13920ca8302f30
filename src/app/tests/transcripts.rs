//! The transcript beside the notes: following, pointing, selecting, keeping.

use super::*;

/// The first episode plays and its transcript has come.
fn listening() -> Desk {
    let mut desk = Desk::playing();
    desk.give(Command::Transcript);
    come(&mut desk);
    desk
}

#[track_caller]
fn come(desk: &mut Desk) {
    let ticket = desk.state.articles.front().unwrap().ticket;
    desk.event(Event::Transcript(ticket, Ok(Arc::new(transcript()))));
}

#[track_caller]
fn view(desk: &Desk) -> &TranscriptView {
    match &desk.state.articles.front().unwrap().page {
        Page::Transcript(view) => view,
        other => unreachable!("no transcript: {other:?}"),
    }
}

/// Whether the first line of a cue is in view.
fn is_shown(desk: &Desk, cue: usize) -> bool {
    let reader = &view(desk).reader;
    reader.shown().contains(&reader.layout.line_of(cue, 0))
}

// Following

#[test]
fn it_opens_at_what_is_being_said() {
    let mut desk = Desk::playing();
    desk.at(302_000);
    desk.give(Command::Transcript);
    come(&mut desk);
    assert_eq!(view(&desk).cursor, 60);
    assert!(view(&desk).follow && is_shown(&desk, 60));
}

#[test]
fn what_is_being_said_is_kept_in_view() {
    let mut desk = listening();
    for ms in (1_000..400_000).step_by(4_000) {
        desk.at(ms);
        let cue = usize::try_from(ms / 5_000).unwrap();
        assert!(is_shown(&desk, cue), "{ms}");
        assert_eq!(view(&desk).cursor, cue);
    }
}

#[test]
fn moving_by_hand_detaches_and_one_key_attaches_again() {
    let by_hand =
        [Command::Down, Command::Up, Command::PageDown, Command::Bottom, Command::NextLink];
    for command in by_hand {
        let mut desk = listening();
        desk.at(1_000);
        desk.give(command);
        assert!(!view(&desk).follow, "{command:?}");
        let top = view(&desk).reader.top;
        desk.at(300_000);
        assert_eq!(view(&desk).reader.top, top, "{command:?}");
        desk.give(Command::Follow);
        assert!(view(&desk).follow && is_shown(&desk, 60), "{command:?}");
    }
}

#[test]
fn the_wheel_detaches_it_and_the_notes_go_on_following() {
    let mut desk = listening();
    let pane = panes(&desk.state).article;
    desk.send(Msg::Mouse(Mouse::ScrollDown(pane.x + 4, pane.y + 4)));
    assert!(!view(&desk).follow && view(&desk).reader.top > 0);
    assert!(desk.state.notes.opened.as_ref().unwrap().follow);
}

#[test]
fn one_key_attaches_the_notes_too() {
    let mut desk = Desk::playing();
    desk.at(1_000);
    desk.state.focus = Pane::Notes;
    desk.give(Command::Bottom);
    desk.at(121_000);
    let away = desk.notes().top;
    desk.give(Command::Follow);
    assert!(desk.notes().top < away);
    assert!(desk.state.notes.opened.as_ref().unwrap().follow);
}

#[test]
fn a_jump_attaches_it_again() {
    let mut desk = listening();
    desk.give(Command::Bottom);
    desk.give(Command::SeekForward);
    assert!(view(&desk).follow && is_shown(&desk, 3));
}

#[test]
fn the_transcript_of_another_episode_stays_where_it_is() {
    let mut desk = Desk::new();
    desk.give(Command::Transcript);
    come(&mut desk);
    desk.state.focus = Pane::Episodes;
    desk.give(Command::Down);
    desk.answer_opening();
    desk.give(Command::Open);
    desk.at(300_000);
    assert_eq!((view(&desk).cursor, view(&desk).reader.top), (0, 0));
}

// Pointing

#[test]
fn enter_plays_from_the_cue_that_is_pointed_at() {
    let mut desk = listening();
    desk.give(Command::Down);
    desk.give(Command::Down);
    let effects = desk.give(Command::Open).to_vec();
    assert!(effects.contains(&Effect::Sound(Sound::Seek(10_000))), "{effects:?}");
    assert!(view(&desk).follow, "a jump follows again");
}

#[test]
fn enter_starts_the_episode_if_another_one_plays() {
    let mut desk = Desk::new();
    desk.give(Command::Transcript);
    come(&mut desk);
    desk.give(Command::Bottom);
    desk.give(Command::Open);
    let wanted = |e: &Effect| matches!(e, Effect::Load { id: EpisodeId(1), start_ms: 495_000, .. });
    assert!(desk.effects.iter().any(wanted), "{:?}", desk.effects);
}

#[test]
fn the_cue_that_is_pointed_at_stays_in_view() {
    let mut desk = listening();
    for command in
        [Command::PageDown, Command::PageDown, Command::PageUp, Command::Down, Command::Top]
    {
        desk.give(command);
        assert!(is_shown(&desk, view(&desk).cursor), "{command:?}");
    }
    assert_eq!(view(&desk).cursor, 0);
}

#[test]
fn a_match_is_pointed_at() {
    let mut desk = listening();
    desk.give(Command::Find);
    desk.write("sentence 7");
    desk.key(Typed::Enter);
    assert_eq!(view(&desk).cursor, 7);
    desk.give(Command::NextLink);
    assert_eq!(view(&desk).cursor, 70);
    assert!(is_shown(&desk, 70));
    desk.give(Command::PreviousLink);
    assert_eq!(view(&desk).cursor, 7);
}

#[test]
fn a_click_points_and_a_second_one_plays() {
    let mut desk = listening();
    let area = text_area(panes(&desk.state).article, desk.state.settings.ui.measure);
    let click = Msg::Mouse(Mouse::Click(area.x + 12, area.y + 3));
    assert!(desk.send(click.clone()).is_empty());
    let cue = view(&desk).cursor;
    assert!(cue > 0);
    let seek = Effect::Sound(Sound::Seek(u64::try_from(cue).unwrap() * 5_000));
    assert!(desk.send(click).contains(&seek));
    desk.give(Command::Down);
    let on_time = Msg::Mouse(Mouse::Click(area.x + 1, area.y));
    assert!(desk.send(on_time).iter().any(|e| matches!(e, Effect::Sound(Sound::Seek(_)))));
}

#[test]
fn a_letter_on_a_cue_plays_it() {
    let mut desk = listening();
    desk.give(Command::Hints);
    let Some(Overlay::Hints { hints, .. }) = &desk.state.overlay else { unreachable!() };
    let hint = hints.iter().find(|hint| hint.pane == Pane::Article && hint.target == 2).unwrap();
    let letters: Vec<char> = hint.label.chars().collect();
    for letter in letters {
        desk.key(Typed::Char(letter));
    }
    assert!(desk.effects.contains(&Effect::Sound(Sound::Seek(10_000))), "{:?}", desk.effects);
}

#[test]
fn a_hit_in_a_transcript_opens_it_there_and_plays_nothing() {
    let mut desk = Desk::new();
    let target = FoundTarget::Transcript(EpisodeId(1));
    let hit = Found { target, title: String::new(), snippet: String::new(), ms: Some(403_000) };
    let effects = search::open(&mut desk.state, &hit);
    assert!(matches!(effects[..], [Effect::LoadTranscript { id: EpisodeId(1), .. }]));
    come(&mut desk);
    assert_eq!(view(&desk).cursor, 80);
    assert!(is_shown(&desk, 80));
    // Once more, in the transcript that is open.
    let _ = search::open(&mut desk.state, &Found { ms: Some(9_000), ..hit });
    desk.send(Msg::Wake);
    assert_eq!(view(&desk).cursor, 1);
    assert!(is_shown(&desk, 1));
}

// Selecting

#[test]
fn selected_cues_become_a_snip_with_their_words() {
    let mut desk = listening();
    for command in [Command::Down, Command::Select, Command::Down, Command::Down, Command::Up] {
        desk.give(command);
    }
    assert_eq!(view(&desk).selected(), Some(1..=2));
    let snip = NewSnip {
        start_ms: 5_000,
        end_ms: 15_000,
        transcript: Some("sentence 1 of the tide sentence 2 of the tide".to_owned()),
        ..NewSnip::default()
    };
    assert_eq!(desk.give(Command::Snip), [Effect::AddSnip { id: EpisodeId(1), snip }]);
    assert_eq!(view(&desk).selected(), None);
}

#[test]
fn selecting_goes_either_way_and_ends_with_the_same_key_or_escape() {
    let mut desk = listening();
    for command in [Command::Down, Command::Down, Command::Select, Command::Up] {
        desk.give(command);
    }
    assert_eq!(view(&desk).selected(), Some(1..=2));
    desk.give(Command::Select);
    assert_eq!(view(&desk).selected(), None);
    desk.give(Command::Select);
    desk.give(Command::Back);
    assert_eq!(view(&desk).selected(), None);
    assert!(desk.state.articles.is_open(), "escape ended the selection only");
}

#[test]
fn what_plays_moves_nothing_while_cues_are_selected() {
    let mut desk = listening();
    desk.give(Command::Select);
    desk.at(250_000);
    desk.give(Command::SeekForward);
    assert_eq!(view(&desk).selected(), Some(0..=0));
}

#[test]
fn the_words_are_copied() {
    let mut desk = listening();
    desk.give(Command::Down);
    let words = |text: &str| [Effect::Copy(text.to_owned())];
    assert_eq!(desk.give(Command::CopyLink), words("sentence 1 of the tide"));
    desk.give(Command::Select);
    desk.give(Command::Up);
    let both = "Voice 0: sentence 0 of the tide sentence 1 of the tide";
    assert_eq!(desk.give(Command::CopyLink), words(both));
}

#[test]
fn selecting_needs_a_transcript_and_snips_work_without_one() {
    let mut desk = Desk::playing();
    desk.at(90_000);
    desk.give(Command::Select);
    assert_eq!(desk.notice(), Some(&Notice::NoTranscript));
    assert!(matches!(desk.give(Command::Snip), [Effect::AddSnip { .. }]));
    let mut desk = listening();
    desk.at(90_000);
    let [Effect::AddSnip { snip, .. }] = desk.give(Command::Snip) else { unreachable!() };
    assert_eq!((snip.end_ms, snip.transcript.as_ref()), (90_000, None), "the last minute");
}

// Odd ones

#[test]
fn a_transcript_without_times_or_without_words_is_no_danger() {
    let untimed = Cue { text: "no times here".to_owned(), ..Cue::default() };
    for cues in [Vec::new(), vec![untimed.clone()], vec![untimed; 40]] {
        let mut desk = Desk::playing();
        desk.give(Command::Transcript);
        let ticket = desk.state.articles.front().unwrap().ticket;
        desk.event(Event::Transcript(ticket, Ok(Arc::new(Transcript { cues }))));
        desk.at(60_000);
        for &command in Command::ALL.iter().filter(|c| **c != Command::Snip) {
            desk.state.focus = Pane::Article;
            desk.give(command);
            desk.state.overlay = None;
            desk.state.prompt = None;
        }
    }
}

#[test]
fn a_new_width_keeps_the_cue_that_plays_in_view() {
    let mut desk = listening();
    desk.at(301_000);
    for width in [40, 80, 200, 61, 120] {
        desk.send(Msg::Resize(width, 24));
        desk.at(301_500);
        assert!(is_shown(&desk, 60), "{width}");
    }
}
