//! `onrecord who`: what one person, body or state is on record as saying, over any number of articles.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use onrecord::record::{CharSpan, Statement};
use onrecord::{Record, names_match};
use serde::Serialize;

use crate::outcome::Outcome;
use crate::paint::{self, Color, Style};
use crate::pretty::{self, Page};
use crate::reading;
use onrecord_tables::words::Words;

/// List what somebody is on record as saying, over several articles
///
/// NAME is a family name or a fuller one; titles, initials, accents and the usual transliterations make no difference ("Zelensky" finds Volodymyr
/// Zelenskyy), and a state or organisation goes by any of its names ("UN"). FILES are articles, as for onrecord read, or records that it wrote
/// (JSONL), which are not read again. Only what a source says by name, title or pronoun is listed, not what is said about NAME.
///
/// JSONL output has one statement a line: {"name", "document": {"id", "url", "outlet", "title", "published_at"}, "source", "content",
/// "statement"}, where "statement" is as in the record, and "source" and "content" are its words.
///
/// Exit code: 0 if all was read, 1 if some input failed, 2 if nothing could be done.
#[derive(Debug, Args)]
pub struct WhoArguments {
    /// Whose statements
    #[arg(value_name = "NAME")]
    name: String,
    /// Articles or records; - is stdin
    #[arg(value_name = "FILES", required = true)]
    paths: Vec<PathBuf>,
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
    /// One statement a line
    Jsonl,
}

/// Reads every input and writes what NAME says in it, in the order of the input.
///
/// # Errors
/// The model cannot be loaded, or `out` failed.
pub fn run(arguments: &WhoArguments, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let page = Page { columns: paint::columns(), is_coloured: arguments.color.on_stdout() };
    let mut tally = Tally::default();
    let inputs = reading::each(&arguments.paths, None, |record, label| {
        let found = found(record, &arguments.name);
        tally.count(&found);
        if found.is_empty() {
            return Ok(());
        }
        out.write_all(&written(record, label, &found, arguments.to, page))?;
        out.flush()
    })?;
    if arguments.to == To::Pretty {
        writeln!(out, "{}", paint::paint(&tally.line(&arguments.name, inputs.read), Style::Dim, page.is_coloured))?;
    }
    Ok(inputs.outcome())
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

fn written(record: &Record, label: &str, found: &[(&str, &str, &Statement)], to: To, page: Page) -> Vec<u8> {
    match to {
        To::Pretty => {
            let mut ids: Vec<&str> = found.iter().map(|(id, ..)| *id).collect();
            ids.dedup();
            (pretty::of_speakers(record, label, &ids, page) + "\n").into_bytes()
        }
        To::Jsonl => found.iter().flat_map(|(_, name, statement)| line(record, name, statement)).collect(),
    }
}

/// One statement with what is needed to cite it.
#[derive(Serialize)]
struct Citation<'a> {
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

fn line(record: &Record, name: &str, statement: &Statement) -> Vec<u8> {
    let words = Words::new(&record.document.text);
    let quoted = |spans: &[CharSpan]| spans.iter().filter_map(|span| words.of(*span)).collect::<Vec<_>>().join(" … ");
    let document = &record.document;
    let citation = Citation {
        name,
        document: CitedDocument {
            id: &document.id,
            url: &document.url,
            outlet: &document.outlet,
            title: &document.title,
            published_at: &document.published_at,
        },
        source: quoted(&statement.source.spans),
        content: quoted(&statement.content.spans),
        statement,
    };
    // String keys and finite numbers: nothing can fail on the way into memory.
    let mut line = serde_json::to_vec(&citation).unwrap_or_default();
    line.push(b'\n');
    line
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
        let plural = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
        if self.statements == 0 {
            return format!("No statements by {asked} in {}", plural(articles, "article"));
        }
        let names: Vec<String> = self.names.iter().map(|(name, count)| format!("{name} {count}")).collect();
        let of = plural(articles, "article");
        format!("{} in {} of {of}: {}", plural(self.statements, "statement"), self.with_statements, names.join(", "))
    }
}
