//! Where chapters come from (show notes, chapters JSON, tags of audio files) and which of them
//! wins.
