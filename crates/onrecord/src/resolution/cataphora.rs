//! A noun before the name: "A former harbour pilot has accused … ‘I was not told,’ Ada Holm said."
//!
//! Reports call people and bodies by what they are in the headline and the lead, and name them a paragraph later.

use super::cast::Cast;
use super::heads::{Determiner, Phrase};
use super::lexicon::{self, NounKind};
use super::{Entity, country_in, nominals, posts};
use crate::document::{Document, Span};
use crate::mentions::Kind;

/// The headline and the lead, in paragraphs.
const LEAD: usize = 3;
/// How many paragraphs further on the name must stand.
const REACH: usize = 6;
/// How many names are looked at.
const MOST_AHEAD: usize = 60;

/// The person or body named only behind `phrase` whom it means. `speakers` are the named sources of later statements, in order.
pub(super) fn entity(
    document: &Document,
    cast: &Cast,
    phrase: &Phrase,
    speakers: impl Iterator<Item = (Span, usize)>,
) -> Option<usize> {
    body(document, cast, phrase).or_else(|| person(document, cast, phrase, speakers))
}

/// "A federal appeals court ruled": the one body of that kind that is named in the paragraphs below.
fn body(document: &Document, cast: &Cast, phrase: &Phrase) -> Option<usize> {
    let noun = lexicon::body_noun(&phrase.head).filter(|noun| noun.kind == Kind::Organization && !noun.is_part)?;
    let here = paragraph(document, phrase.span);
    if phrase.plural || phrase.determiner == Determiner::Possessive || here > LEAD {
        return None;
    }
    let ahead = names_ahead(document, cast, phrase.span, here);
    let place = country_in(document, phrase.core);
    let fits = |entity: &Entity| {
        let same_place = place.is_none() || entity.country.is_none() || place == entity.country;
        let named_so = nominals::is_called(&entity.words, lexicon::full_title(&phrase.head).unwrap_or(&phrase.head));
        let shared = shared_words(document, phrase, entity);
        let of_sector = noun.sector.is_some() && entity.sector == noun.sector && shared > 0;
        entity.kind == Kind::Organization && entity.named && same_place && (named_so || of_sector || shared > 1)
    };
    let mut found: Vec<usize> = ahead.filter(|&at| cast.entities.get(at).is_some_and(fits)).collect();
    found.dedup();
    // Two bodies of that kind: nobody can tell.
    let first = *found.first()?;
    found.iter().all(|&at| at == first).then_some(first)
}

/// How many longer words a body's name shares with a phrase and what follows it: "A union representing flight attendants" and the Association
/// of Flight Attendants.
fn shared_words(document: &Document, phrase: &Phrase, entity: &Entity) -> usize {
    let from = document.tokens().partition_point(|token| token.span.start < phrase.core.start);
    let near = document.tokens().iter().skip(from).take(phrase.words.len() + 5);
    let words = near.map(|token| token.span.text(document.text()).to_lowercase());
    words.filter(|word| word.len() > 4 && entity.words.0.contains(word)).count()
}

/// Somebody without a name so far: whoever is first to speak under a name that was not met before, and is not something else.
fn person(
    document: &Document,
    cast: &Cast,
    phrase: &Phrase,
    mut speakers: impl Iterator<Item = (Span, usize)>,
) -> Option<usize> {
    let noun = posts::person_noun(phrase)?;
    let here = paragraph(document, phrase.span);
    if phrase.plural
        || noun.kind == NounKind::Kin
        || phrase.determiner == Determiner::Possessive && phrase.names.is_empty()
    {
        return None;
    }
    let (source, at) = speakers.next()?;
    let entity = cast.entities.get(at)?;
    let is_new = entity.mentions.iter().all(|mention| mention.span.start > phrase.span.start);
    let near = paragraph(document, source) <= here + if here <= LEAD { REACH } else { 1 };
    let gender = entity.likely_gender();
    let clash = noun.gender.is_some() && gender.is_some() && noun.gender != gender;
    let roles = || entity.roles.iter().filter(|role| !role.title_only);
    let told = roles().any(|role| {
        posts::same_noun(&role.noun, &noun.words) || role.sector().is_some() && role.sector() == noun.sector
    });
    let silent = roles().next().is_none() && phrase.determiner != Determiner::Indefinite;
    (entity.kind == Kind::Person && entity.named && is_new && near && !clash && (told || silent)).then_some(at)
}

/// Entities by their names behind `span`, as far as a lead looks ahead.
fn names_ahead<'a>(
    document: &'a Document,
    cast: &'a Cast,
    span: Span,
    here: usize,
) -> impl Iterator<Item = usize> + 'a {
    let from = cast.names.partition_point(|name| name.span.start < span.end);
    let names = cast.names.iter().skip(from).take(MOST_AHEAD);
    names.take_while(move |name| paragraph(document, name.span) <= here + REACH).map(|name| name.entity)
}

fn paragraph(document: &Document, span: Span) -> usize {
    document.paragraphs().partition_point(|paragraph| paragraph.start <= span.start)
}
