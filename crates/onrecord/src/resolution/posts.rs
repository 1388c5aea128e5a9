//! "The minister", "my father", "the former nominee" → the person who was called so, or who may be.

use super::cast::Cast;
use super::heads::{Determiner, Phrase};
use super::lexicon::{self, NounKind};
use super::nominals::{MOST_AHEAD, NEAR};
use super::roles::Role;
use super::salience::Memory;
use super::{Entity, country_in};
use crate::document::Document;
use crate::mentions::Kind;

/// The sector of presidents, governors and mayors.
const EXECUTIVE: &str = "GOV";

/// The noun for a person that heads a phrase, and what the table tells of it.
pub(super) struct Noun {
    pub words: String,
    pub kind: NounKind,
    pub gender: Option<lexicon::Gender>,
    pub sector: Option<&'static str>,
}

/// The longest noun for a person that ends the phrase.
pub(super) fn person_noun(phrase: &Phrase) -> Option<Noun> {
    let before = phrase.words.get(..phrase.words.len().saturating_sub(1)).unwrap_or_default();
    (0..=before.len().min(3)).rev().find_map(|length| {
        let mut words = before.get(before.len() - length..)?.to_vec();
        words.push(phrase.head.clone());
        let words = words.join(" ");
        lexicon::person_noun(&words).map(|found| Noun {
            words,
            kind: found.kind,
            gender: found.gender,
            sector: found.sector,
        })
    })
}

/// Whether two nouns for a person name one post: the same word, or one's last word, or two ways to call a spokesperson or a member of parliament.
pub(super) fn same_noun(role: &str, noun: &str) -> bool {
    let last = |words: &str| words.rsplit(' ').next().unwrap_or_default().to_owned();
    let full = |word: &str| lexicon::full_title(word).unwrap_or(word).to_owned();
    let (role, noun) = (full(role), full(noun));
    role == noun
        || last(&role) == noun
        || last(&noun) == role
        || role.starts_with("spokes") && noun.starts_with("spokes")
}

/// Whose title these words are, where the name stands beside them: "the Finnish president, Otto Brandt".
pub(super) fn beside_its_name(document: &Document, cast: &Cast, phrase: &Phrase) -> Option<usize> {
    let near =
        |from: usize, to: usize| document.text().get(from..to).is_some_and(|between| matches!(between, ", " | " "));
    let behind = cast.names.partition_point(|name| name.span.start < phrase.span.end);
    let next = cast.names.get(behind).filter(|name| near(phrase.span.end, name.span.start));
    let before = behind.checked_sub(1).and_then(|at| cast.names.get(at));
    let before = before.filter(|name| near(name.span.end, phrase.span.start));
    let bears = |entity: &Entity| entity.roles.iter().any(|role| role.span.end == phrase.core.end);
    next.into_iter().chain(before).map(|name| name.entity).find(|&at| cast.entities.get(at).is_some_and(bears))
}

/// The person who has that role: "the minister" is "Harbour Minister Ingrid Solberg". Whoever was mentioned last is preferred; who has the role only
/// further on is meant where nobody before has it ("a spokesman said … the spokesman, Ivan Petrov").
pub(super) fn in_that_role(document: &Document, cast: &Cast, memory: &Memory, phrase: &Phrase) -> Option<usize> {
    let noun = person_noun(phrase)?;
    let indefinite = phrase.determiner == Determiner::Indefinite;
    if phrase.plural || indefinite && noun.kind != NounKind::Office {
        return None;
    }
    let fits = |entity: &Entity| {
        let gender = entity.likely_gender();
        let clash = noun.gender.is_some() && gender.is_some() && noun.gender != gender;
        entity.kind == Kind::Person && !entity.plural && !clash
    };
    let named_so = |entity: &Entity| fits(entity) && entity.roles.iter().any(|role| same_noun(&role.noun, &noun.words));
    let general = |entity: &Entity| {
        fits(entity) && is_general(&noun.words) && noun.gender.is_some() && entity.likely_gender() == noun.gender
    };
    let related = |entity: &Entity| {
        let sector = |role: &Role| noun.sector.is_some() && role.sector() == noun.sector;
        // One lawmaker is called a senator and a representative in turn; a mayor is no president.
        let executive = noun.kind == NounKind::Office && noun.sector == Some(EXECUTIVE);
        fits(entity) && noun.kind != NounKind::Kin && !executive && entity.roles.iter().any(sector)
    };
    let back = |wanted: &dyn Fn(&Entity) -> bool| {
        memory.back().map(|seen| seen.entity).find(|&at| cast.entities.get(at).is_some_and(wanted))
    };
    let ahead = || {
        cast.entities
            .iter()
            .take(MOST_AHEAD)
            .position(|entity| entity.named && noun.kind != NounKind::Kin && named_so(entity))
    };
    if indefinite {
        return back(&named_so).or_else(ahead);
    }
    // "My father" is one of "my parents, Ana and Ivo Holm", wherever they are named.
    let kin = || {
        let owner = phrase.span.text(document.text()).split(' ').next().map(str::to_lowercase);
        let elder = |role: &Role| {
            let text = role.span.text(document.text()).to_lowercase();
            lexicon::is_among(&noun.words, &role.noun) && text.split(' ').next() == owner.as_deref()
        };
        let same = |entity: &Entity| {
            entity.kind == Kind::Person && entity.likely_gender() == noun.gender && entity.roles.iter().any(elder)
        };
        cast.entities.iter().take(MOST_AHEAD).position(|entity| noun.gender.is_some() && same(entity))
    };
    let headline = || {
        let fits = |entity: &Entity| phrase.determiner == Determiner::Bare && entity.named && related(entity);
        cast.entities.iter().take(MOST_AHEAD).position(fits)
    };
    // "The president" of an article at home has no country beside his title; one from abroad has, unless he was just mentioned.
    let abroad = |entity: &Entity| {
        let mut roles = entity.roles.iter().filter(|role| same_noun(&role.noun, &noun.words));
        roles.any(|role| country_in(document, role.span).is_some())
    };
    let home = |entity: &Entity| named_so(entity) && !abroad(entity);
    let just = || {
        let here = document.sentences().partition_point(|sentence| sentence.start <= phrase.span.start);
        let last = memory.back().next().map(|seen| seen.sentence).filter(|&last| last + 1 >= here);
        let near = memory.back().take_while(|seen| Some(seen.sentence) == last).map(|seen| seen.entity);
        near.into_iter().find(|&at| cast.entities.get(at).is_some_and(named_so))
    };
    let office = noun.kind == NounKind::Office;
    let of_office = || just().filter(|_| office).or_else(|| back(&home).filter(|_| office));
    of_office()
        .or_else(|| back(&named_so))
        .or_else(|| kin().filter(|_| noun.kind == NounKind::Kin))
        .or_else(|| back(&general))
        .or_else(ahead)
        .or_else(|| back(&related))
        .or_else(headline)
}

