//! `onrecord export`: what records hold, in the formats of other tools.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, Subcommand, ValueEnum};
use onrecord::Record;
use onrecord_tables::Base;
use onrecord_tables::formats::{Export, Folder, FolderFormat, Format, Options};
use onrecord_tables::tables::Table;

use super::read::day;
use crate::outcome::{Inputs, Outcome};
use crate::settings::Settings;
use crate::shelf::Material;

/// Write what articles tell in the formats of other tools
///
/// FILES are articles, as for onrecord read, or records that it wrote (JSONL), which are not read again; without them, the articles of the store are taken, the
/// oldest first. All of it is written, in the order of the input. Offsets are
/// Unicode code points of the text, save where a format counts otherwise (hypothesis: UTF-16). docs/exports.md tells what each format holds.
///
/// parquet, brat, and csv without --table write several files into a new folder, which --out names.
///
/// Exit code: 0 if all was read, 1 if some input failed, 2 if nothing could be done.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct ExportArguments {
    #[command(subcommand)]
    what: Option<What>,
    #[command(flatten)]
    arguments: FormatArguments,
}

#[derive(Debug, Args)]
struct FormatArguments {
    #[command(flatten)]
    material: Material,
    /// What to write
    #[arg(long, value_enum, required = true)]
    to: Option<To>,
    /// Where to write: a file, or a new folder for formats of several files [default: stdout]
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
    /// The table that CSV is written of [default: all, into a folder]
    #[arg(long, value_enum)]
    table: Option<CsvTable>,
    /// What permalinks begin with
    #[arg(long, value_name = "URL", value_parser = Base::new, default_value = "urn:onrecord:")]
    base_url: Base,
    /// Also what is denied, planned or supposed, where the format cannot say so
    #[arg(long)]
    all: bool,
    /// CSV for a spreadsheet: with a byte order mark, and an apostrophe before what would run as a formula
    #[arg(long)]
    spreadsheet: bool,
    /// The headline of a timeline
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// When articles without a date of their own were published
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    date: Option<String>,
}

/// What records are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum To {
    /// Records as they are, one a line
    Jsonl,
    /// Rows of documents, statements, events and entities as JSON lines, told apart by their type
    Rows,
    /// Tables for spreadsheets
    Csv,
    /// Five tables for Spark, DuckDB and Polars, in a folder
    #[cfg(feature = "parquet")]
    Parquet,
    /// W3C Web Annotation: JSON-LD, an annotation a line
    WebAnnotation,
    /// What the API of Hypothesis takes, an annotation a line
    Hypothesis,
    /// schema.org: JSON-LD, an article a line
    SchemaOrg,
    /// FollowTheMoney, for Aleph: an entity a line
    Ftm,
    /// Texts and standoff annotations, in a folder
    Brat,
    /// CoNLL-U: tokens, with spans in MISC
    Conllu,
    /// Places for a map
    Geojson,
    /// Dates for a calendar (iCalendar)
    Ics,
    /// Dates for TimelineJS 3
    Timelinejs,
    /// Events as PLOVER, a JSON object a line
    Plover,
    /// Events as POLECAT's weekly file
    Polecat,
    /// Events as ICEWS's yearly file
    Icews,
    /// Events as GDELT 2.0 has them
    Gdelt,
    /// Mentions of events as GDELT 2.0 has them
    GdeltMentions,
}

/// A table that CSV can be written of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CsvTable {
    Documents,
    Statements,
    Events,
    EventMentions,
    Entities,
}

#[derive(Debug, Subcommand)]
enum What {
    Events(EventsArguments),
}

/// Write the events that articles tell of: POLECAT, ICEWS, GDELT, JSON lines, CSV
///
/// FILES are articles, as for onrecord read, or records that it wrote (JSONL), which are not read again; without them, the articles of the store are taken,
/// the oldest first. All rows are written, in the order of the input; an event
/// that an article tells of several times is one row.
///
/// POLECAT, ICEWS and GDELT have no room for who says so, nor for what is denied, planned or supposed: such events are left out there, unless --all is given. An
/// event without a date of its own has that of publication. docs/exports.md tells what each column holds and which stay empty.
///
/// Exit code: 0 if all was read, 1 if some input failed, 2 if nothing could be done.
#[derive(Debug, Args)]
pub struct EventsArguments {
    #[command(flatten)]
    material: Material,
    /// What to write
    #[arg(long, value_enum, default_value = "jsonl")]
    format: EventFormat,
    /// Also what is denied, planned or supposed, where the format cannot say so
    #[arg(long)]
    all: bool,
    /// CSV for a spreadsheet: with a byte order mark, and an apostrophe before what would run as a formula
    #[arg(long)]
    spreadsheet: bool,
    /// When articles without a date of their own were published
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    date: Option<String>,
}

/// What events are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum EventFormat {
    /// PLOVER, a JSON object a line, with offsets
    Jsonl,
    /// All that the record has, an event a row
    Csv,
    /// POLECAT's weekly file: 40 columns, tabs
    Polecat,
    /// ICEWS's yearly file: 20 columns, tabs
    Icews,
    /// GDELT 2.0 events: 61 columns, tabs, no header
    Gdelt,
    /// GDELT 2.0 mentions: 16 columns, tabs, no header
    GdeltMentions,
}

