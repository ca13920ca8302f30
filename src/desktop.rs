//! The desktop around the terminal: the browser and the clipboard. Never a shell: an address goes to
//! one program as one argument.

use std::io::Write;
use std::process::{Command, Stdio};

/// Why an address could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum DesktopError {
    /// Only web and mail addresses are handed out.
    #[error("opening {0} in the browser: only http, https and mailto addresses are opened")]
    NotAnAddress(String),
    /// There is no program for it.
    #[error("opening the browser: no xdg-open, open or $BROWSER was found; y copies the link")]
    NoBrowser,
}

/// Opens an address in the user's browser.
///
/// # Errors
/// When it is no web or mail address, or there is no browser to be found.
pub fn open(url: &str) -> Result<(), DesktopError> {
    let allowed = ["http://", "https://", "mailto:"].iter().any(|s| url.starts_with(s));
    if !allowed || url.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return Err(DesktopError::NotAnAddress(crate::text::clean_line(url)));
    }
    let own = std::env::var("BROWSER").ok().filter(|name| !name.is_empty());
    let known = ["xdg-open", "open", "wslview"].map(str::to_owned);
    for program in own.into_iter().chain(known) {
        let started = Command::new(&program)
            .arg(url)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        if let Ok(mut child) = started {
            // Reaped, so that it does not stay as a zombie while the screen runs on.
            std::thread::spawn(move || child.wait());
            return Ok(());
        }
    }
    Err(DesktopError::NoBrowser)
}

/// Most bytes that are put on the clipboard: terminals drop longer sequences.
const LONGEST_COPY: usize = 64 << 10;

/// Puts text on the clipboard through the terminal (OSC 52), which works over SSH too.
pub fn copy(text: &str) {
    let text = crate::text::clean(text);
    let bytes = text.as_bytes().get(..LONGEST_COPY.min(text.len())).unwrap_or_default();
    let mut out = std::io::stdout().lock();
    let sent = write!(out, "\u{1b}]52;c;{}\u{7}", base64(bytes)).and_then(|()| out.flush());
    if let Err(err) = sent {
        tracing::warn!("the clipboard: {err}");
    }
}

/// Base64 with padding (RFC 4648). Ten lines, in place of a dependency for one escape sequence.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let group = at(0) << 16 | at(1) << 8 | at(2);
        for i in 0..4 {
            let digit = DIGITS.get((group >> (18 - 6 * i) & 63) as usize).copied().unwrap_or(b'A');
            out.push(if i <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_as_the_rfc_says() {
        let pairs =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")];
        for (plain, coded) in pairs {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn only_addresses_go_to_the_browser() {
        for bad in ["file:///etc/passwd", "javascript:alert(1)", "-h", "https://a b", "http://a\n"]
        {
            assert!(matches!(open(bad), Err(DesktopError::NotAnAddress(_))), "{bad}");
        }
    }
}
