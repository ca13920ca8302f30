//! The first version. Narrow rows for lists (`episodes`), wide ones beside them (`details`), counts kept
//! by triggers, and one full-text index over everything that can be searched.

/// The step to this version.
pub(in crate::store) const STEP: &str = "
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- url is NULL for a show that is only known from imported notes.
-- health: 0 unknown, 1 good, 2 failed, 3 gone.
CREATE TABLE shows (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT,
    url_key TEXT UNIQUE,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    link TEXT,
    author TEXT,
    description TEXT,
    image TEXT,
    language TEXT,
    subscribed INTEGER NOT NULL DEFAULT 1,
    added INTEGER NOT NULL,
    health INTEGER NOT NULL DEFAULT 0,
    error TEXT,
    etag TEXT,
    last_modified TEXT,
    refreshed INTEGER,
    not_before INTEGER,
    episodes INTEGER NOT NULL DEFAULT 0,
    unplayed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX shows_title ON shows (title_key);

-- sort_at is the date that lists are ordered by; ids break ties, the higher the newer.
-- from_note marks an episode that no feed has confirmed.
CREATE TABLE episodes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    show INTEGER NOT NULL REFERENCES shows (id) ON DELETE CASCADE,
    guid TEXT NOT NULL,
    title TEXT NOT NULL,
    title_key TEXT NOT NULL,
    published INTEGER,
    sort_at INTEGER NOT NULL,
    claimed_ms INTEGER,
    measured_ms INTEGER,
    number INTEGER,
    season INTEGER,
    title_number INTEGER,
    link TEXT,
    link_key TEXT,
    enclosure_url TEXT,
    enclosure_type TEXT,
    enclosure_length INTEGER,
    enclosure_key TEXT,
    position_ms INTEGER NOT NULL DEFAULT 0,
    played INTEGER NOT NULL DEFAULT 0,
    heard_at INTEGER,
    downloaded INTEGER NOT NULL DEFAULT 0,
    from_note INTEGER NOT NULL DEFAULT 0,
    digest INTEGER,
    UNIQUE (show, guid)
) STRICT;
CREATE INDEX episodes_newest ON episodes (sort_at, id);
CREATE INDEX episodes_of_show ON episodes (show, sort_at, id);
CREATE INDEX episodes_unplayed ON episodes (sort_at, id) WHERE played = 0;
CREATE INDEX episodes_unplayed_of_show ON episodes (show, sort_at, id) WHERE played = 0;
CREATE INDEX episodes_started ON episodes (sort_at, id) WHERE played = 0 AND position_ms > 0;
CREATE INDEX episodes_downloaded ON episodes (sort_at, id) WHERE downloaded = 1;
CREATE INDEX episodes_guid ON episodes (guid);
CREATE INDEX episodes_enclosure ON episodes (enclosure_key);
CREATE INDEX episodes_link ON episodes (link_key);
CREATE INDEX episodes_title ON episodes (title_key);

CREATE TABLE details (
    episode INTEGER PRIMARY KEY REFERENCES episodes (id) ON DELETE CASCADE,
    notes TEXT NOT NULL DEFAULT '',
    notes_base TEXT,
    notes_markdown INTEGER NOT NULL DEFAULT 0,
    chapters_url TEXT,
    feed_chapters TEXT,
    transcripts TEXT,
    soundbites TEXT,
    persons TEXT,
    image TEXT,
    author TEXT,
    kind TEXT,
    explicit INTEGER,
    updated INTEGER
) STRICT;

CREATE TABLE queue (
    episode INTEGER PRIMARY KEY REFERENCES episodes (id) ON DELETE CASCADE,
    place INTEGER NOT NULL
) STRICT;
CREATE INDEX queue_place ON queue (place);

CREATE TABLE snips (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    episode INTEGER NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    start_ms INTEGER NOT NULL,
    end_ms INTEGER NOT NULL CHECK (end_ms > start_ms),
    title TEXT,
    note TEXT NOT NULL DEFAULT '',
    transcript TEXT,
    tags TEXT,
    favorite INTEGER NOT NULL DEFAULT 0,
    url TEXT,
    tapped_ms INTEGER,
    raw TEXT,
    created INTEGER
) STRICT;
CREATE INDEX snips_of_episode ON snips (episode, start_ms, end_ms);

