//! How much, as a record writes it.

use serde::{Deserialize, Serialize, Serializer};

use super::{Because, CharIndex, CharSpan};
use crate::mentions;

/// One quantity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Quantity {
    /// `q1`, `q2`, … in the order of the text.
    pub id: String,
    /// Number and unit, or number and counted noun; without the words that bound it.
    pub span: CharSpan,
    /// The number; of a range the lower end.
    #[serde(serialize_with = "number")]
    pub value: f64,
    /// The other end of a range.
    #[serde(serialize_with = "number_or_null")]
    pub upper: Option<f64>,
    /// The unit as it is written, or what is counted, in the singular: `$`, `km`, `percent`, `reservist`.
    pub unit: Option<String>,
    /// The same as a code: UCUM for measures, ISO 4217 for money; null for what is counted.
    #[serde(default)]
    pub unit_code: Option<String>,
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
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct BaseValue {
    /// The number.
    #[serde(serialize_with = "number")]
    pub value: f64,
    /// UCUM or ISO 4217 code.
    pub unit: String,
}

/// How a value bounds what is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
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
        unit_code: quantity.unit_code.clone(),
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

/// 300000 and not 300000.0: a whole number as JSON writes one, as far as every reader holds it exactly.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
fn number<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() < EXACT {
        #[allow(clippy::cast_possible_truncation, reason = "whole, and within what an i64 holds")]
        return serializer.serialize_i64(*value as i64);
    }
    serializer.serialize_f64(*value)
}

#[allow(clippy::ref_option, reason = "the signature that serde asks for")]
fn number_or_null<S: Serializer>(value: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => number(value, serializer),
        None => serializer.serialize_none(),
    }
}
