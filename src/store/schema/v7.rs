//! What keeps a library of thousands in order: when each feed is due and how often it failed, where its
//! older pages are; what the user starred, tagged (a JSON list) and put away; how many episodes of a show
//! are downloaded by themselves and kept (NULL: as for all); filters that are kept under a name (as JSON);
//! downloads that wait, since when a recording is here, and whether nobody asked for it.

/// The step to this version.
pub(in crate::store) const STEP: &str = "
ALTER TABLE shows ADD COLUMN due INTEGER;
ALTER TABLE shows ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
ALTER TABLE shows ADD COLUMN next_page TEXT;
ALTER TABLE shows ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
ALTER TABLE shows ADD COLUMN tags TEXT;
ALTER TABLE shows ADD COLUMN auto_download INTEGER;
ALTER TABLE shows ADD COLUMN keep INTEGER;
ALTER TABLE episodes ADD COLUMN starred INTEGER NOT NULL DEFAULT 0;
ALTER TABLE episodes ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
ALTER TABLE downloads ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;
ALTER TABLE downloads ADD COLUMN finished INTEGER;
ALTER TABLE downloads ADD COLUMN automatic INTEGER NOT NULL DEFAULT 0;
CREATE INDEX episodes_starred ON episodes (sort_at, id) WHERE starred = 1;
CREATE INDEX episodes_archived ON episodes (archived, sort_at, id) WHERE archived > 0;
-- What lists show by default, with what it takes to leave out the shows that were put away.
CREATE INDEX episodes_listed ON episodes (sort_at, id, show, archived) WHERE archived = 0;
CREATE TABLE filters (
    name TEXT PRIMARY KEY,
    filter TEXT NOT NULL,
    place INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";
