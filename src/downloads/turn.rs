//! One request of the filler: what the answer means, and its body on the way into the part file.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::fetch::{Answer, FetchError, next_chunk, shown_address};

use super::answer::{Asked, Reading, Version, read};
use super::asking::Next;
use super::error::DownloadError;
use super::fill::Run;
use super::sniff::{ENOUGH, Looks, look};
use super::space;
use super::writing::{NotTaken, Onward};

/// Requests in a row that may bring nothing new.
const MOST_FRUITLESS: usize = 16;

/// How one request ended.
pub(super) enum Turn {
    /// There is more to do.
    Again,
    /// There is more to do, but not before this time, unless somebody calls.
    Rest(Duration),
    /// Nothing is missing.
    Whole,
}

/// A body that is to be read.
struct Body {
    answer: Answer,
    /// Where its next byte belongs.
    at: u64,
    /// Where it ends if nothing breaks.
    end: Option<u64>,
    /// The version of the part file that it goes to.
    version: u64,
    facts: Version,
    whole: bool,
    changed: bool,
    ranges: Option<bool>,
}

/// What became of some bytes.
enum Placed {
    /// They are in the part file.
    There(Onward),
    /// They are of another version.
    Not,
}

impl Run {
    /// One request and its body. Many in a row without a new byte are a failure: nothing here may spin.
    pub(super) async fn turn(&mut self) -> Result<Turn, DownloadError> {
        let before = self.recording.lock().record.have.covered();
        let turn = self.request().await?;
        if matches!(turn, Turn::Rest(_)) {
            return Ok(turn);
        }
        let after = self.recording.lock().record.have.covered();
        self.fruitless = if after > before { 0 } else { self.fruitless + 1 };
        if self.fruitless > MOST_FRUITLESS {
            self.fruitless = 0;
            return Err(FetchError::Dropped { url: self.recording.shown() }.into());
        }
        Ok(turn)
    }

    async fn request(&mut self) -> Result<Turn, DownloadError> {
        let recording = Arc::clone(&self.recording);
        let (asked, version) = match recording.next() {
            Next::Ask(asked, version) => (asked, version),
            Next::Rest(pause) => return Ok(Turn::Rest(pause)),
            Next::Whole => return Ok(Turn::Whole),
        };
        let asked = if self.doubt { Asked::default() } else { asked };
        let Some(answer) = self.ask(asked).await? else { return Ok(Turn::Again) };
        self.connected = true;
        let known = recording.lock().record.clone();
        let status = answer.response.status().as_u16();
        match read(asked, status, answer.response.headers(), &known) {
            Reading::Body { offset: at, end, version: facts, whole, changed } => {
                let ranges = match (asked.is_range(), self.doubt && whole && !changed) {
                    (true, _) if !changed => Some(!whole),
                    // The whole is what it was, so the part that did not fit was wrong.
                    (_, true) => Some(false),
                    _ => None,
                };
                self.doubt = false;
                self.body(Body { answer, at, end, version, facts, whole, changed, ranges }).await
            }
            Reading::StartAgain => self.doubt_parts(),
            Reading::NoRanges => {
                if recording.lock().ranges == Some(false) {
                    return Err(DownloadError::KeepsChanging { url: recording.shown() });
                }
                recording.lock().ranges = Some(false);
                Ok(Turn::Again)
            }
            Reading::Finished(total) => {
                recording.ends_at(total);
                Ok(Turn::Again)
            }
            Reading::Status => {
                // The place that redirects led to may have expired; the address itself is asked once.
                let stale = matches!(status, 400 | 401 | 403 | 404 | 410);
                if stale && recording.forget_final_url() {
                    return Ok(Turn::Again);
                }
                Err(answer.status_error().into())
            }
        }
    }

    /// Reads a body into the part file.
    async fn body(&mut self, mut body: Body) -> Result<Turn, DownloadError> {
        let recording = Arc::clone(&self.recording);
        // The first bytes are held back until they are known to be no error page: nothing that is there
        // is given up for one.
        let mut first = (body.at == 0).then(Vec::new);
        if first.is_none() {
            self.begin(&mut body)?;
        }
        let mut heard = Instant::now();
        loop {
            // Readers that call meanwhile do not make a silent server look alive.
            let patience = recording.tuning.idle.saturating_sub(heard.elapsed());
            let chunk = tokio::select! {
                chunk = next_chunk(&mut body.answer.response, patience) => {
                    chunk.map_err(|error| {
                        recording.client.understand_chunk(error, &body.answer.final_url)
                    })?
                }
                () = recording.attention.notified() => {
                    match recording.onward(body.version, body.at) {
                        Onward::Continue => continue,
                        Onward::Elsewhere => return Ok(Turn::Again),
                    }
                }
            };
            heard = Instant::now();
            recording.client.check_offline(&body.answer.final_url)?;
            let ended = chunk.is_none();
            let bytes = chunk.as_ref().map_or(&[][..], AsRef::as_ref);
            if let Some(held) = &mut first {
                held.extend_from_slice(bytes);
                if held.len() < ENOUGH && !ended {
                    continue;
                }
                if let Looks::Text(what) = look(held) {
                    return self.refuse(what);
                }
                self.begin(&mut body)?;
            }
            let held = first.take();
            let bytes = held.as_deref().unwrap_or(bytes);
            let onward = match self.put(&mut body, bytes)? {
                Placed::There(onward) => onward,
                Placed::Not => return Ok(Turn::Again),
            };
            if ended {
                return self.end_of(&body);
            }
            if recording.is_due() {
                recording.checkpoint().await?;
            }
            if onward == Onward::Elsewhere {
                return Ok(Turn::Again);
            }
        }
    }

