//! `onrecord reread`: documents that another engine or model read are read again.

use std::io::Write;
use std::num::NonZeroUsize;
use std::sync::Arc;

use anyhow::Context;
use clap::Args;
use onrecord::Article;
use onrecord_ingest::Limits;
use onrecord_store::Store;
use onrecord_store::jobs::{NewJob, ReadBy};

use super::add::{Words, conclude};
use super::read::threads;
use crate::intake::Engine;
use crate::intake::clock::now;
use crate::intake::desk::Desk;
use crate::intake::keeper::{Bytes, Keeper};
use crate::intake::sources::Piece;
use crate::intake::stop::Stop;
use crate::intake::watch::{self, Show};
use crate::ordered;
use crate::outcome::Outcome;
use crate::settings::Settings;
use crate::shelf::StoreArgument;

/// Read documents again that another version of onrecord or of its model has read
///
/// Texts are taken from the store; nothing is opened or fetched. Corrections stay and are put on the new reading. After a kill or Ctrl-C the same command
/// goes on where it stopped.
///
/// Exit code: 0 if all was read, 1 if something could not be read or the run was stopped, 2 if nothing could be done.
#[derive(Debug, Args)]
pub struct RereadArguments {
    #[command(flatten)]
    store: StoreArgument,
    /// Only what an older version of onrecord has read; not what a newer one or another model of the same version has
    #[arg(long)]
    engine_older: bool,
    /// How many articles are read at once [default: one for each core]
    #[arg(long, value_name = "N", value_parser = threads)]
    threads: Option<NonZeroUsize>,
    /// How it is shown how far the run has come [default: bar on a terminal, else none]
    #[arg(long, value_enum)]
    progress: Option<Show>,
}

/// How many documents are taken from the store at once.
const AT_ONCE: usize = 64;

/// Reads again what is due and writes a summary to `out`.
///
/// # Errors
/// The store cannot be opened, the model cannot be loaded, or `out` failed.
pub fn run(arguments: &RereadArguments, settings: &Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let store = Arc::new(arguments.store.open(settings)?);
    let stop = Stop::listen().context("the system does not tell of Ctrl-C")?;
    let mut engine = Engine::load()?;
    let sample = engine.read(&Article { text: "“Yes,” she said.".to_owned(), ..Article::default() });
    let sample = sample.map_err(|failure| anyhow::anyhow!(failure.message))?;
    let by = ReadBy { engine: sample.engine, model: sample.model, only_older: arguments.engine_older };
    let desk = Desk { engine, store: Arc::clone(&store), limits: Limits::default(), date: None };
    let mut writer = store.writer()?;
    let source = format!("{} {}", by.engine, by.model);
    let job = writer.begin_job(&NewJob { kind: "reread".to_owned(), source, options: None, now: now() })?;
    let watcher = watch::watcher(arguments.progress);
    let mut keeper = Keeper::new(writer, job, watcher, stop.clone(), Bytes::default());
    let pieces =
        Stored { store: Arc::clone(&store), by, after: None, held: Vec::new().into_iter(), stop: stop.clone() };
    let done =
        ordered::map(pieces, desk.workers(arguments.threads.or_else(|| settings.threads())), |done| keeper.take(done));
    let place = store.path().display().to_string();
    let words = Words { done: "read", to: "again in", place, unchanged: "files unchanged" };
    conclude(done, &stop, &mut keeper, out, &words)
}

/// The documents that are due, in the order of the store; those read meanwhile are not due any more, and come behind.
struct Stored {
    store: Arc<Store>,
    by: ReadBy,
    after: Option<i64>,
    held: std::vec::IntoIter<Piece>,
    stop: Stop,
}

impl Iterator for Stored {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        if self.stop.is_asked() {
            return None;
        }
        if let Some(piece) = self.held.next() {
            return Some(piece);
        }
        match self.store.read_by_others(&self.by, self.after, AT_ONCE) {
            Ok(due) => {
                self.after = due.last().map(|(number, _)| *number).or(self.after);
                self.held = due
                    .into_iter()
                    .map(|(_, document)| Piece::Stored(Box::new(document)))
                    .collect::<Vec<_>>()
                    .into_iter();
                self.held.next()
            }
            Err(error) => Some(Piece::Broken(error)),
        }
    }
}
