//! Pronouns beside a name → the gender of whom it means: "Clinton said she would", "In her book, Clinton".

use super::lexicon::{self, Gender};
use crate::document::{Document, Span, Token};
use crate::mentions::{self, Pronoun, Shape};

/// What the first pronoun behind a name tells, to the end of the next sentence of its paragraph, or else one in a phrase that leads to it, as long as nobody else is
/// named between and nobody begins or ends to be quoted. `people` are the places where somebody is named, in order.
pub(super) fn gender_beside(document: &Document, name: Span, people: &[usize]) -> Option<Gender> {
    let sentences = document.sentences();
    let at = sentences.partition_point(|sentence| sentence.end <= name.start);
    let own = *sentences.get(at)?;
    let paragraph = document.paragraph_at(name.start)?;
    let next = sentences.get(at + 1).filter(|next| next.end <= paragraph.end).unwrap_or(&own);
    let from = people.partition_point(|&start| start < name.end);
    let end = people.get(from).map_or(next.end, |&start| start.min(next.end));
    let behind = document.tokens_in(Span::new(name.end, end.max(name.end)));
    if behind.first().is_some_and(|token| is_part_of(document, token)) {
        return None;
    }
    let told = behind.iter().take_while(|token| !is_mark(document, token)).find_map(|token| gender(document, token));
    told.or_else(|| {
        let before = people.partition_point(|&start| start < own.start);
        let alone = people.get(before).is_none_or(|&start| start >= name.start);
        let before = document.tokens_in(Span::new(own.start, name.start));
        let leads = before.last().is_some_and(|token| token.span.text(document.text()) == ",");
        let whose = |token: &Token| gender(document, token).filter(|_| is_possessive(document, token));
        let quoted = before.iter().any(|token| is_mark(document, token));
        before.iter().find_map(whose).filter(|_| alone && leads && !quoted)
    })
}

/// Whether a name is but what tells which one is meant: "a Clinton supporter", "the Clinton campaign".
fn is_part_of(document: &Document, behind: &Token) -> bool {
    let word = behind.span.text(document.text());
    let singular = word.strip_suffix('s').unwrap_or(word);
    [word, singular].iter().any(|word| lexicon::person_noun(word).is_some() || lexicon::body_noun(word).is_some())
}

fn is_mark(document: &Document, token: &Token) -> bool {
    matches!(token.span.text(document.text()), "“" | "”" | "\"" | "‘" | "«" | "»")
}

/// Of a pronoun that may mean who has just been named; "him" in their clause means somebody else.
fn gender(document: &Document, token: &Token) -> Option<Gender> {
    let word = token.span.text(document.text());
    mentions::pronoun(word).filter(|_| !word.eq_ignore_ascii_case("him")).and_then(of_pronoun)
}

fn is_possessive(document: &Document, token: &Token) -> bool {
    matches!(token.span.text(document.text()).to_lowercase().as_str(), "her" | "his")
}

/// The gender that a pronoun tells.
pub(super) fn of_pronoun(pronoun: Pronoun) -> Option<Gender> {
    match pronoun.shape {
        Shape::Female => Some(Gender::Female),
        Shape::Male => Some(Gender::Male),
        _ => None,
    }
}
