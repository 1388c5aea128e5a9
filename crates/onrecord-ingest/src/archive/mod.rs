//! Web archives (WARC; plain, gzip or zstd) → documents, in the order of the file, in memory for one record.
//!
//! In comes a stream, no seeking; out comes one [`Document`] for each record: a page, or why the record holds none. Requests, images, redirects and what
//! else is no article are refused for the reason [`Reason::NoDocument`], broken records with the place where they stand. Absent on purpose: ARC, the
//! format before WARC; verifying digests; pages put together from parts (revisits, segments).

mod http;
mod members;
mod records;
mod tape;

pub(crate) use members::{Members, Packing, Source, Unpacked, refusal_of};
pub(crate) use tape::{AHEAD, Tape};

use crate::document::{Body, Content, Document, Given};
use crate::found::{Hints, Origin, Reason, Refusal};
use crate::limits::Limits;
use crate::media::{self, Media};
use crate::when::when;
use records::{Numbered, Record, Records};

/// The documents of an archive from the record `from` on, counted from 0; `path` is how they name it.
pub(crate) fn documents(
    tape: Tape<Members>,
    path: String,
    limits: Limits,
    from: u64,
) -> impl Iterator<Item = Document> {
    let records = Records::new(tape, &limits).skip_while(move |record| record.ordinal < from);
    records.map(move |Numbered { ordinal, url, outcome }| {
        let content = outcome.and_then(|record| content(record, url.clone(), &limits));
        Document::new(Origin { path: path.clone(), member: Some(ordinal), url }, content)
    })
}

fn content(record: Record, url: Option<String>, limits: &Limits) -> Result<Content, Refusal> {
    let kind = record.head.get("warc-type").unwrap_or_default().to_ascii_lowercase();
    let fetched_at = record.head.get("warc-date").and_then(|date| when(date).date);
    let hints = Hints { url, fetched_at, ..Hints::default() };
    let is_note = hints.url.as_deref().is_some_and(|url| url.starts_with("metadata:"));
    match kind.as_str() {
        _ if is_note => Err(Refusal::new(Reason::NoDocument, "a note of the crawler")),
        "response" => response(record, hints, limits),
        "resource" | "conversion" => {
            let media = record.head.get("content-type").map(str::to_owned);
            of_media(record.block, media.as_deref(), hints)
        }
        "" => Err(Refusal::new(Reason::Malformed, "the record does not say what it is")),
        other => Err(Refusal::new(Reason::NoDocument, format!("a record of the type \"{other}\""))),
    }
}

fn response(record: Record, hints: Hints, limits: &Limits) -> Result<Content, Refusal> {
    let told = record.head.get("content-type").unwrap_or_default();
    let is_http = told.is_empty() || told.contains("http") || record.block.starts_with(b"HTTP/");
    if !is_http {
        return Err(Refusal::new(Reason::NoDocument, format!("a response over another protocol: {told}")));
    }
    let response = http::response(record.block, limits)?;
    if !(200..300).contains(&response.status) {
        return Err(Refusal::new(Reason::NoDocument, format!("the server answered {}", response.status)));
    }
    of_media(response.body, response.head.get("content-type"), hints)
}

fn of_media(body: Vec<u8>, field: Option<&str>, mut hints: Hints) -> Result<Content, Refusal> {
    let (media, charset) = media::of_field(field.unwrap_or_default(), &body);
    hints.charset = charset;
    match media {
        Media::Html => Ok(Content::page(body, hints)),
        Media::Text => Ok(Content { body: Body::Plain(body), hints, given: Given::default() }),
        Media::Other(name) => Err(Refusal::new(Reason::NoDocument, format!("no page but \"{name}\""))),
    }
}
