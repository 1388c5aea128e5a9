//! A record → its happenings: each once, however often the article tells of it, with everything that its ids lead to.

use std::collections::{HashMap, HashSet};

use onrecord::Record;
use onrecord::record::{CharSpan, Entity, Event, Party, Place, Polarity, Precision, Quantity, Statement, Tense, Time};
use sha2::{Digest, Sha256};

use super::codes::{self, Country};
use super::dates::Day;
use crate::words::Words;

/// A record in which ids can be followed.
#[derive(Debug)]
pub struct Article<'a> {
    pub record: &'a Record,
    words: Words<'a>,
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

/// The first half of a SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Id([u8; 16]);

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

impl Id {
    /// 32 hexadecimal digits.
    pub fn hex(self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The first 63 bits, as a number that is never negative.
    pub fn number(self) -> u64 {
        self.0.iter().take(8).fold(0, |number: u64, &byte| number << 8 | u64::from(byte)) & (u64::MAX >> 1)
    }
}

/// Whether a mention tells that it happened or goes on. What is denied, planned or supposed does not.
fn has_happened(event: &Event) -> bool {
    event.polarity == Polarity::Positive && !matches!(event.tense, Tense::Future | Tense::Hypothetical)
}

impl<'a> Article<'a> {
    pub fn new(record: &'a Record) -> Article<'a> {
        Article {
            record,
            words: Words::new(&record.document.text),
            entities: record.entities.iter().map(|entity| (entity.id.as_str(), entity)).collect(),
            places: record.places.iter().map(|place| (place.id.as_str(), place)).collect(),
            times: record.times.iter().map(|time| (time.id.as_str(), time)).collect(),
            quantities: record.quantities.iter().map(|quantity| (quantity.id.as_str(), quantity)).collect(),
            statements: record.statements.iter().map(|statement| (statement.id.as_str(), statement)).collect(),
        }
    }

    /// The happenings of the article, in the order of the text. With `all`, also what is denied, planned or supposed; a happening that is told both ways stands
    /// there twice.
    pub fn happenings(&self, all: bool) -> Vec<Happening<'a>> {
        let article = self.print();
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
                let mut id = id(&article, event, again);
                while !taken.insert(id) {
                    again += 1;
                    id = self::id(&article, event, again);
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

    /// What tells this article from others: two of one id differ in their text.
    fn print(&self) -> Vec<u8> {
        let document = &self.record.document;
        let hash = Sha256::new().chain_update(&document.id).chain_update([0]).chain_update(&document.text);
        hash.finalize().to_vec()
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
        let time = event.time.as_deref().and_then(|id| self.times.get(id));
        let told = time.and_then(|time| {
            let period = time.period()?;
            let (first, last) = (Day::parse(&period.start)?, Day::parse(&period.end)?.before());
            let clock =
                time.value.as_deref().and_then(|value| value.split_once('T')).and_then(|(_, clock)| clock.get(..5));
            let clock = clock.filter(|clock| clock.as_bytes().get(2) == Some(&b':')).map(str::to_owned);
            Some(When { first, last: (last != first).then_some(last), precision: Some(period.precision), clock })
        });
        told.or_else(|| Some(When { first: self.published()?, last: None, precision: None, clock: None }))
    }

    /// The words of an event's time.
    pub fn time_words(&self, event: &Event) -> Option<&'a str> {
        let time = self.times.get(event.time.as_deref()?)?;
        Some(self.words(time.span))
    }

    /// From the first to the last character of the trigger.
    pub fn trigger(&self, event: &Event) -> CharSpan {
        let spans = &event.trigger.spans;
        let start = spans.iter().map(|span| span.start).min().unwrap_or(0);
        CharSpan { start, end: spans.iter().map(|span| span.end).max().unwrap_or(start) }
    }

    /// The trigger as it is written; what stands between its parts is an ellipsis.
    pub fn trigger_words(&self, event: &Event) -> String {
        event.trigger.spans.iter().map(|span| self.words(*span)).collect::<Vec<_>>().join(" … ")
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
        let source = &self.statements.get(event.asserted_by.as_str())?.source;
        let named =
            source.entities.iter().filter_map(|id| self.entities.get(id.as_str())).filter(|entity| entity.named);
        let names: Vec<&str> = named.map(|entity| entity.name.as_str()).collect();
        let words = || source.spans.iter().map(|span| self.words(*span)).collect::<Vec<_>>().join(" … ");
        Some(if names.is_empty() { words() } else { names.join("; ") })
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
    let mut id = [0; 16];
    id.iter_mut().zip(hash.finalize()).for_each(|(byte, hashed)| *byte = hashed);
    Id(id)
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
