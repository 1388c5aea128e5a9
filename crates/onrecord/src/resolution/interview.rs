//! Who "A" is in questions and answers: the person that the text above the first question introduces as spoken to.
//!
//! Explanations and quizzes have the same labels and are no interviews: somebody must say "I" or be called "you". Where several may be meant, nobody is.

use super::cast::Cast;
use super::heads::Name;
use crate::document::{Document, QuoteState, Span};
use crate::mentions::{self, Kind, Person};
use crate::relations::{Part, part};

/// How far before a name the word stands that tells of the conversation, in tokens.
const SPOKEN: usize = 6;

/// The entity of whoever answers. None where nobody asks, or where nobody, or no one alone, is introduced.
pub(super) fn guest(document: &Document, cast: &Cast) -> Option<usize> {
    let of_part = |paragraph: &Span| part(paragraph.text(document.text()));
    let first = document.paragraphs().iter().find(|paragraph| of_part(paragraph) == Some(Part::Asks))?;
    let answers = |paragraph: &&Span| of_part(paragraph) == Some(Part::Answers);
    let asked = document.paragraphs().iter().filter(|paragraph| of_part(paragraph) == Some(Part::Asks));
    let is_spoken =
        document.paragraphs().iter().filter(answers).any(|paragraph| has(document, *paragraph, Person::First))
            || asked.into_iter().any(|paragraph| has(document, *paragraph, Person::Second));
    if !is_spoken {
        return None;
    }
    let introduction = cast.names_in(Span::new(0, first.start));
    let people: Vec<&Name> = introduction.iter().filter(|name| is_introduced(document, cast, name)).collect();
    let spoken_to: Vec<usize> =
        people.iter().filter(|name| is_spoken_to(document, name.span)).map(|name| name.entity).collect();
    one(&spoken_to).or_else(|| one(&people.iter().map(|name| name.entity).collect::<Vec<_>>()))
}

/// Whether a word is the label of an answer, or of a question.
pub(super) fn label(document: &Document, word: Span) -> Option<Part> {
    let paragraph = document.paragraph_at(word.start)?;
    let label = part(paragraph.text(document.text()))?;
    let letter = if label == Part::Asks { "Q" } else { "A" };
    (word.text(document.text()) == letter).then_some(label)
}

/// The one entity that is there, however often.
fn one(entities: &[usize]) -> Option<usize> {
    let first = *entities.first()?;
    entities.iter().all(|&entity| entity == first).then_some(first)
}

/// A person with a full name, and not in a line that says who wrote the article.
fn is_introduced(document: &Document, cast: &Cast, name: &Name) -> bool {
    let line = document.paragraph_at(name.span.start).map(|paragraph| paragraph.text(document.text()));
    let signs = line.is_some_and(|line| line.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("by ")));
    let entity = cast.entities.get(name.entity);
    !signs && entity.is_some_and(|entity| entity.kind == Kind::Person && entity.name.contains(' '))
}

/// "spoke to Ada Holm", "in conversation with the chair, Ada Holm".
fn is_spoken_to(document: &Document, name: Span) -> bool {
    let Some(sentence) = document.sentence_at(name.start) else { return false };
    let before = document.tokens_in(Span::new(sentence.start, name.start));
    let mut near = before.iter().rev().take(SPOKEN).map(|token| token.span.text(document.text()).to_lowercase());
    let leads = near.by_ref().any(|word| matches!(word.as_str(), "with" | "to" | "interviewed" | "asked"));
    let tells = |word: &str| {
        matches!(
            word,
            "spoke" | "speaks" | "talked" | "talks" | "sat" | "interview" | "conversation" | "discussion" | "q&a"
        )
    };
    leads && before.iter().any(|token| tells(&token.span.text(document.text()).to_lowercase()))
}

/// Whether somebody speaks of themselves, or to somebody, outside quotation marks.
fn has(document: &Document, paragraph: Span, person: Person) -> bool {
    document.tokens_in(paragraph).iter().any(|token| {
        let pronoun = mentions::pronoun(token.span.text(document.text()));
        pronoun.is_some_and(|pronoun| pronoun.person == person)
            && document.quote_state(token.span.start) == QuoteState::Outside
    })
}
