//! `onrecord show`: a permalink → the article, the statement or event with its article's words around it, or the person.

use std::io::{self, IsTerminal, Write};

use anyhow::Context;
use clap::{Args, ValueEnum};
use onrecord::Record;
use onrecord::permalinks;
use onrecord::record::{CharSpan, Entity, Event, Place, Statement, Time};
use onrecord_store::{Item, Store, views};
use onrecord_tables::words::Words;
use serde::Serialize;

use crate::outcome::{self, Outcome};
use crate::paint::{self, Color, Style, paint};
use crate::plain::{one_line, wrap};
use crate::pretty::{self, Page};
use crate::settings::Settings;
use crate::shelf::StoreArgument;

/// Show what a permalink of a store leads to
///
/// An article comes as onrecord read --to pretty has it, or as its record; a statement, an event, an entity, a place or a time with the paragraphs in which it stands;
/// somebody or something across articles with its names, its roles and how often it speaks. ID#char=START,END is a stretch of an article, in characters.
///
/// Exit code: 0 if it is there, 1 if it is not or was taken out (which is told with who did and why), 2 if nothing could be done.
#[derive(Debug, Args)]
pub struct ShowArguments {
    /// A permalink, as the rows of onrecord search begin with it and exports end with it
    #[arg(value_name = "ID")]
    id: String,
    /// What to write [default: pretty on a terminal, else json]
    #[arg(long, value_enum)]
    to: Option<To>,
    /// When pretty output is coloured
    #[arg(long, value_enum, default_value = "auto")]
    color: Color,
    #[command(flatten)]
    store: StoreArgument,
}

/// What an item is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum To {
    /// For people
    Pretty,
    /// Indented JSON
    Json,
    /// JSON on one line
    Jsonl,
}

/// Shows the item.
///
/// # Errors
/// There is no store, or `out` failed.
pub fn run(arguments: &ShowArguments, settings: &Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let store = arguments.store.open(settings)?;
    let to = arguments.to.unwrap_or(if io::stdout().is_terminal() { To::Pretty } else { To::Json });
    let page = Page { columns: paint::columns(), is_coloured: arguments.color.on_stdout() };
    let shown = Shown { store: &store, settings, page, to };
    let written = match arguments.id.split_once("#char=") {
        Some((document, chars)) => shown.stretch(document, chars)?,
        None => shown.item(&arguments.id)?,
    };
    let Some(written) = written else { return Ok(Outcome::NothingFound) };
    out.write_all(written.as_bytes())?;
    Ok(Outcome::Clean)
}

struct Shown<'a> {
    store: &'a Store,
    settings: &'a Settings,
    page: Page,
    to: To,
}

