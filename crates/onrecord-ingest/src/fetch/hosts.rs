//! What is known of the hosts that were asked: when each may be asked again, and its rules.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use url::Url;

use super::robots::Robots;
use crate::found::{Reason, Refusal};

/// The longest that a request waits for a host that asked for rest, and the longest that robots.txt may ask to wait between two.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// How long the rules of a site are believed: what RFC 9309 allows.
const RULES_HOLD: Duration = Duration::from_secs(24 * 3600);
/// How long a site that could not say its rules is left alone before it is asked again.
const SILENCE_HOLDS: Duration = Duration::from_secs(10 * 60);
/// How many hosts are remembered; then those whose turn has come are forgotten.
const MOST_HOSTS: usize = 10_000;

/// The hosts asked so far.
#[derive(Default)]
pub(super) struct Hosts(Mutex<HashMap<String, Known>>);

#[derive(Default)]
struct Known {
    next: Option<Instant>,
    /// It asked for rest until then.
    rests: Option<Instant>,
    robots: Option<(Instant, Arc<Robots>)>,
    /// Held by who asks it, so that it is asked one thing at a time, and for its rules once.
    turn: Arc<Mutex<()>>,
}

/// Scheme, host and port: what rules and pauses are for.
pub(super) fn name(url: &Url) -> String {
    url.origin().ascii_serialization()
}

impl Hosts {
    fn known(&self) -> MutexGuard<'_, HashMap<String, Known>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The rules, if they were learnt within a day; within ten minutes, if the site could not say them.
    pub(super) fn robots(&self, host: &str) -> Option<Arc<Robots>> {
        let known = self.known();
        let (learnt, robots) = known.get(host)?.robots.as_ref()?;
        let hold = if robots.is_unknown { SILENCE_HOLDS } else { RULES_HOLD };
        (learnt.elapsed() < hold).then(|| Arc::clone(robots))
    }

    /// What to hold while the host is asked.
    pub(super) fn turn(&self, host: &str) -> Arc<Mutex<()>> {
        Arc::clone(&self.known().entry(host.to_owned()).or_default().turn)
    }

    /// Remembers the rules.
    pub(super) fn learn(&self, host: &str, robots: Robots) -> Arc<Robots> {
        let robots = Arc::new(robots);
        self.known().entry(host.to_owned()).or_default().robots = Some((Instant::now(), Arc::clone(&robots)));
        robots
    }

    /// Waits until the host may be asked, and keeps the next one waiting for `pause`.
    ///
    /// # Errors
    /// `TooBusy` where the host asked for a longer rest than is waited for.
    pub(super) fn wait(&self, host: &str, pause: Duration) -> Result<(), Refusal> {
        let now = Instant::now();
        let turn = {
            let mut known = self.known();
            if known.len() >= MOST_HOSTS {
                known.retain(|_, host| [host.next, host.rests].into_iter().flatten().any(|time| time > now));
            }
            let host_known = known.entry(host.to_owned()).or_default();
            let rest = host_known.rests.map_or(Duration::ZERO, |until| until.saturating_duration_since(now));
            if rest > LONGEST_WAIT {
                let message = format!("{host} may be asked again in {} s", rest.as_secs());
                return Err(Refusal::new(Reason::TooBusy, message));
            }
            let turn = host_known.next.unwrap_or(now).max(now + rest);
            host_known.next = Some(turn + pause);
            turn
        };
        thread::sleep(turn - now);
        Ok(())
    }

    /// Leaves the host alone for a while.
    pub(super) fn hold(&self, host: &str, time: Duration) {
        self.known().entry(host.to_owned()).or_default().rests = Some(Instant::now() + time);
    }
}
