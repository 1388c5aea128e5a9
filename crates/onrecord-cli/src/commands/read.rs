//! `onrecord read`: articles in, records out, in the order of the input.

use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};
use onrecord::{Article, Reader, Record};
use serde::Serialize;

use crate::failure::{ErrorRecord, Failure, Kind};
use crate::input::{Format, Input, Job};
use crate::json_line::is_date;
use crate::ordered::{self, caught};
use crate::outcome::Outcome;
use crate::paint::{self, Color};
use crate::pretty::{self, Page};
use crate::progress::Progress;
use crate::settings::Settings;

/// Find who said what in articles
///
/// A JSONL line is {"id", "text" or "html", "title"?, "published_at"?, "url"?, "outlet"?}; other fields are ignored. A record that onrecord wrote is
/// read anew from its text. Every line that is not blank gives
/// one record, in the order of the input. What cannot be read gives {"onrecord":1,"document":{"id"},"error":{"kind","message"}} in its
/// place and a message on stderr, and the run goes on. Kinds of error: not_found, permission_denied, is_directory, invalid_utf8, empty,
/// binary, too_large, too_deep, too_many_attributes, malformed, invalid_json, missing_text, unsupported, io, internal.
///
/// A text, and a line of JSONL, may have up to 64 MiB; what is longer is passed by with the error too_large. Texts are UTF-8 and are kept
/// exactly as they come. Of a web page (.html) the main text is taken, in any encoding, with the title, date, names and language it gives; a text in
/// another language than English is recorded, not analysed.
///
/// Exit code: 0 if all was read, 1 if some input failed, 2 if nothing could be done.
#[derive(Debug, Args)]
pub struct ReadArguments {
    /// Files to read; - is stdin, and so is no PATH at all
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// What the input is [default: by the file's extension; stdin is jsonl if its first line is a JSON object, else text]
    #[arg(long, value_enum)]
    from: Option<Format>,
    /// What to write [default: pretty on a terminal, else jsonl]
    #[arg(long, value_enum)]
    to: Option<To>,
    /// When articles without a date of their own were published
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    date: Option<String>,
    /// How many articles are read at once [default: one for each core]
    #[arg(long, value_name = "N", value_parser = threads)]
    threads: Option<NonZeroUsize>,
    /// Keep statements and events from this confidence on, 0 to 1; 0 shows every trigger [default: those that are worth keeping]
    #[arg(long, value_name = "P", value_parser = probability)]
    least_confidence: Option<f64>,
    /// How pretty output is ordered
    #[arg(long, value_enum, default_value = "text")]
    by: By,
    /// When pretty output is coloured
    #[arg(long, value_enum, default_value = "auto")]
    color: Color,
}

/// What a record is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum To {
    /// For people: statement by statement
    Pretty,
    /// Indented JSON, one value for each article
    Json,
    /// One record a line
    Jsonl,
}

/// How a page is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// Statement by statement, as the article has them
    Text,
    /// Speaker by speaker
    Speaker,
}

/// Reads every input and writes to `out` as it goes, one flush for each record.
///
/// # Errors
/// No input to read, or `out` failed.
pub fn run(arguments: &ReadArguments, settings: &Settings, out: &mut impl Write) -> anyhow::Result<Outcome> {
    if arguments.paths.is_empty() && io::stdin().is_terminal() {
        bail!("nothing to read: name a file or pipe an article in; onrecord read --help tells more");
    }
    let inputs = inputs(arguments);
    let threads = threads_for(&inputs, arguments.threads.or(settings.threads()));
    let reader = Reader::new().context("the reader model cannot be loaded")?;
    let reader = match arguments.least_confidence {
        Some(least) => reader.with_least_confidence(least),
        None => reader,
    };
    let to = arguments.to.unwrap_or(if io::stdout().is_terminal() { To::Pretty } else { To::Jsonl });
    let page = Page { columns: paint::columns(), is_coloured: arguments.color.on_stdout() };
    let desk = Desk { reader, to, by: arguments.by, page };
    let workers = std::iter::repeat_n(desk, threads).map(Desk::worker).collect();
    let date = arguments.date.clone();
    let jobs = inputs.into_iter().flat_map(move |input| input.jobs(date.clone()));

    let mut progress = Progress::new(settings.progress());
    let mut tally = Tally::default();
    let written: io::Result<()> = ordered::map(jobs, workers, |done: Done| {
        if to == To::Pretty && !done.output.is_empty() && tally.written > 0 {
            out.write_all(b"\n")?;
        }
        out.write_all(&done.output)?;
        out.flush()?;
        tally.count(&done);
        if let Some((label, failure)) = &done.failure {
            progress.tell(&format!("{label}: {}", failure.message));
        }
        progress.add(done.bytes, done.failure.is_some());
        Ok(())
    });
    written?;
    Ok(tally.outcome())
}

fn inputs(arguments: &ReadArguments) -> Vec<Input> {
    if arguments.paths.is_empty() {
        return vec![Input { path: None, format: arguments.from }];
    }
    arguments.paths.iter().map(|path| Input::new(path, arguments.from)).collect()
}

