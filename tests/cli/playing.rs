//! `play`: what is heard, what is told, what is kept, and the line with its keys.

use std::ffi::OsString;
use std::time::Duration;

use latetalk::model::{Loudness, OwnSounding, Speed};
use latetalk::store::Store;
use serde_json::{Value, json};

use crate::home::{Home, Ran};
use crate::support::clock;
use crate::support::feed::{Episode, Show};
use crate::support::page::Page;
use crate::support::pty::Terminal;
use crate::support::server::Server;

const PATIENCE: Duration = Duration::from_secs(20);

/// Runs a verb with its sound in a file; what it printed, and the mono samples.
fn heard(home: &Home, args: &[&str]) -> (Ran, Vec<f32>) {
    let file = home.path("capture.f32");
    let mut command = home.command(args);
    command.env("LATETALK_OUTPUT", format!("capture:{}", file.display()));
    let ran = Ran::from(command.output().unwrap());
    let bytes = std::fs::read(&file).unwrap_or_default();
    let samples: Vec<f32> =
        bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
    (ran, samples.chunks_exact(2).map(|frame| f32::midpoint(frame[0], frame[1])).collect())
}

fn lines(ran: &Ran) -> Vec<Value> {
    ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_range_of_a_file_is_heard_from_its_start_to_its_end() {
    let home = Home::new();
    let file = home.file("clock.wav", clock::wav(8));
    let (ran, sound) = heard(&home, &["play", &file, "--at", "2", "--until", "0:04", "--json"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let told = lines(&ran);
    assert_eq!(told[0]["event"], "started");
    assert_eq!(told[0]["duration_ms"], 8000);
    let positions: Vec<u64> = told
        .iter()
        .filter(|line| line["event"] == "position")
        .map(|line| line["ms"].as_u64().unwrap())
        .collect();
    assert!(positions.len() >= 5 && positions.is_sorted(), "{positions:?}");
    assert_eq!(told.last().unwrap(), &json!({ "event": "ended", "ms": 4000 }));
    let pieces = clock::heard(&sound, 48_000);
    assert_eq!(pieces.len(), 1, "{pieces:?}");
    assert!(pieces[0].clock_ms.abs_diff(2000) <= 60, "{pieces:?}");
    assert!(pieces[0].lasts_ms.abs_diff(2000) <= 120, "all that was decoded is heard: {pieces:?}");
}

fn subscribed(home: &Home, server: &Server) {
    let episode =
        Episode::new(1, "发条", 6).chapter(0, "上弦").chapter(2, "走时").chapter(4, "报时");
    let url = Show::new("钟楼夜话").episode(episode).publish(server, "/clock");
    home.json(&["add", &url]);
}

#[test]
fn an_episode_tells_its_chapters_and_keeps_its_place() {
    let (home, server) = (Home::new(), Server::start());
    subscribed(&home, &server);
    let ran = home.run(&["play", "clock-1", "--chapter", "2", "--until", "4.5", "--json"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let chapters: Vec<Value> =
        lines(&ran).into_iter().filter(|line| line["event"] == "chapter").collect();
    assert_eq!(chapters[0], json!({ "event": "chapter", "index": 1, "title": "走时" }));
    assert_eq!(chapters[1], json!({ "event": "chapter", "index": 2, "title": "报时" }));
    let episode = home.json(&["episodes", "--in-progress"])["episodes"][0].clone();
    assert_eq!((&episode["position_ms"], &episode["played"]), (&json!(4500), &json!(false)));
    // It goes on from there, to the end; then it counts as heard.
    let ran = home.run(&["play", "clock-1", "--json"]);
    let first = lines(&ran).into_iter().find(|line| line["event"] == "position").unwrap();
    assert!(first["ms"].as_u64().unwrap() >= 4500, "{first}");
    let episode = home.json(&["episodes"])["episodes"][0].clone();
    assert_eq!((&episode["position_ms"], &episode["played"]), (&json!(0), &json!(true)));
    home.run(&["play", "clock-1", "--chapter", "9"]).fails(1, "no chapter 9");
}

#[test]
fn a_snip_is_played_from_its_start_to_its_end_and_moves_no_position() {
    let (home, server) = (Home::new(), Server::start());
    subscribed(&home, &server);
    let made = home.json(&["snips", "add", "clock-1", "--from", "3", "--to", "4"]);
    let id = made["snips"][0]["id"].as_str().unwrap();
    let (ran, sound) = heard(&home, &["play", "clock-1", "--snip", id, "--json"]);
    assert_eq!(lines(&ran).last().unwrap(), &json!({ "event": "ended", "ms": 4000 }));
    let pieces = clock::heard(&sound, 48_000);
    assert_eq!(pieces.first().map(|piece| piece.clock_ms / 1000), Some(3), "{pieces:?}");
    assert_eq!(home.json(&["episodes"])["episodes"][0]["position_ms"], 0);
    home.run(&["play", "clock-1", "--snip", "77"]).fails(1, "no snip 77");
    let file = home.file("clock.wav", clock::wav(1));
    home.run(&["play", &file, "--snip", id]).fails(2, "--snip");
}

#[test]
fn an_address_plays_without_a_subscription_and_at_another_speed() {
    let (home, server) = (Home::new(), Server::start());
    subscribed(&home, &server);
    let url = server.url("/clock/1.wav");
    let (ran, sound) = heard(&home, &["play", &url, "--until", "4", "--speed", "2"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.starts_with("playing http://"), "{}", ran.out);
    let pieces = clock::heard(&sound, 48_000);
    assert!(pieces.iter().any(|piece| (piece.speed - 2.0).abs() < 0.1), "{pieces:?}");
}

#[test]
fn an_address_that_is_a_guid_means_the_episode() {
    let (home, server) = (Home::new(), Server::start());
    let sound = server.url("/sound.wav");
    server.put("/sound.wav", Page::new("audio/x-wav", clock::wav(3)));
    let guid = server.url("/episodes/1");
    let feed = home.file(
        "feed.xml",
        format!(
            "<rss version='2.0'><channel><title>t</title><item><title>一</title><guid>{guid}</guid>\
             <enclosure url='{sound}' type='audio/wav'/></item></channel></rss>"
        ),
    );
    home.json(&["add", &feed]);
    let ran = home.run(&["play", &guid, "--until", "1", "--json"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert_eq!(home.json(&["episodes"])["episodes"][0]["position_ms"], 1000);
    assert_eq!(home.json(&["notes", &guid])["title"], "一");
    assert_eq!(home.json(&["transcript", &guid]), json!({ "cues": [] }));
    assert_eq!(home.json(&["chapters", &guid]), json!({ "source": "none", "chapters": [] }));
}

#[test]
fn a_feed_in_a_file_plays_the_recordings_beside_it() {
    let home = Home::new();
    home.file("sound.wav", clock::wav(2));
    let feed = home.file(
        "feed.xml",
        "<rss version='2.0'><channel><title>t</title><item><title>邻居</title><guid>n</guid>\
         <enclosure url='sound.wav' type='audio/wav'/></item></channel></rss>",
    );
    home.json(&["add", &feed]);
    let row = home.json(&["download", "n"])["downloads"][0].clone();
    assert_eq!(row["status"], "already");
    assert_eq!(row["path"].as_str(), home.path("sound.wav").to_str());
    assert_eq!(home.run(&["play", "n", "--until", "1"]).code, 0);
    home.json(&["remove", "t", "--purge"]);
    assert!(home.path("sound.wav").exists(), "what is not ours stays");
}

#[test]
fn what_cannot_be_played_is_an_event_and_a_line() {
    let (home, server) = (Home::new(), Server::start());
    let file = home.file("notes.txt", "words");
    home.run(&["play", &file]).fails(1, "plain text");
    let ran = home.run(&["play", &server.url("/lost.mp3"), "--json"]);
    ran.fails(1, "404");
    let told = lines(&ran);
    assert_eq!(told.last().unwrap()["event"], "error");
    assert!(told.last().unwrap()["message"].as_str().unwrap().contains("404"));
    home.run(&["play", "nobody"]).fails(1, "no episode");
}

#[test]
fn without_a_sound_device_it_says_so_in_one_line() {
    let home = Home::new();
    let file = home.file("clock.wav", clock::wav(3));
    let nowhere = home.path("nowhere");
    let mut command = home.command(&["play", &file, "--json"]);
    command.env_remove("LATETALK_OUTPUT");
    for name in ["ALSA_CONFIG_PATH", "PULSE_SERVER", "PULSE_RUNTIME_PATH", "XDG_RUNTIME_DIR"] {
        command.env(name, &nowhere);
    }
    let ran = Ran::from(command.output().unwrap());
    ran.fails(1, "no sound device");
    assert_eq!(lines(&ran).last().unwrap()["event"], "error");
}

#[test]
fn on_a_terminal_there_is_one_line_with_keys() {
    let (home, server) = (Home::new(), Server::start());
    subscribed(&home, &server);
    let env = [
        ("LATETALK_HOME".to_owned(), home.path("home").into_os_string()),
        ("LATETALK_OUTPUT".to_owned(), OsString::from("silent")),
    ];
    let pty = Terminal::start((80, 24), &["play", "clock-1"], &env);
    pty.wait_for_text("▶", PATIENCE);
    pty.wait_for_text("发条", PATIENCE);
    pty.keys(" ");
    pty.wait_for_text("⏸", PATIENCE);
    assert!(!pty.is_cooked());
    pty.keys("q");
    assert!(pty.exit_status(PATIENCE).success());
    assert!(pty.is_cooked(), "the terminal is given back");
    let screen = pty.screen();
    assert_eq!(screen.lines().filter(|line| !line.trim().is_empty()).count(), 1, "{screen}");
}

#[test]
fn asked_to_end_from_outside_it_keeps_the_place_and_gives_the_terminal_back() {
    let (home, server) = (Home::new(), Server::start());
    subscribed(&home, &server);
    let env = [
        ("LATETALK_HOME".to_owned(), home.path("home").into_os_string()),
        ("LATETALK_OUTPUT".to_owned(), OsString::from("silent")),
    ];
    let pty = Terminal::start((80, 24), &["play", "clock-1", "--at", "2"], &env);
    pty.wait_for_text("00:03", PATIENCE);
    pty.signal(rustix::process::Signal::TERM);
    assert!(pty.exit_status(PATIENCE).success());
    assert!(pty.is_cooked());
    let kept = home.json(&["episodes"])["episodes"][0]["position_ms"].as_u64().unwrap();
    assert!((3000..6000).contains(&kept), "{kept}");
}

/// What the show of the talking clock has of its own: twice as fast, a second of beginning, two of end.
fn give_own_sound(home: &Home) {
    let store = Store::open(&home.path("home/data/library.db")).unwrap();
    let own = OwnSounding {
        speed: Some(Speed::of(2.0)),
        skip_intro: Some(1),
        skip_outro: Some(2),
        ..OwnSounding::default()
    };
    store.set_sounding(store.shows().unwrap()[0].id, &own).unwrap();
    store.set_meta("voice_boost", "on").unwrap();
}

fn first_position(told: &[Value]) -> u64 {
    let first = told.iter().find(|line| line["event"] == "position").unwrap();
    first["ms"].as_u64().unwrap()
}

#[test]
fn an_episode_sounds_as_its_show_does() {
    let (home, server) = (Home::new(), Server::start());
    subscribed(&home, &server);
    give_own_sound(&home);
    let (ran, sound) = heard(&home, &["play", "clock-1", "--json"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let told = lines(&ran);
    assert!((1_000..2_000).contains(&first_position(&told)), "{told:?}");
    let last = told.last().unwrap();
    assert_eq!(last["event"], "ended");
    assert!(last["ms"].as_u64().unwrap().abs_diff(4_000) <= 50, "{last}");
    let pieces = clock::heard(&sound, 48_000);
    assert!(pieces.iter().any(|piece| (piece.speed - 2.0).abs() < 0.1), "{pieces:?}");
    assert!(pieces[0].clock_ms.abs_diff(1_000) <= 100, "{pieces:?}");
    let episode = home.json(&["episodes"])["episodes"][0].clone();
    assert_eq!((&episode["position_ms"], &episode["played"]), (&json!(0), &json!(true)));
}

#[test]
fn how_loud_a_recording_is_is_kept_and_right_from_the_first_sample() {
    let (home, server) = (Home::new(), Server::start());
    subscribed(&home, &server);
    let bytes = home.json(&["download", "clock-1"])["downloads"][0]["bytes"].as_u64().unwrap();
    let ran = home.run(&["play", "clock-1", "--loudness", "--json"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let library = home.path("home/data/library.db");
    let measured = || {
        let store = Store::open(&library).unwrap();
        let id = store.find_episodes("clock-1").unwrap()[0].id;
        (store.loudness(id).unwrap(), store, id)
    };
    let (known, store, id) = measured();
    let known = known.unwrap();
    assert!(known.bytes == bytes && (-40.0..-5.0).contains(&known.lufs), "{known:?}");
    store.set_loudness(id, Loudness { lufs: -6.0, ..known }).unwrap();
    drop(store);
    let strength = |more: &[&str]| {
        let args = ["play", "clock-1", "--at", "0", "--until", "1", "--json"];
        let (_, sound) = heard(&home, &[&args, more].concat());
        sound.iter().map(|sample| f64::from(sample * sample)).sum::<f64>()
    };
    // From -6 to -16 LUFS.
    let quieter = 10.0 * (strength(&["--loudness"]) / strength(&[])).log10();
    assert!((quieter + 10.0).abs() < 0.5, "{quieter} dB");
}

#[test]
fn options_count_before_what_the_show_has() {
    let (home, server) = (Home::new(), Server::start());
    subscribed(&home, &server);
    give_own_sound(&home);
    let args = ["play", "clock-1", "--at", "0", "--until", "5", "--speed", "1", "--json"];
    let (ran, sound) = heard(&home, &args);
    let told = lines(&ran);
    assert!(first_position(&told) < 1_000, "{told:?}");
    assert_eq!(told.last().unwrap(), &json!({ "event": "ended", "ms": 5000 }));
    let pieces = clock::heard(&sound, 48_000);
    assert!((pieces[0].speed - 1.0).abs() < 0.05, "{pieces:?}");
    // Who begins in the ending hears it.
    let ran = home.run(&["play", "clock-1", "--at", "4.5", "--json"]);
    assert_eq!(lines(&ran).last().unwrap(), &json!({ "event": "ended", "ms": 6000 }));
    // A file is no episode of a show: it is played whole.
    std::fs::create_dir_all(home.path("home/config")).unwrap();
    home.file("home/config/config.toml", "[audio]\nskip_intro = 1\nskip_outro = 1\n");
    let file = home.file("clock.wav", clock::wav(3));
    let told = lines(&home.run(&["play", &file, "--json"]));
    assert!(first_position(&told) < 1_000, "{told:?}");
    assert_eq!(told.last().unwrap(), &json!({ "event": "ended", "ms": 3000 }));
}

#[test]
fn the_list_of_shows_tells_how_they_sound() {
    let (home, server) = (Home::new(), Server::start());
    subscribed(&home, &server);
    let nothing = home.json(&["shows"])["shows"][0]["sound"].clone();
    let expected = json!({ "speed": null, "trim_silence": null, "loudness": null,
        "voice_boost": null, "skip_intro_ms": null, "skip_outro_ms": null });
    assert_eq!(nothing, expected);
    give_own_sound(&home);
    let own = home.json(&["shows"])["shows"][0]["sound"].clone();
    assert_eq!((&own["speed"], &own["skip_intro_ms"]), (&json!(2.0), &json!(1000)));
}
