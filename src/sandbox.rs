//! Pages and pictures are read in a child process that may use little memory and time, so that a
//! hostile one costs a sentence and not the program.
//!
//! The child is this same program, started with [`CHILD_ARGUMENT`]; it takes its limits upon itself
//! before it reads the first byte of the page. One question goes in on its standard input, one answer
//! comes out on its standard output (see `wire`); nothing of it reaches the terminal.

mod child;
mod parent;
mod picture;
mod wire;

use std::time::Duration;

use crate::article::ArticleError;

pub use child::child_main;
pub use parent::{extract, extract_unless};
pub use picture::{
    PICTURE_ARGUMENT, PictureError, PictureLimits, Raster, decode_picture, picture_child_main,
};

/// The first argument by which the program knows that it is the child.
pub const CHILD_ARGUMENT: &str = "__extract";

/// A page that may be sent about; see [`crate::article::Page`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnedPage {
    /// Where it was found in the end, after redirects.
    pub url: String,
    /// The `Content-Type` header, where there was one.
    pub content_type: Option<String>,
    /// The body, after any `Content-Encoding` was taken off.
    pub bytes: Vec<u8>,
}

/// What the reading of one page may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Wall time for everything.
    pub wall: Duration,
    /// Processor time of the child, in whole seconds, at least 1.
    pub cpu_seconds: u64,
    /// Address space of the child, in bytes. The stack for reading (64 MB) is within it.
    pub memory: u64,
    /// Longest answer, in bytes.
    pub answer: u64,
}

impl Default for Limits {
    /// 15 s, of them 10 s of work; 1 GB; an answer of 64 MB.
    fn default() -> Limits {
        Limits { wall: Duration::from_secs(15), cpu_seconds: 10, memory: 1 << 30, answer: 64 << 20 }
    }
}

/// Why a page was not read.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The page was looked at and holds no article.
    #[error(transparent)]
    Article(#[from] ArticleError),
    /// The child could not be started.
    #[error("the page could not be read: the reading process did not start ({0})")]
    Start(#[source] std::io::Error),
    /// The child died or took too long, as hostile and broken pages make it.
    #[error(
        "the page could not be read: it needs more memory or time than is allowed; it can be opened \
         in the browser"
    )]
    Died,
    /// The child answered something that is no answer, or too much.
    #[error("the page could not be read: the reading process gave no usable answer ({0})")]
    Answer(String),
}
