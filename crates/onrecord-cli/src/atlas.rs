//! The places of a record → a page, JSON lines, CSV rows, GeoJSON features.
//!
//! What stands here is the form; which place a name means was decided when the article was read. A place without a point is listed but never put on a
//! map, and no point goes without its precision.

use std::collections::HashMap;

use onrecord::Record;
use onrecord::record::{CharSpan, Place};
use serde::Serialize;
use serde_json::json;

use crate::paint::{Style, paint};
use crate::plain::{clip, one_line};
use crate::words::Words;

/// The columns of the CSV.
pub const CSV_HEADER: &str = "document,outlet,date,place,start,end,words,name,kind,country,claimed_by,lat,lon,precision,geonames,role,as_actor,rule,permalink\r\n";

/// One mention of a place with what is needed to cite it.
#[derive(Serialize)]
struct Citation<'a> {
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

/// A JSON line for each mention, with its line end.
pub fn lines(record: &Record) -> impl Iterator<Item = String> {
    let words = Words::new(&record.document.text);
    record.places.iter().map(move |place| {
        let document = &record.document;
        let citation = Citation {
            document: CitedDocument {
                id: &document.id,
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

/// A row for each mention, as RFC 4180 has them.
pub fn csv_rows(record: &Record) -> impl Iterator<Item = String> {
    let words = Words::new(&record.document.text);
    let document = &record.document;
    record.places.iter().map(move |place| {
        let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        let cells = [
            cell(&document.id),
            cell(document.outlet.as_deref().unwrap_or_default()),
            cell(document.published_at.as_deref().unwrap_or_default()),
            cell(&place.id),
            place.span.start.to_string(),
            place.span.end.to_string(),
            cell(words.of(place.span).unwrap_or_default()),
            cell(&place.name),
            cell(&place.kind),
            cell(place.country.as_deref().unwrap_or_default()),
            cell(&place.claimed_by.join(";")),
            number(place.lat),
            number(place.lon),
            place.lat.map(|_| precision(place)).unwrap_or_default().to_owned(),
            place.geonames.map(|id| id.to_string()).unwrap_or_default(),
            role(place).to_owned(),
            place.as_actor.to_string(),
            cell(&place.because.rule),
            cell(&permalink(record, place.span)),
        ];
        cells.join(",") + "\r\n"
    })
}

/// A cell with text of the article, quoted where it must be; what a spreadsheet would run as a formula is led by an apostrophe.
fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        format!("{guard}{text}")
    }
}

/// A GeoJSON feature for each mention whose place has a point.
pub fn features(record: &Record) -> impl Iterator<Item = String> {
    let document = &record.document;
    record.places.iter().filter_map(move |place| {
        let (lat, lon) = (place.lat?, place.lon?);
        let feature = json!({
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": {
                "id": format!("{}#{}", document.id, place.id),
                "title": place.name,
                "date": document.published_at,
                "precision": precision(place),
                "kind": place.kind,
                "country": place.country,
                "claimed_by": place.claimed_by,
                "source": document.outlet,
                "article": document.title,
                "permalink": permalink(record, place.span),
                "role": role(place),
                "as_actor": place.as_actor,
                "geonames": place.geonames,
                "rule": place.because.rule,
            },
        });
        Some(feature.to_string())
    })
}

/// How much of the world the point stands for.
fn precision(place: &Place) -> &'static str {
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

fn role(place: &Place) -> &'static str {
    if place.dateline { "dateline" } else { "mentioned" }
}

/// The article's address, or its id, with the characters as RFC 5147 counts them.
fn permalink(record: &Record, span: CharSpan) -> String {
    let document = &record.document;
    format!("{}#char={},{}", document.url.as_deref().unwrap_or(&document.id), span.start, span.end)
}

/// Every place once, in the order of the text, with how often it is named.
pub fn page(record: &Record, label: &str, is_coloured: bool) -> String {
    let title = record.document.title.as_deref().unwrap_or(label);
    let mut out = paint(&clip(&one_line(title), 90), Style::Bold, is_coloured) + "\n";
    let mut listed: Vec<(&Place, usize)> = Vec::new();
    let mut known: HashMap<(&str, Option<u64>, Option<u64>), usize> = HashMap::new();
    for place in &record.places {
        let key = (place.name.as_str(), place.lat.map(f64::to_bits), place.lon.map(f64::to_bits));
        let at = *known.entry(key).or_insert_with(|| {
            listed.push((place, 0));
            listed.len() - 1
        });
        if let Some((_, count)) = listed.get_mut(at) {
            *count += 1;
        }
    }
    let width = listed.iter().map(|(place, _)| place.name.chars().count()).max().unwrap_or(0).min(30);
    for (place, count) in listed {
        let name = clip(&one_line(&place.name), 30);
        let tail = if place.dateline { ", dateline" } else { "" };
        let line = format!("  {name:width$}  {:>3}×  {}{tail}", count, whereabouts(place));
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out + "\n"
}

/// `city, UA, 48.57 N 39.31 E`.
fn whereabouts(place: &Place) -> String {
    let mut parts = vec![place.kind.clone()];
    parts.extend(place.country.clone());
    if !place.claimed_by.is_empty() {
        parts.push(format!("claimed or held by {}", place.claimed_by.join(", ")));
    }
    if let (Some(lat), Some(lon)) = (place.lat, place.lon) {
        let (north, east) = (if lat < 0.0 { 'S' } else { 'N' }, if lon < 0.0 { 'W' } else { 'E' });
        parts.push(format!("{:.2} {north} {:.2} {east}", lat.abs(), lon.abs()));
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_is_quoted_and_runs_no_formula() {
        assert_eq!(cell("Lorne"), "Lorne");
        assert_eq!(cell("Lorne, \"the\" town"), "\"Lorne, \"\"the\"\" town\"");
        assert_eq!(cell("=1+1"), "'=1+1");
    }
}
