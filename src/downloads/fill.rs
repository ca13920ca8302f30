//! The filler: one task per recording that asks for what is missing until nothing is, or nobody wants
//! it any more.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, HeaderMap, HeaderName, HeaderValue, IF_RANGE, RANGE,
};

use crate::fetch::{Accept, Answer, Ask, FetchError, Trust, parse};

use super::answer::Asked;
use super::error::DownloadError;
use super::recording::Recording;
use super::turn::Turn;

/// Redirects that are followed: podcast trackers come in chains.
const HOPS: usize = 20;

/// Longest `Retry-After` that is waited for.
const LONGEST_WAIT: u64 = 30;

/// Tries while the server was never reached: somebody waits for a first word.
const FIRST_TRIES: usize = 2;

/// Fills a recording.
pub(super) async fn fill(recording: Arc<Recording>) {
    let mut run = Run::new(recording);
    loop {
        let recording = Arc::clone(&run.recording);
        if recording.is_unwanted() && !recording.is_all_there() {
            if let Err(error) = recording.checkpoint().await {
                return recording.fail(error);
            }
            if recording.rest() {
                return;
            }
        }
        match run.turn().await {
            Ok(Turn::Again) => {}
            Ok(Turn::Rest(pause)) => {
                // The program may be killed while it rests.
                if let Err(error) = recording.checkpoint().await {
                    return recording.fail(error);
                }
                run.rest(pause).await;
            }
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
pub(super) struct Run {
    pub(super) recording: Arc<Recording>,
    /// Failures since there was progress.
    pub(super) tries: usize,
    /// How often the file turned out changed.
    pub(super) restarts: usize,
    /// A part did not fit to what is there; the whole is asked for to see which of them is right.
    pub(super) doubt: bool,
    /// The server was reached at least once.
    pub(super) connected: bool,
    /// Bytes that were there at the last failure.
    pub(super) covered: u64,
    /// Requests in a row that brought nothing new.
    pub(super) fruitless: usize,
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

    /// Sends the request. `None` if nobody wants it any more.
    pub(super) async fn ask(&self, asked: Asked) -> Result<Option<Answer>, DownloadError> {
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

    /// Waits until somebody calls, but no longer than that.
    async fn rest(&self, pause: Duration) {
        // Whoever called while nobody listened is heard at once.
        let _ = tokio::time::timeout(pause, self.recording.attention.notified()).await;
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
    Ok(Ask { url: parse(&url)?, trust, headers, accept: Accept::Any, hops: HOPS })
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
