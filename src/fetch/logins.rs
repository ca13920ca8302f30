//! Names and passwords of private feeds: sent to the host they were given for, and to no other.

use std::sync::{PoisonError, RwLock};

use percent_encoding::percent_decode_str;
use reqwest::header::HeaderValue;
use url::Url;

use crate::model::Secret;

/// A name and a password for a feed and all else on its host.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Login {
    /// The feed's address, without name and password.
    pub address: String,
    /// The name.
    pub user: String,
    /// The password.
    pub password: Secret,
}

impl Login {
    /// Takes name and password out of an address: the bare address, and the login if it had one.
    #[must_use]
    pub fn split(address: &str) -> (String, Option<Self>) {
        let Ok(mut url) = Url::parse(address.trim()) else { return (address.to_owned(), None) };
        if url.username().is_empty() && url.password().is_none() {
            return (address.to_owned(), None);
        }
        let decode = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        let (user, password) = (decode(url.username()), decode(url.password().unwrap_or_default()));
        if url.set_username("").is_err() || url.set_password(None).is_err() {
            return (address.to_owned(), None);
        }
        let bare = String::from(url);
        let login = Self { address: bare.clone(), user, password: Secret(password) };
        (bare, Some(login))
    }

    /// Basic authentication (RFC 7617).
    fn header(&self) -> Option<HeaderValue> {
        let pair = format!("{}:{}", self.user, self.password.0);
        let coded = base64_simd::STANDARD.encode_to_string(pair);
        let mut value = HeaderValue::from_str(&format!("Basic {coded}")).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

/// The logins of this run.
#[derive(Debug, Default)]
pub(super) struct Logins {
    list: RwLock<Vec<Login>>,
}

impl Logins {
    /// From now on this login is used; it takes the place of another for the same address.
    pub(super) fn put(&self, login: Login) {
        let mut list = self.list.write().unwrap_or_else(PoisonError::into_inner);
        list.retain(|known| known.address != login.address);
        list.push(login);
    }

    /// The header for a request to this address: the login of that very address, else the newest for
    /// its scheme, host and port.
    pub(super) fn header(&self, url: &Url) -> Option<HeaderValue> {
        let list = self.list.read().unwrap_or_else(PoisonError::into_inner);
        if list.is_empty() {
            return None;
        }
        let exact = list.iter().find(|login| login.address == url.as_str());
        let origin = url.origin();
        let near = || {
            list.iter().rev().find(|login| {
                Url::parse(&login.address).is_ok_and(|known| known.origin() == origin)
            })
        };
        exact.or_else(near)?.header()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_a_password_are_taken_out_of_an_address() {
        let (bare, login) = Login::split("https://mei%40x:p%3Aw%25@radio.example/feed?a=1");
        assert_eq!(bare, "https://radio.example/feed?a=1");
        let login = login.expect("a login");
        assert_eq!((login.user.as_str(), login.password.0.as_str()), ("mei@x", "p:w%"));
        assert!(!format!("{login:?}").contains("p:w"));
        for plain in ["https://radio.example/a@b:c", "/home/mei/feed.xml", "welcome:feed.xml"] {
            assert_eq!(Login::split(plain), (plain.to_owned(), None));
        }
    }

    #[test]
    fn a_login_is_for_its_host_alone() {
        let logins = Logins::default();
        let login = |address: &str, user: &str| Login {
            address: address.into(),
            user: user.into(),
            password: Secret("x".into()),
        };
        let sent = |url: &str| {
            let header = logins.header(&Url::parse(url).unwrap())?;
            let coded = header.to_str().unwrap().strip_prefix("Basic ")?.to_owned();
            let pair = base64_simd::STANDARD.decode_to_vec(coded).unwrap();
            String::from_utf8(pair).ok()
        };
        logins.put(login("https://radio.example/one", "mei"));
        logins.put(login("https://radio.example/two", "lin"));
        assert_eq!(sent("https://radio.example/one").as_deref(), Some("mei:x"));
        assert_eq!(sent("https://radio.example/two").as_deref(), Some("lin:x"));
        assert_eq!(sent("https://radio.example/media/1.mp3").as_deref(), Some("lin:x"));
        for other in [
            "http://radio.example/one",
            "https://radio.example:8443/one",
            "https://radio.example.evil/one",
            "https://cdn.radio.example/one",
        ] {
            assert_eq!(sent(other), None, "{other}");
        }
    }
}
