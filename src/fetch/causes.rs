//! What stands behind an error of the HTTP library, so that each class gets its own sentence.

use std::error::Error;
use std::io;
use std::time::Duration;

use super::error::FetchError;
use super::resolve::Forbidden;
use super::shown::shown_text;

/// A chain of causes is short; the bound only guards against a ring.
const LONGEST_CHAIN: usize = 24;

/// The sentence for an error of the HTTP library. `url` is fit to be shown; `waited` is the time that a
/// timeout stands for; `certificates` says whether this machine has certificate authorities.
pub(super) fn understand(
    error: &reqwest::Error,
    url: String,
    waited: Duration,
    certificates: bool,
) -> FetchError {
    let causes = Causes::of(error);
    if causes.forbidden {
        FetchError::Forbidden { url }
    } else if let Some(tls) = &causes.tls {
        FetchError::Tls { url, why: tls_words(tls, certificates) }
    } else if error.is_timeout() {
        FetchError::Timeout { url, after: waited }
    } else if error.is_dns() {
        FetchError::UnknownHost { url }
    } else {
        by_kind(causes, url, waited)
    }
}

fn by_kind(causes: Causes, url: String, waited: Duration) -> FetchError {
    use io::ErrorKind as Kind;
    match causes.io {
        Some(Kind::ConnectionRefused) => FetchError::Refused { url },
        Some(
            Kind::NetworkUnreachable
            | Kind::HostUnreachable
            | Kind::AddrNotAvailable
            | Kind::NetworkDown,
        ) => FetchError::Unreachable { url },
        Some(Kind::TimedOut) => FetchError::Timeout { url, after: waited },
        Some(Kind::InvalidData | Kind::InvalidInput) => {
            FetchError::Garbled { url, why: causes.last }
        }
        Some(_) => FetchError::Dropped { url },
        None if causes.cut => FetchError::Dropped { url },
        None => FetchError::Garbled { url, why: causes.last },
    }
}

/// What was found along a chain of causes.
#[derive(Default)]
struct Causes {
    forbidden: bool,
    tls: Option<rustls::Error>,
    /// The innermost kind of input or output error.
    io: Option<io::ErrorKind>,
    /// The library's own words for a message that ended early.
    cut: bool,
    /// The innermost words.
    last: String,
}

impl Causes {
    fn of(error: &reqwest::Error) -> Self {
        let mut found = Self::default();
        let mut next: Option<&(dyn Error + 'static)> = error.source();
        for _ in 0..LONGEST_CHAIN {
            let Some(cause) = next else { break };
            next = found.note(cause);
        }
        if found.last.is_empty() {
            "no reason given".clone_into(&mut found.last);
        }
        found
    }

    /// Looks at one cause and returns the next.
    fn note<'a>(&mut self, cause: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
        self.forbidden |= cause.is::<Forbidden>();
        if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
            self.tls = Some(tls.clone());
        }
        let words = cause.to_string();
        self.cut |= ["incomplete", "closed", "canceled", "reset", "end of file"]
            .iter()
            .any(|word| words.contains(word));
        self.last = shown_text(&words);
        if let Some(io) = cause.downcast_ref::<io::Error>() {
            self.io = Some(io.kind());
            // `source` of an `io::Error` skips the error inside it.
            if let Some(inner) = io.get_ref() {
                return Some(inner);
            }
        }
        cause.source()
    }
}

/// What is wrong with a secure connection, and what helps.
fn tls_words(error: &rustls::Error, certificates: bool) -> String {
    use rustls::CertificateError as Bad;
    if !certificates {
        return "this machine has no certificate authorities; install the package ca-certificates"
            .to_owned();
    }
    match error {
        rustls::Error::InvalidCertificate(bad) => match bad {
            Bad::Expired | Bad::ExpiredContext { .. } => {
                "its certificate has expired; check this machine's clock, else the site must renew it"
            }
            Bad::NotValidYet | Bad::NotValidYetContext { .. } => {
                "its certificate is not valid yet; check this machine's clock"
            }
            Bad::NotValidForName | Bad::NotValidForNameContext { .. } => {
                "its certificate is for another host; check the address"
            }
            Bad::UnknownIssuer => {
                "its certificate comes from an unknown authority; update the package ca-certificates"
            }
            Bad::Revoked => "its certificate was revoked; the site must renew it",
            _ => "its certificate is not valid; the site must mend it",
        }
        .to_owned(),
        rustls::Error::InvalidMessage(_) => {
            "the server does not speak TLS there; try http instead of https".to_owned()
        }
        other => shown_text(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_secure_connection_says_what_helps() {
        use rustls::CertificateError as Bad;
        let bad = |bad: Bad| rustls::Error::InvalidCertificate(bad);
        assert!(tls_words(&bad(Bad::UnknownIssuer), false).contains("install the package"));
        assert!(tls_words(&bad(Bad::UnknownIssuer), true).contains("unknown authority"));
        assert!(tls_words(&bad(Bad::Expired), true).contains("clock"));
        assert!(tls_words(&bad(Bad::NotValidForName), true).contains("another host"));
    }
}
