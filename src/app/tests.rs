//! Transitions that read as sentences.
