//! A record → its items with everything that their ids lead to; its happenings, each once, however often the article tells of it.

use std::collections::HashMap;

use onrecord::Record;
use onrecord::permalinks::Permalinks;
use onrecord::record::{CharSpan, Entity, Event, Party, Place, Polarity, Precision, Quantity, Statement, Tense, Time};

use crate::codes::{self, Country};
use crate::dates::Day;
use crate::words::Words;

/// A record in which ids can be followed.
#[derive(Debug)]
pub struct Article<'a> {
    pub record: &'a Record,
    /// The ids of the article and of what is in it.
    pub links: Permalinks,
    words: Words<'a>,
    /// With their places in the record.
    entities: HashMap<&'a str, (usize, &'a Entity)>,
    places: HashMap<&'a str, &'a Place>,
    times: HashMap<&'a str, &'a Time>,
    quantities: HashMap<&'a str, &'a Quantity>,
    statements: HashMap<&'a str, &'a Statement>,
}

/// What happened, by its first mention that is written, and all its mentions.
#[derive(Debug)]
pub struct Happening<'a> {
    pub event: &'a Event,
    /// That of the first mention that is written: the same for the same article and words, whatever else is exported.
    pub id: String,
    /// Every mention, the first one included.
    pub mentions: Vec<&'a Event>,
}

/// One who took part.
#[derive(Debug, Clone, Copy)]
pub struct Actor<'a> {
    pub span: CharSpan,
    /// The words of the text.
    pub words: &'a str,
    pub entity: Option<&'a Entity>,
}

/// When it happened, as far as that is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    /// The first day.
    pub first: Day,
    /// The last day, where it is another.
    pub last: Option<Day>,
    /// None where it is the day of publication for want of a better.
    pub precision: Option<Precision>,
    /// `08:30`, where the text tells it.
    pub clock: Option<String>,
}

/// Whether a mention tells that it happened or goes on. What is denied, planned or supposed does not.
fn has_happened(event: &Event) -> bool {
    event.polarity == Polarity::Positive && !matches!(event.tense, Tense::Future | Tense::Hypothetical)
}

impl<'a> Article<'a> {
    pub fn new(record: &'a Record) -> Article<'a> {
        Article {
            record,
            links: Permalinks::of(record),
            words: Words::new(&record.document.text),
            entities: record
                .entities
                .iter()
                .enumerate()
                .map(|(at, entity)| (entity.id.as_str(), (at, entity)))
                .collect(),
            places: record.places.iter().map(|place| (place.id.as_str(), place)).collect(),
            times: record.times.iter().map(|time| (time.id.as_str(), time)).collect(),
            quantities: record.quantities.iter().map(|quantity| (quantity.id.as_str(), quantity)).collect(),
            statements: record.statements.iter().map(|statement| (statement.id.as_str(), statement)).collect(),
        }
    }

    /// The happenings of the article, in the order of the text. With `all`, also what is denied, planned or supposed; a happening that is told both ways stands
    /// there twice.
    pub fn happenings(&self, all: bool) -> Vec<Happening<'a>> {
        let mut found: Vec<Happening> = Vec::new();
        let mut known: HashMap<(&str, bool), usize> = HashMap::new();
        for (event, id) in self.record.events.iter().zip(&self.links.events) {
            if !all && !has_happened(event) {
                continue;
            }
            let same = event.same_as.as_deref().unwrap_or(&event.id);
            let at = *known.entry((same, has_happened(event))).or_insert_with(|| {
                found.push(Happening { event, id: id.clone(), mentions: Vec::new() });
                found.len() - 1
            });
            if let Some(happening) = found.get_mut(at) {
                happening.mentions.push(event);
            }
        }
        found
    }

    /// The id of the article.
    pub fn id(&self) -> &str {
        &self.links.document
    }

    /// The id of the entity that the record calls so.
    pub fn entity_id(&self, id: &str) -> Option<&str> {
        let (at, _) = self.entities.get(id)?;
        self.links.entities.get(*at).map(String::as_str)
    }

