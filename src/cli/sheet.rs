//! Text for people, put together line by line; everything that goes onto it is cleaned, and only the
//! sheet itself adds colours.

use crate::text::clean;

/// How a piece of text is set off on a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// As it is.
    Plain,
    /// Titles.
    Bold,
    /// What matters less.
    Dim,
    /// Addresses and links.
    Link,
    /// What went wrong.
    Bad,
    /// What is well.
    Good,
}

impl Ink {
    /// The SGR code; Dim is left to the terminal's own faint.
    fn code(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Bold => "\u{1b}[1m",
            Self::Dim => "\u{1b}[2m",
            Self::Link => "\u{1b}[36m",
            Self::Bad => "\u{1b}[31m",
            Self::Good => "\u{1b}[32m",
        }
    }
}

/// A text in the making.
#[derive(Debug)]
pub(super) struct Sheet {
    text: String,
    colours: bool,
}

impl Sheet {
    pub(super) fn new(colours: bool) -> Self {
        Self { text: String::new(), colours }
    }

    /// Adds text to the line.
    pub(super) fn put(&mut self, ink: Ink, text: &str) -> &mut Self {
        let text = clean(text);
        if self.colours && ink != Ink::Plain && !text.is_empty() {
            self.text.push_str(ink.code());
            self.text.push_str(&text);
            self.text.push_str("\u{1b}[0m");
        } else {
            self.text.push_str(&text);
        }
        self
    }

    /// Adds text to the line.
    pub(super) fn say(&mut self, text: &str) -> &mut Self {
        self.put(Ink::Plain, text)
    }

    /// Ends the line, without spaces at its end.
    pub(super) fn end(&mut self) {
        let kept = self.text.trim_end_matches(' ').len();
        self.text.truncate(kept);
        self.text.push('\n');
    }

    /// A whole line.
    pub(super) fn line(&mut self, text: &str) {
        self.say(text).end();
    }

    /// All that was put onto it.
    pub(super) fn text(&self) -> &str {
        &self.text
    }
}
