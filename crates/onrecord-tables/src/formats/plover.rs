//! Happenings → JSON lines after the PLOVER manual, with what nobody else fills in: where everything stands in the text, in code points.
//!
//! PLOVER's own fields first; what it has no field for is under `onrecord`. Absent on purpose: `coded_date` and `coded_time` (no clock), and the whole story.

use onrecord::record::{Bound, Certainty, CharSpan, Place, Polarity, Quantity, Tense, Toll};
use serde::Serialize;
use serde_json::Value;

use crate::article::{Actor, Article, Happening, feature, parts};
use crate::codes;

/// One happening, as PLOVER writes an event.
#[derive(Serialize)]
struct Line<'a> {
    id: String,
    has_event: bool,
    date: Option<String>,
    time: Option<String>,
    enddate: Option<String>,
    actor: Vec<Agent<'a>>,
    recipient: Vec<Agent<'a>>,
    event: [&'a str; 1],
    mode: Vec<&'a str>,
    context: Vec<&'a str>,
    event_text: Vec<Passage<'a>>,
    event_loc: Option<Location<'a>>,
    quad_code: u8,
    event_scale: Option<f64>,
    size: Size<'a>,
    link: Option<&'a str>,
    text: &'a str,
    text_info: Option<TextInfo>,
    cite_info: CiteInfo<'a>,
    coder: String,
    onrecord: Own<'a>,
}

#[derive(Serialize)]
struct Agent<'a> {
    /// ISO alpha-3, or PLOVER's code of those that are no state.
    code: Option<&'a str>,
    sector: Option<&'a str>,
    entity_text: &'a str,
    identifier_text: &'a str,
    office: Option<&'a str>,
    start: usize,
    end: usize,
}

/// Words of the text and where they stand.
#[derive(Serialize)]
struct Passage<'a> {
    text: &'a str,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Location<'a> {
    extracted_place: &'a str,
    resolved_place: &'a str,
    geonameid: Option<u32>,
    lat: Option<f64>,
    lon: Option<f64>,
    city: Option<&'a str>,
    district: Option<&'a str>,
    province: Option<&'a str>,
    country: Option<&'a str>,
    country_code: Option<&'a str>,
    feature_code: Option<&'a str>,
    start: usize,
    end: usize,
}

/// How many, as the text tells it.
#[derive(Default, Serialize)]
struct Size<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    dead: Vec<Number<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    injured: Vec<Number<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    arrested: Vec<Number<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    size: Vec<Number<'a>>,
}

#[derive(Serialize)]
struct Number<'a> {
    /// As the record writes it: 12, not 12.0.
    value: Value,
    upper: Value,
    bound: Bound,
    text: &'a str,
    start: usize,
    end: usize,
}

/// The sentence that tells of it: its number, from 1, and where it stands.
#[derive(Serialize)]
struct TextInfo {
    sequence: usize,
    start: usize,
    end: usize,
    unit: &'static str,
}

#[derive(Serialize)]
struct CiteInfo<'a> {
    citation: &'a str,
    url: Option<&'a str>,
    title: Option<&'a str>,
    language: &'a str,
    publication: Option<&'a str>,
    published: Option<&'a str>,
    coder: &'static str,
    codebook: &'static str,
    version: &'a str,
}

/// What PLOVER has no field for.
#[derive(Serialize)]
struct Own<'a> {
    document: &'a str,
    event: &'a str,
    cameo: Option<&'a str>,
    goldstein: Option<f64>,
    polarity: Polarity,
    certainty: Certainty,
    tense: Tense,
    asserted_by: &'a str,
    speaker: Option<String>,
    date_from: Option<&'static str>,
    mentions: Vec<Mention<'a>>,
    confidence: f64,
    rule: &'a str,
    permalink: String,
}

#[derive(Serialize)]
struct Mention<'a> {
    event: &'a str,
    start: usize,
    end: usize,
}

/// The line of one happening, with its line end.
pub fn line(article: &Article, happening: &Happening) -> String {
    let event = happening.event;
    let when = article.when(event);
    let sentence = article.sentence(event);
    let line = Line {
        id: happening.id.clone(),
        has_event: true,
        date: when.as_ref().map(|when| when.first.iso()),
        time: when.as_ref().and_then(|when| when.clock.clone()),
        enddate: when.as_ref().and_then(|when| when.last).map(|day| day.iso()),
        actor: article.actors(&event.actors).into_iter().map(agent).collect(),
        recipient: article.actors(&event.recipients).into_iter().map(agent).collect(),
        event: [&event.kind],
        mode: event.mode.as_deref().into_iter().collect(),
        context: context(happening),
        event_text: event.trigger.spans.iter().map(|span| passage(article, *span)).collect(),
        event_loc: article.place(event.place.as_deref()).map(|place| location(article, place)),
        quad_code: event.quad,
        event_scale: codes::score(&event.kind, event.mode.as_deref()).and_then(|score| score.parse().ok()),
        size: size(article, &event.toll),
        link: article.record.document.url.as_deref(),
        text: sentence.map(|(_, span)| article.words(span)).unwrap_or_default(),
        text_info: sentence.map(|(sequence, span)| TextInfo {
            sequence,
            start: span.start,
            end: span.end,
            unit: "codepoint",
        }),
        cite_info: cite(article),
        coder: format!("onrecord {}", article.record.engine),
        onrecord: own(article, happening),
    };
    // String keys and finite numbers: nothing can fail on the way into memory.
    serde_json::to_string(&line).unwrap_or_default() + "\n"
}

