//! The verbs on every file there is: hostile, broken or of another kind, none brings the program down.
//! Each file through the parsers that the verbs hand it to; the hostile ones and a sample of the rest
//! through the real binary; all Snipd-style notes in, out and in again. Needs the corpus.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    dead_code,
    reason = "a broken part must fail its test loudly, and what is measured has to be seen"
)]

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use latetalk::kind::{self, Kind};
use serde_json::Value;

#[path = "cli/home.rs"]
mod home;
#[path = "laws/laws.rs"]
mod laws;
#[path = "support/corpus.rs"]
mod support;

use home::{Home, Ran, assert_clean};

/// The verbs that take any file.
const VERBS: [&str; 7] = ["chapters", "notes", "transcript", "import", "inspect", "read", "probe"];

/// Longest that one file may take here, without optimisation, on a machine that is busy.
const PATIENCE: Duration = Duration::from_mins(1);

/// Every file of the corpus and of the seeds beside it, without the answers.
fn files() -> Option<Vec<PathBuf>> {
    let root = support::corpus()?;
    let mut open = vec![root.clone(), root.join("../seeds")];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() {
                open.push(path);
            } else if !name.contains(".expected.") && !name.starts_with("sealed") {
                found.push(path);
            }
        }
    }
    found.sort();
    Some(found)
}

/// The laws of the parsers that the verbs hand such a file to. `transcript` takes all but pictures,
/// `chapters` and `notes` all that can be read.
fn laws_for(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Feed => &["feed", "transcript"],
        Kind::Opml => &["opml", "transcript"],
        Kind::SnipdNote => &["snipd", "markdown", "timeline", "transcript", "article"],
        Kind::Markdown => &["markdown", "timeline", "snipd", "transcript", "article"],
        Kind::Html => &["html", "timeline", "transcript", "directory", "opml", "article"],
        Kind::PlainText => &["timeline", "snipd", "transcript", "article"],
        Kind::ChaptersJson | Kind::TranscriptJson => &["chapters_json", "transcript"],
        Kind::Subtitle => &["transcript", "timeline"],
        Kind::Audio | Kind::Video => &["recording"],
        Kind::Pdf | Kind::Image => &["recording", "transcript"],
        Kind::Unknown => &["chapters_json", "opml", "transcript", "feed"],
    }
}

/// What one thread found out.
#[derive(Default)]
struct Found {
    kinds: BTreeMap<String, usize>,
    slowest: (Duration, String),
    wrong: Vec<String>,
}

impl Found {
    /// Holds one file to all laws that concern it.
    fn file(&mut self, path: &Path, laws: &BTreeMap<&str, laws::Law>) {
        let bytes = std::fs::read(path).expect("readable");
        let kind = kind::of(&bytes, path.to_str(), None);
        *self.kinds.entry(format!("{kind:?}")).or_default() += 1;
        for name in laws_for(kind).iter().chain(&["kind"]) {
            let begun = Instant::now();
            let law = laws.get(name).expect("a law of that name");
            if catch_unwind(AssertUnwindSafe(|| law(&bytes))).is_err() {
                self.wrong.push(format!("{name}: {}", path.display()));
            }
            let taken = begun.elapsed();
            if taken > PATIENCE {
                self.wrong.push(format!("{name}: {} takes {taken:?}", path.display()));
            }
            if taken > self.slowest.0 {
                self.slowest = (taken, format!("{name} on {}", path.display()));
            }
        }
    }

    fn and(mut self, other: Self) -> Self {
        for (kind, count) in other.kinds {
            *self.kinds.entry(kind).or_default() += count;
        }
        self.slowest = self.slowest.max(other.slowest);
        self.wrong.extend(other.wrong);
        self
    }
}

#[test]
fn every_file_keeps_the_laws_of_what_it_is_and_of_what_it_may_be_taken_for() {
    let Some(files) = files() else { return };
    let all: BTreeMap<&str, laws::Law> = laws::ALL.into_iter().collect();
    let begun = Instant::now();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found = Found::default();
        while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            found.file(path, &all);
        }
        found
    };
    let Found { kinds, slowest, wrong } =
        on_all_cores(work).into_iter().fold(Found::default(), Found::and);
    println!("{} files in {:.1} s: {kinds:?}", files.len(), begun.elapsed().as_secs_f64());
    println!("slowest: {:.2} s, {}", slowest.0.as_secs_f64(), slowest.1);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Does the same work on as many threads as there are cores, at most four.
fn on_all_cores<T: Send>(work: impl Fn() -> T + Sync) -> Vec<T> {
    let count = std::thread::available_parallelism().map_or(1, usize::from).min(4);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..count).map(|_| scope.spawn(&work)).collect();
        threads.into_iter().map(|thread| thread.join().expect("a thread")).collect()
    })
}

/// What the contract asks of every call: done or failed, one document or nothing, one line per
/// complaint, nothing that a terminal would obey.
fn keeps_the_contract(verb: &str, ran: &Ran) -> Result<(), String> {
    if !matches!(ran.code, 0 | 1) {
        return Err(format!("exit code {}: {}", ran.code, ran.err));
    }
    let failed = ran.code == 1;
    let document = ran.out.strip_suffix('\n').unwrap_or(&ran.out);
    let is_document = serde_json::from_str::<Value>(document).is_ok() && !document.contains('\n');
    // A list of several items is printed with what failed in it.
    let may_be_empty = failed && verb != "import";
    if !(is_document || may_be_empty && ran.out.is_empty()) {
        return Err(format!("no JSON document: {:?}", ran.out.get(..200).unwrap_or(&ran.out)));
    }
    if ran.err.lines().count() != usize::from(failed) {
        return Err(format!("not one line of complaint: {:?}", ran.err));
    }
    catch_unwind(|| {
        assert_clean(&ran.out);
        assert_clean(&ran.err);
    })
    .map_err(|_| "something that a terminal would obey".to_owned())
}

