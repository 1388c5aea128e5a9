//! How often somebody may ask: a bucket of requests for each token or address, filled again at a steady pace.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// How many requests somebody may make at once, in seconds of the pace.
const BURST_SECONDS: f64 = 2.0;
/// How many buckets are kept; beyond, those that are full are let go, then all.
const KEPT: usize = 10_000;

/// Whose requests are slowed down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// Nobody's.
    Free,
    /// Those from other machines, to so many a second.
    Elsewhere(u32),
    /// Everybody's.
    Everyone(u32),
}

/// Who is counted: a token, wherever it is used, or else an address; of IPv6, the network that one line has.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Who {
    /// The name of a token.
    Token(Arc<str>),
    /// An address.
    Address(IpAddr),
}

impl Who {
    /// Whoever asks from `address`.
    pub fn at(address: IpAddr) -> Who {
        Who::Address(match address.to_canonical() {
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
            address => address,
        })
    }
}

struct Bucket {
    left: f64,
    at: Instant,
}

/// The buckets.
#[derive(Default)]
pub struct Buckets(Mutex<HashMap<Who, Bucket>>);

impl Buckets {
    /// Takes one request out of the bucket of `who`, which is filled at `pace` a second; where it is empty, in how many seconds it is not.
    pub fn take(&self, who: Who, pace: u32, now: Instant) -> Result<(), u64> {
        let pace = f64::from(pace.max(1));
        let most = (pace * BURST_SECONDS).max(1.0);
        let filled =
            |bucket: &Bucket| (bucket.left + now.saturating_duration_since(bucket.at).as_secs_f64() * pace).min(most);
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= KEPT && !buckets.contains_key(&who) {
            buckets.retain(|_, bucket| filled(bucket) < most);
            if buckets.len() >= KEPT {
                buckets.clear();
            }
        }
        let bucket = buckets.entry(who).or_insert(Bucket { left: most, at: now });
        let left = filled(bucket);
        bucket.at = now;
        if left >= 1.0 {
            bucket.left = left - 1.0;
            return Ok(());
        }
        bucket.left = left;
        // Whole seconds: `Retry-After` has no others.
        Err((((1.0 - left) / pace).ceil() as u64).max(1))
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Buckets, Who};

    fn who(address: &str) -> Who {
        Who::at(address.parse().unwrap())
    }

    #[test]
    fn a_burst_is_let_through_then_the_pace() {
        let (buckets, start) = (Buckets::default(), Instant::now());
        let taken = (0..25).filter(|_| buckets.take(who("192.0.2.1"), 10, start).is_ok()).count();
        assert_eq!(taken, 20);
        assert_eq!(buckets.take(who("192.0.2.1"), 10, start), Err(1));
        assert_eq!(buckets.take(who("192.0.2.2"), 10, start), Ok(()), "others have their own");
        let later = start + Duration::from_millis(350);
        let taken = (0..9).filter(|_| buckets.take(who("192.0.2.1"), 10, later).is_ok()).count();
        assert_eq!(taken, 3);
    }

    #[test]
    fn one_line_is_one_address() {
        assert_eq!(who("2001:db8:1:2::1"), who("2001:db8:1:2:ffff::9"));
        assert_ne!(who("2001:db8:1:2::1"), who("2001:db8:1:3::1"));
        assert_eq!(who("::ffff:192.0.2.1"), who("192.0.2.1"));
    }
}
