//! Snipd-style notes through the binary: they come in, find their episodes, and go out again into files
//! and folders that people edit.

use serde_json::{Value, json};

use crate::home::Home;
use crate::support::feed::{Episode, Show};
use crate::support::server::Server;

/// A note as somebody's script rewrites an export.
const MINE: &str = "---\nauthor: 渡口工作室\ncover: https://img.example.org/?u=a%20b&w=200\ncreated: '2025-02-25T09:36:39'\n\
    modified: '2025-02-25T09:36:39'\npublished: '2025-02-25T09:36:39'\nshow: 渡口夜谈\n\
    snipd: https://share.snipd.com/episode/e-1\nsource: https://ferry.example/7\n\
    title: '7: 守塔人，他在等什么？'\ntype: podcast-episode\n---\n\n\n## Show notes\n> 守了三十年灯塔。 \n> \n> \n\
    > -上岛  \n> 02:20 第一夜 \n> ·风\n\n## Snips\n### [01:11] Untitled\n\
    [🎧 Play snip - 1min\u{fe0f} (00:00 - 01:11)](https://share.snipd.com/snip/s-1)\n\
    <audio controls> <source src=\"https://cdn.example.org/7.mp3#t=00:00,01:11\"> </audio>\n### [23:14] 灯亮了\n\
    [🎧 Play snip - 2min\u{fe0f} (21:54 - 23:14)](https://share.snipd.com/snip/s-2)\n\
    <audio controls> <source src=\"https://cdn.example.org/7.mp3#t=21:54,23:14\"> </audio>\n**灯亮了**\n- 一点\n";

fn without_own_keys(text: &str) -> String {
    text.split_inclusive('\n').filter(|line| !line.starts_with("latetalk")).collect()
}

fn counts(report: &Value) -> [u64; 3] {
    ["shows", "episodes", "snips"].map(|key| report[key].as_u64().unwrap())
}

#[test]
fn a_note_goes_out_as_it_came_in() {
    let home = Home::new();
    let file = home.file("mine.md", MINE);
    assert_eq!(counts(&home.json(&["import", &file])), [1, 1, 2]);
    let written = home.run(&["export", "守塔人"]).out;
    assert_eq!(without_own_keys(&written), MINE);
    assert_eq!(written.lines().count(), MINE.lines().count() + 2);

    let (other, out) = (Home::new(), home.file("out.md", &written));
    assert_eq!(counts(&other.json(&["import", &out])), [1, 1, 2]);
    assert_eq!(counts(&other.json(&["import", &file])), [0, 0, 0], "the same by another name");
    assert_eq!(other.run(&["export", "守塔人"]).out, written);
    let snips = |home: &Home| home.json(&["snips"])["snips"].clone();
    let facts = |list: Value| -> Vec<Value> {
        let facts = ["start_ms", "end_ms", "title", "note", "url"];
        list.as_array().unwrap().iter().map(|s| facts.map(|key| s[key].clone()).into()).collect()
    };
    assert_eq!(facts(snips(&home)), facts(snips(&other)));
}

