//! Permalinks: short names made of what they point at, so that the same text and the same words in it have the same name in every store and every export.
//!
//! A document has thirteen characters from its text; what is in it has its document's and five more from its words. Base32 of RFC 4648 in lower case: no sign
//! that needs escaping, no difference by case. A record that people corrected keeps the names of what was read.

use std::collections::{HashMap, HashSet};

use sha2::{Digest, Sha256};

use crate::Record;
use crate::record::{CharSpan, Entity, Event, Place, Review, Statement, Time};

/// How many characters the permalink of a document has, 65 bits.
pub const DOCUMENT: usize = 13;
/// How many more the permalink of an item in it has, 25 bits.
pub const ITEM: usize = 5;
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// The permalinks of a record and of what is in it: the same in every store, and without one. No two are the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permalinks {
    /// That of the article.
    pub document: String,
    /// Those of its statements, in their order: from the spans of source, cue and content.
    pub statements: Vec<String>,
    /// Those of its events, in their order: from type, mode and the spans of the trigger.
    pub events: Vec<String>,
    /// Those of its times, in their order: from the span.
    pub times: Vec<String>,
    /// Those of its places, in their order: from name and span.
    pub places: Vec<String>,
    /// Those of its entities, in their order: from name and the span of the first mention.
    pub entities: Vec<String>,
}

impl Permalinks {
    /// Makes them, from the text and the words alone.
    pub fn of(record: &Record) -> Permalinks {
        let (_, document) = of_document(&record.document.text);
        Permalinks::within(&document, record)
    }

    /// Makes those of what is in the record of the document that has the permalink `document`.
    pub fn within(document: &str, record: &Record) -> Permalinks {
        let mut names = Names { document, taken: HashSet::new() };
        // The order tells who gives way where two hash alike. Corrections may add entities, so these come last.
        Permalinks {
            document: document.to_owned(),
            statements: names.of(&record.statements, of_statement, |statement| statement.review.as_ref()),
            events: names.of(&record.events, of_event, |event| event.review.as_ref()),
            times: names.of(&record.times, of_time, |_| None),
            places: names.of(&record.places, of_place, |_| None),
            entities: names.of(&record.entities, of_entity, |_| None),
        }
    }

    /// Those of the statements of `record` by their ids in it.
    pub fn of_statements<'a>(&'a self, record: &'a Record) -> HashMap<&'a str, &'a str> {
        let ids = record.statements.iter().map(|statement| statement.id.as_str());
        ids.zip(self.statements.iter().map(String::as_str)).collect()
    }
}

/// SHA-256 of a text in hexadecimal, and the permalink of the document that it is.
pub fn of_document(text: &str) -> (String, String) {
    let hash = Sha256::digest(text);
    (hash.iter().map(|byte| format!("{byte:02x}")).collect(), base32(&hash, DOCUMENT))
}

/// The end of the permalink of an item, behind that of its document; empty for that of a document.
pub fn mark(id: &str) -> &str {
    id.get(DOCUMENT..).unwrap_or_default()
}

/// A name of so many characters from all that tells something from others; at most 51 of them mean anything.
pub fn name_of(words: &str, characters: usize) -> String {
    base32(&Sha256::digest(words), characters)
}

fn of_statement(statement: &Statement) -> String {
    let parts = [&statement.source.spans, &statement.cue.spans, &statement.content.spans];
    format!("s {}", parts.map(|part| written(part)).join(" | "))
}

fn of_event(event: &Event) -> String {
    format!("v {} {} {}", event.kind, event.mode.as_deref().unwrap_or_default(), written(&event.trigger.spans))
}

fn of_time(time: &Time) -> String {
    format!("t {}", written(&[time.span]))
}

fn of_place(place: &Place) -> String {
    format!("p {} {}", place.name, written(&[place.span]))
}

fn of_entity(entity: &Entity) -> String {
    let first: Vec<CharSpan> = entity.mentions.iter().map(|mention| mention.span).take(1).collect();
    format!("e {} {}", entity.name, written(&first))
}

fn written(spans: &[CharSpan]) -> String {
    spans.iter().map(|span| format!("{}-{}", span.start, span.end)).collect::<Vec<_>>().join(",")
}

/// The names that are given in a document.
struct Names<'a> {
    document: &'a str,
    taken: HashSet<String>,
}

impl Names<'_> {
    /// A name for each item: the one that it had before it was corrected, else one from its words.
    fn of<T>(&mut self, items: &[T], words: fn(&T) -> String, review: fn(&T) -> Option<&Review>) -> Vec<String> {
        let named = items.iter().map(|item| {
            let kept = review(item).and_then(|review| review.permalink.as_ref()).filter(|id| self.is_ours(id)).cloned();
            match kept.filter(|id| self.taken.insert(id.clone())) {
                Some(kept) => kept,
                None => self.of_words(&words(item)),
            }
        });
        named.collect()
    }

    /// Items with the same hash, or the same words, get their count into it: the first keeps the plain name.
    fn of_words(&mut self, words: &str) -> String {
        let document = self.document;
        let mut hashed = format!("{document} {words}");
        let mut again = 1;
        loop {
            let id = format!("{document}{}", name_of(&hashed, ITEM));
            if self.taken.insert(id.clone()) {
                return id;
            }
            again += 1;
            hashed = format!("{document} {words} #{again}");
        }
    }

    /// Whether a permalink can be one of this document's items.
    fn is_ours(&self, id: &str) -> bool {
        let mark = id.strip_prefix(self.document);
        mark.is_some_and(|mark| mark.len() == ITEM && mark.bytes().all(|byte| ALPHABET.contains(&byte)))
    }
}

/// The first `characters` characters of the base32 of `bytes`.
fn base32(bytes: &[u8], characters: usize) -> String {
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
        let ids = |words: &[&str]| {
            let mut names = Names { document: "abcdefghijklm", taken: HashSet::new() };
            words.iter().map(|words| names.of_words(words)).collect::<Vec<_>>()
        };
        let of_three = ids(&["x", "y", "x"]);
        assert_ne!(of_three[0], of_three[2]);
        assert_eq!(of_three[..2], ids(&["x", "y"]));
    }

    #[test]
    fn an_event_whose_hash_a_statement_has_gets_another_name() {
        let document = "jozkmlasuks3t";
        let (statement, event) = ("s 2-23 |  | 3-19", "v CONSULT  4-17");
        assert_eq!(name_of(&format!("{document} {statement}"), ITEM), name_of(&format!("{document} {event}"), ITEM));
        let mut names = Names { document, taken: HashSet::new() };
        assert_eq!([statement, event].map(|words| names.of_words(words)), ["jozkmlasuks3tydo35", "jozkmlasuks3tc4hjc"]);
    }

    #[test]
    fn a_permalink_is_short_and_needs_no_escape() {
        let (hash, id) = of_document("The harbour is closed.");
        assert_eq!((hash.len(), id.len()), (64, DOCUMENT));
        assert!(id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()), "{id}");
    }
}
