//! The engine: an article in, its record out. No files, clock, network, threads or SQL.
//!
//! The stages, in the order of the data: [`document`] → encoder → mentions → relations → resolution, called by [`pipeline`] and written down by [`record`].

pub mod document;
mod encoder;
mod function_words;
mod mentions;
pub mod permalinks;
pub mod pipeline;
pub mod record;
mod relations;
mod resolution;
mod rules;
mod tables;

pub use pipeline::{Article, DateBasis, LoadError, Reader};
pub use record::Record;
pub use relations::cameo_code;
pub use resolution::{ComparedName, body_name, names_match};
pub use rules::{Rule, rule, rules};
