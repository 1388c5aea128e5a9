//! Bytes of the web → articles that onrecord reads, or typed reasons why there is none.
//!
//! [`html`], [`text`] and [`markdown`] read a document in memory. Nothing here opens a connection or a file, looks at a clock or runs a script, and nothing
//! panics or hangs on bytes made to that end: what a document may cost is in [`Limits`].

#![forbid(unsafe_code)]

mod encoding;
mod found;
mod language;
mod limits;
mod markdown;
mod page;
mod plain;
mod tables;

pub use encoding::decode;
pub use found::{Found, Hints, Origin, Page, PageKind, Reason, Refusal, Rung, UNKNOWN_LANGUAGE};
pub use limits::Limits;
pub use markdown::markdown;
pub use page::html;
pub use plain::text;
