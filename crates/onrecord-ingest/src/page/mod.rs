//! A web page → an article.
//!
//! Bytes → text ([`crate::encoding`]) → one linear pass that refuses what is over a limit and drops what bears no text ([`slim`]) → main text by the vote
//! of two readings ([`main_text`]) → blocks joined by blank lines. What the page says of itself is read on the way ([`metadata`]).
//! Nothing is fetched, no script runs.

pub mod blocks;
pub mod bylines;
pub mod dates;
mod elements;
mod head;
mod json_ld;
mod kind;
mod main_text;
mod markup;
mod metadata;
mod references;
mod slim;
mod surroundings;
mod vote;

use onrecord::document::Span;
use onrecord::{Article, DateBasis};

use crate::found::{Hints, Page, Reason, Refusal};
use crate::limits::Limits;
use crate::{encoding, language};
use main_text::Voted;

/// Reads a web page. Some 2 ms for a page of 170 KB; memory some ten times what is left of the page without its scripts.
///
/// # Errors
/// A [`Refusal`] if the page is over one of `limits` or has no text.
pub fn html(bytes: &[u8], hints: &Hints, limits: &Limits) -> Result<Page, Refusal> {
    within(bytes, limits)?;
    let (page, encoding) = encoding::decode(bytes, hints);
    let slim = slim::slim(&page, limits)?;
    let said = metadata::read(&slim.head, hints);
    let voted = main_text::main_text(&slim);
    let (text, disputed) = joined(&voted);
    if text.is_empty() {
        return Err(Refusal::new(Reason::NoText, "the page has no text"));
    }
    if text.chars().count() > limits.text_chars {
        return Err(Refusal::new(
            Reason::TooLarge,
            format!("the text is longer than {} characters", limits.text_chars),
        ));
    }
    let language = language::of(&text, said.language.as_deref());
    let kind = kind::of(&voted, &slim, &said);
    let (published_at, published_rung) = said.published.map_or((None, None), |(date, rung)| (Some(date), Some(rung)));
    let article = Article {
        text,
        url: hints.url.clone().or_else(|| said.canonical.clone()),
        outlet: said.outlet,
        title: said.title,
        published_at,
        published_at_basis: DateBasis::Page,
        bylines: said.bylines.clone(),
        language: Some(language.clone()),
        ..Article::default()
    };
    Ok(Page {
        article,
        canonical_url: said.canonical,
        bylines: said.bylines,
        modified_at: said.modified,
        language,
        published_rung,
        disputed,
        encoding: Some(encoding.name()),
        kind,
    })
}

/// First bytes of what is neither a page nor a text.
const BINARY: [(&[u8], &str); 6] = [
    (b"\x1f\x8b", "gzip"),
    (b"%PDF-", "PDF"),
    (b"(\xb5/\xfd", "zstd"),
    (b"PK\x03\x04", "zip"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
];

/// Refuses a document of too many bytes, and one that is known for something else.
pub(crate) fn within(bytes: &[u8], limits: &Limits) -> Result<(), Refusal> {
    if let Some((_, name)) = BINARY.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Err(Refusal::new(Reason::Unsupported, format!("the bytes are {name}")));
    }
    if bytes.len() <= limits.document_bytes {
        return Ok(());
    }
    let message = format!("the document has {} bytes, the limit is {}", bytes.len(), limits.document_bytes);
    Err(Refusal::new(Reason::TooLarge, message))
}

/// The blocks with a blank line between, and the spans of those in dispute.
fn joined(voted: &[Voted]) -> (String, Vec<Span>) {
    let mut text = String::new();
    let mut disputed = Vec::new();
    for Voted { block, is_disputed } in voted {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&block.text);
        if *is_disputed {
            disputed.push(Span { start, end: text.len() });
        }
    }
    (text, disputed)
}
