//! Numbers of rows → what is shown of them.

use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;

use crate::StoreError;

/// Stands before a word of a snippet that matches; a character of private use, which no article has for its own.
pub const MARK_START: char = '\u{e000}';
/// Stands behind it.
pub const MARK_END: char = '\u{e001}';

/// Something with a permalink and a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Named {
    /// The permalink.
    pub id: String,
    /// What people read.
    pub name: String,
}

/// The article of a hit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DocumentHit {
    /// The permalink.
    pub id: String,
    /// Its headline.
    pub title: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// When.
    pub published_at: Option<String>,
    /// How many statements were read in it.
    pub statements: u64,
    /// How many events were read in it.
    pub events: u64,
    /// Words of the text around what matches, with [`MARK_START`] and [`MARK_END`] about it; none where no words were asked for.
    pub snippet: Option<String>,
}

/// Who said what.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StatementHit {
    /// The permalink.
    pub id: String,
    /// `s3`: its id in the record.
    pub in_record: String,
    /// The article.
    pub document: DocumentHit,
    /// Those who said it, as far as they have names.
    pub speakers: Vec<Named>,
    /// The words that tell who.
    pub source: Option<String>,
    /// The words that report.
    pub cue: Option<String>,
    /// What was said.
    pub content: String,
    /// The kind of saying.
    pub act: String,
    /// `direct`, `indirect`, `mixed`.
    pub form: String,
    /// Whether it is told not to have been said.
    pub negated: bool,
    /// First and last day on which it was said, where the text tells.
    pub said: Option<(String, String)>,
    /// Where the content begins, in characters of the text.
    pub start: u64,
    /// Where it ends.
    pub end: u64,
    /// Calibrated probability.
    pub confidence: f64,
    /// What a person made of it.
    pub status: Option<String>,
}

/// What is reported to have happened.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EventHit {
    /// The permalink.
    pub id: String,
    /// `v3`: its id in the record.
    pub in_record: String,
    /// The article.
    pub document: DocumentHit,
    /// PLOVER type.
    #[serde(rename = "type")]
    pub kind: String,
    /// PLOVER mode.
    pub mode: Option<String>,
    /// The words that tell of it.
    pub trigger: String,
    /// The words for those who did it.
    pub actors: Option<String>,
    /// The words for those whom it was done to.
    pub recipients: Option<String>,
    /// The first who did it, where they have a name.
    pub actor: Option<Named>,
    /// The first whom it was done to, where they have a name.
    pub recipient: Option<Named>,
    /// First and last day, where the text tells, and how finely it does.
    pub when: Option<(String, String, String)>,
    /// Where.
    pub place: Option<String>,
    /// Whether it is told not to have happened.
    pub negated: bool,
    /// `certain`, `probable`, `possible`.
    pub certainty: String,
    /// `past`, `ongoing`, `future`, `hypothetical`.
    pub tense: String,
    /// The permalink of the statement that tells of it; none where the article does.
    pub asserted_by: Option<String>,
    /// Who makes that statement: the first name, else the words of the text.
    pub said_by: Option<String>,
    /// Where the trigger begins, in characters of the text.
    pub start: u64,
    /// Where it ends.
    pub end: u64,
    /// Calibrated probability.
    pub confidence: f64,
    /// What a person made of it.
    pub status: Option<String>,
}

const DOCUMENT: &str = "documents.id, title, url, outlets.name, published_at, documents.statements, documents.events";

fn document_at(row: &Row, at: usize) -> rusqlite::Result<DocumentHit> {
    Ok(DocumentHit {
        id: row.get(at)?,
        title: row.get(at + 1)?,
        url: row.get(at + 2)?,
        outlet: row.get(at + 3)?,
        published_at: row.get(at + 4)?,
        statements: row.get(at + 5)?,
        events: row.get(at + 6)?,
        snippet: None,
    })
}

/// A document, with a snippet where `expression` (FTS5) matches it.
pub fn document(connection: &Connection, number: i64, expression: Option<&str>) -> Result<DocumentHit, StoreError> {
    let sql = format!(
        "SELECT {DOCUMENT} FROM documents LEFT JOIN outlets ON outlets.number = outlet WHERE documents.number = ?"
    );
    let mut hit = connection.prepare_cached(&sql)?.query_row([number], |row| document_at(row, 0))?;
    if let Some(expression) = expression {
        let sql = "SELECT snippet(documents_fts, 1, char(57344), char(57345), ' … ', 32) FROM documents_fts WHERE documents_fts MATCH ? AND rowid = ?";
        hit.snippet = connection.prepare_cached(sql)?.query_row((expression, number), |row| row.get(0)).optional()?;
    }
    Ok(hit)
}

