//! The word lists that quotation marks, tokens and sentences look words up in.
//!
//! The words themselves stand in the tables of onrecord-data.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::tables::rows;

/// How an abbreviation bears on the sentence around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// A name follows: the stop never ends the sentence.
    Title,
    /// A digit follows, or the stop ends the sentence.
    Number,
    /// A month: as [`Abbreviation::Number`].
    Month,
    /// a.m., p.m.: any capital that is no weekday or time zone starts a sentence.
    Time,
    /// e.g., vs.: the stop never ends the sentence.
    Inner,
    /// The stop ends the sentence before a word that usually starts one.
    Other,
}

/// The abbreviation that `word` is, written without its last stop, in its usual case or in capitals.
pub(super) fn abbreviation(word: &str) -> Option<Abbreviation> {
    // Longer words are in no table; this bounds the copy below.
    if word.len() > 12 {
        return None;
    }
    ABBREVIATIONS.get(word).copied().or_else(|| {
        let mut rest = word.chars();
        let first = rest.next().filter(|_| word.len() > 1 && word.chars().all(char::is_uppercase))?;
        let usual = format!("{first}{}", rest.as_str().to_lowercase());
        let kind = ABBREVIATIONS.get(usual.as_str()).copied()?;
        // LA and CO are more often acronyms than abbreviations.
        (word.len() > 2 || matches!(kind, Abbreviation::Title | Abbreviation::Number)).then_some(kind)
    })
}

/// Whether an apostrophe before `word` stands for letters left out (’em, ’tis).
pub(super) fn is_elision(word: &str) -> bool {
    ELISIONS.contains(word)
}

/// Whether `word` is a past tense that tags a quotation before it.
pub(super) fn is_reporting_verb(word: &str) -> bool {
    REPORTING_VERBS.contains(word)
}

/// Whether `word`, with its capital, usually starts a sentence rather than goes on with a name.
pub(super) fn is_sentence_starter(word: &str) -> bool {
    SENTENCE_STARTERS.contains(word)
}

static ABBREVIATIONS: LazyLock<HashMap<&str, Abbreviation>> = LazyLock::new(|| {
    rows(onrecord_data::ABBREVIATIONS).filter_map(|[word, kind]| Some((word, abbreviation_kind(kind)?))).collect()
});
static ELISIONS: LazyLock<HashSet<&str>> = LazyLock::new(|| words(onrecord_data::ELISIONS));
static REPORTING_VERBS: LazyLock<HashSet<&str>> = LazyLock::new(|| words(onrecord_data::REPORTING_VERBS));
static SENTENCE_STARTERS: LazyLock<HashSet<&str>> = LazyLock::new(|| words(onrecord_data::SENTENCE_STARTERS));

fn abbreviation_kind(kind: &str) -> Option<Abbreviation> {
    match kind {
        "title" => Some(Abbreviation::Title),
        "number" => Some(Abbreviation::Number),
        "month" => Some(Abbreviation::Month),
        "time" => Some(Abbreviation::Time),
        "inner" => Some(Abbreviation::Inner),
        "other" => Some(Abbreviation::Other),
        _ => None,
    }
}

fn words(table: &'static str) -> HashSet<&'static str> {
    rows(table).map(|[word]| word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_in_the_table_is_known() {
        for [word, kind] in rows(onrecord_data::ABBREVIATIONS) {
            assert!(abbreviation_kind(kind).is_some(), "{word}: {kind:?}");
        }
    }

    #[test]
    fn case_is_the_usual_one_or_capitals() {
        assert_eq!(abbreviation("Sen"), Some(Abbreviation::Title));
        assert_eq!(abbreviation("SEN"), Some(Abbreviation::Title));
        assert_eq!(abbreviation("sen"), None);
        assert_eq!(abbreviation("no"), None);
        assert_eq!(abbreviation("NO"), Some(Abbreviation::Number));
        assert_eq!(abbreviation("LA"), None);
    }

    #[test]
    fn elisions_are_exact() {
        assert!(is_elision("tis") && is_elision("n") && !is_elision("Round"));
    }
}
