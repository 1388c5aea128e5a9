//! Through the text once more, for those who take part in events: each looks back at who was named, spoke or took part before.
//!
//! A second pass, so that who speaks does not hang on what the event heads find. A party that names several is several. What leads to nobody has no entity.

use std::collections::{HashMap, HashSet};

use super::{Head, Memory, Name, Phrase, Walker, country_in, lexicon, posts};
use crate::document::Span;
use crate::mentions::{Form, Person, Pronoun};
use crate::relations::Event;
use crate::resolution::{Parties, Party};

/// What the second walk comes by.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// Somebody who is spoken of, and whether as the source of a statement.
    Seen(usize, bool),
    /// Whether a capital there stands for its state.
    Party(bool),
}

impl Walker<'_> {
    /// Who took part in each event.
    pub(super) fn parties(&mut self, events: &[Event]) -> Vec<Parties> {
        self.memory = Memory::default();
        self.last_led = None;
        let pronouns = self.pronouns();
        let mut known: HashMap<(Span, bool), Vec<Party>> = HashMap::new();
        for (span, step) in self.party_steps(events) {
            match step {
                Step::Seen(entity, speaks) => self.note(entity, span, speaks),
                Step::Party(as_state) => {
                    let party = known.entry((span, as_state));
                    party.or_insert_with(|| self.party(span, as_state, &pronouns));
                }
            }
        }
        let who = |spans: &[Span], as_state: bool| -> Vec<Party> {
            spans.iter().filter_map(|&span| known.get(&(span, as_state))).flatten().copied().collect()
        };
        let of = |event: &Event| Parties {
            actors: who(&event.actors, true),
            recipients: who(&event.recipients, is_state_addressed(event.kind)),
        };
        events.iter().map(of).collect()
    }

    /// All mentions so far and all parties in the order of the text; a party before the name it starts with.
    fn party_steps(&self, events: &[Event]) -> Vec<(Span, Step)> {
        let sources: HashSet<usize> =
            self.statements.iter().filter_map(|statement| statement.source).map(|source| source.start).collect();
        let mentions = self
            .cast
            .entities
            .iter()
            .enumerate()
            .flat_map(|(at, entity)| entity.mentions.iter().map(move |mention| (mention.span, at)));
        let seen = mentions.map(|(span, at)| (span, Step::Seen(at, sources.contains(&span.start))));
        let parties = events.iter().flat_map(|event| {
            let actors = event.actors.iter().map(|&span| (span, Step::Party(true)));
            let as_state = is_state_addressed(event.kind);
            actors.chain(event.recipients.iter().map(move |&span| (span, Step::Party(as_state))))
        });
        let mut steps: Vec<(Span, Step)> = seen.chain(parties).collect();
        steps.sort_by_key(|(span, step)| match step {
            Step::Party(as_state) => (span.start, 0, span.end, usize::from(*as_state)),
            Step::Seen(entity, _) => (span.start, 1, span.end, *entity),
        });
        steps
    }

    /// The pronouns that the first walk resolved.
    fn pronouns(&self) -> HashMap<Span, usize> {
        let all = self.cast.entities.iter().enumerate();
        let mentions = all.flat_map(|(at, entity)| entity.mentions.iter().map(move |mention| (mention, at)));
        mentions.filter(|(mention, _)| mention.form == Form::Pronoun).map(|(mention, at)| (mention.span, at)).collect()
    }

    fn party(&mut self, span: Span, as_state: bool, pronouns: &HashMap<Span, usize>) -> Vec<Party> {
        let heads = self.cast.heads(self.document, span);
        let is_one = heads.len() < 2;
        let mut parties: Vec<Party> = Vec::new();
        for head in heads {
            let (own, entity) = match head {
                Head::Name { name, .. } => (name.span, Some(self.party_named(name, as_state))),
                Head::Pronoun { span, pronoun } => {
                    let met = pronouns.get(&span).copied();
                    (span, met.or_else(|| self.party_meant(span, pronoun)))
                }
                Head::Nominal(phrase) => (phrase.span, self.party_called(&phrase)),
            };
            if !parties.iter().any(|party| entity.is_some() && party.entity == entity) {
                parties.push(Party { span: if is_one { span } else { own }, entity });
            }
        }
        if parties.is_empty() {
            parties.push(Party { span, entity: None });
        }
        parties
    }

    /// A name stands for who bears it; an adjective for its state ("Israeli airstrikes"), and a capital where a government is meant.
    fn party_named(&mut self, name: Name, as_state: bool) -> usize {
        let words = name.span.text(self.document.text());
        let people = words.ends_with('s') && words != "Swiss";
        let noun_follows =
            self.document.text().get(name.span.end..).is_some_and(|rest| {
                rest.strip_prefix([' ', '-']).is_some_and(|rest| rest.starts_with(char::is_lowercase))
            });
        match lexicon::state_of_demonym(words).filter(|_| !people && noun_follows) {
            Some(state) => self.lead_to(name, state),
            None if as_state => self.state_meant(name),
            None => name.entity,
        }
    }

    fn party_meant(&mut self, span: Span, pronoun: Pronoun) -> Option<usize> {
        let entity = match pronoun.person {
            Person::First => self.said_by(span, None).first().copied(),
            Person::Second => None,
            Person::Third => self.antecedent(span, pronoun, None),
        }?;
        self.mention(entity, span, Form::Pronoun);
        self.note(entity, span, false);
        Some(entity)
    }

    /// The entity that a noun phrase stands for, if it stands for people, a body, a place or a state's own.
    fn party_called(&mut self, phrase: &Phrase) -> Option<usize> {
        let known = self.kind_of(phrase.span);
        let tells = known.is_some()
            || posts::person_noun(phrase).is_some()
            || lexicon::body_noun(&phrase.head).is_some()
            || country_in(self.document, phrase.core).is_some();
        if !tells {
            return None;
        }
        let entity = self.called(phrase, known);
        self.mention(entity, phrase.span, Form::Nominal);
        self.note(entity, phrase.span, false);
        Some(entity)
    }
}

/// Whether a capital that it is done to stands for its state: one is warned in words, but shelled in its streets.
fn is_state_addressed(kind: &str) -> bool {
    matches!(
        kind,
        "AGREE"
            | "CONSULT"
            | "SUPPORT"
            | "CONCEDE"
            | "COOPERATE"
            | "REQUEST"
            | "ACCUSE"
            | "REJECT"
            | "THREATEN"
            | "SANCTION"
    )
}
