//! `onrecord check`: are the anchors of a record sound, and is its text still the article's?

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use clap::Args;
use serde_json::Value;

use crate::audit::{self, Audit, Fault, Standing};
use crate::failure::Failure;
use crate::input::{self, Format, Input};
use crate::json_line::fault_in_line;
use crate::lines::{LIMIT, Line, Lines};
use crate::originals::Originals;
use crate::outcome::Outcome;
use crate::plain::one_line;

/// Check that every anchor of a record points at its words
///
/// Every span must lie within the text, sentences within paragraphs, spans of one item in order and on whole words; parents must exist and
/// hold their statements; an id that is a SHA-256 must be that of the text. Writes a line for each fault and a summary.
///
/// Exit code: 0 if there is no fault, 1 if there is one, 2 if nothing could be checked. Error records are counted and are no faults.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// Records, as JSON or JSONL; - is stdin
    record: PathBuf,
    /// The articles they were made from, as text or JSONL; their texts must be equal
    article: Option<PathBuf>,
}

/// The longest line of records that is read: a text at the limit, its anchors and its escapes.
const RECORD_LIMIT: usize = 16 * LIMIT;

/// A record, or why there is none in its place.
type Found = Result<Value, String>;

/// Checks every record, one at a time.
///
/// # Errors
/// RECORD or ARTICLE cannot be opened, RECORD is empty, or `out` failed.
pub fn run(arguments: &CheckArguments, out: &mut impl Write) -> anyhow::Result<Outcome> {
    if arguments.record == Path::new("-") && arguments.article.as_deref() == Some(Path::new("-")) {
        bail!("only one of RECORD and ARTICLE can be stdin");
    }
    let failed = |path: &Path, failure: Failure| anyhow!("{}: {}", path.display(), failure.message);
    let originals =
        arguments.article.as_deref().map(|path| Originals::open(path).map_err(|failure| failed(path, failure)));
    let originals = originals.transpose()?;
    let records = open(&arguments.record).map_err(|failure| failed(&arguments.record, failure))?;

    let mut summary = Summary::default();
    for (number, found) in (1..).zip(records) {
        let audit = match found {
            Ok(record) => audited(&record, originals.as_ref()),
            Err(what) => {
                Audit { faults: vec![Fault { item: "record".to_owned(), what, words: None }], ..Audit::default() }
            }
        };
        let id = if audit.id.is_empty() { format!("#{number}") } else { one_line(&audit.id) };
        for fault in &audit.faults {
            writeln!(out, "{id}, {fault}")?;
        }
        summary.add(&audit);
    }
    if summary == Summary::default() {
        bail!("{}: there are no records", arguments.record.display());
    }
    writeln!(out, "{}", summary.line())?;
    Ok(if summary.faults == 0 { Outcome::Clean } else { Outcome::SomeFailed })
}

fn audited(record: &Value, originals: Option<&Originals>) -> Audit {
    let mut audit = audit::audit(record);
    let (Some(originals), Some(text)) = (originals, record["document"]["text"].as_str()) else { return audit };
    if originals.gave(&audit.id) {
        audit.faults.retain(|fault| !fault.what.starts_with(audit::NOT_THE_HASH));
    }
    if let Some(what) = originals.difference(&audit.id, text) {
        audit.faults.push(Fault { item: "document".to_owned(), what, words: None });
    }
    audit
}

/// Lines of records, or JSON values that follow one another.
fn open(path: &Path) -> Result<Box<dyn Iterator<Item = Found>>, Failure> {
    let input = Input::new(path, None);
    let bytes = input.open()?;
    let (bytes, format) =
        if input.format == Some(Format::Jsonl) { (bytes, Format::Jsonl) } else { input::guess(bytes)? };
    if format == Format::Jsonl {
        return Ok(Box::new(
            Lines::new(bytes, RECORD_LIMIT)
                .filter_map(|line| line.map_or_else(|e| Some(Err(e.to_string())), record_of)),
        ));
    }
    Ok(Box::new(
        serde_json::Deserializer::from_reader(bytes)
            .into_iter()
            .map(|record| record.map_err(|error| format!("not JSON: {error}"))),
    ))
}

/// The record of a line; none if it is blank.
fn record_of(line: Line) -> Option<Found> {
    let Some(bytes) = line.bytes else {
        return Some(Err(format!("line {} is longer than {} MiB", line.number, RECORD_LIMIT >> 20)));
    };
    if bytes.trim_ascii().is_empty() {
        return None;
    }
    Some(
        serde_json::from_slice(&bytes)
            .map_err(|error| format!("line {} is not JSON: {}", line.number, fault_in_line(&error))),
    )
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Summary {
    records: usize,
    anchors: usize,
    faults: usize,
    errors: usize,
}

impl Summary {
    fn add(&mut self, audit: &Audit) {
        self.records += usize::from(audit.standing == Standing::Record);
        self.errors += usize::from(audit.standing == Standing::ErrorRecord);
        self.anchors += audit.anchors;
        self.faults += audit.faults.len();
    }

    /// `3 records, 57 anchors, 0 faults`, and the error records if there are any.
    fn line(&self) -> String {
        let count = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
        let errors = if self.errors == 0 { String::new() } else { format!("; {}", count(self.errors, "error record")) };
        format!(
            "{}, {}, {}{errors}",
            count(self.records, "record"),
            count(self.anchors, "anchor"),
            count(self.faults, "fault")
        )
    }
}
