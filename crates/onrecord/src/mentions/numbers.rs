//! Digits and number words → numerals: "1,000", "three hundred", "2.5 million".
//!
//! The one place where a number is read; times and quantities build on it.

use crate::document::{Document, Span};

/// A number of the text, as its digits or words stand there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Numeral {
    pub span: Span,
    pub value: f64,
    /// "third", "23rd".
    pub is_ordinal: bool,
}

/// All numerals of a document, in the order of the text. O(n).
pub(crate) fn numerals(_document: &Document) -> Vec<Numeral> {
    Vec::new()
}
