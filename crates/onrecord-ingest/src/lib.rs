//! Bytes of the web, the archive and the wire → articles that onrecord reads, or typed reasons why there is none.
//!
//! [`html`], [`text`] and [`markdown`] read a document in memory. [`open`] finds the documents in a file, a folder or a stream: web archives, feeds,
//! sitemaps, JSON lines, ninjs, NewsML-G2. `fetch` and `watch` alone open connections and look at a clock, and only with the feature `fetch`.
//! Nothing runs a script, and nothing panics or hangs on bytes made to that end: what a document may cost is in [`Limits`].

#![forbid(unsafe_code)]

mod archive;
mod coding;
mod document;
mod encoding;
pub mod feeds;
#[cfg(feature = "fetch")]
pub mod fetch;
mod folder;
mod found;
mod language;
mod limits;
mod markdown;
mod media;
mod open;
mod page;
mod plain;
pub mod sitemap;
mod tables;
#[cfg(feature = "fetch")]
pub mod watch;
mod when;
mod wire;
mod xml;

pub use document::{Document, Told};
pub use encoding::decode;
pub use folder::{IGNORE_FILE, files};
pub use found::{Found, Hints, Origin, Page, PageKind, Reason, Refusal, Rung, UNKNOWN_LANGUAGE};
pub use limits::Limits;
pub use markdown::markdown;
pub use open::{Documents, Format, Input, documents, open};
pub use page::html;
pub use plain::text;
