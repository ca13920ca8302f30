//! Errors at the border: what was being done and why it failed, as one sentence.

/// Something that could not be done, as a sentence for people: what was being done, why it failed,
/// what helps. Free of control characters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Trouble(String);

impl Trouble {
    /// A sentence as it stands.
    #[must_use]
    pub fn new(sentence: impl AsRef<str>) -> Self {
        Self(crate::text::clean_line(sentence.as_ref()))
    }

    /// What was being done, and why it failed with all its causes.
    #[must_use]
    pub fn doing(what: &str, why: &dyn std::error::Error) -> Self {
        let mut sentence = format!("{what}: {why}");
        let mut cause = why.source();
        while let Some(next) = cause {
            let text = next.to_string();
            // Many errors already quote their cause.
            if !sentence.contains(&text) {
                sentence.push_str(": ");
                sentence.push_str(&text);
            }
            cause = next.source();
        }
        Self::new(sentence)
    }
}

impl From<crate::fetch::FetchError> for Trouble {
    fn from(error: crate::fetch::FetchError) -> Self {
        Self::new(error.to_string())
    }
}

impl From<crate::store::StoreError> for Trouble {
    fn from(error: crate::store::StoreError) -> Self {
        // These are whole sentences that quote their causes.
        Self::new(error.to_string())
    }
}
