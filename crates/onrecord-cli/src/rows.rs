//! How hits are spread → rows.

use onrecord_store::Row;
use serde::Serialize;

/// How often hits have a value.
#[derive(Debug, Serialize)]
pub struct Spread {
    /// What is counted: `statements`, `events`, `documents`, …
    pub of: &'static str,
    /// The field; empty for a total.
    pub field: &'static str,
    /// What a search takes for it.
    pub value: String,
    /// What people read.
    pub label: String,
    /// In how many hits.
    pub count: u64,
}

impl Row for Spread {
    const COLUMNS: &'static [&'static str] = &["of", "field", "value", "label", "count"];
    const SHOWN: &'static [&'static str] = &["of", "field", "count", "label"];

    fn cells(&self) -> Vec<String> {
        vec![self.of.to_owned(), self.field.to_owned(), self.value.clone(), self.label.clone(), self.count.to_string()]
    }
}
