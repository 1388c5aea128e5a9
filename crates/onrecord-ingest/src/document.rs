//! A document that was found but not read yet → what it says.
//!
//! Finding is cheap and goes in order; reading is dear, and each document can be read by itself, on any thread. No panic gets out of it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use onrecord::DateBasis;

use crate::found::{Found, Hints, Origin, Page, Reason, Refusal, Rung};
use crate::limits::Limits;
use crate::{language, plain};

/// A document as its container holds it.
#[derive(Debug)]
pub struct Document {
    /// Where it stood.
    pub origin: Origin,
    content: Result<Content, Refusal>,
    told: Option<Box<Told>>,
}

/// What a feed or a sitemap tells of an article that it names and does not hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// The headline.
    pub title: Option<String>,
    /// Who publishes it.
    pub outlet: Option<String>,
    /// ISO 8601.
    pub published_at: Option<String>,
    /// The words of a date that is not understood.
    pub published_as: Option<String>,
}

/// The bytes or text of a document, and what its container says of it.
#[derive(Debug)]
pub(crate) struct Content {
    pub(crate) body: Body,
    pub(crate) hints: Hints,
    pub(crate) given: Given,
}

/// What a document is written in.
#[derive(Debug)]
pub(crate) enum Body {
    /// A page as it was served, in an encoding to be found out.
    Page(Vec<u8>),
    /// A piece of HTML that is all article.
    Fragment(String),
    /// Text in Markdown, in an encoding to be found out.
    Markdown(Vec<u8>),
    /// Text, in an encoding to be found out.
    Plain(Vec<u8>),
    /// Text, kept as it is.
    Text(String),
}

/// What a container says of a document; it goes before what the page says of itself, but for a date.
#[derive(Debug, Default)]
pub(crate) struct Given {
    pub(crate) id: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) published_at: Option<String>,
    pub(crate) published_as: Option<String>,
    pub(crate) rung: Option<Rung>,
    pub(crate) modified_at: Option<String>,
    pub(crate) bylines: Vec<String>,
    pub(crate) language: Option<String>,
}

impl Document {
    pub(crate) fn new(origin: Origin, content: Result<Content, Refusal>) -> Document {
        Document { origin, content, told: None }
    }

    /// An article of which there is only the address, in `origin`, and what is told of it.
    pub(crate) fn link(origin: Origin, refusal: Refusal, told: Told) -> Document {
        Document { origin, content: Err(refusal), told: Some(Box::new(told)) }
    }

    /// What is told of an article that is elsewhere, at the address of the origin; none for anything else.
    pub fn told(&self) -> Option<&Told> {
        self.told.as_deref().filter(|_| self.refusal().is_some_and(|refusal| refusal.reason == Reason::LinkOnly))
    }

    /// Why there is nothing to read, if so.
    pub fn refusal(&self) -> Option<&Refusal> {
        self.content.as_ref().err()
    }

    /// The article that the link leads to, `there`, at the place of the link. What the page does not say of itself is taken from what was told.
    #[cfg(feature = "fetch")]
    pub(crate) fn found(self, there: Result<Document, Refusal>) -> Document {
        let content = there.and_then(|document| document.content);
        Document { content, ..self }
    }

    /// Whether there is something to read: not so where the container was broken or holds something else.
    pub fn is_there(&self) -> bool {
        self.content.is_ok()
    }

    /// Reads it. A panic comes out as a refusal for the reason [`Reason::Internal`].
    pub fn read(self, limits: &Limits) -> Found {
        let Document { origin, content, told } = self;
        let outcome = catch_unwind(AssertUnwindSafe(|| content.and_then(|content| content.read(limits))));
        let mut outcome =
            outcome.unwrap_or_else(|_| Err(Refusal::new(Reason::Internal, "the program failed on this document")));
        if let (Ok(page), Some(told)) = (&mut outcome, told) {
            told.complete(page);
        }
        Found { origin, outcome }
    }
}

impl Told {
    /// Gives the page what it does not say of itself.
    fn complete(self, page: &mut Page) {
        let article = &mut page.article;
        article.title = article.title.take().or(self.title);
        article.outlet = article.outlet.take().or(self.outlet);
        if article.published_at.is_none() {
            page.published_rung = self.published_at.as_ref().map(|_| Rung::Feed);
            (article.published_at, article.published_as) = (self.published_at, self.published_as);
        }
    }
}

impl Content {
    pub(crate) fn page(bytes: Vec<u8>, hints: Hints) -> Content {
        Content { body: Body::Page(bytes), hints, given: Given::default() }
    }

    fn read(self, limits: &Limits) -> Result<Page, Refusal> {
        let Content { body, hints, given } = self;
        let mut page = match body {
            Body::Page(bytes) => crate::html(&bytes, &hints, limits)?,
            Body::Markdown(bytes) => crate::markdown(&bytes, &hints, limits)?,
            Body::Plain(bytes) => crate::text(&bytes, &hints, limits)?,
            Body::Fragment(html) => {
                let hints = Hints { charset: Some("utf-8".to_owned()), ..hints.clone() };
                let title = given.title.as_deref().unwrap_or_default();
                crate::html(as_page(&html, title).as_bytes(), &hints, limits)?
            }
            Body::Text(text) => plain::of(text, None, &hints, limits)?,
        };
        given.put_on(&mut page);
        Ok(page)
    }
}

impl Given {
    fn put_on(self, page: &mut Page) {
        let article = &mut page.article;
        article.id = self.id.or(article.id.take());
        article.title = self.title.or(article.title.take());
        article.outlet = self.outlet.or(article.outlet.take());
        // A page knows better than the feed that names it when it was published; an explicit field of the input knows best.
        let is_surer = article.published_at.is_none() || self.rung == Some(Rung::Given);
        if is_surer && (self.published_at.is_some() || self.published_as.is_some()) {
            page.published_rung = self.published_at.as_ref().and(self.rung);
            article.published_at = self.published_at;
            article.published_as = self.published_as;
            article.published_at_basis = DateBasis::Given;
        }
        page.modified_at = self.modified_at.or(page.modified_at.take());
        if !self.bylines.is_empty() {
            article.bylines.clone_from(&self.bylines);
            page.bylines = self.bylines;
        }
        if let Some(said) = self.language.as_deref().and_then(language::tag) {
            page.language = language::of(&article.text, Some(&said));
            article.language = Some(page.language.clone());
        }
    }
}

/// A piece of HTML as the page of an article.
fn as_page(html: &str, title: &str) -> String {
    let title = title.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>{title}</title></head><body><main><article><h1>{title}</h1>\n{html}\n</article></main></body></html>"
    )
}