#[test]
fn a_file_that_was_edited_only_grows_and_a_foreign_one_stays() {
    let home = Home::new();
    home.json(&["import", &home.file("mine.md", MINE)]);
    let out = home.path("note.md");
    let export = || home.json(&["export", "守塔人", "-o", out.to_str().unwrap()]);
    let status = |report: Value| (report["status"].clone(), report["added"].clone());
    assert_eq!(status(export()), (json!("written"), json!(0)));
    assert_eq!(status(export()), (json!("unchanged"), json!(0)));
    home.json(&["snips", "add", "守塔人", "--from", "5:00", "--to", "6:00", "--note", "好"]);
    assert_eq!(status(export()), (json!("written"), json!(0)));

    let edited = format!("{}\n## 我的话\n再听一遍。\n", std::fs::read_to_string(&out).unwrap());
    std::fs::write(&out, &edited).unwrap();
    assert_eq!(status(export()), (json!("edited"), json!(0)));
    assert_eq!(std::fs::read_to_string(&out).unwrap(), edited);
    home.json(&["snips", "add", "守塔人", "--from", "7:00", "--to", "8:00"]);
    assert_eq!(status(export()), (json!("appended"), json!(1)));
    let longer = std::fs::read_to_string(&out).unwrap();
    assert!(longer.ends_with("\n## 我的话\n再听一遍。\n"), "{longer}");
    assert_eq!(longer.matches("(07:00 - 08:00)").count(), 1);
    let words = home.run(&["export", "守塔人", "-o", out.to_str().unwrap()]).out;
    assert!(words.contains("edited by you"), "{words}");

    let foreign = home.file("foreign.md", MINE);
    home.run(&["export", "守塔人", "-o", &foreign]).fails(1, "not the note of this episode");
    assert_eq!(std::fs::read_to_string(&foreign).unwrap(), MINE);
    let empty = home.file("empty.md", "");
    assert_eq!(home.json(&["export", "守塔人", "-o", &empty])["status"], "written");
}

