//! The reading list. key is the page's canonical address; `named_by` the page or feed that names it (NULL:
//! the user); the titles are those at the time, so that the list outlives the show. state: 0 waiting,
//! 1 here, 2 failed; tried: in this round. A page whose text is not here is found as an article whose
//! owner is its negative id.

/// The step to this version.
pub(in crate::store) const STEP: &str = "
CREATE TABLE reading (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    title TEXT NOT NULL DEFAULT '',
    site TEXT NOT NULL DEFAULT '',
    episode INTEGER REFERENCES episodes (id) ON DELETE SET NULL,
    episode_title TEXT,
    show_title TEXT,
    named_by TEXT,
    added INTEGER NOT NULL,
    read INTEGER,
    percent INTEGER NOT NULL DEFAULT 0,
    minutes INTEGER,
    state INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    tried INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX reading_newest ON reading (added, id);
CREATE INDEX reading_unread ON reading (added, id) WHERE read IS NULL;
CREATE INDEX reading_episode ON reading (episode) WHERE episode IS NOT NULL;
CREATE INDEX reading_not_here ON reading (added, id) WHERE state <> 1;
CREATE TRIGGER reading_gone AFTER DELETE ON reading BEGIN
    DELETE FROM texts WHERE kind = 5 AND owner = -old.id;
END;
CREATE TRIGGER article_not_here AFTER DELETE ON articles BEGIN
    UPDATE reading SET state = 0, tried = 0 WHERE key = old.canonical;
END;
";
