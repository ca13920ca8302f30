//! The filler: one task per recording that asks for what is missing until nothing is, or nobody wants
//! it any more.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, HeaderMap, HeaderName, HeaderValue, IF_RANGE, RANGE,
};

use crate::fetch::{Answer, Ask, FetchError, Trust, next_chunk, parse, shown_address};

use super::answer::{Asked, Reading, Version, read};
use super::error::DownloadError;
use super::recording::Recording;
use super::sniff::{ENOUGH, Looks, look};
use super::space;
use super::writing::{NotTaken, Onward};

/// Redirects that are followed: podcast trackers come in chains.
const HOPS: usize = 20;

/// Longest `Retry-After` that is waited for.
const LONGEST_WAIT: u64 = 30;

/// Tries while the server was never reached: somebody waits for a first word.
const FIRST_TRIES: usize = 2;

/// Requests in a row that may bring nothing new.
const MOST_FRUITLESS: usize = 16;

/// Fills a recording.
pub(super) async fn fill(recording: Arc<Recording>) {
    let mut run = Run::new(recording);
    loop {
        let recording = Arc::clone(&run.recording);
        if recording.is_unwanted() {
            if let Err(error) = recording.checkpoint().await {
                return recording.fail(error);
            }
            if recording.rest() {
                return;
            }
        }
        match run.turn().await {
            Ok(Turn::Again) => {}
            Ok(Turn::Whole) => {
                return match recording.promote().await {
                    Ok(()) => {}
                    Err(error) => give_up(&recording, error),
                };
            }
            Err(error) => {
                let kept = recording.checkpoint().await;
                match run.pause_after(&error) {
                    Some(pause) if kept.is_ok() => run.wait(pause).await,
                    _ => return recording.fail(error),
                }
            }
        }
    }
}

/// What was filled turned out to be no recording, or could not be finished.
fn give_up(recording: &Recording, error: DownloadError) {
    if matches!(error, DownloadError::NotAudio { .. }) {
        // Keeping a text would only make every later try fail at the same place.
        if let Err(error) = recording.start_again() {
            tracing::warn!(%error, "text not dropped");
        }
    }
    recording.fail(error);
}

/// One life of the filler.
struct Run {
    recording: Arc<Recording>,
    /// Failures since there was progress.
    tries: usize,
    /// How often the file turned out changed.
    restarts: usize,
    /// A part did not fit to what is there; the whole is asked for to see which of them is right.
    doubt: bool,
    /// The server was reached at least once.
    connected: bool,
    /// Bytes that were there at the last failure.
    covered: u64,
    /// Requests in a row that brought nothing new.
    fruitless: usize,
}

/// How one request ended.
enum Turn {
    /// There is more to do.
    Again,
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

impl Run {
    fn new(recording: Arc<Recording>) -> Self {
        Self {
            recording,
            tries: 0,
            restarts: 0,
            doubt: false,
            connected: false,
            covered: 0,
            fruitless: 0,
        }
    }

    /// One request and its body. Many in a row without a new byte are a failure: nothing here may spin.
    async fn turn(&mut self) -> Result<Turn, DownloadError> {
        let before = self.recording.lock().record.have.covered();
        let turn = self.request().await?;
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
        let Some((asked, version)) = recording.next_ask() else { return Ok(Turn::Whole) };
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

    /// Sends the request. `None` if nobody wants it any more.
    async fn ask(&self, asked: Asked) -> Result<Option<Answer>, DownloadError> {
        let recording = &self.recording;
        let ask = build_ask(recording, asked)?;
        let asking = recording.client.ask(&ask);
        tokio::pin!(asking);
        loop {
            tokio::select! {
                answer = &mut asking => {
                    if answer.is_err() {
                        recording.forget_final_url();
                    }
                    return Ok(Some(answer?));
                }
                () = recording.attention.notified() => {
                    if recording.is_unwanted() {
                        return Ok(None);
                    }
                }
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
        loop {
            let chunk = tokio::select! {
                chunk = next_chunk(&mut body.answer.response, recording.tuning.idle) => {
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
            let onward = match recording.take(body.version, body.at, bytes) {
                Ok(onward) => onward,
                Err(NotTaken::Error(error)) => return Err(error),
                Err(NotTaken::Changed) if body.whole => {
                    return self.start_again().map(|_| Turn::Again);
                }
                Err(NotTaken::Changed) => return self.doubt_parts(),
            };
            body.at += bytes.len() as u64;
            if ended {
                return self.end_of(&body);
            }
            if recording.lock().unsaved >= recording.tuning.checkpoint {
                recording.checkpoint().await?;
            }
            if onward == Onward::Elsewhere {
                return Ok(Turn::Again);
            }
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

    /// How long to wait after a failure; `None` to give up.
    fn pause_after(&mut self, error: &DownloadError) -> Option<Duration> {
        let DownloadError::Fetch(error) = error else { return None };
        let tuning = Arc::clone(&self.recording.tuning);
        let covered = self.recording.lock().record.have.covered();
        if covered >= self.covered.saturating_add(tuning.progress) {
            self.tries = 0;
        }
        self.covered = covered;
        let lost = matches!(
            error,
            FetchError::UnknownHost { .. }
                | FetchError::Unreachable { .. }
                | FetchError::Timeout { .. }
        );
        let allowed = match (self.connected, lost) {
            (true, _) => tuning.backoff.len(),
            // Whoever is offline is told so at once.
            (false, true) => 0,
            (false, false) => FIRST_TRIES,
        };
        let asked = error.retry_after();
        let too_long = asked.is_some_and(|asked| asked > LONGEST_WAIT);
        if !error.is_worth_waiting() || self.tries >= allowed || too_long {
            return None;
        }
        let pause = *tuning.backoff.get(self.tries)?;
        self.tries += 1;
        Some(pause.max(Duration::from_secs(asked.unwrap_or(0))))
    }

    /// Waits, unless nobody wants the recording any more.
    async fn wait(&self, pause: Duration) {
        let pause = tokio::time::sleep(pause);
        tokio::pin!(pause);
        loop {
            tokio::select! {
                () = &mut pause => return,
                () = self.recording.attention.notified() => {
                    if self.recording.is_unwanted() {
                        return;
                    }
                }
            }
        }
    }
}

fn build_ask(recording: &Recording, asked: Asked) -> Result<Ask, DownloadError> {
    let record = recording.lock().record.clone();
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("audio/*, video/*;q=0.9, */*;q=0.5"));
    // Recordings do not shrink, and ranges of a compressed body are ranges of something else.
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    if asked.is_range() {
        set(&mut headers, RANGE, &asked.header());
        if let Some(mark) = record.if_range() {
            set(&mut headers, IF_RANGE, mark);
        }
    }
    let found = record.final_url.filter(|found| *found != record.url);
    let (url, trust) = match (found, &recording.job.trust) {
        // Where redirects led is not what the user named.
        (Some(found), Trust::Named) => (found, Trust::FromContent { of: Some(record.url) }),
        (Some(found), trust) => (found, trust.clone()),
        (None, trust) => (record.url, trust.clone()),
    };
    Ok(Ask { url: parse(&url)?, trust, headers, hops: HOPS })
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
