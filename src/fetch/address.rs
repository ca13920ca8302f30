//! Which addresses are the public internet, and which are this machine or its surroundings.
//!
//! After the IANA special-purpose registries (RFC 6890 and successors) and the metadata services of
//! the big clouds.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::Host;

/// Where an address lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The public internet.
    Public,
    /// This machine.
    Loopback,
    /// The home or company network: private ranges, unique local, carrier-grade NAT (also VPN meshes).
    Local,
    /// Never a place for content to lead to: link-local, cloud metadata, unspecified, multicast,
    /// documentation, reserved.
    Special,
}

impl Place {
    /// Tells where `ip` lies. Addresses that wrap an IPv4 address (mapped, NAT64, 6to4) lie where the
    /// wrapped one does.
    pub(super) fn of(ip: IpAddr) -> Self {
        match ip {
            IpAddr::V4(ip) => of_v4(ip),
            IpAddr::V6(ip) => of_v6(ip),
        }
    }

    /// Whether a host there may link to its own surroundings.
    pub(super) fn is_inside(self) -> bool {
        matches!(self, Self::Loopback | Self::Local)
    }
}

fn of_v4(ip: Ipv4Addr) -> Place {
    let [a, b, c, d] = ip.octets();
    match (a, b, c, d) {
        // Alibaba Cloud's metadata service; the rest of 100.64/10 is carrier-grade NAT.
        (100, 100, 100, 200) => Place::Special,
        (127, ..) => Place::Loopback,
        (10, ..) | (192, 168, ..) => Place::Local,
        (172, 16..=31, ..) | (100, 64..=127, ..) => Place::Local,
        (0 | 224..=255, ..) | (169, 254, ..) => Place::Special,
        (192, 0, 0 | 2, _) | (192, 88, 99, _) | (198, 18 | 19, ..) => Place::Special,
        (198, 51, 100, _) | (203, 0, 113, _) => Place::Special,
        _ => Place::Public,
    }
}

fn of_v6(ip: Ipv6Addr) -> Place {
    if ip == Ipv6Addr::LOCALHOST {
        return Place::Loopback;
    }
    if let Some(inner) = ip.to_ipv4_mapped() {
        return of_v4(inner);
    }
    let [a, b, c, d, e, f, g, h] = ip.segments();
    match (a, b, c, d, e, f) {
        // NAT64 (RFC 6052): how an IPv6-only network names the whole IPv4 internet.
        (0x64, 0xff9b, 0, 0, 0, 0) => of_v4(from_segments(g, h)),
        // NAT64 of the local network (RFC 8215): the place of the IPv4 part is the operator's choice.
        (0x64, 0xff9b, 1, ..) => Place::Local,
        // 6to4 (RFC 3056).
        (0x2002, ..) => of_v4(from_segments(b, c)),
        // The metadata services of AWS and Google, which hide in the unique local range.
        (0xfd00, 0xec2, 0, 0, 0, 0) if (g, h) == (0, 0x254) => Place::Special,
        (0xfd20, 0xce, 0, 0, 0, 0) if (g, h) == (0, 0x254) => Place::Special,
        (0xfc00..=0xfdff | 0xfec0..=0xfeff, ..) => Place::Local,
        // Teredo and the other protocol assignments, documentation.
        (0x2001, 0..=0x1ff | 0xdb8, ..) => Place::Special,
        (0x3fff, 0..=0xfff, ..) => Place::Special,
        (0x2000..=0x3fff, ..) => Place::Public,
        _ => Place::Special,
    }
}

fn from_segments(high: u16, low: u16) -> Ipv4Addr {
    let [a, b] = high.to_be_bytes();
    let [c, d] = low.to_be_bytes();
    Ipv4Addr::new(a, b, c, d)
}

/// The place that a host *says* it lies in, without asking anybody: addresses, `localhost`, and names
/// that only exist inside a network (RFC 6761, RFC 8375, `.internal`, habits of routers, single words).
/// `None` for an ordinary name.
pub(super) fn said_by(host: &Host<&str>) -> Option<Place> {
    match host {
        Host::Ipv4(ip) => Some(of_v4(*ip)),
        Host::Ipv6(ip) => Some(of_v6(*ip)),
        Host::Domain(name) => said_by_name(name),
    }
}

fn said_by_name(name: &str) -> Option<Place> {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    if name == "metadata.google.internal" {
        return Some(Place::Special);
    }
    let last = name.rsplit('.').next().unwrap_or_default();
    if last == "localhost" {
        return Some(Place::Loopback);
    }
    let inside = ["local", "lan", "home", "internal", "intranet", "corp", "private"];
    let single = !name.contains('.');
    (single || inside.contains(&last) || name.ends_with(".home.arpa")).then_some(Place::Local)
}

/// Whether an address that a *name* was resolved to counts as public. Proxies that give every name an
/// invented address (fake-ip) draw them from the benchmarking range; nothing real listens there, and
/// refusing it would cut off everyone behind such a proxy.
pub(super) fn resolved_is_public(ip: IpAddr) -> bool {
    let invented = matches!(ip, IpAddr::V4(v4) if matches!(v4.octets(), [198, 18 | 19, ..]));
    invented || Place::of(ip) == Place::Public
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str) -> Place {
        Place::of(text.parse().unwrap())
    }

    #[test]
    fn addresses_lie_where_the_registries_say() {
        for public in ["1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1", "64:ff9b::101:101"] {
            assert_eq!(place(public), Place::Public, "{public}");
        }
        for loopback in ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1"] {
            assert_eq!(place(loopback), Place::Loopback, "{loopback}");
        }
        let local = ["10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "fd12::1"];
        for local in local.into_iter().chain(["::ffff:192.168.0.1", "2002:a00:1::", "64:ff9b:1::1"])
        {
            assert_eq!(place(local), Place::Local, "{local}");
        }
        let special = ["0.0.0.0", "169.254.169.254", "100.100.100.200", "224.0.0.1", "fe80::1"];
        for special in
            special.into_iter().chain(["::", "fd00:ec2::254", "255.255.255.255", "ff02::1"])
        {
            assert_eq!(place(special), Place::Special, "{special}");
        }
    }

    #[test]
    fn disguised_addresses_in_an_url_are_seen_through() {
        for url in ["http://0x7f.1/", "http://2130706433/", "http://017700000001/", "http://[::1]/"]
        {
            let url = url::Url::parse(url).unwrap();
            assert_eq!(said_by(&url.host().unwrap()), Some(Place::Loopback), "{url}");
        }
    }

    #[test]
    fn names_that_only_exist_inside_a_network_are_known() {
        assert_eq!(said_by_name("LOCALHOST."), Some(Place::Loopback));
        assert_eq!(said_by_name("a.localhost"), Some(Place::Loopback));
        assert_eq!(said_by_name("nas"), Some(Place::Local));
        assert_eq!(said_by_name("nas.home.arpa"), Some(Place::Local));
        assert_eq!(said_by_name("podcasts.example.com"), None);
    }

    #[test]
    fn invented_addresses_of_a_proxy_pass_only_behind_a_name() {
        assert!(resolved_is_public("198.18.0.7".parse().unwrap()));
        assert_ne!(place("198.18.0.7"), Place::Public);
    }
}
