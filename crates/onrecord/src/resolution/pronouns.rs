//! Pronouns beside a name → the gender of whom it means: "Clinton said she would", "in her book, Clinton".

use super::lexicon::Gender;
use crate::document::{Document, Span};
use crate::mentions::{self, Shape};

/// What the first pronoun behind a name tells, to the end of the next sentence of its paragraph, or else the first before it in its own, as long as nobody else is
/// named between. `people` are the places where somebody is named, in order.
pub(super) fn gender_beside(document: &Document, name: Span, people: &[usize]) -> Option<Gender> {
    let sentences = document.sentences();
    let at = sentences.partition_point(|sentence| sentence.end <= name.start);
    let own = *sentences.get(at)?;
    let paragraph = document.paragraph_at(name.start)?;
    let next = sentences.get(at + 1).filter(|next| next.end <= paragraph.end).unwrap_or(&own);
    let from = people.partition_point(|&start| start < name.end);
    let end = people.get(from).map_or(next.end, |&start| start.min(next.end));
    let before = people.partition_point(|&start| start < own.start);
    let alone = people.get(before).is_none_or(|&start| start >= name.start);
    first_pronoun(document, Span::new(name.end, end.max(name.end)))
        .or_else(|| first_pronoun(document, Span::new(own.start, name.start)).filter(|_| alone))
}

fn first_pronoun(document: &Document, span: Span) -> Option<Gender> {
    document.tokens_in(span).iter().find_map(|token| match mentions::pronoun(token.span.text(document.text()))?.shape {
        Shape::Female => Some(Gender::Female),
        Shape::Male => Some(Gender::Male),
        _ => None,
    })
}
