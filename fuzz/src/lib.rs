//! What the targets share: the laws, which the stable tests of the program hold to as well.

/// The laws, one per target.
#[path = "../../tests/laws/laws.rs"]
pub mod laws;
