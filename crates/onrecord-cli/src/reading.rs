//! Articles or records → records, for the commands that take both. A record is not read again.

use onrecord::{Article, Reader, Record};

use crate::failure::{Failure, Kind};
use crate::input::Job;
use crate::ordered::caught;
use crate::outcome::Outcome;

/// What one input came to.
pub struct Done {
    /// What the input is called.
    pub label: String,
    /// The record, given or read.
    pub record: Result<Box<Record>, Failure>,
    /// How long the input was.
    pub bytes: u64,
}

/// Reads with a reader of its own; for one thread.
pub fn worker(mut reader: Reader) -> impl FnMut(Job) -> Done + Send + 'static {
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

/// How many inputs were read and how many were not.
#[derive(Debug, Default)]
pub struct Inputs {
    /// Articles or records that were read.
    pub read: usize,
    failed: usize,
    unopened: usize,
}

impl Inputs {
    /// Counts one that failed.
    pub fn fail(&mut self, failure: &Failure) {
        self.failed += 1;
        self.unopened += usize::from(failure.kind.is_unopened());
    }

    /// The outcome of the run.
    pub fn outcome(&self) -> Outcome {
        match self.failed {
            0 => Outcome::Clean,
            failed if self.read == 0 && failed == self.unopened => Outcome::NothingDone,
            _ => Outcome::SomeFailed,
        }
    }
}
