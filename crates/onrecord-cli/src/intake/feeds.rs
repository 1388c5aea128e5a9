//! Feeds → what is new in them, piece by piece: several hosts at once, the feeds of one host one after the other.
//!
//! A feed that is slow or broken keeps nobody waiting but those of its host. What was seen is in the store and comes from there; the keeper writes it, each
//! entry with its document. Nothing is analysed here.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use onrecord_ingest::fetch::{Answer, Fetcher, Request};
use onrecord_ingest::watch::{self, Entry, Fetch, News, REMEMBERED, Seen, Subscription};
use onrecord_ingest::{Limits, Reason, Refusal};
use onrecord_store::Store;

use super::sources::{FeedAnswer, FeedEnd, FeedEntry, Origin, Piece};
use super::stop::Stop;
use crate::manners::HOSTS_AT_ONCE;
use crate::ordered::caught;

/// How long nothing may come before those who wait are told so.
const SILENCE: Duration = Duration::from_millis(250);

/// How feeds are asked.
#[derive(Clone)]
pub struct Feeds {
    /// Knows what was seen.
    pub store: Arc<Store>,
    /// Asks.
    pub fetcher: Arc<Fetcher>,
    /// What a document may cost.
    pub limits: Limits,
    /// Whether the articles behind links are fetched.
    pub follows: bool,
    /// Ends the round.
    pub stop: Stop,
    /// How many bytes were fetched.
    pub bytes: Arc<AtomicU64>,
}

/// Where pieces go; it is gone once nobody wants more.
type Pieces = SyncSender<Piece>;

impl Feeds {
    /// One round: what is new in each feed.
    pub fn round(&self, feeds: Vec<Subscription>) -> impl Iterator<Item = Piece> + Send + use<> {
        let hosts = by_host(feeds);
        let threads = hosts.len().min(HOSTS_AT_ONCE);
        let hosts = Arc::new(Mutex::new(hosts.into_iter()));
        let (pieces, come) = sync_channel(HOSTS_AT_ONCE);
        for _ in 0..threads {
            let (feeds, hosts, pieces) = (self.clone(), Arc::clone(&hosts), pieces.clone());
            thread::spawn(move || feeds.ask_hosts(&hosts, &pieces));
        }
        Coming { pieces: come, stop: self.stop.clone() }
    }

    fn ask_hosts(&self, hosts: &Mutex<std::vec::IntoIter<Vec<Subscription>>>, pieces: &Pieces) {
        loop {
            let next = hosts.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some(host) = next else { return };
            for feed in host {
                let asked = caught(|| self.ask(&feed, pieces)).unwrap_or_else(|_| {
                    let refusal = Refusal::new(Reason::Internal, "the program failed on this feed");
                    give(pieces, Piece::Refused(Arc::new(Origin::new(feed.url.clone())), refusal))
                });
                if asked.is_none() {
                    return;
                }
            }
        }
    }

    /// Asks for one feed and gives what is new in it; none once nobody wants more.
    fn ask(&self, feed: &Subscription, pieces: &Pieces) -> Option<()> {
        let seen = match self.store.seen_feed(&feed.url) {
            Ok(seen) => Seen { etag: seen.etag, last_modified: seen.last_modified, items: seen.entries },
            Err(error) => return give(pieces, Piece::Broken(error)),
        };
        let at = Arc::new(Origin::new(feed.url.clone()));
        let mut news = match watch::ask(self, feed, &seen, &self.limits) {
            Ok(Some(news)) => news,
            Ok(None) => return give(pieces, Piece::Feed(FeedEnd { feed: at, answer: None })),
            Err(refusal) => return give(pieces, Piece::Refused(at, refusal)),
        };
        let is_complete = self.entries(feed, &mut news, pieces)?;
        let News { etag, last_modified, listed, broken, .. } = news;
        let is_sound = broken.is_none();
        if let Some(broken) = broken {
            give(pieces, Piece::Refused(Arc::clone(&at), broken))?;
        }
        // With the tags an unchanged feed would not be sent again, and what is still missing never come.
        let kept = |tag: Option<String>| tag.filter(|_| is_complete && is_sound);
        let (etag, last_modified, most) = (kept(etag), kept(last_modified), listed + REMEMBERED);
        let answer = FeedAnswer { etag, last_modified, most, is_sound };
        give(pieces, Piece::Feed(FeedEnd { feed: at, answer: Some(answer) }))
    }

