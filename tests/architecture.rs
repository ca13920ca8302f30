//! The house's laws, checked: which room may use which, and that the pure rooms name nothing impure.
#![cfg(test)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room and the rooms it may use; the arrows of the map in `src/lib.rs`.
const ARROWS: &[(&str, &str)] = &[
    ("model", ""),
    ("text", "model"),
    ("kind", "text snipd"),
    ("feed", "model text"),
    ("timeline", "model text"),
    ("transcript", "model text"),
    ("snipd", "model text"),
    ("article", "model text kind"),
    ("lang", "model text"),
    ("app", "model text lang"),
    ("config", "model"),
    ("keys", "app model"),
    ("theme", "model"),
    ("ui", "app lang model text theme"),
    ("welcome", ""),
    ("store", "model text"),
    ("fetch", "model welcome"),
    ("downloads", "model fetch welcome"),
    ("audio", ""),
    ("sandbox", "article model text"),
    ("desktop", "text"),
    ("term", ""),
    (
        "runtime",
        "model text kind feed timeline transcript snipd article lang app keys theme ui welcome store \
         fetch downloads audio sandbox desktop term",
    ),
    (
        "cli",
        "model text kind feed timeline transcript snipd article lang app config keys welcome store \
         fetch downloads audio sandbox desktop term runtime",
    ),
];

/// Rooms that understand and decide; they must be testable without a machine around them.
const PURE: &[&str] = &[
    "model",
    "text",
    "kind",
    "feed",
    "timeline",
    "transcript",
    "snipd",
    "article",
    "lang",
    "app",
    "keys",
    "theme",
    "ui",
];

/// What a pure room must not name. (Reading from a reader that was handed in is fine.)
const IMPURE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::thread",
    "std::process",
    "std::env",
    "std::sync::mpsc",
    "std::time::Instant",
    "std::time::SystemTime",
    "Instant::now",
    "SystemTime::now",
    "tokio",
    "reqwest",
    "rusqlite",
    "rodio",
    "Timestamp::now",
    "Zoned::now",
    "println!",
    "eprintln!",
];

fn sources(room: &str) -> Vec<PathBuf> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = vec![src.join(format!("{room}.rs"))];
    let mut folders = vec![src.join(room)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|suffix| suffix == "rs") {
                found.push(path);
            }
        }
    }
    found
}

/// The code of a file without comments and without its tests.
fn code(path: &Path) -> String {
    if path.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "tests.rs") {
        return String::new();
    }
    let text = fs::read_to_string(path).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default().to_owned();
    text.lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}

/// Names after `crate::` in some code, also in `use crate::{a, b::c}`.
fn rooms_used(code: &str) -> Vec<String> {
    let word = |text: &str| {
        text.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect::<String>()
    };
    let mut used = Vec::new();
    for after in code.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            Some(group) => {
                let mut depth = 0;
                let mut start = true;
                for (at, c) in group.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        c if c.is_whitespace() => {}
                        _ if start && depth == 0 => {
                            used.push(word(&group[at..]));
                            start = false;
                        }
                        _ => {}
                    }
                }
            }
            None => used.push(word(after)),
        }
    }
    used
}

#[test]
fn every_room_uses_only_the_rooms_it_may() {
    let arrows: BTreeMap<&str, Vec<&str>> =
        ARROWS.iter().map(|(room, may)| (*room, may.split_whitespace().collect())).collect();
    let mut wrong = Vec::new();
    for (room, may) in &arrows {
        for path in sources(room) {
            for used in rooms_used(&code(&path)) {
                let is_room = arrows.contains_key(used.as_str());
                if is_room && used != *room && !may.contains(&used.as_str()) {
                    wrong.push(format!("{} uses {used}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn arrows_run_one_way_only() {
    // A room may only use rooms that stand before it in some order: then there is no ring.
    let mut placed: Vec<&str> = Vec::new();
    let mut open: Vec<_> = ARROWS.to_vec();
    while !open.is_empty() {
        let before = open.len();
        open.retain(|(room, may)| {
            let ready = may.split_whitespace().all(|used| placed.contains(&used));
            if ready {
                placed.push(room);
            }
            !ready
        });
        assert!(open.len() < before, "a ring among {open:?}");
    }
}

#[test]
fn every_room_is_in_the_table_and_on_the_map() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let map = fs::read_to_string(src.join("lib.rs")).unwrap();
    for entry in fs::read_dir(&src).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        if path.is_dir() || name == "lib" || name == "main" {
            continue;
        }
        assert!(ARROWS.iter().any(|(room, _)| *room == name), "{name} is not in the table");
        assert!(map.contains(&format!("`{name}`")), "{name} is not on the map in lib.rs");
    }
}

#[test]
fn pure_rooms_name_nothing_impure() {
    let mut wrong = Vec::new();
    for room in PURE {
        for path in sources(room) {
            let code = code(&path);
            for name in IMPURE {
                if code.contains(name) {
                    wrong.push(format!("{} names {name}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let all = ARROWS.iter().flat_map(|(room, _)| sources(room));
    for path in all.chain([src.join("lib.rs"), src.join("main.rs")]) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//! "), "{} does not say what it is for", path.display());
    }
}
