//! Which addresses may be connected to: those of the open internet, and none else.
//!
//! Private, local, shared, reserved and documentation networks are refused, as are the forms of IPv6 that carry an IPv4 address, whatever that is
//! (IANA's special-purpose registries, RFC 6890 and its updates).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Why an address is not on the open internet; none if it is.
pub(crate) fn refused(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => in_table(u128::from(u32::from(address)), 32, &V4),
        IpAddr::V6(address) => v6(address),
    }
}

/// A network: its address, how many bits of it count, and what it is for.
type Network<T> = (T, u32, &'static str);

const V4: [Network<Ipv4Addr>; 15] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8, "this host"),
    (Ipv4Addr::new(10, 0, 0, 0), 8, "private"),
    (Ipv4Addr::new(100, 64, 0, 0), 10, "shared"),
    (Ipv4Addr::new(127, 0, 0, 0), 8, "loopback"),
    (Ipv4Addr::new(169, 254, 0, 0), 16, "link-local"),
    (Ipv4Addr::new(172, 16, 0, 0), 12, "private"),
    (Ipv4Addr::new(192, 0, 0, 0), 24, "reserved"),
    (Ipv4Addr::new(192, 0, 2, 0), 24, "documentation"),
    (Ipv4Addr::new(192, 88, 99, 0), 24, "relays"),
    (Ipv4Addr::new(192, 168, 0, 0), 16, "private"),
    (Ipv4Addr::new(198, 18, 0, 0), 15, "benchmarks"),
    (Ipv4Addr::new(198, 51, 100, 0), 24, "documentation"),
    (Ipv4Addr::new(203, 0, 113, 0), 24, "documentation"),
    (Ipv4Addr::new(224, 0, 0, 0), 4, "multicast"),
    (Ipv4Addr::new(240, 0, 0, 0), 4, "reserved"),
];

/// What is special within 2000::/3, the only part of IPv6 that is given out.
const V6: [Network<Ipv6Addr>; 4] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23, "reserved, or IPv4 within (Teredo)"),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32, "documentation"),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16, "IPv4 within (6to4)"),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20, "documentation"),
];

fn v6(address: Ipv6Addr) -> Option<&'static str> {
    if address.to_ipv4_mapped().is_some() {
        return Some("IPv4 within (mapped)");
    }
    if address.is_loopback() {
        return Some("loopback");
    }
    let bits = u128::from(address);
    if bits >> 125 != 1 {
        return Some("outside of what is given out");
    }
    in_table(bits, 128, &V6)
}

fn in_table<T: Copy + Into<IpAddr>>(bits: u128, width: u32, table: &[Network<T>]) -> Option<&'static str> {
    let number = |address: T| match address.into() {
        IpAddr::V4(address) => u128::from(u32::from(address)),
        IpAddr::V6(address) => u128::from(address),
    };
    let is_in = |(network, counts, _): &&Network<T>| (bits ^ number(*network)) >> (width - counts) == 0;
    table.iter().find(is_in).map(|(_, _, what)| *what)
}
