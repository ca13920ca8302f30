//! One snip from its block of lines.

mod words;

use words::{clipped_at, is_labelled_range, note_of};

use super::{
    line::{self, Head, Line},
    protect::{unprotected, unprotected_title},
    range::{self, Claims},
    said, times,
};
use crate::{
    model::{Millis, NewSnip},
    text::clean_line,
};

/// What a block gave.
pub(super) struct Read {
    pub(super) snip: Result<NewSnip, String>,
    /// The audio file without its fragment.
    pub(super) enclosure: Option<String>,
    /// What was mended.
    pub(super) mended: Option<String>,
}

/// Reads a block whose first line is the head, or a play line.
pub(super) fn read(block: &[Line], duration: Option<Millis>) -> Read {
    let mut reader = Reader::default();
    let mut body = block.iter();
    if let Some(first) = block.first()
        && let Some((_, words)) = line::heading(&first.text)
    {
        let head = line::head(&first.text).unwrap_or_else(|| line::loose_head(words));
        reader.timed = line::head(&first.text).is_some_and(|head| head.time.is_some());
        reader.take_head(head);
        body.next();
    }
    for line in body {
        reader.take(&line.text);
    }
    reader.finish(block, duration)
}

/// Where the lines of a block go.
#[derive(Default, PartialEq)]
pub(super) enum Place {
    #[default]
    Note,
    /// Under a heading; `quoted` once a `<blockquote>` was seen, `open` while one is.
    Said { quoted: bool, open: bool },
    /// In `<details>`, until they close.
    Folded,
    /// In a callout, until its quote ends.
    Callout,
}

#[derive(Default)]
struct Reader {
    snip: NewSnip,
    claims: Claims,
    enclosure: Option<String>,
    played: bool,
    /// The head has a time in brackets.
    timed: bool,
    /// The line before was a heading for tags.
    under_tags: bool,
    place: Place,
    note: Vec<String>,
    said: Vec<String>,
}

impl Reader {
    fn take_head(&mut self, head: Head) {
        self.snip.favorite = head.favorite;
        let title = unprotected_title(&clean_line(&head.title));
        self.snip.title = (!title.is_empty() && title != "Untitled").then_some(title);
        self.snip.url = head.url;
        self.snip.tags = head.tags;
        self.claims.tapped = head.time;
        self.claims.play = head.range;
    }

    fn take(&mut self, text: &str) {
        match self.place {
            Place::Note => self.take_note(text),
            Place::Said { .. } => self.take_said(text),
            Place::Folded => {
                if text.contains("</details>") {
                    self.place = Place::Note;
                }
                self.said.push(text.replace("</details>", ""));
            }
            Place::Callout => {
                if let Some(inner) = text.trim_start().strip_prefix('>') {
                    self.said.push(inner.trim().to_owned());
                } else {
                    self.place = Place::Note;
                    self.take_note(text);
                }
            }
        }
    }

    fn take_note(&mut self, text: &str) {
        self.sort(text);
        self.under_tags = line::is_tag_heading(text);
    }

    fn sort(&mut self, text: &str) {
        if line::is_play(text) {
            self.take_play(text);
        } else if line::is_audio(text) {
            self.take_audio(text);
        } else if line::is_embed(text) || line::is_footer(text) {
            // Of no use outside the program that wrote it; `raw` keeps it.
        } else if let Some(tags) = line::tag_line(text) {
            self.snip.tags.extend(tags);
        } else if let Some(tags) = self.tags_under_heading(text) {
            self.note.truncate(self.note.len() - 1);
            self.snip.tags.extend(tags);
        } else if let Some(place) = opens_said(text, self.note.last()) {
            if place == Place::Folded && self.note.last().is_some_and(|l| l.trim() == "<details>") {
                self.note.pop();
            }
            self.place = place;
        } else {
            self.take_words(text);
        }
    }

    /// The tags of a line that stands under a heading for them.
    fn tags_under_heading(&self, text: &str) -> Option<Vec<String>> {
        self.under_tags.then(|| line::tags(text)).flatten()
    }

    /// Takes a line of the note. In templates of the user's own it may be what plays the snip.
    fn take_words(&mut self, text: &str) {
        if self.claims.fragment.is_none() && text.contains("](") {
            self.claims.fragment = times::fragment_in(text);
        }
        // A head with a time is of a form that says all the rest in its own place.
        if !self.timed
            && self.claims.tapped.is_none()
            && let Some(tapped) = clipped_at(text)
        {
            self.claims.tapped = Some(tapped);
            return;
        }
        if !self.timed && line::names_a_snip(text) && self.snip.url.is_none() {
            let url = line::loose_target(text).filter(|url| line::names_a_snip(url));
            self.snip.url = url.map(clean_line);
        }
        if !self.played && (line::names_a_snip(text) || is_labelled_range(text)) {
            self.claims.play = self.claims.play.or_else(|| times::range_in(text));
        }
        self.note.push(unprotected(text).into_owned());
    }

