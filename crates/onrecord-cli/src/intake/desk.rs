//! A piece of the input → what came of it: a record, a text that is known, or why there is none. For one thread.

use std::num::NonZeroUsize;
use std::sync::Arc;

use onrecord_ingest::{Limits, Page, PageKind, Reason, Refusal};
use onrecord_store::jobs::{Sighting, Standing};
use onrecord_store::{NewDocument, Store, StoreError};

use super::Engine;
use super::clock::now;
use super::sources::{FeedEnd, Origin, Piece};
use crate::failure::Failure;
use crate::input::article_of;

/// What came of a piece.
pub enum Done {
    /// A document of a file.
    Document(Arc<Origin>, Came),
    /// A file is at its end.
    End(Arc<Origin>),
    /// A file is as it was.
    Unchanged,
    /// The entries of a feed have come.
    Feed(FeedEnd),
    /// Nothing has come for a while.
    Wait,
    /// The store cannot be asked.
    Broken(StoreError),
}

/// What came of a document.
pub struct Came {
    /// The part of the file that it is.
    pub member: Option<u64>,
    /// What came of it.
    pub fate: Fate,
}

/// What came of a document.
pub enum Fate {
    /// It was read.
    Read(Box<NewDocument>),
    /// A document of the store was read again.
    ReadAgain(Box<NewDocument>),
    /// Its text is in the store, or was taken out: it was not read.
    Known(String, Sighting),
    /// It is no document by its nature.
    PassedOver,
    /// It could not be read: the stable code of the reason, and what happened.
    Failed(&'static str, String),
}

/// What a thread needs to read.
#[derive(Clone)]
pub struct Desk {
    /// Reads articles.
    pub engine: Engine,
    /// Knows which texts are there.
    pub store: Arc<Store>,
    /// What a document may cost.
    pub limits: Limits,
    /// When articles without a date of their own were published.
    pub date: Option<String>,
}

impl Desk {
    /// One worker for each of so many threads; for each core, where nobody says how many.
    pub fn workers(self, threads: Option<NonZeroUsize>) -> Vec<impl FnMut(Piece) -> Done + Send + 'static> {
        let cores = || std::thread::available_parallelism().ok();
        let threads = threads.or_else(cores).map_or(1, NonZeroUsize::get);
        std::iter::repeat_n(self, threads).map(Desk::worker).collect()
    }

    /// Reads pieces, one after the other.
    fn worker(mut self) -> impl FnMut(Piece) -> Done + Send + 'static {
        move |piece| match piece {
            Piece::Document(origin, document) => {
                let (member, url) = (document.origin.member, document.origin.url.clone());
                let found = document.read(&self.limits);
                match self.fate(&origin, member, url, found.outcome) {
                    Ok(fate) => Done::Document(origin, Came { member, fate }),
                    Err(error) => Done::Broken(error),
                }
            }
            Piece::Refused(origin, refusal) => Done::Document(origin, Came { member: None, fate: refused(refusal) }),
            Piece::Stored(document) => self.again(*document),
            Piece::End(origin) => Done::End(origin),
            Piece::Unchanged => Done::Unchanged,
            Piece::Feed(end) => Done::Feed(end),
            Piece::Wait => Done::Wait,
            Piece::Broken(error) => Done::Broken(error),
        }
    }

    fn again(&mut self, document: NewDocument) -> Done {
        let origin = Origin::new(document.origin.as_deref().unwrap_or("-"));
        let member = document.member.as_deref().and_then(|member| member.parse().ok());
        let fate = match self.engine.read(&article_of(&document.record)) {
            Ok(record) => Fate::ReadAgain(Box::new(NewDocument { record, now: now(), ..document })),
            Err(Failure { message, .. }) => Fate::Failed(Reason::Internal.code(), message),
        };
        Done::Document(Arc::new(origin), Came { member, fate })
    }

    fn fate(
        &mut self,
        origin: &Origin,
        member: Option<u64>,
        url: Option<String>,
        outcome: Result<Page, Refusal>,
    ) -> Result<Fate, StoreError> {
        let mut page = match outcome.and_then(with_text) {
            Ok(page) => page,
            Err(refusal) => return Ok(refused(refusal)),
        };
        page.article.url = page.article.url.or(url);
        if page.article.published_at.is_none() && page.article.published_as.is_none() {
            page.article.published_at.clone_from(&self.date);
        }
        if self.store.standing(&page.article.text)? != Standing::New {
            let seen = Sighting {
                url: page.canonical_url.or(page.article.url),
                outlet: page.article.outlet,
                published_at: page.article.published_at,
                modified_at: page.modified_at,
                now: now(),
            };
            return Ok(Fate::Known(page.article.text, seen));
        }
        Ok(match self.engine.read(&page.article) {
            Ok(record) => Fate::Read(Box::new(NewDocument {
                record,
                origin: Some(origin.entry.as_ref().map_or(&origin.path, |entry| &entry.feed).clone()),
                member: member.map(|member| member.to_string()),
                canonical_url: page.canonical_url,
                rung: page.published_rung.map(|rung| rung.name().to_owned()),
                modified_at: page.modified_at,
                now: now(),
            })),
            Err(Failure { message, .. }) => Fate::Failed(Reason::Internal.code(), message),
        })
    }
}

/// A page that is none of an article is refused by its kind.
///
/// # Errors
/// `NoDocument`, `NoText`.
pub fn with_text(page: Page) -> Result<Page, Refusal> {
    match page.kind {
        PageKind::Index => Err(Refusal::new(Reason::NoDocument, "a page of links")),
        PageKind::ConsentWall => Err(Refusal::new(Reason::NoText, "a page that asks for consent, without the article")),
        PageKind::ScriptOnly => Err(Refusal::new(Reason::NoText, "a page whose text is put there by a script")),
        PageKind::Article | PageKind::Paywall | PageKind::TooShort => Ok(page),
    }
}

/// Links and what is no document are told in the counts; all else is a failure with its reason.
fn refused(refusal: Refusal) -> Fate {
    match refusal.reason {
        Reason::NoDocument | Reason::LinkOnly => Fate::PassedOver,
        reason => Fate::Failed(reason.code(), refusal.message),
    }
}
