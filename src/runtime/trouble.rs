//! Errors at the border: what was being done and why it failed, as one sentence.

use crate::fetch::FetchError;
use crate::model::PageProblem;

/// Something that could not be done, as a sentence for people: what was being done, why it failed,
/// what helps. Free of control characters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{sentence}")]
pub struct Trouble {
    sentence: String,
    /// What it is to somebody who wants to read a page.
    page: PageProblem,
}

impl Trouble {
    /// A sentence as it stands.
    #[must_use]
    pub fn new(sentence: impl AsRef<str>) -> Self {
        Self::of_page(PageProblem::Other, sentence)
    }

    /// A sentence about a page that cannot be read.
    #[must_use]
    pub fn of_page(page: PageProblem, sentence: impl AsRef<str>) -> Self {
        Self { sentence: crate::text::clean_line(sentence.as_ref()), page }
    }

    /// What it is to somebody who wants to read a page.
    #[must_use]
    pub fn page(&self) -> PageProblem {
        self.page
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

impl From<FetchError> for Trouble {
    fn from(error: FetchError) -> Self {
        Self::of_page(page_problem(&error), error.to_string())
    }
}

fn page_problem(error: &FetchError) -> PageProblem {
    match error {
        FetchError::Status { status: 404 | 410, .. } => PageProblem::Gone,
        FetchError::Status { status: 408, .. } | FetchError::Timeout { .. } => PageProblem::Slow,
        FetchError::Status { status: 429 | 500..=599, .. } => PageProblem::Busy,
        FetchError::Status { status: 401..=403 | 451, .. } | FetchError::UnknownLogin { .. } => {
            PageProblem::Refused
        }
        FetchError::UnknownHost { .. }
        | FetchError::Refused { .. }
        | FetchError::Unreachable { .. }
        | FetchError::Tls { .. }
        | FetchError::Dropped { .. } => PageProblem::Unreachable,
        FetchError::Forbidden { .. } => PageProblem::Private,
        _ => PageProblem::Other,
    }
}

impl From<crate::store::StoreError> for Trouble {
    fn from(error: crate::store::StoreError) -> Self {
        // These are whole sentences that quote their causes.
        Self::new(error.to_string())
    }
}
