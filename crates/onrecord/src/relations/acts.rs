//! A cue's words → its lemma and the act it does, by the tables of onrecord-data.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::tables::rows;

/// The act of a cue that the table does not know, and of a statement without one.
const UNKNOWN_ACT: &str = "say";
/// Words that begin a phrase which tells how or where something was said.
const MANNER: &[&str] = &["at", "during", "in", "on", "through", "via"];
/// Words of a cue that are never its main word, unless alone.
const AUXILIARIES: &[&str] = &[
    "about", "against", "also", "be", "been", "being", "by", "can", "could", "did", "do", "does", "for", "had", "has",
    "have", "having", "in", "is", "it", "may", "might", "must", "not", "of", "on", "over", "should", "that", "the",
    "to", "was", "were", "will", "with", "would",
];

static ACTS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| two_columns(onrecord_data::ACTS));
static LEMMAS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| two_columns(onrecord_data::LEMMAS));

static TAGS: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| two_columns(onrecord_data::REPORTING_VERBS));

/// The first two columns of a table of onrecord-data.
pub(super) fn two_columns(table: &'static str) -> HashMap<&'static str, &'static str> {
    rows(table).map(|[first, second]| (first, second)).collect()
}

/// What a cue's words say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Act {
    /// The dictionary form of the main word, or the phrase of the table.
    pub lemma: String,
    /// One of the closed list of the record format.
    pub act: &'static str,
}

/// Lemma and act of a cue: the longest phrase of the table wins, the later of two as long. A manner phrase behind a verb ("said in a statement",
/// "told reporters at the port") counts only where nothing stands before it.
pub(super) fn act(cue: &str) -> Act {
    let mut words: Vec<String> = words(cue);
    if let Some(at) = manner(&words) {
        words.truncate(at);
    }
    if let Some(matrix) = matrix(&words) {
        words.truncate(matrix);
    }
    for length in (1..=words.len().min(4)).rev() {
        for phrase in words.windows(length).rev() {
            if length == 1 && words.len() > 1 && AUXILIARIES.contains(&phrase[0].as_str()) {
                continue;
            }
            if let Some((lemma, act)) = look_up(phrase) {
                return Act { lemma, act };
            }
        }
    }
    let main = words.iter().rev().find(|word| !AUXILIARIES.contains(&word.as_str()));
    Act { lemma: main.map_or_else(|| cue.trim().to_lowercase(), |word| lemma(word)), act: UNKNOWN_ACT }
}

/// How many words of a cue come before a phrase that tells how or where it was said ("said in a statement"), if there is one behind its main word.
/// "called on" is a cue of its own.
pub(super) fn manner(words: &[String]) -> Option<usize> {
    let main = |word: &String| !AUXILIARIES.contains(&word.as_str()) && look_up(std::slice::from_ref(word)).is_some();
    let phrasal = |at: usize| at > 0 && words.get(at - 1..=at).is_some_and(|pair| look_up(pair).is_some());
    let at = (0..words.len()).find(|&at| MANNER.contains(&words[at].as_str()) && !phrasal(at))?;
    (at + 1 < words.len() && words[..at].iter().any(main)).then_some(at)
}

/// How many words come before the "to" behind a verb that decides the act whatever follows: "purporting to show", "refused to confirm".
fn matrix(words: &[String]) -> Option<usize> {
    let decides = |at: &usize| {
        let verb = look_up(words.get(at - 1..*at)?);
        verb.filter(|(_, act)| matches!(*act, "claim" | "refuse" | "threaten")).map(|_| *at)
    };
    (1..words.len()).filter(|&at| words[at] == "to").find_map(|at| decides(&at))
}

/// Whether a word, in any form, stands in the table of cues with an act other than "other".
pub(super) fn may_report(word: &str) -> bool {
    look_up(&[word.to_lowercase()]).is_some_and(|(_, act)| act != "other")
}

/// Whether an act is done by saying something, and not by thinking, wanting or feeling it.
pub(super) fn is_speech(act: &str) -> bool {
    !matches!(
        act,
        "believe"
            | "hope"
            | "fear"
            | "doubt"
            | "predict"
            | "propose"
            | "support"
            | "oppose"
            | "praise"
            | "criticize"
            | "agree"
            | "disagree"
            | "cite"
            | "other"
    )
}

/// Whether a word is a past tense that tags quotations: "said", "told", "warned".
pub(super) fn tags_quotations(word: &str) -> bool {
    TAGS.contains_key(word)
}

/// A phrase of the table: its first word may be inflected ("called for"), the others stand as they are.
fn look_up(phrase: &[String]) -> Option<(String, &'static str)> {
    let (first, rest) = phrase.split_first()?;
    let candidates = [
        LEMMAS.get(first.as_str()).map(|&lemma| lemma.to_owned()),
        Some(first.clone()),
        Some(stripped(first).to_owned()),
    ];
    candidates.into_iter().flatten().find_map(|head| {
        let whole = rest.iter().fold(head, |text, word| format!("{text} {word}"));
        ACTS.get(whole.as_str()).map(|&act| (whole, act))
    })
}

/// The dictionary form of a word, as far as the tables and its ending tell.
pub(super) fn lemma_of(word: &str) -> String {
    LEMMAS.get(word).map_or_else(|| stripped(word).to_owned(), |&lemma| lemma.to_owned())
}

fn lemma(word: &str) -> String {
    // Stripping an ending is good enough to look a word up, not to print it.
    LEMMAS.get(word).map_or_else(|| word.to_owned(), |&lemma| lemma.to_owned())
}

fn stripped(word: &str) -> &str {
    ["ing", "ed", "s"].iter().find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.len() > 2)).unwrap_or(word)
}

fn words(cue: &str) -> Vec<String> {
    let words = cue
        .split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '’' || c == '\''))
        .filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    if words.is_empty() { cue.split_whitespace().map(str::to_owned).collect() } else { words }
}

#[cfg(test)]
mod tests {
    use super::act;

    #[test]
    fn the_main_word_decides() {
        let pairs = [
            ("has also repeatedly denied", "deny", "deny"),
            ("according to", "according to", "say"),
            ("told", "tell", "say"),
            ("said in a statement", "say", "say"),
            (":", ":", "say"),
            ("is calling for", "call for", "demand"),
            ("would not confirm", "confirm", "confirm"),
            ("grumbled", "grumble", "criticize"),
        ];
        for (cue, lemma, expected) in pairs {
            let found = act(cue);
            assert_eq!((cue, found.lemma.as_str(), found.act), (cue, lemma, expected));
        }
    }
}
