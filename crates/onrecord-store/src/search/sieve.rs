//! The fields of a query → which cells fit. Names become numbers once; after that, a row costs a few comparisons.

use rusqlite::{Connection, OptionalExtension};

use super::{Happened, Query};
use crate::facets::{self, ACTS, ASSERTERS, Cell, DocumentCell, EventCell, FORMS, STATUSES, StatementCell, TYPES};
use crate::{StoreError, days, subjects};

/// Numbers of which one must fit; none where any does.
type AnyOf<T> = Option<Vec<T>>;

/// What a cell must be.
#[derive(Debug, Default)]
pub struct Sieve {
    pub speakers: AnyOf<u32>,
    pub actors: AnyOf<u32>,
    pub recipients: AnyOf<u32>,
    pub parties: AnyOf<u32>,
    /// Numbers of events that happened within the days asked for, newest first.
    pub happened: AnyOf<i64>,
    asserters: AnyOf<u8>,
    outlets: AnyOf<u32>,
    places: AnyOf<u32>,
    countries: AnyOf<[u8; 2]>,
    acts: AnyOf<u8>,
    forms: AnyOf<u8>,
    types: AnyOf<u8>,
    statuses: AnyOf<u8>,
    negated: Option<bool>,
}

impl Sieve {
    pub fn new(connection: &Connection, query: &Query) -> Result<Sieve, StoreError> {
        let open = |name: &str| if name == "open" { "" } else { name }.to_owned();
        Ok(Sieve {
            speakers: subjects(connection, &query.speakers)?,
            actors: subjects(connection, &query.actors)?,
            recipients: subjects(connection, &query.recipients)?,
            parties: subjects(connection, &query.parties)?,
            happened: happened(connection, &query.happened)?,
            asserters: codes("asserted", ASSERTERS, &query.asserters)?,
            outlets: numbers(connection, "SELECT number FROM outlets WHERE name = ?", &query.outlets)?,
            places: numbers(connection, "SELECT number FROM places WHERE name = ?", &query.places)?,
            countries: any_of(&query.countries, |name| facets::country_code(Some(name))),
            acts: codes("act", ACTS, &query.acts)?,
            forms: codes("form", FORMS, &query.forms)?,
            types: codes("type", TYPES, &query.types)?,
            statuses: codes("status", STATUSES, &query.statuses.iter().map(|name| open(name)).collect::<Vec<_>>())?,
            negated: query.negated,
        })
    }

    /// Whether everything passes.
    pub fn is_open(&self) -> bool {
        let Sieve { speakers, actors, recipients, parties, outlets, places, .. } = self;
        let Sieve { acts, forms, types, statuses, asserters, countries, negated, happened, .. } = self;
        let numbers = [speakers, actors, recipients, parties, outlets, places].iter().all(|field| field.is_none());
        let codes = [acts, forms, types, statuses, asserters].iter().all(|field| field.is_none());
        numbers && codes && countries.is_none() && negated.is_none() && happened.is_none()
    }
}

fn fits<T: PartialEq>(any: &AnyOf<T>, value: &T) -> bool {
    any.as_ref().is_none_or(|values| values.contains(value))
}

/// Rows that can be sifted. `further` gives what does not fit in the cell.
pub trait Sifted: Cell {
    /// The table of rows, which also names its full-text index.
    const ROWS: &'static str;
    /// Whether the row passes.
    fn passes(
        &self,
        sieve: &Sieve,
        further: &mut dyn FnMut() -> Result<Further, StoreError>,
    ) -> Result<bool, StoreError>;
    /// Whether the row has more subjects than its cell holds.
    fn has_further(&self) -> bool;
    /// Rows of these subjects by an index, newest first; none where no subject is asked for.
    fn by_subject(connection: &Connection, sieve: &Sieve) -> Result<Option<Vec<i64>>, StoreError>;
}

/// Subjects of a row that stand in a table of their own.
#[derive(Debug, Default, Clone)]
pub struct Further {
    pub speakers: Vec<u32>,
    pub actors: Vec<u32>,
    pub recipients: Vec<u32>,
    /// Of an event, its place in [`ASSERTERS`], for cells that do not tell.
    pub asserted: u8,
}

impl Further {
    pub fn read(connection: &Connection, table: &str, number: i64) -> Result<Further, StoreError> {
        let mut further = Further::default();
        match table {
            "statements" => {
                let sql = "SELECT speaker FROM further_speakers WHERE statement = ?";
                let mut statement = connection.prepare_cached(sql)?;
                let mut rows = statement.query([number])?;
                while let Some(row) = rows.next()? {
                    further.speakers.push(row.get(0)?);
                }
            }
            "events" => {
                let mut statement =
                    connection.prepare_cached("SELECT role, party FROM further_parties WHERE event = ?")?;
                let mut rows = statement.query([number])?;
                while let Some(row) = rows.next()? {
                    let is_actor = row.get_ref(0)?.as_str().unwrap_or_default() == "actor";
                    if is_actor { &mut further.actors } else { &mut further.recipients }.push(row.get(1)?);
                }
                let told = "SELECT 1 + (asserted_by IS NOT NULL) FROM events WHERE number = ?";
                let asserted = connection.prepare_cached(told)?.query_row([number], |row| row.get(0)).optional()?;
                further.asserted = asserted.unwrap_or_default();
            }
            _ => {}
        }
        Ok(further)
    }
}

