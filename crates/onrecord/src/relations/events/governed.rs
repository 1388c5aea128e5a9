//! What a demand, threat, promise or refusal is about is no event of its own: "threatened to bomb the port" tells of a threat and of no bomb.
//!
//! Told as a happening, it stays one: "demanded an apology for the raid", "urged the army to free those whom it had arrested".

use super::{Event, Sentence, Statement, lexicon, status};
use crate::document::{Document, Span};
use crate::function_words::{Work, does};
use crate::relations::places::Places;
use crate::rules::EVENT_CONTENT;

/// How many triggers on either side of one may be its content.
const NEAR: usize = 16;
/// How far behind its governor an infinitive or an object begins, in tokens.
const REACH: usize = 14;
/// The longest stretch of a content that is looked through, in tokens.
const LONGEST: usize = 60;
/// The longest object between a governor and the noun that is its content, in tokens.
const OBJECT: usize = 5;

/// Takes the confidence from every event that is but the content of another which is at least as sure as `least`. O(n).
pub(super) fn drop_contents(
    document: &Document,
    events: &mut [Event],
    statements: &[Statement],
    places: &Places,
    least: f64,
) {
    let mut governed: Vec<usize> = Vec::new();
    for (at, event) in events.iter().enumerate() {
        if event.confidence < least || !governs(event.kind) {
            continue;
        }
        let Some(sentence) = Sentence::around(document, event.trigger) else { continue };
        let contents = contents(statements, places, event.trigger);
        let near = at.saturating_sub(NEAR)..(at + NEAR + 1).min(events.len());
        let others = near.filter(|&other| other != at);
        governed.extend(others.filter(|&other| {
            events.get(other).is_some_and(|other| is_content(&sentence, event, other.trigger, &contents))
        }));
    }
    for at in governed {
        if let Some(event) = events.get_mut(at) {
            (event.confidence, event.rule) = (0.0, EVENT_CONTENT);
        }
    }
}

fn governs(kind: &str) -> bool {
    matches!(kind, "THREATEN" | "REQUEST" | "AGREE" | "REJECT" | "CONCEDE")
}

/// The contents of statements whose cue shares a word with the trigger.
fn contents(statements: &[Statement], places: &Places, trigger: Span) -> Vec<Span> {
    let told = places.touching(trigger).filter_map(|(_, at)| statements.get(at));
    let own = told.filter(|statement| statement.cue.is_some_and(|cue| cue.overlaps(trigger)));
    own.flat_map(|statement| statement.content.iter().copied()).collect()
}

/// Whether `other` is what `event` is about, in one sentence.
fn is_content(sentence: &Sentence, event: &Event, other: Span, contents: &[Span]) -> bool {
    let within = sentence.tokens.first().zip(sentence.tokens.last()).map(|(first, last)| first.span.cover(last.span));
    if !within.is_some_and(|within| within.contains(other)) || other.overlaps(event.trigger) {
        return false;
    }
    let target = sentence.at(other.start);
    if let Some(content) = contents.iter().find(|content| content.contains(other)) {
        let from = if content.start >= event.trigger.end { sentence.end } else { sentence.at(content.start) };
        return !happened(sentence, from, target);
    }
    if target < sentence.end || target > sentence.end + REACH || happened(sentence, sentence.end, target) {
        return false;
    }
    is_infinitive(sentence, target) || is_object(sentence, target)
}

/// Whether a word between shows that what follows has happened: "after the raid". "For" does so only behind a noun: "an apology for the raid".
fn happened(sentence: &Sentence, from: usize, target: usize) -> bool {
    target > from + LONGEST
        || (from..target).any(|at| {
            let word = sentence.word(at);
            status::is(&word, "happened") && !(at == from && matches!(word.as_str(), "for" | "against" | "in" | "at"))
        })
}

/// "to bomb", "not to bomb", "to arrest and to bomb": only adverbs and auxiliaries stand between.
fn is_infinitive(sentence: &Sentence, target: usize) -> bool {
    let small = |word: &str| {
        word.ends_with("ly") || matches!(word, "be" | "have" | "been" | "not" | "also" | "and" | "or" | "to")
    };
    let before = (sentence.end..target).rev().map(|at| sentence.word(at));
    let group: Vec<String> = before.take_while(|word| small(word)).collect();
    group.iter().any(|word| word == "to")
}

/// "demanded their release", "rejects a ceasefire": nothing but a noun phrase stands between.
fn is_object(sentence: &Sentence, target: usize) -> bool {
    let between: Vec<usize> = (sentence.end..target).collect();
    let phrase = |&at: &usize| {
        let word = sentence.word(at);
        let opens =
            matches!(word.as_str(), "of" | "for" | "to" | "an" | "a" | "the" | "and" | "all" | "any" | "against");
        sentence.is_word(at) && (opens || !does(&word, Work::Closer) && !does(&word, Work::Relative))
    };
    let noun = !lexicon::is_past(&sentence.word(target));
    noun && between.len() <= OBJECT && between.iter().all(phrase)
}
