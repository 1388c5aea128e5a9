//! What an input comes to: documents, each with where it stood, or the reason why there is none.
//!
//! The types that every reader of this crate returns. Nothing is read here.

use std::fmt;

use onrecord::Article;
use onrecord::document::Span;

/// One document found in an input, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Where it stood.
    pub origin: Origin,
    /// The document, or why there is none.
    pub outcome: Result<Page, Refusal>,
}

/// Where a document stood.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The path or the URL of the file that holds it.
    pub path: String,
    /// Its ordinal in that file, from 0, where the file holds several.
    pub member: Option<u64>,
    /// The URL that the container gives it.
    pub url: Option<String>,
}

/// A document as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// What the engine reads: text, title, date, outlet, those who signed, language.
    pub article: Article,
    /// The address that the page says is its own.
    pub canonical_url: Option<String>,
    /// Those who signed it, as in `article.bylines`.
    pub bylines: Vec<String>,
    /// ISO 8601: when it was last changed, where it says so.
    pub modified_at: Option<String>,
    /// BCP 47; [`UNKNOWN_LANGUAGE`] if it could not be told.
    pub language: String,
    /// Which rung of the ladder gave `article.published_at`.
    pub published_rung: Option<Rung>,
    /// Blocks of the text that only one of two extractors kept, in the order of the text.
    pub disputed: Vec<Span>,
    /// The encoding that the bytes were in, by its name in the WHATWG standard; none if they came as text.
    pub encoding: Option<&'static str>,
    /// What sort of page it is.
    pub kind: PageKind,
}

/// The language of a text in which none was found.
pub const UNKNOWN_LANGUAGE: &str = "und";

/// What gave the date of publication, from what is trusted most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rung {
    /// The user.
    Given,
    /// JSON-LD in the page: `datePublished` of an article.
    JsonLd,
    /// `article:published_time` and its kin.
    OpenGraph,
    /// Another `<meta>` element.
    Meta,
    /// A `<time>` element.
    TimeElement,
    /// The date in the page's address.
    Url,
    /// A field of the container: the head of a news item.
    Header,
    /// The entry of a feed or a sitemap.
    Feed,
}

impl Rung {
    /// Its name in output: `json_ld`.
    pub fn name(self) -> &'static str {
        match self {
            Rung::Given => "given",
            Rung::JsonLd => "json_ld",
            Rung::OpenGraph => "open_graph",
            Rung::Meta => "meta",
            Rung::TimeElement => "time_element",
            Rung::Url => "url",
            Rung::Header => "header",
            Rung::Feed => "feed",
        }
    }
}

/// What sort of page it is, as far as can be told for sure; else an article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PageKind {
    /// An article, or nothing that speaks against it.
    #[default]
    Article,
    /// A front page, a section, a list of links: it has no text of its own.
    Index,
    /// The page says that its text is for subscribers: what is there may be a part.
    Paywall,
    /// A page that asks for consent in place of the article.
    ConsentWall,
    /// Its text is put there by a program: there is none in the page.
    ScriptOnly,
    /// Fewer words than a report has.
    TooShort,
}

impl PageKind {
    /// Its name in output: `script_only`.
    pub fn name(self) -> &'static str {
        match self {
            PageKind::Article => "article",
            PageKind::Index => "index",
            PageKind::Paywall => "paywall",
            PageKind::ConsentWall => "consent_wall",
            PageKind::ScriptOnly => "script_only",
            PageKind::TooShort => "too_short",
        }
    }
}

/// Why there is no document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The reason, for programs.
    pub reason: Reason,
    /// What happened, for people: lower case, no full stop, with the value and the limit.
    pub message: String,
}

impl Refusal {
    /// A refusal for that reason.
    pub fn new(reason: Reason, message: impl Into<String>) -> Refusal {
        Refusal { reason, message: message.into() }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refusal {}

/// Why there is no document, for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// More bytes, characters or elements than the limit.
    TooLarge,
    /// Nested deeper than the limit.
    TooDeep,
    /// An element with more attributes than the limit.
    TooManyAttributes,
    /// Decompressed, it grows by more than the limit: a bomb.
    TooDense,
    /// The bytes are not UTF-8 where they have to be.
    NotUtf8,
    /// There is no text.
    NoText,
    /// A format, compression or protocol that is not read.
    Unsupported,
    /// It ends before it is complete.
    Truncated,
    /// Not what its format says it should be.
    Malformed,
    /// XML with a document type declaration, which can make a bomb.
    XmlDtd,
    /// An address that must not be fetched.
    Forbidden,
    /// It could not be fetched.
    Unreachable,
    /// It took longer than the limit.
    TooSlow,
    /// By its nature no document: a request in an archive, an image, a redirect, a picture on the wire.
    NoDocument,
    /// Only a link to the document, perhaps with a summary: an entry of a feed or sitemap.
    LinkOnly,
    /// Its publisher took it back, or does not let it out yet.
    Withdrawn,
    /// The site's robots.txt asks programs to stay away.
    Disallowed,
    /// The server answered with an error; the message has its status.
    HttpStatus,
    /// The server asks to be left alone for a while.
    TooBusy,
    /// Reading the file failed; the message is the system's.
    Io,
    /// The program failed while it read this document. A bug: please report it.
    Internal,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Reason; 21] = [
        Reason::TooLarge,
        Reason::TooDeep,
        Reason::TooManyAttributes,
        Reason::TooDense,
        Reason::NotUtf8,
        Reason::NoText,
        Reason::Unsupported,
        Reason::Truncated,
        Reason::Malformed,
        Reason::XmlDtd,
        Reason::Forbidden,
        Reason::Unreachable,
        Reason::TooSlow,
        Reason::NoDocument,
        Reason::LinkOnly,
        Reason::Withdrawn,
        Reason::Disallowed,
        Reason::HttpStatus,
        Reason::TooBusy,
        Reason::Io,
        Reason::Internal,
    ];

    /// Its stable code: `too_many_attributes`.
    pub fn code(self) -> &'static str {
        match self {
            Reason::TooLarge => "too_large",
            Reason::TooDeep => "too_deep",
            Reason::TooManyAttributes => "too_many_attributes",
            Reason::TooDense => "too_dense",
            Reason::NotUtf8 => "not_utf8",
            Reason::NoText => "no_text",
            Reason::Unsupported => "unsupported",
            Reason::Truncated => "truncated",
            Reason::Malformed => "malformed",
            Reason::XmlDtd => "xml_dtd",
            Reason::Forbidden => "forbidden",
            Reason::Unreachable => "unreachable",
            Reason::TooSlow => "too_slow",
            Reason::NoDocument => "no_document",
            Reason::LinkOnly => "link_only",
            Reason::Withdrawn => "withdrawn",
            Reason::Disallowed => "disallowed",
            Reason::HttpStatus => "http_status",
            Reason::TooBusy => "too_busy",
            Reason::Io => "io",
            Reason::Internal => "internal",
        }
    }
}

/// What is known of a document from outside it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hints {
    /// The address it came from.
    pub url: Option<String>,
    /// The `charset` of its HTTP `Content-Type`.
    pub charset: Option<String>,
    /// ISO 8601: when it was fetched. A date of publication that lies more than a day later is not believed.
    pub fetched_at: Option<String>,
}
