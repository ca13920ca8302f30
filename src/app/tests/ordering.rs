//! Order in the library: stars, tags, what is put away, sorting, filters, and taking it all back.

use super::*;
use crate::model::{Before, Change, EpisodeOrder, KeptFilter, ShowOrder};

fn edit(edit: Edit) -> Effect {
    Effect::Edit(Box::new(edit))
}

fn changed(title: &str, before: Before) -> Event {
    let change = Change { title: title.to_owned(), before };
    Event::Order(OrderNews::Changed(Box::new(change)))
}

fn facts(filters: &[(&str, &str)]) -> Event {
    let kept = |(name, text): &(&str, &str)| KeptFilter {
        name: (*name).to_owned(),
        text: (*text).to_owned(),
    };
    let filters = filters.iter().map(kept).collect();
    Event::Order(OrderNews::Shelves(ShelfFacts { starred: 1, archived: 1, filters }))
}

/// What list is asked for: its shelf, its filter, its order.
#[track_caller]
fn listed(effects: &[Effect]) -> (Shelf, String, EpisodeOrder) {
    let asked = effects.iter().find_map(|effect| match effect {
        Effect::LoadEpisodes { shelf, text, order, .. } => {
            Some((shelf.clone(), text.clone(), *order))
        }
        _ => None,
    });
    asked.expect("a list is asked for")
}

// Taking back

#[test]
fn the_last_change_is_taken_back_first_and_the_list_is_asked_for_again() {
    let mut desk = Desk::new();
    assert!(desk.give(Command::Undo).is_empty());
    assert_eq!(desk.notice(), Some(&Notice::NothingToUndo));
    let before = |ms| Before::Positions(vec![(EpisodeId(1), Position { ms, played: false })]);
    desk.event(changed("one", before(1)));
    desk.event(changed("two", before(2)));
    let change = |title: &str, ms| Change { title: title.to_owned(), before: before(ms) };
    let second = Box::new(change("two", 2));
    assert_eq!(desk.give(Command::Undo), [edit(Edit::TakeBack(second.clone()))]);
    let effects = desk.event(Event::Order(OrderNews::TakenBack(second.clone())));
    assert!(effects.contains(&Effect::LoadShows) && effects.contains(&Effect::LoadQueue));
    listed(&desk.effects);
    assert_eq!(desk.notice(), Some(&Notice::TakenBack(second)));
    let first = Box::new(change("one", 1));
    assert_eq!(desk.give(Command::Undo), [edit(Edit::TakeBack(first))]);
    assert!(desk.give(Command::Undo).is_empty());
}

#[test]
fn fifty_changes_can_be_taken_back_and_one_way_through_the_queue_is_one() {
    let mut desk = Desk::new();
    for count in 0..60 {
        desk.event(changed("", Before::Stars(vec![(EpisodeId(count), false)])));
    }
    assert_eq!(desk.state.undo.depth(), 50);
    let queue = |ids: [i64; 2]| Before::Queue(ids.map(EpisodeId).to_vec());
    let mut desk = Desk::new();
    desk.event(changed("灯塔", queue([1, 2])));
    desk.event(changed("灯塔", queue([2, 1])));
    assert_eq!(desk.state.undo.depth(), 1);
    let first = Change { title: "灯塔".to_owned(), before: queue([1, 2]) };
    assert_eq!(desk.give(Command::Undo), [edit(Edit::TakeBack(Box::new(first)))]);
}

#[test]
fn a_removed_download_is_fetched_again() {
    let mut desk = Desk::new();
    desk.state.library.change_row(EpisodeId(1), |row| row.downloaded = true);
    desk.give(Command::Download);
    assert_eq!(desk.give(Command::Undo), [Effect::Download(EpisodeId(1))]);
}

#[test]
fn a_subscription_that_comes_back_is_refreshed() {
    let mut desk = Desk::new();
    desk.state.focus = Pane::Shows;
    desk.give(Command::Bottom);
    desk.give(Command::Unsubscribe);
    assert_eq!(desk.key(Typed::Char('y')), [Effect::Unsubscribe(ShowId(2))]);
    desk.event(Event::Shows(vec![show(1, "海边电台")]));
    desk.event(changed("Slow Trains", Before::Subscribed(ShowId(2))));
    assert_eq!(desk.state.library.shelf, Shelf::All, "its own list is gone");
    let before = Before::Subscribed(ShowId(2));
    let change = Box::new(Change { title: "Slow Trains".to_owned(), before });
    desk.event(Event::Order(OrderNews::TakenBack(change)));
    assert!(desk.effects.contains(&Effect::Refresh(vec![ShowId(2)])));
}

// Marks