/// Where records go.
enum Written {
    Stream(Format),
    Folder(FolderFormat),
}

/// Reads every input and writes what was asked for, in the order of the input.
///
/// # Errors
/// The options do not go together, the model cannot be loaded, or the output failed.
pub fn run(arguments: &ExportArguments, settings: &Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    match &arguments.what {
        Some(What::Events(arguments)) => events(arguments, settings, out),
        None => records(&arguments.arguments, settings, out),
    }
}

fn records(arguments: &FormatArguments, settings: &Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let Some(to) = arguments.to else { bail!("--to names no format") };
    if arguments.spreadsheet && to != To::Csv {
        bail!("--spreadsheet is for --to csv");
    }
    if arguments.table.is_some() && to != To::Csv {
        bail!("--table is for --to csv");
    }
    let options = Options {
        base: arguments.base_url.clone(),
        all: arguments.all,
        spreadsheet: arguments.spreadsheet,
        title: arguments.title.clone(),
    };
    let from = From { material: &arguments.material, date: arguments.date.as_deref(), settings };
    match (written(to, arguments.table), &arguments.out) {
        (Written::Folder(_), None) => bail!("this format is several files: name a new folder with --out"),
        (Written::Folder(format), Some(path)) => folder(&from, format, &options, path),
        (Written::Stream(format), None) => stream(&from, format, options, out),
        (Written::Stream(format), Some(path)) => {
            let file = File::create(path).with_context(|| path.display().to_string())?;
            stream(&from, format, options, BufWriter::new(file))
        }
    }
}

fn written(to: To, table: Option<CsvTable>) -> Written {
    Written::Stream(match to {
        To::Jsonl => Format::Jsonl,
        To::Rows => Format::Rows,
        To::Csv => match table {
            None => return Written::Folder(FolderFormat::Csv),
            Some(CsvTable::Documents) => Format::Csv(Table::Documents),
            Some(CsvTable::Statements) => Format::Csv(Table::Statements),
            Some(CsvTable::Events) => Format::Csv(Table::Events),
            Some(CsvTable::EventMentions) => Format::Csv(Table::EventMentions),
            Some(CsvTable::Entities) => Format::Csv(Table::Entities),
        },
        #[cfg(feature = "parquet")]
        To::Parquet => return Written::Folder(FolderFormat::Parquet),
        To::Brat => return Written::Folder(FolderFormat::Brat),
        To::WebAnnotation => Format::WebAnnotation,
        To::Hypothesis => Format::Hypothesis,
        To::SchemaOrg => Format::SchemaOrg,
        To::Ftm => Format::FollowTheMoney,
        To::Conllu => Format::Conllu,
        To::Geojson => Format::Geojson,
        To::Ics => Format::Icalendar,
        To::Timelinejs => Format::Timelinejs,
        To::Plover => Format::Plover,
        To::Polecat => Format::Polecat,
        To::Icews => Format::Icews,
        To::Gdelt => Format::Gdelt,
        To::GdeltMentions => Format::GdeltMentions,
    })
}

fn events(arguments: &EventsArguments, settings: &Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    if arguments.spreadsheet && arguments.format != EventFormat::Csv {
        bail!("--spreadsheet is for --format csv");
    }
    let format = match arguments.format {
        EventFormat::Jsonl => Format::Plover,
        EventFormat::Csv => Format::EventCsv,
        EventFormat::Polecat => Format::Polecat,
        EventFormat::Icews => Format::Icews,
        EventFormat::Gdelt => Format::Gdelt,
        EventFormat::GdeltMentions => Format::GdeltMentions,
    };
    let options = Options { all: arguments.all, spreadsheet: arguments.spreadsheet, ..Options::default() };
    let from = From { material: &arguments.material, date: arguments.date.as_deref(), settings };
    stream(&from, format, options, out)
}

/// Where records come from.
struct From<'a> {
    material: &'a Material,
    date: Option<&'a str>,
    settings: &'a Settings,
}

impl From<'_> {
    fn each(&self, mut take: impl FnMut(&Record) -> io::Result<()>) -> anyhow::Result<Inputs> {
        self.material.each(self.date, self.settings, |record, _| take(record))
    }

    /// An empty store, or nothing that was chosen, is told by the exit code.
    fn outcome(&self, inputs: &Inputs) -> Outcome {
        if self.material.is_store() && inputs.read == 0 { Outcome::NothingFound } else { inputs.outcome() }
    }
}

fn stream(from: &From, format: Format, options: Options, out: impl Write) -> anyhow::Result<Outcome> {
    let mut export = Export::new(format, options, out)?;
    let inputs = from.each(|record| export.add(record))?;
    export.end()?;
    Ok(from.outcome(&inputs))
}

fn folder(from: &From, format: FolderFormat, options: &Options, path: &Path) -> anyhow::Result<Outcome> {
    let mut folder = Folder::new(format, options, path)?;
    let inputs = from.each(|record| folder.add(record).map_err(io::Error::other))?;
    folder.end()?;
    Ok(from.outcome(&inputs))
}
