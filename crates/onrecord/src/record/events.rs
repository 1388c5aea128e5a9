//! What is reported to have happened, as a record writes it.

use serde::{Deserialize, Serialize};

use super::{Because, CharSpan, Polarity};

/// One mention of a happening that PLOVER 2.0 codes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// `document` where the article itself tells it, else the id of the innermost statement whose content holds the trigger.
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
}

/// The words that tell of an event.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Trigger {
    /// Verb or noun, without auxiliaries.
    pub spans: Vec<CharSpan>,
}

/// One who took part in an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The noun phrase.
    pub span: CharSpan,
    /// Id of the entity, where the words lead to one.
    pub entity: Option<String>,
}

/// Quantities of an event by what they count.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
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
