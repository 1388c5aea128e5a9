//! Where: a map, the list of the places on it, and links that move and zoom it.

use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::response::Response;
use axum::routing::get;

use super::facets::{self, FacetView};
use super::{Frame, Other, SECTIONS, Section, html, words};
use crate::answer::typed;
use crate::app::App;
use crate::asked::Parameters;
use crate::data::map::{self, MIDDLE, Map, REGIONS, Spot, ZOOMS};
use crate::form::Form;
use crate::plots::map::{Chart, Mark, key, most, svg};
use crate::plots::projection::View;
use crate::problem::Problem;

const PATH: &str = "/map";
/// How many rows of the list the page shows; all that is drawn are in the other forms.
const LISTED: usize = 60;

/// The paths of this page.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/map", get(answer))
        .route("/map.json", get(answer))
        .route("/map.csv", get(answer))
        .route("/map.geojson", get(geojson))
}

#[derive(Template)]
#[template(path = "map.html")]
struct Page<'a> {
    frame: Frame,
    sections: &'a [Section],
    asked: &'a Parameters,
    text: String,
    map: &'a Map,
    spots: Vec<&'a Spot>,
    regions: Vec<Link>,
    moves: Vec<Link>,
    figure: String,
    key: String,
    /// How many places are drawn, how many of them are not in the list, and how many stand only for governments.
    drawn: u64,
    unlisted: u64,
    governments: u64,
    facets: Vec<FacetView>,
}

/// A link to another part of the world.
struct Link {
    name: &'static str,
    url: String,
    is_chosen: bool,
}

async fn answer(State(app): State<App>, form: Form, RawQuery(query): RawQuery) -> Response {
    answered(app, form, query).await.unwrap_or_else(|problem| problem.answer(form))
}

async fn answered(app: App, form: Form, query: Option<String>) -> Result<Response, Problem> {
    let asked = Parameters::of(query.as_deref());
    let (wanted, path) = (asked.clone(), format!("{PATH}{}", form.end()));
    let map = app.ask(move |store| map::map(store, &wanted, &path)).await?;
    match form {
        Form::Page => page(&asked, &map),
        Form::Json => json("application/json", &map),
        Form::Csv => Ok(map.found.csv()),
        Form::Atom => Err(crate::answer::no_such_form(form)),
    }
}

/// `/map.geojson`: for geographic programs.
async fn geojson(State(app): State<App>, RawQuery(query): RawQuery) -> Response {
    let asked = Parameters::of(query.as_deref());
    let map = app.ask(move |store| map::map(store, &asked, "/map.geojson")).await;
    let answer = map.and_then(|map| json("application/geo+json", &map::geojson(&map)));
    answer.unwrap_or_else(|problem| problem.answer(Form::Json))
}

fn json(media: &'static str, value: &impl serde::Serialize) -> Result<Response, Problem> {
    let written = serde_json::to_vec(value).map_err(|error| Problem::Internal(error.to_string()))?;
    Ok(typed(media, written))
}

fn page(asked: &Parameters, map: &Map) -> Result<Response, Problem> {
    let marks: Vec<Mark> = map.found.rows.iter().enumerate().filter_map(mark).collect();
    let other = asked.with("after", None);
    let mut frame = Frame::new("Map", PATH).also(false, |end| other.behind(&format!("{PATH}{end}")));
    frame.others.push(Other { name: "GeoJSON", media: "application/geo+json", url: other.behind("/map.geojson") });
    html(&Page {
        frame,
        sections: &SECTIONS,
        asked,
        text: asked.one("q")?.unwrap_or_default().to_owned(),
        spots: map.found.rows.iter().take(LISTED).collect(),
        regions: regions(asked)?,
        moves: moves(asked, map.view),
        figure: figure(asked, map, &marks),
        key: key(most(&marks)),
        drawn: marks.len() as u64,
        unlisted: map.found.rows.len().saturating_sub(LISTED) as u64,
        governments: map.found.rows.iter().filter(|spot| spot.role == "government").count() as u64,
        facets: facets::views(&map.found.facets, asked, PATH),
        map,
    })
}

