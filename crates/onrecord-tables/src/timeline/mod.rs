//! Records → what they date, in the order of time: statements that tell when they were made, and the sentences around all other dates.
//!
//! Reads records; gives [`Entry`]s, which hold what is needed to print and to cite them, so that a record need not be kept. Nothing is made finer than it is told:
//! a month stays a month. Absent on purpose: lengths, repetitions, and dates of which the text tells only a part.

mod label;

use std::collections::{HashMap, HashSet};

use onrecord::Record;
use onrecord::permalinks::Permalinks;
use onrecord::record::{CharSpan, Period, Statement, Time};
use serde::Serialize;

pub use label::label;

use crate::plain::one_line;
use crate::words::Words;

/// One thing that is dated.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// Its permalink: that of the statement, or of the time that stands for itself.
    pub id: String,
    /// When it was.
    pub when: When,
    /// What was said then; none where a date stands for itself.
    pub statement: Option<Said>,
    /// The sentence that holds the date.
    pub sentence: String,
    /// The article.
    pub document: Cited,
}

/// When it was, as far as it is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct When {
    /// The first day.
    pub start: String,
    /// The day behind the last one.
    pub end: String,
    /// `day`, `week`, `month`, …
    pub precision: onrecord::record::Precision,
    /// TIMEX3 value.
    pub value: String,
    /// TIMEX3 mod.
    #[serde(rename = "mod")]
    pub modifier: Option<String>,
    /// The words that tell it.
    pub words: String,
}

/// A statement with its speakers by name.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Said {
    /// The id in the record.
    pub id: String,
    /// The names of those who made it; the words of the source where it names nobody.
    pub speaker: String,
    /// The kind of saying.
    pub act: String,
    /// Its words.
    pub content: String,
}

/// Where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cited {
    /// The id of the document.
    pub id: String,
    /// The id of the time in the record.
    pub time: String,
    /// Where it was published.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// When it was published.
    pub published_at: Option<String>,
    /// Where the record came from.
    #[serde(skip)]
    pub label: String,
}

/// What `record` dates, in the order of its text. `label` says where it came from.
pub fn entries(record: &Record, label: &str) -> Vec<Entry> {
    let words = Words::new(&record.document.text);
    let mut statements: HashMap<&str, Vec<&Statement>> = HashMap::new();
    for statement in &record.statements {
        if let Some(time) = &statement.time {
            statements.entry(time).or_default().push(statement);
        }
    }
    let ends: HashSet<&str> = record.times.iter().filter_map(|time| time.until.as_deref()).collect();
    let times: HashMap<&str, &Time> = record.times.iter().map(|time| (time.id.as_str(), time)).collect();
    let mut found = Vec::new();
    let links = Permalinks::of(record);
    let of_statement = links.of_statements(record);
    for (time, time_id) in record.times.iter().zip(&links.times).filter(|(time, _)| !ends.contains(time.id.as_str())) {
        let Some(when) = when(&times, time, &words) else { continue };
        let sentence = sentence(record, time.span, &words);
        let cited = cited(record, time, label);
        let entry = |statement: Option<Said>| Entry {
            id: statement
                .as_ref()
                .and_then(|said| of_statement.get(said.id.as_str()))
                .copied()
                .unwrap_or(time_id)
                .to_owned(),
            when: when.clone(),
            statement,
            sentence: sentence.clone(),
            document: cited.clone(),
        };
        match statements.get(time.id.as_str()) {
            Some(theirs) => found.extend(theirs.iter().map(|statement| entry(Some(said(record, statement, &words))))),
            None => found.push(entry(None)),
        }
    }
    found
}

/// Puts entries in the order of time: by the first day and the time of day, the finer first; else as they come.
pub fn sort(entries: &mut [Entry]) {
    entries.sort_by(|a, b| key(&a.when).cmp(&key(&b.when)));
}

fn key(when: &When) -> (&str, onrecord::record::Precision, &str, &str) {
    (&when.start, when.precision, when.value.get(10..).unwrap_or_default(), &when.end)
}

/// The days of a time, up to the end of the stretch that it begins.
fn when(times: &HashMap<&str, &Time>, time: &Time, words: &Words) -> Option<When> {
    let period = time.period()?;
    let last = time.until.as_deref().and_then(|id| times.get(id)).copied();
    let last = last.and_then(|last| Some((last, last.period().filter(|last| last.end > period.end)?)));
    let value = time.value.clone()?;
    let words_of = |time: &Time| words.of(time.span).map(one_line).unwrap_or_default();
    Some(match last {
        Some((last, Period { end, .. })) => When {
            start: period.start,
            end,
            precision: period.precision,
            value: format!("{value}/{}", last.value.as_deref().unwrap_or_default()),
            modifier: None,
            words: format!("{} … {}", words_of(time), words_of(last)),
        },
        None => When {
            start: period.start,
            end: period.end,
            precision: period.precision,
            value,
            modifier: time.modifier.clone(),
            words: words_of(time),
        },
    })
}

fn said(record: &Record, statement: &Statement, words: &Words) -> Said {
    let quoted = |spans: &[CharSpan]| {
        spans.iter().filter_map(|span| words.of(*span)).map(one_line).collect::<Vec<_>>().join(" … ")
    };
    let named = |id: &String| record.entities.iter().find(|entity| entity.id == *id && entity.named);
    let names: Vec<String> =
        statement.source.entities.iter().filter_map(named).map(|entity| one_line(&entity.name)).collect();
    let source = quoted(&statement.source.spans);
    Said {
        id: statement.id.clone(),
        speaker: match (names.is_empty(), source.is_empty()) {
            (false, _) => names.join(", "),
            (true, false) => source,
            (true, true) => "No source named".to_owned(),
        },
        act: statement.cue.act.clone(),
        content: quoted(&statement.content.spans),
    }
}

/// The sentence that a span begins in.
fn sentence(record: &Record, span: CharSpan, words: &Words) -> String {
    let sentences = &record.document.sentences;
    let at = sentences.partition_point(|sentence| sentence.end <= span.start);
    let holds = sentences.get(at).filter(|sentence| sentence.start <= span.start);
    words.of(*holds.unwrap_or(&span)).map(one_line).unwrap_or_default()
}

fn cited(record: &Record, time: &Time, label: &str) -> Cited {
    let document = &record.document;
    Cited {
        id: document.id.clone(),
        time: time.id.clone(),
        url: document.url.clone(),
        outlet: document.outlet.clone(),
        title: document.title.clone(),
        published_at: document.published_at.clone(),
        label: label.to_owned(),
    }
}

impl Entry {
    /// The id of the entry within its document: that of its statement, else that of its time.
    pub fn item(&self) -> &str {
        self.statement.as_ref().map_or(&self.document.time, |said| &said.id)
    }

    /// `Ada Holm: “The dam holds,”`, or the sentence around the date.
    pub fn line(&self) -> String {
        match &self.statement {
            Some(said) => format!("{}: {}", said.speaker, said.content),
            None => self.sentence.clone(),
        }
    }

    /// `Lorne Echo · The dam · 2021-05-12`: the article by what is known of it.
    pub fn source(&self) -> String {
        let document = &self.document;
        let title =
            document.title.as_deref().unwrap_or(if document.label == "-" { "standard input" } else { &document.label });
        let parts = [document.outlet.as_deref(), Some(title), document.published_at.as_deref()];
        parts.into_iter().flatten().map(one_line).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}
