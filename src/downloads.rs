//! The offline cache of recordings: one file that is stream, download and cache, resumed and
//! verified.
