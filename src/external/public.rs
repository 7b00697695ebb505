//! Which addresses and hosts are public: what anybody on the internet would reach, and nothing beside it.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What of IPv4 is not for everybody, by the registry of special-purpose addresses: each with the length of its prefix.
const SPECIAL_4: &[(Ipv4Addr, u32)] = &[
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// What of IPv6 is given to everybody.
const GLOBAL_6: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// What of that is not: protocols, documentation, and tunnels, which lead to other addresses.
const SPECIAL_6: &[(Ipv6Addr, u32)] = &[
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// Addresses of IPv6 that stand for one of IPv4, which is in their last 32 bits: mapped ones, and those of networks
/// without IPv4.
const STANDING_FOR_4: &[(Ipv6Addr, u32)] = &[
    (Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0), 96),
    (Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96),
];

/// Names below which nobody on the internet is, and those that are kept for examples.
const RESERVED: &[&str] = &[
    "alt",
    "arpa",
    "corp",
    "example",
    "example.com",
    "example.net",
    "example.org",
    "home",
    "internal",
    "invalid",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "onion",
    "test",
];

/// Whether anybody on the internet would reach the same host at this address.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_4(address),
        IpAddr::V6(address) => {
            let is_within = |(network, length): &(Ipv6Addr, u32)| {
                shared_bits(address.to_bits(), network.to_bits()) >= *length
            };
            if STANDING_FOR_4.iter().any(is_within) {
                let [.., a, b, c, d] = address.octets();
                return is_public_4(Ipv4Addr::new(a, b, c, d));
            }
            is_within(&GLOBAL_6) && !SPECIAL_6.iter().any(is_within)
        }
    }
}

fn is_public_4(address: Ipv4Addr) -> bool {
    !SPECIAL_4.iter().any(|(network, length)| {
        let differing = address.to_bits() ^ network.to_bits();
        differing.leading_zeros() >= *length
    })
}

/// With how many equal bits two addresses begin.
fn shared_bits(one: u128, other: u128) -> u32 {
    (one ^ other).leading_zeros()
}

/// Whether a host can be on the internet by its name. One without a dot is a neighbour at most.
pub(super) fn is_public_name(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let is_below = |reserved: &&str| {
        host.strip_suffix(*reserved).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    host.contains('.') && !RESERVED.iter().any(is_below)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn judged(text: &str) -> bool {
        is_public(text.parse().expect("an address"))
    }

    #[test]
    fn what_everybody_reaches_is_public() {
        for text in [
            "1.1.1.1",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.0",
        ] {
            assert!(judged(text), "{text}");
        }
        for text in
            ["2606:4700::1111", "2a00:1450::1", "2001:200::1", "::ffff:8.8.8.8", "64:ff9b::808:808"]
        {
            assert!(judged(text), "{text}");
        }
    }

    #[test]
    fn what_is_of_one_network_or_none_is_not() {
        for text in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!judged(text), "{text}");
        }
    }

    #[test]
    fn names_of_examples_and_of_neighbours_are_not_public() {
        for host in ["localhost", "hostname", "printer.local", "a.example.com", "EXAMPLE.org"] {
            assert!(!is_public_name(&host.to_ascii_lowercase()), "{host}");
        }
        for host in ["example.com.", "kettle.test", "metadata.google.internal", "intranet."] {
            assert!(!is_public_name(host), "{host}");
        }
        for host in ["kettle.io", "myexample.com", "example.co", "testing.dev"] {
            assert!(is_public_name(host), "{host}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_the_standard_library_knows_as_special_is_public(bits: u32) {
            let address = Ipv4Addr::from_bits(bits);
            let is_special = address.is_private()
                || address.is_loopback()
                || address.is_link_local()
                || address.is_multicast()
                || address.is_broadcast()
                || address.is_documentation()
                || address.is_unspecified();
            prop_assert!(!(is_special && is_public(address.into())), "{address}");
        }

        #[test]
        fn special_networks_are_special_throughout(at in 0..SPECIAL_4.len(), bits: u32) {
            let (network, length) = SPECIAL_4[at];
            let address = Ipv4Addr::from_bits(network.to_bits() | bits >> length);
            prop_assert!(!is_public(address.into()), "{address}");
            prop_assert!(!is_public(address.to_ipv6_mapped().into()), "{address}");
        }

        #[test]
        fn nor_is_it_where_it_is_of_ipv6(
            first in prop::sample::select(vec![0, 0xfc, 0xfd, 0xfe, 0xff, 0x20, 0x2a]),
            rest: u128,
        ) {
            let address = Ipv6Addr::from_bits(first << 120 | rest >> 8);
            let is_special = address.is_loopback()
                || address.is_multicast()
                || address.is_unspecified()
                || address.is_unique_local()
                || address.is_unicast_link_local();
            prop_assert!(!(is_special && is_public(address.into())), "{address}");
        }

        #[test]
        fn an_address_of_ipv4_is_as_public_in_either_form(bits: u32) {
            let address = Ipv4Addr::from_bits(bits);
            prop_assert_eq!(is_public(address.into()), is_public(address.to_ipv6_mapped().into()));
        }
    }
}
