//! `onrecord stats`: how much a store holds, and how it is spread.

use std::io::Write;

use clap::Args;
use onrecord_store::views;

use super::search::{left_out, rows, spread};
use crate::listing::{Listing, To};
use crate::outcome::Outcome;
use crate::paint::{self, Color};
use crate::pretty::Page;
use crate::rows::Spread;
use crate::settings::Settings;
use crate::shelf::{self, StoreArgument};

/// Count what a store holds, by outlet, speaker, act, type, place and day
///
/// Each row has what is counted, the field, the value that onrecord search takes for it, its name and the count; the row without a field is the total.
///
/// Exit code: 0 if there is something, 1 if the store is empty, 2 if nothing could be done.
#[derive(Debug, Args)]
pub struct StatsArguments {
    #[command(flatten)]
    store: StoreArgument,
    /// So many values of each field, the most frequent [default: all; of a table on a terminal, limits.page]
    #[arg(long, value_name = "N", value_parser = rows)]
    limit: Option<usize>,
    /// What to write [default: table on a terminal, else jsonl]
    #[arg(long, value_enum)]
    to: Option<To>,
    /// When a table is coloured
    #[arg(long, value_enum, default_value = "auto")]
    color: Color,
}

/// Counts and writes.
///
/// # Errors
/// There is no store, or `out` failed.
pub fn run(arguments: &StatsArguments, settings: &Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let store = arguments.store.open(settings)?;
    let to = shelf::form(arguments.to);
    let most = shelf::most(arguments.limit, to, settings).unwrap_or(usize::MAX);
    let stats = views::stats(&store.readers().get(settings.search_time())?, most)?;
    let page = Page { columns: paint::columns(), is_coloured: arguments.color.on_stdout() };
    let mut listing = Listing::new(to, page, out);
    let subjects =
        Spread { of: "subjects", field: "", value: String::new(), label: "in all".to_owned(), count: stats.subjects };
    let rows = [
        spread("documents", stats.documents, &stats.of_documents),
        spread("statements", stats.statements, &stats.of_statements),
        spread("events", stats.events, &stats.of_events),
        vec![subjects],
    ];
    rows.iter().flatten().try_for_each(|row| listing.row(row))?;
    let notes =
        [("documents", &stats.of_documents), ("statements", &stats.of_statements), ("events", &stats.of_events)];
    let notes = notes.map(|(of, facets)| (of, left_out(facets)));
    let notes = notes.iter().filter(|(_, note)| !note.is_empty()).map(|(of, note)| format!("{of} by {note}"));
    listing.end::<Spread>(&notes.collect::<Vec<_>>().join("; "))?;
    Ok(if stats.documents == 0 { Outcome::NothingFound } else { Outcome::Clean })
}
