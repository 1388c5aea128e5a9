//! "The minister", "the bank", "her lawyer" → the entity that the article has called so, or one without a name.

use super::cast::Cast;
use super::heads::{Determiner, Phrase};
use super::lexicon::{self, NounKind};
use super::names::Words;
use super::roles::Role;
use super::salience::Memory;
use super::{Entity, country_in};
use crate::document::Document;
use crate::mentions::Kind;

/// The entity that `phrase` stands for.
pub(super) fn entity(
    document: &Document,
    cast: &mut Cast,
    memory: &Memory,
    phrase: &Phrase,
    known: Option<Kind>,
) -> usize {
    let found = state_of_government(document, cast, phrase)
        .or_else(|| called_the_same(document, cast, memory, phrase))
        .or_else(|| person_in_that_role(cast, memory, phrase))
        .or_else(|| body_of_that_kind(cast, memory, phrase));
    found.unwrap_or_else(|| {
        let entity = unnamed(document, phrase, known);
        cast.push(entity)
    })
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

/// The entity that was called by these words before, or, of a body, by words that end in this one ("the Israeli army … the army").
fn called_the_same(document: &Document, cast: &Cast, memory: &Memory, phrase: &Phrase) -> Option<usize> {
    if phrase.determiner == Determiner::Indefinite && !phrase.plural {
        return None;
    }
    let words = Words(phrase.words.clone());
    let modified = phrase.words.len() > 1;
    let place = country_in(document, phrase.core);
    let fits = |entity: &Entity| {
        let same = entity.words == words && !entity.named;
        let ends = phrase.determiner == Determiner::Definite
            && matches!(entity.kind, Kind::Organization | Kind::Other | Kind::Work)
            && entity.words.0.len() > phrase.words.len()
            && entity.words.0.ends_with(&phrase.words);
        let holds = phrase.determiner == Determiner::Definite
            && entity.kind == Kind::Organization
            && entity.words.0.contains(&phrase.head)
            && (!modified || place.is_none() || place == entity.country);
        same || ends || holds
    };
    memory.back().map(|seen| seen.entity).find(|&at| cast.entities.get(at).is_some_and(fits))
}

/// The person who has that role: "the minister" is "Defense Minister Sergey Shoigu".
fn person_in_that_role(cast: &Cast, memory: &Memory, phrase: &Phrase) -> Option<usize> {
    let (noun, kind, gender, sector) = person_noun(phrase)?;
    if phrase.plural {
        return None;
    }
    let indefinite = phrase.determiner == Determiner::Indefinite;
    let mut best: Option<(i32, usize)> = None;
    let mut candidates: Vec<usize> = Vec::new();
    for seen in memory.back() {
        if !candidates.contains(&seen.entity) {
            candidates.push(seen.entity);
        }
    }
    if indefinite {
        // "A spokesman said": who it was may be told later on.
        candidates.extend((0..cast.entities.len().min(400)).filter(|at| !candidates.contains(at)).collect::<Vec<_>>());
    }
    for (distance, at) in (0_i32..).zip(candidates) {
        let Some(entity) = cast.entities.get(at) else { continue };
        if entity.kind != Kind::Person
            || entity.plural
            || gender.is_some() && entity.gender.is_some() && gender != entity.gender
        {
            continue;
        }
        let same = entity.roles.iter().any(|role| same_noun(&role.noun, &noun));
        let related = sector.is_some() && entity.roles.iter().any(|role| role.sector() == sector);
        let general = is_general(&noun) && gender.is_some() && entity.gender == gender;
        let score = match (same, indefinite) {
            (true, _) => 100,
            (false, false) if related && kind != NounKind::Kin => 40,
            (false, false) if general => 60,
            _ => continue,
        };
        let score = score - distance.min(30);
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, at));
        }
    }
    best.map(|(_, at)| at)
}

/// "The woman", "the man": whoever of that gender was named last.
fn is_general(noun: &str) -> bool {
    matches!(noun, "woman" | "man" | "girl" | "boy")
}

/// The organisation of that sector that was named last: "the bank" after Wells Fargo.
fn body_of_that_kind(cast: &Cast, memory: &Memory, phrase: &Phrase) -> Option<usize> {
    let sector = lexicon::body_noun(&phrase.head)?;
    if phrase.determiner != Determiner::Definite || phrase.plural || phrase.words.len() > 1 {
        return None;
    }
    let organisation =
        |at: &usize| cast.entities.get(*at).filter(|entity| entity.kind == Kind::Organization && entity.named);
    let in_sector =
        |at: &usize| organisation(at).is_some_and(|entity| entity.sector.is_some() && entity.sector == sector);
    let unknown =
        |at: &usize| organisation(at).is_some_and(|entity| entity.sector.is_none() && entity.country.is_none());
    let back = || memory.back().map(|seen| seen.entity);
    back().find(in_sector).or_else(|| back().take(25).find(unknown))
}

/// The noun for a person that heads the phrase, the longest that the table has.
fn person_noun(phrase: &Phrase) -> Option<(String, NounKind, Option<lexicon::Gender>, Option<&'static str>)> {
    let before = phrase.words.get(..phrase.words.len().saturating_sub(1)).unwrap_or_default();
    (0..=before.len().min(3)).rev().find_map(|length| {
        let mut words = before.get(before.len() - length..)?.to_vec();
        words.push(phrase.head.clone());
        let noun = words.join(" ");
        lexicon::person_noun(&noun).map(|found| (noun, found.kind, found.gender, found.sector))
    })
}

/// Whether two nouns for a person name one post: the same word, or one's last word, or two ways to call a spokesperson or a member of parliament.
fn same_noun(role: &str, noun: &str) -> bool {
    let last = |words: &str| words.rsplit(' ').next().unwrap_or_default().to_owned();
    let full = |word: &str| lexicon::full_title(word).unwrap_or(word).to_owned();
    let (role, noun) = (full(role), full(noun));
    role == noun
        || last(&role) == noun
        || last(&noun) == role
        || role.starts_with("spokes") && noun.starts_with("spokes")
}

/// An entity known only by what it is called here.
fn unnamed(document: &Document, phrase: &Phrase, known: Option<Kind>) -> Entity {
    let person = person_noun(phrase);
    let body = lexicon::body_noun(&phrase.head);
    let kind = match (&person, body) {
        (Some(_), _) => Kind::Person,
        (None, Some(_)) => Kind::Organization,
        (None, None) => known.unwrap_or(Kind::Other),
    };
    let named = kind == Kind::Organization && !phrase.plural && !phrase.names.is_empty();
    let mut entity = Entity::new(phrase.core.text(document.text()).to_owned(), kind, named);
    entity.plural = phrase.plural;
    entity.country = country_in(document, phrase.core);
    if let Some((_, _, gender, sector)) = person {
        entity.gender = gender;
        entity.sector = sector;
        entity.roles.extend(Role::of(document, phrase.core));
    } else {
        entity.sector = body.flatten();
    }
    entity
}
