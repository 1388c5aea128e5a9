//! What PLOVER files under another type than its words suggest: refusals, promises to yield, peacekeepers, sanctions, refugees let in.
//!
//! Each is a line of the manual or of the map from CAMEO's codes to PLOVER; the heads, which go by the words, are set right where the line is plain.

use super::{Event, Sentence, Tense, status};
use crate::document::{Document, Span};
use crate::rules::{EVENT_CODEBOOK, EVENT_REFUSAL};

/// What can be refused, and the mode of REJECT that refusing it is.
const GRANTED: [(&str, Option<&str>); 7] = [
    ("AGREE", None),
    ("AID", Some("assist")),
    ("CONCEDE", Some("yield")),
    ("CONSULT", Some("meet")),
    ("COOPERATE", None),
    ("RETREAT", Some("yield")),
    ("SUPPORT", None),
];

/// What somebody can be asked to stop, and refuse to.
const STOPPED: [&str; 5] = ["ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "SANCTION"];
const STOPPING: [&str; 10] =
    ["abandon", "cease", "end", "halt", "lift", "relax", "remove", "stop", "suspend", "withdraw"];
const DETERMINERS: [&str; 9] = ["a", "an", "any", "her", "his", "its", "our", "the", "their"];

const PEACEKEEPERS: [&str; 6] =
    ["peace-keepers", "peace-keeping", "peacekeeper", "peacekeepers", "peacekeeping", "helmets"];
/// Whom a mission sends and takes home.
const OBSERVERS: [&str; 5] = ["inspectors", "monitors", "observers", "peace-keepers", "peacekeepers"];
const PUNISHMENTS: [&str; 6] = ["embargo", "embargoes", "sanction", "sanctioned", "sanctions", "blacklisted"];
const REFUGEES: [&str; 7] = ["asylum-seekers", "evacuees", "exiles", "migrants", "refugee", "refugees", "asylum"];

/// What an object does not reach beyond.
const BEYOND: [&str; 14] =
    [",", ";", "after", "against", "amid", "as", "because", "before", "by", "despite", "from", "over", "when", "while"];
/// How far from a trigger its object lies, in tokens.
const OBJECT: usize = 6;
/// How far before a noun "will not end the" begins, in tokens.
const STOPS: usize = 3;

/// Codes an event as the codebook does. Needs its status.
pub(super) fn code(document: &Document, event: &mut Event) {
    let Some(sentence) = Sentence::around(document, event.trigger) else { return };
    let is_to_come = matches!(event.tense, Tense::Future | Tense::Hypothetical);
    let granted = GRANTED.iter().find(|(kind, _)| *kind == event.kind);
    if let Some((_, mode)) = granted.filter(|_| event.negative && is_to_come) {
        (event.kind, event.mode, event.negative, event.rule) = ("REJECT", *mode, false, EVENT_REFUSAL);
    } else if let Some(verb) = refused_stop(&sentence, event) {
        event.trigger = verb.cover(event.trigger);
        (event.kind, event.mode, event.negative, event.rule) = ("REJECT", Some("yield"), false, EVENT_REFUSAL);
    } else if let Some((kind, mode)) = filed(document, &sentence, event) {
        (event.kind, event.mode, event.rule) = (kind, mode, EVENT_CODEBOOK);
    }
}

/// The verb of "will not [end] the strike", if the trigger is what shall go on.
fn refused_stop(sentence: &Sentence, event: &Event) -> Option<Span> {
    if !STOPPED.contains(&event.kind) {
        return None;
    }
    let verb = (1..=STOPS).find_map(|back| {
        let at = sentence.first.checked_sub(back)?;
        STOPPING.contains(&sentence.word(at).as_str()).then_some(at)
    })?;
    let small = |at: usize| DETERMINERS.contains(&sentence.word(at).as_str()) || sentence.first - at == 1;
    let next = verb.checked_sub(1).map(|at| sentence.word(at))?;
    let before = verb.checked_sub(2).map(|at| sentence.word(at)).unwrap_or_default();
    let modal = |word: &str| matches!(word, "will" | "would" | "wo" | "'ll" | "’ll");
    let refuses = matches!(next.as_str(), "won't" | "won’t" | "wouldn't" | "wouldn’t")
        || status::is(&next, "negation") && modal(&before)
        || next == "to" && matches!(before.as_str(), "refuse" | "refuses" | "refused" | "refusing");
    (refuses && (verb + 1..sentence.first).all(small)).then(|| sentence.tokens.get(verb).map(|token| token.span))?
}

/// Type and mode of what is filed elsewhere.
fn filed(document: &Document, sentence: &Sentence, event: &Event) -> Option<(&'static str, Option<&'static str>)> {
    let first = sentence.word(sentence.first);
    let names = |words: &[&str]| {
        let object = sentence.behind().take(OBJECT).take_while(|word| !BEYOND.contains(&word.as_str()));
        let is_one = |word: &String| words.contains(&word.as_str());
        object.chain(sentence.trigger_words()).any(|word| is_one(&word))
            || event.recipients.iter().chain(&event.actors).any(|party| mentions(document, *party, words))
    };
    match event.kind {
        // CAMEO's 035, the intent to yield: who agrees to it with somebody has agreed, and has not yet yielded.
        "CONCEDE" | "RETREAT" if first.starts_with("agree") => Some(("AGREE", None)),
        "AGREE" | "CONCEDE" | "RETREAT" | "SUPPORT" if lets_in(sentence) && names(&REFUGEES) => Some(("AID", None)),
        // CAMEO's 074 and 1661: peacekeepers are lent, not massed, and their going is a tie cut.
        "MOBILIZE" if names(&PEACEKEEPERS) => Some(("AID", None)),
        "RETREAT" if event.mode == Some("withdraw") && names(&OBSERVERS) => Some(("SANCTION", Some("withdraw"))),
        // CAMEO's 163.
        "SANCTION" if matches!(event.mode, None | Some("discontinue")) && names(&PUNISHMENTS) => {
            Some(("COERCE", Some("restrict")))
        }
        _ => None,
    }
}

fn lets_in(sentence: &Sentence) -> bool {
    let first = sentence.word(sentence.first);
    let takes_in = first.starts_with("tak") || first == "took";
    let whole = takes_in && sentence.trigger_words().chain(sentence.behind().take(1)).any(|word| word == "in");
    whole || ["accept", "admit", "resettl", "welcom"].iter().any(|stem| first.starts_with(stem))
}

fn mentions(document: &Document, party: Span, words: &[&str]) -> bool {
    let tokens = document.tokens_in(party);
    tokens.iter().any(|token| words.contains(&token.span.text(document.text()).to_lowercase().as_str()))
}
