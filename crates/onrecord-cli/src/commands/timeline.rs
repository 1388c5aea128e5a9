//! `onrecord timeline`: what any number of articles date, in the order of time.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use onrecord_tables::formats::calendar;
use onrecord_tables::timeline::{self, Entry};

use super::read::day;
use crate::outcome::Outcome;
use crate::paint::{self, Color, Style};
use crate::pretty::Page;
use crate::reading;
use crate::timeline::page as page_of;

/// Put what several articles date in the order of time
///
/// FILES are articles, as for onrecord read, or records that it wrote (JSONL), which are not read again. Listed are the statements of which the text tells when they
/// were made, and the sentences around all other dates; what it dates no finer than a month or a year is listed as that. Lengths ("two days"), repetitions ("every
/// year"), times without a date ("recently") and dates that cannot be told are left out. All is held until the last article is read.
///
/// JSONL output has one entry a line: {"when": {"start", "end", "precision", "value", "mod", "words"}, "statement": {"id", "speaker", "act", "content"} or null,
/// "sentence", "document": {"id", "time", "url", "outlet", "title", "published_at"}}; "end" is the day behind the last one. CSV has the same in columns. An iCalendar
/// file has an event for each entry; what is told no finer than a week is entered on its first day, and its description says so.
///
/// Exit code: 0 if all was read, 1 if some input failed, 2 if nothing could be done.
#[derive(Debug, Args)]
pub struct TimelineArguments {
    /// Articles or records; - is stdin
    #[arg(value_name = "FILES", required = true)]
    paths: Vec<PathBuf>,
    /// What to write
    #[arg(long, value_enum, default_value = "pretty")]
    to: To,
    /// When articles without a date of their own were published
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    date: Option<String>,
    /// When pretty output is coloured
    #[arg(long, value_enum, default_value = "auto")]
    color: Color,
}

/// What the timeline is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum To {
    /// For people
    Pretty,
    /// One entry a line
    Jsonl,
    /// For spreadsheets
    Csv,
    /// For calendars
    Ics,
}

/// Reads every input and writes what it dates, all in the order of time.
///
/// # Errors
/// The model cannot be loaded, or `out` failed.
pub fn run(arguments: &TimelineArguments, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let mut entries = Vec::new();
    let inputs = reading::each(&arguments.paths, arguments.date.as_deref(), |record, label| {
        entries.extend(timeline::entries(record, label));
        Ok(())
    })?;
    timeline::sort(&mut entries);
    write(&entries, inputs.read, arguments, out)?;
    Ok(inputs.outcome())
}

fn write(entries: &[Entry], articles: usize, arguments: &TimelineArguments, out: &mut impl Write) -> io::Result<()> {
    let page = Page { columns: paint::columns(), is_coloured: arguments.color.on_stdout() };
    match arguments.to {
        To::Pretty => {
            if !entries.is_empty() {
                writeln!(out, "{}", page_of(entries, page))?;
            }
            writeln!(out, "{}", paint::paint(&line(entries, articles), Style::Dim, page.is_coloured))
        }
        To::Jsonl => entries.iter().try_for_each(|entry| {
            serde_json::to_writer(&mut *out, entry)?;
            out.write_all(b"\n")
        }),
        To::Csv => out.write_all(timeline::table(entries).as_bytes()),
        To::Ics => out.write_all(calendar(entries).as_bytes()),
    }
}

/// `5 dates and 3 statements from 2 articles`.
fn line(entries: &[Entry], articles: usize) -> String {
    let plural = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let statements = entries.iter().filter(|entry| entry.statement.is_some()).count();
    let dates = plural(entries.len() - statements, "date");
    format!("{dates} and {} from {}", plural(statements, "statement"), plural(articles, "article"))
}
