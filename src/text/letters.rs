//! What makes two texts the same whatever stands between their words.

/// Letters and digits alone, in lower case.
#[must_use]
pub fn letters(text: impl IntoIterator<Item = char>) -> String {
    let kept = text.into_iter().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}
