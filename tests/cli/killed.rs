//! Verbs are killed without a word at random moments: what was acknowledged is there, and the next start
//! goes on as if nothing had been. `LATETALK_KILLS` says how often (else a few times, for a short test),
//! `LATETALK_SEED` repeats a run.

use std::collections::BTreeMap;
use std::process::{Child, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::home::Home;
use crate::support::dice::Dice;
use crate::support::feed::{Episode, Show};
use crate::support::server::Server;

/// Times that a verb is killed, if nothing else is asked for.
const FEW: u64 = 24;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

fn show_of(episodes: u32) -> Show {
    let titles = (1..=episodes).map(|n| Episode::new(n, &format!("齿轮{n}"), 4));
    titles.fold(Show::new("钟楼夜话"), Show::episode)
}

/// Lets a verb run for a while and kills it. Whether it had said before that it was done.
fn killed(mut child: Child, after: Duration) -> bool {
    std::thread::sleep(after);
    // It may have ended.
    let _ = child.kill();
    child.wait().unwrap().success()
}

#[test]
fn verbs_that_are_killed_at_random_moments_lose_nothing_that_was_acknowledged() {
    let times = number("LATETALK_KILLS").unwrap_or(FEW);
    let seed = number("LATETALK_SEED").filter(|seed| *seed > 0).unwrap_or(20_261_122);
    println!("{times} kills, LATETALK_SEED={seed}");
    let mut dice = Dice(seed);
    let (home, server) = (Home::new(), Server::start());
    let mut episodes = 3;
    home.json(&["add", &show_of(episodes).publish(&server, "/clock")]);
    let mut acknowledged = 0;
    let mut done: BTreeMap<&str, [u32; 2]> = BTreeMap::new();
    for round in 0..times {
        episodes += 1;
        show_of(episodes).publish(&server, "/clock");
        let (start, end) = (format!("0.{round:03}"), format!("1.{round:03}"));
        let one = format!("clock-{}", dice.roll(3) + 1);
        let list = home.file(
            "list.opml",
            format!("<opml><body><outline text='{round}' xmlUrl='https://{round}.example/f'/></body></opml>"),
        );
        let verbs: [(&str, Vec<&str>); 5] = [
            ("refresh", vec!["refresh", "钟楼夜话"]),
            ("download", vec!["download", &one]),
            ("play", vec!["play", "clock-1", "--speed", "3"]),
            ("import", vec!["import", &list]),
            ("snip", vec!["snips", "add", "clock-1", "--from", &start, "--to", &end]),
        ];
        let (name, args) = dice.pick(&verbs);
        let mut command = home.command(args);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let whole = killed(command.spawn().unwrap(), Duration::from_millis(dice.roll(400) as u64));
        done.entry(name).or_default()[usize::from(whole)] += 1;
        acknowledged += usize::from(whole && *name == "snip");
        if whole && *name == "import" {
            let shows = home.json(&["shows"])["shows"].clone();
            let title = round.to_string();
            let there = |show: &Value| show["title"] == title.as_str();
            assert!(shows.as_array().unwrap().iter().any(there), "{shows}");
        }
        if round % 8 == 7 {
            well(&home, acknowledged);
        }
    }
    well(&home, acknowledged);
    println!("killed in the middle, came to the end: {done:?}; {acknowledged} snips acknowledged");
}

/// All that was acknowledged is there, the library is whole, and what the list says is on the disk.
#[track_caller]
fn well(home: &Home, snips: usize) {
    let found = home.json(&["snips"])["snips"].as_array().unwrap().len();
    assert!(found >= snips, "{found} of {snips} snips");
    let checks = home.run(&["doctor", "--json"]);
    assert_eq!(checks.code, 0, "{}", checks.out);
    let here = home.json(&["episodes", "--downloaded"]);
    for episode in here["episodes"].as_array().unwrap() {
        let row = home.json(&["download", episode["guid"].as_str().unwrap()]);
        let row = &row["downloads"][0];
        assert_eq!(row["status"], "already", "{row}");
        let bytes = std::fs::read(row["path"].as_str().unwrap()).unwrap();
        assert_eq!(bytes, crate::support::clock::wav(4), "a download is whole or none");
    }
    assert_eq!(home.run(&["refresh", "钟楼夜话", "--json"]).code, 0);
}
