//! Who said what, as a record writes it.

use serde::{Deserialize, Serialize};

use super::{Because, CharIndex, CharSpan, Findings, Review};
use crate::document::Span;
use crate::relations;

/// One statement: that somebody said, wrote, thought or wanted something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Statement {
    /// `s1`, `s2`, … in the order of the text.
    pub id: String,
    /// Who said it.
    pub source: Source,
    /// The words that report it.
    pub cue: Cue,
    /// The words reported.
    pub content: Content,
    /// How the words are given.
    pub form: Form,
    /// `negative` where it is said not to have been said ("declined to comment") or its speaker will not ("would not recognise").
    #[serde(default)]
    pub polarity: Polarity,
    /// The statement whose content holds this one.
    pub parent: Option<String>,
    /// Whom it was said to: "told reporters".
    #[serde(default)]
    pub addressee: Option<CharSpan>,
    /// Through what: "in a statement", "on Twitter".
    #[serde(default)]
    pub medium: Option<CharSpan>,
    /// The words that tell when it was said.
    #[serde(default)]
    pub said_when: Option<CharSpan>,
    /// The words that tell where it was said.
    #[serde(default)]
    pub said_where: Option<CharSpan>,
    /// Time id: when it was said.
    #[serde(default)]
    pub time: Option<String>,
    /// Place id: where it was said.
    #[serde(default)]
    pub place: Option<String>,
    /// Calibrated: of all statements at 0.9, nine in ten are right.
    pub confidence: f64,
    /// What produced it.
    pub because: Because,
    /// What people made of it; none where nobody looked, and in what the engine writes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Review>,
}

/// The source of a statement; without spans, the text names none.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Source {
    /// The full noun phrase.
    pub spans: Vec<CharSpan>,
    /// Ids of the entities that it names; several where several speak.
    #[serde(default)]
    pub entities: Vec<String>,
    /// The rule that told who they are; none where nobody is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<Because>,
}

/// The cue of a statement; without spans, the text has none (a posted message under its author's name).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Cue {
    /// The verb group, or the noun, preposition or colon that reports.
    pub spans: Vec<CharSpan>,
    /// The dictionary form of the cue's main word.
    pub lemma: Option<String>,
    /// The kind of saying, one of the closed list of the record format.
    pub act: String,
}

/// The content of a statement, in several spans where the cue splits it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Content {
    /// The reported words with their quotation marks and the leading "that" or "to".
    pub spans: Vec<CharSpan>,
}

/// Whether something was said or is said not to have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// Said.
    #[default]
    Positive,
    /// Not said, or said that it will not be done.
    Negative,
}

/// Whether the content stands inside quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// All of it.
    Direct,
    /// None of it.
    Indirect,
    /// A part of it.
    Mixed,
}

/// What the model's heads gave for one statement or event; `confidence` is made of them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Scores {
    /// Mean probability of the word pieces of the cue or trigger, 0 to 1.
    pub cue: f64,
    /// Log odds that the cue or trigger is one.
    pub valid: f64,
    /// Log probability of exactly this source and content, given the cue; of these actors and recipients, given the trigger.
    pub certainty: f64,
    /// Probability of the type of an event, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<f64>,
}

pub(super) fn write_statement(
    statement: &relations::Statement,
    number: usize,
    found: &Findings,
    index: &CharIndex,
) -> Statement {
    let chars = |span: &Span| index.chars(*span);
    let resolved = found.resolved;
    let rule = resolved.because.get(number - 1).copied().flatten().filter(|_| statement.source.is_some());
    let speakers = resolved.speakers.get(number - 1).map(Vec::as_slice).unwrap_or_default();
    Statement {
        id: format!("s{number}"),
        source: Source {
            spans: statement.source.iter().map(chars).collect(),
            entities: speakers.iter().map(|at| format!("e{}", at + 1)).collect(),
            because: rule.map(|rule| Because { rule: rule.to_owned(), scores: None }),
        },
        cue: Cue {
            spans: statement.cue.iter().map(chars).collect(),
            lemma: statement.lemma.clone(),
            act: statement.act.to_owned(),
        },
        content: Content { spans: statement.content.iter().map(chars).collect() },
        form: match statement.form {
            relations::Form::Direct => Form::Direct,
            relations::Form::Indirect => Form::Indirect,
            relations::Form::Mixed => Form::Mixed,
        },
        polarity: if statement.circumstances.negative { Polarity::Negative } else { Polarity::Positive },
        parent: statement.parent.map(|at| format!("s{}", at + 1)),
        addressee: statement.circumstances.addressee.as_ref().map(chars),
        medium: statement.circumstances.medium.as_ref().map(chars),
        said_when: statement.circumstances.when.as_ref().map(chars),
        said_where: statement.circumstances.place.as_ref().map(chars),
        time: statement.circumstances.when.and_then(|when| found.time_at(when)),
        place: statement.circumstances.place.and_then(|place| found.place_at(place)),
        confidence: statement.confidence,
        because: Because { rule: statement.rule.to_owned(), scores: statement.evidence.map(write_scores) },
        review: None,
    }
}

fn write_scores(evidence: relations::Evidence) -> Scores {
    let rounded = |x: f32| (f64::from(x) * 1000.0).round() / 1000.0;
    Scores {
        cue: rounded(evidence.cue_odds),
        valid: rounded(evidence.valid),
        certainty: rounded(evidence.certainty),
        kind: None,
    }
}
