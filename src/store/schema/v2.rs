//! The text of a note as it stood, for those that are written back into it; chapters that are always
//! skipped: where they began and what they were called when the user said so.

/// The step to this version.
pub(in crate::store) const STEP: &str = "
ALTER TABLE imported ADD COLUMN source TEXT;
CREATE TABLE skipped_chapters (
    episode INTEGER NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    start_ms INTEGER NOT NULL,
    title TEXT NOT NULL,
    PRIMARY KEY (episode, start_ms, title)
) STRICT, WITHOUT ROWID;
";