/// A statement with its article and speakers.
pub fn statement(connection: &Connection, number: i64) -> Result<StatementHit, StoreError> {
    let sql = format!(
        "SELECT {DOCUMENT}, item.mark, item.ordinal, item.source, cue, coalesce(item.content, substr(documents.text, start + 1, \"end\" - start)), act, form, negated, \
         first_day, last_day, start, \"end\", confidence, status, speaker FROM statements AS item JOIN documents ON documents.number = item.document \
         LEFT JOIN outlets ON outlets.number = outlet WHERE item.number = ?"
    );
    let mut first: Option<i64> = None;
    let mut hit = connection.prepare_cached(&sql)?.query_row([number], |row| {
        first = row.get(21)?;
        Ok(StatementHit {
            document: document_at(row, 0)?,
            id: row.get::<_, String>(0)? + &row.get::<_, String>(7)?,
            in_record: format!("s{}", row.get::<_, i64>(8)?),
            speakers: Vec::new(),
            source: row.get(9)?,
            cue: row.get(10)?,
            content: row.get(11)?,
            act: row.get(12)?,
            form: row.get(13)?,
            negated: row.get(14)?,
            said: Option::zip(row.get(15)?, row.get(16)?),
            start: row.get(17)?,
            end: row.get(18)?,
            confidence: row.get::<_, f64>(19)? / 1000.0,
            status: row.get(20)?,
        })
    })?;
    hit.speakers.extend(first.map(|first| subject(connection, first)).transpose()?);
    let mut further = connection.prepare_cached("SELECT speaker FROM further_speakers WHERE statement = ?")?;
    let mut rows = further.query([number])?;
    while let Some(row) = rows.next()? {
        hit.speakers.push(subject(connection, row.get(0)?)?);
    }
    Ok(hit)
}

/// An event with its article and parties.
pub fn event(connection: &Connection, number: i64) -> Result<EventHit, StoreError> {
    let sql = format!(
        "SELECT {DOCUMENT}, item.mark, item.ordinal, type, mode, trigger, actors, recipients, first_day, last_day, precision, place_name, item.negated, \
         coalesce(certainty, 'certain'), tense, item.start, item.\"end\", item.confidence, item.status, actor, recipient, documents.id || statements.mark, statements.speaker, statements.source FROM events AS item \
         JOIN documents ON documents.number = item.document LEFT JOIN outlets ON outlets.number = outlet \
         LEFT JOIN statements ON statements.number = asserted_by WHERE item.number = ?"
    );
    let sql = sql.replace("first_day, last_day,", "item.first_day, item.last_day,");
    let mut parties: (Option<i64>, Option<i64>) = (None, None);
    let mut speaker: Option<i64> = None;
    let mut hit = connection.prepare_cached(&sql)?.query_row([number], |row| {
        parties = (row.get(25)?, row.get(26)?);
        speaker = row.get(28)?;
        let first: Option<String> = row.get(14)?;
        let (last, precision): (Option<String>, Option<String>) = (row.get(15)?, row.get(16)?);
        Ok(EventHit {
            document: document_at(row, 0)?,
            id: row.get::<_, String>(0)? + &row.get::<_, String>(7)?,
            in_record: format!("v{}", row.get::<_, i64>(8)?),
            kind: row.get(9)?,
            mode: row.get(10)?,
            trigger: row.get(11)?,
            actors: row.get(12)?,
            recipients: row.get(13)?,
            actor: None,
            recipient: None,
            when: first.map(|first| {
                let last = last.unwrap_or_else(|| first.clone());
                (first, last, precision.unwrap_or_else(|| "day".to_owned()))
            }),
            place: row.get(17)?,
            negated: row.get(18)?,
            certainty: row.get(19)?,
            tense: row.get(20)?,
            start: row.get(21)?,
            end: row.get(22)?,
            confidence: row.get::<_, f64>(23)? / 1000.0,
            status: row.get(24)?,
            asserted_by: row.get(27)?,
            said_by: row.get(29)?,
        })
    })?;
    hit.actor = parties.0.map(|party| subject(connection, party)).transpose()?;
    if let Some(speaker) = speaker {
        hit.said_by = Some(subject(connection, speaker)?.name);
    }
    hit.recipient = parties.1.map(|party| subject(connection, party)).transpose()?;
    Ok(hit)
}

/// A subject by its number, or the one that it is held to be.
pub fn subject(connection: &Connection, number: i64) -> Result<Named, StoreError> {
    let sql = "SELECT id, name FROM subjects WHERE number = (SELECT coalesce(same_as, number) FROM subjects WHERE number = ?)";
    let row = |row: &Row| Ok(Named { id: row.get(0)?, name: row.get(1)? });
    Ok(connection.prepare_cached(sql)?.query_row([number], row)?)
}
