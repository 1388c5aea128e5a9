//! How a run ends: exit codes, and messages on stderr.

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use crate::failure::Failure;
use crate::plain;

/// What a run came to. The numbers are part of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// 0: everything was done, nothing was found wrong.
    Clean,
    /// 1: some input failed, or `check` found faults.
    SomeFailed,
    /// 1: a store has nothing of what was asked for.
    NothingFound,
    /// 2: nothing could be done.
    NothingDone,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(match outcome {
            Outcome::Clean => 0,
            Outcome::SomeFailed | Outcome::NothingFound => 1,
            Outcome::NothingDone => 2,
        })
    }
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

/// Writes `onrecord: message` to stderr as one line, with nothing in it that a terminal would obey. A closed stderr is no failure.
pub fn tell(message: &str) {
    let _ = writeln!(io::stderr(), "onrecord: {}", plain::one_line(message));
}

/// Whether the run ended because the reader of its output went away (`onrecord read … | head`).
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .any(|cause| cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe))
}
