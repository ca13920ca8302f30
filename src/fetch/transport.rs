//! Connections: one pool for each reach, so that a connection made under loose rules is never used
//! under strict ones.

use std::collections::BTreeSet;
use std::sync::{Arc, Once};

use super::error::FetchError;
use super::patience::Patience;
use super::resolve::{Guard, Reach};

/// What the program calls itself, honestly.
const USER_AGENT: &str = concat!("latetalk/", env!("CARGO_PKG_VERSION"));

/// The pools.
#[derive(Debug, Clone)]
pub(super) struct Transport {
    anywhere: reqwest::Client,
    inside: reqwest::Client,
    public: reqwest::Client,
    /// Around a proxy, if one is set: a proxy elsewhere cannot reach what is on this machine.
    direct: Option<reqwest::Client>,
    /// Whether the system's certificate authorities could be loaded; without them https is impossible.
    pub(super) certificates: bool,
    /// Whether a proxy is set; then names are looked up by the proxy, and peers are the proxy.
    pub(super) proxied: bool,
}

impl Transport {
    /// Sets the pools up. Where the system's certificate authorities cannot be loaded they are built
    /// without: http must work all the same.
    pub(super) fn new(patience: &Patience) -> Result<Self, FetchError> {
        Self::build(patience, true).or_else(|error| {
            tracing::warn!(%error, "no certificate authorities");
            Self::build(patience, false)
        })
    }

    fn build(patience: &Patience, certificates: bool) -> Result<Self, FetchError> {
        install_provider();
        let proxies = Arc::new(proxies_of_environment());
        let builder = |reach| builder(reach, &proxies, patience, certificates);
        let pool = |reach| build(builder(reach));
        let direct = (!proxies.is_empty()).then(|| build(builder(Reach::Anywhere).no_proxy()));
        Ok(Self {
            anywhere: pool(Reach::Anywhere)?,
            inside: pool(Reach::Inside)?,
            public: pool(Reach::Public)?,
            direct: direct.transpose()?,
            certificates,
            proxied: !proxies.is_empty(),
        })
    }

    pub(super) fn pool(&self, reach: Reach) -> &reqwest::Client {
        match reach {
            Reach::Anywhere => &self.anywhere,
            Reach::Inside => &self.inside,
            Reach::Public => &self.public,
        }
    }

    /// The pool for an address on this very machine; that it may be reached was checked before.
    pub(super) fn pool_for_loopback(&self, reach: Reach) -> &reqwest::Client {
        self.direct.as_ref().unwrap_or_else(|| self.pool(reach))
    }
}

/// Tells the TLS library which cryptography to use, once.
fn install_provider() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Fails only if a provider is installed already, which serves as well.
        if rustls::crypto::ring::default_provider().install_default().is_err() {
            tracing::debug!("a TLS provider was already installed");
        }
    });
}

fn builder(
    reach: Reach,
    proxies: &Arc<BTreeSet<String>>,
    patience: &Patience,
    certificates: bool,
) -> reqwest::ClientBuilder {
    let builder = reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .connect_timeout(patience.connect)
        .http2_max_header_list_size(64 * 1024)
        .dns_resolver(Guard::new(reach, Arc::clone(proxies)));
    if certificates { builder } else { builder.tls_certs_only([]) }
}

fn build(builder: reqwest::ClientBuilder) -> Result<reqwest::Client, FetchError> {
    builder.build().map_err(|error| FetchError::Setup { why: error.without_url().to_string() })
}

/// Host names of the proxies that the environment sets.
fn proxies_of_environment() -> BTreeSet<String> {
    ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .filter_map(|value| host_of_proxy(&value))
        .collect()
}

/// The host of a proxy setting, which may lack its scheme.
fn host_of_proxy(value: &str) -> Option<String> {
    let value = value.trim();
    let with_scheme =
        if value.contains("://") { value.to_owned() } else { format!("http://{value}") };
    let host = url::Url::parse(&with_scheme).ok()?.host_str()?.to_ascii_lowercase();
    (!host.is_empty()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_known_by_its_host_in_any_spelling() {
        assert_eq!(host_of_proxy("http://Gate.example:3128/").as_deref(), Some("gate.example"));
        assert_eq!(host_of_proxy("localhost:7890").as_deref(), Some("localhost"));
        assert_eq!(host_of_proxy("socks5://127.0.0.1:7891").as_deref(), Some("127.0.0.1"));
        assert_eq!(host_of_proxy("  "), None);
    }

    #[tokio::test]
    async fn a_machine_without_certificate_authorities_has_http_and_says_why_not_https() {
        let patience = Patience::with_idle(std::time::Duration::from_secs(5));
        let transport = Transport::build(&patience, false).unwrap();
        assert!(!transport.certificates);
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = std::thread::spawn(move || {
            use std::io::{Read, Write};
            let (mut stream, _) = listener.accept().unwrap();
            let heard = stream.read(&mut [0; 4096]).unwrap();
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").unwrap();
            heard
        });
        let pool = transport.pool(Reach::Anywhere);
        let answer = pool.get(format!("http://{address}/")).send().await.unwrap();
        assert_eq!(answer.text().await.unwrap(), "ok");
        assert!(server.join().unwrap() > 0);
    }
}
