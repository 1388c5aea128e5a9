//! Numerals → quantities: how much of what, and how exactly.
//!
//! A number is tried in this order: is it no amount at all (`elsewhere`: a year, an age, a score, part of a name); is it money or a measure (`units`); does it
//! count something (`counts`); does it stand in a range (`ranges`); what do the words around it say of its bounds (`bounds`). Looks ahead and back over a
//! fixed number of words. Absent on purpose: what is meant but not written, such as the unit of a second number ("rose 2% and then 3").

mod amounts;
mod bounds;
mod counts;
mod elsewhere;
mod lexicon;
mod ranges;
mod units;

use super::numbers::{Atoms, Numeral};
use crate::document::{Document, Span};
use crate::rules;
use amounts::{Amount, Kind};

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
    /// Number and unit, or number and counted noun, without the words that bound it.
    pub span: Span,
    pub value: f64,
    /// The other end of a range.
    pub upper: Option<f64>,
    /// The unit as it is written, or what is counted, in the singular.
    pub unit: Option<String>,
    /// UCUM or ISO 4217 code, where there is one.
    pub unit_code: Option<String>,
    pub bound: Bound,
    /// What is counted or measured.
    pub of: Option<Span>,
    /// The value in the base unit of its measure, with that unit.
    pub base: Option<(f64, &'static str)>,
    /// The rule that found it.
    pub rule: &'static str,
}

/// All quantities of a document, in the order of the text; numerals within `taken` (times) are none. O(n).
pub(crate) fn quantities(document: &Document, numerals: &[Numeral], taken: &[Span]) -> Vec<Quantity> {
    let atoms = Atoms::new(document);
    let mut amounts: Vec<Option<Amount>> = Vec::with_capacity(numerals.len());
    let mut taken = taken.iter().peekable();
    for (at, &numeral) in numerals.iter().enumerate() {
        while taken.next_if(|span| span.end <= numeral.span.start).is_some() {}
        let is_taken = taken.peek().is_some_and(|span| span.overlaps(numeral.span));
        let is_elsewhere = elsewhere::is_elsewhere(document, &atoms, numerals, at);
        let amount = if is_elsewhere { None } else { amounts::amount(&atoms, numeral) };
        // Times take ages and seconds too; those are measures as well.
        amounts.push(
            amount.filter(|amount| !is_taken || amount.kind == Kind::Measure && !elsewhere::is_time(&atoms, amount)),
        );
    }
    ranges::join(&atoms, &mut amounts);
    let counted = amounts.into_iter().flatten().filter(|amount| counts::is_told(&atoms, amount));
    counted.map(|amount| quantity(&atoms, amount)).collect()
}

fn quantity(atoms: &Atoms, amount: Amount) -> Quantity {
    let rule = match amount.kind {
        _ if amount.upper.is_some() => rules::QUANTITY_RANGE,
        Kind::Money => rules::QUANTITY_MONEY,
        Kind::Measure => rules::QUANTITY_MEASURE,
        Kind::Count => rules::QUANTITY_COUNT,
        Kind::Bare => rules::QUANTITY_BARE,
    };
    Quantity {
        span: amount.span,
        value: amount.value,
        upper: amount.upper,
        bound: if amount.upper.is_some() { Bound::Between } else { bounds::bound(atoms, &amount) },
        of: amount.of,
        base: amount.base.map(|(factor, base)| (twelve_digits(amount.value * factor), base)),
        unit: amount.unit,
        unit_code: amount.code,
        rule,
    }
}

/// Without the noise of binary fractions: 0.3 and not 0.30000000000000004.
fn twelve_digits(value: f64) -> f64 {
    format!("{value:.11e}").parse().unwrap_or(value)
}

#[cfg(test)]
mod tests;