impl Shown<'_> {
    /// The item as it is written; none where there is nothing, which is told.
    fn item(&self, id: &str) -> anyhow::Result<Option<String>> {
        match self.store.item(id)? {
            None => {
                outcome::tell(&format!("nothing in {} has the permalink {id:?}", self.store.path().display()));
                Ok(None)
            }
            Some(Item::Withdrawn(withdrawal)) => {
                let (at, who, why) = (&withdrawal.at, &withdrawal.who, &withdrawal.why);
                outcome::tell(&format!("{id} was taken out by {who} on {at}: {why}"));
                Ok(None)
            }
            Some(Item::Subject) => self.subject(id),
            Some(Item::Document) => Ok(self.record(id)?.map(|record| match self.to {
                To::Pretty => pretty::article(&record, id, self.page),
                to => json(&record, to),
            })),
            Some(Item::Statement(at) | Item::Event(at) | Item::Entity(at) | Item::Place(at) | Item::Time(at)) => {
                self.part(id, &at)
            }
        }
    }

    fn record(&self, id: &str) -> anyhow::Result<Option<Record>> {
        Ok(self.store.record(id)?)
    }

    /// An item in the article of `id`.
    fn part(&self, id: &str, in_record: &str) -> anyhow::Result<Option<String>> {
        let Some(record) = self.record(id)? else { return Ok(None) };
        if self.to == To::Pretty {
            return Ok(pretty::item(&record, id, in_record, self.page));
        }
        let words = Words::new(&record.document.text);
        let quoted =
            |spans: &[CharSpan]| spans.iter().filter_map(|span| words.of(*span)).collect::<Vec<_>>().join(" … ");
        let statement = record.statements.iter().find(|statement| statement.id == in_record);
        let event = record.events.iter().find(|event| event.id == in_record);
        let place = record.places.iter().find(|place| place.id == in_record);
        let time = record.times.iter().find(|time| time.id == in_record);
        let span = place.map(|place| place.span).or(time.map(|time| time.span));
        let part = Part {
            words: span.and_then(|span| words.of(span)),
            source: statement.map(|statement| quoted(&statement.source.spans)),
            content: statement.map(|statement| quoted(&statement.content.spans)),
            trigger: event.map(|event| quoted(&event.trigger.spans)),
            around: pretty::around(&record, in_record),
            statement,
            event,
            entity: record.entities.iter().find(|entity| entity.id == in_record),
            place,
            time,
            ..Part::of(&record, id)
        };
        Ok(Some(json(&part, self.to)))
    }

    /// Characters of an article with the paragraphs around them.
    fn stretch(&self, document: &str, chars: &str) -> anyhow::Result<Option<String>> {
        let ends = chars.split_once(',').and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
        let (start, end) = ends.with_context(|| format!("{chars:?} is no stretch such as 120,134"))?;
        let span = CharSpan { start, end };
        if !matches!(self.store.item(document)?, Some(Item::Document)) {
            return self.item(document).map(|_| None);
        }
        let Some(record) = self.record(document)? else { return Ok(None) };
        let words = Words::new(&record.document.text);
        let Some(text) = words.of(span).filter(|_| start < end) else {
            outcome::tell(&format!("{document} has {} characters, not {start} to {end}", words.chars()));
            return Ok(None);
        };
        if self.to == To::Pretty {
            return Ok(pretty::stretch(&record, document, span, self.page));
        }
        let id = format!("{document}#char={start},{end}");
        Ok(Some(json(&Part { words: Some(text), ..Part::of(&record, &id) }, self.to)))
    }

    fn subject(&self, id: &str) -> anyhow::Result<Option<String>> {
        let reading = self.store.readers().get(self.settings.search_time())?;
        let Some(subject) = views::subject(&reading, id)? else { return Ok(None) };
        Ok(Some(if self.to == To::Pretty { self.card(&subject) } else { json(&subject, self.to) }))
    }

    /// Somebody or something as a page.
    fn card(&self, subject: &views::Subject) -> String {
        let about = [Some(&subject.kind), subject.country.as_ref(), subject.sector.as_ref()];
        let about: Vec<String> = about.into_iter().flatten().map(|code| one_line(code)).collect();
        let mut lines = vec![paint(&one_line(&subject.name), Style::Bold, self.page.is_coloured)];
        let mut line = |text: &str| lines.extend(wrap(&one_line(text), self.page.columns));
        line(&about.join(" · "));
        if !subject.roles.is_empty() {
            line(&format!("called {}", subject.roles.join(", ")));
        }
        if subject.names.len() > 1 {
            line(&format!("written {}", subject.names.join(", ")));
        }
        for merged in &subject.merged {
            line(&format!("the same as {} ({}): {}", merged.name, merged.id, merged.because));
        }
        let counted = |count, noun| crate::listing::plural(count, noun);
        let counts = [
            counted(subject.statements, "statement"),
            counted(subject.events, "event"),
            counted(subject.documents, "article"),
        ];
        line(&counts.join(", "));
        line(&format!("onrecord search --speaker {}", subject.id));
        lines.join("\n") + "\n"
    }
}

/// A part of an article as JSON.
#[derive(Serialize)]
struct Part<'a> {
    id: &'a str,
    document: Cited<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    trigger: Option<String>,
    /// The paragraphs in which it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    around: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statement: Option<&'a Statement>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<&'a Event>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<&'a Entity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<&'a Time>,
}

#[derive(Serialize)]
struct Cited<'a> {
    id: String,
    url: &'a Option<String>,
    outlet: &'a Option<String>,
    title: &'a Option<String>,
    published_at: &'a Option<String>,
}

impl<'a> Part<'a> {
    /// What is needed to cite the part `id` of `record`.
    fn of(record: &'a Record, id: &'a str) -> Part<'a> {
        let document = &record.document;
        let cited = Cited {
            id: permalinks::of_document(&document.text).1,
            url: &document.url,
            outlet: &document.outlet,
            title: &document.title,
            published_at: &document.published_at,
        };
        Part {
            id,
            document: cited,
            words: None,
            source: None,
            content: None,
            trigger: None,
            around: None,
            statement: None,
            event: None,
            entity: None,
            place: None,
            time: None,
        }
    }
}

fn json(value: &impl Serialize, to: To) -> String {
    // String keys and finite numbers: nothing can fail on the way into memory.
    let written = if to == To::Json { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) };
    written.unwrap_or_default() + "\n"
}
