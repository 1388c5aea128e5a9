//! How much, as a record writes it.

use serde::{Deserialize, Serialize};

use super::{Because, CharIndex, CharSpan};
use crate::mentions;

/// One quantity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// `q1`, `q2`, … in the order of the text.
    pub id: String,
    /// Number and unit, or number and counted noun.
    pub span: CharSpan,
    /// The number.
    pub value: f64,
    /// The other end of a range.
    pub upper: Option<f64>,
    /// UCUM or ISO 4217 code where there is one, else the singular of the counted noun.
    pub unit: Option<String>,
    /// How the value bounds what is meant.
    pub bound: Bound,
    /// What is counted or measured.
    pub of: Option<CharSpan>,
    /// The value in the base unit of its measure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<BaseValue>,
    /// The rule that found it.
    pub because: Because,
}

/// A value in the base unit of its measure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BaseValue {
    /// The number.
    pub value: f64,
    /// UCUM or ISO 4217 code.
    pub unit: String,
}

/// How a value bounds what is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Bound {
    /// "300".
    Exactly,
    /// "some 300".
    About,
    /// "at least 300".
    #[serde(rename = "at least")]
    AtLeast,
    /// "more than 300".
    #[serde(rename = "more than")]
    MoreThan,
    /// "up to 300".
    #[serde(rename = "at most")]
    AtMost,
    /// "nearly 300".
    #[serde(rename = "less than")]
    LessThan,
    /// "300 to 400".
    Between,
}

pub(super) fn write_quantity(quantity: &mentions::Quantity, number: usize, index: &CharIndex) -> Quantity {
    Quantity {
        id: format!("q{number}"),
        span: index.chars(quantity.span),
        value: quantity.value,
        upper: quantity.upper,
        unit: quantity.unit.clone(),
        bound: match quantity.bound {
            mentions::Bound::Exactly => Bound::Exactly,
            mentions::Bound::About => Bound::About,
            mentions::Bound::AtLeast => Bound::AtLeast,
            mentions::Bound::MoreThan => Bound::MoreThan,
            mentions::Bound::AtMost => Bound::AtMost,
            mentions::Bound::LessThan => Bound::LessThan,
            mentions::Bound::Between => Bound::Between,
        },
        of: quantity.of.map(|span| index.chars(span)),
        base: quantity.base.map(|(value, unit)| BaseValue { value, unit: unit.to_owned() }),
        because: Because::rule(quantity.rule),
    }
}
