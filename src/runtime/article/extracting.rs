//! From a page to its article in a child process, and what it means where there is none.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::super::{Services, Trouble};
use crate::article::{ArticleError, Extracted, View};
use crate::model::{ArticleOutcome, PageProblem};
use crate::sandbox::{self, OwnedPage, SandboxError};

/// Tells, once it is dropped, that nobody waits for the page any more.
#[derive(Default)]
struct GivenUp(Arc<AtomicBool>);

impl Drop for GivenUp {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Extracts in a child process, which ends at once if this work is dropped.
pub(crate) async fn extract(
    services: &Services,
    page: OwnedPage,
    view: View,
) -> Result<Extracted, Trouble> {
    let program = services.program.clone();
    let given_up = GivenUp::default();
    let flag = Arc::clone(&given_up.0);
    let limits = sandbox::Limits::default();
    let work = move || sandbox::extract_unless(&program, page, view, limits, &flag);
    let extracted = tokio::task::spawn_blocking(work).await;
    drop(given_up);
    let extracted = extracted.map_err(|err| Trouble::doing("reading the page", &err))?;
    extracted.map_err(|err| Trouble::of_page(problem_of(&err), err.to_string()))
}

/// What it is to a reader that nothing was extracted.
fn problem_of(error: &SandboxError) -> PageProblem {
    match error {
        SandboxError::Article(ArticleError::Empty) | SandboxError::Died => PageProblem::NoText,
        SandboxError::Article(ArticleError::NotText(_) | ArticleError::Feed) => {
            PageProblem::NotText
        }
        _ => PageProblem::Other,
    }
}

pub(in crate::runtime) fn readable(extracted: &Extracted, url: &str) -> Result<(), Trouble> {
    match extracted.outcome {
        ArticleOutcome::Readable => Ok(()),
        ArticleOutcome::Blocked => Err(Trouble::of_page(
            PageProblem::Blocked,
            format!("{url} shows a check for robots instead of the page: open it in the browser"),
        )),
        ArticleOutcome::Deleted => {
            let why = format!("{url} was deleted by the one who published it");
            Err(Trouble::of_page(PageProblem::Deleted, why))
        }
    }
}
