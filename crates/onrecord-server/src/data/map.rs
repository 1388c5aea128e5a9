//! Where: the places of a part of the world, with what happened and what is said there.

use onrecord_store::views::{self, MapPlace};
use onrecord_store::{Row, Store};
use serde::Serialize;
use serde_json::{Value, json};

use super::PATIENCE;
use crate::answer::Found;
use crate::asked::{Among, Parameters};
use crate::plots::projection::View;
use crate::problem::Problem;

/// How many places are drawn without asking for more or fewer.
const PLACES: usize = 200;
/// How far in and out a part of the world may be seen.
pub const ZOOMS: std::ops::RangeInclusive<f64> = 2.0..=64.0;

/// Degrees north and east of the middle of a map of the world.
pub const MIDDLE: (f64, f64) = (20.0, 11.0);
/// How large a place is seen whose surroundings are asked for.
const AROUND: f64 = 8.0;

/// Parts of the world that have a name: its value in an address, what people read, and what is seen of it.
pub const REGIONS: [(&str, &str, View); 9] = [
    ("world", "World", View::World),
    ("africa", "Africa", View::Around { lat: 2.0, lon: 18.0, zoom: 2.6 }),
    ("asia", "Asia", View::Around { lat: 30.0, lon: 95.0, zoom: 3.0 }),
    ("europe", "Europe", View::Around { lat: 54.0, lon: 16.0, zoom: 5.2 }),
    ("middle-east", "Middle East", View::Around { lat: 30.0, lon: 46.0, zoom: 7.0 }),
    ("north-america", "North America", View::Around { lat: 45.0, lon: -98.0, zoom: 3.4 }),
    ("central-america", "Central America", View::Around { lat: 17.0, lon: -82.0, zoom: 6.0 }),
    ("south-america", "South America", View::Around { lat: -21.0, lon: -60.0, zoom: 2.8 }),
    ("oceania", "Oceania", View::Around { lat: -22.0, lon: 155.0, zoom: 3.4 }),
];

/// The places that fit, with what is seen of the world.
#[derive(Debug, Clone, Serialize)]
pub struct Map {
    /// Places in view, those with most events and mentions first.
    #[serde(flatten)]
    pub found: Found<Spot>,
    /// The part of the world.
    #[serde(skip)]
    pub view: View,
    /// What is not in view.
    #[serde(flatten)]
    pub beyond: Beyond,
}

/// What fits, but is not in view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Beyond {
    /// How many places fit that lie elsewhere.
    pub elsewhere: u64,
    /// How many fit that the gazetteer has no point for.
    pub without_point: u64,
}

/// A place with how finely its point tells it and what it is in these articles.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct Spot {
    /// The place with its counts.
    #[serde(flatten)]
    pub place: MapPlace,
    /// What the point stands for: `site`, `city`, `admin2`, `admin1`, `country`, `region`.
    pub precision: &'static str,
    /// `event_place`, else `dateline`, else `mentioned`, else `government`: its name stands for nothing else.
    pub role: &'static str,
    /// What lies around it.
    pub map_url: String,
    /// The events there.
    pub events_url: String,
    /// The statements made there.
    pub statements_url: String,
}

impl Spot {
    fn new(place: MapPlace, asked: &Parameters) -> Spot {
        let precision = match place.kind.as_str() {
            "country" => "country",
            "admin1" => "admin1",
            "admin2" => "admin2",
            "city" | "capital" => "city",
            "landmark" | "building" => "site",
            _ => "region",
        };
        let role = match (place.events, place.datelines, place.mentions) {
            (1.., _, _) => "event_place",
            (_, 1.., _) => "dateline",
            (_, _, 1..) => "mentioned",
            _ => "government",
        };
        let zoom = if is_point(precision) { "24" } else { "8" };
        let around = match (place.lat, place.lon) {
            (Some(lat), Some(lon)) => format!("{lat:.2},{lon:.2}"),
            _ => String::new(),
        };
        let of_view = asked.with("region", None).with("limit", None).with("at", None).with("zoom", None);
        let there = of_view.with("place", Some(&place.name));
        let days = ["from", "to"].map(|name| (name, there.one(name).ok().flatten().map(str::to_owned)));
        let said = Parameters::default().with("place", Some(&place.name));
        let said = days.iter().fold(said, |said, (name, day)| said.with(name, day.as_deref()));
        Spot {
            precision,
            role,
            map_url: of_view.with("at", Some(&around)).with("zoom", Some(zoom)).behind("/map"),
            events_url: there.behind("/events"),
            statements_url: said.behind("/statements"),
            place,
        }
    }

    /// Whether the point stands for an area.
    pub fn is_area(&self) -> bool {
        !is_point(self.precision)
    }
}

fn is_point(precision: &str) -> bool {
    matches!(precision, "site" | "city")
}

