//! `onrecord records`: records out of a store, as JSON lines.

use std::io::Write;

use anyhow::anyhow;
use clap::Args;
use onrecord_store::{Store, StoreError};

use crate::outcome::{self, Outcome};
use crate::settings::Settings;
use crate::shelf::StoreArgument;

/// Write the records of a store, one a line: all of them, from the oldest day to the newest, or those that permalinks lead to
///
/// Exit code: 0 if all were written, 1 if there is none behind some permalink, 2 if nothing could be done.
#[derive(Debug, Args)]
pub struct RecordsArguments {
    #[command(flatten)]
    store: StoreArgument,
    /// Permalinks of documents, or of statements and events in them [default: all documents]
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    /// As the engine read them, without what people corrected
    #[arg(long)]
    as_read: bool,
}

/// Writes each record to `out`.
///
/// # Errors
/// The store cannot be opened or read, or `out` failed.
pub fn run(arguments: &RecordsArguments, settings: &Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let store = arguments.store.open(settings)?;
    let mut missing = 0;
    for id in &arguments.ids {
        if !write(&store, id, arguments.as_read, out)? {
            missing += 1;
            outcome::tell(&format!("{id}: no such document"));
        }
    }
    let mut after = None;
    while arguments.ids.is_empty() {
        let some = store.documents(after, 1_000)?;
        let Some((last, _)) = some.last() else { break };
        after = Some(*last);
        for (_, id) in &some {
            write(&store, id, arguments.as_read, out)?;
        }
    }
    if missing > 0 && missing == arguments.ids.len() {
        return Err(anyhow!("nothing was found"));
    }
    Ok(if missing == 0 { Outcome::Clean } else { Outcome::SomeFailed })
}

fn write(store: &Store, id: &str, as_read: bool, out: &mut impl Write) -> anyhow::Result<bool> {
    let record: Result<_, StoreError> = if as_read { store.record_as_read(id) } else { store.record(id) };
    let Some(record) = record? else { return Ok(false) };
    serde_json::to_writer(&mut *out, &record)?;
    writeln!(out)?;
    Ok(true)
}
