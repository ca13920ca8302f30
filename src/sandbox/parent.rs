//! The parent: starts the child, asks, waits no longer than allowed.

use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use super::wire::{self, Answer};
use super::{CHILD_ARGUMENT, Limits, OwnedPage, SandboxError};
use crate::article::{Extracted, View};

/// Reads a page in a child process: `program` is this program's own file. Blocks for as long as
/// `limits.wall` at most; call it where blocking is fine. A page that kills the child while its
/// article is looked for is read once more as a whole, in a third of the time.
///
/// # Errors
/// [`SandboxError`]; each reads as a sentence for the user.
pub fn extract(
    program: &Path,
    page: OwnedPage,
    view: View,
    limits: Limits,
) -> Result<Extracted, SandboxError> {
    extract_unless(program, page, view, limits, &AtomicBool::new(false))
}

/// The same; the child ends soon after `given_up` has become true.
///
/// # Errors
/// As [`extract`]; [`SandboxError::Died`] if it was given up.
pub fn extract_unless(
    program: &Path,
    page: OwnedPage,
    view: View,
    limits: Limits,
    given_up: &AtomicBool,
) -> Result<Extracted, SandboxError> {
    if view == View::Whole {
        return attempt(program, page, view, &limits, limits.wall, given_up);
    }
    let third = limits.wall / 3;
    let most = limits.wall.saturating_sub(third);
    let first = attempt(program, page.clone(), view, &limits, most, given_up);
    match first {
        Err(SandboxError::Died) if !given_up.load(Ordering::Relaxed) => {
            attempt(program, page, View::Whole, &limits, third, given_up)
        }
        other => other,
    }
}

fn attempt(
    program: &Path,
    page: OwnedPage,
    view: View,
    limits: &Limits,
    wall: Duration,
    given_up: &AtomicBool,
) -> Result<Extracted, SandboxError> {
    let own = *limits;
    let ask = move |input: &mut ChildStdin| wire::ask(input, &page, view, &own);
    let answer = converse(program, CHILD_ARGUMENT, ask, limits.answer, wall, given_up)?;
    match serde_json::from_slice::<Answer>(&answer) {
        Ok(Ok(extracted)) => Ok(*extracted),
        Ok(Err(Some(error))) => Err(error.into()),
        // It died while it wrote.
        Err(error) if error.is_eof() => Err(SandboxError::Died),
        Ok(Err(None)) => Err(SandboxError::Died),
        Err(error) => Err(SandboxError::Answer(error.to_string())),
    }
}

/// Starts a child, asks and waits for the answer. Both pipes have a thread of their own: a child that
/// does not read or does not stop writing blocks that thread, and its death releases it.
pub(super) fn converse(
    program: &Path,
    argument: &str,
    ask: impl FnOnce(&mut ChildStdin) -> io::Result<()> + Send + 'static,
    longest: u64,
    wall: Duration,
    given_up: &AtomicBool,
) -> Result<Vec<u8>, SandboxError> {
    let child = Command::new(program)
        .arg(argument)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(SandboxError::Start)?;
    let mut child = Ended(child);
    let (Some(mut input), Some(output)) = (child.0.stdin.take(), child.0.stdout.take()) else {
        return Err(SandboxError::Answer("it has no pipes".to_owned()));
    };
    thread::Builder::new()
        .name("sandbox-ask".to_owned())
        // A child that dies early closes the pipe; the missing answer tells of it.
        .spawn(move || drop(ask(&mut input)))
        .map_err(SandboxError::Start)?;
    let (sender, receiver) = mpsc::channel();
    thread::Builder::new()
        .name("sandbox-hear".to_owned())
        .spawn(move || {
            let mut answer = Vec::new();
            let read = output.take(longest.saturating_add(1)).read_to_end(&mut answer);
            // Nobody listens any more once the time is over.
            drop(sender.send(read.map(|_| answer)));
        })
        .map_err(SandboxError::Start)?;
    match wait(&receiver, wall, given_up) {
        Ok(Ok(answer)) if answer.is_empty() => Err(SandboxError::Died),
        Ok(Ok(answer)) if answer.len() as u64 > longest => {
            Err(SandboxError::Answer("it is too long".to_owned()))
        }
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(error)) => Err(SandboxError::Answer(error.to_string())),
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Err(SandboxError::Died),
    }
}

/// Waits for the answer no longer than allowed, looking up now and then.
fn wait<T>(
    receiver: &Receiver<T>,
    wall: Duration,
    given_up: &AtomicBool,
) -> Result<T, RecvTimeoutError> {
    let end = Instant::now() + wall;
    loop {
        let left = end.saturating_duration_since(Instant::now());
        match receiver.recv_timeout(left.min(LOOK_UP)) {
            Err(RecvTimeoutError::Timeout)
                if left > LOOK_UP && !given_up.load(Ordering::Relaxed) => {}
            answer => return answer,
        }
    }
}

/// How often it is looked whether somebody still waits.
const LOOK_UP: Duration = Duration::from_millis(100);

/// A child that is ended and waited for whatever happens.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to kill.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}