/// One call of the binary, ended where it takes too long.
fn run(home: &Home, args: &[&str]) -> (Result<Ran, String>, Duration) {
    let begun = Instant::now();
    let mut command = home.command(args);
    command.stdin(Stdio::null());
    let output = command.output().expect("the binary runs");
    let taken = begun.elapsed();
    let ran = match output.status.code() {
        None => Err(format!("ended by a signal: {}", output.status)),
        Some(code) => {
            let text = |bytes| String::from_utf8(bytes).map_err(|_| "no UTF-8".to_owned());
            text(output.stdout)
                .and_then(|out| text(output.stderr).map(|err| Ran { code, out, err }))
        }
    };
    (ran, taken)
}

/// Puts files through all verbs of the binary.
fn through_the_binary(files: &[&PathBuf]) {
    let begun = Instant::now();
    let next = AtomicUsize::new(0);
    let work = || {
        let home = Home::new();
        let (mut slowest, mut wrong) = (Duration::ZERO, Vec::new());
        while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            let name = path.to_str().expect("a plain path");
            for verb in VERBS {
                let (ran, taken) = run(&home, &["--json", verb, name]);
                slowest = slowest.max(taken);
                if let Err(why) = ran.and_then(|ran| keeps_the_contract(verb, &ran)) {
                    wrong.push(format!("{verb} {name}: {why}"));
                } else if taken > PATIENCE {
                    wrong.push(format!("{verb} {name}: {taken:?}"));
                }
            }
        }
        (slowest, wrong)
    };
    let (slowest, wrong): (Vec<Duration>, Vec<Vec<String>>) =
        on_all_cores(work).into_iter().unzip();
    println!(
        "{} files, {} calls in {:.1} s, slowest {:.2} s",
        files.len(),
        files.len() * VERBS.len(),
        begun.elapsed().as_secs_f64(),
        slowest.into_iter().max().unwrap_or_default().as_secs_f64()
    );
    let wrong = wrong.concat();
    assert!(wrong.is_empty(), "{} calls: {wrong:#?}", wrong.len());
}

fn is_hostile(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "evil")
}

#[test]
fn every_verb_ends_well_on_every_hostile_file() {
    let Some(files) = files() else { return };
    let hostile: Vec<&PathBuf> = files.iter().filter(|path| is_hostile(path)).collect();
    assert!(hostile.len() > 90, "{}", hostile.len());
    through_the_binary(&hostile);
}

#[test]
fn every_verb_ends_well_on_files_of_all_kinds() {
    let Some(files) = files() else { return };
    // From each folder some, spread evenly, the first always.
    let mut folders: BTreeMap<&Path, Vec<&PathBuf>> = BTreeMap::new();
    for path in files.iter().filter(|path| !is_hostile(path)) {
        folders.entry(path.parent().expect("a folder")).or_default().push(path);
    }
    let mut sample: Vec<&PathBuf> = Vec::new();
    for folder in folders.values() {
        sample.extend(folder.iter().step_by((folder.len() / 3).max(30)));
    }
    through_the_binary(&sample);
}

/// What a snip is, whatever library holds it.
fn essence(snip: &Value) -> String {
    let field = |name: &str| snip[name].to_string();
    ["start_ms", "end_ms", "title", "note", "tags", "url"].map(field).join(" ")
}

fn snips(home: &Home) -> Vec<String> {
    let report = home.json(&["snips"]);
    let mut all: Vec<String> = report["snips"].as_array().unwrap().iter().map(essence).collect();
    all.sort();
    all
}

#[test]
fn all_snips_that_were_imported_are_in_the_exports_of_their_episodes() {
    let Some(files) = files() else { return };
    let is_note = |path: &&PathBuf| {
        let bytes = std::fs::read(path).expect("readable");
        kind::of(&bytes, path.to_str(), None) == Kind::SnipdNote
    };
    let notes: Vec<&PathBuf> = files.iter().filter(is_note).collect();
    let names = notes.iter().filter_map(|path| path.to_str());
    let begun = Instant::now();
    let (first, second) = (Home::new(), Home::new());
    let import: Vec<&str> = ["import"].into_iter().chain(names).collect();
    let imported = first.json(&import);
    let kept = snips(&first);
    assert_eq!(imported["snips"].as_u64(), Some(kept.len() as u64));
    let again = first.json(&import);
    assert_eq!(again["snips"].as_u64(), Some(0), "the second import brings nothing");
    assert_eq!(snips(&first), kept);
    let report = first.json(&["episodes"]);
    let mut exports = Vec::new();
    for episode in report["episodes"].as_array().unwrap() {
        let id = episode["id"].as_str().unwrap();
        let path = first.path(&format!("{id}.md")).to_str().unwrap().to_owned();
        first.json(&["export", id, "-o", &path]);
        exports.push(path);
    }
    let import: Vec<&str> =
        ["import"].into_iter().chain(exports.iter().map(String::as_str)).collect();
    second.json(&import);
    let after = snips(&second);
    println!(
        "{} notes, {} episodes, {} snips, in {:.1} s",
        notes.len(),
        exports.len(),
        kept.len(),
        begun.elapsed().as_secs_f64()
    );
    let lost: Vec<&String> = kept.iter().filter(|snip| !after.contains(snip)).collect();
    let new: Vec<&String> = after.iter().filter(|snip| !kept.contains(snip)).collect();
    assert!(lost.is_empty() && new.is_empty(), "lost: {lost:#?}\nnew: {new:#?}");
    assert_eq!(after.len(), kept.len());
}
