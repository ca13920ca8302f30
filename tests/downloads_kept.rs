//! Whole recordings under names for people: found again, missed when they are gone, never mixed up.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "servers/loopback.rs"]
#[allow(unreachable_pub, reason = "each test takes what it needs")]
mod loopback;

use std::fs::{self, OpenOptions};
use std::path::PathBuf;
use std::time::Duration;

use latetalk::downloads::{CancelFlag, DownloadError, Downloads, Finished, Job, Place};
use latetalk::fetch::{Client, FetchError, Patience, Trust};
use loopback::{Server, Step, good};
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Bytes that look like an MP3; other ones for another number.
fn recording(number: u8) -> Vec<u8> {
    let noise = (0..60_000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8 ^ number);
    b"ID3\x04\0\0\0\0\0\0".iter().copied().chain(noise).collect()
}

struct Cache {
    folder: TempDir,
    runtime: Runtime,
    client: Client,
    downloads: Downloads,
    server: Server,
}

impl Cache {
    /// A cache, and a server that has a recording of its own at every address that ends in a digit.
    fn new() -> Self {
        let server = Server::start(|heard| {
            let number = heard.path.bytes().last().unwrap_or_default();
            vec![Step::Send(good(heard, &recording(number), "\"v1\""))]
        });
        let folder = tempfile::tempdir().unwrap();
        let runtime = Runtime::new().unwrap();
        let client = Client::with_patience(Patience::with_idle(Duration::from_secs(5))).unwrap();
        let (path, handle) = (folder.path().to_owned(), runtime.handle().clone());
        let downloads = Downloads::new(path, client.clone(), handle).unwrap();
        Self { folder, runtime, client, downloads, server }
    }

    fn fetch(&self, number: u8, title: &str) -> Result<Finished, DownloadError> {
        let job = Job {
            key: format!("episode-{number}"),
            url: self.server.url(&format!("/{number}")),
            mime: Some("audio/mpeg".into()),
            trust: Trust::Named,
            place: Some(Place { folder: "夜航".into(), stem: title.into() }),
        };
        self.runtime.block_on(self.downloads.fetch(job, |_| {}, CancelFlag::new()))
    }

    /// The files, from the folder on, without what is known of them.
    fn files(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true if path.ends_with(".kept") => {}
                    true => folders.push(path),
                    false => {
                        let path = path.strip_prefix(self.folder.path()).unwrap();
                        found.push(path.to_str().unwrap().to_owned());
                    }
                }
            }
        }
        found.sort();
        found
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

#[test]
fn a_recording_stands_under_its_name_and_is_removed_with_its_folder() {
    let cache = Cache::new();
    let done = cache.fetch(1, "2025-02-25 1 灯塔").unwrap();
    assert_eq!(done.path, cache.path("夜航/2025-02-25 1 灯塔.mp3"));
    assert!(fs::read(&done.path).unwrap() == recording(b'1'));
    assert_eq!(cache.downloads.complete("episode-1"), Some(done.path));
    assert!(cache.fetch(1, "an other title").unwrap().already, "it is not fetched again");
    assert_eq!(cache.files(), ["夜航/2025-02-25 1 灯塔.mp3"]);
    cache.downloads.remove("episode-1").unwrap();
    assert_eq!((cache.downloads.complete("episode-1"), cache.files().len()), (None, 0));
    assert!(!cache.path("夜航").exists());
}

#[test]
fn two_recordings_of_one_title_are_two_files() {
    let cache = Cache::new();
    let (one, two) = (cache.fetch(1, "灯塔 A").unwrap(), cache.fetch(2, "灯塔 a").unwrap());
    assert_eq!(cache.files(), ["夜航/灯塔 A.mp3", "夜航/灯塔 a (2).mp3"]);
    cache.downloads.remove("episode-1").unwrap();
    assert!(!one.path.exists());
    assert_eq!(cache.downloads.complete("episode-2"), Some(two.path));
}