    /// Gives the new entries of a feed; says whether all could be had that can be.
    fn entries(&self, feed: &Subscription, news: &mut News, pieces: &Pieces) -> Option<bool> {
        let mut is_complete = true;
        while let Some(Entry { name, mut document, comes_again }) = news.next(self, self.follows) {
            if self.stop.is_asked() {
                return None;
            }
            is_complete &= !comes_again;
            let is_busy = document.refusal().is_some_and(|refusal| refusal.reason == Reason::TooBusy);
            let entry = Some(FeedEntry { feed: feed.url.clone(), name: (!comes_again).then_some(name) });
            // By its own address an article that failed is found again, wherever its entry has moved to in the feed.
            let link = document.origin.url.clone();
            document.origin.member = document.origin.member.filter(|_| link.is_none());
            let origin = Origin { entry, ..Origin::new(link.unwrap_or_else(|| feed.url.clone())) };
            give(pieces, Piece::Document(Arc::new(origin), Box::new(document)))?;
            if is_busy {
                // The host asked for rest, so nothing else is to be had there in this round.
                return Some(false);
            }
        }
        Some(is_complete)
    }
}

impl Fetch for Feeds {
    fn fetch(&self, request: &Request) -> Result<Answer, Refusal> {
        let answer = self.fetcher.fetch(request)?;
        if let Answer::Fetched(fetched) = &answer {
            self.bytes.fetch_add(fetched.body.len() as u64, Ordering::Relaxed);
        }
        Ok(answer)
    }
}

fn give(pieces: &Pieces, piece: Piece) -> Option<()> {
    pieces.send(piece).ok()
}

/// The feeds of each host, in the order of the list.
fn by_host(feeds: Vec<Subscription>) -> Vec<Vec<Subscription>> {
    let mut hosts: Vec<(String, Vec<Subscription>)> = Vec::new();
    for feed in feeds {
        let host = feed.url.split('/').nth(2).unwrap_or_default().to_ascii_lowercase();
        match hosts.iter_mut().find(|(known, _)| *known == host) {
            Some((_, of_host)) => of_host.push(feed),
            None => hosts.push((host, vec![feed])),
        }
    }
    hosts.into_iter().map(|(_, feeds)| feeds).collect()
}

/// Pieces as they come, until all have or the round is to end. Never keeps the one who asks waiting for long.
struct Coming {
    pieces: Receiver<Piece>,
    stop: Stop,
}

impl Iterator for Coming {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        if self.stop.is_asked() {
            return None;
        }
        match self.pieces.recv_timeout(SILENCE) {
            Ok(piece) => Some(piece),
            Err(RecvTimeoutError::Timeout) => Some(Piece::Wait),
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use onrecord_ingest::watch::Subscription;

    use super::by_host;

    #[test]
    fn the_feeds_of_a_host_are_asked_one_after_the_other() {
        let feed = |url: &str| Subscription { url: url.to_owned(), title: None };
        let listed = ["https://courier.example/a", "https://echo.example/", "https://Courier.example/b"].map(feed);
        let hosts = by_host(listed.to_vec());
        let urls: Vec<Vec<&str>> =
            hosts.iter().map(|host| host.iter().map(|feed| feed.url.as_str()).collect()).collect();
        assert_eq!(
            urls,
            [vec!["https://courier.example/a", "https://Courier.example/b"], vec!["https://echo.example/"]]
        );
    }
}
