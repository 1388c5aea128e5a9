//! The words around a trigger → whether it happens, when, and how surely, where they tell it plainly; else what the heads say stands.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{Certainty, Event, Sentence, Tense};
use crate::document::Document;
use crate::relations::Statement;
use crate::tables::kinds;

/// How many words before a trigger can be part of its verb group.
const VERB_GROUP: usize = 9;
/// How many words before a noun can tell its status.
const NOUN_GROUP: usize = 4;
/// How far behind a trigger it can say since when it has been so.
const SINCE: usize = 12;
/// How far back "if" opens the clause, in tokens.
const CLAUSE: usize = 14;

static WORDS: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| kinds(onrecord_data::EVENT_STATUS));

/// Whether the table has a word, in lower case, as one of that kind.
pub(super) fn is(word: &str, kind: &str) -> bool {
    let negated = kind == "negation" && (word.ends_with("n't") || word.ends_with("n’t"));
    negated || WORDS.get(word).is_some_and(|kinds| kinds.contains(&kind))
}

/// Whether a word, in lower case, is part of a verb group before its verb: "has", "not", "finally".
pub(super) fn is_auxiliary(word: &str) -> bool {
    Group::default().take(word)
}

/// The words of the group before a verb, backwards: "been", "not", "have".
fn group<'a>(verb: &'a Sentence) -> impl Iterator<Item = String> + 'a {
    let end = verb.first.saturating_sub(VERB_GROUP);
    (end..verb.first).rev().map(|at| verb.word(at)).take_while(|word| is_auxiliary(word))
}

/// Whether a verb is passive: "has been [reached]".
pub(super) fn is_passive(verb: &Sentence) -> bool {
    group(verb).any(|word| matches!(word.as_str(), "be" | "been" | "being" | "is" | "are" | "was" | "were"))
}

/// Whether the words before a verb tell that it has happened: nothing denies or doubts it, and it is not to come.
pub(super) fn is_plain(verb: &Sentence) -> bool {
    let status = status(verb);
    let to_come = matches!(status.tense, Some(Tense::Future | Tense::Hypothetical));
    // "to have reached": it has happened.
    let to = group(verb).take_while(|word| word != "have").any(|word| word == "to");
    let last = verb.before(verb.first, 1);
    let nearly = matches!(last.as_str(), "without" | "nearly" | "almost");
    let participle = verb.word(verb.first).ends_with("ing");
    let done = matches!(last.as_str(), "after" | "by" | "having" | "on");
    !status.negative && status.certainty.is_none() && !to_come && !to && !nearly && (!participle || done)
}

/// What the words around a trigger tell of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Status {
    tense: Option<Tense>,
    certainty: Option<Certainty>,
    negative: bool,
}

/// Sets the status of an event where rules tell it. Needs to know in which statement it is told.
pub(super) fn settle(document: &Document, event: &mut Event, statements: &[Statement]) {
    let Some(sentence) = Sentence::around(document, event.trigger) else { return };
    let status = status(&sentence);
    event.tense = status.tense.unwrap_or(event.tense);
    event.certainty = status.certainty.unwrap_or(event.certainty);
    let asserting = event.told_in.and_then(|at| statements.get(at));
    let denied = asserting.is_some_and(|statement| denies(document, statement, event));
    event.negative = status.negative || denied || event.negative;
}

/// What the words before the trigger tell: its verb group, the adjectives of a noun, and what opens the clause.
fn status(sentence: &Sentence) -> Status {
    let mut status = verb_group(sentence);
    for at in (sentence.first.saturating_sub(CLAUSE)..sentence.first).rev() {
        let word = sentence.word(at);
        if matches!(word.as_str(), "," | ";" | ":" | "—" | "that" | "which" | "who") {
            break;
        }
        if is(&word, "condition") && word != "should" {
            status.tense = Some(Tense::Hypothetical);
        }
    }
    status
}

/// What was read of a verb group, word by word backwards.
#[derive(Debug, Default)]
struct Group {
    status: Status,
    /// The word just read is "to".
    to: bool,
    past: bool,
    now: bool,
    been: bool,
    /// "has", "have"
    perfect: bool,
}