fn one_fits(
    any: &AnyOf<u32>,
    first: u32,
    has_more: bool,
    more: &mut dyn FnMut() -> Result<Vec<u32>, StoreError>,
) -> Result<bool, StoreError> {
    if fits(any, &first) {
        return Ok(true);
    }
    Ok(has_more && more()?.iter().any(|subject| fits(any, subject)))
}

impl Sifted for StatementCell {
    const ROWS: &'static str = "statements";

    fn passes(
        &self,
        sieve: &Sieve,
        further: &mut dyn FnMut() -> Result<Further, StoreError>,
    ) -> Result<bool, StoreError> {
        let plain = fits(&sieve.outlets, &self.outlet)
            && fits(&sieve.acts, &self.act)
            && fits(&sieve.forms, &self.form)
            && fits(&sieve.statuses, &self.status)
            && fits(&sieve.countries, &self.country)
            && fits(&sieve.places, &self.place)
            && sieve.negated.is_none_or(|negated| negated == self.negated);
        Ok(plain && one_fits(&sieve.speakers, self.speaker, self.has_more_speakers, &mut || Ok(further()?.speakers))?)
    }

    fn has_further(&self) -> bool {
        self.has_more_speakers
    }

    fn by_subject(connection: &Connection, sieve: &Sieve) -> Result<Option<Vec<i64>>, StoreError> {
        let sql = [
            "SELECT number FROM statements WHERE speaker = ?",
            "SELECT statement FROM further_speakers WHERE speaker = ?",
        ];
        sieve.speakers.as_ref().map(|speakers| listed(connection, &sql, speakers)).transpose()
    }
}

impl Sifted for EventCell {
    const ROWS: &'static str = "events";

    fn passes(
        &self,
        sieve: &Sieve,
        further: &mut dyn FnMut() -> Result<Further, StoreError>,
    ) -> Result<bool, StoreError> {
        let plain = fits(&sieve.outlets, &self.outlet)
            && fits(&sieve.types, &self.kind)
            && fits(&sieve.statuses, &self.status)
            && fits(&sieve.countries, &self.country)
            && fits(&sieve.places, &self.place)
            && sieve.negated.is_none_or(|negated| negated == self.negated);
        let more = self.has_more_parties;
        let told = match (&sieve.asserters, self.asserted) {
            (None, _) => true,
            (any, 0) => plain && fits(any, &further()?.asserted),
            (any, asserted) => fits(any, &asserted),
        };
        let side = |further: Further| further.actors.into_iter().chain(further.recipients).collect();
        let takes_part = plain
            && told
            && (fits(&sieve.parties, &self.recipient)
                || one_fits(&sieve.parties, self.actor, more, &mut || Ok(side(further()?)))?);
        Ok(takes_part
            && one_fits(&sieve.actors, self.actor, more, &mut || Ok(further()?.actors))?
            && one_fits(&sieve.recipients, self.recipient, more, &mut || Ok(further()?.recipients))?)
    }

    fn has_further(&self) -> bool {
        self.has_more_parties || self.asserted == 0
    }

    fn by_subject(connection: &Connection, sieve: &Sieve) -> Result<Option<Vec<i64>>, StoreError> {
        const ACTED: [&str; 2] = [
            "SELECT number FROM events WHERE actor = ?",
            "SELECT event FROM further_parties WHERE party = ? AND role = 'actor'",
        ];
        const SUFFERED: [&str; 2] = [
            "SELECT number FROM events WHERE recipient = ?",
            "SELECT event FROM further_parties WHERE party = ? AND role = 'recipient'",
        ];
        let (sql, subjects) = match (&sieve.actors, &sieve.recipients, &sieve.parties) {
            (Some(actors), _, _) => (ACTED.to_vec(), actors),
            (None, Some(recipients), _) => (SUFFERED.to_vec(), recipients),
            (None, None, Some(parties)) => ([ACTED, SUFFERED].concat(), parties),
            (None, None, None) => return Ok(None),
        };
        listed(connection, &sql, subjects).map(Some)
    }
}

impl Sifted for DocumentCell {
    const ROWS: &'static str = "documents";

    fn passes(&self, sieve: &Sieve, _: &mut dyn FnMut() -> Result<Further, StoreError>) -> Result<bool, StoreError> {
        Ok(fits(&sieve.outlets, &self.outlet))
    }

    fn has_further(&self) -> bool {
        false
    }

