//! Why something could not be fetched, as sentences.

use std::time::Duration;

/// Why something could not be fetched. Addresses in it are fit to be shown: no passwords, no control
/// characters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The client could not be set up.
    #[error("cannot set up the network: {why}; check the proxy settings in the environment")]
    Setup {
        /// What the library says.
        why: String,
    },
    /// The user wants nothing to be asked of the network.
    #[error(
        "cannot fetch {url}: offline mode is on; what is here can be heard and read, and this comes once \
         the mode is off (alt-o, or `network.offline` in the configuration)"
    )]
    Offline {
        /// The address.
        url: String,
    },
    /// Not an address.
    #[error("cannot fetch {url}: it is not a web address ({why}); check the spelling")]
    BadAddress {
        /// The address.
        url: String,
        /// What is wrong with it.
        why: String,
    },
    /// A scheme that is not spoken here.
    #[error("cannot fetch {url}: only http and https addresses are fetched")]
    NotHttp {
        /// The address.
        url: String,
    },
    /// Content tried to lead into a private network.
    #[error(
        "cannot fetch {url}: it leads to this machine or a private network, where public content may \
         not lead; open the address yourself if you trust it"
    )]
    Forbidden {
        /// The address.
        url: String,
    },
    /// The host's name is not known.
    #[error(
        "cannot fetch {url}: the name of its host was not found; check the address and the network"
    )]
    UnknownHost {
        /// The address.
        url: String,
    },
    /// Nobody listens there.
    #[error(
        "cannot fetch {url}: the host refused the connection; the server may be down, try later"
    )]
    Refused {
        /// The address.
        url: String,
    },
    /// There is no way to the host.
    #[error("cannot fetch {url}: the host cannot be reached; check the network connection")]
    Unreachable {
        /// The address.
        url: String,
    },
    /// It took too long.
    #[error("cannot fetch {url}: the server did not answer in time ({} s); try later", after.as_secs())]
    Timeout {
        /// The address.
        url: String,
        /// How long was waited.
        after: Duration,
    },
    /// A secure connection was not possible.
    #[error("cannot fetch {url}: no secure connection: {why}")]
    Tls {
        /// The address.
        url: String,
        /// What is wrong, and what helps.
        why: String,
    },
    /// The connection ended early.
    #[error("cannot fetch {url}: the connection broke off; try again")]
    Dropped {
        /// The address.
        url: String,
    },
    /// The server did not speak HTTP, or garbled it.
    #[error(
        "cannot fetch {url}: the server's answer is broken ({why}); it may not be a web server"
    )]
    Garbled {
        /// The address.
        url: String,
        /// What the library says.
        why: String,
    },
    /// A status that is not a success.
    #[error("cannot fetch {url}: {}", status_words(*status, *retry_after))]
    Status {
        /// The address.
        url: String,
        /// The HTTP status, 400–599 or another without meaning here.
        status: u16,
        /// `Retry-After` in seconds.
        retry_after: Option<u64>,
    },
    /// 401, and the way to log in is not spoken here (Digest, Bearer …).
    #[error(
        "cannot fetch {url}: it asks for a name and password (401), but in a way that is not known \
         here; only Basic authentication is: ask its makers for another address"
    )]
    UnknownLogin {
        /// The address.
        url: String,
    },
    /// More than was asked for.
    #[error("cannot fetch {url}: it is larger than the limit of {}", size_words(*limit))]
    TooLarge {
        /// The address.
        url: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// Redirects that come back to where they were, or do not end.
    #[error(
        "cannot fetch {url}: its redirects do not end ({hops} followed); the server is misconfigured"
    )]
    RedirectLoop {
        /// The address that was asked for.
        url: String,
        /// How many were followed.
        hops: usize,
    },
    /// A redirect without a readable target.
    #[error("cannot fetch {url}: it redirects to nowhere; the server is misconfigured")]
    BadRedirect {
        /// The address.
        url: String,
    },
    /// The embedded show has no such file.
    #[error("cannot open {url}: the welcome show has no such file")]
    NoWelcome {
        /// The address.
        url: String,
    },
}

impl FetchError {
    /// `Retry-After` in seconds, where the server gave one: not to be asked before.
    #[must_use]
    pub fn retry_after(&self) -> Option<u64> {
        match self {
            Self::Status { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// The HTTP status, where that is what went wrong.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Status { status, .. } => Some(*status),
            Self::UnknownLogin { .. } => Some(401),
            _ => None,
        }
    }

    /// Whether the same request may succeed a moment later.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Refused { .. } | Self::Dropped { .. } => true,
            Self::Status { status, .. } => matches!(status, 500 | 502 | 503 | 504),
            _ => false,
        }
    }

    /// Whether a long transfer should reconnect: as [`Self::is_passing`], and a network that is gone for
    /// a while.
    #[must_use]
    pub fn is_worth_waiting(&self) -> bool {
        self.is_passing()
            || matches!(
                self,
                Self::Unreachable { .. } | Self::Timeout { .. } | Self::UnknownHost { .. }
            )
            || matches!(self, Self::Status { status: 408 | 429, .. })
    }
}

/// What a status means, and what helps.
fn status_words(status: u16, retry_after: Option<u64>) -> String {
    let meaning = match status {
        401 => {
            "it asks for a name and password (401), or does not take those it was given; \
             `latetalk add ADDRESS --user NAME` keeps them, as does name:password@ before the host"
        }
        403 => "the server forbids it (403); it may need a login, or open it in a browser",
        404 => "there is nothing at this address (404); check the address",
        410 => "it is gone for good (410)",
        429 => "the server was asked too often (429)",
        451 => "it is not available for legal reasons (451)",
        500..=599 => return format!("the server failed ({status}); {}", later(retry_after)),
        _ => return format!("the server answered with status {status}; open it in a browser"),
    };
    match (status, retry_after) {
        (429, _) => format!("{meaning}; {}", later(retry_after)),
        _ => meaning.to_owned(),
    }
}

fn later(retry_after: Option<u64>) -> String {
    match retry_after {
        Some(seconds) => format!("try again in {seconds} s"),
        None => "try later".to_owned(),
    }
}

fn size_words(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} KB", bytes / 1024),
        _ => format!("{} MB", bytes / 1_048_576),
    }
}
