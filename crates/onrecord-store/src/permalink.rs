//! Permalinks: short names made of what they point at, so that the same text and the same words in it have the same name in every store.
//!
//! A document has thirteen characters from its text; a statement or event has its document's and five more from its words. Base32 of RFC 4648 in
//! lower case: no sign that needs escaping, no difference by case.

use std::collections::HashSet;

use onrecord::record::{CharSpan, Event, Statement};
use sha2::{Digest, Sha256};

/// How many characters the permalink of a document has, 65 bits.
pub const DOCUMENT: usize = 13;
/// How many more the permalink of an item in it has, 25 bits.
pub const ITEM: usize = 5;
/// How many characters the permalink of a subject has.
const SUBJECT: usize = 14;

/// SHA-256 of a text, and the permalink of the document that it is.
pub fn of_document(text: &str) -> (String, String) {
    let hash = Sha256::digest(text);
    (hash.iter().map(|byte| format!("{byte:02x}")).collect(), base32(&hash, DOCUMENT))
}

/// The permalink of somebody or something across articles, from what tells it from others.
pub fn of_subject(identity: &str) -> String {
    base32(&Sha256::digest(identity), SUBJECT)
}

/// The ends of the permalinks of a document's statements, in their order: of the spans of source, cue and content.
pub fn marks_of_statements(document: &str, statements: &[Statement]) -> Vec<String> {
    let words = statements.iter().map(|statement| {
        let parts = [&statement.source.spans, &statement.cue.spans, &statement.content.spans];
        format!("s {}", parts.map(|part| written(part)).join(" | "))
    });
    distinct(document, words)
}

/// The ends of the permalinks of a document's events: of type, mode and the spans of the trigger.
pub fn marks_of_events(document: &str, events: &[Event]) -> Vec<String> {
    let words = events.iter().map(|event| {
        format!("v {} {} {}", event.kind, event.mode.as_deref().unwrap_or_default(), written(&event.trigger.spans))
    });
    distinct(document, words)
}

fn written(spans: &[CharSpan]) -> String {
    spans.iter().map(|span| format!("{}-{}", span.start, span.end)).collect::<Vec<_>>().join(",")
}

/// Items of one document with the same hash, or the same words, get their count into it: the first keeps the plain name.
fn distinct(document: &str, items: impl Iterator<Item = String>) -> Vec<String> {
    let mut taken = HashSet::new();
    items
        .map(|words| {
            let mut hashed = format!("{document} {words}");
            let mut again = 1;
            loop {
                let id = base32(&Sha256::digest(&hashed), ITEM);
                if taken.insert(id.clone()) {
                    return id;
                }
                again += 1;
                hashed = format!("{document} {words} #{again}");
            }
        })
        .collect()
}

/// The first `characters` characters of the base32 of `bytes`.
fn base32(bytes: &[u8], characters: usize) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let bit = |at: usize| bytes.get(at / 8).is_some_and(|byte| byte >> (7 - at % 8) & 1 == 1);
    (0..characters)
        .map(|at| {
            let value = (0..5).fold(0, |value, offset| value << 1 | usize::from(bit(at * 5 + offset)));
            char::from(ALPHABET[value])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base32_is_that_of_the_standard() {
        assert_eq!(base32(b"foobar", 9), "mzxw6ytbo", "RFC 4648, section 10: MZXW6YTBOI");
    }

    #[test]
    fn the_same_words_twice_are_two_items() {
        let ids = distinct("abc", ["x", "y", "x"].map(str::to_owned).into_iter());
        assert_ne!(ids[0], ids[2]);
        assert_eq!(ids[..2], distinct("abc", ["x", "y"].map(str::to_owned).into_iter()));
    }

    #[test]
    fn a_permalink_is_short_and_needs_no_escape() {
        let (hash, id) = of_document("The harbour is closed.");
        assert_eq!((hash.len(), id.len()), (64, DOCUMENT));
        assert!(id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()), "{id}");
    }
}
