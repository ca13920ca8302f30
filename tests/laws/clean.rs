//! What may reach a terminal.

/// No controls but tab and line break, no overrides of the writing direction.
#[track_caller]
pub(super) fn assert_text(text: &str) {
    let bad = text.chars().find(|c| {
        (c.is_control() && !matches!(c, '\n' | '\t'))
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    });
    assert_eq!(bad, None, "in {text:?}");
}

/// One clean line.
#[track_caller]
pub(super) fn assert_line(text: &str) {
    assert_text(text);
    assert!(!text.contains(['\n', '\t']), "more than a line: {text:?}");
}

/// One clean line, if there is one.
#[track_caller]
pub(super) fn assert_lines<'a>(lines: impl IntoIterator<Item = &'a String>) {
    for line in lines {
        assert_line(line);
    }
}

/// An error is one clean sentence.
#[track_caller]
pub(super) fn assert_error(why: &impl std::fmt::Display) {
    assert_line(&why.to_string());
}
