//! The embedded welcome show: the one source that needs no network.

/// A file that is part of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Embedded {
    /// Its content.
    pub bytes: &'static [u8],
    /// Its MIME type.
    pub mime: &'static str,
}

/// The file of the welcome show that is called `name` (as after `welcome:`), if there is one.
#[must_use]
pub fn read(_name: &str) -> Option<Embedded> {
    None
}