#[test]
fn all_older_ones_are_heard_in_a_list_with_the_newest_first() {
    let mut desk = Desk::new();
    desk.give(Command::Down);
    desk.give(Command::Down);
    let ids = [3, 4, 5].map(EpisodeId).to_vec();
    assert_eq!(desk.give(Command::PlayedToHere), [edit(Edit::Played(ids, true))]);
    let before = [(EpisodeId(3), Position::default()), (EpisodeId(4), Position::default())];
    desk.event(changed("", Before::Positions(before.to_vec())));
    assert_eq!(desk.notice(), Some(&Notice::Marked(2)));
}

#[test]
fn all_above_are_heard_in_a_list_with_the_oldest_first() {
    let mut desk = Desk::new();
    desk.give(Command::Sort);
    assert_eq!(listed(&desk.effects).2, EpisodeOrder::Oldest);
    assert!(desk.give(Command::PlayedToHere).is_empty(), "the list is on its way");
    let ticket = desk.list_ticket();
    desk.event(Event::Episodes(ticket, [5, 4, 3, 2, 1].map(EpisodeId).to_vec()));
    desk.give(Command::Down);
    let ids = [5, 4].map(EpisodeId).to_vec();
    assert_eq!(desk.give(Command::PlayedToHere), [edit(Edit::Played(ids, true))]);
}

#[test]
fn the_star_is_for_the_episode_in_the_list_and_for_a_snip_where_one_is_meant() {
    let mut desk = Desk::new();
    assert_eq!(desk.give(Command::Star), [edit(Edit::Star(EpisodeId(1), true))]);
    assert!(desk.state.library.rows[&EpisodeId(1)].starred);
    assert_eq!(desk.give(Command::Star), [edit(Edit::Star(EpisodeId(1), false))]);
    desk.state.focus = Pane::Notes;
    assert_eq!(desk.give(Command::Star), [edit(Edit::Star(EpisodeId(1), true))]);
    let snip = crate::model::Snip { episode: EpisodeId(1), ..crate::model::Snip::default() };
    desk.event(Event::SnipKept(Box::new(snip)));
    assert!(matches!(desk.give(Command::Star)[..], [Effect::ChangeSnip { .. }]));
}

#[test]
fn a_show_gets_tags_and_each_tag_is_a_shelf() {
    let mut desk = Desk::new();
    desk.give(Command::EditTags);
    desk.write("夜 #AI");
    let tags = vec!["夜".to_owned(), "AI".to_owned()];
    assert_eq!(desk.key(Typed::Enter), [edit(Edit::Tags(ShowId(1), tags.clone()))]);
    desk.event(Event::Shows(vec![Show { tags, ..show(1, "海边电台") }, show(2, "Slow Trains")]));
    let shelves = &desk.state.library.shelves;
    assert!(
        shelves.contains(&Shelf::Tag("夜".into())) && shelves.contains(&Shelf::Tag("AI".into()))
    );
    desk.give(Command::EditTags);
    let typed = desk.state.prompt.as_ref().map(|prompt| prompt.line.text().to_owned());
    assert_eq!(typed.as_deref(), Some("夜 AI"), "the present ones stand there");
    assert!(desk.key(Typed::Enter).is_empty(), "nothing was changed");
    desk.state.focus = Pane::Shows;
    desk.give(Command::Find);
    desk.write("#ai");
    assert_eq!(desk.state.library.shelves, [Shelf::Show(ShowId(1))]);
}

#[test]
fn a_show_that_is_put_away_is_found_where_that_is_kept() {
    let mut desk = Desk::new();
    desk.state.focus = Pane::Shows;
    desk.give(Command::Bottom);
    assert_eq!(desk.give(Command::Archive), [edit(Edit::ArchiveShow(ShowId(2), true))]);
    let away = Show { archived: true, ..show(2, "Slow Trains") };
    desk.event(facts(&[]));
    desk.event(Event::Shows(vec![show(1, "海边电台"), away]));
    desk.give(Command::Top);
    assert_eq!(desk.state.library.shelves.last(), Some(&Shelf::Archived));
    desk.give(Command::Bottom);
    assert_eq!(listed(&desk.effects).0, Shelf::Archived);
    assert_eq!(desk.state.library.shelves.last(), Some(&Shelf::Show(ShowId(2))));
    desk.give(Command::Down);
    assert_eq!(desk.give(Command::Archive), [edit(Edit::ArchiveShow(ShowId(2), false))]);
}

// Orders

