//! Records → the formats of other tools, one file a format.
//!
//! [`Export`] writes the formats that are one stream of bytes, record by record, so that nothing is held but one record; [`Folder`] those that are several files.
//! What holds for all: offsets are code points, and each format says so where it has a place for it; the same records give the same bytes; what a record does not
//! tell is left out, never made up. Absent on purpose: reading files, and any clock.

mod brat;
pub(crate) mod cells;
mod conllu;
mod event_csv;
mod events;
mod folder;
mod follow_the_money;
mod gdelt;
mod geojson;
mod icalendar;
mod icews;
mod places;
mod plover;
mod polecat;
mod schema_org;
mod timelinejs;
mod web_annotation;

use std::io::{self, Write};

use onrecord::Record;
use serde::Serialize;

pub use self::folder::{Folder, FolderError, FolderFormat, export_folder};
pub use self::geojson::{COLLECTION as GEOJSON_COLLECTION, features as geojson_features};
pub use self::icalendar::calendar;
pub use self::places::{CSV_HEADER as PLACES_CSV_HEADER, csv_rows as place_csv_rows, lines as place_lines};
use crate::article::Article;
use crate::permalinks::Base;
use crate::tables::{self, Table};
use crate::timeline;

/// A format that is one stream of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Records as they are, one a line.
    Jsonl,
    /// The rows of the five tables as JSON lines, told apart by `type`, with the counts at the end.
    Rows,
    /// One of the tables as CSV; of events, [`Format::EventCsv`].
    Csv(Table),
    /// W3C Web Annotation, an annotation a line.
    WebAnnotation,
    /// What Hypothesis takes to make an annotation, one a line; positions in UTF-16 units.
    Hypothesis,
    /// schema.org as JSON-LD, an article a line.
    SchemaOrg,
    /// FollowTheMoney entities, one a line.
    FollowTheMoney,
    /// CoNLL-U with spans in MISC.
    Conllu,
    /// GeoJSON: places.
    Geojson,
    /// iCalendar: what is dated.
    Icalendar,
    /// `TimelineJS` 3: what is dated.
    Timelinejs,
    /// PLOVER, a JSON object an event.
    Plover,
    /// Events with all that a record has, as CSV.
    EventCsv,
    /// POLECAT's weekly file.
    Polecat,
    /// ICEWS's yearly file.
    Icews,
    /// GDELT 2.0 events.
    Gdelt,
    /// GDELT 2.0 mentions.
    GdeltMentions,
}

/// How records are written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// What permalinks begin with.
    pub base: Base,
    /// Whether an event format that cannot say so gets what did not happen, or not yet.
    pub all: bool,
    /// Whether CSV is for a spreadsheet: byte order mark, and no cell that would run as a formula.
    pub spreadsheet: bool,
    /// The headline of a timeline.
    pub title: Option<String>,
}

impl Format {
    /// The media type of what is written.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Jsonl | Format::Rows | Format::Hypothesis | Format::FollowTheMoney | Format::Plover => {
                "application/x-ndjson"
            }
            Format::WebAnnotation | Format::SchemaOrg => {
                "application/x-ndjson; profile=\"https://www.w3.org/ns/json-ld\""
            }
            Format::Csv(_) | Format::EventCsv => "text/csv; charset=utf-8; header=present",
            Format::Conllu => "text/plain; charset=utf-8",
            Format::Geojson => "application/geo+json",
            Format::Icalendar => "text/calendar; charset=utf-8",
            Format::Timelinejs => "application/json",
            Format::Polecat | Format::Icews | Format::Gdelt | Format::GdeltMentions => {
                "text/tab-separated-values; charset=utf-8"
            }
        }
    }

    /// What stands before the first record and behind the last, and between two items.
    fn frame(self, options: &Options) -> (String, &'static str, &'static str) {
        match self {
            Format::Csv(Table::Events) => (events::header(Format::EventCsv, options), "", ""),
            Format::Csv(table) => {
                let columns = tables::csv_columns(table);
                (cells::csv_header(columns.iter().map(String::as_str), options.spreadsheet), "", "")
            }
            Format::Geojson => (format!("{}\n", geojson::COLLECTION.0), ",\n", geojson::COLLECTION.1),
            Format::Icalendar => (icalendar::FRAME.0.to_owned(), "", icalendar::FRAME.1),
            Format::Timelinejs => (timelinejs::head(options), ",\n", timelinejs::TAIL),
            format => (events::header(format, options), "", ""),
        }
    }

    /// What `record` gives, item by item.
    fn items(self, record: &Record, options: &Options) -> Vec<String> {
        let article = Article::new(record);
        match self {
            Format::Jsonl => vec![jsonl(record)],
            Format::Rows => Table::ALL.into_iter().flat_map(|table| json_rows(table, &article, options)).collect(),
            Format::Csv(Table::Events) => events::rows(Format::EventCsv, &article, options),
            Format::Csv(table) => {
                let rows = tables::article_rows(table, &article, options);
                rows.iter().map(|row| cells::csv_line(tables::csv_cells(table, row), options.spreadsheet)).collect()
            }
            Format::WebAnnotation => web_annotation::lines(&article, options),
            Format::Hypothesis => web_annotation::hypothesis(&article, options),
            Format::SchemaOrg => vec![schema_org::line(&article, options)],
            Format::FollowTheMoney => follow_the_money::lines(&article, options),
            Format::Conllu => vec![conllu::document(&article, options)],
            Format::Geojson => geojson::of_article(&article, options),
            Format::Icalendar => dated(record).iter().map(icalendar::event).collect(),
            Format::Timelinejs => dated(record).iter().map(|entry| timelinejs::slide(entry, options)).collect(),
            format => events::rows(format, &article, options),
        }
    }
}

