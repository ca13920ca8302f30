//! Laws of Snipd-style notes.

use latetalk::model::Note;
use latetalk::snipd;

use super::clean::{assert_line, assert_lines};

/// Any text: what is read is clean and has length, and is the same when it was written and read.
pub fn snipd(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for note in snipd::parse(&text) {
        assert_note(&note);
        let written = snipd::write(&note);
        let again = snipd::parse(&written);
        assert_eq!(again.len(), 1, "one episode becomes {}: {written}", again.len());
        for again in &again {
            assert_eq!(essence(again), essence(&note), "read again from {written}");
            assert_eq!(snipd::write(again), written, "written again");
        }
    }
}

fn assert_note(note: &Note) {
    assert_line(&note.title);
    assert_lines(note.show.iter().chain(&note.author).chain(&note.guests));
    assert_lines(note.link.iter().chain(&note.snipd_url).chain(&note.image).chain(&note.enclosure));
    for snip in &note.snips {
        assert!(snip.start_ms < snip.end_ms, "{snip:?} is empty");
        assert_lines(snip.title.iter().chain(&snip.tags).chain(&snip.url));
    }
    for (line, why) in &note.skipped {
        assert!(*line > 0);
        assert_line(why);
    }
}

/// A note without what says how it stood in its file.
fn essence(note: &Note) -> Note {
    let mut note = note.clone();
    note.front_matter = None;
    note.skipped.clear();
    note.snips.iter_mut().for_each(|snip| snip.raw = None);
    note
}