/// "The former secretary of state", "the billionaire": what is told of somebody who has just been spoken of, where no role says so. The last
/// person who led a sentence or spoke is meant.
pub(super) fn described(cast: &Cast, memory: &Memory, phrase: &Phrase) -> Option<usize> {
    let noun = person_noun(phrase)?;
    let former = phrase.words.iter().any(|word| matches!(word.as_str(), "former" | "ex" | "onetime"));
    let tells = former || noun.kind == NounKind::Description;
    let known = phrase.determiner == Determiner::Definite || phrase.determiner == Determiner::Possessive && former;
    if phrase.plural || !tells || !known {
        return None;
    }
    let fits = |entity: &Entity| {
        let gender = entity.likely_gender();
        let clash = noun.gender.is_some() && gender.is_some() && noun.gender != gender;
        entity.kind == Kind::Person && entity.named && !clash
    };
    let mut back = memory.back().take(NEAR).filter(|seen| !phrase.names.iter().any(|name| name.entity == seen.entity));
    back.find(|seen| (seen.leads || seen.speaks) && cast.entities.get(seen.entity).is_some_and(fits))
        .map(|seen| seen.entity)
}

/// "The woman", "the man": whoever of that gender was named last.
fn is_general(noun: &str) -> bool {
    matches!(noun, "woman" | "man" | "girl" | "boy")
}

#[cfg(test)]
mod tests {
    use super::{Cast, beside_its_name};
    use crate::document::{Document, Span};
    use crate::mentions::{Form, Kind, Mention};
    use crate::resolution::heads::Head;

    /// Who bears the title that `title` marks in `text`, among these people.
    fn bearer(text: &str, title: &str, people: &[&str]) -> Option<String> {
        let span = |words: &str| text.find(words).map(|start| Span::new(start, start + words.len()));
        let mention = |span| Mention { span, kind: Kind::Person, form: Form::Name };
        let mentions: Vec<Mention> = people.iter().filter_map(|name| span(name)).map(mention).collect();
        let document = Document::new(text);
        let cast = Cast::of_names(&document, &mentions);
        let heads = cast.heads(&document, span(title)?);
        let phrase =
            heads.iter().find_map(|head| if let Head::Nominal(phrase) = head { Some(phrase) } else { None })?;
        beside_its_name(&document, &cast, phrase).and_then(|at| cast.entities.get(at)).map(|entity| entity.name.clone())
    }

    #[test]
    fn a_title_beside_a_name_is_its_bearers() {
        let people = ["Ada Moreno", "Otto Brandt"];
        let met = "Ada Moreno met the Finnish president, Otto Brandt, in Lorne.";
        assert_eq!(bearer(met, "the Finnish president", &people).as_deref(), Some("Otto Brandt"));
        let behind = "Otto Brandt, the Finnish president, met Ada Moreno.";
        assert_eq!(bearer(behind, "the Finnish president", &people).as_deref(), Some("Otto Brandt"));
        let apart = "Ada Moreno met the Finnish president. Otto Brandt was ill.";
        assert_eq!(bearer(apart, "the Finnish president", &people), None);
    }
}
