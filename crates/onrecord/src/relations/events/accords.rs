//! Agreements: whether one that is told of has been reached, or has come to nothing.

use super::codebook::{OBJECT, VERB, is, is_within, phrase};
use super::{Sentence, status};
use crate::function_words::{Work, does};

/// How far a passive verb stands from its accord ("a deal with Lorne has been [reached]"), in tokens.
const PASSIVE: usize = 8;

/// The place of the verb that brings an agreement about: "[reached] a deal", "[agreed] on a treaty", "a deal with Lorne was [reached]".
fn concluded(sentence: &Sentence) -> Option<usize> {
    let first = sentence.first;
    if is(&sentence.word(first), "agreeing") || is(&sentence.word(first), "concluding") {
        let is_object = has_accord(sentence, first) || accord_before(sentence, first);
        return is_object.then_some(first);
    }
    let noun = (first..sentence.end).rfind(|&at| is(&sentence.word(at), "accord"))?;
    let concludes = |at: &usize| is(&sentence.word(*at), "concluding");
    let active = (noun.saturating_sub(VERB)..noun).rev().take_while(|&at| is_within(sentence, at)).find(concludes);
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
pub(super) fn is_none(words: &[String]) -> bool {
    words.first().is_some_and(|word| matches!(word.as_str(), "no" | "none" | "neither"))
}

/// "have reached a deal"; not "hope to reach", "might have reached", "without reaching" one.
pub(super) fn is_reached(sentence: &Sentence) -> bool {
    concluded(sentence).is_some_and(|verb| status::is_plain(&sentence.around_word(verb)))
}

/// "failed to agree", "could not reach a deal"; not "could not agree more".
pub(super) fn comes_to_nothing(sentence: &Sentence) -> bool {
    let agrees = is(&sentence.word(sentence.first), "agreeing").then_some(sentence.first);
    agrees.or_else(|| concluded(sentence)).is_some_and(|verb| {
        let group = if sentence.before(verb, 1) == "be" { verb - 1 } else { verb };
        let (last, first) = (sentence.before(group, 1), sentence.before(group, 2));
        let could = matches!(last.as_str(), "couldn't" | "couldn’t" | "cannot") || last == "not" && first == "could";
        (could || last == "to" && is(&first, "vain")) && !is_more(sentence)
    })
}

/// "could not agree more" is full agreement.
pub(super) fn is_more(sentence: &Sentence) -> bool {
    sentence.word(sentence.end) == "more"
}