    /// Puts the next bytes of a body where they belong, unless they are not what they should be.
    fn put(&mut self, body: &mut Body, bytes: &[u8]) -> Result<Placed, DownloadError> {
        let past = body.end.is_some_and(|end| body.at + bytes.len() as u64 > end);
        if past && !body.whole {
            // More than the part that was promised: whatever it is, it is not that part.
            return self.doubt_parts().map(|_| Placed::Not);
        }
        match self.recording.take(body.version, body.at, bytes) {
            Ok(onward) => {
                body.at += bytes.len() as u64;
                Ok(Placed::There(onward))
            }
            Err(NotTaken::Error(error)) => Err(error),
            Err(NotTaken::Changed) if body.whole => self.start_again().map(|_| Placed::Not),
            Err(NotTaken::Changed) => self.doubt_parts().map(|_| Placed::Not),
        }
    }

    /// The body is a recording's: its version counts from now on.
    fn begin(&mut self, body: &mut Body) -> Result<(), DownloadError> {
        if body.changed {
            body.version = self.start_again()?;
        }
        self.check_room(&body.facts)?;
        let facts = std::mem::take(&mut body.facts);
        self.recording.adopt(facts, body.answer.final_url.as_str(), body.ranges);
        Ok(())
    }

    /// A body ended: where it should have, or too early?
    fn end_of(&mut self, body: &Body) -> Result<Turn, DownloadError> {
        let recording = &self.recording;
        let (total, there) = {
            let inside = recording.lock();
            (inside.record.total, inside.record.have.end())
        };
        let early = body.end.or(total.filter(|_| body.whole)).is_some_and(|end| body.at < end);
        if early {
            let url = shown_address(body.answer.final_url.as_str());
            return Err(FetchError::Dropped { url }.into());
        }
        // No length was given: the end of the answer is the end of the file. An open range may be served
        // piece by piece, so there only one that brings nothing new is the end.
        let nothing_new = body.at == there && self.fruitless > 0;
        if total.is_none() && (body.whole || nothing_new) {
            if there > body.at {
                return self.start_again().map(|_| Turn::Again);
            }
            recording.ends_at(body.at);
        }
        Ok(Turn::Again)
    }

    /// A text came instead of a recording. Where redirects led before may have expired, so the address
    /// itself is asked once more.
    fn refuse(&self, what: &'static str) -> Result<Turn, DownloadError> {
        if self.recording.forget_final_url() {
            return Ok(Turn::Again);
        }
        Err(DownloadError::NotAudio { url: self.recording.shown(), what })
    }

    /// A part is not of the version that is there. Only the whole tells which of them is right.
    fn doubt_parts(&mut self) -> Result<Turn, DownloadError> {
        self.doubt = true;
        self.count_restart().map(|()| Turn::Again)
    }

    /// Drops what is there, but not for ever.
    fn start_again(&mut self) -> Result<u64, DownloadError> {
        self.count_restart()?;
        self.covered = 0;
        self.recording.start_again()
    }

    fn count_restart(&mut self) -> Result<(), DownloadError> {
        self.restarts += 1;
        if self.restarts > self.recording.tuning.restarts.saturating_mul(2) {
            return Err(DownloadError::KeepsChanging { url: self.recording.shown() });
        }
        Ok(())
    }

    fn check_room(&self, facts: &Version) -> Result<(), DownloadError> {
        let recording = &self.recording;
        let Some(total) = facts.total else { return Ok(()) };
        let limit = recording.tuning.largest;
        if total > limit {
            return Err(DownloadError::TooLarge { url: recording.shown(), limit });
        }
        let missing = total.saturating_sub(recording.lock().record.have.covered());
        match space::free(recording.names.folder()) {
            Some(free) if free < missing => Err(DownloadError::NoSpace {
                folder: recording.names.folder().display().to_string(),
                needed: missing - free,
            }),
            _ => Ok(()),
        }
    }
}