    fn by_subject(_: &Connection, _: &Sieve) -> Result<Option<Vec<i64>>, StoreError> {
        Ok(None)
    }
}

/// The rows that one of `subjects` is in, newest first, each once.
fn listed(connection: &Connection, queries: &[&str], subjects: &[u32]) -> Result<Vec<i64>, StoreError> {
    let mut numbers = Vec::new();
    for sql in queries {
        let mut statement = connection.prepare_cached(sql)?;
        for subject in subjects {
            let mut rows = statement.query([subject])?;
            while let Some(row) = rows.next()? {
                numbers.push(row.get(0)?);
            }
        }
    }
    numbers.sort_unstable_by(|a: &i64, b| b.cmp(a));
    numbers.dedup();
    Ok(numbers)
}

fn any_of<T>(names: &[String], number: impl Fn(&str) -> T) -> AnyOf<T> {
    (!names.is_empty()).then(|| names.iter().map(|name| number(name)).collect())
}

/// Places in a closed list; a name that is not in it is refused, since it could find nothing but by mistake.
fn codes(field: &str, list: &[&str], names: &[String]) -> Result<AnyOf<u8>, StoreError> {
    if let Some(unknown) = names.iter().find(|name| !list.contains(&name.as_str())) {
        return Err(StoreError::Query(format!("{unknown:?} is no {field}: {}", list.join(" ").trim())));
    }
    Ok(any_of(names, |name| facets::code(list, name)))
}

/// Numbers of names; a name that the store does not know fits nothing.
fn numbers(connection: &Connection, sql: &str, names: &[String]) -> Result<AnyOf<u32>, StoreError> {
    if names.is_empty() {
        return Ok(None);
    }
    let mut numbers = Vec::new();
    for name in names {
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query([name])?;
        while let Some(row) = rows.next()? {
            numbers.push(row.get(0)?);
        }
    }
    Ok(Some(numbers))
}

/// Numbers of the events that happened within the days asked for, newest first; a day that is none is refused.
fn happened(connection: &Connection, asked: &Happened) -> Result<AnyOf<i64>, StoreError> {
    if !asked.is_asked() {
        return Ok(None);
    }
    if let Some(wrong) = [&asked.from, &asked.to].into_iter().flatten().find(|date| days::day_of(date) == 0) {
        return Err(StoreError::Query(format!("{wrong:?} is no day: YYYY-MM-DD")));
    }
    if let Some(unknown) = asked.precisions.iter().find(|name| !PRECISIONS.contains(&name.as_str())) {
        return Err(StoreError::Query(format!("{unknown:?} is no precision: {}", PRECISIONS.join(" "))));
    }
    let sql = "SELECT number, coalesce(precision, 'day') FROM events WHERE first_day >= ?1 AND first_day <= ?2 AND coalesce(last_day, first_day) <= ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let (from, to) = (asked.from.as_deref().unwrap_or("0000"), asked.to.as_deref().unwrap_or("9999-99"));
    let mut rows = statement.query((from, to))?;
    let mut numbers = Vec::new();
    while let Some(row) = rows.next()? {
        let precision = row.get_ref(1)?.as_str().unwrap_or_default();
        if asked.precisions.is_empty() || asked.precisions.iter().any(|wanted| wanted == precision) {
            numbers.push(row.get(0)?);
        }
    }
    numbers.sort_unstable_by(|a: &i64, b| b.cmp(a));
    Ok(Some(numbers))
}

/// How finely a time may be told, the finest first.
pub const PRECISIONS: &[&str] =
    &["day", "weekend", "week", "month", "quarter", "season", "half", "year", "decade", "century"];

/// Numbers of subjects with all that are held to be the same.
fn subjects(connection: &Connection, ids: &[String]) -> Result<AnyOf<u32>, StoreError> {
    if ids.is_empty() {
        return Ok(None);
    }
    let mut numbers = Vec::new();
    for id in ids {
        let sql = "SELECT coalesce(same_as, number) FROM subjects WHERE id = ?";
        let found = connection.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?;
        if let Some(number) = found {
            numbers.extend(subjects::all_of(connection, number)?);
        }
    }
    Ok(Some(numbers))
}

/// The numbers of rows between two days of publication; a day that is none is refused.
pub fn range(query: &Query) -> Result<std::ops::Range<i64>, StoreError> {
    let day = |date: &String| match days::day_of(date) {
        0 => Err(StoreError::Query(format!("{date:?} is no day: YYYY-MM-DD"))),
        day => Ok(day),
    };
    let from = query.from.as_ref().map(day).transpose()?;
    let to = query.to.as_ref().map(day).transpose()?;
    // Without a first day, those whose day is unknown belong to it, but not where a last day is given.
    let start = from.or(to.map(|_| 1)).map_or(0, |day| days::numbers_of(day).start);
    Ok(start..to.map_or(i64::MAX, |day| days::numbers_of(day).end))
}
