//! Laws of Snipd-style notes.

use latetalk::model::{NewSnip, Note};
use latetalk::snipd;

use super::clean::{assert_line, assert_lines};

/// Any text: what is read is clean and has length, and every range is
/// still there, in order, when it was written and read again.
pub fn snipd(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    for note in snipd::parse(&text) {
        assert_note(&note);
        let written = snipd::write(&note);
        let again = snipd::parse(&written);
        let mut kept = again.iter().flat_map(|again| &again.snips);
        for snip in &note.snips {
            let same =
                |other: &NewSnip| (other.start_ms, other.end_ms) == (snip.start_ms, snip.end_ms);
            assert!(kept.any(same), "{snip:?} is not in {written}");
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
