//! Which part of the internet an IP address belongs to: public, private, or never to be dialled. Pure tables.
//! Knows nothing of the operator's list: `policy.rs` asks here about what a name resolved to.
//!
//! The standard library's `is_private` and `is_loopback` look at one notation only; an IPv4 address travels in at least
//! seven IPv6 ones, and each of them has been used to reach a host that a check had refused.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// How far an address reaches, from harmless to never. Ordered, so that the worse of two is their maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// A host of the public internet.
    Public,
    /// Loopback, the operator's own network, or a reserved range: dialled only where the operator says so.
    Private,
    /// Link-local, multicast, unspecified, or a cloud's metadata service: no setting makes it a mail server.
    Never,
}

/// How far `address` reaches; an IPv4 address inside an IPv6 one counts as what it is.
#[must_use]
pub fn reach(address: IpAddr) -> Reach {
    match address {
        IpAddr::V4(address) => reach_v4(address),
        IpAddr::V6(address) => reach_v6(address),
    }
}

/// Metadata services outside the link-local range: Alibaba, Oracle, and Azure (whose address looks public).
const METADATA_V4: [Ipv4Addr; 3] =
    [Ipv4Addr::new(100, 100, 100, 200), Ipv4Addr::new(192, 0, 0, 192), Ipv4Addr::new(168, 63, 129, 16)];

fn reach_v4(address: Ipv4Addr) -> Reach {
    if METADATA_V4.contains(&address) {
        return Reach::Never;
    }
    match address.octets() {
        // This network (RFC 1122), link-local (RFC 3927), multicast, reserved and broadcast (RFC 1112).
        [0, ..] | [169, 254, ..] | [224..=255, ..] => Reach::Never,
        // Private (RFC 1918), carrier-grade NAT (RFC 6598), loopback.
        [10, ..] | [100, 64..=127, ..] | [127, ..] | [172, 16..=31, ..] | [192, 168, ..] => Reach::Private,
        // Protocol assignments, documentation, 6to4 relays, benchmarks (RFC 6890).
        [192, 0, 0 | 2, _] | [192, 88, 99, _] | [198, 18 | 19, ..] | [198, 51, 100, _] | [203, 0, 113, _] => {
            Reach::Private
        }
        _ => Reach::Public,
    }
}

fn reach_v6(address: Ipv6Addr) -> Reach {
    let own = own_reach_v6(address);
    embedded_v4(address).into_iter().flatten().map(reach_v4).fold(own, Ord::max)
}

/// Metadata services of Amazon and Google, inside the range for private networks.
const METADATA_V6: [Ipv6Addr; 2] =
    [Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254), Ipv6Addr::new(0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254)];

fn own_reach_v6(address: Ipv6Addr) -> Reach {
    if METADATA_V6.contains(&address) {
        return Reach::Never;
    }
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0] => Reach::Never,
        [0, 0, 0, 0, 0, 0, 0, 1] => Reach::Private,
        // NAT64 of a local operator (RFC 8215): where the IPv4 address sits is his choice, so it cannot be checked.
        [0x64, 0xff9b, 1, ..] => Reach::Never,
        // Discard-only (RFC 6666), segment routing (RFC 9602), link-local, multicast.
        [0x100, 0, 0, 0, ..] | [0x5f00, ..] | [0xfe80..=0xfebf, ..] | [0xff00..=0xffff, ..] => Reach::Never,
        // Benchmarks, documentation, unique local (RFC 4193), the old site-local.
        [0x2001, 2, 0, ..] | [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => Reach::Private,
        [0xfc00..=0xfdff, ..] | [0xfec0..=0xfeff, ..] => Reach::Private,
        _ => Reach::Public,
    }
}

