//! Who says that another must do something has demanded it: "the council said that the port must reopen".

use super::confidence::LEAST;
use super::{Certainty, Event, EventEvidence, Tense, innermost, settle};
use crate::document::{Document, Span, Token, TokenKind};
use crate::function_words::{Work, does};
use crate::mentions;
use crate::relations::places::Places;
use crate::relations::{Statement, acts};
use crate::rules::EVENT_DEMAND;

/// Acts of speech by which something can be demanded without a word for it.
const PLAIN: [&str; 7] = ["say", "state", "announce", "confirm", "insist", "explain", "reply"];
/// What nobody can be made to do: "must be proud", "must have known".
const STATES: [&str; 4] = ["be", "have", "know", "feel"];
/// The longest subject of a demand, in tokens.
const SUBJECT: usize = 10;
/// How much less sure a demand is than the statement that makes it: the speaker may but give an opinion.
const SHARE: f64 = 0.6;

/// The demands that `statements` make, where no event of `events` has their words.
pub(super) fn demands(document: &Document, statements: &[Statement], places: &Places, events: &[Event]) -> Vec<Event> {
    let alive = |span: Span| {
        let from = events.partition_point(|event| event.trigger.end <= span.start);
        events.iter().skip(from).take_while(|event| event.trigger.start < span.end).any(|event| event.confidence >= LEAST)
    };
    let demand = |statement: &Statement| {
        let cue = statement.cue.filter(|&cue| is_plain(statement) && !alive(cue))?;
        let source = settle::source(document, statement.source?)?;
        let (whom, trigger) = asked(document, *statement.content.first()?)?;
        let own = source.text(document.text()).eq_ignore_ascii_case(whom.text(document.text()));
        (!own && !alive(trigger)).then(|| Event {
            trigger,
            kind: "REQUEST",
            mode: None,
            contexts: Vec::new(),
            actors: vec![source],
            recipients: vec![whom],
            tense: Tense::Past,
            certainty: Certainty::Certain,
            negative: false,
            asserted_by: innermost(places, statements, cue),
            confidence: (1000.0 * SHARE * statement.confidence).round() / 1000.0,
            rule: EVENT_DEMAND,
            evidence: EventEvidence::default(),
        })
    };
    statements.iter().filter_map(demand).collect()
}

fn is_plain(statement: &Statement) -> bool {
    PLAIN.contains(&statement.act) && !statement.circumstances.negative
}

/// Of whom something is demanded at the start of a content, by name, and the words that demand it: "that Lorne [must reopen]".
fn asked(document: &Document, content: Span) -> Option<(Span, Span)> {
    let text = document.text();
    let tokens = document.tokens_in(content);
    let opens = |token: &&Token| token.kind != TokenKind::Word || token.span.text(text).eq_ignore_ascii_case("that");
    let first = tokens.iter().take_while(opens).count();
    let rest = tokens.get(first..)?;
    let must = rest.iter().take(SUBJECT).position(|token| token.span.text(text) == "must")?;
    let (subject, [must, verb, ..]) = rest.split_at_checked(must)? else { return None };
    let whole = subject.iter().all(|token| is_of_phrase(token.span.text(text), token.kind));
    // A capital letter at the start of a quoted sentence need not be a name's.
    let named = |(at, token): (usize, &Token)| {
        token.span.text(text).starts_with(char::is_uppercase) && (at > 0 || subject.len() == 1)
    };
    let named = subject.iter().enumerate().any(named);
    let lemma = acts::lemma_of(&verb.span.text(text).to_lowercase());
    let acts = verb.kind == TokenKind::Word && !STATES.contains(&lemma.as_str());
    let whom = subject.first()?.span.cover(subject.last()?.span);
    (whole && named && acts).then(|| (whom, must.span.cover(verb.span)))
}

/// Whether a token can stand inside the noun phrase of a subject.
fn is_of_phrase(word: &str, kind: TokenKind) -> bool {
    let clause = [Work::Relative, Work::Clause].iter().any(|&work| does(word, work));
    matches!(kind, TokenKind::Word | TokenKind::Number) && !clause && mentions::pronoun(word).is_none()
}
