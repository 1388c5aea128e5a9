//! Names → the addresses that may be connected to. What comes out of here is what is connected to; no other check is needed, and none would be enough.

use std::net::SocketAddr;

use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

use super::Manners;
use super::address;
use crate::found::{Reason, Refusal};

/// A resolver that leaves out what is not of the open internet, or not on a port that may be asked.
#[derive(Debug)]
pub(super) struct Guard<R = DefaultResolver> {
    pub(super) names: R,
    pub(super) ports: Vec<u16>,
    pub(super) allowed: Vec<SocketAddr>,
}

impl Guard {
    pub(super) fn new(manners: &Manners) -> Guard {
        Guard { names: DefaultResolver::default(), ports: manners.ports.clone(), allowed: manners.allowed.clone() }
    }
}

impl<R: Resolver> Resolver for Guard<R> {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        let mut kept = self.empty();
        let mut refused = None;
        for socket in found.iter() {
            match address::refused(socket.ip()) {
                _ if self.allowed.contains(socket) => kept.push(*socket),
                Some(why) => refused = Some(format!("its address {} is not of the open internet: {why}", socket.ip())),
                None if self.ports.contains(&socket.port()) => kept.push(*socket),
                None => refused = Some(format!("port {} of its address {} is not allowed", socket.port(), socket.ip())),
            }
        }
        match refused {
            Some(message) if kept.is_empty() => {
                Err(ureq::Error::Other(Box::new(Refusal::new(Reason::Forbidden, message))))
            }
            _ => Ok(kept),
        }
    }
}

/// An agent that connects only to what `guard` gives it, and follows no redirect by itself.
pub(super) fn agent(manners: &Manners, guard: impl Resolver) -> Agent {
    let config = Config::builder()
        .proxy(None)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .max_response_header_size(64 << 10)
        .user_agent(manners.user_agent.clone())
        .build();
    Agent::with_parts(config, DefaultConnector::default(), guard)
}