-- What an imported note says beyond the episode, so that an export loses nothing.
CREATE TABLE imported (
    episode INTEGER PRIMARY KEY REFERENCES episodes (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    show TEXT,
    author TEXT,
    guests TEXT,
    published INTEGER,
    exported INTEGER,
    link TEXT,
    snipd_url TEXT,
    image TEXT,
    enclosure TEXT,
    duration_ms INTEGER,
    notes TEXT NOT NULL,
    front_matter TEXT,
    rest TEXT NOT NULL
) STRICT;
CREATE INDEX imported_snipd ON imported (snipd_url) WHERE snipd_url IS NOT NULL;

-- tree and raw are compressed.
CREATE TABLE articles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    canonical TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    facts TEXT NOT NULL,
    fetched INTEGER NOT NULL,
    block INTEGER,
    byte INTEGER
) STRICT;
CREATE INDEX articles_url ON articles (url);
CREATE INDEX articles_newest ON articles (fetched, id);
CREATE TABLE article_bodies (
    article INTEGER PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
    tree BLOB NOT NULL,
    raw BLOB NOT NULL,
    content_type TEXT
) STRICT;
CREATE TABLE article_sources (
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    episode INTEGER NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    PRIMARY KEY (article, episode)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_sources_episode ON article_sources (episode);

CREATE TABLE chapters (
    episode INTEGER NOT NULL REFERENCES episodes (id) ON DELETE CASCADE,
    source INTEGER NOT NULL,
    list TEXT NOT NULL,
    PRIMARY KEY (episode, source)
) STRICT, WITHOUT ROWID;

-- cues are compressed.
CREATE TABLE transcripts (
    episode INTEGER PRIMARY KEY REFERENCES episodes (id) ON DELETE CASCADE,
    cues BLOB NOT NULL
) STRICT;

CREATE TABLE downloads (
    episode INTEGER PRIMARY KEY REFERENCES episodes (id) ON DELETE CASCADE,
    file TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    total INTEGER,
    done INTEGER NOT NULL,
    error TEXT
) STRICT;

-- What can be searched, as it is shown. kind: 1 show, 2 episode, 3 notes, 4 transcript, 5 article,
-- 6 snip; the lowest three bits of id repeat it, so that the index alone can tell kinds apart. owner is the row in the kind's own table. marks are the starts of the body's lines in
-- milliseconds, for transcripts.
CREATE TABLE texts (
    id INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    owner INTEGER NOT NULL,
    part INTEGER NOT NULL DEFAULT 0,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    marks TEXT
) STRICT;
CREATE UNIQUE INDEX texts_owner ON texts (kind, owner, part);

-- The index holds words that the program has folded and cut itself (see `tokens`). parts holds
-- second halves of words such as ChatGPT, chars each Chinese character once: to find one character
-- as the beginning of all the words that it begins takes seconds in a large library.
CREATE VIRTUAL TABLE words USING fts5 (
    title, body, parts, chars, context,
    content = '', contentless_delete = 1,
    tokenize = 'ascii'
);
INSERT INTO words (words, rank) VALUES ('hashsize', 16777216);
INSERT INTO words (words, rank) VALUES ('rank', 'bm25(6.0, 1.0, 0.8, 1.0, 0.5)');

CREATE TRIGGER texts_gone AFTER DELETE ON texts BEGIN
    DELETE FROM words WHERE rowid = old.id;
END;
CREATE TRIGGER show_gone AFTER DELETE ON shows BEGIN
    DELETE FROM texts WHERE kind = 1 AND owner = old.id;
END;
CREATE TRIGGER episode_gone AFTER DELETE ON episodes BEGIN
    DELETE FROM texts WHERE kind = 2 AND owner = old.id;
    DELETE FROM texts WHERE kind = 3 AND owner = old.id;
    DELETE FROM texts WHERE kind = 4 AND owner = old.id;
    UPDATE shows SET episodes = episodes - 1, unplayed = unplayed - (old.played = 0)
    WHERE id = old.show;
END;
CREATE TRIGGER article_gone AFTER DELETE ON articles BEGIN
    DELETE FROM texts WHERE kind = 5 AND owner = old.id;
END;
CREATE TRIGGER snip_gone AFTER DELETE ON snips BEGIN
    DELETE FROM texts WHERE kind = 6 AND owner = old.id;
END;

CREATE TRIGGER episode_new AFTER INSERT ON episodes BEGIN
    UPDATE shows SET episodes = episodes + 1, unplayed = unplayed + (new.played = 0)
    WHERE id = new.show;
END;
CREATE TRIGGER episode_counted AFTER UPDATE OF show, played ON episodes
WHEN old.show <> new.show OR old.played <> new.played BEGIN
    UPDATE shows SET episodes = episodes - 1, unplayed = unplayed - (old.played = 0)
    WHERE id = old.show;
    UPDATE shows SET episodes = episodes + 1, unplayed = unplayed + (new.played = 0)
    WHERE id = new.show;
END;

CREATE TRIGGER download_new AFTER INSERT ON downloads BEGIN
    UPDATE episodes SET downloaded = new.done WHERE id = new.episode;
END;
CREATE TRIGGER download_moved AFTER UPDATE ON downloads BEGIN
    UPDATE episodes SET downloaded = 0 WHERE id = old.episode AND old.episode <> new.episode;
    UPDATE episodes SET downloaded = new.done WHERE id = new.episode AND downloaded <> new.done;
END;
CREATE TRIGGER download_gone AFTER DELETE ON downloads BEGIN
    UPDATE episodes SET downloaded = 0 WHERE id = old.episode;
END;
";