/// No more threads than there can be articles.
fn threads_for(inputs: &[Input], wanted: Option<NonZeroUsize>) -> usize {
    let cores = || std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let threads = wanted.unwrap_or_else(cores).get();
    if inputs.iter().all(Input::is_single) { threads.min(inputs.len()) } else { threads }
}

/// A day as it is written on the command line.
pub(crate) fn day(text: &str) -> Result<String, String> {
    if text.len() == "YYYY-MM-DD".len() && is_date(text) {
        Ok(text.to_owned())
    } else {
        Err("not a day such as 2024-05-01".to_owned())
    }
}

fn probability(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| format!("{text} is not a number from 0 to 1"))
}

pub(super) fn threads(text: &str) -> Result<NonZeroUsize, String> {
    let most = 1024;
    text.parse()
        .ok()
        .filter(|threads: &NonZeroUsize| threads.get() <= most)
        .ok_or_else(|| format!("not a number from 1 to {most}"))
}

/// What one article came to.
struct Done {
    output: Vec<u8>,
    failure: Option<(String, Failure)>,
    bytes: u64,
}

/// What a worker needs to turn a job into output.
#[derive(Clone)]
struct Desk {
    reader: Reader,
    to: To,
    by: By,
    page: Page,
}

impl Desk {
    fn worker(mut self) -> impl FnMut(Job) -> Done + Send + 'static {
        move |Job { label, id, bytes, article, .. }| match article.and_then(|article| self.read(&article, &label)) {
            Ok(output) => Done { output, failure: None, bytes },
            Err(failure) => {
                let output = match self.to {
                    To::Pretty => Vec::new(),
                    to => json(&ErrorRecord::new(id.as_deref().unwrap_or(&label), &failure), to),
                };
                Done { output, failure: Some((label, failure)), bytes }
            }
        }
    }

    /// The record of `article` as it is written; a panic on the way is a failure of this article alone.
    fn read(&mut self, article: &Article, label: &str) -> Result<Vec<u8>, Failure> {
        caught(|| self.written(&self.reader.read(article), label)).map_err(|panic| {
            // A clone has a thread of its own; that of the reader that panicked may have ended.
            self.reader = self.reader.clone();
            Failure::new(Kind::Internal, format!("the program failed, please report it: {panic}"))
        })
    }

    fn written(&self, record: &Record, label: &str) -> Vec<u8> {
        match self.to {
            To::Pretty if self.by == By::Speaker => pretty::by_speaker(record, label, self.page).into_bytes(),
            To::Pretty => pretty::article(record, label, self.page).into_bytes(),
            to => json(record, to),
        }
    }
}

/// `value` and a line feed.
fn json(value: &impl Serialize, to: To) -> Vec<u8> {
    let written = if to == To::Json { serde_json::to_vec_pretty(value) } else { serde_json::to_vec(value) };
    // Records have string keys and finite numbers; nothing else can fail on the way into memory.
    let mut written = written.unwrap_or_default();
    written.push(b'\n');
    written
}

#[derive(Default)]
struct Tally {
    written: u64,
    failed: u64,
    unopened: u64,
}

impl Tally {
    fn count(&mut self, done: &Done) {
        match &done.failure {
            None => self.written += 1,
            Some((_, failure)) => {
                self.failed += 1;
                self.unopened += u64::from(failure.kind.is_unopened());
            }
        }
    }

    fn outcome(&self) -> Outcome {
        match self.written + self.failed {
            _ if self.failed == 0 => Outcome::Clean,
            all if self.unopened == all => Outcome::NothingDone,
            _ => Outcome::SomeFailed,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;
    use std::path::Path;

    use clap::{Args, Command};

    use super::{ReadArguments, day, threads_for};
    use crate::failure::Kind;
    use crate::input::Input;
    use crate::lines::LIMIT;

    #[test]
    fn the_help_gives_the_limit_and_every_kind_of_error() {
        let help = ReadArguments::augment_args(Command::new("read")).render_long_help().to_string();
        let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
        let kinds = Kind::ALL.map(|kind| serde_json::to_string(&kind).unwrap().replace('"', "")).join(", ");
        assert!(help.contains(&format!("Kinds of error: {kinds}.")), "{help}");
        assert!(help.contains(&format!("up to {} MiB", LIMIT >> 20)), "{help}");
    }

    #[test]
    fn a_single_text_takes_a_single_thread() {
        let threads = |paths: &[&str]| {
            let inputs: Vec<Input> = paths.iter().map(|path| Input::new(Path::new(path), None)).collect();
            threads_for(&inputs, NonZeroUsize::new(4))
        };
        assert_eq!(threads(&["a.txt"]), 1);
        assert_eq!(threads(&["a.txt", "b.txt"]), 2);
        assert_eq!(threads(&["a.txt", "b.jsonl"]), 4);
        assert_eq!(threads(&["-"]), 4);
    }

    #[test]
    fn a_day_has_no_time() {
        assert_eq!(day("2024-05-01").as_deref(), Ok("2024-05-01"));
        assert!(day("2024-05-01T10:00").is_err());
        assert!(day("2024-05-32").is_err());
    }
}
