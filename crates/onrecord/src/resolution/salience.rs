//! Who a pronoun looks back at: the people and bodies seen so far, and how well each fits.

use std::collections::HashMap;

use super::Entity;
use super::lexicon::Gender;
use crate::mentions::{Kind, Pronoun, Shape};

/// How many mentions a pronoun looks back over.
const MEMORY: usize = 90;

// The weights, set by hand and tried on the sources of PolNeAR dev and of the world news; the unit is arbitrary.
/// For each sentence between, up to [`FARTHEST`].
const SENTENCE: f64 = -0.55;
const FARTHEST: f64 = 14.0;
/// Times the natural logarithm of one more than the mentions so far.
const OFTEN: f64 = 0.35;
const LEADS: f64 = 1.0;
const SPEAKS: f64 = 0.5;
/// Whoever spoke goes on speaking.
const BOTH_SPEAK: f64 = 0.5;
const SAME_PARAGRAPH: f64 = 0.4;
/// Named inside quotation marks, meant outside them.
const QUOTED_ONLY: f64 = -1.5;
/// Named in the very words that the pronoun introduces or tags.
const IN_OWN_WORDS: f64 = -2.5;
/// "She said that she": in reported words the speaker is meant, in quoted words the speaker is "I".
const SPEAKER_REPORTED: f64 = 1.5;
const SPEAKER_QUOTED: f64 = -3.0;

/// From here on the fit says that the gender is told by the name at least.
const TOLD: f64 = -0.5;
const UNTOLD: f64 = -1.5;

/// One mention, as the reader of the text comes by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Seen {
    pub entity: usize,
    /// Number of its sentence, and of its paragraph.
    pub sentence: usize,
    pub paragraph: usize,
    pub at: usize,
    /// First in its sentence, or the source of a statement.
    pub leads: bool,
    /// The source of a statement.
    pub speaks: bool,
    /// Inside quotation marks.
    pub quoted: bool,
}

/// The place of a pronoun.
#[derive(Debug, Clone, Copy)]
pub(super) struct Here<'a> {
    pub sentence: usize,
    pub paragraph: usize,
    pub quoted: bool,
    /// The pronoun is the source of a statement.
    pub speaks: bool,
    /// Who says the words that the pronoun is part of.
    pub said_by: &'a [usize],
    /// The bytes of the words that it introduces or tags: whoever is named only there is not who speaks.
    pub says: &'a [crate::document::Span],
}

/// What was seen so far.
#[derive(Debug, Default)]
pub(super) struct Memory {
    seen: Vec<Seen>,
    counts: HashMap<usize, usize>,
}

impl Memory {
    pub(super) fn note(&mut self, seen: Seen) {
        *self.counts.entry(seen.entity).or_default() += 1;
        self.seen.push(seen);
    }

    /// The last mentions first.
    pub(super) fn back(&self) -> impl Iterator<Item = &Seen> {
        self.seen.iter().rev().take(MEMORY)
    }

    /// The entity that `pronoun` most likely stands for.
    pub(super) fn antecedent(&self, entities: &[Entity], pronoun: Pronoun, here: &Here) -> Option<usize> {
        let mut best: HashMap<usize, f64> = HashMap::new();
        // Somebody of that gender in the same sentence makes a name that does not tell its gender less likely.
        let told = |seen: &&Seen| {
            entities.get(seen.entity).and_then(|entity| fit(entity, pronoun)).is_some_and(|fit| fit > TOLD)
        };
        let rival = self.back().take_while(|seen| seen.sentence == here.sentence).find(told).is_some();
        for seen in self.back() {
            let Some(entity) = entities.get(seen.entity) else { continue };
            if let Some(fit) = fit(entity, pronoun) {
                let unlikely = rival && pronoun.shape != Shape::Thing && fit <= TOLD;
                let score = fit + self.score(seen, here) + if unlikely { UNTOLD } else { 0.0 };
                let known = best.entry(seen.entity).or_insert(score);
                *known = known.max(score);
            }
        }
        best.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(entity, _)| entity)
    }

    fn score(&self, seen: &Seen, here: &Here) -> f64 {
        let sentences = here.sentence.saturating_sub(seen.sentence) as f64;
        let count = self.counts.get(&seen.entity).copied().unwrap_or(0) as f64;
        let given = |is: bool, weight: f64| if is { weight } else { 0.0 };
        let in_own_words = here.says.iter().any(|span| span.contains_byte(seen.at));
        let speaker = if here.quoted { SPEAKER_QUOTED } else { SPEAKER_REPORTED };
        SENTENCE * sentences.min(FARTHEST)
            + OFTEN * (1.0 + count).ln()
            + given(seen.leads, LEADS)
            + given(seen.speaks, SPEAKS)
            + given(seen.speaks && here.speaks, BOTH_SPEAK)
            + given(seen.paragraph == here.paragraph, SAME_PARAGRAPH)
            + given(seen.quoted && !here.quoted, QUOTED_ONLY)
            + given(in_own_words, IN_OWN_WORDS)
            + given(here.said_by.contains(&seen.entity), speaker)
    }
}

/// How well an entity fits what the pronoun tells; `None` if it cannot be meant.
fn fit(entity: &Entity, pronoun: Pronoun) -> Option<f64> {
    match pronoun.shape {
        Shape::Female | Shape::Male => {
            let wanted = if pronoun.shape == Shape::Female { Gender::Female } else { Gender::Male };
            match (entity.gender, entity.gender_of_name) {
                _ if entity.kind != Kind::Person || entity.plural => None,
                (Some(gender), _) => (gender == wanted).then_some(0.0),
                (None, Some(gender)) => Some(if gender == wanted { -0.1 } else { -3.0 }),
                // A surname alone tells nothing; a given name that both bear makes doubt.
                (None, None) => Some(if entity.words_count() > 1 { -2.2 } else { -0.8 }),
            }
        }
        Shape::Thing => match entity.kind {
            Kind::Organization => Some(0.0),
            Kind::Place if entity.country.is_some() => Some(-0.8),
            Kind::Group | Kind::Work | Kind::Other => Some(-2.0),
            _ => None,
        },
        Shape::Anyone => match entity.kind {
            Kind::Group => Some(0.0),
            Kind::Organization => Some(-0.3),
            Kind::Person if entity.plural => Some(0.2),
            _ => None,
        },
        // These look no further than their sentence; see `walk`.
        Shape::RelativePerson | Shape::Relative => None,
    }
}
