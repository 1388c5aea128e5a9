//! "The minister", "the bank", "her lawyer" → the entity that the article has called so, or one without a name.

use super::cast::Cast;
use super::heads::{Determiner, Phrase};
use super::lexicon;
use super::names::Words;
use super::roles::Role;
use super::salience::Memory;
use super::{Entity, cataphora, circle, country_in, posts, whose};
use crate::document::{Document, Span};
use crate::function_words::{Work, does};
use crate::mentions::Kind;

/// The entity that `phrase` stands for; `speakers` are the named sources of later statements, in order.
pub(super) fn entity(
    document: &Document,
    cast: &mut Cast,
    memory: &Memory,
    phrase: &Phrase,
    known: Option<Kind>,
    speakers: impl Iterator<Item = (Span, usize)>,
) -> usize {
    let found = known_by_table(document, cast, phrase)
        .or_else(|| posts::beside_its_name(document, cast, phrase))
        .or_else(|| whose::entity(cast, phrase))
        .or_else(|| circle::entity(document, cast, memory, phrase))
        .or_else(|| state_of_government(document, cast, phrase))
        .or_else(|| called_by_name(document, cast, memory, phrase))
        .or_else(|| body_of_that_sector(cast, memory, phrase))
        .or_else(|| called_the_same(cast, memory, phrase))
        .or_else(|| posts::in_that_role(document, cast, memory, phrase))
        .or_else(|| posts::described(cast, memory, phrase))
        .or_else(|| place_named_last(cast, memory, phrase))
        .or_else(|| body_named_last(cast, memory, phrase))
        .or_else(|| cataphora::entity(document, cast, phrase, speakers));
    let at = found.unwrap_or_else(|| {
        let entity = unnamed(document, phrase, known);
        cast.push(entity)
    });
    if let Some(entity) =
        cast.entities.get_mut(at).filter(|entity| entity.named && !entity.called.contains(&phrase.head))
    {
        entity.called.push(phrase.head.clone());
    }
    at
}

/// A state or body that the tables know, and the model did not take for a name.
fn known_by_table(document: &Document, cast: &mut Cast, phrase: &Phrase) -> Option<usize> {
    let text = phrase.core.text(document.text());
    let is_name = text.chars().next().is_some_and(char::is_uppercase) && phrase.names.is_empty();
    if let Some(state) = lexicon::state(text).filter(|_| is_name) {
        return Some(cast.state(state));
    }
    lexicon::organisation(text).filter(|_| is_name).map(|known| cast.organisation(known))
}

/// "The Nigerian government" is Nigeria.
fn state_of_government(document: &Document, cast: &mut Cast, phrase: &Phrase) -> Option<usize> {
    let text = phrase.core.text(document.text());
    let owner = text
        .strip_suffix("government")
        .or_else(|| text.strip_suffix("Government"))?
        .trim()
        .trim_end_matches("'s")
        .trim_end_matches("’s");
    let state = lexicon::state_of_demonym(owner).or_else(|| lexicon::state(owner))?;
    Some(cast.state(state))
}

/// The body whose name ends in these words or holds them: "the army" after "the Ruritanian army", "Senate panel" for the Senate Ethics Committee.
fn called_by_name(document: &Document, cast: &Cast, memory: &Memory, phrase: &Phrase) -> Option<usize> {
    let definite = phrase.determiner == Determiner::Definite;
    // Names, or at least two words, tell which body is meant: "Harbour pilots’ union".
    let told = phrase.told(document);
    // In a headline one word does: "Senate panel".
    let least = if phrase.determiner == Determiner::Bare { 1 } else { 2 };
    if !definite && phrase.names.is_empty() && told.len() < least {
        return None;
    }
    let is_body = lexicon::body_noun(&phrase.head).is_some_and(|noun| noun.kind == Kind::Organization);
    let place = country_in(document, phrase.core);
    let head = lexicon::full_title(&phrase.head).unwrap_or(&phrase.head);
    let modifiers = phrase.words.get(..phrase.words.len().saturating_sub(1)).unwrap_or_default();
    let fits = |entity: &Entity| {
        let ends = definite
            && matches!(entity.kind, Kind::Organization | Kind::Other | Kind::Work)
            && entity.words.0.len() > phrase.words.len()
            && entity.words.0.ends_with(&phrase.words);
        let holds = entity.kind == Kind::Organization
            && is_called(&entity.words, head)
            && modifiers.iter().all(|word| entity.words.0.contains(word) || place.is_some() && place == entity.country);
        let described = is_body && told.len() > 1 && told.iter().all(|word| entity.words.0.contains(word));
        (ends || holds || described && entity.kind == Kind::Organization) && entity.named
    };
    let back = || memory.back().map(|seen| seen.entity).find(|&at| cast.entities.get(at).is_some_and(fits));
    // A headline's "Senate panel" is named in the text below it.
    let ahead = || {
        let named = |entity: &Entity| (!phrase.names.is_empty() || told.len() >= least) && fits(entity);
        cast.entities.iter().take(MOST_AHEAD).position(named)
    };
    back().or_else(ahead)
}

