//! Pieces of HTML written by the rules; text is escaped on its way in.

use std::fmt::Write as _;

/// A fragment in the making.
#[derive(Debug, Default)]
pub(super) struct Fragment(String);

impl Fragment {
    /// HTML as it is.
    pub(super) fn html(&mut self, html: &str) {
        self.0.push_str(html);
    }

    /// A paragraph for each line of a text.
    pub(super) fn lines(&mut self, text: &str) {
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            self.labelled("", &escaped(line));
        }
    }

    /// A paragraph of HTML behind a label in bold, or behind nothing.
    pub(super) fn labelled(&mut self, label: &str, html: &str) {
        let label = escaped(label);
        // Writing to a string cannot fail.
        let _ = match label.as_str() {
            "" => write!(self.0, "<p>{html}</p>"),
            label => write!(self.0, "<p><b>{label}</b> {html}</p>"),
        };
    }

    /// A link in a paragraph of its own.
    pub(super) fn link(&mut self, href: &str, text: &str) {
        let link = format!("<a href=\"{}\">{}</a>", escaped(href.trim()), escaped(text));
        self.labelled("", &link);
    }

    /// A picture.
    pub(super) fn picture(&mut self, src: &str) {
        self.labelled("", &format!("<img src=\"{}\">", escaped(src.trim())));
    }

    /// A heading of the second level.
    pub(super) fn heading(&mut self, text: &str) {
        // Writing to a string cannot fail.
        let _ = write!(self.0, "<h2>{}</h2>", escaped(text));
    }

    /// What one of several people says, below who and when.
    pub(super) fn said(&mut self, who: &str, when: &str, html: &str) {
        if !self.0.is_empty() {
            self.0.push_str("<hr>");
        }
        let when = if when.is_empty() { String::new() } else { format!("· {}", escaped(when)) };
        if !who.is_empty() || !when.is_empty() {
            self.labelled(who, &when);
        }
        let _ = write!(self.0, "<div>{html}</div>");
    }

    /// The fragment, unless nothing was written.
    pub(super) fn finish(self) -> Option<String> {
        (!self.0.is_empty()).then_some(self.0)
    }
}

pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
