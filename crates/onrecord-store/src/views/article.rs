//! An article as people corrected it, with all that is known of it beside its record.

use onrecord::Record;
use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;

use crate::corrections::{self, Logged};
use crate::items::withdrawal;
use crate::readers::Reading;
use crate::search::{self, DocumentHit, Named, StatementHit};
use crate::{StoreError, Withdrawal, store};
use onrecord::permalinks::DOCUMENT;

/// An article.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ArticleView {
    /// The permalink.
    pub id: String,
    /// SHA-256 of the text, in hexadecimal.
    pub text_sha256: String,
    /// When it came into the store, ISO 8601.
    pub added_at: String,
    /// When its page says that it was last changed.
    pub modified_at: Option<String>,
    /// The record, as people corrected it.
    pub record: Record,
    /// The permalinks of its statements, in their order.
    pub statements: Vec<String>,
    /// The permalinks of its events, in their order.
    pub events: Vec<String>,
    /// Whom its entities are across articles, in their order; null for those without a name.
    pub subjects: Vec<Option<Named>>,
    /// Where and when the text was seen, and other texts under the same addresses; in the order of being seen first.
    pub versions: Vec<Version>,
    /// The log of what people corrected in it, in its order.
    pub corrections: Vec<Logged>,
}

/// A text that was seen at an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Version {
    /// The address.
    pub url: String,
    /// The article and its figures as they are now.
    pub document: String,
    /// Its headline.
    pub title: Option<String>,
    /// Who published it there.
    pub outlet: Option<String>,
    /// When.
    pub published_at: Option<String>,
    /// When the page says that it was last changed.
    pub modified_at: Option<String>,
    /// When it was seen there first, ISO 8601.
    pub first_seen: String,
    /// Whether it is another text than that of the article which was asked for.
    pub is_other_text: bool,
}

/// What an address of an article leads to.
#[derive(Debug, Clone, PartialEq)]
pub enum Found<T> {
    /// It is there.
    There(T),
    /// A person has taken it out.
    Withdrawn(Withdrawal),
}

/// The article of a permalink; none where the store has none of that name.
///
/// # Errors
/// [`StoreError::Damaged`]; [`StoreError::Deadline`]; SQLite.
pub fn article(reading: &Reading, id: &str) -> Result<Option<Found<ArticleView>>, StoreError> {
    reading.at_one_moment(|connection| match read(connection, id)? {
        Some(article) => Ok(Some(Found::There(article))),
        None => Ok(withdrawn(connection, id)?.map(Found::Withdrawn)),
    })
}

/// An article and its statements.
pub type FoundStatements = Found<(DocumentHit, Vec<StatementHit>)>;

/// The statements of an article, in the order of the text, with the article.
///
/// # Errors
/// As [`article`].
pub fn statements_of(reading: &Reading, id: &str) -> Result<Option<FoundStatements>, StoreError> {
    reading.at_one_moment(|connection| {
        let sql = "SELECT number, coalesce(first_statement, 0), statements FROM documents WHERE id = ?";
        let row = |row: &rusqlite::Row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?));
        let found = connection.prepare_cached(sql)?.query_row([id], row).optional()?;
        let Some((number, first, count)) = found else { return Ok(withdrawn(connection, id)?.map(Found::Withdrawn)) };
        let hits = (first..first + count).map(|number| search::statement(connection, number));
        let hits = hits.collect::<Result<_, _>>()?;
        Ok(Some(Found::There((search::document(connection, number, None)?, hits))))
    })
}

/// Who took out the article of a permalink.
fn withdrawn(connection: &Connection, id: &str) -> Result<Option<Withdrawal>, StoreError> {
    if id.len() == DOCUMENT { withdrawal(connection, id) } else { Ok(None) }
}

fn read(connection: &Connection, id: &str) -> Result<Option<ArticleView>, StoreError> {
    let sql = "SELECT number, text_sha256, added_at, modified_at, coalesce(first_statement, 0), statements, coalesce(first_event, 0), events \
               FROM documents WHERE id = ?";
    let row = |row: &rusqlite::Row| {
        let span = |at: usize| Ok::<_, rusqlite::Error>((row.get::<_, i64>(at)?, row.get::<_, i64>(at + 1)?));
        Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?, row.get(3)?, span(4)?, span(6)?))
    };
    let found = connection.prepare_cached(sql)?.query_row([id], row).optional()?;
    let Some((number, text_sha256, added_at, modified_at, statements, events)) = found else { return Ok(None) };
    let Some(record) = store::record_as_read(connection, id)? else { return Ok(None) };
    Ok(Some(ArticleView {
        id: id.to_owned(),
        text_sha256,
        added_at,
        modified_at,
        record: corrections::corrected(connection, record)?,
        statements: links(connection, "statements", id, statements)?,
        events: links(connection, "events", id, events)?,
        subjects: subjects(connection, number)?,
        versions: versions(connection, number)?,
        corrections: corrections::about(connection, id)?,
    }))
}

/// The permalinks of an article's `statements` or `events`, as many as `count` from the number `first` on.
fn links(
    connection: &Connection,
    table: &str,
    document: &str,
    (first, count): (i64, i64),
) -> Result<Vec<String>, StoreError> {
    let sql = format!("SELECT mark FROM {table} WHERE number >= ? AND number < ? ORDER BY number");
    let mut statement = connection.prepare_cached(&sql)?;
    let marks = statement.query_map((first, first + count), |row| row.get::<_, String>(0))?;
    Ok(marks.map(|mark| mark.map(|mark| format!("{document}{mark}"))).collect::<Result<_, _>>()?)
}

fn subjects(connection: &Connection, number: i64) -> Result<Vec<Option<Named>>, StoreError> {
    let sql = "SELECT coalesce(same.id, own.id), coalesce(same.name, own.name) FROM entities LEFT JOIN subjects AS own ON own.number = subject \
               LEFT JOIN subjects AS same ON same.number = own.same_as WHERE document = ? ORDER BY ordinal";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement
        .query_map([number], |row| Ok(Option::zip(row.get(0)?, row.get(1)?).map(|(id, name)| Named { id, name })))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn versions(connection: &Connection, number: i64) -> Result<Vec<Version>, StoreError> {
    let sql = "SELECT versions.url, documents.id, title, outlets.name, versions.published_at, versions.modified_at, first_seen, document <> ?1 \
               FROM versions JOIN documents ON documents.number = document LEFT JOIN outlets ON outlets.number = versions.outlet \
               WHERE document = ?1 OR versions.url IN (SELECT url FROM versions WHERE document = ?1) ORDER BY first_seen, versions.number";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([number], |row| {
        Ok(Version {
            url: row.get(0)?,
            document: row.get(1)?,
            title: row.get(2)?,
            outlet: row.get(3)?,
            published_at: row.get(4)?,
            modified_at: row.get(5)?,
            first_seen: row.get(6)?,
            is_other_text: row.get(7)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
