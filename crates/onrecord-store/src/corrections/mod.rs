//! What people correct: a log that is only ever added to, put on every record that is given out.
//!
//! A correction names an item by its permalink, so it outlives a new reading: it is put on again when a document is read by another engine, at the same
//! words. Taking one back is another correction. The log goes out and in as JSON lines; each has an id made of all that it says, so that it comes in once,
//! and a line that was altered is refused.
//!
//! Order counts, not time: of two corrections of one item the later entry has the last word.

mod apply;
mod change;
mod checks;
mod log;
mod subjects;

pub use change::{Change, Edit, Speaker};
pub use log::{Correction, Logged, NewCorrection, log};

pub(crate) use apply::corrected;
pub(crate) use log::about;
pub(crate) use subjects::settle;
