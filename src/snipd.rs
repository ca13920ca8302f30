//! Snipd-style Markdown to an episode with its snips and back, without loss.

/// Whether a text is a Snipd-style note.
#[must_use]
pub fn looks_like(text: &str) -> bool {
    text.contains("share.snipd.com/")
}
