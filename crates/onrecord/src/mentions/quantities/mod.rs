//! Numerals → quantities: how much of what, and how exactly.

use super::numbers::Numeral;
use crate::document::{Document, Span};

/// How a value bounds what is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Bound {
    Exactly,
    About,
    AtLeast,
    MoreThan,
    AtMost,
    LessThan,
    Between,
}

/// One quantity.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Quantity {
    pub span: Span,
    pub value: f64,
    /// The other end of a range.
    pub upper: Option<f64>,
    /// UCUM or ISO 4217 code where there is one, else the singular of the counted noun.
    pub unit: Option<String>,
    pub bound: Bound,
    /// What is counted or measured.
    pub of: Option<Span>,
    /// The value in the base unit of its measure, with that unit.
    pub base: Option<(f64, &'static str)>,
    /// The rule that found it.
    pub rule: &'static str,
}

/// All quantities of a document, in the order of the text; numerals within `taken` (times) are none.
pub(crate) fn quantities(_document: &Document, _numerals: &[Numeral], _taken: &[Span]) -> Vec<Quantity> {
    Vec::new()
}