/// The entity without a name that was called by these words before, or by more that end in them.
fn called_the_same(cast: &Cast, memory: &Memory, phrase: &Phrase) -> Option<usize> {
    let open = matches!(phrase.determiner, Determiner::Indefinite | Determiner::Bare);
    // "Q" and "A" of an interview are the same all through it.
    let label = phrase.words.len() == 1 && phrase.core.len() <= 2;
    if open && !phrase.plural && !label {
        return None;
    }
    let definite = phrase.determiner == Determiner::Definite;
    let fits = |entity: &Entity| {
        let same = entity.words.0 == phrase.words;
        let ends = definite && entity.words.0.ends_with(&phrase.words) && entity.plural == phrase.plural;
        !entity.named && (same || ends)
    };
    memory.back().map(|seen| seen.entity).find(|&at| cast.entities.get(at).is_some_and(fits))
}

/// Whether a body's name calls it that: its last word, or the one before "of", "for" or another preposition ("Court of Appeals").
pub(super) fn is_called(name: &Words, head: &str) -> bool {
    let at = name.0.iter().rposition(|word| word == head);
    at.is_some_and(|at| name.0.get(at + 1).is_none_or(|next| does(next, Work::Preposition)))
}

/// How many entities are looked through for somebody who is given a role only later.
pub(super) const MOST_AHEAD: usize = 400;

/// Whether a phrase can point back at a body by its kind alone: "the bank".
fn points_at_body(phrase: &Phrase) -> Option<lexicon::BodyNoun> {
    let bare = phrase.determiner == Determiner::Definite && !phrase.plural && phrase.words.len() == 1;
    lexicon::body_noun(&phrase.head).filter(|noun| bare && noun.kind == Kind::Organization)
}

/// The organisation that was called so before, or is of that sector and was named last: "the bank" after Northport Savings.
fn body_of_that_sector(cast: &Cast, memory: &Memory, phrase: &Phrase) -> Option<usize> {
    let noun = points_at_body(phrase)?;
    let body = |entity: &Entity| entity.kind == Kind::Organization && entity.named;
    let called = |entity: &Entity| body(entity) && entity.called.contains(&phrase.head);
    let of_sector = |entity: &Entity| body(entity) && noun.sector.is_some() && entity.sector == noun.sector;
    let back = |fits: &dyn Fn(&Entity) -> bool| {
        memory.back().map(|seen| seen.entity).find(|&at| cast.entities.get(at).is_some_and(fits))
    };
    back(&called).or_else(|| back(&of_sector))
}

/// The organisation that was named last, if nothing is known of what it is.
fn body_named_last(cast: &Cast, memory: &Memory, phrase: &Phrase) -> Option<usize> {
    let noun = points_at_body(phrase)?;
    // "The government" and "the council" are more than the next best body.
    if !matches!(noun.sector, None | Some("BUS" | "JRN" | "LAB" | "SOC")) {
        return None;
    }
    let unknown = |entity: &Entity| entity.sector.is_none() && entity.country.is_none();
    let fits = |entity: &Entity| entity.kind == Kind::Organization && entity.named && unknown(entity);
    memory.back().take(NEAR).map(|seen| seen.entity).find(|&at| cast.entities.get(at).is_some_and(fits))
}

/// "The country", "the city": the state, or the other place, that was named last.
fn place_named_last(cast: &Cast, memory: &Memory, phrase: &Phrase) -> Option<usize> {
    let bare = phrase.determiner == Determiner::Definite && !phrase.plural && phrase.words.len() == 1;
    let state = match phrase.head.as_str() {
        "country" | "nation" => true,
        "state" | "province" | "region" | "city" | "town" | "village" | "county" => false,
        _ => return None,
    };
    let fits = |entity: &Entity| {
        let is_state = lexicon::state(&entity.name).is_some();
        entity.kind == Kind::Place && entity.named && is_state == state
    };
    let near = memory.back().filter(|_| bare).take(NEAR).map(|seen| seen.entity);
    near.into_iter().find(|&at| cast.entities.get(at).is_some_and(fits))
}

/// How many mentions back a body of which nothing is known may be meant.
pub(super) const NEAR: usize = 25;

/// An entity known only by what it is called here.
fn unnamed(document: &Document, phrase: &Phrase, known: Option<Kind>) -> Entity {
    let person = posts::person_noun(phrase);
    let body = lexicon::body_noun(&phrase.head);
    let kind = match (&person, body) {
        (Some(_), _) => Kind::Person,
        (None, Some(noun)) => noun.kind,
        (None, None) => known.unwrap_or(Kind::Other),
    };
    let named = kind == Kind::Organization && !phrase.plural && !phrase.names.is_empty();
    let mut entity = Entity::new(phrase.core.text(document.text()).to_owned(), kind, named);
    entity.plural = phrase.plural;
    entity.country = country_in(document, phrase.core);
    if let Some(noun) = person {
        entity.gender = noun.gender;
        entity.sector = noun.sector;
        entity.roles.extend(Role::of(document, phrase.core));
    } else {
        entity.sector = body.and_then(|noun| noun.sector);
    }
    entity
}
