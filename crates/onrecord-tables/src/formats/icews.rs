//! Happenings → rows of ICEWS's yearly file: 20 columns parted by tabs, empty where nothing is known.

use super::cells::flat;
use crate::article::{Actor, Article, Happening, parts};
use crate::codes;
use crate::permalinks::number;

/// The columns in their order.
pub const COLUMNS: [&str; 20] = [
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
];

/// The cells of one happening.
pub fn row(article: &Article, happening: &Happening) -> Vec<String> {
    let event = happening.event;
    let document = &article.record.document;
    let (source, target) = article.pair(event);
    let cameo = article.cameo(event);
    let mut cells =
        vec![number(&happening.id).to_string(), article.when(event).map(|when| when.first.iso()).unwrap_or_default()];
    cells.extend(side(source));
    cells.extend([or_empty(cameo.and_then(codes::title)), or_empty(cameo), or_empty(cameo.and_then(codes::goldstein))]);
    cells.extend(side(target));
    cells.extend([
        flat(&document.id),
        article.sentence(event).map(|(number, _)| number.to_string()).unwrap_or_default(),
        or_empty(document.outlet.as_deref()),
    ]);
    cells.extend(place(article, happening));
    cells
}

/// Name, sectors and country of one side.
fn side(actor: Option<Actor>) -> [String; 3] {
    let Some(actor) = actor else { return Default::default() };
    let sector = actor.sector().and_then(codes::sector).map(|sector| sector.title);
    [flat(actor.name()), or_empty(sector), or_empty(actor.country_name())]
}

fn place(article: &Article, happening: &Happening) -> [String; 6] {
    let Some(place) = article.place(happening.event.place.as_deref()) else { return Default::default() };
    let parts = parts(place);
    let country = place.country.as_deref();
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    [
        or_empty(parts.city),
        or_empty(parts.district),
        or_empty(parts.province),
        or_empty(country.and_then(codes::country).map(|country| country.name).or(country)),
        number(place.lat),
        number(place.lon),
    ]
}

fn or_empty(text: Option<&str>) -> String {
    text.map(flat).unwrap_or_default()
}
