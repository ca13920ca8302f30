//! A folder of notes between this program and its user.

use super::*;
use crate::model::NewSnip;

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn put(&self, note: &Note) -> WrittenNote {
        self.try_put(note).unwrap()
    }

    fn try_put(&self, note: &Note) -> Result<WrittenNote, Trouble> {
        let mut folder = NoteFolder::new(self.folder.path());
        folder.put_into(&self.folder.path().join("s"), &snipd::write(note), note)
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path().join("s")).unwrap().flatten();
        let mut names: Vec<String> =
            entries.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

fn note(guid: &str, title: &str) -> Note {
    Note {
        guid: Some(guid.into()),
        title: title.into(),
        show: Some("夜航".into()),
        published: Some(1_736_380_800),
        notes: "今晚".into(),
        snips: vec![NewSnip {
            start_ms: 0,
            end_ms: 60_000,
            note: "一".into(),
            ..NewSnip::default()
        }],
        ..Note::default()
    }
}

fn more(mut note: Note) -> Note {
    note.snips.push(NewSnip { start_ms: 70_000, end_ms: 80_000, ..NewSnip::default() });
    note
}

#[test]
fn an_untouched_note_is_replaced_and_an_equal_one_left() {
    let desk = Desk::new();
    let first = desk.put(&note("1", "灯"));
    assert_eq!(first.status, NoteStatus::Written);
    assert!(first.path.ends_with("s/灯.md"));
    assert_eq!(desk.put(&note("1", "灯")).status, NoteStatus::Unchanged);
    assert_eq!(desk.put(&more(note("1", "灯"))).status, NoteStatus::Written);
    assert_eq!(std::fs::read_to_string(first.path).unwrap(), snipd::write(&more(note("1", "灯"))));
    assert_eq!(desk.names(), ["灯.md"]);
}

#[test]
fn an_edited_note_only_gets_what_it_lacks() {
    let desk = Desk::new();
    let path = desk.put(&note("1", "灯")).path;
    let edited = std::fs::read_to_string(&path).unwrap().replace("一\n", "一，我改过\n") + "尾声\n";
    std::fs::write(&path, &edited).unwrap();
    assert_eq!(desk.put(&note("1", "灯")).status, NoteStatus::Edited);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), edited);
    assert_eq!(desk.put(&more(note("1", "灯"))).status, NoteStatus::Appended(1));
    let longer = std::fs::read_to_string(&path).unwrap();
    assert!(
        longer.starts_with(&edited)
            && longer.contains("\n\n### [01:20] Untitled\n🎧 01:10 - 01:20\n"),
        "{longer}"
    );
    assert_eq!(desk.put(&more(note("1", "灯"))).status, NoteStatus::Edited);
}

#[test]
fn a_file_of_somebody_else_stays() {
    let desk = Desk::new();
    let folder = desk.folder.path().join("s");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(
        folder.join("灯.MD"),
        "---\ntitle: 灯\nsnipd: https://share.snipd.com/episode/1\n---\n",
    )
    .unwrap();
    std::fs::write(folder.join("picture.md"), [0xff, 0xfe, 0x00]).unwrap();
    assert!(desk.put(&note("1", "灯")).path.ends_with("s/灯 (2025-01-09).md"));
    assert_eq!(desk.put(&more(note("1", "灯"))).status, NoteStatus::Written);
    assert_eq!(desk.names().len(), 3);
    let named = write_note(&folder.join("灯.MD"), "x", &note("1", "灯")).unwrap_err().to_string();
    assert!(named.contains("move it away"), "{named}");
    assert!(std::fs::read_to_string(folder.join("灯.MD")).unwrap().contains("snipd.com"));
}

#[test]
fn episodes_with_one_title_have_files_of_their_own_for_good() {
    let desk = Desk::new();
    let all: Vec<Note> = ["a", "b", "c"].map(|guid| note(guid, "Daily News")).into();
    let lower = note("d", "daily news");
    let first: Vec<_> = all.iter().chain([&lower]).take(3).map(|n| desk.put(n).path).collect();
    assert_eq!(desk.names().len(), 3, "{first:?}");
    let again: Vec<_> = all.iter().rev().map(|note| desk.put(note)).collect();
    assert!(again.iter().all(|again| again.status == NoteStatus::Unchanged));
    assert!(again.iter().rev().map(|again| &again.path).eq(&first));
    assert!(desk.put(&lower).path.to_string_lossy().contains("daily news ("));
    assert_eq!(desk.names().len(), 4);
    // Two shows that are called alike on disk, with feeds that count.
    let mut other = note("a", "Daily News II");
    other.show = Some("夜航?".into());
    assert_eq!(desk.put(&other).status, NoteStatus::Written);
    other.title = "Daily News".into();
    other.published = None;
    assert_eq!(desk.names().len(), 5);
}

#[test]
fn a_note_that_was_renamed_is_found_again() {
    let desk = Desk::new();
    let path = desk.put(&note("1", "灯")).path;
    std::fs::rename(&path, path.with_file_name("守塔人.md")).unwrap();
    assert_eq!(desk.put(&more(note("1", "灯"))).status, NoteStatus::Written);
    assert_eq!(desk.put(&note("1", "灯：新的题目")).status, NoteStatus::Written);
    assert_eq!(desk.names(), ["守塔人.md"]);
}

#[test]
fn a_note_is_found_again_after_its_feed_was_subscribed_to() {
    let desk = Desk::new();
    let audio = "https://cdn.example.org/1.mp3";
    let imported = Note { enclosure: Some(audio.into()), ..note(audio, "灯") };
    desk.put(&imported);
    let by_feed = Note { guid: Some("feed-1".into()), ..imported };
    assert_eq!(desk.put(&by_feed).status, NoteStatus::Written);
    assert_eq!(desk.put(&by_feed).status, NoteStatus::Unchanged);
    let elsewhere = "https://share.snipd.com/episode/1";
    let imported = Note { snipd_url: Some(elsewhere.into()), ..note(elsewhere, "塔") };
    desk.put(&imported);
    let by_feed = Note { guid: Some("feed-2".into()), ..imported };
    assert_eq!(desk.put(&by_feed).status, NoteStatus::Written);
    assert_eq!(desk.names(), ["塔.md", "灯.md"]);
}

#[cfg(unix)]
#[test]
fn a_file_behind_a_link_stays_where_it_is() {
    let desk = Desk::new();
    let path = desk.put(&note("1", "灯")).path;
    let real = desk.folder.path().join("real.md");
    std::fs::rename(&path, &real).unwrap();
    std::os::unix::fs::symlink(&real, &path).unwrap();
    assert_eq!(desk.put(&more(note("1", "灯"))).status, NoteStatus::Written);
    assert!(path.is_symlink() && std::fs::read_to_string(&real).unwrap().contains("01:20"));
}
