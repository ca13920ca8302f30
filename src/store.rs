//! The library on disk: all SQL, its migrations and the full-text search.
