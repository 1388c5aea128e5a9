//! `onrecord add`: files, folders, archives, feeds and pages into a store.

use std::io::Write;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use onrecord_ingest::Limits;
use onrecord_ingest::fetch::Fetcher;
use onrecord_store::Store;
use onrecord_store::jobs::{NewJob, State};

use super::read::{day, threads};
use crate::intake::clock::now;
use crate::intake::desk::Desk;
use crate::intake::keeper::{Bytes, Keeper};
use crate::intake::sources::{Pieces, Source, Walk};
use crate::intake::stop::Stop;
use crate::intake::watch::{self, Show, Standing};
use crate::intake::{Engine, Halt};
use crate::ordered;
use crate::outcome::Outcome;
use crate::settings::Settings;
use crate::shelf::StoreArgument;

/// Read articles into a store
///
/// A PATH is a file or a folder: web pages, text, Markdown, JSON lines, ninjs, NewsML-G2, feeds, sitemaps and web archives (WARC), packed with gzip or
/// zstd or not. In folders, hidden files are passed over and what a .onrecordignore names, in the syntax of git. A URL is fetched because it is named;
/// nothing else is: onrecord watch reads the articles behind the links of feeds. Articles that are not in English are stored and can be searched, but are not analysed.
///
/// The store is made where there is none. What is kept stays kept: after a kill or Ctrl-C, the same command goes on where it stopped. A file that was
/// read to its end and has the same size and time of change is not opened again; a text that is in the store is not analysed again. What cannot be read
/// is listed by `onrecord errors`.
///
/// Exit code: 0 if all was read, 1 if something could not be read or the run was stopped, 2 if nothing could be done.
#[derive(Debug, Args)]
pub struct AddArguments {
    #[command(flatten)]
    store: StoreArgument,
    /// Files, folders and addresses; - is stdin
    #[arg(value_name = "PATH|URL", required_unless_present = "retry")]
    sources: Vec<String>,
    /// Try again what failed before, and nothing else; all of it, or what lies under PATH
    #[arg(long, value_enum)]
    retry: Option<Retry>,
    /// Read files from the start, whatever was read before
    #[arg(long, conflicts_with = "retry")]
    fresh: bool,
    /// When articles without a date of their own were published
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    date: Option<String>,
    /// How many articles are read at once [default: one for each core]
    #[arg(long, value_name = "N", value_parser = threads)]
    threads: Option<NonZeroUsize>,
    /// How it is shown how far the run has come [default: bar on a terminal, else none]
    #[arg(long, value_enum)]
    progress: Option<Show>,
}

/// What is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Retry {
    /// What could not be read
    Failed,
}

/// Adds every document of the sources and writes a summary to `out`.
///
/// # Errors
/// None of the sources is there, the store cannot be opened, the model cannot be loaded, or `out` failed.
pub fn run(arguments: &AddArguments, settings: &Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let sources: Vec<Source> = arguments.sources.iter().map(|name| Source::new(name)).collect::<Result<_, _>>()?;
    let is_missing = |source: &Source| matches!(source, Source::Path(path) if !path.exists());
    if arguments.retry.is_none() && sources.iter().all(is_missing) {
        bail!("{}: no such file or folder", arguments.sources.join(", "));
    }
    let store = Arc::new(Store::open_or_create(settings.store(arguments.store.store.as_deref()))?);
    let stop = Stop::listen().context("the system does not tell of Ctrl-C")?;
    let walk = Walk {
        store: Arc::clone(&store),
        limits: Limits::default(),
        is_fresh: arguments.fresh,
        stop: stop.clone(),
        bytes: Arc::default(),
        fetcher: Arc::new(Fetcher::new(settings.manners(), &Limits::default())),
    };
    let (limits, date) = (walk.limits.clone(), arguments.date.clone());
    let desk = Desk { engine: Engine::load()?, store: Arc::clone(&store), limits, date };
    let mut writer = store.writer()?;
    let job = writer.begin_job(&job(arguments, &sources))?;
    let done_before = job.counts.documents;
    let bytes = Bytes { read: Arc::clone(&walk.bytes), ..Bytes::unknown() };
    let mut keeper = Keeper::new(writer, job, watch::watcher(arguments.progress), stop.clone(), bytes.clone());
    if done_before > 0 {
        keeper.tell(&format!("going on after {done_before} documents"));
    }
    let pieces = pieces(arguments, walk, sources, bytes)?;
    let done =
        ordered::map(pieces, desk.workers(arguments.threads.or_else(|| settings.threads())), |done| keeper.take(done));
    let place = store.path().display().to_string();
    conclude(done, &stop, &mut keeper, out, &Words { done: "added", to: "to", place, unchanged: "files unchanged" })
}

