//! One line of text that is being typed, with its cursor.

/// A line and the cursor in it, counted in characters from 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    text: String,
    cursor: usize,
}

/// Longest line that can be typed or pasted, in characters.
const LIMIT: usize = 2_000;

impl Line {
    /// A line with this text, the cursor behind it.
    #[must_use]
    pub fn with(text: &str) -> Self {
        let mut line = Self::default();
        line.insert(text);
        line
    }

    /// What stands in it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text before the cursor.
    #[must_use]
    pub fn before(&self) -> &str {
        self.text.get(..self.byte()).unwrap_or_default()
    }

    fn byte(&self) -> usize {
        self.text.char_indices().nth(self.cursor).map_or(self.text.len(), |(at, _)| at)
    }

    /// Puts text in at the cursor; line breaks become spaces, control characters go.
    pub fn insert(&mut self, text: &str) {
        let text = crate::text::clean_line(&text.replace(['\n', '\t'], " "));
        let room = LIMIT.saturating_sub(self.text.chars().count());
        let text: String = text.chars().take(room).collect();
        self.text.insert_str(self.byte(), &text);
        self.cursor += text.chars().count();
    }

    /// Puts one character in at the cursor.
    pub fn put(&mut self, c: char) {
        if !c.is_control() && self.text.chars().count() < LIMIT {
            self.text.insert(self.byte(), c);
            self.cursor += 1;
        }
    }

    /// Deletes the character before the cursor.
    pub fn backspace(&mut self) {
        if self.cursor > 0 {
            self.cursor -= 1;
            self.text.remove(self.byte());
        }
    }

    /// Deletes the character under the cursor.
    pub fn delete(&mut self) {
        let at = self.byte();
        if at < self.text.len() {
            self.text.remove(at);
        }
    }

    /// Deletes the word before the cursor.
    pub fn delete_word(&mut self) {
        while self.before().ends_with(' ') {
            self.backspace();
        }
        while self.cursor > 0 && !self.before().ends_with(' ') {
            self.backspace();
        }
    }

    /// Deletes all before the cursor.
    pub fn delete_before(&mut self) {
        self.text.replace_range(..self.byte(), "");
        self.cursor = 0;
    }

    /// Moves the cursor by characters.
    pub fn step(&mut self, by: isize) {
        self.cursor = self.cursor.saturating_add_signed(by).min(self.text.chars().count());
    }

    /// Moves the cursor to the start.
    pub fn start(&mut self) {
        self.cursor = 0;
    }

    /// Moves the cursor to the end.
    pub fn end(&mut self) {
        self.cursor = self.text.chars().count();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_is_typed_and_deleted_by_the_character() {
        let mut line = Line::with("晚点 talk");
        line.step(-5);
        line.put('聊');
        assert_eq!(line.text(), "晚点聊 talk");
        line.backspace();
        line.delete();
        assert_eq!((line.text(), line.before()), ("晚点talk", "晚点"));
        line.end();
        line.delete_word();
        assert_eq!(line.text(), "");
    }

    #[test]
    fn pasted_line_breaks_and_controls_do_no_harm() {
        let mut line = Line::default();
        line.insert("a\nb\u{1b}[2Jc");
        assert!(!line.text().chars().any(char::is_control), "{:?}", line.text());
        assert!(line.text().starts_with("a b"));
    }
}