#[test]
fn all_notes_go_into_the_folder_of_the_settings() {
    let home = Home::new();
    let other = MINE
        .replace("7: 守塔人，他在等什么？", "8: CON")
        .replace("e-1", "e-2")
        .replace("/s-", "/r-");
    let other = other
        .replace("cdn.example.org/7", "cdn.example.org/8")
        .replace("ferry.example/7", "ferry.example/8");
    home.json(&["import", &home.file("all.md", format!("{MINE}{other}"))]);
    let vault = home.path("vault/播客");
    let config = home.path("home/config/config.toml");
    std::fs::create_dir_all(config.parent().unwrap()).unwrap();
    let folder = format!("[library]\nnotes_folder = {:?}\n", vault.to_str().unwrap());
    std::fs::write(&config, folder).unwrap();

    let report = home.json(&["export", "--all"]);
    let paths: Vec<&str> = report["notes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|note| note["path"].as_str().unwrap())
        .collect();
    let wanted = ["渡口夜谈/7_ 守塔人，他在等什么？.md", "渡口夜谈/8_ CON.md"];
    assert_eq!(paths, wanted.map(|name| vault.join(name).to_str().unwrap().to_owned()));
    assert_eq!(without_own_keys(&std::fs::read_to_string(paths[0]).unwrap()), MINE);
    let again = home.json(&["export", "--all"]);
    assert!(again["notes"].as_array().unwrap().iter().all(|note| note["status"] == "unchanged"));

    let named = home.path("named");
    let report = home.json(&["export", "--all", "-o", named.to_str().unwrap()]);
    assert_eq!(report["notes"].as_array().unwrap().len(), 2);
    assert!(named.join(wanted[1]).is_file());
    let report = home.json(&["export", "守塔人", "-o", &format!("{}/", named.display())]);
    assert_eq!(report["path"], json!(named.join("7_ 守塔人，他在等什么？.md")));
    // The whole folder comes back as it is.
    let elsewhere = Home::new();
    let came = elsewhere.json(&["import", paths[0], paths[1]]);
    assert_eq!(counts(&came), [1, 2, 4]);
    home.run(&["export", "--all", "-o", &home.file("x", "")]).fails(1, "no folder");
}

#[test]
fn notes_find_the_episodes_of_a_show_before_and_after_it_is_subscribed() {
    let (home, server) = (Home::new(), Server::start());
    let show = Show::new("钟楼夜话")
        .episode(Episode::new(1, "发条", 6))
        .episode(Episode::new(2, "摆轮", 6))
        .episode(Episode::new(3, "游丝", 6));
    let url = show.publish(&server, "/clock");
    let note = |title: &str, date: &str, audio: &str, snip: u8| {
        format!(
            "# {title}\n\n## Episode metadata\n- Episode title:: [[{title}]]\n- Show:: [[钟楼夜话]]\n- Episode publish date:: {date}\n\n\
             ## Snips\n\n### [00:03] 第{snip}条\n\n[🎧 Play snip - 2sec️ (00:01 - 00:03)](https://share.snipd.com/snip/{snip})\n{audio}\n"
        )
    };
    let sound = server.url("/clock/2.wav");
    let player = format!("<audio controls> <source src=\"{sound}?x=1#t=00:01,00:03\"> </audio>");
    let before = home.file("before.md", note("1: 发条", "2025-01-02", "", 1));
    assert_eq!(counts(&home.json(&["import", &before])), [1, 1, 1]);
    home.json(&["add", &url]);
    let after = home.file(
        "after.md",
        note("题目不同", "2025-01-03", &player, 2) + &note("3： 游丝", "2025-01-04", "", 3),
    );
    let came = home.json(&["import", &after, &before]);
    let episodes = home.json(&["episodes"])["episodes"].clone();
    assert_eq!(episodes.as_array().unwrap().len(), 3, "{episodes}");
    assert_eq!(counts(&came), [0, 0, 2]);
    for number in ["1", "2", "3"] {
        let snips = home.json(&["snips", "--episode", &format!("clock-{number}")])["snips"].clone();
        assert_eq!(snips[0]["title"], json!(format!("第{number}条")), "{snips}");
        assert_eq!(snips.as_array().unwrap().len(), 1);
    }
    // Notes of the feed are in the export, and its guid finds the episode again.
    let out = home.run(&["export", "clock-3"]).out;
    assert!(out.contains("> 主播：秦越  \n") && out.contains("\nlatetalk: clock-3\n"), "{out}");
    assert_eq!(counts(&home.json(&["import", &home.file("out.md", out)])), [0, 0, 0]);
}

#[test]
fn an_imported_episode_plays_from_its_address() {
    let (home, server) = (Home::new(), Server::start());
    Show::new("钟楼夜话").episode(Episode::new(1, "发条", 6)).publish(&server, "/clock");
    let sound = server.url("/clock/1.wav");
    let text =
        MINE.replace("https://cdn.example.org/7.mp3", &sound).replace("00:00,01:11", "00:01,00:03");
    let text = text.replace("(00:00 - 01:11)", "(00:01 - 00:03)");
    home.json(&["import", &home.file("note.md", text)]);
    let snips = home.json(&["snips"])["snips"].clone();
    let first = snips.as_array().unwrap().iter().find(|snip| snip["start_ms"] == 1000).unwrap();
    let ran = home.run(&["play", "守塔人", "--snip", first["id"].as_str().unwrap(), "--json"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(ran.out.contains("{\"event\":\"ended\",\"ms\":3000}"), "{}", ran.out);

    let ran = home.run(&["play", &format!("{sound}#t=2,00:04"), "--json"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(ran.out.contains("{\"event\":\"ended\",\"ms\":4000}"), "{}", ran.out);
    let first = ran.out.lines().find(|line| line.contains("position")).unwrap();
    let first: Value = serde_json::from_str(first).unwrap();
    assert!(first["ms"].as_u64().unwrap() >= 2000, "{first}");
}

#[test]
fn ranges_that_cannot_be_are_mended_and_told_by_line() {
    let home = Home::new();
    let text = MINE
        .replace("(21:54 - 23:14)", "(23:14 - 21:54)")
        .replace("#t=21:54,23:14", "#t=23:14,21:54");
    let text = text.replace("type: podcast", "episode_duration: '01:05'\ntype: podcast");
    let report = home.json(&["import", &home.file("note.md", text)]);
    let told: Vec<u64> = report["skipped"]
        .as_array()
        .unwrap()
        .iter()
        .map(|told| told["line"].as_u64().unwrap())
        .collect();
    assert_eq!(told, [25, 28], "{report}");
    let snips = home.json(&["snips", "--episode", "守塔人"])["snips"].clone();
    assert_eq!((&snips[0]["start_ms"], &snips[0]["end_ms"]), (&json!(0), &json!(65_000)));
    assert_eq!(
        (&snips[1]["start_ms"], &snips[1]["end_ms"]),
        (&json!(1_314_000), &json!(1_394_000))
    );
}
