//! The same library in `newsboat`, where that is installed: how long its start takes.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use rusqlite::{Connection, params};

use super::made;
use super::screen::Screen;

/// Its version, if it is there.
pub(crate) fn version() -> Option<String> {
    let output = Command::new("newsboat").arg("-v").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().next().map(str::to_owned)
}

/// Fills its cache with the same shows and episodes. It makes the tables itself.
pub(crate) fn make(folder: &Path, port: u16) {
    std::fs::create_dir_all(folder).expect("a folder");
    let urls: String = (0..made::SHOWS)
        .fold(String::new(), |urls, n| urls + &format!("http://127.0.0.1:{port}/{n}\n"));
    std::fs::write(folder.join("urls"), urls).expect("a file");
    std::fs::write(folder.join("config"), "auto-reload no\n").expect("a file");
    let mut first = Command::new("newsboat");
    first.args(arguments(folder)).args(["-x", "print-unread"]).stdout(Stdio::null());
    first.status().expect("newsboat runs");
    let mut db = Connection::open(folder.join("cache.db")).expect("its cache");
    let all = db.transaction().expect("a transaction");
    for show in 0..made::SHOWS {
        let url = format!("http://127.0.0.1:{port}/{show}");
        all.execute(
            "INSERT OR REPLACE INTO rss_feed (rssurl, url, title) VALUES (?1, ?1, ?2)",
            params![url, made::show_title(show)],
        )
        .expect("a feed");
        for number in 1..=made::episodes_of(show) {
            let item = made::episode(show, number);
            all.prepare_cached(
                "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread)
                 VALUES (?1, ?2, '', ?3, ?4, ?5, ?6, 1)",
            )
            .and_then(|mut insert| {
                insert.execute(params![
                    item.guid,
                    item.title,
                    item.link,
                    url,
                    item.published,
                    item.notes_html
                ])
            })
            .expect("an item");
        }
    }
    all.commit().expect("kept");
}

fn arguments(folder: &Path) -> Vec<String> {
    let at = |name: &str| folder.join(name).to_string_lossy().into_owned();
    ["-u", &at("urls"), "-c", &at("cache.db"), "-C", &at("config")].map(str::to_owned).to_vec()
}

/// Its start until the list of feeds is there, and its memory.
pub(crate) fn start(folder: &Path) -> Option<(Duration, f64)> {
    let arguments = arguments(folder);
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let home = folder.to_string_lossy().into_owned();
    let mut screen = Screen::start(Path::new("newsboat"), &arguments, &[("HOME", &home)]);
    let first = made::show_title(0);
    let there = screen.until_started(|text| text.contains(&first))?;
    Some((there, screen.memory().0))
}
