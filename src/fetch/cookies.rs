//! Cookies of one run of the program: in memory only, and back only to the very host that gave them.

use std::sync::{Mutex, PoisonError};

use cookie_store::{CookieStore, RawCookie};
use reqwest::header::{HeaderMap, HeaderValue, SET_COOKIE};
use url::Url;

/// Cookies that one host may have at a time.
const PER_HOST: usize = 40;
/// Cookies that are kept at a time; beyond that all are forgotten, which only costs a greeting.
const AT_ALL: usize = 2000;
/// The longest cookie, in bytes (RFC 6265, 6.1).
const LONGEST: usize = 4096;

/// The cookies of this run. Sites that ask whether cookies are taken before they show a page get theirs
/// back; nothing is written anywhere.
#[derive(Debug, Default)]
pub(super) struct Cookies {
    store: Mutex<CookieStore>,
}

impl Cookies {
    /// The header for a request to this address, if its host has given cookies for it.
    pub(super) fn header(&self, url: &Url) -> Option<HeaderValue> {
        let store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        let pairs = store.get_request_values(url).map(|(name, value)| format!("{name}={value}"));
        let line = pairs.collect::<Vec<_>>().join("; ");
        let mut value = (!line.is_empty()).then(|| HeaderValue::from_str(&line).ok())??;
        value.set_sensitive(true);
        Some(value)
    }

    /// Takes the cookies of an answer. A cookie for a whole domain is kept for this host alone: there is
    /// no list here of the domains that belong to nobody.
    pub(super) fn take(&self, url: &Url, headers: &HeaderMap) {
        let mut store = self.store.lock().unwrap_or_else(PoisonError::into_inner);
        for given in headers.get_all(SET_COOKIE).iter().take(PER_HOST) {
            let text = given.to_str().ok().filter(|text| text.len() <= LONGEST);
            let Some(Ok(mut cookie)) = text.map(|text| RawCookie::parse(text.to_owned())) else {
                continue;
            };
            cookie.unset_domain();
            if store.iter_any().count() >= AT_ALL {
                store.clear();
            }
            let host = url.host_str().unwrap_or_default();
            let known = store.get_any(host, cookie.path().unwrap_or("/"), cookie.name()).is_some();
            if !known && store.matches(url).len() >= PER_HOST {
                continue;
            }
            // A cookie that breaks the rules of cookies is not kept; the page comes without it too.
            if let Err(why) = store.insert_raw(&cookie, url) {
                tracing::debug!("a cookie was not kept: {why}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    fn given(lines: &[&str]) -> HeaderMap {
        lines.iter().map(|line| (SET_COOKIE, HeaderValue::from_str(line).unwrap())).collect()
    }

    fn sent(cookies: &Cookies, to: &str) -> String {
        let header = cookies.header(&url(to));
        header.map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    #[test]
    fn a_cookie_goes_back_to_the_host_that_gave_it_and_to_no_other() {
        let cookies = Cookies::default();
        cookies.take(
            &url("https://www.a.example/x"),
            &given(&["seen=1; Domain=a.example; Path=/", "safe=2; Secure; Path=/"]),
        );
        let mut both: Vec<String> =
            sent(&cookies, "https://www.a.example/y").split("; ").map(str::to_owned).collect();
        both.sort();
        assert_eq!(both, ["safe=2", "seen=1"]);
        assert_eq!(sent(&cookies, "http://www.a.example/y"), "seen=1");
        for other in ["https://a.example/", "https://b.a.example/", "https://www.a.example.evil/"] {
            assert_eq!(sent(&cookies, other), "", "{other}");
        }
        cookies.take(&url("https://www.a.example/"), &given(&["seen=; Max-Age=0; Path=/"]));
        assert_eq!(sent(&cookies, "http://www.a.example/y"), "");
    }

    #[test]
    fn a_host_cannot_fill_the_memory() {
        let cookies = Cookies::default();
        let long = format!("long={}", "x".repeat(LONGEST));
        cookies.take(&url("https://a.example/"), &given(&[&long]));
        assert_eq!(sent(&cookies, "https://a.example/"), "");
        for number in 0..200 {
            let line = format!("c{number}=1");
            cookies.take(&url("https://a.example/"), &given(&[&line]));
        }
        assert_eq!(sent(&cookies, "https://a.example/").split("; ").count(), PER_HOST);
    }
}