    /// The article's words.
    pub fn text(&self) -> &'a str {
        &self.record.document.text
    }

    /// The words of several spans; what stands between them is an ellipsis.
    pub fn joined(&self, spans: &[CharSpan]) -> String {
        spans.iter().map(|span| self.words(*span)).collect::<Vec<_>>().join(" … ")
    }

    pub fn entity(&self, id: &str) -> Option<&'a Entity> {
        self.entities.get(id).map(|(_, entity)| *entity)
    }

    pub fn statement(&self, id: &str) -> Option<&'a Statement> {
        self.statements.get(id).copied()
    }

    pub fn time(&self, id: Option<&str>) -> Option<&'a Time> {
        self.times.get(id?).copied()
    }

    /// Those who made a statement, named or not.
    pub fn speakers(&self, statement: &'a Statement) -> Vec<&'a Entity> {
        statement.source.entities.iter().filter_map(|id| self.entity(id)).collect()
    }

    /// Who made a statement: the names of the speakers, else the words of the source; empty where the text names nobody.
    pub fn speaker_of(&self, statement: &'a Statement) -> String {
        let names: Vec<&str> = self
            .speakers(statement)
            .into_iter()
            .filter(|entity| entity.named)
            .map(|entity| entity.name.as_str())
            .collect();
        if names.is_empty() { self.joined(&statement.source.spans) } else { names.join("; ") }
    }

    /// The words of a span; none if it is not in the text.
    pub fn words(&self, span: CharSpan) -> &'a str {
        self.words.of(span).unwrap_or_default()
    }

    /// Code points of the text.
    pub fn chars(&self) -> usize {
        self.words.chars()
    }

    pub fn actors(&self, parties: &'a [Party]) -> Vec<Actor<'a>> {
        let entity = |party: &Party| self.entity(party.entity.as_deref()?);
        parties
            .iter()
            .map(|party| Actor { span: party.span, words: self.words(party.span), entity: entity(party) })
            .collect()
    }

    /// Who did it to whom, for formats with room for one each. Of those who agree, meet or work together, the second stands as the other side.
    pub fn pair(&self, event: &'a Event) -> (Option<Actor<'a>>, Option<Actor<'a>>) {
        let actors = self.actors(&event.actors);
        let is_mutual = matches!(event.kind.as_str(), "AGREE" | "CONSULT" | "COOPERATE");
        let other = actors.get(1).filter(|_| is_mutual).copied();
        (actors.first().copied(), self.actors(&event.recipients).first().copied().or(other))
    }

    pub fn place(&self, id: Option<&str>) -> Option<&'a Place> {
        self.places.get(id?).copied()
    }

    pub fn quantities(&self, ids: &[String]) -> Vec<&'a Quantity> {
        ids.iter().filter_map(|id| self.quantities.get(id.as_str())).copied().collect()
    }

    /// The day of publication.
    pub fn published(&self) -> Option<Day> {
        Day::parse(self.record.document.published_at.as_deref()?)
    }

    /// When an event happened: by its time, else the day of publication.
    pub fn when(&self, event: &Event) -> Option<When> {
        let published = || Some(When { first: self.published()?, last: None, precision: None, clock: None });
        self.days(event.time.as_deref()).or_else(published)
    }

    /// The days of a time, where the text tells them.
    pub fn days(&self, id: Option<&str>) -> Option<When> {
        let time = self.time(id)?;
        let period = time.period()?;
        let (first, last) = (Day::parse(&period.start)?, Day::parse(&period.end)?.before());
        let clock = time.value.as_deref().and_then(|value| value.split_once('T')).and_then(|(_, clock)| clock.get(..5));
        let clock = clock.filter(|clock| clock.as_bytes().get(2) == Some(&b':')).map(str::to_owned);
        Some(When { first, last: (last != first).then_some(last), precision: Some(period.precision), clock })
    }

    /// The words of an event's time.
    pub fn time_words(&self, event: &Event) -> Option<&'a str> {
        let time = self.times.get(event.time.as_deref()?)?;
        Some(self.words(time.span))
    }

    /// From the first to the last character of the trigger.
    pub fn trigger(&self, event: &Event) -> CharSpan {
        cover(&event.trigger.spans)
    }

    /// The trigger as it is written; what stands between its parts is an ellipsis.
    pub fn trigger_words(&self, event: &Event) -> String {
        self.joined(&event.trigger.spans)
    }

    /// The sentence that an event's trigger begins in: its number, from 1, and where it stands.
    pub fn sentence(&self, event: &Event) -> Option<(usize, CharSpan)> {
        let start = self.trigger(event).start;
        let sentences = &self.record.document.sentences;
        let at = sentences.partition_point(|sentence| sentence.end <= start);
        sentences.get(at).filter(|sentence| sentence.start <= start).map(|sentence| (at + 1, *sentence))
    }

    /// Whether the first paragraph tells of it.
    pub fn is_in_lead(&self, event: &Event) -> bool {
        let start = self.trigger(event).start;
        self.record.document.paragraphs.first().is_some_and(|lead| start < lead.end)
    }

    /// Who says so, where the article itself does not: the names of the speakers, else the words of the source. A source that nobody names is empty.
    pub fn speaker(&self, event: &Event) -> Option<String> {
        Some(self.speaker_of(self.statement(&event.asserted_by)?))
    }

    /// The CAMEO code: that of the record, else by type, mode and contexts.
    pub fn cameo(&self, event: &'a Event) -> Option<&'a str> {
        let contexts: Vec<&str> = event.contexts.iter().map(String::as_str).collect();
        event.cameo.as_deref().or_else(|| onrecord::cameo_code(&event.kind, event.mode.as_deref(), &contexts))
    }

    /// The article's address, or its permalink, with the characters as RFC 5147 counts them.
    pub fn address(&self, span: CharSpan) -> String {
        let url = self.record.document.url.as_deref();
        format!("{}#char={},{}", url.unwrap_or(self.id()), span.start, span.end)
    }
}

