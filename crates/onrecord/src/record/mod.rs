//! The only serialised types: the record of one article, version 1, as users hold it.
//!
//! Here, and nowhere else, byte spans become code-point offsets. Fields may be added, never changed or taken away.

mod char_index;
mod entities;
mod events;
mod places;
mod quantities;
mod reviews;
mod statements;
mod times;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use self::char_index::CharIndex;
pub use self::entities::{Entity, Kind, Mention, MentionForm, Role};
pub use self::events::{Certainty, Event, Party, Tense, Toll, Trigger};
pub use self::places::Place;
pub use self::quantities::{BaseValue, Bound, Quantity};
pub use self::reviews::{Review, Status};
pub use self::statements::{Content, Cue, Form, Polarity, Scores, Source, Statement};
pub use self::times::{Period, Precision, Time, TimeType};
use crate::document::{Document, Span};
use crate::pipeline::Article;
use crate::resolution::{self, Dates, Resolved};
use crate::{mentions, relations};

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

#[cfg(feature = "schema")]
impl utoipa::PartialSchema for CharSpan {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Type};
        let character = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0)).build();
        ArrayBuilder::new()
            .items(character)
            .min_items(Some(2))
            .max_items(Some(2))
            .description(Some("`[start, end)`: characters (Unicode code points) of the text of the document"))
            .into()
    }
}

#[cfg(feature = "schema")]
impl utoipa::ToSchema for CharSpan {}

/// Everything read from one article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
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
    /// What is reported to have happened, in the order of the text.
    #[serde(default)]
    pub events: Vec<Event>,
    /// When, in the order of the text.
    #[serde(default)]
    pub times: Vec<Time>,
    /// Where, in the order of the text.
    #[serde(default)]
    pub places: Vec<Place>,
    /// How much, in the order of the text.
    #[serde(default)]
    pub quantities: Vec<Quantity>,
}

/// The article itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
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
    /// The words that the input gave in its place, where they are no ISO 8601 date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_as: Option<String>,
    /// `given`, by the web `page` it stood in, `inferred` from the text's own dates, or null where the date is unknown.
    pub published_at_basis: Option<String>,
    /// The rule that inferred it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_at_because: Option<Because>,
    /// BCP 47 language tag. A text that is not in English is not analysed: the record has its paragraphs and nothing else.
    pub language: String,
    /// The text, exactly as it came.
    pub text: String,
    /// Paragraphs, without the line ends around them.
    pub paragraphs: Vec<CharSpan>,
    /// Sentences, within paragraphs.
    pub sentences: Vec<CharSpan>,
}

/// Which rule or model head produced an item; `onrecord explain RULE` tells more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Because {
    /// The name of the rule or head.
    pub rule: String,
    /// What the model's heads gave, where they decided.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub scores: Option<Scores>,
}

impl Because {
    fn rule(name: &str) -> Because {
        Because { rule: name.to_owned(), scores: None }
    }
}

/// What was found in an article, in the terms of the engine.
pub(crate) struct Findings<'a> {
    /// ISO 8601, as the input gave it.
    pub published_at: Option<&'a str>,
    pub statements: &'a [relations::Statement],
    pub events: &'a [relations::Event],
    /// One for each event.
    pub happenings: &'a [resolution::Happening],
    pub resolved: &'a Resolved,
    pub dates: &'a Dates,
    pub places: &'a [resolution::Place],
    pub quantities: &'a [mentions::Quantity],
}

impl Findings<'_> {
    /// The id of the first time that shares a byte with `span`. O(log n).
    fn time_at(&self, span: Span) -> Option<String> {
        let at = self.dates.times.partition_point(|time| time.span.end <= span.start);
        self.dates.times.get(at).filter(|time| time.span.overlaps(span)).map(|_| format!("t{}", at + 1))
    }

    /// The id of the first place that shares a byte with `span`. O(log n).
    fn place_at(&self, span: Span) -> Option<String> {
        let at = self.places.partition_point(|place| place.span.end <= span.start);
        self.places.get(at).filter(|place| place.span.overlaps(span)).map(|_| format!("p{}", at + 1))
    }
}