impl Row for Spot {
    const COLUMNS: &'static [&'static str] = &[
        "name",
        "kind",
        "country",
        "claimed_by",
        "lat",
        "lon",
        "geonames",
        "events",
        "statements",
        "mentions",
        "datelines",
        "as_government",
        "documents",
        "precision",
        "role",
    ];
    const SHOWN: &'static [&'static str] = &["name", "events", "mentions", "country", "precision"];

    fn cells(&self) -> Vec<String> {
        let mut cells = self.place.cells();
        cells.extend([self.precision.to_owned(), self.role.to_owned()]);
        cells
    }
}

/// The places that fit, in the part of the world that is asked for; `path` is where the search stands, for the address of the next page.
///
/// # Errors
/// [`Problem::Asked`], [`Problem::TooSlow`].
pub fn map(store: &Store, asked: &Parameters, path: &str) -> Result<Map, Problem> {
    let query = crate::asked::search(asked, Among::Map)?;
    let view = view(asked)?;
    let limit = if asked.one("limit")?.is_some() { query.limit } else { PLACES };
    let start = usize::try_from(asked.place("after")?.unwrap_or(0)).unwrap_or(usize::MAX);
    let reading = store.readers().get(Some(PATIENCE))?;
    let events = onrecord_store::search::Query { after: None, limit: 1, ..query.clone() };
    let facets = onrecord_store::search::events(&reading, &events)?.facets;
    let (mut seen, mut beyond) = (Vec::new(), Beyond { elsewhere: 0, without_point: 0 });
    for place in views::map(&reading, &query)? {
        match Option::zip(place.lat, place.lon) {
            None => beyond.without_point += 1,
            Some((lat, lon)) if view.place(lat, lon).is_some_and(|at| view.holds(at, 0.0)) => seen.push(place),
            Some(_) => beyond.elsewhere += 1,
        }
    }
    let total = seen.len();
    let rows = seen.into_iter().skip(start).take(limit).map(|place| Spot::new(place, asked)).collect();
    let next = start.saturating_add(limit);
    let next_url = (next < total).then(|| asked.with("after", Some(&next.to_string())).behind(path));
    let found = Found { ok: true, rows, next_url, total: Some(total as u64), facets, is_ranked: false };
    Ok(Map { found, view, beyond })
}

/// The part of the world that is asked for: a region, moved to `at` and as large as `zoom` says.
fn view(asked: &Parameters) -> Result<View, Problem> {
    let region = match asked.one("region")? {
        None => View::World,
        Some(name) => match REGIONS.iter().find(|(known, _, _)| *known == name) {
            Some((_, _, view)) => *view,
            None => {
                let known: Vec<&str> = REGIONS.iter().map(|(name, _, _)| *name).collect();
                return Err(Problem::Asked(format!("region is {name:?}, but takes one of: {}", known.join(", "))));
            }
        },
    };
    let (at, zoom) = (asked.one("at")?.map(point).transpose()?, asked.one("zoom")?.map(enlarged).transpose()?);
    let (middle, scale) = match region {
        View::World => (MIDDLE, AROUND),
        View::Around { lat, lon, zoom } => ((lat, lon), zoom),
    };
    let (lat, lon) = at.unwrap_or(middle);
    Ok(if at.is_none() && zoom.is_none() { region } else { View::Around { lat, lon, zoom: zoom.unwrap_or(scale) } })
}

fn point(text: &str) -> Result<(f64, f64), Problem> {
    let degrees = |text: &str, most: f64| text.parse().ok().filter(|x: &f64| x.is_finite() && x.abs() <= most);
    let point = text.split_once(',').and_then(|(lat, lon)| Some((degrees(lat, 90.0)?, degrees(lon, 180.0)?)));
    point.ok_or_else(|| Problem::Asked(format!("at is {text:?}, but takes degrees north and east such as -43.6,172.7")))
}

fn enlarged(text: &str) -> Result<f64, Problem> {
    let zoom = text.parse().ok().filter(|zoom| ZOOMS.contains(zoom));
    let (least, most) = (ZOOMS.start(), ZOOMS.end());
    zoom.ok_or_else(|| Problem::Asked(format!("zoom is {text:?}, but takes a number from {least} to {most}")))
}

/// The same places as GeoJSON (RFC 7946).
pub fn geojson(map: &Map) -> Value {
    let features: Vec<Value> = map.found.rows.iter().map(feature).collect();
    json!({"type": "FeatureCollection", "next_url": map.found.next_url, "total": map.found.total, "features": features})
}

fn feature(spot: &Spot) -> Value {
    let place = &spot.place;
    json!({
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "properties": {
            "title": place.name,
            "precision": spot.precision,
            "role": spot.role,
            "kind": place.kind,
            "country": place.country,
            "claimed_by": place.claimed_by,
            "geonames": place.geonames,
            "events": place.events,
            "statements": place.statements,
            "mentions": place.mentions,
            "datelines": place.datelines,
            "as_government": place.as_government,
            "documents": place.documents,
            "permalink": spot.map_url,
            "events_url": spot.events_url,
        },
    })
}
