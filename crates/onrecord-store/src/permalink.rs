//! The names of what a store has beside the articles: of somebody across articles, of a correction, of a run. As permalinks, they follow from what they name.

use onrecord::permalinks::{DOCUMENT, name_of};

/// How many characters the id of a correction has, 100 bits: a log is carried between stores, and nothing in it may be taken for something else.
const CORRECTION: usize = 20;
/// How many characters the permalink of a subject has.
const SUBJECT: usize = 14;

/// The permalink of somebody or something across articles, from what tells it from others.
pub fn of_subject(identity: &str) -> String {
    name_of(identity, SUBJECT)
}

/// The name of a correction, from all that it says.
pub fn of_correction(words: &str) -> String {
    name_of(words, CORRECTION)
}

/// The name of a run, from what it does and over what.
pub fn of_job(kind: &str, source: &str) -> String {
    name_of(&format!("{kind}\n{source}"), DOCUMENT)
}
