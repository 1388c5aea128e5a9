//! Who "A" is in questions and answers: the person that the text above the first question introduces.

use std::collections::HashMap;

use super::cast::Cast;
use crate::document::{Document, Span};
use crate::mentions::Kind;

/// The label of whoever asks, and of whoever answers.
const ASKS: &str = "Q";
const ANSWERS: &str = "A";

/// The entity of whoever answers. None where nobody asks, or where nobody is introduced.
pub(super) fn guest(document: &Document, cast: &Cast) -> Option<usize> {
    let first = document.paragraphs().iter().find(|paragraph| is_labelled(document, **paragraph, ASKS))?;
    let mut named: HashMap<usize, usize> = HashMap::new();
    let introduction = cast.names_in(Span::new(0, first.start));
    for name in introduction {
        *named.entry(name.entity).or_default() += 1;
    }
    let people = introduction.iter().filter(|name| is_full_name(cast, name.entity));
    // Whoever is named most often there, the first of equals.
    let times = |entity: &usize| named.get(entity).copied().unwrap_or_default();
    people.map(|name| name.entity).rev().max_by_key(times)
}

/// Whether a word is the label of an answer.
pub(super) fn answers(document: &Document, word: Span) -> bool {
    let paragraph = document.paragraph_at(word.start);
    word.text(document.text()) == ANSWERS && paragraph.is_some_and(|it| is_labelled(document, it, ANSWERS))
}

/// Whether a word is the label of a question.
pub(super) fn asks(document: &Document, word: Span) -> bool {
    let paragraph = document.paragraph_at(word.start);
    word.text(document.text()) == ASKS && paragraph.is_some_and(|it| is_labelled(document, it, ASKS))
}

fn is_labelled(document: &Document, paragraph: Span, label: &str) -> bool {
    let text = paragraph.text(document.text());
    text.strip_prefix(label).is_some_and(|rest| rest.starts_with([':', '.']))
}

fn is_full_name(cast: &Cast, entity: usize) -> bool {
    cast.entities.get(entity).is_some_and(|entity| entity.kind == Kind::Person && entity.name.contains(' '))
}
