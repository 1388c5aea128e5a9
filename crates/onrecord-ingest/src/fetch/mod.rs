//! An address → what a server answers, with manners and within limits.
//!
//! Only `http` and `https`, only the ports allowed, only addresses of the open internet: they are checked where names are resolved, and what was checked is
//! what is connected to, so a name cannot change in between. Every redirect is a new request under the same rules. robots.txt is asked first, hosts are
//! left a pause, no cookies are kept, no proxy is used, nothing is stored. The only part of onrecord that opens a connection, and the only one here that
//! looks at a clock.

mod address;
mod guard;
mod hosts;
mod robots;

use std::io::Read;
use std::net::{IpAddr, SocketAddr};
use std::sync::PoisonError;
use std::time::{Duration, Instant};

use ureq::Agent;
use ureq::http::HeaderMap;
use url::{Host, Url};

use crate::coding;
use crate::document::{Body, Content, Document, Given};
use crate::found::{Hints, Origin, Reason, Refusal};
use crate::limits::Limits;
use crate::media::{self, Media};
use crate::open::{self, Documents, Input};
use guard::Guard;
use hosts::Hosts;
use robots::Robots;

/// How a [`Fetcher`] behaves.
#[derive(Debug, Clone)]
pub struct Manners {
    /// What it calls itself, with where to complain: `onrecord/0.1 (+https://desk.example/bot)`.
    pub user_agent: String,
    /// Whether it does what robots.txt asks.
    pub obeys_robots: bool,
    /// The least time between two requests to a host: 1 s.
    pub pause: Duration,
    /// The ports that may be asked: 80 and 443.
    pub ports: Vec<u16>,
    /// Addresses that may be asked, each on its port, although they are not of the open internet. None, but for tests and an archive of one's own.
    pub allowed: Vec<SocketAddr>,
}

impl Default for Manners {
    fn default() -> Manners {
        Manners {
            user_agent: concat!("onrecord/", env!("CARGO_PKG_VERSION")).to_owned(),
            obeys_robots: true,
            pause: Duration::from_secs(1),
            ports: vec![80, 443],
            allowed: Vec::new(),
        }
    }
}

/// What to ask for.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The address.
    pub url: String,
    /// The `ETag` of the answer that is there already.
    pub etag: Option<String>,
    /// The `Last-Modified` of the answer that is there already.
    pub last_modified: Option<String>,
}

impl Request {
    /// Asks for what is at `url`, whatever is there already.
    pub fn new(url: impl Into<String>) -> Request {
        Request { url: url.into(), ..Request::default() }
    }
}

/// What a server answers.
#[derive(Debug)]
pub enum Answer {
    /// There is something.
    Fetched(Fetched),
    /// It is as it was.
    NotModified,
}

/// What was fetched.
#[derive(Debug)]
pub struct Fetched {
    /// The address that answered, after redirects.
    pub url: String,
    /// Its `Content-Type`.
    pub content_type: Option<String>,
    /// Its `ETag`, for the next time.
    pub etag: Option<String>,
    /// Its `Last-Modified`, for the next time.
    pub last_modified: Option<String>,
    /// The body, content codings undone.
    pub body: Vec<u8>,
}

impl Fetched {
    /// What is known of it from outside it.
    pub fn hints(&self) -> Hints {
        let field = self.content_type.as_deref().unwrap_or_default();
        Hints { url: Some(self.url.clone()), charset: media::of_field(field, &self.body).1, ..Hints::default() }
    }

    /// What is in it: a page or a text is one document, a feed, a sitemap or an archive has several.
    pub fn documents(self, limits: &Limits) -> Documents {
        match media::of_field(self.content_type.as_deref().unwrap_or_default(), &self.body).0 {
            Media::Other(_) => open::documents(Input::bytes(self.url, self.body), limits, 0),
            Media::Html | Media::Text => Box::new(std::iter::once(self.document())),
        }
    }

    /// It as a document to read: a page or a text.
    pub fn document(self) -> Document {
        let origin = Origin { path: self.url.clone(), member: None, url: Some(self.url.clone()) };
        let hints = self.hints();
        let content = match media::of_field(self.content_type.as_deref().unwrap_or_default(), &self.body).0 {
            Media::Html => Ok(Content::page(self.body, hints)),
            Media::Text => Ok(Content { body: Body::Plain(self.body), hints, given: Given::default() }),
            Media::Other(name) => Err(Refusal::new(Reason::NoDocument, format!("no page but \"{name}\""))),
        };
        Document::new(origin, content)
    }
}

/// Fetches, and knows the hosts it has asked. Can be used by several threads; a host is asked one thing at a time.
pub struct Fetcher {
    agent: Agent,
    manners: Manners,
    limits: Limits,
    hosts: Hosts,
}

impl Fetcher {
    /// A fetcher that has asked nobody yet.
    pub fn new(manners: Manners, limits: &Limits) -> Fetcher {
        let agent = guard::agent(&manners, Guard::new(&manners));
        Fetcher { agent, manners, limits: limits.clone(), hosts: Hosts::default() }
    }

