//! Entities of records → somebody or something across all articles.
//!
//! Each name that records use, with kind, country and sector, is a *subject* of its own, whose permalink follows from these alone: the order in which
//! articles come makes no difference to it.

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