impl Group {
    /// Takes in the word before; false where the group begins.
    fn take(&mut self, full: &str) -> bool {
        let negated = is(full, "negation");
        let word = full.strip_suffix("n't").or_else(|| full.strip_suffix("n’t")).unwrap_or(full);
        let auxiliary = negated || ["auxiliary", "modal", "future"].iter().any(|kind| is(word, kind));
        let adverb =
            word.len() > 4 && word.ends_with("ly") || matches!(word, "already" | "also" | "ever" | "still" | "yet");
        let leading = ["planning", "failing", "attempt", "probable", "possible"];
        let leads = self.to && leading.iter().any(|kind| is(word, kind));
        if !(auxiliary || adverb || leads) {
            return false;
        }
        self.status.negative |= negated || self.to && is(word, "failing");
        self.past |= is(word, "past");
        let has = matches!(word, "has" | "have" | "'ve" | "’ve");
        self.now |= is(word, "now") || self.been && has;
        self.perfect |= has;
        self.been |= word == "been";
        if is(word, "possible") && (!self.to || leads) || leads && is(word, "attempt") {
            self.status.certainty = Some(Certainty::Possible);
        } else if is(word, "probable") {
            self.status.certainty = Some(Certainty::Probable);
        }
        if is(word, "future") || leads && is(word, "planning") {
            self.status.tense = Some(Tense::Future);
        } else if is(word, "modal") {
            self.status.tense = Some(Tense::Hypothetical);
        }
        self.to = word == "to";
        true
    }
}

/// "had not been", "is expected to", "may have".
fn verb_group(sentence: &Sentence) -> Status {
    let mut group = Group::default();
    let end = sentence.first.saturating_sub(VERB_GROUP);
    let ended = (end..sentence.first).rev().find(|&at| !group.take(&sentence.word(at)));
    let first = ended.map_or(end, |at| at + 1);
    let Group { mut status, past, now, perfect, .. } = group;
    if first == sentence.first || !status.negative && status.certainty.is_none() {
        noun_group(sentence, first, &mut status);
    }
    // "talks will go on": what is to come is the subject.
    if status.tense.is_none() && is(&sentence.word(sentence.end), "future") {
        status.tense = Some(Tense::Future);
    }
    let going_on = sentence.word(sentence.first).ends_with("ing") && now || perfect && still_is(sentence);
    let have = sentence.first.checked_sub(1).is_some_and(|at| sentence.word(at) == "have");
    match status.tense {
        // "may have killed": if it happened, it is past.
        Some(Tense::Hypothetical) if (have || past) && status.certainty.is_some() => status.tense = Some(Tense::Past),
        None if going_on => status.tense = Some(Tense::Ongoing),
        None if past => status.tense = Some(Tense::Past),
        _ => {}
    }
    status
}

/// "has been held since May", "have protested weekly".
fn still_is(sentence: &Sentence) -> bool {
    let until = |word: &String| !matches!(word.as_str(), "," | ";" | ":" | "—" | "." | "”" | "\"");
    let mut behind = sentence.behind().take(SINCE).take_while(until);
    is(&sentence.word(sentence.first), "lasting")
        && behind.any(|word| matches!(word.as_str(), "since" | "weekly" | "daily" | "nightly" | "every"))
}

/// "has been staging a [strike]": the verb before the article of a noun.
fn is_going_on(sentence: &Sentence, article: usize) -> bool {
    let before = |back: usize| article.checked_sub(back).map(|at| sentence.word(at)).unwrap_or_default();
    let particle = usize::from(matches!(before(1).as_str(), "out" | "on" | "up" | "off"));
    let goes_on = matches!(before(2 + particle).as_str(), "been" | "is" | "are" | "'re" | "’re");
    before(1 + particle).ends_with("ing") && goes_on && before(3 + particle) != "had"
}

/// "no arrests", "an alleged plot", "the planned visit"; before a verb group, a subject that is nobody: "no shots were fired".
fn noun_group(sentence: &Sentence, from: usize, status: &mut Status) {
    let verbal = from < sentence.first;
    for at in (from.saturating_sub(NOUN_GROUP)..from).rev() {
        let word = sentence.word(at);
        if !sentence.is_word(at) || crate::function_words::does(&word, crate::function_words::Work::Closer) {
            return;
        }
        if matches!(word.as_str(), "no" | "nobody" | "none" | "neither" | "without") {
            status.negative = true;
            return;
        }
        if verbal {
            continue;
        }
        if is(&word, "possible") && !is(&word, "modal") {
            status.certainty = Some(Certainty::Possible);
        } else if is(&word, "probable") && at + 1 == from {
            status.certainty = Some(Certainty::Probable);
        }
        if is(&word, "coming") {
            status.tense = Some(Tense::Future);
        } else if is(&word, "ongoing") {
            status.tense = Some(Tense::Ongoing);
        }
        if matches!(word.as_str(), "the" | "a" | "an" | "its" | "his" | "her" | "their") {
            // "This was not a threat."
            status.negative |= at > 0 && sentence.word(at - 1) == "not";
            if !verbal && is_going_on(sentence, at) {
                status.tense = Some(Tense::Ongoing);
            }
            return;
        }
    }
}

