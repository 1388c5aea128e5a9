//! Feeds (RSS 0.9 to 2.0, Atom, JSON Feed) → their entries; an entry with the whole article becomes a document, another is a link.
//!
//! Decoded first, whatever the XML says of itself; dates keep their zone, or their words where they are none. A feed that breaks off gives what came
//! before, and says so. Absent on purpose: enclosures, iTunes, fetching.

mod json;
mod syndicated;

pub(crate) use json::is_version as is_json_feed;

use url::Url;

use crate::document::{Body, Content, Document, Given, Told};
use crate::encoding;
use crate::found::{Hints, Origin, Reason, Refusal, Rung};
use crate::limits::Limits;
use crate::when::When;
use crate::xml::plain;

/// A feed.
#[derive(Debug, Default)]
pub struct Feed {
    /// What it calls itself: the outlet, mostly.
    pub title: Option<String>,
    /// The site it belongs to.
    pub link: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// Its entries, in its order.
    pub items: Vec<Item>,
    /// Why it breaks off, if it does.
    pub broken: Option<Refusal>,
}

/// An entry of a feed.
#[derive(Debug, Default)]
pub struct Item {
    /// What names it for good; often the link.
    pub id: Option<String>,
    /// Where the article is, in full.
    pub link: Option<String>,
    /// Plain text.
    pub title: Option<String>,
    /// HTML.
    pub summary: Option<String>,
    /// HTML: the whole article, if the feed has it.
    pub content: Option<String>,
    /// Who wrote it.
    pub bylines: Vec<String>,
    /// ISO 8601.
    pub published_at: Option<String>,
    /// The words of a date that is not understood.
    pub published_as: Option<String>,
    /// ISO 8601.
    pub modified_at: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
}

/// Characters from which on a text in a feed's field for whole articles is taken for one.
const WHOLE: usize = 600;
/// The same for the field for summaries, which then needs two paragraphs too.
const WHOLE_SUMMARY: usize = 1200;

/// Reads a feed in any of the formats; `hints.url` is where it was fetched from, for links that are relative.
///
/// # Errors
/// `XmlDtd` for a feed that declares entities, `Malformed` where no feed starts, `TooLarge`.
pub fn read(bytes: &[u8], hints: &Hints, limits: &Limits) -> Result<Feed, Refusal> {
    if bytes.len() > limits.document_bytes {
        let message = format!("the feed has {} bytes, the limit is {}", bytes.len(), limits.document_bytes);
        return Err(Refusal::new(Reason::TooLarge, message));
    }
    let text = encoding::decode(bytes, hints).0;
    let mut feed = if text.trim_start().starts_with('{') { json::read(&text)? } else { syndicated::read(&text)? };
    let base = hints.url.as_deref().or(feed.link.as_deref()).and_then(|url| Url::parse(url).ok());
    for item in &mut feed.items {
        item.settle(base.as_ref());
    }
    Ok(feed)
}

impl Item {
    fn settle(&mut self, base: Option<&Url>) {
        let link = self.link.take().or_else(|| self.id.clone().filter(|id| id.starts_with("http")));
        self.link = link.and_then(|link| match Url::parse(link.trim()) {
            Ok(url) => Some(url.into()),
            Err(_) => base?.join(link.trim()).ok().map(String::from),
        });
        self.title = self.title.take().map(|title| plain(&title)).filter(|title| !title.is_empty());
        self.bylines.retain(|byline| !byline.trim().is_empty());
        self.bylines.dedup();
    }

    fn dated(&mut self, when: When) {
        if self.published_at.is_none() && (when.date.is_some() || self.published_as.is_none()) {
            self.published_at = when.date;
            self.published_as = when.words;
        }
    }

    /// The HTML of the article, if the feed has all of it.
    fn whole(&mut self) -> Result<String, Refusal> {
        let chars = |html: &Option<String>| html.as_deref().map_or(0, |html| plain(html).chars().count());
        if chars(&self.content) >= WHOLE && !self.content.as_deref().is_some_and(is_teaser) {
            return Ok(self.content.take().unwrap_or_default());
        }
        let is_article =
            |html: &str| (html.matches("<p").count() > 1 || html.matches("<br").count() > 2) && !is_teaser(html);
        let summary = chars(&self.summary);
        if summary >= WHOLE_SUMMARY && self.summary.as_deref().is_some_and(is_article) {
            return Ok(self.summary.take().unwrap_or_default());
        }
        let message = match chars(&self.content).max(summary) {
            0 => "a link without a summary".to_owned(),
            chars => format!("a link with a summary of {chars} characters"),
        };
        Err(Refusal::new(Reason::LinkOnly, message))
    }

    /// The entry as a document; a link is a refusal for the reason [`Reason::LinkOnly`].
    pub(crate) fn document(mut self, origin: Origin, outlet: Option<&str>, language: Option<&str>) -> Document {
        let origin = Origin { url: self.link.clone(), ..origin };
        let html = match self.whole() {
            Ok(html) => html,
            Err(refusal) if self.link.is_none() => return Document::new(origin, Err(refusal)),
            Err(refusal) => {
                let Item { title, published_at, published_as, .. } = self;
                let outlet = outlet.map(str::to_owned);
                return Document::link(origin, refusal, Told { title, outlet, published_at, published_as });
            }
        };
        let content = Content {
            body: Body::Fragment(html),
            hints: Hints { url: self.link, ..Hints::default() },
            given: Given {
                title: self.title,
                outlet: outlet.map(str::to_owned),
                published_at: self.published_at,
                published_as: self.published_as,
                rung: Some(Rung::Feed),
                modified_at: self.modified_at,
                bylines: self.bylines,
                language: self.language.or_else(|| language.map(str::to_owned)),
                ..Given::default()
            },
        };
        Document::new(origin, Ok(content))
    }
}

/// Whether a text ends as one does that goes on elsewhere.
fn is_teaser(html: &str) -> bool {
    let text = plain(html).to_lowercase();
    let end: String = text.chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
    let end = end.trim_end_matches(['.', ' ', '→', '»', '>', ']', '[', '…']);
    ["read more", "continue reading", "read on", "full story", "weiterlesen", "lire la suite", "leer más"]
        .iter()
        .any(|words| end.ends_with(words))
        || text.trim_end().ends_with("[…]")
        || text.trim_end().ends_with("[...]")
}

/// The entries of a feed as documents, from the entry `from` on.
pub(crate) fn documents(feed: Feed, path: String, from: u64) -> impl Iterator<Item = Document> {
    let Feed { title, language, items, broken, .. } = feed;
    let count = items.len() as u64;
    let nothing = || Refusal::new(Reason::NoDocument, "the feed has no entries");
    let broken = broken.or_else(|| (count == 0).then(nothing));
    let at = path.clone();
    let items = (0..).zip(items).map(move |(ordinal, item)| {
        let origin = Origin { path: path.clone(), member: Some(ordinal), url: None };
        (ordinal, item.document(origin, title.as_deref(), language.as_deref()))
    });
    let broken = broken
        .map(move |refusal| (count, Document::new(Origin { path: at, member: Some(count), url: None }, Err(refusal))));
    items.chain(broken).filter(move |(ordinal, _)| *ordinal >= from).map(|(_, document)| document)
}