/// What is to be read: the sources, or what failed in them before.
fn pieces(arguments: &AddArguments, walk: Walk, sources: Vec<Source>, bytes: Bytes) -> anyhow::Result<Pieces> {
    if arguments.retry.is_none() {
        let (counting, counted) = (walk.clone(), sources.clone());
        // Beside the run, for the time that is left: a large folder takes a while to be gone through.
        std::thread::spawn(move || bytes.total.store(counting.bytes_left(&counted), Ordering::Relaxed));
        return Ok(Box::new(walk.pieces(sources)));
    }
    let mut failures = walk.store.failures()?;
    failures.retain(|failure| sources.is_empty() || sources.iter().any(|source| lies_under(&failure.origin, source)));
    Ok(Box::new(walk.failed(failures)))
}

fn job(arguments: &AddArguments, sources: &[Source]) -> NewJob {
    let kind = if arguments.retry.is_some() { "retry" } else { "add" };
    NewJob {
        kind: kind.to_owned(),
        source: sources.iter().map(Source::name).collect::<Vec<_>>().join("\n"),
        options: arguments.date.as_ref().map(|date| serde_json::json!({ "date": date }).to_string()),
        now: now(),
    }
}

/// Whether a failed file is the source or lies in it.
fn lies_under(origin: &str, source: &Source) -> bool {
    match source {
        Source::Path(path) => std::path::Path::new(origin).starts_with(path),
        other => other.name() == origin,
    }
}

/// How a summary speaks of a run.
pub(super) struct Words {
    /// What was done with documents.
    pub done: &'static str,
    /// How the store hangs on it.
    pub to: &'static str,
    /// The store.
    pub place: String,
    /// What may be as it was.
    pub unchanged: &'static str,
}

/// Ends a run, in whatever way it came to its end, and says what it did.
pub(super) fn conclude(
    done: Result<(), Halt>,
    stop: &Stop,
    keeper: &mut Keeper,
    out: &mut impl Write,
    words: &Words,
) -> anyhow::Result<Outcome> {
    let is_stopped = stop.is_asked();
    let Some(standing) = end(done, is_stopped, keeper)? else { return Ok(Outcome::SomeFailed) };
    writeln!(out, "{}", summary(&standing, words))?;
    if is_stopped {
        keeper.tell("stopped; what is counted is kept, and the same command goes on from here");
    }
    let is_clean = standing.counts.failed == 0 && !is_stopped;
    Ok(if is_clean { Outcome::Clean } else { Outcome::SomeFailed })
}

/// Ends a run, in whatever way it came to its end; none where the store failed after a part of it, which is told.
///
/// # Errors
/// The store failed before anything was kept.
pub(super) fn end(done: Result<(), Halt>, is_stopped: bool, keeper: &mut Keeper) -> anyhow::Result<Option<Standing>> {
    let finished = match done {
        Ok(()) if !is_stopped => keeper.finish(State::Finished),
        Ok(()) | Err(Halt::Asked) => keeper.finish(State::Stopped),
        Err(error) => Err(error),
    };
    match finished {
        Ok(standing) => Ok(Some(standing)),
        Err(Halt::Asked) => Ok(None),
        Err(Halt::Store(error)) => {
            let standing = keeper.abandon();
            if standing.documents_now == 0 || standing.counts.documents == 0 {
                return Err(error.into());
            }
            let kept = standing.counts.documents;
            keeper.tell(&format!("{error}; {kept} documents are kept, and the same command goes on from there"));
            Ok(None)
        }
    }
}

/// `added 310 of 312 documents to news.db; 2 could not be read (onrecord errors lists them)`.
pub(super) fn summary(standing: &Standing, words: &Words) -> String {
    let counts = &standing.counts;
    let plural = if counts.documents == 1 { "" } else { "s" };
    let Words { done, to, place, unchanged } = words;
    let mut line = format!("{done} {} of {} document{plural} {to} {place}", counts.added, counts.documents);
    let known = counts.documents.saturating_sub(counts.added + counts.failed);
    for (count, what) in [
        (known, "known already"),
        (standing.unchanged, *unchanged),
        (counts.passed_over, "no documents, passed over"),
        (counts.failed, "could not be read (onrecord errors lists them)"),
    ] {
        if count > 0 {
            line.push_str(&format!("; {count} {what}"));
        }
    }
    line
}
