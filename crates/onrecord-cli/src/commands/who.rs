//! `onrecord who`: what one person, body or state is on record as saying, over any number of articles.

use std::collections::BTreeMap;
use std::io::Write;

use clap::{Args, ValueEnum};
use onrecord::permalinks::Permalinks;
use onrecord::record::{CharSpan, Statement};
use onrecord::{Record, names_match};
use onrecord_tables::words::Words;
use serde::Serialize;

use crate::listing::{self, Listing, Row, plural};
use crate::outcome::Outcome;
use crate::paint::{self, Color, Style};
use crate::pretty::{self, Page};
use crate::settings::Settings;
use crate::shelf::Material;

/// List what somebody is on record as saying, over several articles
///
/// NAME is a family name or a fuller one; titles, initials, accents and the usual transliterations make no difference ("Zelensky" finds Volodymyr
/// Zelenskyy), and a state or organisation goes by any of its names ("UN"). FILES are articles, as for onrecord read, or records that it wrote
/// (JSONL), which are not read again; without them, the articles of the store are looked through. Only what a source says by name, title or pronoun is listed, not what
/// is said about NAME.
///
/// JSON and JSONL have {"id", "name", "document": {"id", "url", "outlet", "title", "published_at"}, "source", "content", "statement"} for each statement, where
/// "statement" is as in the record, "source" and "content" are its words, and "id" is the permalink that it has in any store; an article of a store goes by its
/// permalink, too. CSV has the same in columns.
///
/// Exit code: 0 if all was read, 1 if some input failed or a store has nothing of the kind, 2 if nothing could be done.
#[derive(Debug, Args)]
pub struct WhoArguments {
    /// Whose statements
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    material: Material,
    /// What to write
    #[arg(long, value_enum, default_value = "pretty")]
    to: To,
    /// When pretty output is coloured
    #[arg(long, value_enum, default_value = "auto")]
    color: Color,
}

/// What the list is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum To {
    /// For people: article by article
    Pretty,
    /// For people: a statement a row
    Table,
    /// One array of all statements
    Json,
    /// One statement a line
    Jsonl,
    /// For spreadsheets
    Csv,
}

impl To {
    /// The form of a list; none for a page.
    fn listed(self) -> Option<listing::To> {
        match self {
            To::Pretty => None,
            To::Table => Some(listing::To::Table),
            To::Json => Some(listing::To::Json),
            To::Jsonl => Some(listing::To::Jsonl),
            To::Csv => Some(listing::To::Csv),
        }
    }
}

/// Reads every input and writes what NAME says in it, in the order of the input.
///
/// # Errors
/// There is no store, the model cannot be loaded, or `out` failed.
pub fn run(arguments: &WhoArguments, settings: &Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let page = Page { columns: paint::columns(), is_coloured: arguments.color.on_stdout() };
    let mut tally = Tally::default();
    let inputs = match arguments.to.listed() {
        None => arguments.material.each_with(&arguments.name, settings, |record, label| {
            let found = found(record, &arguments.name);
            tally.count(&found);
            if found.is_empty() {
                return Ok(());
            }
            let mut ids: Vec<&str> = found.iter().map(|(id, ..)| *id).collect();
            ids.dedup();
            writeln!(out, "{}", pretty::of_speakers(record, label, &ids, page))?;
            out.flush()
        })?,
        Some(to) => {
            let mut listing = Listing::new(to, page, &mut *out);
            let inputs = arguments.material.each_with(&arguments.name, settings, |record, label| {
                let found = found(record, &arguments.name);
                tally.count(&found);
                citations(record, arguments.material.name(record, label), &found)
                    .iter()
                    .try_for_each(|citation| listing.row(citation))
            })?;
            listing.end::<Citation>(&tally.line(&arguments.name, inputs.read))?;
            inputs
        }
    };
    if arguments.to == To::Pretty {
        writeln!(out, "{}", paint::paint(&tally.line(&arguments.name, inputs.read), Style::Dim, page.is_coloured))?;
    }
    let is_nothing = arguments.material.is_store() && tally.statements == 0;
    Ok(if is_nothing { Outcome::NothingFound } else { inputs.outcome() })
}

