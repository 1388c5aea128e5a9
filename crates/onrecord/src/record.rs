//! The only serialised types: the record of one article, version 1, as users hold it.
//!
//! Here, and nowhere else, byte spans become code-point offsets. Fields may be added, never changed or taken away.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::document::{Document, Span};
use crate::mentions;
use crate::pipeline::Article;
use crate::relations;
use crate::resolution::{self, Resolved};

/// The version of the record format that this program writes.
pub const FORMAT: u32 = 1;

/// A half-open range `[start, end)` of Unicode scalar values of `document.text`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "[usize; 2]", into = "[usize; 2]")]
pub struct CharSpan {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

impl From<[usize; 2]> for CharSpan {
    fn from([start, end]: [usize; 2]) -> Self {
        CharSpan { start, end }
    }
}

impl From<CharSpan> for [usize; 2] {
    fn from(span: CharSpan) -> Self {
        [span.start, span.end]
    }
}

/// Everything read from one article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The format version, [`FORMAT`].
    pub onrecord: u32,
    /// The version of the engine that made the record.
    pub engine: String,
    /// `sha256:…` of the model weights that made it.
    pub model: String,
    /// The article.
    pub document: DocumentRecord,
    /// Whom and what the article names, and its speakers without a name, in the order of their first mentions.
    #[serde(default)]
    pub entities: Vec<Entity>,
    /// Who said what, in the order of the text.
    pub statements: Vec<Statement>,
}

/// The article itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// Given by the input, else the SHA-256 of the text.
    pub id: String,
    /// Where it was published.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its headline, where the input gave one.
    pub title: Option<String>,
    /// Those who signed it.
    pub bylines: Vec<String>,
    /// ISO 8601 date or date-time.
    pub published_at: Option<String>,
    /// `given`, or null where the date is unknown.
    pub published_at_basis: Option<String>,
    /// BCP 47 language tag.
    pub language: String,
    /// The text, exactly as it came.
    pub text: String,
    /// Paragraphs, without the line ends around them.
    pub paragraphs: Vec<CharSpan>,
    /// Sentences, within paragraphs.
    pub sentences: Vec<CharSpan>,
}

/// Somebody or something that the article speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// `e1`, `e2`, … in the order of their first mentions.
    pub id: String,
    /// The fullest name of the text, or the usual one of a state or organisation that the tables know.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// False for "officials", "a person familiar with the matter".
    pub named: bool,
    /// What the article calls it beside its name.
    pub roles: Vec<Role>,
    /// ISO 3166-1 alpha-2, or null.
    pub country: Option<String>,
    /// PLOVER sector code, or null.
    pub sector: Option<String>,
    /// Place id, where the entity is a place.
    pub place: Option<String>,
    /// Every mention that was resolved, in the order of the text.
    pub mentions: Vec<Mention>,
}

/// What an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Somebody.
    Person,
    /// A company, a ministry, a party, a paper.
    Organization,
    /// A place, also where its name stands for a government.
    Place,
    /// A people, a faith, the members of a party.
    Group,
    /// A product, a ship, a film.
    Work,
    /// Anything else.
    Other,
}

/// What an entity is called beside its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// The words of the text.
    pub text: String,
    /// Where they stand.
    pub span: CharSpan,
}

/// One mention of an entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Where it stands.
    pub span: CharSpan,
    /// How it stands for the entity.
    pub form: MentionForm,
}

/// How a mention stands for its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MentionForm {
    /// By name.
    Name,
    /// By a noun: "the minister".
    Nominal,
    /// By a pronoun.
    Pronoun,
}

/// One statement: that somebody said, wrote, thought or wanted something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// Calibrated: of all statements at 0.9, nine in ten are right.
    pub confidence: f64,
    /// What produced it.
    pub because: Because,
}

/// The source of a statement; without spans, the text names none.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
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
pub struct Content {
    /// The reported words with their quotation marks and the leading "that" or "to".
    pub spans: Vec<CharSpan>,
}

/// Whether something was said or is said not to have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
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
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// All of it.
    Direct,
    /// None of it.
    Indirect,
    /// A part of it.
    Mixed,
}

/// Which rule or model head produced an item; `onrecord explain RULE` tells more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Because {
    /// The name of the rule or head.
    pub rule: String,
    /// What the model's heads gave, where they decided.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub scores: Option<Scores>,
}

/// What the model's heads gave for one statement; `confidence` is made of them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// Mean probability of the cue's word pieces, 0 to 1.
    pub cue: f64,
    /// Log odds that the cue is one.
    pub valid: f64,
    /// Log probability of exactly this source and content, given the cue.
    pub certainty: f64,
}

