//! Articles or records → records, for the commands that take both. A record is not read again.

use std::io;
use std::num::NonZero;
use std::path::PathBuf;

use anyhow::Context;
use onrecord::{Article, Reader, Record};

use crate::failure::{Failure, Kind};
use crate::input::{Input, Job};
use crate::ordered::{self, caught};
use crate::outcome::Inputs;
use crate::progress::Progress;
use crate::settings::Settings;

/// What one input came to.
struct Done {
    /// What the input is called.
    label: String,
    /// The record, given or read.
    record: Result<Box<Record>, Failure>,
    /// How long the input was.
    bytes: u64,
}

/// Reads every input on all cores and shows each record, with what its input is called, in the order of the input; what cannot be read is told on
/// stderr. `date` is when articles without a date of their own were published.
///
/// # Errors
/// The model cannot be loaded, or `take` failed.
pub fn each(
    paths: &[PathBuf],
    date: Option<&str>,
    settings: &Settings,
    mut take: impl FnMut(&Record, &str) -> io::Result<()>,
) -> anyhow::Result<Inputs> {
    let reader = Reader::new().context("the reader model cannot be loaded")?;
    let threads = settings.threads().or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZero::get);
    let workers = std::iter::repeat_n(reader, threads).map(worker).collect();
    let inputs: Vec<Input> = paths.iter().map(|path| Input::new(path, None)).collect();
    let date = date.map(str::to_owned);
    let jobs = inputs.into_iter().flat_map(move |input| input.jobs(date.clone()));
    let mut progress = Progress::new(settings.progress());
    let mut tally = Inputs::default();
    let read: io::Result<()> = ordered::map(jobs, workers, |Done { label, record, bytes }: Done| {
        progress.add(bytes, record.is_err());
        match &record {
            Ok(record) => {
                tally.read += 1;
                take(record, &label)?;
            }
            Err(failure) => {
                tally.fail(failure);
                progress.tell(&format!("{label}: {}", failure.message));
            }
        }
        Ok(())
    });
    read?;
    Ok(tally)
}

/// Reads with a reader of its own; for one thread.
fn worker(mut reader: Reader) -> impl FnMut(Job) -> Done + Send + 'static {
    move |Job { label, bytes, article, record, .. }| {
        let record = match record {
            Some(record) => Ok(record),
            None => article.and_then(|article| read(&mut reader, &article)),
        };
        Done { label, record, bytes }
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
