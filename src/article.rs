//! Bytes of a page to an article: character set, extraction, rules for sites, blocked pages.
