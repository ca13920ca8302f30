//! What can go wrong when chapters are read.

/// Why no chapters could be read from a source.
#[derive(Debug, thiserror::Error)]
pub enum TimelineError {
    /// A chapters file is not JSON.
    #[error("reading the chapters file: it is not valid JSON ({0}); the show has to mend it")]
    Json(#[from] serde_json::Error),
    /// A chapters file is JSON of another kind.
    #[error(
        "reading the chapters file: there is no list of chapters in it; it may be another kind of JSON"
    )]
    NoList,
    /// A chapters file is far larger than any list of chapters.
    #[error("reading the chapters file: {0} bytes are too many for a list of chapters")]
    TooLarge(usize),
    /// The audio file could not be read.
    #[error("reading the chapters of the audio file: {0}; try to download it again")]
    Io(#[from] std::io::Error),
}
