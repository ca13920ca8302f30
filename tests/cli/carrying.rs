//! `backup`, `restore`, `doctor --repair`, and several programs at work in one home at once.

use std::process::Stdio;

use serde_json::{Value, json};

use crate::home::Home;
use crate::support::feed::{Episode, Show};
use crate::support::server::Server;

/// A home with a show, a snip, a queue and settings.
fn furnished(server: &Server) -> Home {
    let home = Home::new();
    let show = Show::new("钟楼夜话")
        .episode(Episode::new(1, "发条", 6))
        .episode(Episode::new(2, "摆轮", 4));
    home.json(&["add", &show.publish(server, "/clock")]);
    home.json(&["snips", "add", "clock-1", "--from", "1", "--to", "3", "--note", "上弦"]);
    home.json(&["download", "clock-1"]);
    std::fs::create_dir_all(home.path("home/config")).unwrap();
    std::fs::write(home.path("home/config/config.toml"), "[audio]\nspeed = 1.5\n").unwrap();
    home
}

fn path_of(home: &Home, name: &str) -> String {
    home.path(name).to_str().unwrap().to_owned()
}

#[test]
fn a_backup_brings_everything_but_media_to_another_machine() {
    let server = Server::start();
    let home = furnished(&server);
    let file = path_of(&home, "away.latetalk");
    let written = home.json(&["backup", &file]);
    assert_eq!((&written["shows"], &written["snips"]), (&json!(1), &json!(1)));
    assert_eq!(written["bytes"].as_u64(), Some(std::fs::metadata(&file).unwrap().len()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }

    let other = Home::new();
    let restored = other.json(&["restore", &file]);
    assert_eq!((&restored["episodes"], &restored["settings"]), (&json!(2), &json!(true)));
    assert_eq!(restored["before"], Value::Null);
    let rows = other.json(&["episodes"]);
    assert_eq!(rows["episodes"].as_array().unwrap().len(), 2);
    assert_eq!(other.json(&["episodes", "--downloaded"]), json!({ "episodes": [] }));
    assert_eq!(other.json(&["snips"])["snips"][0]["note"], "上弦");
    let settings = std::fs::read_to_string(other.path("home/config/config.toml")).unwrap();
    assert!(settings.contains("speed = 1.5"));
    assert_eq!(other.run(&["doctor", "--json"]).code, 0);
    // Here the recordings are still there.
    home.json(&["restore", &file]);
    let here = home.json(&["episodes", "--downloaded"]);
    assert_eq!(here["episodes"].as_array().unwrap().len(), 1);
}

#[test]
fn what_was_there_before_a_restore_is_kept_and_comes_back() {
    let server = Server::start();
    let home = furnished(&server);
    let file = path_of(&home, "away.latetalk");
    home.json(&["backup", &file]);
    home.json(&["snips", "add", "clock-2", "--from", "0", "--to", "1"]);
    let restored = home.json(&["restore", &file]);
    assert_eq!(home.json(&["snips"])["snips"].as_array().unwrap().len(), 1);
    let before = restored["before"].as_str().unwrap();
    let listed = home.json(&["restore"]);
    assert_eq!(listed["backups"][0]["path"], restored["before"]);
    home.json(&["restore", before]);
    assert_eq!(home.json(&["snips"])["snips"].as_array().unwrap().len(), 2);
}

#[test]
fn what_is_no_library_is_not_restored() {
    let server = Server::start();
    let home = furnished(&server);
    home.run(&["restore", &path_of(&home, "nowhere")]).fails(1, "no such file");
    let text = home.file("text.db", "no library at all ".repeat(500));
    home.run(&["restore", &text]).fails(1, "text.db");
    let file = path_of(&home, "away.latetalk");
    home.json(&["backup", &file]);
    let newer = rusqlite::Connection::open(&file).unwrap();
    newer.execute_batch("PRAGMA user_version = 99").unwrap();
    drop(newer);
    home.run(&["restore", &file]).fails(1, "version 99");
    home.run(&["backup", "/nowhere/at/all.db"]).fails(1, "could not be copied");
    assert_eq!(home.json(&["snips"])["snips"].as_array().unwrap().len(), 1);
}

#[test]
fn a_damaged_library_is_told_in_one_sentence_and_repaired_when_asked() {
    let server = Server::start();
    let home = furnished(&server);
    let library = home.path("home/data/library.db");
    let mut bytes = std::fs::read(&library).unwrap();
    bytes[..100].fill(0);
    std::fs::write(&library, &bytes).unwrap();
    home.run(&["shows"]).fails(1, "doctor --repair");
    home.run(&["doctor", "--json"]).json();
    assert_eq!(std::fs::read(&library).unwrap(), bytes, "nothing is repaired unasked");
    let ran = home.run(&["doctor", "--repair", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert_eq!(home.json(&["snips"])["snips"][0]["note"], "上弦");
    let aside = std::fs::read_dir(home.path("home/data")).unwrap().flatten();
    let aside = aside.filter(|entry| entry.file_name().to_string_lossy().contains("damaged"));
    let aside: Vec<_> = aside.map(|entry| std::fs::read(entry.path()).unwrap()).collect();
    assert_eq!(aside, [bytes]);
}

#[test]
fn many_programs_at_once_lose_nothing_and_none_is_locked_out() {
    let server = Server::start();
    let home = furnished(&server);
    let mut running = Vec::new();
    for n in 0..16 {
        let (from, to) = (format!("0:0{}.{n:02}", n % 3), format!("0:0{}.5", n % 3 + 1));
        let mut add = home.command(&["snips", "add", "clock-1", "--from", &from, "--to", &to]);
        let mut ask = home.command(&["refresh"]);
        let mut see = home.command(&["episodes", "--json"]);
        for command in [&mut add, &mut ask, &mut see] {
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
            running.push(command.spawn().unwrap());
        }
    }
    for child in running {
        let done = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{said}");
        assert!(!said.contains("lock"), "{said}");
    }
    assert_eq!(home.json(&["snips"])["snips"].as_array().unwrap().len(), 17);
    assert_eq!(home.run(&["doctor", "--json"]).code, 0);
}
