//! One question, its redirects, and the answer at their end. Every hop is checked anew.

use std::collections::BTreeSet;

use reqwest::header::{
    AUTHORIZATION, HeaderMap, HeaderValue, LOCATION, RETRY_AFTER, WWW_AUTHENTICATE,
};
use reqwest::{Response, StatusCode};
use url::Url;

use super::address::{Place, said_by};
use super::client::Client;
use super::error::FetchError;
use super::manners;
use super::request::{Accept, Trust};
use super::resolve::{Reach, lookup};
use super::shown::{shown, shown_text};

/// A question to a server.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    /// Where.
    pub(crate) url: Url,
    /// Who named it.
    pub(crate) trust: Trust,
    /// Headers besides the client's own.
    pub(crate) headers: HeaderMap,
    /// What kind of thing; pages are asked for as a reader asks.
    pub(crate) accept: Accept,
    /// Most redirects to follow.
    pub(crate) hops: usize,
}

/// An answer whose body was not read yet.
#[derive(Debug)]
pub(crate) struct Answer {
    /// Any status but a redirect.
    pub(crate) response: Response,
    /// Where it was found.
    pub(crate) final_url: Url,
    /// The end of the permanent part of the chain.
    pub(crate) moved_to: Option<Url>,
    /// A redirect led from https to http.
    pub(crate) downgraded: bool,
}

impl Answer {
    /// `Retry-After` in seconds.
    pub(crate) fn retry_after(&self) -> Option<u64> {
        retry_after(self.response.headers())
    }

    /// The error that the status stands for.
    pub(crate) fn status_error(&self) -> FetchError {
        if self.response.status() == StatusCode::UNAUTHORIZED && self.wants_no_basic() {
            return FetchError::UnknownLogin { url: shown(&self.final_url) };
        }
        FetchError::Status {
            url: shown(&self.final_url),
            status: self.response.status().as_u16(),
            retry_after: self.retry_after(),
        }
    }
}

impl Answer {
    /// It names ways to log in, and Basic is none of them.
    fn wants_no_basic(&self) -> bool {
        let ways = self.response.headers().get_all(WWW_AUTHENTICATE);
        let mut ways = ways.iter().filter_map(|way| way.to_str().ok()).peekable();
        let basic = |way: &str| way.to_ascii_lowercase().split([',', ' ']).any(|w| w == "basic");
        ways.peek().is_some() && !ways.any(basic)
    }
}

/// Reads an address that may be asked for.
pub(crate) fn parse(text: &str) -> Result<Url, FetchError> {
    let url = Url::parse(text.trim())
        .map_err(|why| FetchError::BadAddress { url: shown_text(text), why: why.to_string() })?;
    check_scheme(&url)?;
    Ok(url)
}

fn check_scheme(url: &Url) -> Result<(), FetchError> {
    if matches!(url.scheme(), "http" | "https") && url.has_host() {
        Ok(())
    } else {
        Err(FetchError::NotHttp { url: shown(url) })
    }
}

impl Client {
    /// Asks, follows redirects, and returns the first answer that is none.
    pub(crate) async fn ask(&self, ask: &Ask) -> Result<Answer, FetchError> {
        let mut walk = Walk::new(ask);
        loop {
            let response = self.first_or_next(&mut walk, ask).await?;
            match walk.step(&response)? {
                Step::Arrived => {
                    return Ok(Answer {
                        response,
                        final_url: walk.url,
                        moved_to: walk.moved_to,
                        downgraded: walk.downgraded,
                    });
                }
                Step::Onward(next) => {
                    walk.reach = self.reach_after(&walk, &response).await;
                    walk.onward(next);
                }
            }
        }
    }

    /// Sends one hop. A first hop that content may not take is looked at again: it may, if the content
    /// itself came from inside. Most links are public, so that question is seldom asked.
    async fn first_or_next(&self, walk: &mut Walk, ask: &Ask) -> Result<Response, FetchError> {
        let outcome = self.hop(walk, ask).await;
        match (&outcome, &ask.trust) {
            (Err(FetchError::Forbidden { .. }), Trust::FromContent { of: Some(of) })
                if walk.visited.len() == 1 && self.is_inside(of).await =>
            {
                walk.reach = Reach::Inside;
                self.hop(walk, ask).await
            }
            _ => outcome,
        }
    }