fn jsonl(record: &Record) -> String {
    // String keys and finite numbers: nothing can fail on the way into memory.
    serde_json::to_string(record).unwrap_or_default() + "\n"
}

fn json_rows(table: Table, article: &Article, options: &Options) -> Vec<String> {
    tables::article_rows(table, article, options).iter().map(|row| tables::json_line(table, row)).collect()
}

/// What a record dates, in the order of its text.
fn dated(record: &Record) -> Vec<timeline::Entry> {
    let document = &record.document;
    timeline::entries(record, document.url.as_deref().unwrap_or(&document.id))
}

/// An export under way.
#[derive(Debug)]
pub struct Export<W> {
    format: Format,
    options: Options,
    out: W,
    between: &'static str,
    tail: &'static str,
    items: u64,
    records: u64,
}

impl<W: Write> Export<W> {
    /// Begins an export: writes what stands before the first record.
    ///
    /// # Errors
    /// `out` failed.
    pub fn new(format: Format, options: Options, mut out: W) -> io::Result<Export<W>> {
        let (head, between, tail) = format.frame(&options);
        out.write_all(head.as_bytes())?;
        Ok(Export { format, options, out, between, tail, items: 0, records: 0 })
    }

    /// Writes one record and flushes.
    ///
    /// # Errors
    /// `out` failed.
    pub fn add(&mut self, record: &Record) -> io::Result<()> {
        for item in self.format.items(record, &self.options) {
            if self.items > 0 {
                self.out.write_all(self.between.as_bytes())?;
            }
            self.out.write_all(item.as_bytes())?;
            self.items += 1;
        }
        self.records += 1;
        self.out.flush()
    }

    /// How many items were written: rows, lines, features.
    pub fn items(&self) -> u64 {
        self.items
    }

    /// Ends the export and gives the output back.
    ///
    /// # Errors
    /// `out` failed.
    pub fn end(mut self) -> io::Result<W> {
        self.out.write_all(self.tail.as_bytes())?;
        if self.format == Format::Rows {
            let rows = self.items;
            writeln!(
                self.out,
                "{{\"type\":\"end\",\"documents\":{},\"rows\":{rows},\"offset_unit\":\"codepoint\"}}",
                self.records
            )?;
        }
        self.out.flush()?;
        Ok(self.out)
    }
}

/// Writes all of `records`, wherever they come from; those that are none are given to `failed`, and the others go on.
///
/// # Errors
/// `out` failed.
pub fn export<W: Write, E>(
    records: impl IntoIterator<Item = Result<Record, E>>,
    format: Format,
    options: Options,
    out: W,
    mut failed: impl FnMut(E),
) -> io::Result<W> {
    let mut export = Export::new(format, options, out)?;
    for record in records {
        match record {
            Ok(record) => export.add(&record)?,
            Err(error) => failed(error),
        }
    }
    export.end()
}

/// A value of a closed list as records write it.
pub(crate) fn name_of<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
