//! The client: asks within limits, tries again where that helps, and understands the answer.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::header::{
    ACCEPT, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, LAST_MODIFIED,
};
use url::Url;

use crate::model::{Language, NetworkSettings};

use super::body::{self, BodyError, ChunkError};
use super::causes;
use super::cookies::Cookies;
use super::embedded::{embedded, reply};
use super::error::FetchError;
use super::freshness::fresh_for;
use super::hosts::{Hosts, SeenInPublic};
use super::logins::{Login, Logins};
use super::manners::{CHINESE_FIRST, ENGLISH_FIRST};
use super::patience::Patience;
use super::redirect::{Answer, Ask, parse};
use super::request::{Accept, Reply, Request, Status, Trust};
use super::shown::{shown, shown_text};
use super::transport::Transport;

/// Redirects that are followed for a page or feed.
const HOPS: usize = 10;

/// Longest header value that is kept or sent back.
const LONGEST_HEADER: usize = 4096;

/// The one HTTP client. Cheap to clone; clones share connections and the seats per host (four requests
/// to one host at a time, two for pages) and the cookies of this run.
#[derive(Debug, Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    transport: Transport,
    patience: Patience,
    hosts: Hosts,
    seen_in_public: SeenInPublic,
    cookies: Cookies,
    logins: Logins,
    languages: OnceLock<&'static str>,
    offline: AtomicBool,
}

impl Client {
    /// A client with the patience that the settings ask for.
    ///
    /// # Errors
    ///
    /// [`FetchError::Setup`] if the HTTP library cannot be set up. A machine without certificate
    /// authorities is no error: http works there, and https says what is missing.
    pub fn new(settings: &NetworkSettings) -> Result<Self, FetchError> {
        let client = Self::with_patience(Patience::from(settings))?;
        client.set_offline(settings.offline);
        Ok(client)
    }

