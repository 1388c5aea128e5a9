//! Entities of records → somebody or something across all articles.
//!
//! Each name that records use, with kind, country and sector, is a *subject* of its own, whose permalink follows from these alone: the order in which
//! articles come makes no difference to it. Which subjects are one and the same is decided by [`groups`] from all subjects that share a family name,
//! and written down with why (`same_as`, `because`); nothing is merged that could not be parted again. The order of coming makes no difference to that
//! either, but for subjects with more than [`MOST_ROLES`] roles (the first to come are held) and families with more than [`MOST`] names (of which only
//! equal spellings are compared, and of those the first by permalink).

mod groups;

use std::collections::{BTreeSet, HashMap};

use onrecord::record::{Entity, Kind, Place};
use onrecord::{ComparedName, body_name};
use rusqlite::{Connection, OptionalExtension};

use crate::{StoreError, permalink};

/// How many roles of a subject are held.
const MOST_ROLES: i64 = 32;
/// Up to how many names of one family all are compared with each other.
const MOST: usize = 32;

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
    touched: &mut BTreeSet<(&'static str, String)>,
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
            touched.insert((word(entity.kind), identity.family.clone()));
            connection.prepare_cached(sql)?.insert(row)?
        }
    };
    for role in &entity.roles {
        let sql = "INSERT OR IGNORE INTO subject_roles (subject, role) SELECT ?1, ?2 \
                   WHERE (SELECT count(*) FROM subject_roles WHERE subject = ?1) < ?3";
        if connection.prepare_cached(sql)?.execute((number, role.text.to_lowercase(), MOST_ROLES))? > 0 {
            touched.insert((word(entity.kind), identity.family.clone()));
        }
    }
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

/// Decides which subjects of a family are one, and writes down what has changed. Costs the same however large the store is.
pub(crate) fn settle(connection: &Connection, kind: &str, family: &str) -> Result<(), StoreError> {
    // A place is told by the gazetteer; two of one name are two places.
    if kind == "place" || family.is_empty() {
        return Ok(());
    }
    let nodes = nodes(connection, kind, family)?;
    let mut same = HashMap::new();
    for group in compared(&nodes) {
        same.extend(groups::same(&group));
    }
    let sql =
        "UPDATE subjects SET same_as = ?2, because = ?3 WHERE number = ?1 AND (same_as IS NOT ?2 OR because IS NOT ?3)";
    for node in &nodes {
        let link = same.get(&node.number);
        let row = (node.number, link.map(|link| link.0), link.map(|link| &link.1));
        connection.prepare_cached(sql)?.execute(row)?;
    }
    Ok(())
}

/// Which nodes are compared with each other: all, or of large families those of one spelling.
fn compared(nodes: &[groups::Node]) -> Vec<Vec<&groups::Node>> {
    if nodes.len() <= MOST {
        return vec![nodes.iter().collect()];
    }
    let mut spellings: HashMap<String, Vec<&groups::Node>> = HashMap::new();
    for node in nodes {
        let spelling = spellings.entry(node.name.spelling()).or_default();
        if spelling.len() < MOST {
            spelling.push(node);
        }
    }
    spellings.into_values().filter(|spelling| spelling.len() > 1).collect()
}

fn nodes(connection: &Connection, kind: &str, family: &str) -> Result<Vec<groups::Node>, StoreError> {
    // Who was set apart by a person stays apart.
    let sql = "SELECT number, id, name, country, sector FROM subjects WHERE kind = ? AND family = ? \
               AND NOT EXISTS (SELECT 1 FROM corrections WHERE item = subjects.id AND corrections.kind = 'apart') ORDER BY id";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([kind, family])?;
    let mut nodes = Vec::new();
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        let mut roles = connection.prepare_cached("SELECT role FROM subject_roles WHERE subject = ?")?;
        let roles: Vec<String> = roles.query_map([number], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let written: String = row.get(2)?;
        nodes.push(groups::Node {
            number,
            id: row.get(1)?,
            is_person: kind == "person",
            name: ComparedName::new(&written),
            length: written.chars().count(),
            country: row.get(3)?,
            sector: row.get(4)?,
            role_words: groups::role_words(&roles),
        });
    }
    Ok(nodes)
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
pub(crate) fn same_as(
    connection: &Connection,
    counted: &HashMap<u32, u64, impl std::hash::BuildHasher>,
) -> Result<HashMap<u32, u32>, StoreError> {
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
