//! Who speaks: everybody with how many statements they make, those who make most first.

use std::collections::HashMap;

use rusqlite::{Connection, Row};
use serde::Serialize;

use crate::facets::{self, StatementCell};
use crate::readers::Reading;
use crate::search::{Counts, Facet, FacetValue};
use crate::{StoreError, subjects};

/// How many values of a field are given, the most frequent.
const VALUES: usize = 20;
/// How many roles a row has at most.
const ROLES: usize = 3;

/// Somebody who speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SpeakerRow {
    /// The permalink.
    pub id: String,
    /// The fullest name.
    pub name: String,
    /// `person`, `organization`, …
    pub kind: String,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// Some of what articles call it beside its names.
    pub roles: Vec<String>,
    /// How many statements it makes.
    pub statements: u64,
}

/// Who is asked for, and how many of them.
#[derive(Debug, Clone, Default)]
pub struct Who {
    /// `person`, `organization`, …, any of several; all where there are none.
    pub kinds: Vec<String>,
    /// ISO 3166-1 alpha-2, any of several; all where there are none.
    pub countries: Vec<String>,
    /// How many rows a page has.
    pub limit: usize,
    /// The permalink of the last row of the page before.
    pub after: Option<String>,
}

impl Who {
    /// Whether somebody of this kind and country is asked for.
    pub fn fits(&self, kind: &str, country: Option<&str>) -> bool {
        let is_kind = self.kinds.is_empty() || self.kinds.iter().any(|wanted| wanted == kind);
        let is_country =
            self.countries.is_empty() || country.is_some_and(|code| self.countries.iter().any(|wanted| wanted == code));
        is_kind && is_country
    }
}

/// A page of those who speak.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Speakers {
    /// The rows.
    pub items: Vec<SpeakerRow>,
    /// Where the next page begins; none after the last.
    pub next: Option<String>,
    /// How many there are in all.
    pub total: u64,
    /// How they are spread over kinds and countries.
    pub facets: Vec<Facet>,
}

/// Those who make statements; who is held to be the same is counted as one. Linear in the statements and the subjects of the store.
///
/// # Errors
/// [`StoreError::Cursor`]; [`StoreError::Deadline`]; SQLite.
pub fn speakers(reading: &Reading, who: &Who) -> Result<Speakers, StoreError> {
    reading.at_one_moment(|connection| {
        let mut all = counted(connection)?;
        all.retain(|speaker| who.fits(&speaker.kind, speaker.country.as_deref()));
        all.sort_unstable_by(|a, b| b.statements.cmp(&a.statements).then(a.number.cmp(&b.number)));
        let start = match &who.after {
            Some(id) => place(connection, &all, id)? + 1,
            None => 0,
        };
        let rest = all.get(start..).unwrap_or_default();
        let shown = rest.get(..who.limit).unwrap_or(rest);
        let items = shown.iter().map(|speaker| row(connection, speaker)).collect::<Result<Vec<_>, _>>()?;
        let next = items.last().filter(|_| rest.len() > shown.len()).map(|last| last.id.clone());
        let spread = [
            spread("kind", all.iter().map(|speaker| speaker.kind.as_str())),
            spread("country", all.iter().filter_map(|speaker| speaker.country.as_deref())),
        ];
        Ok(Speakers { items, next, total: all.len() as u64, facets: spread.to_vec() })
    })
}

struct Speaker {
    number: u32,
    kind: String,
    country: Option<String>,
    statements: u64,
}

/// Everybody who makes statements, in no order.
fn counted(connection: &Connection) -> Result<Vec<Speaker>, StoreError> {
    let mut counts = Counts::default();
    facets::each::<StatementCell>(connection, 0..i64::MAX, |_, cell| {
        if cell.speaker != 0 {
            *counts.entry(cell.speaker).or_default() += 1;
        }
        Ok(true)
    })?;
    let mut further = connection.prepare_cached("SELECT speaker, count(*) FROM further_speakers GROUP BY speaker")?;
    let mut rows = further.query([])?;
    while let Some(row) = rows.next()? {
        *counts.entry(row.get(0)?).or_default() += row.get::<_, u64>(1)?;
    }
    let same = subjects::same_as(connection, &counts)?;
    let mut whole = Counts::default();
    for (number, count) in counts {
        *whole.entry(same.get(&number).copied().unwrap_or(number)).or_default() += count;
    }
    let mut statement = connection.prepare_cached("SELECT kind, country FROM subjects WHERE number = ?")?;
    let mut speakers = Vec::with_capacity(whole.len());
    for (number, statements) in whole {
        let read = |row: &Row| Ok(Speaker { number, kind: row.get(0)?, country: row.get(1)?, statements });
        speakers.push(statement.query_row([number], read)?);
    }
    Ok(speakers)
}

/// Where the speaker of a permalink stands.
fn place(connection: &Connection, all: &[Speaker], id: &str) -> Result<usize, StoreError> {
    let mut statement = connection.prepare_cached("SELECT coalesce(same_as, number) FROM subjects WHERE id = ?")?;
    let mut rows = statement.query([id])?;
    let number: Option<u32> = rows.next()?.map(|row| row.get(0)).transpose()?;
    let found = number.and_then(|number| all.iter().position(|speaker| speaker.number == number));
    found.ok_or_else(|| StoreError::Cursor(id.to_owned()))
}

fn row(connection: &Connection, speaker: &Speaker) -> Result<SpeakerRow, StoreError> {
    let sql = "SELECT role FROM subject_roles WHERE subject = ? ORDER BY length(role) DESC, role LIMIT ?";
    let mut roles = connection.prepare_cached(sql)?;
    let roles = roles.query_map((speaker.number, ROLES), |row| row.get(0))?.collect::<Result<_, _>>()?;
    let sql = "SELECT id, name, sector FROM subjects WHERE number = ?";
    let read = |row: &Row| {
        Ok(SpeakerRow {
            id: row.get(0)?,
            name: row.get(1)?,
            sector: row.get(2)?,
            kind: speaker.kind.clone(),
            country: speaker.country.clone(),
            roles,
            statements: speaker.statements,
        })
    };
    Ok(connection.prepare_cached(sql)?.query_row([speaker.number], read)?)
}

/// How often each of `values` comes, the most frequent first.
fn spread<'a>(field: &'static str, values: impl Iterator<Item = &'a str>) -> Facet {
    let mut counts: HashMap<&str, u64> = HashMap::new();
    values.for_each(|value| *counts.entry(value).or_default() += 1);
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let value = |(value, count): &(&str, u64)| FacetValue {
        value: (*value).to_owned(),
        label: (*value).to_owned(),
        count: *count,
    };
    Facet { field, distinct: counts.len(), values: counts.iter().take(VALUES).map(value).collect() }
}
