//! What PLOVER files under another type than its words suggest: peacekeepers, sanctions, refugees let in, agreements to yield or that are final, demands granted, refusals. Agreements have a room of their own (`accords`).
//!
//! Each is a line of the manual or, where that says nothing, of the map from CAMEO's codes to PLOVER; the heads, which go by the words, are set right where the sentence is
//! plain. The manual has what is to be given up as CONCEDE, the map as AGREE (035): who says that they will is left to the manual, who agrees to it has agreed.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::accords::{comes_to_nothing, is_more, is_none, is_reached};
use super::{Event, Sentence, Tense, lexicon, status};
use crate::document::{Document, Span};
use crate::function_words::{Work, does};
use crate::rules::{EVENT_CODEBOOK, EVENT_REFUSAL};
use crate::tables::kinds;

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
/// What goes on, so that somebody may refuse to end it.
const GOES_ON: [&str; 5] = ["ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "SANCTION"];

/// The longest object that is looked through, in tokens.
pub(super) const OBJECT: usize = 8;
/// How far behind a trigger it says what troops are sent for, in tokens.
const MISSION: usize = 14;
/// How far behind "agreed" its "to" stands, in tokens.
const AGREED: usize = 4;
/// How far before a noun its verb stands ("end the three-day strike"), in tokens.
pub(super) const VERB: usize = 4;

static WORDS: LazyLock<HashMap<&'static str, Vec<&'static str>>> =
    LazyLock::new(|| kinds(onrecord_data::EVENT_CODEBOOK));

/// Whether the table has a word, in lower case, as one of that kind.
pub(super) fn is(word: &str, kind: &str) -> bool {
    WORDS.get(word).is_some_and(|kinds| kinds.contains(&kind))
}

/// Codes an event as the codebook does. Needs its status.
pub(super) fn code(document: &Document, event: &mut Event) {
    let Some(sentence) = Sentence::around(document, event.trigger) else { return };
    let is_to_come = matches!(event.tense, Tense::Future | Tense::Hypothetical);
    if let Some((kind, mode)) = filed(document, &sentence, event) {
        // Help that is to come is a promise.
        let promised = kind == "AID" && is_to_come && !event.negative;
        (event.kind, event.mode) = if promised { ("AGREE", None) } else { (kind, mode) };
        event.rule = EVENT_CODEBOOK;
    }
    let granted = GRANTED.iter().find(|(kind, _)| *kind == event.kind);
    if let Some((_, mode)) = granted.filter(|_| event.negative && is_to_come && !is_more(&sentence)) {
        (event.kind, event.mode, event.negative, event.rule) = ("REJECT", *mode, false, EVENT_REFUSAL);
    } else if event.kind == "AGREE" && comes_to_nothing(&sentence) {
        (event.kind, event.mode, event.negative, event.rule) = ("REJECT", None, false, EVENT_REFUSAL);
    } else if let Some(verb) = refused_end(&sentence, event) {
        event.trigger = verb.cover(event.trigger);
        (event.kind, event.mode, event.negative, event.rule) = ("REJECT", Some("yield"), false, EVENT_REFUSAL);
    }
    if matches!(event.rule, EVENT_CODEBOOK | EVENT_REFUSAL) {
        event.evidence.known = lexicon::knows(lexicon::look_up(event.trigger.text(document.text())), event.kind);
    }
}

/// The verb of "they will not [end] the strike", where somebody who takes part in what goes on says so.
fn refused_end(sentence: &Sentence, event: &Event) -> Option<Span> {
    if !GOES_ON.contains(&event.kind) {
        return None;
    }
    let verb = (1..=VERB)
        .filter_map(|back| sentence.first.checked_sub(back))
        .find(|&at| is(&sentence.word(at), "stopping"))?;
    let (last, first) = (sentence.before(verb, 1), sentence.before(verb, 2));
    let modal = is(&first, "modal") || first.ends_with("'ll") || first.ends_with("’ll");
    let would_not = |word: &str| matches!(word, "won't" | "won’t" | "wouldn't" | "wouldn’t");
    let refuses = would_not(&last) || modal && status::is(&last, "negation") || last == "to" && is(&first, "unwilling");
    let taking_part = || {
        let verb = sentence.tokens.get(verb).map(|token| token.span);
        verb.filter(|verb| event.actors.iter().any(|actor| actor.end <= verb.start))
    };
    if refuses && (verb + 1..sentence.first).all(|at| is_within(sentence, at)) { taking_part() } else { None }
}

/// Type and mode of what is filed elsewhere.
fn filed(document: &Document, sentence: &Sentence, event: &Event) -> Option<(&'static str, Option<&'static str>)> {
    let first = sentence.word(sentence.first);
    match event.kind {
        // CAMEO's 083: who grants what was demanded yields.
        "AGREE" | "SUPPORT" if !event.negative && is_granting(sentence) => Some(("CONCEDE", None)),
        // CAMEO's 057: an agreement that is reached is final.
        "AGREE" if !event.negative && event.tense == Tense::Past && is_reached(sentence) => Some(("SUPPORT", None)),
        "CONCEDE" | "RETREAT" if event.mode != Some("ceasefire") && is_agreeing(sentence) => Some(("AGREE", None)),
        "AGREE" | "CONCEDE" | "RETREAT" | "SUPPORT" if lets_in(sentence) => Some(("AID", None)),
        // CAMEO's 074: peacekeepers are lent, not massed.
        "MOBILIZE" if keeps_peace(document, sentence, event) => Some(("AID", None)),
        // CAMEO's 1661 and 1662: when they go, a tie is cut.
        "RETREAT" if event.mode == Some("withdraw") && is(&first, "withdrawing") => {
            let object = object(sentence);
            let called_home = object.iter().any(|word| is(word, "observing") || is(word, "peacekeeping"));
            called_home.then_some(("SANCTION", Some("withdraw")))
        }
        // CAMEO's 163.
        "SANCTION" if matches!(event.mode, None | Some("discontinue")) && is_penalty(sentence, event) => {
            Some(("COERCE", Some("restrict")))
        }
        _ => None,
    }
}

/// "agreed on Tuesday to release"; but who "agreed to the demands" has given in.
fn is_agreeing(sentence: &Sentence) -> bool {
    let next = sentence.trigger_words().skip(1).chain(sentence.behind()).take(AGREED + 1);
    let mut after = next.skip_while(|word| word != "to").skip(1);
    is(&sentence.word(sentence.first), "agreeing")
        && after.next().is_some_and(|word| !does(&word, Work::Opener) && !is(&word, "determiner"))
}

/// "accepted the strikers' demands", "agreed to their conditions", "gave the envoy permission"; not "agreed to discuss the demands".
fn is_granting(sentence: &Sentence) -> bool {
    let first = sentence.word(sentence.first);
    let ends_in = |words: &[String], kind| words.last().is_some_and(|word| is(word, kind)) && !is_none(words);
    let opens = |word: &str| is(word, "determiner") || does(word, Work::Opener);
    let is_noun = |words: &[String]| match words {
        [_, owner, ..] if matches!(owner.as_str(), "'" | "’" | "'s" | "’s") => true,
        [word, ..] => opens(word),
        [] => false,
    };
    let to = sentence.word(sentence.first + 1) == "to";
    let yields_to = || {
        let words = phrase(sentence, sentence.first + 1 + usize::from(to));
        ends_in(&words, "demand") && if is(&first, "agreeing") { to && is_noun(&words) } else { true }
    };
    is(&first, "granting") && yields_to() || is(&first, "giving") && ends_in(&object(sentence), "permission")
}

/// "took in hundreds of refugees".
fn lets_in(sentence: &Sentence) -> bool {
    let first = sentence.word(sentence.first);
    let takes = first.starts_with("tak") || first == "took";
    let whole = !takes || sentence.trigger_words().chain(sentence.behind().take(1)).any(|word| word == "in");
    is(&first, "letting-in") && whole && object(sentence).iter().any(|word| is(word, "refugee"))
}

/// "sent 200 peacekeepers", "peacekeepers arrived", "troops were sent to a peacekeeping force".
fn keeps_peace(document: &Document, sentence: &Sentence, event: &Event) -> bool {
    let text = document.text();
    let is_one = |word: &str| is(&word.to_lowercase(), "peacekeeping");
    let sent = event.actors.iter().any(|&actor| document.tokens_in(actor).iter().any(|t| is_one(t.span.text(text))));
    let mut behind = sentence.behind().take(MISSION).take_while(|word| !is(word, "aloof") && word != ";");
    let mut mission = || behind.by_ref().any(|word| is(&word, "mission")) && behind.any(|word| is_one(&word));
    sent || object(sentence).iter().any(|word| is_one(word)) || mission()
}

/// "sanctioned", "imposed an embargo"; but a court's penalty is a SANCTION.
fn is_penalty(sentence: &Sentence, event: &Event) -> bool {
    let by_itself = sentence.trigger_words().any(|word| is(&word, "punishment"));
    let put =
        || is(&sentence.word(sentence.first), "punishing") && object(sentence).iter().any(|word| is(word, "penalty"));
    !event.contexts.contains(&"legal") && (by_itself || put())
}

/// Whether what stands at a place can be part of a noun phrase's core.
pub(super) fn is_within(sentence: &Sentence, at: usize) -> bool {
    sentence.is_word(at) && !closes(&sentence.word(at))
}

/// Whether a word is no part of a noun phrase's core.
fn closes(word: &str) -> bool {
    let works = [Work::Preposition, Work::Relative, Work::Clause];
    is(word, "aloof") || matches!(word, "and" | "or" | "but") || works.iter().any(|&work| does(word, work))
}

/// The words of the noun phrase right behind a trigger: "300 of the" is part of it, "in the port" is not.
fn object(sentence: &Sentence) -> Vec<String> {
    phrase(sentence, sentence.end)
}

/// The words of the noun phrase that begins at a place.
pub(super) fn phrase(sentence: &Sentence, first: usize) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for at in first..(first + OBJECT).min(sentence.tokens.len()) {
        let word = sentence.word(at);
        let counted = word == "of" && words.last().is_none_or(|last| is(last, "counting"));
        let takes_in = word == "in" && words.is_empty();
        let owns = matches!(word.as_str(), "'" | "’") && !words.is_empty();
        if !sentence.is_word(at) && !owns || closes(&word) && !counted && !takes_in {
            break;
        }
        words.push(word);
    }
    words
}