#[test]
fn what_was_cut_by_hand_is_not_here_and_comes_again_in_its_place() {
    let cache = Cache::new();
    let done = cache.fetch(1, "灯塔").unwrap();
    let file = OpenOptions::new().write(true).open(&done.path).unwrap();
    file.set_len(1_000).unwrap();
    assert_eq!(cache.downloads.complete("episode-1"), None);
    assert!(cache.downloads.inventory().is_empty());
    let again = cache.fetch(1, "灯塔").unwrap();
    assert!(!again.already);
    assert!(fs::read(&again.path).unwrap() == recording(b'1'));
    assert_eq!(cache.files().len(), 1);
}

#[test]
fn a_recording_with_new_tags_is_still_here() {
    let cache = Cache::new();
    let done = cache.fetch(1, "灯塔").unwrap();
    let longer = [recording(b'1'), vec![0; 500]].concat();
    fs::write(&done.path, longer).unwrap();
    assert_eq!(cache.downloads.complete("episode-1"), Some(done.path));
}

#[test]
fn a_recording_that_was_renamed_is_followed_and_one_that_was_removed_is_not() {
    let cache = Cache::new();
    let (one, two) = (cache.fetch(1, "灯塔").unwrap(), cache.fetch(2, "潮汐").unwrap());
    let renamed = cache.path("夜航/my favourite.mp3");
    fs::rename(&one.path, &renamed).unwrap();
    // Both are of one length: the other one has a name, so it is none of the first.
    assert_eq!(cache.downloads.inventory().len(), 2);
    assert_eq!(cache.downloads.complete("episode-1"), Some(renamed.clone()));
    fs::remove_file(&two.path).unwrap();
    let held = cache.downloads.inventory();
    assert_eq!(held.iter().map(|held| held.key.as_str()).collect::<Vec<_>>(), ["episode-1"]);
    assert_eq!(held[0].path, renamed);
}

#[test]
fn what_came_before_recordings_had_names_stays_where_it_is() {
    let cache = Cache::new();
    fs::write(cache.path("episode-7.m4a"), recording(b'7')).unwrap();
    let held = cache.downloads.inventory();
    assert_eq!(cache.downloads.complete("episode-7"), Some(cache.path("episode-7.m4a")));
    // Once its length is known, a cut is noticed.
    let bytes = recording(b'7').len() as u64;
    cache.downloads.note(&held[0], "", bytes).unwrap();
    assert_eq!(cache.downloads.complete("episode-7"), Some(cache.path("episode-7.m4a")));
    fs::write(cache.path("episode-7.m4a"), b"ID3").unwrap();
    assert_eq!(cache.downloads.complete("episode-7"), None);
}

#[test]
fn strays_are_swept_out_and_nothing_that_is_wanted_or_young() {
    let cache = Cache::new();
    let done = cache.fetch(1, "灯塔").unwrap();
    fs::write(cache.path("episode-1.index"), "known").unwrap();
    for stray in ["episode-8.part", "episode-8.json", "episode-9.part", "episode-5.index"] {
        fs::write(cache.path(stray), "12345").unwrap();
    }
    fs::write(cache.path("夜航/of mine.txt"), "").unwrap();
    fs::write(cache.path("夜航/taken.mp3"), "").unwrap();
    let wanted = |key: &str| key == "episode-9";
    assert_eq!(cache.downloads.sweep(wanted, Duration::from_hours(1)).files, 0, "all are young");
    let swept = cache.downloads.sweep(wanted, Duration::ZERO);
    assert_eq!((swept.files, swept.bytes), (4, 15));
    let left = ["episode-1.index", "episode-9.part", "夜航/of mine.txt", "夜航/灯塔.mp3"];
    assert_eq!(cache.files(), left);
    assert_eq!(cache.downloads.complete("episode-1"), Some(done.path));
}

#[test]
fn in_offline_mode_no_request_leaves_and_what_is_here_stays() {
    let cache = Cache::new();
    cache.fetch(1, "灯塔").unwrap();
    let before = cache.server.heard().len();
    cache.client.set_offline(true);
    let refused = cache.fetch(2, "潮汐").unwrap_err();
    assert!(matches!(refused, DownloadError::Fetch(FetchError::Offline { .. })), "{refused}");
    assert!(cache.fetch(1, "灯塔").unwrap().already);
    assert_eq!((cache.server.heard().len(), cache.files().len()), (before, 1));
    cache.client.set_offline(false);
    assert!(fs::read(cache.fetch(2, "潮汐").unwrap().path).unwrap() == recording(b'2'));
}