/// The statements of the entities that bear the name, each with the entity's.
fn found<'a>(record: &'a Record, name: &str) -> Vec<(&'a str, &'a str, &'a Statement)> {
    let asked: Vec<_> =
        record.entities.iter().filter(|entity| entity.named && names_match(name, &entity.name)).collect();
    let speaker = |statement: &Statement| asked.iter().find(|entity| statement.source.entities.contains(&entity.id));
    record
        .statements
        .iter()
        .filter_map(|statement| speaker(statement).map(|entity| (entity.id.as_str(), entity.name.as_str(), statement)))
        .collect()
}

/// One statement with what is needed to cite it.
#[derive(Serialize)]
struct Citation<'a> {
    id: String,
    name: &'a str,
    document: CitedDocument<'a>,
    source: String,
    content: String,
    statement: &'a Statement,
}

#[derive(Serialize)]
struct CitedDocument<'a> {
    id: &'a str,
    url: &'a Option<String>,
    outlet: &'a Option<String>,
    title: &'a Option<String>,
    published_at: &'a Option<String>,
}

impl Row for Citation<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "name",
        "published",
        "outlet",
        "title",
        "source",
        "act",
        "form",
        "polarity",
        "content",
        "confidence",
        "document",
        "in_record",
        "url",
    ];
    const SHOWN: &'static [&'static str] = &["id", "name", "published", "act", "content"];

    fn cells(&self) -> Vec<String> {
        let word = |value: &dyn std::fmt::Debug| format!("{value:?}").to_lowercase();
        let known = |text: &Option<String>| text.clone().unwrap_or_default();
        vec![
            self.id.clone(),
            self.name.to_owned(),
            known(self.document.published_at),
            known(self.document.outlet),
            known(self.document.title),
            self.source.clone(),
            self.statement.cue.act.clone(),
            word(&self.statement.form),
            word(&self.statement.polarity),
            self.content.clone(),
            self.statement.confidence.to_string(),
            self.document.id.to_owned(),
            self.statement.id.clone(),
            known(self.document.url),
        ]
    }
}

fn citations<'a>(
    record: &'a Record,
    document_name: &'a str,
    found: &[(&str, &'a str, &'a Statement)],
) -> Vec<Citation<'a>> {
    let words = Words::new(&record.document.text);
    let permalinks = Permalinks::of(record);
    let permalinks = permalinks.of_statements(record);
    let quoted = |spans: &[CharSpan]| spans.iter().filter_map(|span| words.of(*span)).collect::<Vec<_>>().join(" … ");
    let document = &record.document;
    let cited = found.iter().map(|(_, name, statement)| Citation {
        id: permalinks.get(statement.id.as_str()).copied().unwrap_or_default().to_owned(),
        name,
        document: CitedDocument {
            id: document_name,
            url: &document.url,
            outlet: &document.outlet,
            title: &document.title,
            published_at: &document.published_at,
        },
        source: quoted(&statement.source.spans),
        content: quoted(&statement.content.spans),
        statement,
    });
    cited.collect()
}

#[derive(Default)]
struct Tally {
    with_statements: usize,
    statements: usize,
    /// How often each name was found.
    names: BTreeMap<String, usize>,
}

impl Tally {
    fn count(&mut self, found: &[(&str, &str, &Statement)]) {
        self.with_statements += usize::from(!found.is_empty());
        self.statements += found.len();
        for (_, name, _) in found {
            *self.names.entry((*name).to_owned()).or_default() += 1;
        }
    }

    /// `3 statements in 2 of 5 articles: Ada Holm 2, A. Holm 1`.
    fn line(&self, asked: &str, articles: usize) -> String {
        let of = plural(articles as u64, "article");
        if self.statements == 0 {
            return format!("No statements by {asked} in {of}");
        }
        let names: Vec<String> = self.names.iter().map(|(name, count)| format!("{name} {count}")).collect();
        let statements = plural(self.statements as u64, "statement");
        format!("{statements} in {} of {of}: {}", self.with_statements, names.join(", "))
    }
}
