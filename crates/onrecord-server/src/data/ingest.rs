//! Runs over files, archives and feeds; what could not be read; articles in other languages than English.

use onrecord_store::jobs::{Failure, Job, State};
use onrecord_store::{Row, Store, StoreError, views};
use serde::Serialize;

use super::PATIENCE;
use crate::answer::Found;
use crate::asked::Parameters;
use crate::problem::Problem;

/// A run that says it is at work, but wrote nothing for so many seconds, was killed at it or waits for something.
const SILENCE: i64 = 60;

/// A run.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
pub struct JobRow {
    /// Made of kind and source.
    pub id: String,
    /// `add`, `reread`.
    pub kind: String,
    /// The paths and addresses, one a line.
    pub source: String,
    /// `running`, `silent` (it says that it is running, but wrote nothing for a minute), `stopped`, `finished`.
    pub state: &'static str,
    /// Documents that were come by.
    pub documents: u64,
    /// Those that came into the store.
    pub added: u64,
    /// Those that could not be read.
    pub failed: u64,
    /// What is no document by its nature.
    pub passed_over: u64,
    /// Bytes of the files that were read to their end.
    pub bytes: u64,
    /// Documents a second, from its beginning to its last word; null within the first second.
    pub per_second: Option<f64>,
    /// When it began, ISO 8601.
    pub started_at: String,
    /// When it last wrote, ISO 8601.
    pub updated_at: String,
}

impl JobRow {
    fn new(job: Job, now: jiff::Timestamp) -> JobRow {
        let moment = |text: &str| text.parse::<jiff::Timestamp>().ok();
        let (started, updated) = (moment(&job.started_at), moment(&job.updated_at));
        let seconds = started.zip(updated).map(|(started, updated)| updated.duration_since(started).as_secs_f64());
        let is_silent = updated.is_some_and(|updated| now.duration_since(updated).as_secs() > SILENCE);
        let documents = job.counts.documents as f64;
        JobRow {
            state: if job.state == State::Running && is_silent { "silent" } else { job.state.name() },
            per_second: seconds
                .filter(|seconds| *seconds >= 1.0)
                .map(|seconds| (documents / seconds * 10.0).round() / 10.0),
            id: job.id,
            kind: job.kind,
            source: job.source,
            documents: job.counts.documents,
            added: job.counts.added,
            failed: job.counts.failed,
            passed_over: job.counts.passed_over,
            bytes: job.counts.bytes,
            started_at: job.started_at,
            updated_at: job.updated_at,
        }
    }
}

impl Row for JobRow {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "kind",
        "source",
        "state",
        "documents",
        "added",
        "failed",
        "passed_over",
        "bytes",
        "per_second",
        "started_at",
        "updated_at",
    ];
    const SHOWN: &'static [&'static str] = &["id", "state", "documents", "added", "failed", "source"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.clone(),
            self.kind.clone(),
            self.source.clone(),
            self.state.to_owned(),
            self.documents.to_string(),
            self.added.to_string(),
            self.failed.to_string(),
            self.passed_over.to_string(),
            self.bytes.to_string(),
            self.per_second.map(|rate| rate.to_string()).unwrap_or_default(),
            self.started_at.clone(),
            self.updated_at.clone(),
        ]
    }
}

/// All runs, that which wrote last first.
///
/// # Errors
/// [`Problem::Internal`].
pub fn jobs(store: &Store, now: jiff::Timestamp) -> Result<Vec<JobRow>, Problem> {
    Ok(store.jobs()?.into_iter().map(|job| JobRow::new(job, now)).collect())
}

/// What the page of ingest shows.
#[derive(Debug, Clone)]
pub struct Ingest {
    /// The runs.
    pub jobs: Vec<JobRow>,
    /// How often each code of a reason comes.
    pub codes: Vec<(String, u64)>,
    /// A page of what could not be read, the latest first.
    pub failures: Found<Failure>,
    /// Languages but English with how many articles they have, which are kept but not analysed; none where counting takes too long.
    pub others: Option<Vec<(String, u64)>>,
}

/// Asks for all that the page shows; `path` is where it stands.
///
/// # Errors
/// [`Problem::Asked`].
pub fn ingest(store: &Store, asked: &Parameters, path: &str, now: jiff::Timestamp) -> Result<Ingest, Problem> {
    Ok(Ingest {
        failures: failures(store, asked, path)?,
        jobs: jobs(store, now)?,
        codes: store.failure_codes()?,
        others: others(store)?,
    })
}

/// A page of what could not be read, the latest first.
///
/// # Errors
/// [`Problem::Asked`].
pub fn failures(store: &Store, asked: &Parameters, path: &str) -> Result<Found<Failure>, Problem> {
    asked.only(&["code", "limit", "after"])?;
    let (rows, next) = store.latest_failures(asked.one("code")?, asked.rows()?, asked.one("after")?)?;
    let next_url = next.map(|next| asked.with("after", Some(&next)).behind(path));
    Ok(Found { next_url, total: None, ..Found::all(rows) })
}

fn others(store: &Store) -> Result<Option<Vec<(String, u64)>>, Problem> {
    let is_other = |(language, _): &(String, u64)| language != "en" && !language.starts_with("en-");
    match views::languages(&store.readers().get(Some(PATIENCE))?) {
        Ok(languages) => Ok(Some(languages.into_iter().filter(is_other).collect())),
        Err(StoreError::Deadline(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
