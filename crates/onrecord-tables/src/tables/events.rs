//! What is reported to have happened: a row each, and a row for each mention of it.

use std::collections::HashMap;

use onrecord::record::{Event, Quantity};

use super::{Named, Row, Value, maybe, number, spans, text, texts, whole};
use crate::article::{Actor, Article, Happening};
use crate::codes;
use crate::formats::{Options, name_of};
use crate::permalinks::Item;

/// A row for each happening, denied and planned ones included.
pub fn rows(article: &Article, options: &Options) -> Vec<Named> {
    article.happenings(true).iter().map(|happening| row(article, happening, options)).collect()
}

/// A row for each mention, in the order of the text.
pub fn mentions(article: &Article, options: &Options) -> Vec<Named> {
    let happenings = article.happenings(true);
    let pairs = happenings
        .iter()
        .flat_map(|happening| happening.mentions.iter().map(|event| (event.id.as_str(), happening.id.as_str())));
    let of_event: HashMap<&str, &str> = pairs.collect();
    let of_statement = article.links.of_statements(article.record);
    let events = article.record.events.iter().zip(&article.links.events);
    let row = |(event, id): (&Event, &String)| {
        let (happening, statement) = (of_event.get(event.id.as_str()), of_statement.get(event.asserted_by.as_str()));
        mention(article, event, [Some(id), happening.copied(), statement.copied()], options)
    };
    events.map(row).collect()
}

fn row(article: &Article, happening: &Happening, options: &Options) -> Named {
    let event = happening.event;
    let document = &article.record.document;
    let mut row = vec![
        ("event_id", text(&happening.id)),
        ("document_id", text(article.id())),
        ("document", text(&document.id)),
        ("event", text(&event.id)),
        ("permalink", text(options.base.permalink(Item::Event, &happening.id))),
        ("url", maybe(document.url.as_deref())),
        ("outlet", maybe(document.outlet.as_deref())),
        ("title", maybe(document.title.as_deref())),
        ("published_at", maybe(document.published_at.as_deref())),
    ];
    row.extend(trigger(article, event));
    row.push(("sentence", maybe(article.sentence(event).map(|(_, span)| article.words(span)))));
    row.extend(coded(article, event));
    row.extend([
        ("actors", parties(&article.actors(&event.actors))),
        ("recipients", parties(&article.actors(&event.recipients))),
    ]);
    row.extend(when(article, event));
    row.extend(place(article, event));
    row.push(("toll", toll(article, event)));
    row.extend(standing(article, event));
    row.extend([
        ("mentions", whole(happening.mentions.len())),
        ("confidence", number(Some(event.confidence))),
        ("rule", text(&event.because.rule)),
    ]);
    row
}

fn mention(
    article: &Article,
    event: &Event,
    [id, happening, statement]: [Option<&str>; 3],
    options: &Options,
) -> Named {
    let sentence = article.sentence(event);
    let mut row = vec![
        ("mention_id", maybe(id)),
        ("event_id", maybe(happening)),
        ("document_id", text(article.id())),
        ("document", text(&article.record.document.id)),
        ("event", text(&event.id)),
        ("permalink", id.map_or(Value::Null, |id| text(options.base.permalink(Item::Event, id)))),
    ];
    row.extend(trigger(article, event));
    row.extend([
        ("sentence_number", sentence.map_or(Value::Null, |(number, _)| whole(number))),
        ("sentence", maybe(sentence.map(|(_, span)| article.words(span)))),
        ("event_type", text(&event.kind)),
        ("mode", maybe(event.mode.as_deref())),
    ]);
    let mut standing = standing(article, event);
    let speaker = standing.pop();
    row.extend(standing);
    row.push(("statement_id", maybe(statement)));
    row.extend(speaker);
    row.extend([("confidence", number(Some(event.confidence))), ("rule", text(&event.because.rule))]);
    row
}

