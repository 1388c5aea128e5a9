//! A list of feeds → what is new in them since the last time.
//!
//! [`ask`] gives what is new in one feed, entry by entry, to a caller that keeps what was seen as it comes; [`news`] takes all of it at once, with a [`Memory`]
//! that the caller keeps, as JSON or however it likes. Nothing is stored here. An entry whose article could not be had for a
//! reason that passes (a slow server, a busy one) is not counted as seen, so it comes again.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::document::Document;
use crate::encoding;
use crate::feeds;
use crate::fetch::{Answer, Fetched, Fetcher, Request};
use crate::found::{Found, Hints, Origin, Reason, Refusal};
use crate::limits::Limits;
use crate::xml::{Part, Xml};

/// A feed to watch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// Where it is.
    pub url: String,
    /// What the list calls it.
    pub title: Option<String>,
}

/// What was seen of all feeds, by their URL.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memory(pub BTreeMap<String, Seen>);

/// What was seen of a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// `ETag` of the last answer.
    pub etag: Option<String>,
    /// `Last-Modified` of the last answer.
    pub last_modified: Option<String>,
    /// The entries, by what names them; the latest last.
    pub items: Vec<String>,
}

/// How many entries of a feed are remembered beyond those that are in it.
pub const REMEMBERED: usize = 2000;

/// What is asked: a [`Fetcher`], or in a test something that opens no connection.
pub trait Fetch {
    /// Asks for a document.
    ///
    /// # Errors
    /// As [`Fetcher::fetch`].
    fn fetch(&self, request: &Request) -> Result<Answer, Refusal>;
}

impl Fetch for Fetcher {
    fn fetch(&self, request: &Request) -> Result<Answer, Refusal> {
        Fetcher::fetch(self, request)
    }
}

/// The feeds that an OPML document lists, each once, in its order.
///
/// # Errors
/// `XmlDtd`, `Malformed`.
pub fn subscriptions(opml: &[u8]) -> Result<Vec<Subscription>, Refusal> {
    let text = encoding::decode(opml, &Hints::default()).0;
    let mut xml = Xml::new(&text);
    let mut listed: Vec<Subscription> = Vec::new();
    let mut is_opml = false;
    while let Some(part) = xml.next()? {
        let Part::Open(tag) = part else { continue };
        is_opml |= tag.name == "opml";
        if let Some(url) = tag.get("xmlurl").filter(|_| is_opml && tag.name == "outline")
            && !listed.iter().any(|known| known.url == url)
        {
            let title = tag.get("title").or(tag.get("text")).map(str::to_owned);
            listed.push(Subscription { url: url.to_owned(), title });
        }
    }
    if is_opml { Ok(listed) } else { Err(Refusal::new(Reason::Malformed, "no list of feeds: there is no <opml>")) }
}

/// What is new in a feed, to be taken entry by entry.
#[derive(Debug)]
pub struct News {
    /// `ETag` of the answer.
    pub etag: Option<String>,
    /// `Last-Modified` of the answer.
    pub last_modified: Option<String>,
    /// How many entries the feed has, known ones and all.
    pub listed: usize,
    /// Why the feed breaks off, if it does.
    pub broken: Option<Refusal>,
    entries: std::vec::IntoIter<(String, Document)>,
}

/// An entry of a feed.
#[derive(Debug)]
pub struct Entry {
    /// What names it in its feed.
    pub name: String,
    /// The article, not read yet; a link where links are not followed.
    pub document: Document,
    /// Whether the article could not be had for a reason that passes: then the entry is not to be counted as seen, and neither is the feed's tag.
    pub comes_again: bool,
}

/// Asks for a feed; none where it is as it was. The tags of `seen` are sent along, the entries of `seen` are left out.
///
/// # Errors
/// What fetching it or reading it came to.
pub fn ask(fetch: &dyn Fetch, feed: &Subscription, seen: &Seen, limits: &Limits) -> Result<Option<News>, Refusal> {
    let request = Request { url: feed.url.clone(), etag: seen.etag.clone(), last_modified: seen.last_modified.clone() };
    let fetched = match fetch.fetch(&request)? {
        Answer::NotModified => return Ok(None),
        Answer::Fetched(fetched) => fetched,
    };
    let read = feeds::read(&fetched.body, &fetched.hints(), limits)?;
    let (outlet, language) = (read.title.or_else(|| feed.title.clone()), read.language);
    let listed = read.items.len();
    let mut known: HashSet<String> = seen.items.iter().cloned().collect();
    let mut entries = Vec::new();
    for (ordinal, item) in (0..).zip(read.items) {
        let name = item.id.clone().or_else(|| item.link.clone()).or_else(|| item.title.clone());
        let Some(name) = name.filter(|name| known.insert(name.clone())) else { continue };
        let origin = Origin { path: feed.url.clone(), member: Some(ordinal), url: None };
        entries.push((name, item.document(origin, outlet.as_deref(), language.as_deref())));
    }
    let Fetched { etag, last_modified, .. } = fetched;
    Ok(Some(News { etag, last_modified, listed, broken: read.broken, entries: entries.into_iter() }))
}

impl News {
    /// The next entry: with the whole article if the feed has it; else the article is fetched where `follows`, or it comes as a link.
    pub fn next(&mut self, fetch: &dyn Fetch, follows: bool) -> Option<Entry> {
        let (name, document) = self.entries.next()?;
        let document = if follows { follow(fetch, document) } else { document };
        let comes_again = document.refusal().is_some_and(|refusal| passes(refusal.reason));
        Some(Entry { name, document, comes_again })
    }
}