    fn take_said(&mut self, text: &str) {
        let Place::Said { quoted, open } = self.place else { return };
        let begins = text.contains("<blockquote");
        let folds = text.contains("details>") || text.contains("<summary>");
        let over = line::heading(text).is_some()
            || (!open && (line::is_rule(text) || line::is_footer(text)))
            || (quoted && !open && !begins && !folds && !text.trim().is_empty());
        if over && !open {
            self.place = Place::Note;
            if !line::is_rule(text) {
                self.take_note(text);
            }
            return;
        }
        let opened = text.matches("<blockquote").count();
        let closed = text.matches("</blockquote>").count();
        let open = (usize::from(open) + opened) > closed;
        self.place = Place::Said { quoted: quoted || begins, open };
        if text.contains("</details>") {
            self.place = Place::Note;
        }
        self.said.push(text.replace("<details>", "").replace("</details>", ""));
    }

    fn take_play(&mut self, text: &str) {
        if self.played {
            self.note.push(text.to_owned());
            return;
        }
        self.played = true;
        self.claims.play = times::range_in(text).or(self.claims.play);
        self.claims.tapped = line::tapped(text).or(self.claims.tapped);
        let Some(url) = line::loose_target(text) else {
            let words = line::words_behind(text).trim_matches(['*', '_', ']', '`', ')']);
            if !words.is_empty() {
                self.note.push(words.to_owned());
            }
            return;
        };
        if let Some((file, _)) = url.split_once("#t=") {
            self.claims.fragment = times::fragment_in(url);
            self.enclosure.get_or_insert_with(|| file.to_owned());
        } else {
            self.snip.url = Some(clean_line(url));
        }
    }

    fn take_audio(&mut self, text: &str) {
        let source = text.split_once("src=").map(|(_, rest)| rest.trim_start_matches(['"', '\'']));
        let source = source.and_then(|rest| rest.split(['"', '\'', '>']).next());
        let Some(source) = source.filter(|source| !source.trim().is_empty()) else { return };
        self.claims.fragment = times::fragment_in(source).or(self.claims.fragment);
        let file = source.split_once("#t=").map_or(source, |(file, _)| file);
        self.enclosure = Some(clean_line(file));
    }

    fn finish(mut self, block: &[Line], duration: Option<Millis>) -> Read {
        let raw: Vec<&str> = block.iter().map(|line| line.text.as_ref()).collect();
        let raw = raw.join("\n").trim_end().to_owned();
        self.snip.transcript = said::plain(&self.said);
        self.snip.note = note_of(&self.note);
        let mut seen = Vec::new();
        self.snip.tags.retain(|tag| {
            !seen.contains(tag) && {
                seen.push(tag.clone());
                true
            }
        });
        let Some((range, mended)) = range::decide(self.claims, duration) else {
            let why = "it says neither when it starts nor when it ends; export it with its times";
            return Read { snip: Err(why.to_owned()), enclosure: self.enclosure, mended: None };
        };
        (self.snip.start_ms, self.snip.end_ms) = range;
        self.snip.tapped_ms = self.claims.tapped.filter(|tapped| *tapped != range.1);
        self.snip.raw = Some(raw);
        Read { snip: Ok(self.snip), enclosure: self.enclosure, mended }
    }
}

/// Whether a line opens what was said, and how it is dressed.
pub(super) fn opens_said(text: &str, before: Option<&String>) -> Option<Place> {
    let trimmed = text.trim();
    if let Some((_, words)) = line::heading(trimmed) {
        let is = matches!(line::plain_heading(words).as_str(), "transcript" | "snip transcript");
        return is.then_some(Place::Said { quoted: false, open: false });
    }
    if let Some(callout) = trimmed.strip_prefix('>') {
        let callout = callout.trim().to_lowercase();
        return (callout.starts_with("[!") && callout.ends_with("transcript"))
            .then_some(Place::Callout);
    }
    let summary = trimmed.strip_prefix("<details>").unwrap_or(trimmed).trim();
    let opened =
        trimmed.starts_with("<details>") || before.is_some_and(|l| l.trim() == "<details>");
    let inner = summary.strip_prefix("<summary>")?.strip_suffix("</summary>")?;
    (opened && line::plain_heading(inner).ends_with("transcript")).then_some(Place::Folded)
}