fn cite<'a>(article: &Article<'a>) -> CiteInfo<'a> {
    let document = &article.record.document;
    CiteInfo {
        citation: &document.id,
        url: document.url.as_deref(),
        title: document.title.as_deref(),
        language: &document.language,
        publication: document.outlet.as_deref(),
        published: document.published_at.as_deref(),
        coder: "onrecord",
        codebook: "PLOVER 2.0",
        version: &article.record.engine,
    }
}

/// The contexts of an event, and PLOVER's auxiliary modes, which the manual puts there.
fn context<'a>(happening: &Happening<'a>) -> Vec<&'a str> {
    let event = happening.event;
    let negation = (event.polarity == Polarity::Negative).then_some("negation");
    let tense = match event.tense {
        Tense::Future => Some("future"),
        Tense::Hypothetical => Some("hypothetical"),
        Tense::Past | Tense::Ongoing => None,
    };
    event.contexts.iter().map(String::as_str).chain(tense).chain(negation).collect()
}

fn agent(actor: Actor<'_>) -> Agent<'_> {
    Agent {
        code: actor.country().map(|country| country.iso3).or_else(|| actor.country_code()),
        sector: actor.sector(),
        entity_text: actor.words,
        identifier_text: actor.name(),
        office: actor.title(),
        start: actor.span.start,
        end: actor.span.end,
    }
}

fn passage<'a>(article: &Article<'a>, span: CharSpan) -> Passage<'a> {
    Passage { text: article.words(span), start: span.start, end: span.end }
}

fn location<'a>(article: &Article<'a>, place: &'a Place) -> Location<'a> {
    let parts = parts(place);
    let country = place.country.as_deref().and_then(codes::country);
    Location {
        extracted_place: article.words(place.span),
        resolved_place: &place.name,
        geonameid: place.geonames,
        lat: place.lat,
        lon: place.lon,
        city: parts.city,
        district: parts.district,
        province: parts.province,
        country: country.map(|country| country.name).or(place.country.as_deref()),
        country_code: country.map(|country| country.iso3),
        feature_code: feature(&place.kind),
        start: place.span.start,
        end: place.span.end,
    }
}

fn size<'a>(article: &Article<'a>, toll: &Toll) -> Size<'a> {
    let number = |quantity: &'a Quantity| Number {
        value: written(quantity, "value"),
        upper: written(quantity, "upper"),
        bound: quantity.bound,
        text: article.words(quantity.span),
        start: quantity.span.start,
        end: quantity.span.end,
    };
    let numbers = |ids: &[String]| article.quantities(ids).into_iter().map(number).collect();
    Size {
        dead: numbers(&toll.dead),
        injured: numbers(&toll.injured),
        arrested: numbers(&toll.arrested),
        size: numbers(&toll.size),
    }
}

/// A field of a quantity, as the record writes it.
fn written(quantity: &Quantity, field: &str) -> Value {
    serde_json::to_value(quantity)
        .ok()
        .and_then(|mut quantity| Some(quantity.get_mut(field)?.take()))
        .unwrap_or_default()
}

fn own<'a>(article: &Article<'a>, happening: &Happening<'a>) -> Own<'a> {
    let event = happening.event;
    let cameo = article.cameo(event);
    let mention = |mention: &&'a onrecord::record::Event| {
        let span = article.trigger(mention);
        Mention { event: &mention.id, start: span.start, end: span.end }
    };
    Own {
        document: &article.record.document.id,
        event: &event.id,
        cameo,
        goldstein: cameo.and_then(codes::goldstein).and_then(|weight| weight.parse().ok()),
        polarity: event.polarity,
        certainty: event.certainty,
        tense: event.tense,
        asserted_by: &event.asserted_by,
        speaker: article.speaker(event),
        date_from: article.when(event).map(|when| if when.precision.is_some() { "text" } else { "publication" }),
        mentions: happening.mentions.iter().map(mention).collect(),
        confidence: event.confidence,
        rule: &event.because.rule,
        permalink: article.address(article.trigger(event)),
    }
}
