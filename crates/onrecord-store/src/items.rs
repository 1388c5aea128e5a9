//! Permalinks → what they lead to.

use onrecord::Record;
use onrecord::permalinks::{DOCUMENT, ITEM, Permalinks};
use rusqlite::{Connection, OptionalExtension};

use crate::readers::Reading;
use crate::search::{self, DocumentHit, EventHit, StatementHit};
use crate::store::record_as_read;
use crate::views::{self, Subject};
use crate::{Store, StoreError, Withdrawal, corrections};

/// What a permalink leads to.
#[derive(Debug, Clone)]
pub enum Item {
    /// An article.
    Document,
    /// A statement, by its id in the record of its article: `s3`.
    Statement(String),
    /// An event, by its id in the record of its article: `v3`.
    Event(String),
    /// Somebody or something in one article, by its id in the record: `e3`.
    Entity(String),
    /// A mention of a place, by its id in the record: `p3`.
    Place(String),
    /// A time expression, by its id in the record: `t3`.
    Time(String),
    /// Somebody or something across articles.
    Subject,
    /// An article that a person has taken out, or what was in it.
    Withdrawn(Withdrawal),
}

impl Store {
    /// What `id` leads to; none where the store has nothing of that name.
    ///
    /// # Errors
    /// SQLite.
    pub fn item(&self, id: &str) -> Result<Option<Item>, StoreError> {
        self.readers().get(None)?.at_one_moment(|connection| item(connection, id))
    }
}

fn item(connection: &Connection, id: &str) -> Result<Option<Item>, StoreError> {
    if connection.prepare_cached("SELECT 1 FROM subjects WHERE id = ?")?.exists([id])? {
        return Ok(Some(Item::Subject));
    }
    let (Some(document), Some(mark)) = (id.get(..DOCUMENT), id.get(DOCUMENT..)) else { return Ok(None) };
    if let Some(withdrawal) = withdrawal(connection, document)? {
        return Ok(Some(Item::Withdrawn(withdrawal)));
    }
    if mark.is_empty() {
        let is_there = connection.prepare_cached("SELECT 1 FROM documents WHERE id = ?")?.exists([document])?;
        return Ok(is_there.then_some(Item::Document));
    }
    if mark.len() != ITEM {
        return Ok(None);
    }
    if let Some(ordinal) = ordinal(connection, "statement", document, mark)? {
        return Ok(Some(Item::Statement(format!("s{ordinal}"))));
    }
    if let Some(ordinal) = ordinal(connection, "event", document, mark)? {
        return Ok(Some(Item::Event(format!("v{ordinal}"))));
    }
    let record = record_as_read(connection, document)?;
    let record = record.map(|record| corrections::corrected(connection, record)).transpose()?;
    Ok(record.and_then(|record| further(&record, id)))
}

/// What of a record has no row of its own with a permalink in it.
fn further(record: &Record, id: &str) -> Option<Item> {
    let links = Permalinks::of(record);
    let at = |ids: &[String]| ids.iter().position(|known| known == id);
    let time = || record.times.get(at(&links.times)?).map(|time| Item::Time(time.id.clone()));
    let place = || record.places.get(at(&links.places)?).map(|place| Item::Place(place.id.clone()));
    let entity = || record.entities.get(at(&links.entities)?).map(|entity| Item::Entity(entity.id.clone()));
    time().or_else(place).or_else(entity)
}

/// Who took out a document, where somebody did.
pub(crate) fn withdrawal(connection: &Connection, document: &str) -> Result<Option<Withdrawal>, StoreError> {
    let sql = "SELECT who, why, at FROM withdrawals WHERE id = ?";
    let row = |row: &rusqlite::Row| Ok(Withdrawal { who: row.get(0)?, why: row.get(1)?, at: row.get(2)? });
    Ok(connection.prepare_cached(sql)?.query_row([document], row).optional()?)
}

/// The row of what a permalink leads to.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "one for a question, handed on at once")]
pub enum ItemRow {
    /// An article.
    Document(DocumentHit),
    /// A statement.
    Statement(StatementHit),
    /// An event.
    Event(EventHit),
    /// Somebody or something across articles.
    Subject(Subject),
    /// An article that a person has taken out, or what was in it.
    Withdrawn(Withdrawal),
}

/// The row of what `id` leads to; none where the store has nothing of that name. A few look-ups by key: no record is unpacked.
///
/// # Errors
/// [`StoreError::Deadline`]; SQLite.
pub fn row(reading: &Reading, id: &str) -> Result<Option<ItemRow>, StoreError> {
    reading.at_one_moment(|connection| {
        let (Some(document), Some(mark)) = (id.get(..DOCUMENT), id.get(DOCUMENT..)) else { return Ok(None) };
        match mark.len() {
            0 | ITEM => match row_in(connection, document, mark)? {
                Some(row) => Ok(Some(row)),
                None => Ok(withdrawal(connection, document)?.map(ItemRow::Withdrawn)),
            },
            _ => Ok(views::subject_at(connection, id)?.map(ItemRow::Subject)),
        }
    })
}

/// The row of a document, or of the statement or event in it that has `mark`.
fn row_in(connection: &Connection, document: &str, mark: &str) -> Result<Option<ItemRow>, StoreError> {
    let sql = "SELECT number FROM documents WHERE id = ?";
    let number = |sql: &str, values: &[&str]| {
        let mut statement = connection.prepare_cached(sql)?;
        statement.query_row(rusqlite::params_from_iter(values), |row| row.get::<_, i64>(0)).optional()
    };
    if mark.is_empty() {
        let number = number(sql, &[document])?;
        return Ok(number.map(|number| search::document(connection, number, None)).transpose()?.map(ItemRow::Document));
    }
    if let Some(number) = number(&in_document("number", "statement"), &[document, mark])? {
        return Ok(Some(ItemRow::Statement(search::statement(connection, number)?)));
    }
    let number = number(&in_document("number", "event"), &[document, mark])?;
    Ok(number.map(|number| search::event(connection, number)).transpose()?.map(ItemRow::Event))
}

/// The question for the `column` of a `statement` or `event` by its document and mark.
fn in_document(column: &str, kind: &str) -> String {
    format!(
        "SELECT item.{column} FROM documents JOIN {kind}s AS item ON item.number >= first_{kind} AND item.number < first_{kind} + documents.{kind}s \
         WHERE documents.id = ? AND mark = ?"
    )
}

/// The place of a `statement` or `event` in its record.
fn ordinal(connection: &Connection, kind: &str, document: &str, mark: &str) -> Result<Option<i64>, StoreError> {
    Ok(connection
        .prepare_cached(&in_document("ordinal", kind))?
        .query_row([document, mark], |row| row.get(0))
        .optional()?)
}
