//! Mentions, statements and events → entities: who "he" is, whom "the minister" means, which state "Washington" speaks for; then when and where.
//!
//! Reads the mentions of an article, its statements and events; produces the [`Entity`]s and, for each statement, who its source is, for each event who took part. Names are joined
//! first, over the whole article; then its sources and pronouns are resolved in the order of the text, each looking back at who was named or spoke
//! before. What cannot be told stays an entity without a name, or none: a finding, not an error.

mod across;
mod author;
mod cast;
mod cataphora;
mod circle;
mod dates;
mod events;
mod heads;
mod interview;
mod lexicon;
mod names;
mod nominals;
mod places;
mod posts;
mod pronouns;
mod roles;
mod said;
mod salience;
mod tagged;
mod walk;
mod whose;

use crate::document::{Document, Span};
use crate::mentions::{Kind, Mention};
use crate::relations::{Event, Statement};
pub use across::{ComparedName, body_name, names_match};
use cast::Cast;
pub(crate) use dates::{Dates, Time, TimeKind, dates, day_told, days};
pub(crate) use events::{Happening, Surroundings, happenings};
use lexicon::Gender;
use names::Words;
pub(crate) use places::{Place, places};
use roles::Role;

/// Somebody or something that the article speaks of, with all its mentions.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entity {
    /// The fullest name of the text, or the table's for a state or organisation that it knows; of an entity without a name, the words it is called by.
    pub name: String,
    pub kind: Kind,
    pub named: bool,
    pub roles: Vec<Role>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<&'static str>,
    /// PLOVER code.
    pub sector: Option<&'static str>,
    /// In the order of the text.
    pub mentions: Vec<Mention>,
    words: Words,
    /// Nouns that have stood for it: "the bank".
    called: Vec<String>,
    /// The longest form of the text.
    fullest: String,
    /// Told by titles, roles and pronouns.
    gender: Option<Gender>,
    /// Suggested by a given name; never enough by itself.
    gender_of_name: Option<Gender>,
    /// Several people: "officials".
    plural: bool,
}

impl Entity {
    fn new(name: String, kind: Kind, named: bool) -> Entity {
        let words = Words::of(&name);
        Entity {
            name,
            kind,
            named,
            roles: Vec::new(),
            country: None,
            sector: None,
            mentions: Vec::new(),
            words,
            called: Vec::new(),
            fullest: String::new(),
            gender: None,
            gender_of_name: None,
            plural: false,
        }
    }

    fn words_count(&self) -> usize {
        self.words.0.len()
    }

    fn likely_gender(&self) -> Option<Gender> {
        self.gender.or(self.gender_of_name)
    }

    /// Takes in one more name; a longer one becomes its name.
    fn take_name(&mut self, text: &str, mention: &Mention, words: &Words) {
        self.mentions.push(*mention);
        let longer = words.0.len() > self.words.0.len() || words.0 == self.words.0 && text.len() > self.fullest.len();
        let shouted =
            self.fullest.len() > 5 && !self.fullest.contains(char::is_lowercase) && text.contains(char::is_lowercase);
        if longer || self.fullest.is_empty() || shouted && words.0 == self.words.0 {
            self.words = words.clone();
            self.fullest = match self.kind {
                Kind::Person => person_name(text, words),
                _ => text.strip_prefix("The ").or_else(|| text.strip_prefix("the ")).unwrap_or(text).to_owned(),
            };
            // The table's name of a state stands; of an organisation, only where the text has but a short form.
            if self.kind != Kind::Place
                && (self.fullest.contains(' ') || lexicon::organisation(&self.fullest).is_none())
            {
                self.name.clone_from(&self.fullest);
            }
        }
    }
}

/// A person's name without the titles that the text puts before it.
fn person_name(text: &str, words: &Words) -> String {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let first = words.0.first();
    let start = parts.iter().position(|part| Words::of(part).0.first() == first).unwrap_or(0);
    parts.get(start..).unwrap_or_default().join(" ")
}

/// Who is who in an article.
#[derive(Debug, Default)]
pub(crate) struct Resolved {
    pub entities: Vec<Entity>,
    /// For each statement, the entities that its source names.
    pub speakers: Vec<Vec<usize>>,
    /// For each statement, the rule that told.
    pub because: Vec<Option<&'static str>>,
    /// For each event, who took part.
    pub parties: Vec<Parties>,
}

/// Who took part in an event.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Parties {
    pub actors: Vec<Party>,
    pub recipients: Vec<Party>,
}

/// One who took part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Party {
    pub span: Span,
    pub entity: Option<usize>,
}

/// Resolves the mentions, the sources and those who take part in the events of an article.
pub(crate) fn resolve(
    document: &Document,
    mentions: &[Mention],
    statements: &[Statement],
    events: &[Event],
) -> Resolved {
    let cast = Cast::of_names(document, mentions);
    let resolved = walk::walk(document, cast, mentions, statements, events);
    in_order(resolved)
}

/// Entities in the order of their first mentions, those without any dropped; roles once each; country and sector from roles where none is known.
fn in_order(resolved: Resolved) -> Resolved {
    let Resolved { entities, speakers, because, parties } = resolved;
    let mut order: Vec<usize> = (0..entities.len()).filter(|&at| !entities[at].mentions.is_empty()).collect();
    let first = |at: usize| entities[at].mentions.iter().map(|mention| mention.span).min();
    order.sort_by_key(|&at| first(at));
    let mut place = vec![None; entities.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old] = Some(new);
    }
    let mut entities: Vec<Option<Entity>> = entities.into_iter().map(Some).collect();
    let entities = order.iter().filter_map(|&at| entities[at].take()).map(finished).collect();
    let renumbered = |all: Vec<usize>| all.into_iter().filter_map(|at| place.get(at).copied().flatten()).collect();
    let party = |party: Party| Party { entity: party.entity.and_then(|at| place.get(at).copied().flatten()), ..party };
    let both = |parties: Parties| Parties {
        actors: parties.actors.into_iter().map(party).collect(),
        recipients: parties.recipients.into_iter().map(party).collect(),
    };
    Resolved {
        entities,
        speakers: speakers.into_iter().map(renumbered).collect(),
        because,
        parties: parties.into_iter().map(both).collect(),
    }
}

fn finished(mut entity: Entity) -> Entity {
    entity.mentions.sort_unstable();
    entity.mentions.dedup_by_key(|mention| mention.span);
    // What somebody without a name is called is the name.
    entity.roles.retain(|role| !role.title_only && entity.named);
    entity.roles.sort_unstable_by_key(|role| role.span);
    entity.roles.dedup_by_key(|role| role.span);
    if entity.sector.is_none() {
        entity.sector = entity.roles.iter().find_map(Role::sector);
    }
    entity
}

/// The country that the words of a role or phrase name: "Nigerian President", "the Kremlin spokesman".
fn country_in(document: &Document, span: Span) -> Option<&'static str> {
    let text = span.text(document.text());
    let words: Vec<&str> =
        text.split(|c: char| !(c.is_alphanumeric() || c == '.' || c == '-')).filter(|word| !word.is_empty()).collect();
    (1..=3_usize).rev().find_map(|length| {
        words.windows(length).find_map(|window| {
            let phrase = window.join(" ");
            let state =
                lexicon::state_of_demonym(&phrase).or_else(|| lexicon::state(&phrase)).and_then(|state| state.code);
            state.or_else(|| lexicon::organisation(&phrase).and_then(|known| known.country))
        })
    })
}
