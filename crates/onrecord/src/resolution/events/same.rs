//! Which mentions of an article tell of the same happening: of one type, and nothing of what is told of them clashes.

use std::collections::HashMap;

use super::{Happening, Place, Surroundings};
use crate::document::Document;
use crate::relations::{Event, Tense};
use crate::resolution::{Entity, Party, Resolved, days};

/// How many happenings of one type are looked back at.
const MOST: usize = 24;

/// How many sentences back "the attack" may point.
const NEAR: usize = 8;

/// How many letters of a word tell it.
const STEM: usize = 5;

/// Words that begin a phrase for somebody not spoken of before.
const INDEFINITE: &[&str] =
    &["a", "an", "another", "dozens", "hundreds", "many", "more", "other", "several", "some", "thousands", "two"];

/// Links each event to the first that tells of the same happening.
pub(super) fn link(
    document: &Document,
    events: &[Event],
    resolved: &Resolved,
    around: &Surroundings,
    happenings: &mut [Happening],
) {
    let mut firsts: HashMap<&str, Vec<usize>> = HashMap::new();
    for at in 0..events.len() {
        let Some(event) = events.get(at) else { continue };
        let known = firsts.entry(event.kind).or_default();
        let pair = Pair { document, events, resolved, around, happenings };
        // The same word before another.
        let mut fits: Vec<usize> =
            known.iter().rev().take(MOST).copied().filter(|&first| pair.is_same(first, at)).collect();
        fits.sort_by_key(|&first| !pair.is_same_word(first, at));
        let first = fits.first().copied();
        match first {
            Some(first) => {
                if let Some(happening) = happenings.get_mut(at) {
                    happening.same_as = Some(first);
                }
            }
            None => known.push(at),
        }
    }
}

struct Pair<'a> {
    document: &'a Document,
    events: &'a [Event],
    resolved: &'a Resolved,
    around: &'a Surroundings<'a>,
    happenings: &'a [Happening],
}

