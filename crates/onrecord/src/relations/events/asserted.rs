//! On whose word an event is told: the article's own, or that of whoever makes the statement in which it stands.

use super::{Event, Tense};
use crate::document::{Document, Span};
use crate::mentions;
use crate::relations::Statement;
use crate::relations::places::Places;

/// A statement asserts what is told in it from this confidence on: when it is more likely one than not.
const ASSERTS: f64 = 0.5;
/// What is done by saying that one will do something.
const BY_SAYING: [&str; 4] = ["AGREE", "CONCEDE", "REJECT", "THREATEN"];
/// How many tokens of a content stand before its subject, at most ("“, that").
const OPENING: usize = 3;

/// The innermost statement whose content holds `span`.
pub(super) fn innermost(places: &Places, statements: &[Statement], span: Span) -> Option<usize> {
    let holds = |(content, holder): &(Span, usize)| {
        let asserts = |statement: &Statement| statement.confidence >= ASSERTS && statement.content.contains(content);
        statements.get(*holder).is_some_and(asserts) && content.contains(span)
    };
    places.touching(span).filter(holds).min_by_key(|(content, _)| content.len()).map(|(_, holder)| holder)
}

/// Who asserts an event that its innermost statement tells: of what somebody says that they will grant, refuse or do, that saying is the act, and whoever reports it asserts it.
/// Needs its final type and tense.
pub(super) fn by(document: &Document, event: &Event, statements: &[Statement]) -> Option<usize> {
    let statement = statements.get(event.asserted_by?)?;
    let to_come = matches!(event.tense, Tense::Future | Tense::Hypothetical);
    let speaks = |&actor: &Span| is_speaker(document, statement, actor);
    let is_said = BY_SAYING.contains(&event.kind) && to_come && event.actors.iter().any(speaks);
    if is_said { statement.parent } else { event.asserted_by }
}

/// Whether an actor told of in a statement is whoever makes it: by the same words, or a pronoun that is the subject of its content.
fn is_speaker(document: &Document, statement: &Statement, actor: Span) -> bool {
    let words = actor.text(document.text());
    let named = statement.source.is_some_and(|source| source.text(document.text()).eq_ignore_ascii_case(words));
    let opens = |content: &Span| {
        let before = Span::new(content.start, actor.start.max(content.start));
        content.contains(actor) && document.tokens_in(before).len() <= OPENING
    };
    named || mentions::pronoun(words).is_some() && statement.content.first().is_some_and(opens)
}