#[test]
fn each_list_keeps_its_order() {
    let mut desk = Desk::new();
    desk.give(Command::Sort);
    assert_eq!(desk.notice(), Some(&Notice::Ordered(EpisodeOrder::Oldest)));
    assert!(matches!(&desk.effects[..], [Effect::Remember { key: "orders", .. }, ..]));
    desk.state.focus = Pane::Shows;
    desk.give(Command::Bottom);
    assert_eq!(listed(&desk.effects).2, EpisodeOrder::Newest, "another list");
    desk.give(Command::Top);
    assert_eq!(listed(&desk.effects).2, EpisodeOrder::Oldest, "the same again");
    desk.give(Command::Sort);
    assert_eq!(desk.notice(), Some(&Notice::ShowsOrdered(ShowOrder::Title)));
}

#[test]
fn shows_stand_by_title_by_newest_episode_and_by_what_is_unheard() {
    let mut desk = Desk::new();
    let one = Show { newest: Some(5), unplayed: 1, ..show(1, "b") };
    let two = Show { newest: Some(9), unplayed: 0, ..show(2, "A") };
    let three = Show { newest: None, unplayed: 7, ..show(3, "c") };
    desk.event(Event::Shows(vec![one, two, three]));
    desk.state.focus = Pane::Shows;
    for expected in [[2, 1, 3], [2, 1, 3], [3, 1, 2], [1, 2, 3]] {
        desk.give(Command::Sort);
        let order: Vec<i64> = desk
            .state
            .library
            .shelves
            .iter()
            .filter_map(|shelf| match shelf {
                Shelf::Show(id) => Some(id.0),
                _ => None,
            })
            .collect();
        assert_eq!(order, expected, "{:?}", desk.state.library.orders.shows);
    }
}

// Filters

#[test]
fn what_a_filter_cannot_mean_is_said_and_the_list_stays() {
    let mut desk = Desk::new();
    desk.give(Command::Find);
    desk.write("is:new");
    let last = listed(&desk.effects);
    assert_eq!(last.1, "is:new");
    desk.write("er");
    assert!(desk.state.library.problem.is_some());
    desk.key(Typed::Enter);
    assert!(matches!(desk.notice(), Some(Notice::BadFilter(_))));
    assert_eq!(listed(desk.event(Event::RefreshDone(1))).1, "is:new", "as it was understood");
    desk.give(Command::Back);
    assert_eq!(
        (listed(&desk.effects).1, desk.state.library.problem.clone()),
        (String::new(), None)
    );
}

#[test]
fn a_filter_is_kept_under_a_name_and_becomes_a_shelf() {
    let mut desk = Desk::new();
    desk.give(Command::Find);
    desk.write("<30m");
    desk.key(Typed::Enter);
    desk.give(Command::Filters);
    desk.give(Command::Open);
    desk.write("路上");
    desk.key(Typed::Enter);
    let kept = KeptFilter { name: "路上".to_owned(), text: "<30m".to_owned() };
    assert!(desk.effects.contains(&edit(Edit::KeepFilter(None, kept))));
    let name: std::sync::Arc<str> = "路上".into();
    assert_eq!(listed(&desk.effects).0, Shelf::Kept(name.clone()));
    assert_eq!(listed(&desk.effects).1, "<30m");
    desk.event(facts(&[("路上", "<30m")]));
    assert!(desk.state.library.shelves.contains(&Shelf::Kept(name)));
    desk.give(Command::Find);
    desk.write("潮");
    assert_eq!(listed(&desk.effects).1, "<30m 潮", "typed words narrow it");
    desk.event(facts(&[]));
    assert_eq!(desk.state.library.shelf, Shelf::All, "it was forgotten");
}

#[test]
fn a_kept_filter_is_changed_renamed_and_forgotten() {
    let mut desk = Desk::new();
    desk.event(facts(&[("路上", "<30m")]));
    desk.give(Command::Filters);
    assert_eq!(desk.give(Command::Delete), [edit(Edit::DropFilter("路上".to_owned()))]);
    desk.give(Command::EditNote);
    desk.write(" is:");
    desk.key(Typed::Enter);
    assert!(desk.state.prompt.is_some(), "it is asked for again");
    desk.write("new");
    let kept = |name: &str, text: &str| {
        let kept = KeptFilter { name: name.to_owned(), text: text.to_owned() };
        edit(Edit::KeepFilter(Some("路上".to_owned()), kept))
    };
    assert_eq!(desk.key(Typed::Enter), [kept("路上", "<30m is:new")]);
    desk.give(Command::EditTitle);
    desk.key(Typed::DeleteAll);
    desk.write("短");
    assert_eq!(desk.key(Typed::Enter), [kept("短", "<30m")]);
}

#[test]
fn a_built_in_filter_narrows_the_present_list() {
    let mut desk = Desk::new();
    desk.give(Command::Filters);
    desk.give(Command::Down);
    desk.give(Command::Open);
    assert_eq!(listed(&desk.effects).1, "is:progress");
    assert_eq!(
        (desk.state.library.filter.as_str(), desk.state.focus),
        ("is:progress", Pane::Episodes)
    );
}