/// The IPv4 addresses that an IPv6 one carries.
fn embedded_v4(address: Ipv6Addr) -> [Option<Ipv4Addr>; 2] {
    let join = |high: u16, low: u16| Ipv4Addr::from(u32::from(high) << 16 | u32::from(low));
    match address.segments() {
        // Unspecified and loopback only look like IPv4-compatible.
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => [None, None],
        // IPv4-compatible, IPv4-mapped (RFC 4291), IPv4-translated (RFC 7915), NAT64 (RFC 6052).
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low]
        | [0, 0, 0, 0, 0xffff, 0, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => [Some(join(high, low)), None],
        // 6to4 (RFC 3056).
        [0x2002, high, low, ..] => [Some(join(high, low)), None],
        // Teredo (RFC 4380): the server, and the client with every bit turned.
        [0x2001, 0, server_high, server_low, _, _, high, low] => {
            [Some(join(server_high, server_low)), Some(join(!high, !low))]
        }
        // ISATAP (RFC 5214), below any prefix.
        [.., 0 | 0x200, 0x5efe, high, low] => [Some(join(high, low)), None],
        _ => [None, None],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expected: Reach, addresses: &[&str]) {
        for text in addresses {
            assert_eq!(reach(text.parse().unwrap()), expected, "{text}");
        }
    }

    #[test]
    fn public_hosts_are_public_in_every_notation() {
        check(
            Reach::Public,
            &["1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "169.253.1.1"],
        );
        check(Reach::Public, &["192.0.1.1", "198.17.0.1", "198.20.0.1", "223.255.255.255", "168.63.129.17"]);
        check(Reach::Public, &["2606:4700::1111", "2a00:1450::1", "2001:4860::8888", "3ffe::1", "fbff::1"]);
        // Networks that have only NAT64 reach every IPv4 host this way.
        check(Reach::Public, &["64:ff9b::1.1.1.1", "::ffff:8.8.8.8", "2002:808:808::1", "::8.8.8.8"]);
    }

    #[test]
    fn private_networks_and_loopback_are_private_in_every_notation() {
        check(Reach::Private, &["127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "172.31.255.1"]);
        check(Reach::Private, &["192.168.1.1", "100.64.0.1", "100.127.255.255", "192.0.0.1", "192.0.2.1"]);
        check(Reach::Private, &["198.18.0.1", "198.19.255.255", "198.51.100.7", "203.0.113.9", "192.88.99.1"]);
        check(Reach::Private, &["::1", "fc00::1", "fd12:3456::1", "fec0::1", "2001:db8::1", "2001:2::1", "3fff::1"]);
        check(Reach::Private, &["::ffff:127.0.0.1", "::ffff:10.1.2.3", "::127.0.0.1", "::ffff:0:10.0.0.1"]);
        check(Reach::Private, &["64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "2002:7f00:1::", "2002:c0a8:101::1"]);
        check(Reach::Private, &["2001:0:808:808::f5ff:fffe", "2001:0:7f00:1::f7f7:f7f7"]);
        check(Reach::Private, &["2606:4700::5efe:10.0.0.1", "2606:4700::200:5efe:192.168.0.1"]);
    }

    #[test]
    fn metadata_and_link_local_are_never_dialled_in_any_notation() {
        check(Reach::Never, &["0.0.0.0", "0.1.2.3", "169.254.169.254", "169.254.0.1", "100.100.100.200"]);
        check(
            Reach::Never,
            &["192.0.0.192", "168.63.129.16", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255"],
        );
        check(Reach::Never, &["::", "fe80::1", "febf::1", "ff02::1", "100::1", "5f00::1", "64:ff9b:1::1.1.1.1"]);
        check(Reach::Never, &["fd00:ec2::254", "fd20:ce::254", "::ffff:169.254.169.254", "::169.254.169.254"]);
        check(Reach::Never, &["64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1", "::ffff:0.0.0.0", "::ffff:168.63.129.16"]);
        check(Reach::Never, &["fe80::5efe:8.8.8.8", "2606:4700::5efe:169.254.169.254", "::ffff:0:169.254.1.1"]);
    }
}
