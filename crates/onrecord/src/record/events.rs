//! What is reported to have happened, as a record writes it.

use serde::{Deserialize, Serialize};

use super::{Because, CharIndex, CharSpan, Findings, Polarity, Review, Scores};
use crate::{relations, resolution};

/// One mention of a happening that PLOVER 2.0 codes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Event {
    /// `v1`, `v2`, … in the order of the text.
    pub id: String,
    /// The words that tell of it.
    pub trigger: Trigger,
    /// One of the sixteen types of PLOVER 2.0.
    #[serde(rename = "type")]
    pub kind: String,
    /// PLOVER mode of that type, where one fits.
    pub mode: Option<String>,
    /// PLOVER contexts, in the order of the manual.
    pub contexts: Vec<String>,
    /// CAMEO code of the same happening, as deep as type, mode and contexts tell.
    pub cameo: Option<String>,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: u8,
    /// Who did it; of something mutual, all who took part.
    pub actors: Vec<Party>,
    /// Whom it was done to.
    pub recipients: Vec<Party>,
    /// Time id: when it happened.
    pub time: Option<String>,
    /// Place id: where it happened.
    pub place: Option<String>,
    /// `negative` where it is said not to have happened.
    #[serde(default)]
    pub polarity: Polarity,
    /// How sure whoever tells of it is.
    pub certainty: Certainty,
    /// When it lies, seen from the text.
    pub tense: Tense,
    /// `document` where the article itself tells it, else the id of the innermost statement that tells it, if that is not too doubtful. What somebody says that they will
    /// grant, refuse or do is done by saying so: whoever reports that asserts it.
    pub asserted_by: String,
    /// Ids of the quantities that belong to it.
    pub quantities: Vec<String>,
    /// How many were killed, injured, arrested or took part, by ids of quantities.
    #[serde(default, skip_serializing_if = "Toll::is_empty")]
    pub toll: Toll,
    /// The first mention, in this article, of the same happening; none for the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<String>,
    /// The probability that the words tell of an event of this type.
    pub confidence: f64,
    /// What produced it.
    pub because: Because,
    /// What people made of it; none where nobody looked, and in what the engine writes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
}

/// The words that tell of an event.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Trigger {
    /// Verb or noun, without auxiliaries.
    pub spans: Vec<CharSpan>,
}

/// One who took part in an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Party {
    /// The noun phrase.
    pub span: CharSpan,
    /// Id of the entity, where the words lead to one.
    pub entity: Option<String>,
}

/// Quantities of an event by what they count.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Toll {
    /// Killed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dead: Vec<String>,
    /// Injured.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub injured: Vec<String>,
    /// Arrested, taken or held.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arrested: Vec<String>,
    /// Who took part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub size: Vec<String>,
}

impl Toll {
    fn is_empty(&self) -> bool {
        *self == Toll::default()
    }
}

/// How sure whoever tells of an event is that it happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Told as a fact; that somebody is quoted with it takes nothing away.
    #[default]
    Certain,
    /// Likely, believed.
    Probable,
    /// May be, alleged.
    Possible,
}

/// When an event lies, seen from the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Tense {
    /// It happened.
    #[default]
    Past,
    /// It goes on.
    Ongoing,
    /// It is to come.
    Future,
    /// It would, could or might be.
    Hypothetical,
}

pub(super) fn write_event(event: &relations::Event, number: usize, found: &Findings, index: &CharIndex) -> Event {
    let unknown = resolution::Happening::default();
    let happening = found.happenings.get(number - 1).unwrap_or(&unknown);
    let parties = found.resolved.parties.get(number - 1);
    let parties = |of: fn(&resolution::Parties) -> &Vec<resolution::Party>| {
        parties.map(of).into_iter().flatten().map(|party| write_party(party, index)).collect()
    };
    let quantities = |all: &[usize]| ids('q', all);
    Event {
        id: format!("v{number}"),
        trigger: Trigger { spans: vec![index.chars(event.trigger)] },
        kind: event.kind.to_owned(),
        mode: event.mode.map(str::to_owned),
        contexts: event.contexts.iter().map(|&context| context.to_owned()).collect(),
        cameo: relations::cameo_code(event.kind, event.mode, &event.contexts).map(str::to_owned),
        quad: quad(event.kind),
        actors: parties(|parties| &parties.actors),
        recipients: parties(|parties| &parties.recipients),
        time: happening.time.map(|at| id('t', at)),
        place: happening.place.map(|at| id('p', at)),
        polarity: if event.negative { Polarity::Negative } else { Polarity::Positive },
        certainty: match event.certainty {
            relations::Certainty::Certain => Certainty::Certain,
            relations::Certainty::Probable => Certainty::Probable,
            relations::Certainty::Possible => Certainty::Possible,
        },
        tense: match event.tense {
            relations::Tense::Past => Tense::Past,
            relations::Tense::Ongoing => Tense::Ongoing,
            relations::Tense::Future => Tense::Future,
            relations::Tense::Hypothetical => Tense::Hypothetical,
        },
        asserted_by: happening.asserted_by.map_or_else(|| "document".to_owned(), |at| id('s', at)),
        quantities: quantities(&happening.quantities),
        toll: Toll {
            dead: quantities(&happening.toll.dead),
            injured: quantities(&happening.toll.injured),
            arrested: quantities(&happening.toll.arrested),
            size: quantities(&happening.toll.size),
        },
        same_as: happening.same_as.map(|at| id('v', at)),
        confidence: event.confidence,
        because: Because { rule: event.rule.to_owned(), scores: Some(write_scores(event.evidence)) },
        review: None,
    }
}

fn write_party(party: &resolution::Party, index: &CharIndex) -> Party {
    Party { span: index.chars(party.span), entity: party.entity.map(|at| id('e', at)) }
}

/// The id of the item at a place of its list.
fn id(letter: char, at: usize) -> String {
    format!("{letter}{}", at + 1)
}

fn ids(letter: char, all: &[usize]) -> Vec<String> {
    all.iter().map(|&at| id(letter, at)).collect()
}

fn write_scores(evidence: relations::EventEvidence) -> Scores {
    let rounded = |x: f32| (f64::from(x) * 1000.0).round() / 1000.0;
    Scores {
        cue: rounded(evidence.odds),
        valid: rounded(evidence.valid),
        certainty: rounded(evidence.certainty),
        kind: Some(rounded(evidence.kind)),
    }
}

/// The quad class of a type. The manual's table has SANCTION as verbal, its section as material; material is what CAMEO and the data have.
fn quad(kind: &str) -> u8 {
    match kind {
        "AGREE" | "CONSULT" | "SUPPORT" | "CONCEDE" => 1,
        "COOPERATE" | "AID" | "RETREAT" => 2,
        "REQUEST" | "ACCUSE" | "REJECT" | "THREATEN" => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::quad;

    #[test]
    fn quads_are_those_of_the_manual_and_sanctions_are_material() {
        assert_eq!(["CONCEDE", "AID", "THREATEN", "SANCTION", "ASSAULT"].map(quad), [1, 2, 3, 4, 4]);
    }
}
