//! `onrecord export`: what records hold, in the formats of other tools.

use std::io::Write;
use std::path::PathBuf;

use anyhow::bail;
use clap::{Args, Subcommand};

use super::read::day;
use crate::export::{self, Format, Options};
use crate::outcome::Outcome;
use crate::reading;

/// Write what articles tell in the formats of other tools
#[derive(Debug, Args)]
pub struct ExportArguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Events(EventsArguments),
}

/// Write the events that articles tell of: POLECAT, ICEWS, GDELT, JSON lines, CSV
///
/// FILES are articles, as for onrecord read, or records that it wrote (JSONL), which are not read again. All rows are written, in the order of the input; an event
/// that an article tells of several times is one row.
///
/// POLECAT, ICEWS and GDELT have no room for who says so, nor for what is denied, planned or supposed: such events are left out there, unless --all is given. An
/// event without a date of its own has that of publication. docs/exports.md tells what each column holds and which stay empty.
///
/// Exit code: 0 if all was read, 1 if some input failed, 2 if nothing could be done.
#[derive(Debug, Args)]
pub struct EventsArguments {
    /// Articles or records; - is stdin
    #[arg(value_name = "FILES", required = true)]
    paths: Vec<PathBuf>,
    /// What to write
    #[arg(long, value_enum, default_value = "jsonl")]
    format: Format,
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

/// Reads every input and writes what was asked for, in the order of the input.
///
/// # Errors
/// The options do not go together, the model cannot be loaded, or `out` failed.
pub fn run(arguments: &ExportArguments, out: &mut impl Write) -> anyhow::Result<Outcome> {
    match &arguments.what {
        What::Events(arguments) => events(arguments, out),
    }
}

fn events(arguments: &EventsArguments, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let options = Options { format: arguments.format, all: arguments.all, spreadsheet: arguments.spreadsheet };
    if options.spreadsheet && options.format != Format::Csv {
        bail!("--spreadsheet is for --format csv");
    }
    out.write_all(export::header(options).as_bytes())?;
    let tally = reading::each(&arguments.paths, arguments.date.as_deref(), |record, _| {
        export::rows(record, options).iter().try_for_each(|row| out.write_all(row.as_bytes()))?;
        out.flush()
    })?;
    Ok(tally.outcome())
}
