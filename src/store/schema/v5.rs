//! What it takes to do without a network: the paragraph in which reading an article stopped, when it
//! was opened last, what its page is revalidated by, which reader has read it; episodes that are here
//! with all that belongs to them; pages that are not asked for again for a while.

/// The step to this version.
pub(in crate::store) const STEP: &str = "
ALTER TABLE articles ADD COLUMN words TEXT;
ALTER TABLE articles ADD COLUMN opened INTEGER;
ALTER TABLE article_bodies ADD COLUMN etag TEXT;
ALTER TABLE article_bodies ADD COLUMN last_modified TEXT;
ALTER TABLE article_bodies ADD COLUMN reader INTEGER NOT NULL DEFAULT 0;
ALTER TABLE episodes ADD COLUMN complete INTEGER NOT NULL DEFAULT 0;
CREATE TABLE refused_pages (
    canonical TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    why TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Without its recording, or with other notes, an episode is no longer complete.
CREATE TRIGGER download_incomplete AFTER DELETE ON downloads BEGIN
    UPDATE episodes SET complete = 0 WHERE id = old.episode;
END;
CREATE TRIGGER notes_incomplete AFTER UPDATE OF notes ON details WHEN old.notes <> new.notes BEGIN
    UPDATE episodes SET complete = 0 WHERE id = new.episode;
END;
";
