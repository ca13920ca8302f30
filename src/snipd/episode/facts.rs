//! The facts of an episode outside its front matter: headings, lists, loose lines.

use super::{Reader, metadata};
use crate::model::Note;

impl Reader<'_, '_> {
    /// The first heading is the title, unless that is known; other headings stay where they stand.
    pub(super) fn take_heading(&mut self, text: &str, title: String) {
        let known = [Some(self.note.title.as_str()), self.heading.as_deref()];
        let known = known.into_iter().flatten().find(|known| !known.is_empty());
        match known.map(|known| known.to_lowercase() == title.to_lowercase()) {
            None => self.heading = Some(title),
            Some(true) => {}
            Some(false) => self.rest.push(text.to_owned()),
        }
    }

    pub(super) fn take_fact(&mut self, text: &str) -> bool {
        if self.listed {
            return metadata::take_line(&mut self.note, text);
        }
        if metadata::take_line(&mut Note::default(), text) {
            self.loose.push(text.to_owned());
            return true;
        }
        if metadata::is_bare_fact(text) && self.is_among_facts() {
            self.loose.push(format!("- {text}"));
            return true;
        }
        false
    }

    /// Whether the line before or behind the one just taken reads like a fact as well, above all snips.
    pub(super) fn is_among_facts(&self) -> bool {
        let fact = |at: Option<usize>| {
            at.and_then(|at| self.lines.get(at))
                .is_some_and(|line| metadata::is_bare_fact(&line.text))
        };
        self.note.snips.is_empty() && (fact(self.at.checked_sub(2)) || fact(Some(self.at)))
    }

    /// Takes the loose facts in; those that contradict the note stay as text.
    pub(super) fn settle_loose_facts(&mut self) {
        let mut together = Note::default();
        for line in std::mem::take(&mut self.loose) {
            let mut alone = Note::default();
            metadata::take_line(&mut alone, &line);
            // A full title comes after the short one and counts.
            if !metadata::complete(&mut together, alone.clone()) {
                metadata::take_line(&mut together, &line);
            }
            let mut facts = Note { snips: Vec::new(), notes: String::new(), ..self.note.clone() };
            if !metadata::complete(&mut facts, alone) {
                self.rest.push(line);
            }
        }
        metadata::complete(&mut self.note, together);
    }
}
