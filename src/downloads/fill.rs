//! The filler: one task per recording that asks for what is missing until nothing is, or nobody wants
//! it any more.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{ACCEPT, ACCEPT_ENCODING, HeaderMap, HeaderName, HeaderValue, IF_RANGE, RANGE};

use crate::fetch::{Answer, Ask, FetchError, Trust, next_chunk, parse};

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

/// Fills a recording.
pub(super) async fn fill(recording: Arc<Recording>) {
    let mut run = Run { recording, tries: 0, restarts: 0, connected: false, covered: 0 };
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
                if let Err(error) = recording.promote().await {
                    recording.fail(error);
                }
                return;
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

/// One life of the filler.
struct Run {
    recording: Arc<Recording>,
    /// Failures since there was progress.
    tries: usize,
    /// How often the file turned out changed.
    restarts: usize,
    /// The server was reached at least once.
    connected: bool,
    /// Bytes that were there at the last failure.
    covered: u64,
}

/// How one request ended.
enum Turn {
    /// There is more to do.
    Again,
    /// Nothing is missing.
    Whole,
}

impl Run {
    /// One request and its body.
    async fn turn(&mut self) -> Result<Turn, DownloadError> {
        let recording = Arc::clone(&self.recording);
        let Some((asked, version)) = recording.next_ask() else { return Ok(Turn::Whole) };
        let Some(answer) = self.ask(asked).await? else { return Ok(Turn::Again) };
        self.connected = true;
        let known = recording.lock().record.clone();
        let status = answer.response.status().as_u16();
        match read(asked, status, answer.response.headers(), &known) {
            Reading::Body { offset, end, version: facts, whole, changed } => {
                let version = if changed { self.start_again()? } else { version };
                let ranges = (asked.is_range() && !changed).then_some(!whole);
                self.check_room(&facts)?;
                recording.adopt(facts, answer.final_url.as_str(), ranges);
                self.body(answer, Body { version, at: offset, end, whole }).await
            }
            Reading::StartAgain => self.start_again().map(|_| Turn::Again),
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
    async fn body(&mut self, mut answer: Answer, body: Body) -> Result<Turn, DownloadError> {
        let recording = Arc::clone(&self.recording);
        let Body { version, mut at, end, whole } = body;
        // The first bytes are held back until they are known to be no error page.
        let mut first = (at == 0).then(Vec::new);
        loop {
            let chunk = tokio::select! {
                chunk = next_chunk(&mut answer.response, recording.tuning.idle) => {
                    chunk.map_err(|error| {
                        recording.client.understand_chunk(error, &answer.final_url)
                    })?
                }
                () = recording.attention.notified() => {
                    match recording.onward(version, at) {
                        Onward::Continue => continue,
                        Onward::Elsewhere => return Ok(Turn::Again),
                    }
                }
            };
            let ended = chunk.is_none();
            let bytes = chunk.as_ref().map_or(&[][..], AsRef::as_ref);
            let held = match &mut first {
                Some(held) => {
                    held.extend_from_slice(bytes);
                    if held.len() < ENOUGH && !ended {
                        continue;
                    }
                    refuse_text(&recording, held)?;
                    first.take()
                }
                None => None,
            };
            let bytes = held.as_deref().unwrap_or(bytes);
            let onward = match recording.take(version, at, bytes) {
                Ok(onward) => onward,
                Err(NotTaken::Error(error)) => return Err(error),
                Err(NotTaken::Changed) => return self.start_again().map(|_| Turn::Again),
            };
            at += bytes.len() as u64;
            if ended {
                return end_of_body(&recording, &answer, at, end, whole);
            }
            if recording.lock().unsaved >= recording.tuning.checkpoint {
                recording.checkpoint().await?;
            }
            if onward == Onward::Elsewhere {
                return Ok(Turn::Again);
            }
        }
    }

    /// Drops what is there, but not for ever.
    fn start_again(&mut self) -> Result<u64, DownloadError> {
        self.restarts += 1;
        if self.restarts > self.recording.tuning.restarts {
            return Err(DownloadError::KeepsChanging { url: self.recording.shown() });
        }
        self.covered = 0;
        self.recording.start_again()
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
            FetchError::UnknownHost { .. } | FetchError::Unreachable { .. } | FetchError::Timeout { .. }
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

/// What is known of a body that is to be read.
struct Body {
    version: u64,
    at: u64,
    end: Option<u64>,
    whole: bool,
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

fn refuse_text(recording: &Recording, first: &[u8]) -> Result<(), DownloadError> {
    match look(first) {
        Looks::Text(what) => Err(DownloadError::NotAudio { url: recording.shown(), what }),
        Looks::Media(_) | Looks::Binary => Ok(()),
    }
}

/// A body ended: where it should have, or too early?
fn end_of_body(
    recording: &Recording,
    answer: &Answer,
    at: u64,
    end: Option<u64>,
    whole: bool,
) -> Result<Turn, DownloadError> {
    match end {
        Some(end) if at < end => {
            let url = crate::fetch::shown_address(answer.final_url.as_str());
            Err(FetchError::Dropped { url }.into())
        }
        None if whole => {
            // No length was given: the end of the answer is the end of the file.
            recording.ends_at(at);
            Ok(Turn::Again)
        }
        _ => Ok(Turn::Again),
    }
}
