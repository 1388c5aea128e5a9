//! How many items there are of each kind, and how they are spread.

use rusqlite::Connection;
use serde::Serialize;

use crate::StoreError;
use crate::readers::Reading;
use crate::search::{self, Facet, Query};

/// How much there is, and how it is spread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Stats {
    /// Articles.
    pub documents: u64,
    /// Statements.
    pub statements: u64,
    /// Events.
    pub events: u64,
    /// Subjects, those that are held to be the same counted as one.
    pub subjects: u64,
    /// Articles by outlet and day.
    pub of_documents: Vec<Facet>,
    /// Statements by speaker, outlet, act, form, …
    pub of_statements: Vec<Facet>,
    /// Events by type, party, place, …
    pub of_events: Vec<Facet>,
}

/// Counts over the whole store, each facet with its `values` most frequent values. Linear in the store: some 10 ns for each row.
///
/// # Errors
/// [`StoreError::Deadline`]; SQLite.
pub fn stats(reading: &Reading, values: usize) -> Result<Stats, StoreError> {
    let all = Query { facet_values: values, limit: 1, ..Query::default() };
    let (documents, statements, events) =
        (search::documents(reading, &all)?, search::statements(reading, &all)?, search::events(reading, &all)?);
    Ok(Stats {
        documents: documents.total.unwrap_or_default(),
        statements: statements.total.unwrap_or_default(),
        events: events.total.unwrap_or_default(),
        subjects: reading.at_one_moment(subjects)?,
        of_documents: documents.facets,
        of_statements: statements.facets,
        of_events: events.facets,
    })
}

fn subjects(connection: &Connection) -> Result<u64, StoreError> {
    let sql = "SELECT (SELECT count(*) FROM subjects) - (SELECT count(*) FROM subjects WHERE same_as IS NOT NULL)";
    Ok(connection.query_row(sql, [], |row| row.get(0))?)
}
