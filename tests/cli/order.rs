//! Keeping order from scripts: heard, starred, queued.

use serde_json::{Value, json};

use crate::home::Home;
use crate::support::feed::{Episode, Show};
use crate::support::server::Server;

/// A home with a show of four episodes.
fn library(server: &Server) -> Home {
    let home = Home::new();
    let numbered = |number| Episode::new(number, &format!("第{number}盏灯"), 4);
    let show = (1..=4).fold(Show::new("守灯人"), |show, number| show.episode(numbered(number)));
    home.json(&["add", &show.publish(server, "/lamp")]);
    home
}

fn titles(rows: &Value) -> Vec<&str> {
    rows.as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap()).collect()
}

#[test]
fn episodes_are_marked_as_heard_and_as_not_heard() {
    let server = Server::start();
    let home = library(&server);
    let marked = home.json(&["mark", "守灯人#2", "守灯人#4", "--played"]);
    assert_eq!((titles(&marked["marked"]).len(), &marked["changed"]), (2, &json!(2)));
    assert_eq!(marked["marked"][0]["played"], json!(true));
    let again = home.json(&["mark", "守灯人#2", "--played"]);
    assert_eq!((&again["changed"], &again["failed"]), (&json!(0), &json!([])));
    assert_eq!(home.json(&["shows"])["shows"][0]["unplayed"], 2);
    home.json(&["mark", "守灯人#2", "--unplayed"]);
    assert_eq!(home.json(&["shows"])["shows"][0]["unplayed"], 3);
}

#[test]
fn all_up_to_an_episode_are_marked_at_once() {
    let server = Server::start();
    let home = library(&server);
    let marked = home.json(&["mark", "守灯人#3", "--played", "--up-to"]);
    assert_eq!(titles(&marked["marked"]), ["3: 第3盏灯", "2: 第2盏灯", "1: 第1盏灯"]);
    let left = home.json(&["episodes", "--unplayed"]);
    assert_eq!(titles(&left["episodes"]), ["4: 第4盏灯"]);
}

#[test]
fn of_several_names_some_may_mean_nothing() {
    let server = Server::start();
    let home = library(&server);
    for verb in [&["mark", "--played"][..], &["star"], &["queue", "add"]] {
        let ran = home.run(&[verb, &["没有这集", "守灯人#1", "--json"]].concat());
        ran.fails(1, "没有这集");
        let report = ran.json();
        assert_eq!(report["failed"].as_array().unwrap().len(), 1, "{report}");
        assert_eq!(report["failed"][0]["episode"], "没有这集");
    }
    assert_eq!(titles(&home.json(&["queue"])["queue"]), ["1: 第1盏灯"]);
    home.run(&["mark", "守灯人#1"]).fails(2, "--played");
    home.run(&["mark", "守灯人#1", "--played", "--unplayed"]).fails(2, "--unplayed");
    home.run(&["queue", "add"]).fails(2, "EPISODE");
}

#[test]
fn stars_are_given_taken_away_and_listed() {
    let server = Server::start();
    let home = library(&server);
    let starred = home.json(&["star", "守灯人#3", "守灯人#3"]);
    assert_eq!((titles(&starred["starred"]).len(), &starred["changed"]), (1, &json!(1)));
    let listed = home.json(&["episodes", "--starred"]);
    assert_eq!(titles(&listed["episodes"]), ["3: 第3盏灯"]);
    assert_eq!(listed["episodes"][0]["starred"], json!(true));
    home.json(&["star", "守灯人#3", "--off"]);
    assert_eq!(home.json(&["episodes", "--starred"]), json!({ "episodes": [] }));
}

#[test]
fn the_queue_is_filled_put_in_order_and_cleared() {
    let server = Server::start();
    let home = library(&server);
    home.json(&["queue", "add", "守灯人#1", "守灯人#2"]);
    let queue = home.json(&["queue", "next", "守灯人#4", "守灯人#2"]);
    assert_eq!(titles(&queue["queue"]), ["4: 第4盏灯", "2: 第2盏灯", "1: 第1盏灯"]);
    assert_eq!(queue["duration_ms"], 12_000);
    assert_eq!(home.json(&["queue", "list"])["queue"], queue["queue"]);
    let queue = home.json(&["queue", "remove", "守灯人#2"]);
    assert_eq!(titles(&queue["queue"]), ["4: 第4盏灯", "1: 第1盏灯"]);
    let cleared = json!({ "queue": [], "duration_ms": 0, "failed": [] });
    assert_eq!(home.json(&["queue", "clear"]), cleared);
}

#[test]
fn episodes_are_filtered_and_sorted_as_on_the_screen() {
    let server = Server::start();
    let home = library(&server);
    home.json(&["mark", "守灯人#2", "--played"]);
    let listed = home.json(&["episodes", "--filter", "is:unplayed <1m 盏灯", "--sort", "oldest"]);
    assert_eq!(titles(&listed["episodes"]), ["1: 第1盏灯", "3: 第3盏灯", "4: 第4盏灯"]);
    let listed = home.json(&["episodes", "--filter", "-is:unplayed"]);
    assert_eq!(titles(&listed["episodes"]), ["2: 第2盏灯"]);
    home.run(&["episodes", "--filter", "is:loud"]).fails(2, "no state");
    home.run(&["episodes", "--sort", "loud"]).fails(2, "newest, oldest");
}
