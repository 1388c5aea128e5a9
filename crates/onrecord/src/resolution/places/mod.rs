//! Place names → places of the gazetteer: which Springfield.

use super::Resolved;
use crate::document::{Document, Span};
use crate::mentions::Mention;
use crate::relations::Statement;

/// A place that the text names.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Place {
    pub span: Span,
    /// Its usual English name.
    pub name: String,
    /// Degrees, WGS 84.
    pub point: Option<(f64, f64)>,
    /// What it is: country, capital, admin1, city, region, …
    pub kind: &'static str,
    /// ISO 3166-1 alpha-2.
    pub country: Option<&'static str>,
    /// States that claim or administer a disputed place.
    pub claimed_by: Vec<&'static str>,
    pub geonames: Option<u32>,
    /// The name stands for a government.
    pub as_actor: bool,
    /// It stands in the dateline.
    pub is_dateline: bool,
    /// The rule that told which place it is.
    pub rule: &'static str,
}

/// Finds and resolves the places of an article; `outlet` is who published it.
pub(crate) fn places(
    _document: &Document,
    _mentions: &[Mention],
    _statements: &[Statement],
    _resolved: &Resolved,
    _outlet: Option<&str>,
) -> Vec<Place> {
    Vec::new()
}