/// From trigger to end.
fn trigger(article: &Article, event: &Event) -> Named {
    let span = article.trigger(event);
    vec![
        ("trigger", text(article.trigger_words(event))),
        ("trigger_spans", spans(&event.trigger.spans)),
        ("start", whole(span.start)),
        ("end", whole(span.end)),
    ]
}

/// From event_type to goldstein.
fn coded(article: &Article, event: &Event) -> Named {
    let cameo = article.cameo(event);
    let parsed = |text: Option<&str>| number(text.and_then(|text| text.parse().ok()));
    vec![
        ("event_type", text(&event.kind)),
        ("mode", maybe(event.mode.as_deref())),
        ("contexts", texts(event.contexts.iter().map(String::as_str))),
        ("quad", Value::Whole(i64::from(event.quad))),
        ("score", parsed(codes::score(&event.kind, event.mode.as_deref()))),
        ("cameo", maybe(cameo)),
        ("cameo_title", maybe(cameo.and_then(codes::title))),
        ("goldstein", parsed(cameo.and_then(codes::goldstein))),
    ]
}

fn parties(actors: &[Actor]) -> Value {
    let row = |actor: &Actor| -> Row {
        vec![
            maybe(actor.entity.map(|entity| entity.id.as_str())),
            text(actor.name()),
            text(actor.words),
            whole(actor.span.start),
            whole(actor.span.end),
            maybe(actor.country_code()),
            maybe(actor.sector()),
        ]
    };
    Value::Group(actors.iter().map(row).collect())
}

/// From date to date_words.
fn when(article: &Article, event: &Event) -> Named {
    let when = article.when(event);
    let day = |day: Option<crate::dates::Day>| day.map_or(Value::Null, |day| text(day.iso()));
    let precision = when.as_ref().and_then(|when| when.precision);
    let from = if precision.is_some() { "text" } else { "publication" };
    vec![
        ("date", day(when.as_ref().map(|when| when.first))),
        ("date_end", day(when.as_ref().map(|when| when.last.unwrap_or(when.first)))),
        ("date_precision", precision.map_or(Value::Null, |precision| text(name_of(&precision)))),
        ("date_from", maybe(when.map(|_| from))),
        ("date_words", maybe(article.time_words(event))),
    ]
}

/// From place to geonames.
fn place(article: &Article, event: &Event) -> Named {
    let place = article.place(event.place.as_deref());
    vec![
        ("place", maybe(place.map(|place| place.name.as_str()))),
        ("place_words", maybe(place.map(|place| article.words(place.span)))),
        ("place_kind", maybe(place.map(|place| place.kind.as_str()))),
        ("country", maybe(place.and_then(|place| place.country.as_deref()))),
        ("lat", number(place.and_then(|place| place.lat))),
        ("lon", number(place.and_then(|place| place.lon))),
        ("geonames", place.and_then(|place| place.geonames).map_or(Value::Null, |id| Value::Whole(i64::from(id)))),
    ]
}

fn toll(article: &Article, event: &Event) -> Value {
    let toll = &event.toll;
    let kinds = [("dead", &toll.dead), ("injured", &toll.injured), ("arrested", &toll.arrested), ("size", &toll.size)];
    let row = |kind: &str, quantity: &Quantity| -> Row {
        vec![
            text(kind),
            number(Some(quantity.value)),
            number(quantity.upper),
            text(name_of(&quantity.bound)),
            text(article.words(quantity.span)),
            whole(quantity.span.start),
            whole(quantity.span.end),
        ]
    };
    let rows = kinds
        .into_iter()
        .flat_map(|(kind, ids)| article.quantities(ids).into_iter().map(move |quantity| row(kind, quantity)));
    Value::Group(rows.collect())
}

/// From polarity to speaker.
fn standing(article: &Article, event: &Event) -> Named {
    vec![
        ("polarity", text(name_of(&event.polarity))),
        ("certainty", text(name_of(&event.certainty))),
        ("tense", text(name_of(&event.tense))),
        ("asserted_by", text(&event.asserted_by)),
        ("speaker", maybe(article.speaker(event).as_deref())),
    ]
}
