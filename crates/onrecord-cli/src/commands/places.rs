//! `onrecord places`: where articles and records say that things are, as a list or for a map.

use std::io::{self, Write};

use anyhow::bail;
use clap::{Args, ValueEnum};
use onrecord::Record;
use onrecord::permalinks::Permalinks;
use onrecord::record::Place;
use onrecord_store::views;
use onrecord_tables::formats::{
    GEOJSON_COLLECTION, Options, PLACES_CSV_HEADER, geojson_features, place_csv_rows, place_lines,
};
use onrecord_tables::words::Words;
use serde::Serialize;

use crate::atlas;
use crate::listing::{self, Listing, Row, plural};
use crate::outcome::Outcome;
use crate::paint::{self, Color, Style};
use crate::pretty::Page;
use crate::settings::Settings;
use crate::shelf::Material;

/// List the places that articles name, or put them on a map
///
/// FILES are articles, as for onrecord read, or records that it wrote (JSONL), which are not read again; without them, the articles of the store are
/// taken.
///
/// JSON and JSONL have for each mention of a place {"id", "document": {"id", "url", "outlet", "title", "published_at"}, "words", "place"}, where "place" is
/// as in the record, "words" are its words and "id" is what onrecord show takes; an article of a store goes by its permalink, too. CSV has the same in columns; a cell that a spreadsheet would take for a formula begins with an
/// apostrophe. GeoJSON (RFC 7946) has a point for each mention whose place is known, with its precision: country, region, admin1, admin2, city or site.
///
/// Exit code: 0 if all was read, 1 if some input failed or a store has nothing of the kind, 2 if nothing could be done.
#[derive(Debug, Args)]
pub struct PlacesArguments {
    #[command(flatten)]
    material: Material,
    /// Each place of the whole store once, with how often it is named and how many events happened there
    #[arg(long, conflicts_with_all = ["paths", "about", "outlet", "since", "until"])]
    counts: bool,
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
    /// For people: a mention a row
    Table,
    /// One array of all mentions
    Json,
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
/// There is no store, the model cannot be loaded, or `out` failed.
pub fn run(arguments: &PlacesArguments, settings: &Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    if arguments.counts {
        return counts(arguments, settings, out);
    }
    let page = Page { columns: paint::columns(), is_coloured: arguments.color.on_stdout() };
    let mut list = List { to: arguments.to, page, mentions: 0, points: 0, rows: Vec::new() };
    list.begin(out)?;
    let inputs = arguments.material.each(None, settings, |record, label| {
        list.add(record, label, arguments.material.name(record, label), out)?;
        out.flush()
    })?;
    let is_nothing = arguments.material.is_store() && list.mentions == 0;
    list.end(inputs.read, out)?;
    Ok(if is_nothing { Outcome::NothingFound } else { inputs.outcome() })
}

/// Each place of the store once.
fn counts(arguments: &PlacesArguments, settings: &Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let to = match arguments.to {
        To::Pretty | To::Table => listing::To::Table,
        To::Json => listing::To::Json,
        To::Jsonl => listing::To::Jsonl,
        To::Csv => listing::To::Csv,
        To::Geojson => bail!("--counts is for --to table, json, jsonl or csv"),
    };
    let store = arguments.material.open(settings)?;
    let places = views::places(&store.readers().get(settings.search_time())?, None)?;
    let page = Page { columns: paint::columns(), is_coloured: arguments.color.on_stdout() };
    let mut listing = Listing::new(to, page, out);
    places.iter().try_for_each(|place| listing.row(place))?;
    listing.end::<views::PlaceRow>(&plural(places.len() as u64, "place"))?;
    Ok(if places.is_empty() { Outcome::NothingFound } else { Outcome::Clean })
}

/// The list as it is written.
struct List {
    to: To,
    page: Page,
    mentions: usize,
    points: usize,
    /// What a table waits with.
    rows: Vec<Mention>,
}

impl List {
    fn begin(&self, out: &mut impl Write) -> io::Result<()> {
        match self.to {
            To::Pretty | To::Table | To::Jsonl => Ok(()),
            To::Json => out.write_all(b"["),
            To::Csv => out.write_all(PLACES_CSV_HEADER.as_bytes()),
            To::Geojson => out.write_all(GEOJSON_COLLECTION.0.as_bytes()),
        }
    }

    fn add(&mut self, record: &Record, label: &str, name: &str, out: &mut impl Write) -> io::Result<()> {
        if record.places.is_empty() {
            return Ok(());
        }
        let before = self.mentions;
        self.mentions += record.places.len();
        match self.to {
            To::Pretty => out.write_all(atlas::page(record, label, self.page.is_coloured).as_bytes()),
            To::Table => {
                self.rows.extend(mentions(record));
                Ok(())
            }
            To::Json => place_lines(record, name).enumerate().try_for_each(|(at, line)| {
                let comma = if before + at == 0 { "\n" } else { ",\n" };
                write!(out, "{comma}{}", line.trim_end())
            }),
            To::Jsonl => place_lines(record, name).try_for_each(|line| out.write_all(line.as_bytes())),
            To::Csv => place_csv_rows(record, name).try_for_each(|row| out.write_all(row.as_bytes())),
            To::Geojson => geojson_features(record, &Options::default()).into_iter().try_for_each(|feature| {
                let before = if self.points == 0 { "\n" } else { ",\n" };
                self.points += 1;
                write!(out, "{before}{feature}")
            }),
        }
    }

    fn end(&self, articles: usize, out: &mut impl Write) -> io::Result<()> {
        let mentions = plural(self.mentions as u64, "mention");
        let note = format!("{mentions} of places in {}", plural(articles as u64, "article"));
        match self.to {
            To::Pretty => writeln!(out, "{}", paint::paint(&note, Style::Dim, self.page.is_coloured)),
            To::Table => {
                let mut listing = Listing::new(listing::To::Table, self.page, out);
                self.rows.iter().try_for_each(|row| listing.row(row))?;
                listing.end::<Mention>(&note)
            }
            To::Json => out.write_all(if self.mentions == 0 { b"]\n" } else { b"\n]\n" }),
            To::Jsonl | To::Csv => Ok(()),
            To::Geojson => out.write_all(GEOJSON_COLLECTION.1.as_bytes()),
        }
    }
}

/// A mention as a table has it.
#[derive(Serialize)]
struct Mention {
    id: String,
    published: String,
    outlet: String,
    words: String,
    place: String,
}

impl Row for Mention {
    const COLUMNS: &'static [&'static str] = &["id", "published", "outlet", "words", "place"];
    const SHOWN: &'static [&'static str] = &["id", "published", "words", "place"];

    fn cells(&self) -> Vec<String> {
        [&self.id, &self.published, &self.outlet, &self.words, &self.place].map(String::clone).to_vec()
    }
}

fn mentions(record: &Record) -> Vec<Mention> {
    let words = Words::new(&record.document.text);
    let known = |text: &Option<String>| text.clone().unwrap_or_default();
    let place = |place: &Place| format!("{}, {}", place.name, atlas::whereabouts(place));
    let mention = |(at, id): (&Place, String)| Mention {
        id,
        published: known(&record.document.published_at),
        outlet: known(&record.document.outlet),
        words: words.of(at.span).unwrap_or_default().to_owned(),
        place: place(at),
    };
    record.places.iter().zip(Permalinks::of(record).places).map(mention).collect()
}