/// Whether an event is what its speaker denies: "denied that it had shelled the town", but not "denied involvement in the shelling".
fn denies(document: &Document, statement: &Statement, event: &Event) -> bool {
    if statement.act != "deny" || statement.circumstances.negative {
        return false;
    }
    let content = statement.content.iter().find(|content| content.contains(event.trigger));
    let Some(content) = content else { return false };
    let before = crate::document::Span::new(content.start, event.trigger.start);
    let tokens = document.tokens_in(before);
    let words = tokens.iter().map(|token| token.span.text(document.text()).to_lowercase());
    tokens.len() <= CLAUSE && !words.into_iter().any(|word| is(&word, "aloof") || is(&word, "happened"))
}

#[cfg(test)]
mod tests {
    use super::{Certainty, Sentence, Status, Tense, status};
    use crate::document::{Document, Span};

    fn of(text: &str, trigger: &str) -> Status {
        let document = Document::new(text);
        let start = text.find(trigger).unwrap();
        status(&Sentence::around(&document, Span::new(start, start + trigger.len())).unwrap())
    }

    #[track_caller]
    fn told(text: &str, trigger: &str, tense: Option<Tense>, certainty: Option<Certainty>, negative: bool) {
        assert_eq!(of(text, trigger), Status { tense, certainty, negative }, "{text}");
    }

    #[test]
    fn negations_before_the_trigger() {
        told("The guards did not shoot the prisoners.", "shoot", Some(Tense::Past), None, true);
        told("The guards didn't shoot.", "shoot", Some(Tense::Past), None, true);
        told("No arrests were reported.", "arrests", None, None, true);
        told("No shots were fired.", "fired", Some(Tense::Past), None, true);
        told("The council has failed to condemn the raid.", "condemn", Some(Tense::Past), None, true);
        told("The guards shot a man who was not armed.", "shot", None, None, false);
    }

    #[test]
    fn what_is_to_come() {
        told("The fleet will leave the port.", "leave", Some(Tense::Future), None, false);
        told("The union plans to strike on Monday.", "strike", Some(Tense::Future), None, false);
        told("She is expected to meet the envoy.", "meet", Some(Tense::Future), None, false);
        told("The planned visit was put off.", "visit", Some(Tense::Future), None, false);
        told("Lorne would bomb the bridge.", "bomb", Some(Tense::Hypothetical), None, false);
        told("If the rebels attack the port, it will fall.", "attack", Some(Tense::Hypothetical), None, false);
    }

    #[test]
    fn what_is_tried_or_unlikely() {
        told("The guards tried to arrest the mayor.", "arrest", None, Some(Certainty::Possible), false);
        told("Lorne is unlikely to withdraw.", "withdraw", Some(Tense::Future), Some(Certainty::Probable), true);
        told("It was a promise and not a threat.", "threat", None, None, true);
    }

    #[test]
    fn nouns_that_go_on_or_are_to_come() {
        told("The ongoing siege starves the port.", "siege", Some(Tense::Ongoing), None, false);
        told("The negotiations will continue.", "negotiations", Some(Tense::Future), None, false);
        told("Lorne has been negotiating for months.", "negotiating", Some(Tense::Ongoing), None, false);
    }

    #[test]
    fn what_goes_on_and_what_is_over() {
        told("Rebels are besieging the port.", "besieging", Some(Tense::Ongoing), None, false);
        told("Rebels were besieging the port.", "besieging", Some(Tense::Past), None, false);
        told("The mayor was arrested.", "arrested", Some(Tense::Past), None, false);
    }

    #[test]
    fn what_has_lasted() {
        told("The editor has been jailed without charge since March.", "jailed", Some(Tense::Ongoing), None, false);
        told("The editor has been jailed.", "jailed", Some(Tense::Past), None, false);
        told("The editor had been jailed since March.", "jailed", Some(Tense::Past), None, false);
        told("Farmers have protested weekly outside the mill.", "protested", Some(Tense::Ongoing), None, false);
        told("Farmers have dumped milk since March.", "dumped", Some(Tense::Past), None, false);
        told("Lorne has been carrying out an offensive in the hills.", "offensive", Some(Tense::Ongoing), None, false);
        told("Dockers are staging a strike.", "strike", Some(Tense::Ongoing), None, false);
        told("Dockers were staging a strike.", "strike", None, None, false);
        told("Dockers had been staging a strike.", "strike", None, None, false);
    }

    #[test]
    fn how_sure() {
        told("The rebels may have killed the envoy.", "killed", Some(Tense::Past), Some(Certainty::Possible), false);
        told("The rebels allegedly shelled the port.", "shelled", None, Some(Certainty::Possible), false);
        told("The alleged attack shook the port.", "attack", None, Some(Certainty::Possible), false);
        let believed = of("The envoy is believed to have fled.", "fled");
        assert_eq!(believed.certainty, Some(Certainty::Probable));
    }
}
