//! `onrecord timeline`: what any number of articles date, in the order of time.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueEnum};
use onrecord::{Article, Reader, Record};

use super::read::day;
use crate::failure::{Failure, Kind};
use crate::input::{Input, Job};
use crate::ordered::{self, caught};
use crate::outcome::Outcome;
use crate::paint::{self, Color, Style};
use crate::pretty::Page;
use crate::progress::Progress;
use crate::timeline::{self, Entry};

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
    let reader = Reader::new().context("the reader model cannot be loaded")?;
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let workers = std::iter::repeat_n(reader, threads).map(worker).collect();
    let inputs: Vec<Input> = arguments.paths.iter().map(|path| Input::new(path, None)).collect();
    let date = arguments.date.clone();
    let jobs = inputs.into_iter().flat_map(move |input| input.jobs(date.clone()));
    let mut progress = Progress::new();
    let (mut entries, mut tally) = (Vec::new(), Tally::default());
    let read: io::Result<()> = ordered::map(jobs, workers, |Done { label, found, bytes }: Done| {
        progress.add(bytes, found.is_err());
        match found {
            Ok(found) => {
                tally.articles += 1;
                entries.extend(found);
            }
            Err(failure) => {
                tally.failed += 1;
                tally.unopened += usize::from(failure.kind.is_unopened());
                progress.tell(&format!("{label}: {}", failure.message));
            }
        }
        Ok(())
    });
    read?;
    timeline::sort(&mut entries);
    write(&entries, &tally, arguments, out)?;
    Ok(tally.outcome())
}

fn write(entries: &[Entry], tally: &Tally, arguments: &TimelineArguments, out: &mut impl Write) -> io::Result<()> {
    let page = Page { columns: paint::columns(), is_coloured: arguments.color.on_stdout() };
    match arguments.to {
        To::Pretty => {
            if !entries.is_empty() {
                writeln!(out, "{}", timeline::page(entries, page))?;
            }
            writeln!(out, "{}", paint::paint(&tally.line(entries), Style::Dim, page.is_coloured))
        }
        To::Jsonl => entries.iter().try_for_each(|entry| {
            serde_json::to_writer(&mut *out, entry)?;
            out.write_all(b"\n")
        }),
        To::Csv => out.write_all(timeline::table(entries).as_bytes()),
        To::Ics => out.write_all(timeline::calendar(entries).as_bytes()),
    }
}

/// What one input came to.
struct Done {
    label: String,
    found: Result<Vec<Entry>, Failure>,
    bytes: u64,
}

fn worker(mut reader: Reader) -> impl FnMut(Job) -> Done + Send + 'static {
    move |Job { label, bytes, article, record, .. }| {
        let record = match record {
            Some(record) => Ok(record),
            None => article.and_then(|article| read(&mut reader, &article)),
        };
        let found = record.map(|record| timeline::entries(&record, &label));
        Done { label, found, bytes }
    }
}

/// The record of `article`; a panic on the way is a failure of this article alone.
fn read(reader: &mut Reader, article: &Article) -> Result<Box<Record>, Failure> {
    caught(|| Box::new(reader.read(article))).map_err(|panic| {
        // A clone has a thread of its own; that of the reader that panicked may have ended.
        *reader = reader.clone();
        Failure::new(Kind::Internal, format!("the program failed, please report it: {panic}"))
    })
}

#[derive(Default)]
struct Tally {
    articles: usize,
    failed: usize,
    unopened: usize,
}

impl Tally {
    /// `5 dates and 3 statements from 2 articles`.
    fn line(&self, entries: &[Entry]) -> String {
        let plural = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
        let statements = entries.iter().filter(|entry| entry.statement.is_some()).count();
        let dates = plural(entries.len() - statements, "date");
        format!("{dates} and {} from {}", plural(statements, "statement"), plural(self.articles, "article"))
    }

    fn outcome(&self) -> Outcome {
        match self.failed {
            0 => Outcome::Clean,
            failed if self.articles == 0 && failed == self.unopened => Outcome::NothingDone,
            _ => Outcome::SomeFailed,
        }
    }
}
