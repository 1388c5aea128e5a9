//! Happenings → CSV (RFC 4180): a row each, with all that the record has.

use onrecord::record::{Precision, Quantity};

use super::cells::{Cell, csv_header, csv_line, joined};
use super::name_of;
use crate::article::{Actor, Article, Happening};
use crate::codes;

const COLUMNS: [&str; 58] = [
    "document",
    "outlet",
    "title",
    "published_at",
    "url",
    "permalink",
    "id",
    "event",
    "start",
    "end",
    "trigger",
    "sentence",
    "type",
    "mode",
    "contexts",
    "quad",
    "score",
    "cameo",
    "cameo_title",
    "goldstein",
    "actors",
    "actor_words",
    "actor_spans",
    "actor_countries",
    "actor_sectors",
    "recipients",
    "recipient_words",
    "recipient_spans",
    "recipient_countries",
    "recipient_sectors",
    "date",
    "date_end",
    "date_precision",
    "date_from",
    "date_words",
    "place",
    "place_words",
    "place_kind",
    "country",
    "lat",
    "lon",
    "geonames",
    "dead",
    "dead_bound",
    "injured",
    "injured_bound",
    "arrested",
    "arrested_bound",
    "size",
    "size_bound",
    "polarity",
    "certainty",
    "tense",
    "asserted_by",
    "speaker",
    "mentions",
    "confidence",
    "rule",
];

/// The header, with its line end; for a spreadsheet behind a byte order mark.
pub fn header(is_for_spreadsheet: bool) -> String {
    csv_header(COLUMNS, is_for_spreadsheet)
}

/// The row of one happening, with its line end.
pub fn row(article: &Article, happening: &Happening, is_for_spreadsheet: bool) -> String {
    let mut cells = source(article, happening);
    cells.extend(coded(article, happening));
    cells.extend(side(&article.actors(&happening.event.actors)));
    cells.extend(side(&article.actors(&happening.event.recipients)));
    cells.extend(when_and_where(article, happening));
    cells.extend(toll(article, happening));
    cells.extend(standing(article, happening));
    csv_line(cells, is_for_spreadsheet)
}

fn words(text: Option<&str>) -> Cell {
    Cell::Words(text.unwrap_or_default().to_owned())
}

fn plain(value: impl ToString) -> Cell {
    Cell::Plain(value.to_string())
}

fn number(value: Option<f64>) -> Cell {
    Cell::Plain(value.map(|value| value.to_string()).unwrap_or_default())
}

/// From document to sentence.
fn source(article: &Article, happening: &Happening) -> Vec<Cell> {
    let event = happening.event;
    let document = &article.record.document;
    let span = article.trigger(event);
    vec![
        words(Some(&document.id)),
        words(document.outlet.as_deref()),
        words(document.title.as_deref()),
        words(document.published_at.as_deref()),
        words(document.url.as_deref()),
        words(Some(&article.address(span))),
        plain(&happening.id),
        words(Some(&event.id)),
        plain(span.start),
        plain(span.end),
        words(Some(&article.trigger_words(event))),
        words(article.sentence(event).map(|(_, span)| article.words(span))),
    ]
}

/// From type to goldstein.
fn coded(article: &Article, happening: &Happening) -> Vec<Cell> {
    let event = happening.event;
    let cameo = article.cameo(event);
    vec![
        words(Some(&event.kind)),
        words(event.mode.as_deref()),
        Cell::Words(joined(event.contexts.iter().map(|context| Some(context.as_str())), "")),
        plain(event.quad),
        plain(codes::score(&event.kind, event.mode.as_deref()).unwrap_or_default()),
        words(cameo),
        words(cameo.and_then(codes::title)),
        plain(cameo.and_then(codes::goldstein).unwrap_or_default()),
    ]
}

/// The five columns of actors or recipients; what several have in one column is in the same order in all.
fn side(actors: &[Actor]) -> Vec<Cell> {
    let spans: Vec<String> = actors.iter().map(|actor| format!("{}-{}", actor.span.start, actor.span.end)).collect();
    vec![
        Cell::Words(joined(actors.iter().map(|actor| Some(actor.name())), "")),
        Cell::Words(joined(actors.iter().map(|actor| Some(actor.words)), "")),
        Cell::Plain(spans.join("; ")),
        Cell::Words(joined(actors.iter().map(Actor::country_code), "")),
        Cell::Words(joined(actors.iter().map(Actor::sector), "")),
    ]
}

/// From date to geonames.
fn when_and_where(article: &Article, happening: &Happening) -> Vec<Cell> {
    let event = happening.event;
    let when = article.when(event);
    let place = article.place(event.place.as_deref());
    let precision: Option<Precision> = when.as_ref().and_then(|when| when.precision);
    let from = when.as_ref().map(|_| if precision.is_some() { "text" } else { "publication" });
    let first = when.as_ref().map(|when| when.first.iso());
    let last = when.as_ref().map(|when| when.last.unwrap_or(when.first).iso());
    vec![
        words(first.as_deref()),
        words(last.as_deref()),
        precision.map_or_else(|| words(None), |precision| plain(name_of(&precision))),
        words(from),
        words(article.time_words(event)),
        words(place.map(|place| place.name.as_str())),
        words(place.map(|place| article.words(place.span))),
        words(place.map(|place| place.kind.as_str())),
        words(place.and_then(|place| place.country.as_deref())),
        number(place.and_then(|place| place.lat)),
        number(place.and_then(|place| place.lon)),
        plain(place.and_then(|place| place.geonames).map(|id| id.to_string()).unwrap_or_default()),
    ]
}

/// Numbers and what bounds them, from dead to size_bound.
fn toll(article: &Article, happening: &Happening) -> Vec<Cell> {
    let toll = &happening.event.toll;
    let value = |quantity: &Quantity| match quantity.upper {
        Some(upper) => format!("{}-{upper}", quantity.value),
        None => quantity.value.to_string(),
    };
    [&toll.dead, &toll.injured, &toll.arrested, &toll.size]
        .into_iter()
        .flat_map(|ids| {
            let quantities = article.quantities(ids);
            let values: Vec<String> = quantities.iter().map(|quantity| value(quantity)).collect();
            let bounds: Vec<String> = quantities.iter().map(|quantity| name_of(&quantity.bound)).collect();
            [Cell::Plain(values.join("; ")), Cell::Plain(bounds.join("; "))]
        })
        .collect()
}

/// From polarity to rule.
fn standing(article: &Article, happening: &Happening) -> Vec<Cell> {
    let event = happening.event;
    vec![
        plain(name_of(&event.polarity)),
        plain(name_of(&event.certainty)),
        plain(name_of(&event.tense)),
        words(Some(&event.asserted_by)),
        words(article.speaker(event).as_deref()),
        plain(happening.mentions.len()),
        plain(event.confidence),
        words(Some(&event.because.rule)),
    ]
}
