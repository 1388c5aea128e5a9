//! Somebody or something: names, roles, who was held to be the same and why, how often they speak and act.

use onrecord::{ComparedName, body_name};
use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;

use crate::readers::Reading;
use crate::{StoreError, subjects};

/// What is known of a subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Subject {
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
    /// Every spelling that records have.
    pub names: Vec<String>,
    /// What articles call it beside its names.
    pub roles: Vec<String>,
    /// Those who are held to be the same, with why.
    pub merged: Vec<Merged>,
    /// In how many articles it is mentioned.
    pub documents: u64,
    /// How many statements it makes.
    pub statements: u64,
    /// How many events it takes part in.
    pub events: u64,
}

/// A subject that is held to be another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Merged {
    /// The permalink that it has of its own.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its country.
    pub country: Option<String>,
    /// Its sector.
    pub sector: Option<String>,
    /// Why.
    pub because: String,
}

/// The subject of a permalink; of one that is held to be another, that other.
///
/// # Errors
/// [`StoreError::Deadline`]; SQLite.
pub fn subject(reading: &Reading, id: &str) -> Result<Option<Subject>, StoreError> {
    reading.at_one_moment(|connection| subject_at(connection, id))
}

/// The same, for those who have a connection.
pub(crate) fn subject_at(connection: &Connection, id: &str) -> Result<Option<Subject>, StoreError> {
    let sql = "SELECT coalesce(same_as, number) FROM subjects WHERE id = ?";
    let number = connection.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?;
    number.map(|number| read(connection, number)).transpose()
}

/// Subjects whose name may be the one that `name` asks for, as `onrecord who` compares names; those who speak most come first.
///
/// # Errors
/// [`StoreError::Deadline`]; SQLite.
pub fn find(reading: &Reading, name: &str) -> Result<Vec<Subject>, StoreError> {
    reading.at_one_moment(|connection| {
        let wanted = ComparedName::new(name);
        let mut numbers = Vec::new();
        let sql = "SELECT coalesce(same_as, number), name FROM subjects WHERE kind = ? AND family = ?";
        for kind in ["person", "organization", "place", "group", "work", "other"] {
            let family = if kind == "person" { wanted.family().to_owned() } else { body_name(name) };
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query((kind, family))?;
            while let Some(row) = rows.next()? {
                let found: String = row.get(1)?;
                if kind != "person" || wanted.may_be(&ComparedName::new(&found)) {
                    numbers.push(row.get::<_, i64>(0)?);
                }
            }
        }
        numbers.sort_unstable();
        numbers.dedup();
        let mut found = numbers.into_iter().map(|number| read(connection, number)).collect::<Result<Vec<_>, _>>()?;
        found.sort_by(|a, b| {
            b.statements.cmp(&a.statements).then_with(|| b.documents.cmp(&a.documents)).then_with(|| a.id.cmp(&b.id))
        });
        Ok(found)
    })
}

/// Subjects with a name that holds `words`, in letters of any case where they are ASCII: at most `most`, those who speak most first. Linear in the names.
///
/// # Errors
/// [`StoreError::Deadline`]; SQLite.
pub fn containing(reading: &Reading, words: &str, most: usize) -> Result<Vec<Subject>, StoreError> {
    reading.at_one_moment(|connection| {
        let sql = "SELECT coalesce(same_as, number) AS main FROM subjects JOIN subject_names ON subject_names.subject = subjects.number \
                   WHERE instr(lower(subject_names.name), lower(?1)) > 0 GROUP BY main \
                   ORDER BY (SELECT count(*) FROM statements WHERE speaker = main) DESC, main LIMIT ?2";
        let mut statement = connection.prepare_cached(sql)?;
        let numbers = statement.query_map((words, most), |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        numbers.into_iter().map(|number| read(connection, number)).collect()
    })
}

fn read(connection: &Connection, number: i64) -> Result<Subject, StoreError> {
    let all = subjects::all_of(connection, number)?;
    let sql = "SELECT id, name, kind, country, sector FROM subjects WHERE number = ?";
    let mut subject = connection.prepare_cached(sql)?.query_row([number], |row| {
        Ok(Subject {
            id: row.get(0)?,
            name: row.get(1)?,
            kind: row.get(2)?,
            country: row.get(3)?,
            sector: row.get(4)?,
            names: Vec::new(),
            roles: Vec::new(),
            merged: Vec::new(),
            documents: 0,
            statements: 0,
            events: 0,
        })
    })?;
    for number in &all {
        subject.names.extend(words(connection, "SELECT name FROM subject_names WHERE subject = ?", *number)?);
        subject.roles.extend(words(connection, "SELECT role FROM subject_roles WHERE subject = ?", *number)?);
        subject.documents +=
            count(connection, "SELECT count(DISTINCT document) FROM entities WHERE subject = ?", *number)?;
        let made = "SELECT (SELECT count(*) FROM statements WHERE speaker = ?1) + (SELECT count(*) FROM further_speakers WHERE speaker = ?1)";
        subject.statements += count(connection, made, *number)?;
        let took_part = "SELECT (SELECT count(*) FROM events WHERE actor = ?1) + (SELECT count(*) FROM events WHERE recipient = ?1) \
                         + (SELECT count(*) FROM further_parties WHERE party = ?1)";
        subject.events += count(connection, took_part, *number)?;
    }
    let sql = "SELECT id, name, country, sector, because FROM subjects WHERE same_as = ? ORDER BY name, id";
    let merged = |row: &rusqlite::Row| {
        Ok(Merged {
            id: row.get(0)?,
            name: row.get(1)?,
            country: row.get(2)?,
            sector: row.get(3)?,
            because: row.get::<_, Option<String>>(4)?.unwrap_or_default(),
        })
    };
    subject.merged = connection.prepare_cached(sql)?.query_map([number], merged)?.collect::<Result<_, _>>()?;
    for list in [&mut subject.names, &mut subject.roles] {
        list.sort();
        list.dedup();
    }
    Ok(subject)
}

fn words(connection: &Connection, sql: &str, number: u32) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare_cached(sql)?;
    let words = statement.query_map([number], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(words)
}

fn count(connection: &Connection, sql: &str, number: u32) -> Result<u64, StoreError> {
    Ok(connection.prepare_cached(sql)?.query_row([number], |row| row.get(0))?)
}
