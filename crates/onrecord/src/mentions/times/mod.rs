//! Words → time expressions, as they are said: "Friday", "two days after", "between September 23 and 27".
//!
//! What they come to on the calendar is for `resolution` to say.

use super::numbers::Numeral;
use crate::document::{Document, Span};

/// One time expression.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TimeExpression {
    pub span: Span,
}

/// All time expressions of a document, in the order of the text. O(n).
pub(crate) fn times(_document: &Document, _numerals: &[Numeral]) -> Vec<TimeExpression> {
    Vec::new()
}
