//! What can go wrong with a store, with the values that tell why.

use std::path::PathBuf;

/// Why a store could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no such file.
    #[error("no store at {}", .0.display())]
    Missing(PathBuf),
    /// A store is not made over a file that is there.
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    /// Some other file.
    #[error("{} is not a store of onrecord", .0.display())]
    Foreign(PathBuf),
    /// Made by a later release.
    #[error("{} has format {found}, which a newer onrecord made; this one reads formats up to {known}", path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its `user_version`.
        found: usize,
        /// The latest that this program knows.
        known: usize,
    },
    /// The steps from an older format to this one failed.
    #[error("{} cannot be brought to format {known}: {why}", path.display())]
    Migration {
        /// The file.
        path: PathBuf,
        /// The format that it should have.
        known: usize,
        /// What SQLite said.
        why: String,
    },
    /// A stored record that cannot be put together again.
    #[error("the record of document {document} is damaged: {why}")]
    Damaged {
        /// The permalink, or the number where that is all that is known.
        document: String,
        /// What does not fit.
        why: String,
    },
    /// A day or an item with more rows than the numbers of the format allow.
    #[error("the store has no number left for {0}")]
    Full(&'static str),
    /// Reading took longer than it was given.
    #[error("not answered within {0} ms")]
    Deadline(u128),
    /// The place where a page of results should go on is none that the store gave.
    #[error("{0:?} is no place in these results")]
    Cursor(String),
    /// What a correction is about is not there.
    #[error("{0}")]
    NoItem(String),
    /// A correction that does not fit what it corrects.
    #[error("{0}")]
    Correction(String),
    /// A token that cannot be made.
    #[error("{0}")]
    Token(String),
    /// A question that has no answer.
    #[error("{0}")]
    Query(String),
    /// The file system.
    #[error("the store cannot be made: {0}")]
    Io(std::io::Error),
    /// SQLite.
    #[error("sqlite: {0}")]
    Sqlite(#[from] rusqlite::Error),
}
