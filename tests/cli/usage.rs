//! What holds for every verb: exit codes, JSON anywhere, pipes, clean output.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::home::{Home, assert_clean};

#[test]
fn wrong_usage_is_code_2_and_one_line() {
    let home = Home::new();
    for args in [
        &["sync", "now"][..],
        &["sync"],
        &["shows", "--frobnicate"],
        &["add"],
        &["completions", "tcsh"],
        &["search", "x", "--in", "stars"],
        &["episodes", "--unplayed", "--downloaded"],
        &["episodes", "--limit", "many"],
        &["play", "x", "--at", "1", "--chapter", "2"],
        &["play", "x", "--at", "0:05", "--until", "0:05"],
        &["play", "x", "--speed", "9"],
        &["play", "x", "--until", "1:75"],
        &["chapters", "x", "--duration", "soon"],
        &["snips", "add", "x", "--from", "3", "--to", "2"],
        &["snips", "cut", "1"],
        &["snips", "--episode", "x", "cut", "1", "-o", "x.wav"],
        &["export"],
        &["export", "x", "--opml"],
        &["read", "x", "--format", "pdf"],
        &["read", "x", "--base", "not an address"],
        &["notes", "x", "--width", "0"],
    ] {
        home.run(args).fails(2, "latetalk --help");
    }
}

#[test]
fn help_and_version_go_to_standard_output_with_code_0() {
    let home = Home::new();
    for args in [
        &["--help"][..],
        &["help"],
        &["help", "play"],
        &["-h"],
        &["play", "--help"],
        &["snips", "add", "--help"],
    ] {
        let ran = home.run(args);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        assert!(ran.out.contains("Usage:"), "{}", ran.out);
    }
    assert!(home.run(&["--version"]).out.starts_with("latetalk "));
}

#[test]
fn the_screen_needs_a_terminal_and_a_typing_error_is_not_taken_for_a_file() {
    let home = Home::new();
    home.run(&[]).fails(1, "not a terminal");
    home.run(&["shwos"]).fails(2, "no verb");
    home.run(&["./missing.md"]).fails(1, "missing.md");
}

#[test]
fn json_and_home_may_stand_anywhere() {
    let home = Home::new();
    let other = home.path("elsewhere");
    let other = other.to_str().unwrap();
    for args in [
        &["--json", "--home", other, "shows"][..],
        &["shows", "--home", other, "--json"],
        &["--home", other, "shows", "--json"],
    ] {
        let ran = home.run(args);
        assert_eq!((ran.code, ran.json()), (0, serde_json::json!({ "shows": [] })));
    }
    for args in [
        &["snips", "--json", "cut", "7", "-o", "x.wav", "--home", other][..],
        &["--json", "snips", "cut", "--home", other, "7", "-o", "x.wav"],
    ] {
        home.run(args).fails(1, "no snip 7");
    }
    assert!(home.path("elsewhere").is_dir(), "a home that does not exist is made");
    assert!(!home.path("home").exists());
}

#[test]
fn a_fresh_home_is_an_empty_library() {
    let home = Home::new();
    assert_eq!(home.json(&["shows"]), serde_json::json!({ "shows": [] }));
    assert_eq!(home.json(&["episodes"]), serde_json::json!({ "episodes": [] }));
    assert_eq!(home.json(&["snips"]), serde_json::json!({ "snips": [] }));
    assert_eq!(home.json(&["search", "渡轮"])["hits"], serde_json::json!([]));
    assert_eq!(home.json(&["refresh"])["shows"], serde_json::json!([]));
}

