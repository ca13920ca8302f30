//! Bytes of a feed to what it says: RSS, Atom, RSS 1.0, JSON Feed with the podcast namespaces;
//! subscription lists (OPML); feeds that a web page points to.
