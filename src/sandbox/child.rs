//! The child: takes its limits upon itself, hears one question, gives one answer, ends.

use std::io::{self, Read, Write};
use std::process::ExitCode;
use std::thread;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::wire::{self, Answer, Question};
use crate::article::{self, Page, View};

/// Deep pages need deep recursion in places; this is far more than the bounded depth takes.
const STACK: usize = 64 << 20;

/// Answers the one question on `input`; for `main`, when the first argument is
/// [`super::CHILD_ARGUMENT`]. Fails if the question is not one, the limits cannot be set, or nobody
/// listens; prints nothing but the answer.
#[must_use]
pub fn child_main(mut input: impl Read, mut output: impl Write) -> ExitCode {
    // A panic on a page is expected here, and its message is of no use to anyone.
    std::panic::set_hook(Box::new(|_| {}));
    match answer(&mut input, &mut output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn answer(input: &mut impl Read, output: &mut impl Write) -> io::Result<()> {
    let question = wire::hear(input, take_limits)?;
    let answer = read(question);
    let mut output = io::BufWriter::new(output);
    serde_json::to_writer(&mut output, &answer)?;
    output.flush()
}

/// Memory, processor time, no core files, no files written.
pub(super) fn take_limits(memory: u64, cpu_seconds: u64) -> io::Result<()> {
    lower(Resource::Core, 0)?;
    lower(Resource::Fsize, 0)?;
    lower(Resource::Cpu, cpu_seconds.max(1))?;
    match lower(Resource::As, memory) {
        // Some systems have no limit of address space; time still bounds what can be filled.
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
        other => other,
    }
}

/// Sets a limit, or keeps a lower one that is already there.
fn lower(resource: Resource, to: u64) -> io::Result<()> {
    let maximum = getrlimit(resource).maximum.map_or(to, |maximum| maximum.min(to));
    let limit = Rlimit { current: Some(maximum), maximum: Some(maximum) };
    setrlimit(resource, limit).map_err(io::Error::from)
}

/// Reads the page on a thread with a large stack. Where the choosing of the article fails on a page,
/// all of the page is better than nothing.
fn read(question: Question) -> Answer {
    let Question { page, view } = question;
    let attempt = |view: View| {
        let page = page.clone();
        let work = move || {
            let content_type = page.content_type.as_deref();
            let page = Page { url: &page.url, content_type, bytes: &page.bytes };
            let mut extracted = article::extract(&page, view)?;
            crate::text::colour(&mut extracted.document);
            Ok(extracted)
        };
        let thread = thread::Builder::new().stack_size(STACK).spawn(work).ok()?;
        thread.join().ok()
    };
    let result = match attempt(view) {
        None if view == View::Reader => attempt(View::Whole),
        other => other,
    };
    result.ok_or(None)?.map(Box::new).map_err(Some)
}
