//! Permalinks → what they lead to; records → the permalinks of what is in them, whether a store has them or not.

use std::collections::HashMap;

use onrecord::Record;
use rusqlite::{Connection, OptionalExtension};

use crate::permalink::{self, DOCUMENT, ITEM};
use crate::{Store, StoreError, Withdrawal};

/// What a permalink leads to.
#[derive(Debug, Clone)]
pub enum Item {
    /// An article.
    Document,
    /// A statement, by its id in the record of its article: `s3`.
    Statement(String),
    /// An event, by its id in the record of its article: `v3`.
    Event(String),
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
    let withdrawal = "SELECT who, why, at FROM withdrawals WHERE id = ?";
    let row = |row: &rusqlite::Row| Ok(Withdrawal { who: row.get(0)?, why: row.get(1)?, at: row.get(2)? });
    if let Some(withdrawal) = connection.prepare_cached(withdrawal)?.query_row([document], row).optional()? {
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
    let ordinal = ordinal(connection, "event", document, mark)?;
    Ok(ordinal.map(|ordinal| Item::Event(format!("v{ordinal}"))))
}

/// The place of a `statement` or `event` in its record.
fn ordinal(connection: &Connection, kind: &str, document: &str, mark: &str) -> Result<Option<i64>, StoreError> {
    let sql = format!(
        "SELECT ordinal FROM documents JOIN {kind}s AS item ON item.number >= first_{kind} AND item.number < first_{kind} + documents.{kind}s \
         WHERE documents.id = ? AND mark = ?"
    );
    Ok(connection.prepare_cached(&sql)?.query_row([document, mark], |row| row.get(0)).optional()?)
}

/// The permalinks of a record and of what is in it: the same in every store, and without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Permalinks {
    /// That of the article.
    pub document: String,
    /// Those of its statements, in their order.
    pub statements: Vec<String>,
    /// Those of its events, in their order.
    pub events: Vec<String>,
}

impl Permalinks {
    /// Makes them, from the text and the spans alone.
    pub fn of(record: &Record) -> Permalinks {
        let (_, document) = permalink::of_document(&record.document.text);
        let whole = |marks: Vec<String>| marks.into_iter().map(|mark| format!("{document}{mark}")).collect();
        Permalinks {
            statements: whole(permalink::marks_of_statements(&document, &record.statements)),
            events: whole(permalink::marks_of_events(&document, &record.events)),
            document,
        }
    }

    /// Those of the statements of `record` by their ids in it.
    pub fn of_statements<'a>(&'a self, record: &'a Record) -> HashMap<&'a str, &'a str> {
        let ids = record.statements.iter().map(|statement| statement.id.as_str());
        ids.zip(self.statements.iter().map(String::as_str)).collect()
    }
}