impl Pair<'_> {
    fn is_same(&self, a: usize, b: usize) -> bool {
        let (Some(first), Some(second)) = (self.events.get(a), self.events.get(b)) else { return false };
        let coming = |event: &Event| matches!(event.tense, Tense::Future | Tense::Hypothetical);
        let mode = first.mode.is_none() || second.mode.is_none() || first.mode == second.mode;
        if !mode
            || first.negative != second.negative
            || coming(first) != coming(second)
            || first.trigger == second.trigger
        {
            return false;
        }
        let times = self.times_fit(a, b);
        let places = self.places_fit(a, b);
        if times == Some(false) || places == Some(false) {
            return false;
        }
        // The same words of the same time and place need no parties; nor does "the attack".
        let words = |event: &Event| event.trigger.text(self.document.text()).to_lowercase();
        match self.parties_fit(a, b) {
            Some(fit) => fit && (times == Some(true) || places == Some(true) || !self.may_be_others(a, b)),
            None => {
                words(first) == words(second) && (times == Some(true) || places == Some(true))
                    || self.points_back(second) && self.sentences_between(first, second) <= NEAR
            }
        }
    }

    /// Whether two triggers are forms of one word, as far as their beginnings tell: "abducted", "abduction".
    fn is_same_word(&self, a: usize, b: usize) -> bool {
        let stem = |at: usize| -> Option<String> {
            let word = self.events.get(at)?.trigger.text(self.document.text());
            Some(word.chars().take(STEM).flat_map(char::to_lowercase).collect())
        };
        stem(a) == stem(b)
    }

    /// "the attack", "their kidnapping", "the girls' release": a noun that speaks of what is known.
    fn points_back(&self, event: &Event) -> bool {
        let tokens = self.document.tokens();
        let at = tokens.partition_point(|token| token.span.end <= event.trigger.start);
        let word = at.checked_sub(1).and_then(|at| tokens.get(at)).map(|token| token.span.text(self.document.text()));
        let word = word.filter(|word| word.len() <= 5).unwrap_or_default().to_lowercase();
        matches!(
            word.as_str(),
            "the" | "this" | "that" | "these" | "those" | "his" | "her" | "its" | "their" | "'s" | "’s" | "'" | "’"
        )
    }

    fn sentences_between(&self, a: &Event, b: &Event) -> usize {
        let number =
            |event: &Event| self.document.sentences().partition_point(|sentence| sentence.start <= event.trigger.start);
        number(a).abs_diff(number(b))
    }

    /// Whether the parties are the same as far as both tell, and share somebody; `None` where one of both tells nobody.
    fn parties_fit(&self, a: usize, b: usize) -> Option<bool> {
        let (first, second) = (self.resolved.parties.get(a)?, self.resolved.parties.get(b)?);
        if self.is_mutual(a) {
            let all = |parties: &super::super::Parties| [parties.actors.clone(), parties.recipients.clone()].concat();
            return self.shared(&all(first), &all(second));
        }
        let actors = self.shared(&first.actors, &second.actors);
        let recipients = self.shared(&first.recipients, &second.recipients);
        match (actors, recipients) {
            (None, None) => None,
            (Some(false), _) | (_, Some(false)) => Some(false),
            _ => Some(true),
        }
    }

    /// Whether both tell whom something was done to, or who did it, but nothing shows that it is the same: "abducted the girls", "abducted many
    /// more boys".
    fn may_be_others(&self, a: usize, b: usize) -> bool {
        let (Some(first), Some(second)) = (self.resolved.parties.get(a), self.resolved.parties.get(b)) else {
            return false;
        };
        let indefinite = |party: &Party| {
            let words = party.span.text(self.document.text());
            let first =
                words.split_whitespace().next().filter(|word| word.len() <= 9).unwrap_or_default().to_lowercase();
            INDEFINITE.contains(&first.as_str())
        };
        let open = |a: &[Party], b: &[Party]| !a.is_empty() && b.iter().any(indefinite) && self.shared(a, b).is_none();
        !self.is_mutual(a) && (open(&first.actors, &second.actors) || open(&first.recipients, &second.recipients))
    }

    /// Whether those who take part do so alike.
    fn is_mutual(&self, at: usize) -> bool {
        self.events.get(at).is_some_and(|event| matches!(event.kind, "AGREE" | "CONSULT" | "COOPERATE" | "SUPPORT"))
    }

    /// Whether two lists of parties share an entity; `None` where one has none, or only such as have no name and may be anybody.
    fn shared(&self, a: &[Party], b: &[Party]) -> Option<bool> {
        let (a, b): (Vec<usize>, Vec<usize>) =
            (a.iter().filter_map(|party| party.entity).collect(), b.iter().filter_map(|party| party.entity).collect());
        if a.is_empty() || b.is_empty() {
            return None;
        }
        let shared = a.iter().any(|&one| b.iter().any(|&other| self.is_one(one, other)));
        let named =
            |all: &[usize]| all.iter().any(|&at| self.resolved.entities.get(at).is_some_and(|entity| entity.named));
        (shared || named(&a) && named(&b)).then_some(shared)
    }

    /// One entity, or two without names of one state and sector: "Russian troops", "Russian forces".
    fn is_one(&self, a: usize, b: usize) -> bool {
        let (Some(one), Some(other)) = (self.resolved.entities.get(a), self.resolved.entities.get(b)) else {
            return a == b;
        };
        let force = |code: Option<&str>| matches!(code, Some("MIL" | "COP" | "REB" | "UAF"));
        let alike = one.country.is_some() && one.country == other.country && one.sector == other.sector;
        // "The girls" and "21 schoolgirls" may be anybody; two times "girls" are most often the same ones.
        let called = |entity: &Entity| entity.words.last().map(str::to_owned);
        let same_noun = !one.named && !other.named && called(one).is_some() && called(one) == called(other);
        a == b || alike && force(one.sector) || same_noun
    }

    /// Whether two events are told to be at one time; `None` where one is told no time.
    fn times_fit(&self, a: usize, b: usize) -> Option<bool> {
        let value = |at: usize| {
            let time = self.around.dates.times.get(self.happenings.get(at)?.time?)?;
            days(time.value.as_deref()?)
        };
        let (one, other) = (value(a)?, value(b)?);
        // ISO dates are in the order of their letters.
        Some(one.0 < other.1 && other.0 < one.1)
    }

    /// Whether two events are told to be at one place; `None` where one is told none.
    fn places_fit(&self, a: usize, b: usize) -> Option<bool> {
        let place = |at: usize| self.around.places.get(self.happenings.get(at)?.place?);
        let (one, other): (&Place, &Place) = (place(a)?, place(b)?);
        let holds = |wide: &Place, narrow: &Place| wide.kind == "country" && wide.country == narrow.country;
        Some(one.name == other.name || holds(one, other) || holds(other, one))
    }
}
