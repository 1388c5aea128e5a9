//! What PLOVER files under another type than its words suggest: peacekeepers, sanctions, refugees let in, agreements to yield or that are final, demands granted, refusals.
//!
//! Each is a line of the manual or, where that says nothing, of the map from CAMEO's codes to PLOVER; the heads, which go by the words, are set right where the sentence is
//! plain. The manual has what is to be given up as CONCEDE, the map as AGREE (035): who says that they will is left to the manual, who agrees to it has agreed.

use std::collections::HashMap;
use std::sync::LazyLock;

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
const OBJECT: usize = 8;
/// How far behind a trigger it says what troops are sent for, in tokens.
const MISSION: usize = 14;
/// How far behind "agreed" its "to" stands, in tokens.
const AGREED: usize = 4;
/// How far before a noun its verb stands ("end the three-day strike"), in tokens.
const VERB: usize = 4;
/// How far the auxiliary stands from the noun ("a deal with Lorne [has] been reached"), in tokens.
const PASSIVE: usize = 8;

static WORDS: LazyLock<HashMap<&'static str, Vec<&'static str>>> =
    LazyLock::new(|| kinds(onrecord_data::EVENT_CODEBOOK));

/// Whether the table has a word, in lower case, as one of that kind.
fn is(word: &str, kind: &str) -> bool {
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
    let before = |at, back| sentence.before(at, back);
    let verb = (1..=VERB)
        .filter_map(|back| sentence.first.checked_sub(back))
        .find(|&at| is(&sentence.word(at), "stopping"))?;
    let (last, first) = (before(verb, 1), before(verb, 2));
    let modal = is(&first, "modal") || first.ends_with("'ll") || first.ends_with("’ll");
    let would_not = |word: &str| matches!(word, "won't" | "won’t" | "wouldn't" | "wouldn’t");
    let refuses = would_not(&last) || modal && status::is(&last, "negation") || last == "to" && is(&first, "unwilling");
    let within = |at: usize| sentence.is_word(at) && !closes(&sentence.word(at));
    let taking_part = || {
        let verb = sentence.tokens.get(verb).map(|token| token.span);
        verb.filter(|verb| event.actors.iter().any(|actor| actor.end <= verb.start))
    };
    if refuses && (verb + 1..sentence.first).all(within) { taking_part() } else { None }
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

/// The place of the verb that brings an agreement about: "[reached] a deal", "[agreed] on a treaty", "a deal with Lorne was [reached]".
fn concluded(sentence: &Sentence) -> Option<usize> {
    let first = sentence.first;
    if is(&sentence.word(first), "agreeing") || is(&sentence.word(first), "concluding") {
        let is_object = has_accord(sentence, first) || accord_before(sentence, first);
        return is_object.then_some(first);
    }
    let noun = (first..sentence.end).rfind(|&at| is(&sentence.word(at), "accord"))?;
    let concludes = |at: &usize| is(&sentence.word(*at), "concluding");
    let within = |at: &usize| sentence.is_word(*at) && !closes(&sentence.word(*at));
    let active = (noun.saturating_sub(VERB)..noun).rev().take_while(within).find(concludes);
    let behind = (noun + 1..sentence.tokens.len()).take(PASSIVE).take_while(|&at| sentence.is_word(at));
    active.or_else(|| behind.filter(|&at| status::is_passive(&sentence.around_word(at))).find(concludes))
}

/// Whether an accord is the object of a verb: "[reached] a new deal on Monday", but not "[agreed] the deal was unfair", "[reached] no deal".
fn has_accord(sentence: &Sentence, verb: usize) -> bool {
    let word = |at: usize| sentence.word(at);
    let led = is(&word(verb), "agreeing") && matches!(word(verb + 1).as_str(), "on" | "to" | "upon");
    let first = verb + 1 + usize::from(led);
    let is_noun = word(verb + 1) != "to" || is(&word(first), "determiner") || does(&word(first), Work::Opener);
    let words = phrase(sentence, first);
    let dated = words.iter().rev().take_while(|word| is(word, "day")).count();
    let ends =
        words.len().checked_sub(dated + 1).and_then(|last| words.get(last)).is_some_and(|word| is(word, "accord"));
    let open = words.len() < OBJECT && status::is_auxiliary(&word(first + words.len()));
    is_noun && ends && !open && !is_none(&words)
}

/// Whether a verb is passive, and an accord before it: "a deal with Lorne was finally [reached]".
fn accord_before(sentence: &Sentence, verb: usize) -> bool {
    let before = (0..verb).rev().take(PASSIVE).take_while(|&at| sentence.is_word(at));
    status::is_passive(&sentence.around_word(verb))
        && sentence.word(verb + 1) != "to"
        && before.into_iter().any(|at| is(&sentence.word(at), "accord"))
}

/// "no deal", "neither demand"
fn is_none(words: &[String]) -> bool {
    words.first().is_some_and(|word| matches!(word.as_str(), "no" | "none" | "neither"))
}

/// "have reached a deal"; not "hope to reach", "might have reached", "without reaching" one.
fn is_reached(sentence: &Sentence) -> bool {
    concluded(sentence).is_some_and(|verb| status::is_plain(&sentence.around_word(verb)))
}

/// "failed to agree", "could not reach a deal"; not "could not agree more".
fn comes_to_nothing(sentence: &Sentence) -> bool {
    let agrees = is(&sentence.word(sentence.first), "agreeing").then_some(sentence.first);
    agrees.or_else(|| concluded(sentence)).is_some_and(|verb| {
        let group = if sentence.before(verb, 1) == "be" { verb - 1 } else { verb };
        let (last, first) = (sentence.before(group, 1), sentence.before(group, 2));
        let could = matches!(last.as_str(), "couldn't" | "couldn’t" | "cannot") || last == "not" && first == "could";
        (could || last == "to" && is(&first, "vain")) && !is_more(sentence)
    })
}

/// "could not agree more" is full agreement.
fn is_more(sentence: &Sentence) -> bool {
    sentence.word(sentence.end) == "more"
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
fn phrase(sentence: &Sentence, first: usize) -> Vec<String> {
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
