//! Happenings → rows of POLECAT's weekly file: 40 columns parted by tabs, several values by `"; "`, `None` for what is not known.

use onrecord::record::Kind;

use super::cells::{flat, joined};
use crate::article::{Actor, Article, Happening, feature, parts};
use crate::codes;

/// The columns in their order.
pub const COLUMNS: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

const NONE: &str = "None";

/// The cells of one happening.
pub fn row(article: &Article, happening: &Happening) -> Vec<String> {
    let event = happening.event;
    let document = &article.record.document;
    let mut cells = vec![
        happening.id.clone(),
        article.when(event).map_or(NONE.to_owned(), |when| when.first.iso()),
        flat(&event.kind),
        or_none(event.mode.as_deref()),
        or_none(codes::score(&event.kind, event.mode.as_deref())),
        event.quad.to_string(),
        joined(event.contexts.iter().map(|context| Some(context.as_str())), NONE),
    ];
    cells.extend(side(&article.actors(&event.actors)));
    cells.extend(side(&article.actors(&event.recipients)));
    cells.extend(place(article, happening));
    cells.extend([
        or_none(document.outlet.as_deref()),
        article.published().map_or(NONE.to_owned(), |day| day.iso()),
        names(article, Kind::Person),
        names(article, Kind::Organization),
        locations(article),
        or_none(Some(&document.language)),
        format!("onrecord-{}", flat(&article.record.engine)),
    ]);
    cells
}

/// The eight columns of actors or recipients; what several have in one column is in the same order in all.
fn side(actors: &[Actor]) -> [String; 8] {
    let list = |pick: &dyn Fn(&Actor) -> Option<String>| {
        let values: Vec<Option<String>> = actors.iter().map(pick).collect();
        joined(values.iter().map(Option::as_deref), NONE)
    };
    let owned = |text: Option<&str>| text.map(str::to_owned);
    [
        list(&|actor| owned(Some(actor.name()))),
        list(&|actor| owned(actor.country_name())),
        list(&|actor| owned(actor.country().and_then(|country| country.cow))),
        or_none(actors.iter().find_map(Actor::sector)),
        list(&|actor| owned(actor.sector())),
        list(&|actor| owned(actor.title())),
        list(&|actor| owned(Some(actor.words))),
        NONE.to_owned(),
    ]
}

fn place(article: &Article, happening: &Happening) -> Vec<String> {
    let Some(place) = article.place(happening.event.place.as_deref()) else {
        return vec![NONE.to_owned(); 10];
    };
    let parts = parts(place);
    let country = place.country.as_deref();
    let number = |value: Option<f64>| value.map_or(NONE.to_owned(), |value| value.to_string());
    vec![
        or_none(Some(&place.name)),
        or_none(parts.city),
        or_none(parts.district),
        or_none(parts.province),
        or_none(country.and_then(codes::country).map(|country| country.name).or(country)),
        number(place.lat),
        number(place.lon),
        place.geonames.map_or(NONE.to_owned(), |id| id.to_string()),
        or_none(Some(article.words(place.span))),
        or_none(feature(&place.kind)),
    ]
}

/// The names of the article's entities of a kind.
fn names(article: &Article, kind: Kind) -> String {
    let entities = article.record.entities.iter().filter(|entity| entity.kind == kind && entity.named);
    joined(entities.map(|entity| Some(entity.name.as_str())), NONE)
}

/// The names of the article's places, each once.
fn locations(article: &Article) -> String {
    let mut names: Vec<&str> = Vec::new();
    let mut known = std::collections::HashSet::new();
    names.extend(article.record.places.iter().map(|place| place.name.as_str()).filter(|name| known.insert(*name)));
    joined(names.into_iter().map(Some), NONE)
}

fn or_none(text: Option<&str>) -> String {
    joined([text.filter(|text| !text.is_empty())], NONE)
}
