//! Small text beside other text: superscripts, subscripts, the readings of ideographs.

use super::Html;
use crate::text::script_forms;

/// A small text set beside another: superscript, subscript, or the reading of an ideograph.
#[derive(Debug)]
pub(super) struct Script {
    kind: Place,
    /// A link that was opened within.
    pub(super) link: Option<usize>,
    pub(super) text: String,
}

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Super,
    Sub,
    Reading,
}

impl Html {
    pub(super) fn open_script(&mut self, kind: Place) {
        self.close_script();
        self.script = Some(Script { kind, link: None, text: String::new() });
    }

    pub(super) fn close_script(&mut self) {
        let Some(script) = self.script.take() else { return };
        let text = script.text.trim();
        if text.is_empty() {
            return;
        }
        let outer = self.builder.link;
        self.builder.link = script.link.or(outer);
        let shown = match script.kind {
            Place::Reading => format!("({text})"),
            // A number that leads somewhere is a note, not an exponent.
            _ if self.builder.link.is_some() => {
                format!("[{}]", text.trim_matches(['[', ']', '(', ')']))
            }
            Place::Super => script_forms::superscript(text),
            Place::Sub => script_forms::subscript(text),
        };
        self.text(&shown);
        self.builder.link = outer;
    }
}