    /// A client with its own patience.
    ///
    /// # Errors
    ///
    /// As [`Self::new`].
    pub fn with_patience(patience: Patience) -> Result<Self, FetchError> {
        let transport = Transport::new(&patience)?;
        let (hosts, seen_in_public) = (Hosts::default(), SeenInPublic::default());
        let (cookies, logins, languages) = Default::default();
        let offline = AtomicBool::new(false);
        let inner = Inner {
            transport,
            patience,
            hosts,
            seen_in_public,
            cookies,
            logins,
            languages,
            offline,
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Tells sites from now on which language the reader likes best; the first call counts. Chinese
    /// before anything is said.
    pub fn read_in(&self, language: Language) {
        let languages = match language {
            Language::English => ENGLISH_FIRST,
            Language::Auto | Language::Chinese => CHINESE_FIRST,
        };
        if self.inner.languages.set(languages).is_err() {
            tracing::debug!("the language of pages was told before");
        }
    }

    /// Uses this login from now on: for its address, and for all else on its host. It goes to no other
    /// host, whatever redirects say.
    pub fn log_in(&self, login: Login) {
        self.inner.logins.put(login);
    }

    /// Fetches a thing into memory: conditionally if the request says what is at hand, at most
    /// `limit` bytes after decompression, following at most ten redirects, trying again after connection
    /// errors and 5xx. Needs a tokio runtime.
    ///
    /// # Errors
    ///
    /// A [`FetchError`] for everything but success, 304 and 410.
    pub async fn get(&self, request: Request) -> Result<Reply, FetchError> {
        if let Some(file) = embedded(&request.url) {
            return file.map(|file| reply(&request.url, file));
        }
        let url = parse(&request.url)?;
        let host = url.host_str().unwrap_or_default().to_owned();
        let seat = match request.accept {
            Accept::Page => self.inner.hosts.seat_for_page(&host).await,
            Accept::Feed | Accept::Json | Accept::Picture | Accept::Any => {
                self.inner.hosts.seat(&host).await
            }
        };
        let total = self.inner.patience.total;
        let outcome = tokio::time::timeout(total, self.get_patiently(&request, &url)).await;
        drop(seat);
        outcome.unwrap_or_else(|_| Err(FetchError::Timeout { url: shown(&url), after: total }))
    }

    /// Asks whether an address may be and is reached: an answer of any status will do, its body is not
    /// read.
    ///
    /// # Errors
    ///
    /// A [`FetchError`] if there is no answer.
    pub async fn reaches(&self, url: &str, trust: Trust) -> Result<(), FetchError> {
        let accept = Accept::Any;
        let ask = Ask { url: parse(url)?, trust, headers: HeaderMap::new(), accept, hops: HOPS };
        self.ask(&ask).await.map(|_| ())
    }

    /// From now on nothing is asked of any network, or again.
    pub fn set_offline(&self, on: bool) {
        self.inner.offline.store(on, Ordering::SeqCst);
    }

    /// Whether nothing is asked of any network.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        self.inner.offline.load(Ordering::SeqCst)
    }

    /// The error in offline mode.
    pub(crate) fn check_offline(&self, url: &Url) -> Result<(), FetchError> {
        if self.is_offline() { Err(FetchError::Offline { url: shown(url) }) } else { Ok(()) }
    }

    async fn get_patiently(&self, request: &Request, url: &Url) -> Result<Reply, FetchError> {
        let ask = Ask {
            url: url.clone(),
            trust: request.trust.clone(),
            headers: headers(request),
            accept: request.accept,
            hops: HOPS,
        };
        let mut pauses = self.inner.patience.backoff.iter();
        loop {
            let error = match self.get_once(request, &ask).await {
                Ok(reply) => return Ok(reply),
                Err(error) => error,
            };
            let Some(pause) = pauses.next().filter(|_| error.is_passing()) else {
                return Err(error);
            };
            let asked = error.retry_after().map(Duration::from_secs);
            if asked.is_some_and(|asked| asked > self.inner.patience.retry_after) {
                return Err(error);
            }
            tokio::time::sleep(asked.unwrap_or_default().max(*pause)).await;
        }
    }

    async fn get_once(&self, request: &Request, ask: &Ask) -> Result<Reply, FetchError> {
        let mut answer = self.ask(ask).await?;
        let status = match answer.response.status().as_u16() {
            304 if request.etag.is_some() || request.last_modified.is_some() => Status::NotModified,
            410 => Status::Gone,
            200..=299 => Status::Fresh,
            _ => return Err(answer.status_error()),
        };
        let body = match status {
            Status::Fresh => self.body(&mut answer, request.limit).await?,
            Status::NotModified | Status::Gone => Vec::new(),
        };
        let header = |name| header(answer.response.headers(), &name);
        Ok(Reply {
            status,
            body,
            content_type: header(CONTENT_TYPE).map(|text| shown_text(&text)),
            moved_to: answer.moved_to.as_ref().map(ToString::to_string),
            etag: header(ETAG),
            last_modified: header(LAST_MODIFIED),
            fresh_for: fresh_for(answer.response.headers()),
            retry_after: answer.retry_after(),
            downgraded: answer.downgraded,
            final_url: answer.final_url.into(),
        })
    }

    async fn body(&self, answer: &mut Answer, limit: u64) -> Result<Vec<u8>, FetchError> {
        let read = body::read(&mut answer.response, limit, self.inner.patience.idle).await;
        read.map_err(|error| match error {
            BodyError::TooLarge => FetchError::TooLarge { url: shown(&answer.final_url), limit },
            BodyError::Chunk(error) => self.understand_chunk(error, &answer.final_url),
        })
    }

    /// The sentence for a chunk that did not come.
    pub(crate) fn understand_chunk(&self, error: ChunkError, url: &Url) -> FetchError {
        body::understand(error, shown(url), self.inner.transport.certificates)
    }

    pub(super) fn understand(&self, error: &reqwest::Error, url: &Url) -> FetchError {
        let connect = self.inner.patience.connect;
        causes::understand(error, shown(url), connect, self.inner.transport.certificates)
    }

    pub(super) fn transport(&self) -> &Transport {
        &self.inner.transport
    }

    pub(super) fn seen_in_public(&self) -> &SeenInPublic {
        &self.inner.seen_in_public
    }

    pub(super) fn logins(&self) -> &Logins {
        &self.inner.logins
    }

    pub(super) fn cookies(&self) -> &Cookies {
        &self.inner.cookies
    }

    pub(super) fn languages(&self) -> &'static str {
        self.inner.languages.get().copied().unwrap_or(CHINESE_FIRST)
    }

    /// How long this client waits.
    #[must_use]
    pub fn patience(&self) -> &Patience {
        &self.inner.patience
    }
}

fn headers(request: &Request) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static(request.accept.header()));
    for (name, value) in
        [(IF_NONE_MATCH, &request.etag), (IF_MODIFIED_SINCE, &request.last_modified)]
    {
        let value = value.as_deref().filter(|value| value.len() <= LONGEST_HEADER);
        // A stored value that no header can carry only costs the condition, not the request.
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
            headers.insert(name, value);
        }
    }
    headers
}

/// A header as text, if it is one and of sane length.
pub(crate) fn header(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let value = headers.get(name)?;
    let text = std::str::from_utf8(value.as_bytes()).ok()?.trim();
    (!text.is_empty() && text.len() <= LONGEST_HEADER).then(|| text.to_owned())
}
