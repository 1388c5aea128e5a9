//! Entities of records → somebody or something across all articles.
//!
//! Each name that records use, with kind, country and sector, is a *subject* of its own, whose permalink follows from these alone: the order in which
//! articles come makes no difference to it.

use std::collections::HashMap;

use onrecord::record::{Entity, Kind, Place};
use onrecord::{ComparedName, body_name};
use rusqlite::{Connection, OptionalExtension};

use crate::{StoreError, permalink};

/// What tells a subject from others.
pub(crate) struct Identity {
    /// The permalink is made of it.
    text: String,
    /// What those share who may be one.
    family: String,
}

/// What tells `entity` from others; none for those without a name.
pub(crate) fn identity(entity: &Entity, place: Option<&Place>) -> Option<Identity> {
    if !entity.named || entity.name.is_empty() {
        return None;
    }
    let country = entity.country.as_deref().unwrap_or_default();
    let sector = entity.sector.as_deref().unwrap_or_default();
    let kind = word(entity.kind);
    if entity.kind == Kind::Person {
        let name = ComparedName::new(&entity.name);
        return Some(Identity {
            text: format!("{kind}|{}|{country}|{sector}", name.spelling()),
            family: name.family().to_owned(),
        });
    }
    let name = body_name(&entity.name);
    let text = match place.and_then(|place| place.geonames) {
        Some(geonames) => format!("{kind}|geonames {geonames}"),
        None => format!("{kind}|{name}|{country}"),
    };
    Some(Identity { text, family: name })
}

/// The number of the subject that `entity` is, which is made where there is none yet. A fixed number of look-ups by key.
pub(crate) fn assign(
    connection: &Connection,
    entity: &Entity,
    place: Option<&Place>,
) -> Result<Option<i64>, StoreError> {
    let Some(identity) = identity(entity, place) else { return Ok(None) };
    let id = permalink::of_subject(&identity.text);
    let found = connection
        .prepare_cached("SELECT number FROM subjects WHERE id = ?")?
        .query_row([&id], |row| row.get(0))
        .optional()?;
    let number = match found {
        Some(number) => number,
        None => {
            let sql = "INSERT INTO subjects (id, name, kind, country, sector, family) VALUES (?, ?, ?, ?, ?, ?)";
            let row = (&id, &entity.name, word(entity.kind), &entity.country, &entity.sector, &identity.family);
            connection.prepare_cached(sql)?.insert(row)?
        }
    };
    connection
        .prepare_cached("INSERT OR IGNORE INTO subject_names (subject, name) VALUES (?, ?)")?
        .execute((number, &entity.name))?;
    Ok(Some(number))
}

/// A kind as a record writes it.
pub(crate) fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Person => "person",
        Kind::Organization => "organization",
        Kind::Place => "place",
        Kind::Group => "group",
        Kind::Work => "work",
        Kind::Other => "other",
    }
}

/// All subjects that are held to be the one that `number` stands for, itself first.
pub(crate) fn all_of(connection: &Connection, number: i64) -> Result<Vec<u32>, StoreError> {
    let mut all = vec![u32::try_from(number).unwrap_or_default()];
    let mut statement = connection.prepare_cached("SELECT number FROM subjects WHERE same_as = ?")?;
    let mut rows = statement.query([number])?;
    while let Some(row) = rows.next()? {
        all.push(row.get(0)?);
    }
    Ok(all)
}

/// Which of the subjects that were counted are held to be others.
pub(crate) fn same_as(connection: &Connection, counted: &HashMap<u32, u64>) -> Result<HashMap<u32, u32>, StoreError> {
    let mut same = HashMap::new();
    // Few are looked up one by one; for many, reading all that there are is quicker.
    if counted.len() < 2_000 {
        let mut statement = connection.prepare_cached("SELECT same_as FROM subjects WHERE number = ?")?;
        for number in counted.keys() {
            if let Some(Some(other)) = statement.query_row([number], |row| row.get(0)).optional()? {
                same.insert(*number, other);
            }
        }
        return Ok(same);
    }
    let mut statement = connection.prepare_cached("SELECT number, same_as FROM subjects WHERE same_as IS NOT NULL")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        same.insert(row.get(0)?, row.get(1)?);
    }
    Ok(same)
}
