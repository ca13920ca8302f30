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

/// A network and where its addresses lie; of several that fit, the first counts.
type Row<Address> = (Address, u32, Place);

const fn v4(a: u8, b: u8, c: u8, d: u8, bits: u32, place: Place) -> Row<Ipv4Addr> {
    (Ipv4Addr::new(a, b, c, d), bits, place)
}

const V4: [Row<Ipv4Addr>; 16] = [
    v4(127, 0, 0, 0, 8, Place::Loopback),
    // Alibaba Cloud's metadata service, in the middle of carrier-grade NAT.
    v4(100, 100, 100, 200, 32, Place::Special),
    v4(100, 64, 0, 0, 10, Place::Local),
    v4(10, 0, 0, 0, 8, Place::Local),
    v4(172, 16, 0, 0, 12, Place::Local),
    v4(192, 168, 0, 0, 16, Place::Local),
    // This network; connecting to it reaches this machine.
    v4(0, 0, 0, 0, 8, Place::Special),
    // Link-local, with the metadata services of most clouds.
    v4(169, 254, 0, 0, 16, Place::Special),
    v4(192, 0, 0, 0, 24, Place::Special),
    v4(192, 0, 2, 0, 24, Place::Special),
    v4(192, 88, 99, 0, 24, Place::Special),
    v4(198, 18, 0, 0, 15, Place::Special),
    v4(198, 51, 100, 0, 24, Place::Special),
    v4(203, 0, 113, 0, 24, Place::Special),
    // Multicast and reserved.
    v4(224, 0, 0, 0, 3, Place::Special),
    v4(0, 0, 0, 0, 0, Place::Public),
];

const fn v6(head: [u16; 3], tail: u16, bits: u32, place: Place) -> Row<Ipv6Addr> {
    let [a, b, c] = head;
    (Ipv6Addr::new(a, b, c, 0, 0, 0, 0, tail), bits, place)
}

const V6: [Row<Ipv6Addr>; 11] = [
    v6([0, 0, 0], 1, 128, Place::Loopback),
    // The metadata services of AWS and Google, which hide in the unique local range.
    v6([0xfd00, 0xec2, 0], 0x254, 128, Place::Special),
    v6([0xfd20, 0xce, 0], 0x254, 128, Place::Special),
    // NAT64 of the local network (RFC 8215): where the IPv4 part lies is the operator's choice.
    v6([0x64, 0xff9b, 1], 0, 48, Place::Local),
    v6([0xfc00, 0, 0], 0, 7, Place::Local),
    // Site-local, the forerunner of unique local.
    v6([0xfec0, 0, 0], 0, 10, Place::Local),
    // Teredo and the other protocol assignments, documentation.
    v6([0x2001, 0, 0], 0, 23, Place::Special),
    v6([0x2001, 0xdb8, 0], 0, 32, Place::Special),
    v6([0x3fff, 0, 0], 0, 20, Place::Special),
    // All that is given out to the public so far.
    v6([0x2000, 0, 0], 0, 3, Place::Public),
    v6([0, 0, 0], 0, 0, Place::Special),
];

fn of_v4(ip: Ipv4Addr) -> Place {
    let fits = |network: Ipv4Addr, bits: u32| {
        let differing = ip.to_bits() ^ network.to_bits();
        differing.leading_zeros() >= bits
    };
    let row = V4.iter().find(|(network, bits, _)| fits(*network, *bits));
    row.map_or(Place::Special, |row| row.2)
}

fn of_v6(ip: Ipv6Addr) -> Place {
    if let Some(inner) = wrapped(ip) {
        return of_v4(inner);
    }
    let fits = |network: Ipv6Addr, bits: u32| {
        let differing = ip.to_bits() ^ network.to_bits();
        differing.leading_zeros() >= bits
    };
    let row = V6.iter().find(|(network, bits, _)| fits(*network, *bits));
    row.map_or(Place::Special, |row| row.2)
}

/// The IPv4 address that an IPv6 address stands for: mapped, NAT64 (RFC 6052, how an IPv6-only network
/// names the whole IPv4 internet), 6to4 (RFC 3056).
fn wrapped(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let bits = ip.to_bits();
    let low = Ipv4Addr::from_bits(bits as u32);
    if ip.to_ipv4_mapped().is_some() || bits >> 32 == 0x0064_ff9b_0000_0000_0000_0000 {
        Some(low)
    } else if bits >> 112 == 0x2002 {
        Some(Ipv4Addr::from_bits((bits >> 80) as u32))
    } else {
        None
    }
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