    /// Asks for a document, follows redirects, and reads the body.
    ///
    /// Blocks: for the host's pause first, then for at most the limit of time over all redirects.
    ///
    /// # Errors
    /// `Forbidden` for addresses that must not be asked, `Disallowed` by robots.txt, `TooBusy`, `HttpStatus`, `Unreachable`, `TooSlow`, `TooLarge` and what
    /// undoing content codings may come to.
    pub fn fetch(&self, request: &Request) -> Result<Answer, Refusal> {
        let mut url = self.parse(&request.url)?;
        let mut spent = Duration::ZERO;
        for _ in 0..=self.limits.redirects {
            let (fields, status, body) = {
                let turn = self.hosts.turn(&hosts::name(&url));
                // What panicked while it had its turn left nothing behind that the next one could stumble over.
                let _mine = turn.lock().unwrap_or_else(PoisonError::into_inner);
                self.admit(&url, &mut spent)?;
                self.ask(&url, Some(request), &mut spent)?
            };
            let location = field(&fields, "location").filter(|_| matches!(status, 301 | 302 | 303 | 307 | 308));
            match (status, location) {
                (304, _) => return Ok(Answer::NotModified),
                (_, Some(to)) => {
                    let to = url.join(&to).map_err(|error| forbidden(&to, &error.to_string()))?;
                    url = self.check(to)?;
                }
                (200..300, None) => return self.fetched(url, &fields, body).map(Answer::Fetched),
                (429 | 503, None) => return Err(self.busy(&url, &fields, status)),
                // Unlike what a client did wrong, this may be over the next time.
                (500.., None) => {
                    return Err(Refusal::new(Reason::Unreachable, format!("{url}: the server answered {status}")));
                }
                _ => return Err(Refusal::new(Reason::HttpStatus, format!("{url}: the server answered {status}"))),
            }
        }
        Err(Refusal::new(
            Reason::Unreachable,
            format!("{}: more than {} redirects", request.url, self.limits.redirects),
        ))
    }

    /// The address, if it may be asked: checked as far as that goes without resolving its name.
    ///
    /// # Errors
    /// `Forbidden`.
    pub(crate) fn parse(&self, url: &str) -> Result<Url, Refusal> {
        let parsed = Url::parse(url.trim()).map_err(|error| forbidden(url, &error.to_string()))?;
        self.check(parsed)
    }

    fn check(&self, mut url: Url) -> Result<Url, Refusal> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(forbidden(url.as_str(), "only http and https are fetched"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(forbidden(url.as_str(), "an address with a user name is not fetched"));
        }
        let port = url.port_or_known_default().unwrap_or_default();
        let literal = match url.host() {
            Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
            Some(Host::Domain(name)) if !name.is_empty() => None,
            _ => return Err(forbidden(url.as_str(), "there is no host")),
        };
        let Manners { ports, allowed, .. } = &self.manners;
        // Of a name the guard tells, once it is resolved, whether it is one of those that are allowed on that port.
        let is_own = allowed.iter().any(|own| own.port() == port && literal.is_none_or(|address| own.ip() == address));
        if !is_own && !ports.contains(&port) {
            return Err(forbidden(url.as_str(), &format!("port {port} is not allowed")));
        }
        if let Some(why) = literal.filter(|_| !is_own).and_then(address::refused) {
            return Err(forbidden(url.as_str(), &format!("the address is not of the open internet: {why}")));
        }
        url.set_fragment(None);
        Ok(url)
    }

    /// Asks robots.txt, and waits for the host's turn.
    fn admit(&self, url: &Url, spent: &mut Duration) -> Result<(), Refusal> {
        let host = hosts::name(url);
        let mut pause = self.manners.pause;
        if self.manners.obeys_robots {
            let robots = match self.hosts.robots(&host) {
                Some(robots) => robots,
                None => {
                    self.hosts.wait(&host, pause)?;
                    self.hosts.learn(&host, self.ask_robots(url, spent)?)
                }
            };
            let path = url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
            if robots.is_unknown {
                let message = format!("{url}: the site's robots.txt could not be had, so nothing is fetched there");
                return Err(Refusal::new(Reason::Unreachable, message));
            }
            if !robots.allows(&path) {
                return Err(Refusal::new(
                    Reason::Disallowed,
                    format!("{url}: the site's robots.txt asks to stay away"),
                ));
            }
            pause = pause.max(robots.delay.unwrap_or_default().min(hosts::LONGEST_WAIT));
        }
        self.hosts.wait(&host, pause)
    }

