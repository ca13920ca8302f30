//! How an address is shown in a sentence: without passwords and control characters, never too long.

use url::Url;

/// Longest address in a sentence, in characters.
const LONGEST: usize = 200;

/// `url` for a sentence, without user name and password.
pub(super) fn shown(url: &Url) -> String {
    let mut url = url.clone();
    // Both only fail for addresses that cannot have a password.
    if url.set_password(None).is_ok() && url.set_username("").is_ok() {
        return shown_text(url.as_str());
    }
    shown_text(url.as_str())
}

/// An address as somebody wrote it, for a sentence.
pub(crate) fn shown_address(text: &str) -> String {
    Url::parse(text.trim()).map_or_else(|_| shown_text(text), |url| shown(&url))
}

/// Any text for a sentence.
pub(super) fn shown_text(text: &str) -> String {
    let mut clean: String = text.chars().filter(|c| !hidden(*c)).take(LONGEST).collect();
    if text.chars().nth(LONGEST).is_some() {
        clean.push('…');
    }
    clean
}

/// Control characters and bidirectional overrides.
fn hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_and_escape_codes_stay_out_of_sentences() {
        let url = Url::parse("https://mei:secret@radio.example/a").unwrap();
        assert_eq!(shown(&url), "https://radio.example/a");
        assert_eq!(shown_text("a\u{1b}[2J\u{202e}b"), "a[2Jb");
        assert_eq!(shown_text(&"长".repeat(300)).chars().count(), LONGEST + 1);
    }
}