/// Byte spans → code-point spans of one text. Building is O(n), each look-up O(log n).
#[derive(Debug)]
pub struct CharIndex {
    /// After every run of multi-byte characters: (byte, char) pairs at each non-ASCII character's end.
    marks: Vec<(usize, usize)>,
}

impl CharIndex {
    /// Indexes `text`; an ASCII text costs no memory.
    pub fn new(text: &str) -> CharIndex {
        let mut marks = Vec::new();
        for (chars, (byte, c)) in text.char_indices().enumerate() {
            if !c.is_ascii() {
                marks.push((byte + c.len_utf8(), chars + 1));
            }
        }
        CharIndex { marks }
    }

    /// The number of characters before byte `byte`, which must be a character boundary.
    pub fn chars_before(&self, byte: usize) -> usize {
        let after = self.marks.partition_point(|&(at, _)| at <= byte);
        match after.checked_sub(1).and_then(|i| self.marks.get(i)) {
            Some(&(at, chars)) => chars + (byte - at),
            None => byte,
        }
    }

    /// The characters that `span` covers.
    pub fn chars(&self, span: Span) -> CharSpan {
        CharSpan { start: self.chars_before(span.start), end: self.chars_before(span.end) }
    }
}

/// Writes down what was found in `document`.
pub(crate) fn write(
    article: &Article,
    document: &Document,
    statements: &[relations::Statement],
    resolved: &Resolved,
    model: &str,
) -> Record {
    let index = CharIndex::new(document.text());
    let chars = |spans: &[Span]| spans.iter().map(|&span| index.chars(span)).collect();
    Record {
        onrecord: FORMAT,
        engine: env!("CARGO_PKG_VERSION").to_owned(),
        model: model.to_owned(),
        document: DocumentRecord {
            id: article.id.clone().unwrap_or_else(|| text_hash(&article.text)),
            url: article.url.clone(),
            outlet: article.outlet.clone(),
            title: article.title.clone(),
            bylines: Vec::new(),
            published_at: article.published_at.clone(),
            published_at_basis: article.published_at.as_ref().map(|_| "given".to_owned()),
            language: "en".to_owned(),
            text: article.text.clone(),
            paragraphs: chars(document.paragraphs()),
            sentences: chars(document.sentences()),
        },
        entities: resolved
            .entities
            .iter()
            .zip(1..)
            .map(|(entity, number)| write_entity(entity, number, document, &index))
            .collect(),
        statements: statements
            .iter()
            .zip(1..)
            .map(|(statement, number)| write_statement(statement, number, resolved, &index))
            .collect(),
    }
}

fn write_entity(entity: &resolution::Entity, number: usize, document: &Document, index: &CharIndex) -> Entity {
    Entity {
        id: format!("e{number}"),
        name: entity.name.clone(),
        kind: match entity.kind {
            mentions::Kind::Person => Kind::Person,
            mentions::Kind::Organization => Kind::Organization,
            mentions::Kind::Place => Kind::Place,
            mentions::Kind::Group => Kind::Group,
            mentions::Kind::Work => Kind::Work,
            mentions::Kind::Other => Kind::Other,
        },
        named: entity.named,
        roles: entity
            .roles
            .iter()
            .map(|role| Role { text: role.span.text(document.text()).to_owned(), span: index.chars(role.span) })
            .collect(),
        country: entity.country.map(str::to_owned),
        sector: entity.sector.map(str::to_owned),
        place: None,
        mentions: entity.mentions.iter().map(|mention| write_mention(mention, index)).collect(),
    }
}

fn write_mention(mention: &mentions::Mention, index: &CharIndex) -> Mention {
    let form = match mention.form {
        mentions::Form::Name => MentionForm::Name,
        mentions::Form::Nominal => MentionForm::Nominal,
        mentions::Form::Pronoun => MentionForm::Pronoun,
    };
    Mention { span: index.chars(mention.span), form }
}

fn write_statement(
    statement: &relations::Statement,
    number: usize,
    resolved: &Resolved,
    index: &CharIndex,
) -> Statement {
    let chars = |span: &Span| index.chars(*span);
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
        confidence: statement.confidence,
        because: Because { rule: statement.rule.to_owned(), scores: statement.evidence.map(write_scores) },
    }
}

fn write_scores(evidence: relations::Evidence) -> Scores {
    let rounded = |x: f32| (f64::from(x) * 1000.0).round() / 1000.0;
    Scores { cue: rounded(evidence.cue_odds), valid: rounded(evidence.valid), certainty: rounded(evidence.certainty) }
}

/// The SHA-256 of a text in hexadecimal: its id where the input gives none.
fn text_hash(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}
