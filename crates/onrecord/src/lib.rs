//! The engine: an article in, its record out. No files, clock, network, threads or SQL.
//!
//! The stages, in the order of the data: [`document`] → encoder → relations, called by [`pipeline`] and written down by [`record`].

pub mod document;
mod encoder;
pub mod pipeline;
pub mod record;
mod relations;
mod rules;

pub use pipeline::{Article, LoadError, Reader};
pub use record::Record;
pub use rules::{Rule, rule, rules};