    async fn hop(&self, walk: &Walk, ask: &Ask) -> Result<Response, FetchError> {
        self.check_offline(&walk.url)?;
        let forbidden = || FetchError::Forbidden { url: shown(&walk.url) };
        let place = walk.url.host().as_ref().and_then(said_by);
        if place.is_some_and(|place| !walk.reach.admits(place)) {
            return Err(forbidden());
        }
        // A proxy looks names up by itself, so the check at connect time would see only the proxy.
        if self.transport().proxied && place.is_none() && walk.reach != Reach::Anywhere {
            let host = walk.url.host_str().unwrap_or_default();
            let found = lookup(host).await.unwrap_or_default();
            if found.iter().any(|address| !walk.reach.admits_resolved(address.ip())) {
                return Err(forbidden());
            }
        }
        let pool = match place {
            Some(Place::Loopback) => self.transport().pool_for_loopback(walk.reach),
            _ => self.transport().pool(walk.reach),
        };
        let mut headers = ask.headers.clone();
        manners::add(&mut headers, ask.accept, &walk.url, self.languages(), self.cookies());
        if walk.url.username().is_empty()
            && let Some(login) = self.logins().header(&walk.url)
        {
            headers.insert(AUTHORIZATION, login);
        }
        let request = pool.get(walk.url.clone()).headers(headers).send();
        let idle = self.patience().idle;
        let waited = idle.max(self.patience().connect);
        match tokio::time::timeout(waited, request).await {
            Ok(Ok(response)) => {
                let peer = response.remote_addr().map(|peer| Place::of(peer.ip()));
                if peer == Some(Place::Public) && !self.transport().proxied {
                    self.seen_in_public().note(walk.url.host_str().unwrap_or_default());
                }
                if ask.accept == Accept::Page {
                    self.cookies().take(&walk.url, response.headers());
                }
                Ok(response)
            }
            Ok(Err(error)) => Err(self.understand(&error, &walk.url)),
            Err(_) => Err(FetchError::Timeout { url: shown(&walk.url), after: waited }),
        }
    }

    /// How far the next hop may reach, by the host that sent us there.
    async fn reach_after(&self, walk: &Walk, response: &Response) -> Reach {
        if walk.reach == Reach::Public {
            return Reach::Public;
        }
        let inside = if self.transport().proxied {
            self.is_inside(walk.url.as_str()).await
        } else {
            response.remote_addr().is_some_and(|peer| Place::of(peer.ip()).is_inside())
        };
        if inside { Reach::Inside } else { Reach::Public }
    }

    /// Whether an address lies on this machine or in its network. A name has to resolve to such
    /// addresses only.
    async fn is_inside(&self, address: &str) -> bool {
        let Ok(url) = Url::parse(address) else { return false };
        if url.scheme() == "file" {
            return true;
        }
        let Some(host) = url.host() else { return false };
        if let Some(place) = said_by(&host) {
            return place.is_inside();
        }
        let name = url.host_str().unwrap_or_default();
        if self.seen_in_public().has(name) {
            return false;
        }
        let found = lookup(name).await.unwrap_or_default();
        !found.is_empty() && found.iter().all(|found| Place::of(found.ip()).is_inside())
    }
}

/// The way along a chain of redirects.
struct Walk {
    start: Url,
    url: Url,
    /// Content named the start; a name and a password that it names are not the reader's.
    from_content: bool,
    reach: Reach,
    visited: BTreeSet<String>,
    hops: usize,
    permanent: bool,
    moved_to: Option<Url>,
    downgraded: bool,
}

enum Step {
    Arrived,
    Onward(Url),
}

