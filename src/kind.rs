//! What a file is, told by its content; the name and the MIME type are only hints.
