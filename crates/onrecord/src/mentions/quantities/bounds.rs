//! What the words around a number say of its bounds: "some 300", "at least five", "300 or more".

use super::Bound;
use super::amounts::Amount;
use super::lexicon::{bound_before, bound_behind};
use crate::mentions::numbers::{Atoms, Gap};

/// No phrase of the table has more words.
const MOST_WORDS: usize = 4;

/// How an amount is bounded. "Dozens" are more than the twelve they begin with.
pub(super) fn bound(atoms: &Atoms, amount: &Amount) -> Bound {
    let found = before(atoms, amount.first).or_else(|| behind(atoms, amount));
    match found {
        // "close to one buyer" is no number to be close to.
        Some(Bound::About) if amount.value == 1.0 && amount.numeral.is_in_words => Bound::Exactly,
        Some(bound) => bound,
        None if amount.numeral.is_vague => Bound::MoreThan,
        None => Bound::Exactly,
    }
}

/// Whether the atoms from `at` on up to a number are such a phrase.
pub(super) fn leads_to(atoms: &Atoms, at: usize, number: usize) -> bool {
    joined(atoms, at, number, number).is_some_and(|phrase| bound_before(&phrase).is_some())
}

/// How a phrase before the atom `first` bounds what follows.
pub(super) fn before(atoms: &Atoms, first: usize) -> Option<Bound> {
    phrase_before(atoms, first).or_else(|| {
        let skipped = first.checked_sub(1)?;
        let is_small = matches!(
            atoms.words(skipped),
            "a" | "an" | "the" | "another" | "additional" | "only" | "just" | "their" | "its"
        );
        (is_small && atoms.gap(skipped) == Gap::Space).then(|| phrase_before(atoms, skipped)).flatten()
    })
}

/// The longest phrase that ends in front of the atom `first`.
fn phrase_before(atoms: &Atoms, first: usize) -> Option<Bound> {
    (1..=MOST_WORDS).rev().find_map(|length| {
        let start = first.checked_sub(length)?;
        bound_before(&joined(atoms, start, first, first)?)
    })
}

/// A phrase behind the number, or behind the noun.
fn behind(atoms: &Atoms, amount: &Amount) -> Option<Bound> {
    let number_end = atoms.at(amount.numeral.span.end.saturating_sub(1)) + 1;
    [number_end, amount.end].into_iter().find_map(|at| behind_number(atoms, at).map(|(_, bound)| bound))
}

/// The phrase that begins with the atom `at`, and the atom behind it.
pub(super) fn behind_number(atoms: &Atoms, at: usize) -> Option<(usize, Bound)> {
    let gap = atoms.gap(at.checked_sub(1)?);
    // "$40 plus $5" adds up; "40-plus" is a bound.
    let leads = gap != Gap::Break && !(gap == Gap::Space && atoms.is(at, "plus"));
    let phrase = |length: usize| Some((at + length, bound_behind(&joined(atoms, at, at + length, at + length - 1)?)?));
    (1..=2).rev().filter(|_| leads).find_map(phrase)
}

/// The atoms from `start` up to `end` with single spaces; none where a line ends between them and the number, that is up to the gap behind `last`.
fn joined(atoms: &Atoms, start: usize, end: usize, last: usize) -> Option<String> {
    let mut words = String::new();
    for at in start..end {
        words.push_str(atoms.words(at));
        if at >= last {
            continue;
        }
        match atoms.gap(at) {
            Gap::Break => return None,
            Gap::Nothing => {}
            Gap::Space | Gap::Hyphen if at + 1 < end => words.push(' '),
            Gap::Space | Gap::Hyphen => {}
        }
    }
    Some(words)
}
