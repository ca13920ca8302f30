//! Pictures are decoded and scaled down in a child process with limits: a bomb or a broken file costs
//! a sentence. Only pixels come back; nothing of the file itself ever reaches the terminal.

mod decode;
mod wire;

use std::io::{self, Read, Write};
use std::path::Path;
use std::process::{ChildStdin, ExitCode};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use super::SandboxError;
use super::child::take_limits;
use super::parent::converse;

pub(super) use wire::Answer;

/// The first argument by which the program knows that it is the child that decodes a picture.
pub const PICTURE_ARGUMENT: &str = "__picture";

/// The pixels of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raster {
    /// Width and height of the file, in pixels, after its orientation was respected.
    pub original: (u32, u32),
    /// Width of what is in `rgba`, in pixels.
    pub width: u32,
    /// Height of what is in `rgba`, in pixels.
    pub height: u32,
    /// Four bytes per pixel from the top left: red, green, blue, opacity.
    pub rgba: Vec<u8>,
}

/// What the decoding of one picture may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureLimits {
    /// Wall time for everything.
    pub wall: Duration,
    /// Processor time of the child, in whole seconds, at least 1.
    pub cpu_seconds: u64,
    /// Address space of the child, in bytes.
    pub memory: u64,
    /// Most memory for the decoded picture, in bytes.
    pub decoded: u64,
    /// Most pixels of the picture.
    pub pixels: u64,
}

impl Default for PictureLimits {
    /// 10 s; 256 MB decoded within 1 GB of address space; 50 million pixels.
    fn default() -> PictureLimits {
        PictureLimits {
            wall: Duration::from_secs(10),
            cpu_seconds: 10,
            memory: 1 << 30,
            decoded: 256 << 20,
            pixels: 50_000_000,
        }
    }
}

/// Why a picture was not decoded.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The bytes are no picture of a kind that is known.
    #[error("it is not a picture of a known kind (PNG, JPEG, GIF, WebP, BMP)")]
    Unknown,
    /// It has more pixels, or takes more memory, than is allowed.
    #[error("the picture is too large")]
    TooLarge,
    /// It is damaged or cut short.
    #[error("the picture is damaged")]
    Broken,
    /// The child did not start, died or gave no usable answer.
    #[error(transparent)]
    Sandbox(#[from] SandboxError),
}

/// Decodes a picture in a child process (`program` is this program's own file) and scales it down to
/// at most `fit` pixels (width, height), its shape kept; it is never enlarged. Of an animation the
/// first frame. Blocks for as long as `limits.wall` at most.
///
/// # Errors
/// [`PictureError`]; each reads as a clause for the user.
pub fn decode_picture(
    program: &Path,
    bytes: Vec<u8>,
    fit: (u32, u32),
    limits: PictureLimits,
) -> Result<Raster, PictureError> {
    let fit = (fit.0.clamp(1, MAX_SIDE), fit.1.clamp(1, MAX_SIDE));
    let longest = u64::from(fit.0) * u64::from(fit.1) * 4 + wire::HEAD;
    let ask = move |input: &mut ChildStdin| wire::ask(input, &bytes, fit, &limits);
    let given_up = AtomicBool::new(false);
    let answer = converse(program, PICTURE_ARGUMENT, ask, longest, limits.wall, &given_up);
    let answer = match answer {
        // What needs more than is allowed does so because it is large.
        Err(SandboxError::Died) => return Err(PictureError::TooLarge),
        other => other?,
    };
    match wire::understand(answer) {
        Some(Answer::Raster(raster)) => Ok(raster),
        Some(Answer::Unknown) => Err(PictureError::Unknown),
        Some(Answer::TooLarge) => Err(PictureError::TooLarge),
        Some(Answer::Broken) => Err(PictureError::Broken),
        None => Err(SandboxError::Answer("it is cut short".to_owned()).into()),
    }
}

/// Longest side that can be asked for, in pixels.
const MAX_SIDE: u32 = 16_384;

/// Answers the one question on `input`; for `main`, when the first argument is
/// [`PICTURE_ARGUMENT`]. Prints nothing but the answer.
#[must_use]
pub fn picture_child_main(mut input: impl Read, output: impl Write) -> ExitCode {
    // A panic on a picture is expected here, and its message is of no use to anyone.
    std::panic::set_hook(Box::new(|_| {}));
    match answer(&mut input, output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn answer(input: &mut impl Read, output: impl Write) -> io::Result<()> {
    let question = wire::hear(input, take_limits)?;
    let decoded = std::panic::catch_unwind(|| decode::decode(&question));
    wire::tell(io::BufWriter::new(output), &decoded.unwrap_or(Answer::Broken))
}
