//! `onrecord timeline`: what any number of articles date, in the order of time.

use std::io::Write;

use clap::{Args, ValueEnum};
use onrecord_tables::formats::calendar;
use onrecord_tables::timeline::{self, Entry};
use serde::Serialize;

use super::read::day;
use crate::listing::{self, Listing, Row, plural};
use crate::outcome::Outcome;
use crate::paint::{self, Color, Style};
use crate::pretty::Page;
use crate::settings::Settings;
use crate::shelf::Material;
use crate::timeline::page as page_of;

/// Put what several articles date in the order of time
///
/// FILES are articles, as for onrecord read, or records that it wrote (JSONL), which are not read again; without them, the articles of the store are taken. Listed are the statements of which the text tells when they
/// were made, and the sentences around all other dates; what it dates no finer than a month or a year is listed as that. Lengths ("two days"), repetitions ("every
/// year"), times without a date ("recently") and dates that cannot be told are left out. All is held until the last article is read.
///
/// JSON and JSONL have for each entry {"id", "when": {"start", "end", "precision", "value", "mod", "words"}, "statement": {"id", "speaker", "act", "content"} or null,
/// "sentence", "document": {"id", "time", "url", "outlet", "title", "published_at"}}; "end" is the day behind the last one, and "id"
/// what onrecord show takes; an article of a store goes by its permalink, too. CSV has the same in columns. An iCalendar
/// file has an event for each entry; what is told no finer than a week is entered on its first day, and its description says so.
///
/// Exit code: 0 if all was read, 1 if some input failed or a store has nothing of the kind, 2 if nothing could be done.
#[derive(Debug, Args)]
pub struct TimelineArguments {
    #[command(flatten)]
    material: Material,
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
    /// For people: an entry a row
    Table,
    /// One array of all entries
    Json,
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
/// There is no store, the model cannot be loaded, or `out` failed.
pub fn run(arguments: &TimelineArguments, settings: &Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let mut entries = Vec::new();
    let inputs = arguments.material.each(arguments.date.as_deref(), settings, |record, label| {
        let mut theirs = timeline::entries(record, label);
        let name = arguments.material.name(record, label);
        theirs.iter_mut().for_each(|entry| name.clone_into(&mut entry.document.id));
        entries.extend(theirs);
        Ok(())
    })?;
    timeline::sort(&mut entries);
    let note = line(&entries, inputs.read);
    let is_nothing = arguments.material.is_store() && entries.is_empty();
    let page = Page { columns: paint::columns(), is_coloured: arguments.color.on_stdout() };
    match arguments.to {
        To::Pretty => {
            if !entries.is_empty() {
                writeln!(out, "{}", page_of(&entries, page))?;
            }
            writeln!(out, "{}", paint::paint(&note, Style::Dim, page.is_coloured))?;
        }
        To::Ics => out.write_all(calendar(&entries).as_bytes())?,
        To::Table => list(&entries, Listing::new(listing::To::Table, page, out), &note)?,
        To::Json => list(&entries, Listing::new(listing::To::Json, page, out), &note)?,
        To::Jsonl => list(&entries, Listing::new(listing::To::Jsonl, page, out), &note)?,
        To::Csv => list(&entries, Listing::new(listing::To::Csv, page, out), &note)?,
    }
    Ok(if is_nothing { Outcome::NothingFound } else { inputs.outcome() })
}

fn list<W: Write>(entries: &[Entry], mut listing: Listing<W>, note: &str) -> std::io::Result<()> {
    entries.iter().try_for_each(|entry| listing.row(&Dated(entry)))?;
    listing.end::<Dated>(note)
}

/// An entry as a row.
#[derive(Serialize)]
#[serde(transparent)]
struct Dated<'a>(&'a Entry);

impl Row for Dated<'_> {
    const COLUMNS: &'static [&'static str] = &[
        "start",
        "end",
        "precision",
        "value",
        "mod",
        "words",
        "speaker",
        "act",
        "content",
        "sentence",
        "document",
        "item",
        "outlet",
        "title",
        "url",
        "published_at",
        "file",
        "id",
    ];
    const SHOWN: &'static [&'static str] = &["id", "start", "precision", "speaker", "sentence"];

    fn cells(&self) -> Vec<String> {
        let Entry { id, when, statement, sentence, document } = self.0;
        let said = |pick: fn(&timeline::Said) -> &String| statement.as_ref().map(pick).cloned().unwrap_or_default();
        let known = |text: &Option<String>| text.clone().unwrap_or_default();
        vec![
            when.start.clone(),
            when.end.clone(),
            format!("{:?}", when.precision).to_lowercase(),
            when.value.clone(),
            known(&when.modifier),
            when.words.clone(),
            said(|said| &said.speaker),
            said(|said| &said.act),
            said(|said| &said.content),
            sentence.clone(),
            document.id.clone(),
            self.0.item().to_owned(),
            known(&document.outlet),
            known(&document.title),
            known(&document.url),
            known(&document.published_at),
            document.label.clone(),
            id.clone(),
        ]
    }
}

/// `5 dates and 3 statements from 2 articles`.
fn line(entries: &[Entry], articles: usize) -> String {
    let statements = entries.iter().filter(|entry| entry.statement.is_some()).count() as u64;
    let dates = plural(entries.len() as u64 - statements, "date");
    format!("{dates} and {} from {}", plural(statements, "statement"), plural(articles as u64, "article"))
}