#[test]
fn a_reader_that_has_seen_enough_ends_it_quietly() {
    let home = Home::new();
    let notes: String = "many lines\n\n".repeat(20_000);
    let file = home.file("long.txt", notes);
    for args in [&["notes", &file][..], &["notes", &file, "--json"], &["man"]] {
        let mut command = home.command(args);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut line = String::new();
        let out = child.stdout.take().unwrap();
        let _ = BufReader::with_capacity(64, out).read_line(&mut line).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn a_full_disk_behind_the_output_is_told() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    let output = Home::new().command(&["shows", "--json"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("standard output"));
}

#[test]
fn nothing_that_a_terminal_obeys_comes_out_of_hostile_input() {
    let home = Home::new();
    let evil = "a\u{1b}[2J\u{9b}31mb\u{202e}c\u{2066}\u{7}\r\u{c}d";
    let rss = format!(
        "<rss version='2.0'><channel><title>T{evil}</title><item><title>E{evil}</title>\
         <guid>g{evil}</guid><description>&lt;p&gt;02:00 first{evil}&lt;/p&gt;&lt;p&gt;03:00 \
         second{evil}&lt;/p&gt;</description><link>https://e.example/{evil}</link>\
         <enclosure url='https://e.example/{evil}.mp3' type='audio/mpeg'/></item></channel></rss>"
    );
    let feed = home.file("feed.xml", rss);
    let text = home.file("notes.txt", format!("Notes{evil}\n\n02:00 one{evil}\n03:00 two{evil}"));
    let vtt =
        home.file("t.vtt", format!("WEBVTT\n\n00:01.000 --> 00:02.000\n<v A{evil}>hello{evil}"));
    let page =
        home.file("page.html", format!("<html><title>P{evil}</title><p>Body{evil}</p></html>"));
    assert_eq!(home.run(&["add", &feed]).code, 0);
    for args in [
        &["inspect", &feed][..],
        &["shows"],
        &["episodes"],
        &["notes", "1"],
        &["chapters", "1"],
        &["export", "1"],
        &["export", "--opml"],
        &["search", "first"],
        &["notes", &text],
        &["chapters", &text],
        &["transcript", &vtt],
        &["read", &page],
        &["read", &page, "--format", "markdown"],
        &["read", &page, "--format", "html"],
    ] {
        for json in [&["--json"][..], &[]] {
            let ran = home.run(&[json, args].concat());
            assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
            assert_clean(&ran.out);
            assert_clean(&ran.err);
            if !json.is_empty() {
                // Escaped in JSON it would come back with the first program that reads it.
                let value: serde_json::Value = ran.json();
                strings(&value, &mut |text| assert_clean(text));
            }
        }
    }
    for args in [&["notes", evil][..], &[evil], &["shows", evil], &["remove", evil]] {
        let args: Vec<String> = args.iter().map(|arg| arg.replace('\0', "")).collect();
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let ran = home.run(&args);
        assert_ne!(ran.code, 0);
        assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
        assert_clean(&ran.err);
    }
}

fn strings(value: &serde_json::Value, check: &mut impl FnMut(&str)) {
    match value {
        serde_json::Value::String(text) => check(text),
        serde_json::Value::Array(list) => list.iter().for_each(|value| strings(value, check)),
        serde_json::Value::Object(map) => map.iter().for_each(|(key, value)| {
            check(key);
            strings(value, check);
        }),
        _ => {}
    }
}

#[test]
fn a_broken_configuration_is_named_with_its_file() {
    let home = Home::new();
    std::fs::create_dir_all(home.path("home/config")).unwrap();
    std::fs::write(home.path("home/config/config.toml"), "[ui]\ntheme = 'plaid'\n").unwrap();
    home.run(&["shows"]).fails(1, "config.toml");
    let checks = home.run(&["doctor", "--json"]);
    assert_eq!(checks.code, 0, "{}", checks.err);
    let checks = checks.json();
    let configuration = checks["checks"].as_array().unwrap().iter();
    let mut configuration = configuration.filter(|check| check["name"] == "configuration");
    assert_eq!(configuration.next().unwrap()["ok"], false);
}

#[test]
fn packaging_gets_completions_and_a_manual_page_with_every_verb() {
    let home = Home::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let ran = home.run(&["completions", shell]);
        assert_eq!(ran.code, 0);
        assert!(ran.out.contains("transcript"), "{shell}");
    }
    let page = home.run(&["man"]).out;
    for verb in ["add", "refresh", "chapters", "snips", "doctor"] {
        assert!(page.contains(&format!("latetalk {verb}")), "{verb}");
    }
    assert!(!home.path("home").exists(), "nothing is made for packaging");
}