/// Writes down what was found in `document`.
pub(crate) fn write(article: &Article, document: &Document, found: &Findings, model: &str) -> Record {
    let index = CharIndex::new(document.text());
    let inferred = found.dates.published.as_ref().map(|(date, rule)| (date.as_str(), *rule));
    let published = Published { at: found.published_at, inferred: inferred.filter(|_| found.published_at.is_none()) };
    let sentences = document.sentences().iter().map(|&span| index.chars(span)).collect();
    let document_record = DocumentRecord { sentences, ..write_document(article, document, published, &index) };
    Record {
        entities: numbered(&found.resolved.entities, |entity, number| {
            entities::write_entity(entity, number, found, document.text(), &index)
        }),
        statements: numbered(found.statements, |statement, number| {
            statements::write_statement(statement, number, found, &index)
        }),
        events: numbered(found.events, |event, number| events::write_event(event, number, found, &index)),
        times: numbered(&found.dates.times, |time, number| times::write_time(time, number, &index)),
        places: numbered(found.places, |place, number| places::write_place(place, number, &index)),
        quantities: numbered(found.quantities, |quantity, number| quantities::write_quantity(quantity, number, &index)),
        ..empty(document_record, model)
    }
}

/// Writes down a document that is not analysed: its text and its paragraphs. Where sentences end is known for English alone.
pub(crate) fn write_unread(article: &Article, document: &Document, published_at: Option<&str>, model: &str) -> Record {
    let index = CharIndex::new(document.text());
    empty(write_document(article, document, Published { at: published_at, inferred: None }, &index), model)
}

/// When the article was published, as far as is known.
#[derive(Debug, Clone, Copy)]
struct Published<'a> {
    /// As the input told.
    at: Option<&'a str>,
    /// As the text's own dates tell, and the rule that read them.
    inferred: Option<(&'a str, &'a str)>,
}

/// The record of a document in which nothing is found.
fn empty(document: DocumentRecord, model: &str) -> Record {
    Record {
        onrecord: FORMAT,
        engine: env!("CARGO_PKG_VERSION").to_owned(),
        model: model.to_owned(),
        document,
        entities: Vec::new(),
        statements: Vec::new(),
        events: Vec::new(),
        times: Vec::new(),
        places: Vec::new(),
        quantities: Vec::new(),
    }
}

/// The document, without its sentences.
fn write_document(article: &Article, document: &Document, published: Published, index: &CharIndex) -> DocumentRecord {
    let basis = match (published.at, published.inferred) {
        (Some(_), _) => Some(article.published_at_basis.name()),
        (None, Some(_)) => Some("inferred"),
        (None, None) => None,
    };
    DocumentRecord {
        id: article.id.clone().unwrap_or_else(|| text_hash(&article.text)),
        url: article.url.clone(),
        outlet: article.outlet.clone(),
        title: article.title.clone(),
        bylines: article.bylines.clone(),
        published_at: published.at.or(published.inferred.map(|(date, _)| date)).map(str::to_owned),
        published_as: article.published_as.clone(),
        published_at_basis: basis.map(str::to_owned),
        published_at_because: published.inferred.map(|(_, rule)| Because::rule(rule)),
        language: article.language.clone().unwrap_or_else(|| "en".to_owned()),
        text: article.text.clone(),
        paragraphs: document.paragraphs().iter().map(|&span| index.chars(span)).collect(),
        sentences: Vec::new(),
    }
}

/// Each item written with its number, from 1.
fn numbered<T, U>(items: &[T], write: impl Fn(&T, usize) -> U) -> Vec<U> {
    items.iter().zip(1..).map(|(item, number)| write(item, number)).collect()
}

/// The SHA-256 of a text in hexadecimal: its id where the input gives none.
fn text_hash(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}
