//! Where, within a search: places with what is said of them, for a map.

use std::collections::HashMap;

use rusqlite::Connection;
use serde::Serialize;

use crate::StoreError;
use crate::facets::{EventCell, StatementCell};
use crate::readers::Reading;
use crate::search::{self, Happened, Query};

/// A place with its counts within a search.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MapPlace {
    /// The usual name.
    pub name: String,
    /// `city`, `country`, …
    pub kind: String,
    /// ISO 3166-1 alpha-2; none of disputed places, seas and continents.
    pub country: Option<String>,
    /// States that claim or hold a disputed place.
    pub claimed_by: Vec<String>,
    /// Degrees north, WGS 84; none where the gazetteer does not know the place.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// GeoNames id.
    pub geonames: Option<i64>,
    /// How many events are told to have happened there.
    pub events: u64,
    /// How many statements are told to have been made there.
    pub statements: u64,
    /// How often it is named as a place, datelines left out.
    pub mentions: u64,
    /// In how many datelines it stands.
    pub datelines: u64,
    /// How often its name stands for a government.
    pub as_government: u64,
    /// In how many articles it is named.
    pub documents: u64,
}

/// Places that are named in articles of the days asked for, with the events there that fit; where fields that events alone have are asked for, only places of such
/// events. Events that people have rejected are left out unless a status is asked for. The country is that of the place. Those with most events and mentions come first. Linear in the mentions.
///
/// # Errors
/// As [`search::events`].
pub fn map(reading: &Reading, query: &Query) -> Result<Vec<MapPlace>, StoreError> {
    reading.at_one_moment(|connection| {
        search::check_events(query)?;
        let mut counts: HashMap<u32, MapPlace> = HashMap::new();
        search::each::<EventCell>(connection, reading.deadline(), query, |_, cell| {
            if query.statuses.is_empty() && cell.is_rejected() {
                return Ok(());
            }
            at(&mut counts, cell.place, |place| place.events += 1);
            Ok(())
        })?;
        if !is_of_events_alone(query) {
            let said = Query { countries: Vec::new(), ..query.clone() };
            search::each::<StatementCell>(connection, reading.deadline(), &said, |_, cell| {
                at(&mut counts, cell.place, |place| place.statements += 1);
                Ok(())
            })?;
            named(reading, connection, query, &mut counts)?;
        }
        let mut places = Vec::with_capacity(counts.len());
        for (number, counted) in counts {
            if let Some(place) = known(connection, number, counted)?
                && (query.countries.is_empty()
                    || place.country.as_ref().is_some_and(|code| query.countries.contains(code)))
            {
                places.push(place);
            }
        }
        let weight =
            |place: &MapPlace| (place.events + place.mentions + place.datelines, place.events, place.documents);
        places
            .sort_by(|a, b| weight(b).cmp(&weight(a)).then_with(|| (&a.name, a.geonames).cmp(&(&b.name, b.geonames))));
        Ok(places)
    })
}

/// Whether something is asked for that neither mentions nor statements have.
fn is_of_events_alone(query: &Query) -> bool {
    let fields = [&query.types, &query.actors, &query.recipients, &query.parties, &query.asserters, &query.statuses];
    fields.iter().any(|field| !field.is_empty())
        || query.happened != Happened::default()
        || query.negated.is_some()
        || !query.text.trim().is_empty()
        || !query.places.is_empty()
        || !query.outlets.is_empty()
}

fn at(counts: &mut HashMap<u32, MapPlace>, number: u32, count: impl FnOnce(&mut MapPlace)) {
    if number != 0 {
        count(counts.entry(number).or_insert_with(nothing));
    }
}

/// Counts the mentions in articles of the days asked for.
fn named(
    reading: &Reading,
    connection: &Connection,
    query: &Query,
    counts: &mut HashMap<u32, MapPlace>,
) -> Result<(), StoreError> {
    let days = search::range(query)?;
    let sql = "SELECT document, place, as_actor, dateline FROM place_mentions WHERE document >= ? AND document < ? ORDER BY document";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([days.start, days.end])?;
    let mut last: HashMap<u32, i64> = HashMap::new();
    let mut passed = 0_u32;
    while let Some(row) = rows.next()? {
        passed = passed.wrapping_add(1);
        if passed.is_multiple_of(4096) {
            reading.deadline().check()?;
        }
        let (document, number): (i64, u32) = (row.get(0)?, row.get(1)?);
        let (is_government, is_dateline): (bool, bool) = (row.get(2)?, row.get(3)?);
        let is_new = last.insert(number, document) != Some(document);
        at(counts, number, |place| {
            place.documents += u64::from(is_new);
            match (is_dateline, is_government) {
                (true, _) => place.datelines += 1,
                (false, true) => place.as_government += 1,
                (false, false) => place.mentions += 1,
            }
        });
    }
    Ok(())
}

/// What the table of places has of a number, with the counts.
fn known(connection: &Connection, number: u32, counted: MapPlace) -> Result<Option<MapPlace>, StoreError> {
    let sql = "SELECT name, kind, country, claimed_by, lat, lon, geonames FROM places WHERE number = ?";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([number])?;
    let Some(row) = rows.next()? else { return Ok(None) };
    let claimed_by: Option<String> = row.get(3)?;
    let claimed_by = claimed_by.and_then(|list| serde_json::from_str(&list).ok()).unwrap_or_default();
    Ok(Some(MapPlace {
        name: row.get(0)?,
        kind: row.get(1)?,
        country: row.get(2)?,
        claimed_by,
        lat: row.get(4)?,
        lon: row.get(5)?,
        geonames: row.get(6)?,
        ..counted
    }))
}

fn nothing() -> MapPlace {
    MapPlace {
        name: String::new(),
        kind: String::new(),
        country: None,
        claimed_by: Vec::new(),
        lat: None,
        lon: None,
        geonames: None,
        events: 0,
        statements: 0,
        mentions: 0,
        datelines: 0,
        as_government: 0,
        documents: 0,
    }
}
