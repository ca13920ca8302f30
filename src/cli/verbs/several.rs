//! Several episodes named by one verb: those that are found, and why the others are not.

use serde::Serialize;

use crate::cli::named;
use crate::cli::output::complain;
use crate::model::EpisodeSummary;
use crate::runtime::Desk;

/// What the names have led to.
pub(super) struct Named {
    /// The episodes, in the order of the names; one that was named twice stands there once.
    pub(super) found: Vec<EpisodeSummary>,
    /// Names that mean nothing, or too much.
    pub(super) failed: Vec<Failed>,
}

/// A name that could not be followed.
#[derive(Debug, Serialize)]
pub(super) struct Failed {
    /// As it was written.
    pub(super) episode: String,
    /// A sentence.
    pub(super) error: String,
}

impl Failed {
    /// Says each on standard error.
    pub(super) fn complain(all: &[Self]) {
        for failed in all {
            complain(&failed.error);
        }
    }
}

/// Looks each name up.
pub(super) async fn named(desk: &Desk, names: &[String]) -> Named {
    let (mut found, mut failed) = (Vec::<EpisodeSummary>::new(), Vec::new());
    for name in names {
        match named::episode(desk, name).await {
            Ok(episode) if found.iter().any(|other| other.id == episode.id) => {}
            Ok(episode) => found.push(episode),
            Err(why) => failed.push(Failed { episode: name.clone(), error: why.to_string() }),
        }
    }
    Named { found, failed }
}