impl Walk {
    fn new(ask: &Ask) -> Self {
        let reach = match ask.trust {
            Trust::Named => Reach::Anywhere,
            Trust::FromContent { .. } => Reach::Public,
        };
        let from_content = matches!(ask.trust, Trust::FromContent { .. });
        let url = if from_content { without_credentials(ask.url.clone()) } else { ask.url.clone() };
        Self {
            start: ask.url.clone(),
            url,
            from_content,
            reach,
            visited: BTreeSet::from([without_fragment(&ask.url)]),
            hops: ask.hops,
            permanent: true,
            moved_to: None,
            downgraded: false,
        }
    }

    /// Understands an answer: is it the end of the chain?
    fn step(&mut self, response: &Response) -> Result<Step, FetchError> {
        let status = response.status();
        let redirects = matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308);
        if !redirects {
            return Ok(Step::Arrived);
        }
        let target = response.headers().get(LOCATION).and_then(location);
        let bad = || FetchError::BadRedirect { url: shown(&self.url) };
        let mut next = self.url.join(&target.ok_or_else(bad)?).map_err(|_| bad())?;
        check_scheme(&next)?;
        if self.from_content {
            next = without_credentials(next);
        }
        if next.fragment().is_none() {
            next.set_fragment(self.url.fragment());
        }
        if !self.visited.insert(without_fragment(&next)) || self.visited.len() > self.hops + 1 {
            return Err(FetchError::RedirectLoop {
                url: shown(&self.start),
                hops: self.visited.len() - 1,
            });
        }
        self.permanent &=
            matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
        Ok(Step::Onward(next))
    }

    fn onward(&mut self, mut next: Url) {
        if self.url.scheme() == "https" && next.scheme() == "http" {
            tracing::warn!(from = %shown(&self.url), to = %shown(&next), "redirect to http");
            self.downgraded = true;
        }
        // A password is for the host it was given to, and for no other.
        let same = self.url.origin() == next.origin();
        if same && next.username().is_empty() && next.password().is_none() {
            let kept = next.set_username(self.url.username()).is_ok()
                && next.set_password(self.url.password()).is_ok();
            tracing::trace!(kept, "credentials on a redirect");
        }
        if self.permanent {
            self.moved_to = Some(next.clone());
        }
        self.url = next;
    }
}

fn without_credentials(mut url: Url) -> Url {
    // Both only fail for addresses that cannot have any.
    let bare = url.set_username("").is_ok() && url.set_password(None).is_ok();
    tracing::trace!(bare, "an address named by content");
    url
}

fn without_fragment(url: &Url) -> String {
    let mut url = url.clone();
    url.set_fragment(None);
    url.into()
}

/// The target as written; servers send UTF-8 there although they should not.
fn location(value: &HeaderValue) -> Option<String> {
    std::str::from_utf8(value.as_bytes()).ok().map(str::to_owned)
}

/// `Retry-After` in seconds from now: a number, or a date (RFC 9110, 10.2.3).
fn retry_after(headers: &HeaderMap) -> Option<u64> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(seconds);
    }
    let date = jiff::fmt::rfc2822::parse(value).ok()?;
    let wait = date.timestamp().as_second() - jiff::Timestamp::now().as_second();
    Some(u64::try_from(wait).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wait(value: &'static str) -> Option<u64> {
        retry_after(&HeaderMap::from_iter([(RETRY_AFTER, HeaderValue::from_static(value))]))
    }

    #[test]
    fn a_server_may_ask_for_patience_in_seconds_or_by_date() {
        assert_eq!(wait("120"), Some(120));
        assert_eq!(wait("Wed, 21 Oct 2015 07:28:00 GMT"), Some(0));
        let far = wait("Fri, 01 Jan 2100 00:00:00 GMT");
        assert!(far.is_some_and(|seconds| seconds > 1_000_000_000), "{far:?}");
        assert_eq!(wait("soon"), None);
        assert_eq!(wait("-5"), None);
    }

    #[test]
    fn a_name_seen_in_public_does_not_pass_for_a_neighbour() {
        let seen = super::super::hosts::SeenInPublic::default();
        seen.note("radio.example");
        assert!(seen.has("radio.example") && !seen.has("nas.example"));
    }
}