/// A place as it is drawn; none where its name stands for nothing but a government.
fn mark((at, spot): (usize, &Spot)) -> Option<Mark> {
    let place = &spot.place;
    let (lat, lon) = place.lat.zip(place.lon)?;
    (spot.role != "government").then(|| Mark {
        name: place.name.clone(),
        lat,
        lon,
        events: place.events,
        mentions: place.mentions,
        datelines: place.datelines,
        is_area: spot.is_area(),
        is_disputed: !place.claimed_by.is_empty(),
        note: note(spot),
        url: if at < LISTED { format!("#place-{at}") } else { spot.map_url.clone() },
    })
}

/// `3 events, named 12 times, in 1 dateline`.
fn note(spot: &Spot) -> String {
    let place = &spot.place;
    let mut parts = Vec::new();
    parts.extend((place.events > 0).then(|| words::plural(place.events, "event")));
    parts.extend((place.mentions > 0).then(|| format!("named {}", words::plural(place.mentions, "time"))));
    parts.extend((place.datelines > 0).then(|| format!("in {}", words::plural(place.datelines, "dateline"))));
    parts.extend((!place.claimed_by.is_empty()).then(|| format!("claimed or held by {}", place.claimed_by.join(", "))));
    parts.join(", ")
}

fn figure(asked: &Parameters, map: &Map, marks: &[Mark]) -> String {
    let first: Vec<String> = marks.iter().take(3).map(|mark| format!("{} ({})", mark.name, mark.note)).collect();
    let first = if first.is_empty() { String::new() } else { format!(" First of all {}.", first.join("; ")) };
    let description = format!(
        "Discs where something is reported to have happened, rings where a place is only named, diamonds for datelines; larger for more. {} drawn.{first} The list has the \
         numbers.",
        words::plural(marks.len() as u64, "place")
    );
    let title = match map.view {
        View::World => "Places of the world in these articles".to_owned(),
        View::Around { lat, lon, .. } => format!("Places around {lat:.1}, {lon:.1} in these articles"),
    };
    let countries = asked.all("country");
    svg(&Chart { view: map.view, marks, countries: &countries, title: &title, description: &description })
}

fn elsewhere(asked: &Parameters) -> Parameters {
    asked.with("region", None).with("at", None).with("zoom", None)
}

fn regions(asked: &Parameters) -> Result<Vec<Link>, Problem> {
    let (region, at) = (asked.one("region")?, asked.one("at")?);
    let chosen = region.or(at.is_none().then_some("world"));
    let link = |(value, name, _): &(&'static str, &'static str, View)| {
        let region = Some(*value).filter(|value| *value != "world");
        Link { name, url: elsewhere(asked).with("region", region).behind(PATH), is_chosen: chosen == Some(*value) }
    };
    Ok(REGIONS.iter().map(link).collect())
}

/// In, out, north, south, west, east.
fn moves(asked: &Parameters, view: View) -> Vec<Link> {
    let (lat, lon, zoom) = match view {
        View::World => (MIDDLE.0, MIDDLE.1, 1.0),
        View::Around { lat, lon, zoom } => (lat, lon, zoom),
    };
    let to = |name, lat: f64, lon: f64, zoom: f64| {
        let east = (lon + 180.0).rem_euclid(360.0) - 180.0;
        let there = elsewhere(asked).with("at", Some(&format!("{lat:.2},{east:.2}")));
        Link { name, url: there.with("zoom", Some(&format!("{zoom:.0}"))).behind(PATH), is_chosen: false }
    };
    let mut links = Vec::new();
    if zoom * 2.0 <= *ZOOMS.end() {
        links.push(to("Zoom in", lat, lon, (zoom * 2.0).max(*ZOOMS.start())));
    }
    if view == View::World {
        return links;
    }
    if zoom / 2.0 >= *ZOOMS.start() {
        links.push(to("Zoom out", lat, lon, zoom / 2.0));
    } else {
        links.push(Link { name: "Zoom out", url: elsewhere(asked).behind(PATH), is_chosen: false });
    }
    let (up, across) = (90.0 / zoom, 140.0 / zoom / lat.to_radians().cos().max(0.2));
    let zoom = zoom.max(*ZOOMS.start());
    links.push(to("North", (lat + up).min(85.0), lon, zoom));
    links.push(to("South", (lat - up).max(-85.0), lon, zoom));
    links.push(to("West", lat, lon - across, zoom));
    links.push(to("East", lat, lon + across, zoom));
    links
}
