//! Where: places with how often articles name them and what happened there.

use serde::Serialize;

use crate::StoreError;
use crate::readers::Reading;

/// A place with its counts.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PlaceRow {
    /// The usual name.
    pub name: String,
    /// `city`, `country`, …
    pub kind: String,
    /// ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Degrees north and east, where the gazetteer knows them.
    pub point: Option<(f64, f64)>,
    /// GeoNames id.
    pub geonames: Option<i64>,
    /// How often it is named, standing for a government or not.
    pub mentions: u64,
    /// How often it stands for a government.
    pub as_actor: u64,
    /// In how many datelines it stands.
    pub datelines: u64,
    /// How many events are told to have happened there.
    pub events: u64,
}

/// Every place that is named, the most often named first; of one country, where one is given. Linear in the places and their mentions.
///
/// # Errors
/// [`StoreError::Deadline`]; SQLite.
pub fn places(reading: &Reading, country: Option<&str>) -> Result<Vec<PlaceRow>, StoreError> {
    let sql = "SELECT name, kind, country, lat, lon, geonames, count(*), sum(as_actor), sum(dateline), \
               (SELECT count(*) FROM events WHERE events.place = places.number) \
               FROM places JOIN place_mentions ON place_mentions.place = places.number WHERE ?1 IS NULL OR country = ?1 \
               GROUP BY places.number ORDER BY 7 DESC, name, places.number";
    reading.at_one_moment(|connection| {
        let mut statement = connection.prepare_cached(sql)?;
        let rows = statement.query_map([country], |row| {
            Ok(PlaceRow {
                name: row.get(0)?,
                kind: row.get(1)?,
                country: row.get(2)?,
                point: Option::zip(row.get(3)?, row.get(4)?),
                geonames: row.get(5)?,
                mentions: row.get(6)?,
                as_actor: row.get(7)?,
                datelines: row.get(8)?,
                events: row.get(9)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    })
}