/// From the first to the last character of several spans.
pub fn cover<'a>(spans: impl IntoIterator<Item = &'a CharSpan>) -> CharSpan {
    let both = |a: CharSpan, b: CharSpan| CharSpan { start: a.start.min(b.start), end: a.end.max(b.end) };
    spans.into_iter().copied().reduce(both).unwrap_or(CharSpan { start: 0, end: 0 })
}

impl When {
    /// `2026`, `2026-09` or `2026-09-27`: the first day, as finely as the text tells it; none for a week, a season and what else has no such form.
    pub fn partial(&self) -> Option<String> {
        let cut = |length: usize| self.first.iso().get(..length).map(str::to_owned);
        match self.precision {
            None | Some(Precision::Day) => cut(10),
            Some(Precision::Month) => cut(7),
            Some(Precision::Year) => cut(4),
            Some(_) => None,
        }
    }
}

impl<'a> Actor<'a> {
    /// The name of the entity, else the words of the text.
    pub fn name(&self) -> &'a str {
        self.entity.filter(|entity| entity.named).map_or(self.words, |entity| &entity.name)
    }

    /// ISO 3166-1 alpha-2, or PLOVER's code of those that are no state: `UNO`, `IGO`, `NGO`, …
    pub fn country_code(&self) -> Option<&'a str> {
        self.entity?.country.as_deref()
    }

    pub fn country(&self) -> Option<&'static Country> {
        codes::country(self.country_code()?)
    }

    /// The name of the state, else the code.
    pub fn country_name(&self) -> Option<&'a str> {
        self.country().map(|country| country.name).or_else(|| self.country_code())
    }

    pub fn sector(&self) -> Option<&'a str> {
        self.entity?.sector.as_deref()
    }

    /// What the article calls them beside their name, first.
    pub fn title(&self) -> Option<&'a str> {
        Some(self.entity?.roles.first()?.text.as_str())
    }
}

/// The parts of a place that tables have columns for.
#[derive(Debug, Default, Clone, Copy)]
pub struct Parts<'a> {
    pub city: Option<&'a str>,
    pub district: Option<&'a str>,
    pub province: Option<&'a str>,
}

/// What a place is part of, as far as the record tells: only the place itself.
pub fn parts(place: &Place) -> Parts<'_> {
    let name = Some(place.name.as_str());
    match place.kind.as_str() {
        "city" | "capital" => Parts { city: name, ..Parts::default() },
        "admin2" => Parts { district: name, ..Parts::default() },
        "admin1" => Parts { province: name, ..Parts::default() },
        _ => Parts::default(),
    }
}

/// The feature code of GeoNames for a kind of place; none where there is no one code for it.
pub fn feature(kind: &str) -> Option<&'static str> {
    match kind {
        "country" => Some("PCLI"),
        "capital" => Some("PPLC"),
        "city" => Some("PPL"),
        "admin1" => Some("ADM1"),
        "admin2" => Some("ADM2"),
        "region" => Some("RGN"),
        "continent" => Some("CONT"),
        "island" => Some("ISL"),
        "ocean" => Some("OCN"),
        "sea" => Some("SEA"),
        "strait" => Some("STRT"),
        "river" => Some("STM"),
        "lake" => Some("LK"),
        "mountain" => Some("MT"),
        "desert" => Some("DSRT"),
        "forest" => Some("FRST"),
        "building" => Some("BLDG"),
        _ => None,
    }
}
