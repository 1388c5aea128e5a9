//! A record → its items with everything that their ids lead to; its happenings, each once, however often the article tells of it.

use std::collections::{HashMap, HashSet};

use onrecord::Record;
use onrecord::record::{CharSpan, Entity, Event, Party, Place, Polarity, Precision, Quantity, Statement, Tense, Time};
use sha2::{Digest, Sha256};

use crate::codes::{self, Country};
use crate::dates::Day;
use crate::permalinks::{Id, Item};
use crate::words::Words;

/// A record in which ids can be followed.
#[derive(Debug)]
pub struct Article<'a> {
    pub record: &'a Record,
    /// What tells this article from others: two of one id differ in their text.
    print: [u8; 32],
    words: Words<'a>,
    entity_ids: HashMap<&'a str, Id>,
    entities: HashMap<&'a str, &'a Entity>,
    places: HashMap<&'a str, &'a Place>,
    times: HashMap<&'a str, &'a Time>,
    quantities: HashMap<&'a str, &'a Quantity>,
    statements: HashMap<&'a str, &'a Statement>,
}

/// What happened, by its first mention that is written, and all its mentions.
#[derive(Debug)]
pub struct Happening<'a> {
    pub event: &'a Event,
    /// The same for the same article and words, whatever else is exported.
    pub id: Id,
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
        let mut article = Article {
            record,
            print: print(record),
            words: Words::new(&record.document.text),
            entity_ids: HashMap::new(),
            entities: record.entities.iter().map(|entity| (entity.id.as_str(), entity)).collect(),
            places: record.places.iter().map(|place| (place.id.as_str(), place)).collect(),
            times: record.times.iter().map(|time| (time.id.as_str(), time)).collect(),
            quantities: record.quantities.iter().map(|quantity| (quantity.id.as_str(), quantity)).collect(),
            statements: record.statements.iter().map(|statement| (statement.id.as_str(), statement)).collect(),
        };
        article.entity_ids =
            record.entities.iter().map(|entity| entity.id.as_str()).zip(article.entity_ids()).collect();
        article
    }

    /// The happenings of the article, in the order of the text. With `all`, also what is denied, planned or supposed; a happening that is told both ways stands
    /// there twice.
    pub fn happenings(&self, all: bool) -> Vec<Happening<'a>> {
        let article = &self.print;
        let mut taken: HashSet<Id> = HashSet::new();
        let mut found: Vec<Happening> = Vec::new();
        let mut known: HashMap<(&str, bool), usize> = HashMap::new();
        for event in &self.record.events {
            if !all && !has_happened(event) {
                continue;
            }
            let same = event.same_as.as_deref().unwrap_or(&event.id);
            let at = *known.entry((same, has_happened(event))).or_insert_with(|| {
                let mut again = 0;
                let mut id = id(article, event, again);
                while !taken.insert(id) {
                    again += 1;
                    id = self::id(article, event, again);
                }
                found.push(Happening { event, id, mentions: Vec::new() });
                found.len() - 1
            });
            if let Some(happening) = found.get_mut(at) {
                happening.mentions.push(event);
            }
        }
        found
    }

    /// The id of the article.
    pub fn id(&self) -> Id {
        let mut id = [0; 16];
        id.iter_mut().zip(self.print).for_each(|(byte, hashed)| *byte = hashed);
        Id(id)
    }

    /// The ids of the statements, in their order.
    pub fn statement_ids(&self) -> Vec<Id> {
        self.distinct(
            Item::Statement,
            self.record.statements.iter().map(|statement| (Vec::new(), statement_spans(statement))),
        )
    }

    /// The ids of the mentions of events, in their order.
    pub fn event_ids(&self) -> Vec<Id> {
        let of = |event: &'a Event| {
            let words = vec![event.kind.as_str(), event.mode.as_deref().unwrap_or_default()];
            (words, event.trigger.spans.clone())
        };
        self.distinct(Item::Event, self.record.events.iter().map(of))
    }

    /// The ids of the entities, in their order.
    pub fn entity_ids(&self) -> Vec<Id> {
        let of = |entity: &'a Entity| {
            (vec![entity.name.as_str()], entity.mentions.iter().take(1).map(|mention| mention.span).collect())
        };
        self.distinct(Item::Entity, self.record.entities.iter().map(of))
    }

    /// The id of the entity that the record calls so.
    pub fn entity_id(&self, id: &str) -> Option<Id> {
        self.entity_ids.get(id).copied()
    }

    /// The ids of the mentions of places, in their order.
    pub fn place_ids(&self) -> Vec<Id> {
        self.distinct(Item::Place, self.record.places.iter().map(|place| (vec![place.name.as_str()], vec![place.span])))
    }

    /// The ids of the time expressions, in their order.
    pub fn time_ids(&self) -> Vec<Id> {
        self.distinct(Item::Time, self.record.times.iter().map(|time| (Vec::new(), vec![time.span])))
    }

    /// An id for each item, by its words and spans; those that are alike are numbered.
    fn distinct<'b>(&self, kind: Item, items: impl Iterator<Item = (Vec<&'b str>, Vec<CharSpan>)>) -> Vec<Id> {
        let mut taken: HashSet<Id> = HashSet::new();
        let mut again = HashMap::new();
        items
            .map(|(words, spans)| {
                let first = Id::of_item(&self.print, kind, &words, &spans, 0);
                let count: &mut u32 = again.entry(first).or_default();
                let mut id = first;
                while !taken.insert(id) {
                    *count += 1;
                    id = Id::of_item(&self.print, kind, &words, &spans, *count);
                }
                id
            })
            .collect()
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
        self.entities.get(id).copied()
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
        let entity = |party: &Party| party.entity.as_deref().and_then(|id| self.entities.get(id)).copied();
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

    /// The article's address, or its id, with the characters of the trigger as RFC 5147 counts them.
    pub fn permalink(&self, event: &Event) -> String {
        let (document, span) = (&self.record.document, self.trigger(event));
        format!("{}#char={},{}", document.url.as_deref().unwrap_or(&document.id), span.start, span.end)
    }
}

/// From the first to the last character of several spans.
pub fn cover<'a>(spans: impl IntoIterator<Item = &'a CharSpan>) -> CharSpan {
    let both = |a: CharSpan, b: CharSpan| CharSpan { start: a.start.min(b.start), end: a.end.max(b.end) };
    spans.into_iter().copied().reduce(both).unwrap_or(CharSpan { start: 0, end: 0 })
}

/// What tells an article from others.
fn print(record: &Record) -> [u8; 32] {
    let document = &record.document;
    Sha256::new().chain_update(&document.id).chain_update([0]).chain_update(&document.text).finalize().into()
}

/// Where a statement stands: its cue and its content.
fn statement_spans(statement: &Statement) -> Vec<CharSpan> {
    statement.cue.spans.iter().chain(&statement.content.spans).copied().collect()
}

/// The id of an event of an article; `again` tells apart what is alike in all else.
fn id(article: &[u8], event: &Event, again: u32) -> Id {
    let mut hash = Sha256::new().chain_update(article);
    for text in [event.kind.as_str(), event.mode.as_deref().unwrap_or_default()] {
        hash.update(text);
        hash.update([0]);
    }
    for span in &event.trigger.spans {
        hash.update((span.start as u64).to_be_bytes());
        hash.update((span.end as u64).to_be_bytes());
    }
    hash.update(again.to_be_bytes());
    Id::of(hash)
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
