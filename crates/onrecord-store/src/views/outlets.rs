//! Who publishes: outlets with what they brought, and on which days; languages; when something came into the store.

use std::collections::{BTreeMap, HashSet};

use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;

use crate::facets::{self, DocumentCell, EventCell, StatementCell};
use crate::readers::Reading;
use crate::search::{self, Counts, Query};
use crate::{StoreError, days, subjects};

/// An outlet with its counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OutletRow {
    /// Its name; none for the articles of which no outlet is known.
    pub outlet: Option<String>,
    /// Articles.
    pub documents: u64,
    /// Statements in them.
    pub statements: u64,
    /// Events in them.
    pub events: u64,
    /// How many it quotes by name, those who are held to be the same counted as one.
    pub speakers: u64,
    /// The first day of publication, where it is known of any article.
    pub first_day: Option<String>,
    /// The last.
    pub last_day: Option<String>,
}

/// Every outlet, that with most articles first. Linear in the store: some 10 ns for each row.
///
/// # Errors
/// [`StoreError::Deadline`]; SQLite.
pub fn outlets(reading: &Reading) -> Result<Vec<OutletRow>, StoreError> {
    reading.at_one_moment(|connection| {
        let mut outlets: BTreeMap<u32, Counted> = BTreeMap::new();
        facets::each::<DocumentCell>(connection, 0..i64::MAX, |number, cell| {
            outlets.entry(cell.outlet).or_default().document(number);
            Ok(true)
        })?;
        let mut quoted: HashSet<(u32, u32)> = HashSet::new();
        facets::each::<StatementCell>(connection, 0..i64::MAX, |number, cell| {
            outlets.entry(cell.outlet).or_default().statements += 1;
            if cell.speaker != 0 {
                quoted.insert((cell.outlet, cell.speaker));
            }
            if cell.has_more_speakers {
                let mut further =
                    connection.prepare_cached("SELECT speaker FROM further_speakers WHERE statement = ?")?;
                let mut rows = further.query([number])?;
                while let Some(row) = rows.next()? {
                    quoted.insert((cell.outlet, row.get(0)?));
                }
            }
            Ok(true)
        })?;
        facets::each::<EventCell>(connection, 0..i64::MAX, |_, cell| {
            outlets.entry(cell.outlet).or_default().events += 1;
            Ok(true)
        })?;
        for outlet in as_one(connection, &quoted)? {
            outlets.entry(outlet).or_default().speakers += 1;
        }
        let mut rows = outlets
            .into_iter()
            .map(|(number, counted)| counted.row(connection, number))
            .collect::<Result<Vec<_>, _>>()?;
        rows.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.outlet.cmp(&b.outlet)));
        Ok(rows)
    })
}

/// What is counted of an outlet.
#[derive(Debug, Default)]
struct Counted {
    documents: u64,
    statements: u64,
    events: u64,
    speakers: u64,
    /// The newest and the oldest article of a known day.
    numbers: Option<(i64, i64)>,
}

impl Counted {
    /// Counts an article; they come from the newest to the oldest.
    fn document(&mut self, number: i64) {
        self.documents += 1;
        if days::of_number(number) != 0 {
            self.numbers = Some((self.numbers.map_or(number, |(newest, _)| newest), number));
        }
    }

    fn row(self, connection: &Connection, number: u32) -> Result<OutletRow, StoreError> {
        let day = |pick: fn((i64, i64)) -> i64| self.numbers.map(pick).and_then(days::date_of);
        Ok(OutletRow {
            outlet: name(connection, number)?,
            documents: self.documents,
            statements: self.statements,
            events: self.events,
            speakers: self.speakers,
            first_day: day(|(_, oldest)| oldest),
            last_day: day(|(newest, _)| newest),
        })
    }
}

/// The outlets of pairs of outlet and speaker, once for each speaker who is not held to be another.
fn as_one(connection: &Connection, quoted: &HashSet<(u32, u32)>) -> Result<Vec<u32>, StoreError> {
    let mut speakers = Counts::default();
    quoted.iter().for_each(|(_, speaker)| *speakers.entry(*speaker).or_default() += 1);
    let same = subjects::same_as(connection, &speakers)?;
    let whole: HashSet<_> =
        quoted.iter().map(|(outlet, speaker)| (*outlet, same.get(speaker).copied().unwrap_or(*speaker))).collect();
    Ok(whole.into_iter().map(|(outlet, _)| outlet).collect())
}

fn name(connection: &Connection, number: u32) -> Result<Option<String>, StoreError> {
    let sql = "SELECT name FROM outlets WHERE number = ?";
    Ok(connection.prepare_cached(sql)?.query_row([number], |row| row.get(0)).optional()?)
}

/// How many articles an outlet published on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutletDay {
    /// The outlet; none where it is unknown.
    pub outlet: Option<String>,
    /// `YYYY-MM-DD`; none where it is unknown.
    pub day: Option<String>,
    /// How many.
    pub documents: u64,
}

/// The articles that fit `query`, by outlet and day, the days in their order. Page and order of the query make no difference.
///
/// # Errors
/// As [`search::documents`].
pub fn attention(reading: &Reading, query: &Query) -> Result<Vec<OutletDay>, StoreError> {
    let mut counts: BTreeMap<(i64, u32), u64> = BTreeMap::new();
    search::each_document(reading, query, |number, outlet| {
        *counts.entry((days::of_number(number), outlet)).or_default() += 1;
    })?;
    reading.at_one_moment(|connection| {
        let row = |((day, outlet), documents): ((i64, u32), u64)| {
            let day = days::date_of(days::numbers_of(day).start);
            Ok(OutletDay { outlet: name(connection, outlet)?, day, documents })
        };
        counts.into_iter().map(row).collect()
    })
}

/// How many articles there are in each language, the most frequent first. Reads a part of every article: 1 to 2 µs for each.
///
/// # Errors
/// [`StoreError::Deadline`]; SQLite.
pub fn languages(reading: &Reading) -> Result<Vec<(String, u64)>, StoreError> {
    reading.at_one_moment(|connection| {
        let sql = "SELECT language, count(*) FROM documents GROUP BY language ORDER BY 2 DESC, language";
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    })
}

/// When the article of a permalink, or the article that holds what it leads to, came into the store, ISO 8601.
///
/// # Errors
/// [`StoreError::Deadline`]; SQLite.
pub fn added_at(reading: &Reading, id: &str) -> Result<Option<String>, StoreError> {
    reading.at_one_moment(|connection| {
        let document = id.get(..onrecord::permalinks::DOCUMENT).unwrap_or(id);
        let mut statement = connection.prepare_cached("SELECT added_at FROM documents WHERE id = ?")?;
        Ok(statement.query_row([document], |row| row.get(0)).optional()?)
    })
}
