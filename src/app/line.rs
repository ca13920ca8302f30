//! One line of text that is being typed, with its cursor.

/// A line and the cursor in it, counted in characters from 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    text: String,
    cursor: usize,
    /// It may hold line breaks and tabs.
    lines: bool,
}

/// Longest line that can be typed or pasted, in characters.
const LIMIT: usize = 2_000;
/// The same for a text of several lines.
const LIMIT_OF_TEXT: usize = 100_000;

impl Line {
    /// A line with this text, the cursor behind it.
    #[must_use]
    pub fn with(text: &str) -> Self {
        let mut line = Self::default();
        line.insert(text);
        line
    }

    /// A text of several lines, the cursor behind it.
    #[must_use]
    pub fn with_lines(text: &str) -> Self {
        let mut line = Self { lines: true, ..Self::default() };
        line.insert(text);
        line
    }

    /// Whether [`Line::with_lines`] loses nothing of this text.
    #[must_use]
    pub fn holds(text: &str) -> bool {
        text.len() <= LIMIT_OF_TEXT || text.chars().count() <= LIMIT_OF_TEXT
    }

    /// The line as it may be shown when what follows the first `mark` is nobody's business.
    #[must_use]
    pub fn hidden_after(&self, mark: char) -> Self {
        let open = self.text.find(mark).map_or(self.text.len(), |at| at + mark.len_utf8());
        let (shown, secret) = self.text.split_at(open);
        let text = shown.chars().chain(secret.chars().map(|_| '•')).collect();
        Self { text, ..self.clone() }
    }

    /// Whether it may hold line breaks.
    #[must_use]
    pub fn has_lines(&self) -> bool {
        self.lines
    }

    fn limit(&self) -> usize {
        if self.lines { LIMIT_OF_TEXT } else { LIMIT }
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

    /// Puts text in at the cursor; line breaks become spaces unless there may be several lines;
    /// control characters go.
    pub fn insert(&mut self, text: &str) {
        let text = if self.lines {
            let text = text.replace("\r\n", "\n").replace('\r', "\n");
            crate::text::clean(&text).into_owned()
        } else {
            crate::text::clean_line(&text.replace(['\n', '\t'], " "))
        };
        let room = self.limit().saturating_sub(self.text.chars().count());
        let text: String = text.chars().take(room).collect();
        self.text.insert_str(self.byte(), &text);
        self.cursor += text.chars().count();
    }

    /// Puts one character in at the cursor.
    pub fn put(&mut self, c: char) {
        let allowed = !c.is_control() || (self.lines && c == '\n');
        if allowed && self.text.chars().count() < self.limit() {
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

    /// Moves the cursor to the start; among several lines to the start of its line.
    pub fn start(&mut self) {
        let before = self.before();
        let line = before.rsplit('\n').next().unwrap_or_default();
        self.cursor -= line.chars().count();
    }

    /// Moves the cursor to the end; among several lines to the end of its line.
    pub fn end(&mut self) {
        let after = self.text.get(self.byte()..).unwrap_or_default();
        let line = after.split('\n').next().unwrap_or_default();
        self.cursor += line.chars().count();
    }

    /// Moves the cursor by lines; above the first one to the start, below the last one to the end.
    pub fn step_line(&mut self, by: isize) {
        let column = self.before().rsplit('\n').next().unwrap_or_default().chars().count();
        self.start();
        for _ in 0..by.unsigned_abs() {
            if by < 0 {
                if self.cursor == 0 {
                    return;
                }
                self.cursor -= 1;
                self.start();
            } else {
                self.end();
                if self.byte() >= self.text.len() {
                    return;
                }
                self.cursor += 1;
            }
        }
        let after = self.text.get(self.byte()..).unwrap_or_default();
        let line = after.split('\n').next().unwrap_or_default();
        self.cursor += line.chars().count().min(column);
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
    fn a_text_keeps_its_lines_and_the_cursor_walks_through_them() {
        let text = "第一行\n\n  third\tline";
        let mut line = Line::with_lines(text);
        assert_eq!(line.text(), text);
        line.step_line(-1);
        line.put('x');
        line.step_line(-1);
        line.put('y');
        assert_eq!(line.text(), "第y一行\nx\n  third\tline");
        line.step_line(-5);
        assert_eq!(line.before(), "");
        line.end();
        line.put('\n');
        line.step_line(9);
        assert_eq!(line.before(), line.text());
        assert_eq!(line.text(), "第y一行\n\nx\n  third\tline");
        line.insert("\r\n\u{1b}[2Jz");
        assert!(line.text().contains("line\n") && !line.text().contains('\u{1b}'));
    }

    #[test]
    fn pasted_line_breaks_and_controls_do_no_harm() {
        let mut line = Line::default();
        line.insert("a\nb\u{1b}[2Jc");
        assert!(!line.text().chars().any(char::is_control), "{:?}", line.text());
        assert!(line.text().starts_with("a b"));
    }
}