    /// The rules of a site. None there: all is allowed; not to be had: nothing is (RFC 9309).
    fn ask_robots(&self, url: &Url, spent: &mut Duration) -> Result<Robots, Refusal> {
        let mut at = url.join("/robots.txt").map_err(|error| forbidden(url.as_str(), &error.to_string()))?;
        let name = self.manners.user_agent.split(['/', ' ']).next().unwrap_or_default();
        for _ in 0..=self.limits.redirects {
            let (fields, status, body) = match self.ask(&at, None, spent) {
                Err(refusal) if matches!(refusal.reason, Reason::Forbidden | Reason::Unreachable | Reason::TooSlow) => {
                    return Err(refusal);
                }
                Err(_) => return Ok(Robots::unknown()),
                Ok(answer) => answer,
            };
            match (status, field(&fields, "location")) {
                (200..300, _) => {
                    let body = self.fetched(at, &fields, body).map(|fetched| fetched.body).unwrap_or_default();
                    let body = body.get(..robots::LONGEST).unwrap_or(&body);
                    return Ok(Robots::parse(&String::from_utf8_lossy(body), name));
                }
                (300..400, Some(to)) => {
                    at = self.check(at.join(&to).map_err(|error| forbidden(&to, &error.to_string()))?)?
                }
                (500.., _) => return Ok(Robots::unknown()),
                _ => return Ok(Robots::default()),
            }
        }
        Ok(Robots::default())
    }

    /// One request and its answer, the body as it was sent.
    fn ask(
        &self,
        url: &Url,
        known: Option<&Request>,
        spent: &mut Duration,
    ) -> Result<(HeaderMap, u16, Vec<u8>), Refusal> {
        let left = self.limits.fetch_time.saturating_sub(*spent);
        if left.is_zero() {
            return Err(self.slow(url));
        }
        let started = Instant::now();
        let answer = self.send(url, known, left);
        *spent += started.elapsed();
        answer
    }

    fn send(&self, url: &Url, known: Option<&Request>, left: Duration) -> Result<(HeaderMap, u16, Vec<u8>), Refusal> {
        let mut request = self.agent.get(url.as_str()).config().timeout_global(Some(left)).build();
        request = request
            .header("Accept-Encoding", coding::ACCEPTED)
            .header("Accept", "text/html, application/xhtml+xml, */*;q=0.5");
        if let Some(etag) = known.and_then(|known| known.etag.as_deref()) {
            request = request.header("If-None-Match", etag);
        }
        if let Some(date) = known.and_then(|known| known.last_modified.as_deref()) {
            request = request.header("If-Modified-Since", date);
        }
        let response = request.call().map_err(|error| self.failure(url, error))?;
        let (parts, body) = response.into_parts();
        let mut bytes = Vec::new();
        let most = self.limits.compressed_bytes;
        let read = body.into_reader().take(most as u64 + 1).read_to_end(&mut bytes);
        read.map_err(|error| self.failure(url, ureq::Error::from(error)))?;
        if bytes.len() > most {
            return Err(Refusal::new(Reason::TooLarge, format!("{url}: more than {most} bytes")));
        }
        Ok((parts.headers, parts.status.as_u16(), bytes))
    }

    fn fetched(&self, url: Url, fields: &HeaderMap, body: Vec<u8>) -> Result<Fetched, Refusal> {
        let coding = field(fields, "content-encoding").unwrap_or_default();
        Ok(Fetched {
            url: url.into(),
            content_type: field(fields, "content-type"),
            etag: field(fields, "etag"),
            last_modified: field(fields, "last-modified"),
            body: coding::decode(&coding, body, &self.limits)?,
        })
    }

    fn busy(&self, url: &Url, fields: &HeaderMap, status: u16) -> Refusal {
        let seconds =
            field(fields, "retry-after").and_then(|field| field.trim().parse::<u64>().ok()).unwrap_or(60).min(86_400);
        self.hosts.hold(&hosts::name(url), Duration::from_secs(seconds));
        Refusal::new(Reason::TooBusy, format!("{url}: the server answered {status} and asks to wait {seconds} s"))
    }

    fn failure(&self, url: &Url, error: ureq::Error) -> Refusal {
        match error {
            ureq::Error::Timeout(_) => self.slow(url),
            ureq::Error::Other(inner) => match inner.downcast::<Refusal>() {
                Ok(refusal) => Refusal::new(refusal.reason, format!("{url}: {refusal}")),
                Err(inner) => Refusal::new(Reason::Unreachable, format!("{url}: {inner}")),
            },
            ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => self.slow(url),
            error => Refusal::new(Reason::Unreachable, format!("{url}: {error}")),
        }
    }

    fn slow(&self, url: &Url) -> Refusal {
        Refusal::new(Reason::TooSlow, format!("{url}: not there within {} s", self.limits.fetch_time.as_secs_f32()))
    }
}

fn forbidden(url: &str, why: &str) -> Refusal {
    let shown: String = url.chars().take(200).collect();
    Refusal::new(Reason::Forbidden, format!("{shown}: {why}"))
}

fn field(fields: &HeaderMap, name: &str) -> Option<String> {
    fields.get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

#[cfg(test)]
mod tests;
