//! What happened when, by the days that the texts tell; and how many items there are of each kind.

use rusqlite::Connection;
use serde::Serialize;

use crate::StoreError;
use crate::readers::Reading;
use crate::search::{self, EventHit, Facet, Query};

/// A page of events in the order of the days on which they happened.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Dated {
    /// The events, each with its days.
    pub items: Vec<EventHit>,
    /// Where the next page begins; none after the last.
    pub next: Option<String>,
}

/// Events whose days the texts tell, from `from` to `to` (`YYYY-MM-DD`, both within), the earliest first.
///
/// # Errors
/// [`StoreError::Cursor`]; [`StoreError::Deadline`]; SQLite.
pub fn timeline(
    reading: &Reading,
    from: &str,
    to: &str,
    limit: usize,
    after: Option<&str>,
) -> Result<Dated, StoreError> {
    let (day, number) = match after {
        None => (from.to_owned(), -1),
        Some(cursor) => {
            let wrong = || StoreError::Cursor(cursor.to_owned());
            let (day, number) = cursor.split_once('.').ok_or_else(wrong)?;
            (day.to_owned(), number.parse::<i64>().map_err(|_| wrong())?)
        }
    };
    reading.at_one_moment(|connection| {
        let sql = "SELECT first_day, number FROM events WHERE first_day >= ?1 AND (first_day, number) > (?1, ?2) AND first_day <= ?3 \
                   ORDER BY first_day, number LIMIT ?4";
        let mut statement = connection.prepare_cached(sql)?;
        let most = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
        let rows = statement.query_map((day, number, to, most), |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut found: Vec<(String, i64)> = rows.collect::<Result<_, _>>()?;
        let has_more = found.len() > limit;
        found.truncate(limit);
        let next = found.last().filter(|_| has_more).map(|(day, number)| format!("{day}.{number}"));
        let items = found.iter().map(|(_, number)| search::event(connection, *number)).collect::<Result<_, _>>()?;
        Ok(Dated { items, next })
    })
}

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
