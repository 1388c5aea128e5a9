//! What turns an article into a record: the reader model.
//!
//! Tests that kill the program some hundred times put a quick stand-in in its place, behind the feature `failpoints`; all else is the same code.

use anyhow::Context;
use onrecord::{Article, Reader, Record};

use crate::failure::{Failure, Kind};
use crate::ordered::caught;

/// Reads articles, on one thread.
#[derive(Clone)]
pub enum Engine {
    /// The reader model.
    Model(Box<Reader>),
    /// The stand-in.
    #[cfg(feature = "failpoints")]
    Quick,
}

impl Engine {
    /// Loads the model.
    ///
    /// # Errors
    /// It cannot be loaded.
    pub fn load() -> anyhow::Result<Engine> {
        #[cfg(feature = "failpoints")]
        if std::env::var_os("ONRECORD_QUICK_READER").is_some() {
            return Ok(Engine::Quick);
        }
        Ok(Engine::Model(Box::new(Reader::new().context("the reader model cannot be loaded")?)))
    }

    /// The record of an article; a panic on the way is a failure of this article alone.
    ///
    /// # Errors
    /// The program failed.
    pub fn read(&mut self, article: &Article) -> Result<Record, Failure> {
        let read = caught(|| self.read_or_panic(article));
        read.map_err(|panic| {
            // A clone has a thread of its own; that of the reader that panicked may have ended.
            *self = self.clone();
            Failure::new(Kind::Internal, format!("the program failed, please report it: {panic}"))
        })
    }

    /// The record of an article.
    ///
    /// # Panics
    /// If the program fails: for callers that keep a panic to its article.
    pub fn read_or_panic(&mut self, article: &Article) -> Record {
        match self {
            Engine::Model(reader) => reader.read(article),
            #[cfg(feature = "failpoints")]
            Engine::Quick => super::quick::read(article),
        }
    }
}
