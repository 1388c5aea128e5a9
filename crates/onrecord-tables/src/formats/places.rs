//! The places of a record → JSON lines and CSV rows, a mention each.
//!
//! What stands here is the form; which place a name means was decided when the article was read. A place without a point is listed, and no point goes without its
//! precision.

use std::collections::HashMap;

use onrecord::Record;
use onrecord::permalinks::Permalinks;
use onrecord::record::{Event, Place, Polarity, Tense};
use serde::Serialize;

use super::cells::{Cell, csv_line};
use crate::article::Article;
use crate::words::Words;

/// The columns of the CSV.
pub const CSV_HEADER: &str = "document,outlet,date,place,start,end,words,name,kind,country,claimed_by,lat,lon,precision,geonames,role,as_actor,rule,permalink,id\r\n";

/// One mention of a place with what is needed to cite it.
#[derive(Serialize)]
struct Citation<'a> {
    id: &'a str,
    document: CitedDocument<'a>,
    words: &'a str,
    place: &'a Place,
}

#[derive(Serialize)]
struct CitedDocument<'a> {
    id: &'a str,
    url: &'a Option<String>,
    outlet: &'a Option<String>,
    title: &'a Option<String>,
    published_at: &'a Option<String>,
}

/// A JSON line for each mention, with its line end. `name` is how the article is called.
pub fn lines(record: &Record, name: &str) -> impl Iterator<Item = String> {
    let words = Words::new(&record.document.text);
    let ids = Permalinks::of(record).places;
    record.places.iter().zip(ids).map(move |(place, id)| {
        let document = &record.document;
        let citation = Citation {
            id: &id,
            document: CitedDocument {
                id: name,
                url: &document.url,
                outlet: &document.outlet,
                title: &document.title,
                published_at: &document.published_at,
            },
            words: words.of(place.span).unwrap_or_default(),
            place,
        };
        // String keys and finite numbers: nothing can fail on the way into memory.
        serde_json::to_string(&citation).unwrap_or_default() + "\n"
    })
}

/// A row for each mention, as RFC 4180 has them; what a spreadsheet would run as a formula is led by an apostrophe. `name` is how the
/// article is called.
pub fn csv_rows(record: &Record, name: &str) -> impl Iterator<Item = String> {
    let article = Article::new(record);
    let document = &record.document;
    let roles = Roles::new(record);
    let ids = article.links.places.clone();
    record.places.iter().zip(ids).map(move |(place, id)| {
        let number = |value: Option<f64>| Cell::Plain(value.map(|value| value.to_string()).unwrap_or_default());
        let text = |text: &str| Cell::Words(text.to_owned());
        let cells = [
            text(name),
            text(document.outlet.as_deref().unwrap_or_default()),
            text(document.published_at.as_deref().unwrap_or_default()),
            text(&place.id),
            Cell::Plain(place.span.start.to_string()),
            Cell::Plain(place.span.end.to_string()),
            text(article.words(place.span)),
            text(&place.name),
            text(&place.kind),
            text(place.country.as_deref().unwrap_or_default()),
            text(&place.claimed_by.join(";")),
            number(place.lat),
            number(place.lon),
            text(place.lat.map(|_| precision(place)).unwrap_or_default()),
            Cell::Plain(place.geonames.map(|id| id.to_string()).unwrap_or_default()),
            text(roles.of(place).0),
            Cell::Plain(place.as_actor.to_string()),
            text(&place.because.rule),
            text(&article.address(place.span)),
            Cell::Plain(id),
        ];
        csv_line(cells, true)
    })
}

/// How much of the world the point stands for.
pub(crate) fn precision(place: &Place) -> &'static str {
    match place.kind.as_str() {
        "country" => "country",
        "admin1" => "admin1",
        "admin2" => "admin2",
        "city" | "capital" => "city",
        // A building whose point is that of its town.
        "building" if place.because.rule == "place/named-for" => "city",
        "landmark" | "building" => "site",
        _ => "region",
    }
}

/// What happened where, so that a place can be told to be more than mentioned.
pub(crate) struct Roles<'a>(HashMap<&'a str, Vec<&'a Event>>);

impl<'a> Roles<'a> {
    pub(crate) fn new(record: &'a Record) -> Roles<'a> {
        let mut events: HashMap<&str, Vec<&Event>> = HashMap::new();
        for event in &record.events {
            let is_told =
                event.polarity == Polarity::Positive && !matches!(event.tense, Tense::Future | Tense::Hypothetical);
            if let Some(place) = event.place.as_deref().filter(|_| is_told) {
                events.entry(place).or_default().push(event);
            }
        }
        Roles(events)
    }

    /// `event_place`, `dateline` or `mentioned`, and the events that happened there.
    pub(crate) fn of(&self, place: &Place) -> (&'static str, &[&'a Event]) {
        let events = self.0.get(place.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        match (events.is_empty(), place.dateline) {
            (false, _) => ("event_place", events),
            (true, true) => ("dateline", events),
            (true, false) => ("mentioned", events),
        }
    }
}