/// The article that a link leads to, with what was told of it, or why it could not be had. Anything but a link is given back as it is.
pub fn follow(fetch: &dyn Fetch, link: Document) -> Document {
    let Some(url) = link.origin.url.clone().filter(|_| link.told().is_some()) else { return link };
    let there = match fetch.fetch(&Request::new(url)) {
        Ok(Answer::Fetched(fetched)) => Ok(fetched.document()),
        Ok(Answer::NotModified) => Err(Refusal::new(Reason::HttpStatus, "not modified, though nobody asked")),
        Err(refusal) => Err(refusal),
    };
    link.found(there)
}

/// What is new in a feed: entries with the whole article are read, of others the article is fetched where `follows`, or comes as a link.
///
/// Asks the network for the feed and for as many articles as are new. `memory` has what is new when this returns.
pub fn news(fetch: &dyn Fetch, feed: &Subscription, memory: &mut Memory, follows: bool, limits: &Limits) -> Vec<Found> {
    let seen = memory.0.entry(feed.url.clone()).or_default();
    let failed = |refusal| {
        let origin = Origin { path: feed.url.clone(), member: None, url: None };
        Found { origin, outcome: Err(refusal) }
    };
    let mut news = match ask(fetch, feed, seen, limits) {
        Ok(Some(news)) => news,
        Ok(None) => return Vec::new(),
        Err(refusal) => return vec![failed(refusal)],
    };
    let mut found = Vec::new();
    let mut is_complete = true;
    while let Some(Entry { name, document, comes_again }) = news.next(fetch, follows) {
        if comes_again {
            is_complete = false;
        } else {
            seen.items.push(name);
        }
        found.push(document.read(limits));
    }
    // With the tags an unchanged feed would not be sent again, and what is still missing never come.
    seen.etag = news.etag.filter(|_| is_complete);
    seen.last_modified = news.last_modified.filter(|_| is_complete);
    let excess = seen.items.len().saturating_sub(news.listed + REMEMBERED);
    seen.items.drain(..excess);
    found.extend(news.broken.map(failed));
    found
}

/// Whether a reason may be gone the next time.
fn passes(reason: Reason) -> bool {
    matches!(reason, Reason::Unreachable | Reason::TooSlow | Reason::TooBusy)
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::{Fetch, Memory, Subscription, news, subscriptions};
    use crate::fetch::{Answer, Fetched, Request};
    use crate::found::{Reason, Refusal};
    use crate::limits::Limits;

    /// A web of two documents, of which the second is down at first.
    struct Web(RefCell<Vec<String>>);

    const FEED: &str = "<rss><channel><title>The Courier</title>
        <item><guid>1</guid><title>Ferry sinks</title><link>https://courier.example/ferry</link><pubDate>Mon, 9 Mar 2026 10:00:00 +0100</pubDate></item>
        </channel></rss>";

    impl Fetch for Web {
        fn fetch(&self, request: &Request) -> Result<Answer, Refusal> {
            let mut asked = self.0.borrow_mut();
            asked.push(request.url.clone());
            let body = match request.url.as_str() {
                "https://courier.example/feed" if request.etag.as_deref() == Some("v1") => {
                    return Ok(Answer::NotModified);
                }
                "https://courier.example/feed" => FEED.to_owned(),
                _ if asked.len() < 3 => return Err(Refusal::new(Reason::TooSlow, "not there within 20 s")),
                _ => format!(
                    "<html><body><article><h1>Ferry sinks</h1>{}</article></body></html>",
                    "<p>The ferry sank off the harbour on Monday, the coast guard said.</p>".repeat(8)
                ),
            };
            let content_type = Some("text/html".to_owned());
            Ok(Answer::Fetched(Fetched {
                url: request.url.clone(),
                content_type,
                etag: Some("v1".to_owned()),
                last_modified: None,
                body: body.into_bytes(),
            }))
        }
    }

    #[test]
    fn an_article_that_could_not_be_had_comes_again_and_one_that_was_read_does_not() {
        let web = Web(RefCell::default());
        let feed = Subscription { url: "https://courier.example/feed".to_owned(), title: None };
        let mut memory = Memory::default();
        let first = news(&web, &feed, &mut memory, true, &Limits::default());
        assert_eq!(first.first().unwrap().outcome.as_ref().unwrap_err().reason, Reason::TooSlow);
        let kept = serde_json::to_string(&memory).unwrap();
        let mut memory: Memory = serde_json::from_str(&kept).unwrap();
        let second = news(&web, &feed, &mut memory, true, &Limits::default());
        let page = second.first().unwrap().outcome.as_ref().unwrap();
        assert!(page.article.text.contains("the coast guard said"));
        assert_eq!(page.article.published_at.as_deref(), Some("2026-03-09T10:00:00+01:00"));
        assert_eq!(news(&web, &feed, &mut memory, true, &Limits::default()), []);
        assert_eq!(web.0.borrow().last().map(String::as_str), Some("https://courier.example/feed"));
    }

    #[test]
    fn a_list_of_feeds_may_be_nested() {
        let opml = br#"<opml version="2.0"><body><outline text="News"><outline text="The Courier" type="rss" xmlUrl="https://courier.example/feed?a=1&amp;b=2"/>
            <outline title="Echo" xmlUrl="https://echo.example/feed"/></outline><outline xmlUrl="https://echo.example/feed"/></body></opml>"#;
        let listed = subscriptions(opml).unwrap();
        let names: Vec<_> = listed.iter().map(|feed| (feed.url.as_str(), feed.title.as_deref())).collect();
        assert_eq!(
            names,
            [
                ("https://courier.example/feed?a=1&b=2", Some("The Courier")),
                ("https://echo.example/feed", Some("Echo"))
            ]
        );
        assert_eq!(subscriptions(b"<rss/>").unwrap_err().reason, Reason::Malformed);
    }
}
