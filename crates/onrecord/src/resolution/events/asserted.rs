//! On whose word an event is told: the article's own, or that of whoever makes the statement in which it stands.

use super::Resolved;
use crate::document::Document;
use crate::relations::{Event, Statement, Tense};
use crate::resolution::Parties;

/// A statement asserts what is told in it from this confidence on, which is that of its exact words: that somebody says so is likelier. Chosen on world news.
const ASSERTS: f64 = 0.25;
/// What is done by saying that one will do something.
const BY_SAYING: [&str; 4] = ["AGREE", "CONCEDE", "REJECT", "THREATEN"];

/// The statement that asserts an event. Of what its speaker says that they will grant, refuse or do, that saying is the act, and whoever reports it asserts it.
pub(super) fn by(
    document: &Document,
    event: &Event,
    parties: Option<&Parties>,
    resolved: &Resolved,
    statements: &[Statement],
) -> Option<usize> {
    let at = sure(statements, event.told_in)?;
    let statement = statements.get(at)?;
    let speakers = resolved.speakers.get(at).map(Vec::as_slice).unwrap_or_default();
    let mut actors = parties.into_iter().flat_map(|parties| &parties.actors);
    let by_speaker = actors.any(|actor| actor.entity.is_some_and(|actor| speakers.contains(&actor)));
    let to_come = matches!(event.tense, Tense::Future | Tense::Hypothetical);
    let is_said = BY_SAYING.contains(&event.kind) && to_come && by_speaker && !is_asked(document, statement);
    if is_said { sure(statements, statement.parent) } else { Some(at) }
}

/// The statement at `at`, or the first around it that asserts anything. O(depth).
fn sure(statements: &[Statement], mut at: Option<usize>) -> Option<usize> {
    for _ in 0..statements.len() {
        let statement = statements.get(at?)?;
        if statement.confidence >= ASSERTS {
            return at;
        }
        at = statement.parent;
    }
    None
}

/// "whether it would accept"
fn is_asked(document: &Document, statement: &Statement) -> bool {
    let first = statement.content.first().and_then(|&content| document.tokens_in(content).first());
    let word = first.map(|token| token.span.text(document.text()));
    word.is_some_and(|word| word.eq_ignore_ascii_case("whether") || word.eq_ignore_ascii_case("if"))
}
