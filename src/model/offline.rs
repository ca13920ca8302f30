//! What of an episode is on this machine, for reading and listening without a network.

/// What came of keeping one thing that belongs to an episode.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Part {
    /// There is no such thing.
    #[default]
    Absent,
    /// It is here.
    Kept,
    /// It is not; a sentence.
    Failed(String),
}

/// A page that is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Its address.
    pub url: String,
    /// Why, as a sentence.
    pub why: String,
    /// Asking again would not help: it is gone, or refuses.
    pub lasting: bool,
}

/// What came of keeping all that belongs to an episode.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completed {
    /// The recording.
    pub recording: Part,
    /// The cover picture.
    pub cover: Part,
    /// The transcript that the feed points to.
    pub transcript: Part,
    /// The chapters file that the feed points to.
    pub chapters: Part,
    /// Pages that the notes link to and that are here.
    pub articles: usize,
    /// Those that are not.
    pub missing: Vec<Missing>,
    /// Links that lead to something else than a page to be read: a feed, a recording, a shop for apps,
    /// somebody's home on a platform. The address, and what it is.
    pub no_articles: Vec<(String, String)>,
    /// Pictures of these pages that are here.
    pub pictures: usize,
    /// Those that are not.
    pub pictures_failed: usize,
}

impl Completed {
    /// Whether all is here that can be had: what is missing is gone, or refuses.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        let failed = |part: &Part| matches!(part, Part::Failed(_));
        let parts = [&self.recording, &self.transcript, &self.chapters];
        !parts.into_iter().any(failed) && self.missing.iter().all(|missing| missing.lasting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_never_be_had_does_not_keep_an_episode_from_being_complete() {
        let missing = |lasting| Missing { url: "a".into(), why: "b".into(), lasting };
        let mut all = Completed { recording: Part::Kept, ..Completed::default() };
        all.missing.push(missing(true));
        assert!(all.is_complete());
        all.missing.push(missing(false));
        assert!(!all.is_complete());
        let deaf = Completed { recording: Part::Failed("no".into()), ..Completed::default() };
        assert!(!deaf.is_complete());
    }
}
