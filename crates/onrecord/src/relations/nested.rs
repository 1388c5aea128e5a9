//! Statements inside the content of others: which words to read again, and whether what is found there stands.

use super::places::Places;
use super::{Statement, acts};
use crate::document::{Document, Span};

/// The sentences of a statement's content that have a past tense which tags quotations ("told"), or a word which may report and which the first
/// reading hesitated over. Empty for most.
pub(super) fn worth_reading(document: &Document, statement: &Statement, hints: &[Span]) -> Vec<Span> {
    let mut worth = Vec::new();
    for &content in &statement.content {
        let first = document.sentences().partition_point(|sentence| sentence.end <= content.start);
        let sentences = document
            .sentences()
            .get(first..)
            .unwrap_or_default()
            .iter()
            .take_while(|sentence| sentence.start < content.end);
        let parts =
            sentences.map(|sentence| Span::new(sentence.start.max(content.start), sentence.end.min(content.end)));
        worth.extend(parts.filter(|&part| may_report(document, part, hints)));
    }
    worth
}

fn may_report(document: &Document, part: Span, hints: &[Span]) -> bool {
    if document.tokens_in(part).iter().any(|token| acts::tags_quotations(token.span.text(document.text()))) {
        return true;
    }
    let first = hints.partition_point(|hint| hint.end <= part.start);
    let near = hints.get(first..).unwrap_or_default().iter().take_while(|hint| hint.start < part.end);
    near.flat_map(|&hint| document.tokens_in(hint)).any(|token| acts::may_report(token.span.text(document.text())))
}

/// Whether a nested statement lies in its parent's content and is not its parent over again.
pub(super) fn within(statement: &Statement, statements: &[Statement]) -> bool {
    let Some(parent) = statement.parent.and_then(|at| statements.get(at)) else { return false };
    let holds = |span: &Span| parent.content.iter().any(|content| content.contains(*span));
    let inside = statement.cue.iter().chain(&statement.source).all(holds) && statement.content.iter().all(holds);
    inside && statement.content != parent.content
}

/// Gives a statement that was found by itself, and lies in the content of another, that one as its parent: what is said within a turn of an interview.
pub(super) fn adopt(statements: &mut [Statement]) {
    let places = Places::new(statements);
    let parent = |at: usize| {
        let child = statements.get(at).filter(|child| child.parent.is_none())?;
        let cue = child.cue?;
        let reach = child.content.iter().chain(&child.source).fold(cue, |all, &span| all.cover(span));
        let holds = |(span, holder): &(Span, usize)| {
            let is_content = statements.get(*holder).is_some_and(|statement| statement.content.contains(span));
            *holder != at && is_content && span.contains(reach)
        };
        places.touching(cue).filter(holds).min_by_key(|(span, _)| span.len()).map(|(_, holder)| holder)
    };
    let parents: Vec<Option<usize>> = (0..statements.len()).map(parent).collect();
    for (statement, parent) in statements.iter_mut().zip(parents) {
        statement.parent = statement.parent.or(parent);
    }
}
