//! A numeral → an amount: its sign, currency, unit or counted noun, with the span of it all.

use super::counts::{self, Counted};
use super::units::{self, Measured};
use crate::document::Span;
use crate::mentions::numbers::{Atoms, Gap, Numeral};

/// What an amount is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Money,
    Measure,
    Count,
    /// Nothing that stands beside it.
    Bare,
}

/// A number with what belongs to it, before its neighbours are looked at.
#[derive(Debug, Clone)]
pub(super) struct Amount {
    pub numeral: Numeral,
    /// Its first atom, sign and currency included.
    pub first: usize,
    /// The atom behind it.
    pub end: usize,
    pub span: Span,
    pub value: f64,
    pub upper: Option<f64>,
    pub kind: Kind,
    pub unit: Option<String>,
    pub code: Option<String>,
    /// How many of the base unit one is, and that unit.
    pub base: Option<(f64, &'static str)>,
    /// `time`, `age`, `length`, …; empty for what is no measure.
    pub measure: &'static str,
    pub of: Option<Span>,
}

/// What a numeral amounts to; none where something is glued to it that is no unit.
pub(super) fn amount(atoms: &Atoms, numeral: Numeral) -> Option<Amount> {
    let start = atoms.at(numeral.span.start);
    let end = atoms.at(numeral.span.end.saturating_sub(1)) + 1;
    let (start, is_negative) = sign(atoms, start);
    let mut amount = bare(atoms, numeral, start, end);
    if is_negative {
        amount.value = -amount.value;
    }
    let before = units::currency_before(atoms, start);
    if let Some(measured) = &before {
        let (first, is_negative) = sign(atoms, measured.first);
        amount.first = first;
        if is_negative {
            amount.value = -amount.value;
        }
    }
    match before.or_else(|| units::behind(atoms, end, numeral)).or_else(|| behind_of(atoms, end, numeral)) {
        Some(measured) => take_unit(atoms, &mut amount, measured),
        None => take_count(atoms, &mut amount),
    }
    amount.span = span(atoms, amount.first, amount.end, numeral);
    if amount.kind == Kind::Count && amount.value < 0.0 {
        return None;
    }
    let is_glued = atoms.gap(amount.end - 1) == Gap::Nothing && is_letter(atoms.words(amount.end));
    (!is_glued).then_some(amount)
}

/// "of dollars" behind "tens of millions", "of miles" behind "hundreds".
fn behind_of(atoms: &Atoms, end: usize, numeral: Numeral) -> Option<Measured> {
    (numeral.is_vague && atoms.is(end, "of")).then(|| units::behind(atoms, end + 1, numeral)).flatten()
}

fn bare(atoms: &Atoms, numeral: Numeral, first: usize, end: usize) -> Amount {
    Amount {
        numeral,
        first,
        end,
        span: span(atoms, first, end, numeral),
        value: numeral.value,
        upper: None,
        kind: Kind::Bare,
        unit: None,
        code: None,
        base: None,
        measure: "",
        of: None,
    }
}

fn take_unit(atoms: &Atoms, amount: &mut Amount, measured: Measured) {
    amount.end = amount.end.max(measured.end);
    amount.kind = if measured.is_money { Kind::Money } else { Kind::Measure };
    amount.unit = Some(measured.unit);
    amount.code = Some(measured.code);
    amount.base = measured.base;
    amount.measure = measured.measure;
    amount.of = counts::measured(atoms, amount);
}

fn take_count(atoms: &Atoms, amount: &mut Amount) {
    let Some(Counted { end, of, unit }) = counts::counted(atoms, amount) else { return };
    amount.end = end;
    amount.kind = Kind::Count;
    amount.unit = unit;
    amount.of = Some(of);
}

/// The first atom of a number with its sign, and whether that is a minus.
fn sign(atoms: &Atoms, first: usize) -> (usize, bool) {
    let Some(before) = first.checked_sub(1) else { return (first, false) };
    let word = atoms.words(before);
    let is_apart = before
        .checked_sub(1)
        .is_none_or(|at| atoms.gap(at) != Gap::Nothing || matches!(atoms.words(at), "(" | "$" | "€" | "£"));
    match (word, atoms.gap(before)) {
        ("-" | "−", Gap::Nothing) if is_apart => (before, true),
        ("minus" | "Minus", Gap::Space | Gap::Hyphen) => (before, true),
        _ => (first, false),
    }
}

/// From the atom `first` up to `end`; the ".5" of a numeral begins before its atom.
fn span(atoms: &Atoms, first: usize, end: usize, numeral: Numeral) -> Span {
    let bounds = (atoms.get(first), end.checked_sub(1).and_then(|last| atoms.get(last)));
    let (Some(first), Some(last)) = bounds else { return numeral.span };
    numeral.span.cover(first.span).cover(last.span)
}

fn is_letter(word: &str) -> bool {
    word.starts_with(char::is_alphanumeric)
}
