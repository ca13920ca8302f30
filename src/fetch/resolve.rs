//! Name lookup that refuses to lead public content into a private network. The check is made on the
//! addresses that are then connected to, so a name cannot change its mind in between.

use std::collections::BTreeSet;
use std::error::Error;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::{Place, resolved_is_public};

/// Which hosts may be connected to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Any.
    Anywhere,
    /// The internet, this machine and the local network.
    Inside,
    /// Only the internet.
    Public,
}

impl Reach {
    /// Whether an address written as such, or told by a name itself, may be connected to.
    pub(super) fn admits(self, place: Place) -> bool {
        match self {
            Self::Anywhere => true,
            Self::Inside => place != Place::Special,
            Self::Public => place == Place::Public,
        }
    }

    /// Whether an address that a name was resolved to may be connected to.
    pub(super) fn admits_resolved(self, ip: IpAddr) -> bool {
        resolved_is_public(ip) || self.admits(Place::of(ip))
    }
}

/// A connection that was refused because of where it would lead.
#[derive(Debug, Clone, thiserror::Error)]
#[error("it lies in a private network")]
pub(super) struct Forbidden;

/// Looks names up with the system's resolver and drops addresses out of reach.
#[derive(Debug)]
pub(super) struct Guard {
    reach: Reach,
    /// Names of proxies that the user has set; connecting to them is not following content.
    proxies: Arc<BTreeSet<String>>,
}

impl Guard {
    pub(super) fn new(reach: Reach, proxies: Arc<BTreeSet<String>>) -> Self {
        Self { reach, proxies }
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let name = name.as_str().to_owned();
        let reach = if self.proxies.contains(&name.to_ascii_lowercase()) {
            Reach::Anywhere
        } else {
            self.reach
        };
        Box::pin(async move {
            let found = lookup(&name).await?;
            // One forbidden address among good ones is not worth the doubt: a mixed answer is how a
            // name smuggles a private address past a check that looks at the first only.
            if found.iter().any(|address| !reach.admits_resolved(address.ip())) {
                return Err(Box::new(Forbidden) as Box<dyn Error + Send + Sync>);
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// All addresses of a name.
pub(super) async fn lookup(name: &str) -> std::io::Result<Vec<SocketAddr>> {
    Ok(tokio::net::lookup_host((name, 0)).await?.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn resolve(reach: Reach, proxies: &[&str]) -> Result<usize, String> {
        let proxies = proxies.iter().map(|name| (*name).to_owned()).collect();
        let guard = Guard::new(reach, Arc::new(proxies));
        let found = guard.resolve("localhost".parse().unwrap()).await;
        found.map(Iterator::count).map_err(|error| error.to_string())
    }

    #[tokio::test]
    async fn a_name_that_resolves_home_is_refused_where_content_leads() {
        let refused = Err(Forbidden.to_string());
        assert_eq!(resolve(Reach::Public, &[]).await, refused);
        assert!(resolve(Reach::Inside, &[]).await.is_ok_and(|count| count > 0));
        assert!(resolve(Reach::Anywhere, &[]).await.is_ok_and(|count| count > 0));
        // The user's own proxy may well be here.
        assert!(resolve(Reach::Public, &["localhost"]).await.is_ok_and(|count| count > 0));
    }

    #[test]
    fn invented_addresses_behind_a_name_are_admitted_and_metadata_never() {
        assert!(Reach::Public.admits_resolved([198, 18, 0, 1].into()));
        assert!(!Reach::Inside.admits_resolved([169, 254, 169, 254].into()));
        assert!(!Reach::Public.admits_resolved([10, 0, 0, 1].into()));
    }
}
