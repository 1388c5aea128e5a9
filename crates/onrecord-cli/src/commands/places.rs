//! `onrecord places`: where articles and records say that things are, as a list or for a map.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use onrecord::Record;
use onrecord_tables::formats::{
    GEOJSON_COLLECTION, Options, PLACES_CSV_HEADER, geojson_features, place_csv_rows, place_lines,
};

use crate::atlas;
use crate::outcome::Outcome;
use crate::paint::{self, Color, Style};
use crate::reading;

/// List the places that articles name, or put them on a map
///
/// FILES are articles, as for onrecord read, or records that it wrote (JSONL), which are not read again.
///
/// JSONL output has one mention of a place a line: {"document": {"id", "url", "outlet", "title", "published_at"}, "words", "place"}, where "place" is
/// as in the record and "words" are its words. CSV has the same in columns; a cell that a spreadsheet would take for a formula begins with an
/// apostrophe. GeoJSON (RFC 7946) has a point for each mention whose place is known, with its precision: country, region, admin1, admin2, city or site.
///
/// Exit code: 0 if all was read, 1 if some input failed, 2 if nothing could be done.
#[derive(Debug, Args)]
pub struct PlacesArguments {
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

/// What the places are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum To {
    /// For people: each place once, article by article
    Pretty,
    /// One mention a line
    Jsonl,
    /// One mention a row
    Csv,
    /// One feature collection for all files
    Geojson,
}

/// Reads every input and writes the places in it, in the order of the input.
///
/// # Errors
/// The model cannot be loaded, or `out` failed.
pub fn run(arguments: &PlacesArguments, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let mut list = List { to: arguments.to, is_coloured: arguments.color.on_stdout(), mentions: 0, points: 0 };
    list.begin(out)?;
    let tally = reading::each(&arguments.paths, None, |record, label| {
        list.add(record, label, out)?;
        out.flush()
    })?;
    list.end(tally.read, out)?;
    Ok(tally.outcome())
}

/// The list as it is written.
struct List {
    to: To,
    is_coloured: bool,
    mentions: usize,
    points: usize,
}

impl List {
    fn begin(&self, out: &mut impl Write) -> io::Result<()> {
        match self.to {
            To::Pretty | To::Jsonl => Ok(()),
            To::Csv => out.write_all(PLACES_CSV_HEADER.as_bytes()),
            To::Geojson => out.write_all(GEOJSON_COLLECTION.0.as_bytes()),
        }
    }

    fn add(&mut self, record: &Record, label: &str, out: &mut impl Write) -> io::Result<()> {
        self.mentions += record.places.len();
        match self.to {
            To::Pretty if record.places.is_empty() => Ok(()),
            To::Pretty => out.write_all(atlas::page(record, label, self.is_coloured).as_bytes()),
            To::Jsonl => place_lines(record).try_for_each(|line| out.write_all(line.as_bytes())),
            To::Csv => place_csv_rows(record).try_for_each(|row| out.write_all(row.as_bytes())),
            To::Geojson => geojson_features(record, &Options::default()).into_iter().try_for_each(|feature| {
                let before = if self.points == 0 { "\n" } else { ",\n" };
                self.points += 1;
                write!(out, "{before}{feature}")
            }),
        }
    }

    fn end(&self, articles: usize, out: &mut impl Write) -> io::Result<()> {
        match self.to {
            To::Pretty => {
                let plural = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
                let line = format!("{} of places in {}", plural(self.mentions, "mention"), plural(articles, "article"));
                writeln!(out, "{}", paint::paint(&line, Style::Dim, self.is_coloured))
            }
            To::Jsonl | To::Csv => Ok(()),
            To::Geojson => out.write_all(GEOJSON_COLLECTION.1.as_bytes()),
        }
    }
}
