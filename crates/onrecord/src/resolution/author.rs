//! Who "I" is outside quotation marks: whoever signed the article, or the letter that the word stands in.

use super::cast::Cast;
use crate::document::{Document, Span};
use crate::mentions::Kind;

/// The longest signature, in tokens: "Michael Harrow; Leeds, England".
const LONGEST_SIGNATURE: usize = 9;
/// How many paragraphs at the end of an article may tell who wrote it.
const LAST_PARAGRAPHS: usize = 4;
/// How far on a signature is looked for, in paragraphs.
const LETTER: usize = 30;

/// The person who writes the words at `byte`: the next short paragraph that opens with a person's name, or a note at the end of the article
/// ("Ana Ruiz is a nurse in Leeds.").
pub(super) fn of(document: &Document, cast: &Cast, byte: usize) -> Option<usize> {
    let paragraphs = document.paragraphs();
    let from = paragraphs.partition_point(|paragraph| paragraph.start <= byte);
    let later = paragraphs.get(from..)?;
    let signed = later.iter().take(LETTER).find_map(|&paragraph| {
        let short = document.tokens_in(paragraph).len() <= LONGEST_SIGNATURE;
        opening(document, cast, paragraph).filter(|_| short).map(|(entity, _)| entity)
    });
    let note = || {
        later.iter().rev().take(LAST_PARAGRAPHS).find_map(|&paragraph| {
            let (entity, rest) = opening(document, cast, paragraph)?;
            let next = document.tokens_in(rest).first()?.span.text(document.text());
            matches!(next, "is" | "was" | "," | "writes" | "teaches" | "works" | "has" | "served").then_some(entity)
        })
    };
    signed.or_else(note)
}

/// The person whose name opens a paragraph, and the rest of it.
fn opening(document: &Document, cast: &Cast, paragraph: Span) -> Option<(usize, Span)> {
    let words = paragraph.text(document.text());
    let first = cast.names_in(paragraph).first()?;
    let before = words.get(..first.span.start - paragraph.start)?;
    let signs = before.chars().all(|c| !c.is_alphanumeric()) || before.trim().eq_ignore_ascii_case("by");
    let is_person =
        cast.entities.get(first.entity)?.kind == Kind::Person && cast.entities.get(first.entity)?.name.contains(' ');
    (signs && is_person).then(|| (first.entity, Span::new(first.span.end, paragraph.end)))
}
