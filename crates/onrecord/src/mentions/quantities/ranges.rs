//! Two amounts → a range, where the words between them make it one: "300 to 400", "between 5 and 10 percent", "5-10 km".

use super::amounts::{Amount, Kind};
use super::lexicon::{Hint, hints};
use crate::mentions::numbers::{Atoms, Gap};

/// How far back "rose from" may stand before the first number.
const CHANGE_WORDS: usize = 6;

/// How far back "dropped more than" may stand.
const NEAR_WORDS: usize = 4;

/// Joins ranges, and gives a number the unit of the next where they share it ("two or three cups", "5, 6 and 7 percent").
pub(super) fn join(atoms: &Atoms, amounts: &mut [Option<Amount>]) {
    for at in (1..amounts.len()).rev() {
        let (left, right) = amounts.split_at_mut(at);
        let (Some(low), Some(high)) = (left.last_mut(), right.first_mut()) else { continue };
        if low.is_none() && high.as_ref().is_some_and(|upper| ends_score(atoms, upper)) {
            *high = None;
        }
        let (Some(lower), Some(upper)) = (low.as_mut(), high.as_mut()) else { continue };
        let Some(joint) = joint(atoms, lower, upper) else { continue };
        share_scale(atoms, lower, upper, joint);
        if joint != Joint::List && is_range(atoms, lower, upper, joint) {
            widen(lower, upper);
            *high = None;
        } else if joint == Joint::Score && lower.kind == Kind::Bare && lower.value < 1000.0 {
            (*low, *high) = (None, upper_after_score(upper));
        } else if !is_sign_of_its_own(upper, joint) {
            share_unit(lower, upper);
        }
    }
}

/// What stands between two amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    To,
    /// A hyphen or dash without spaces.
    Score,
    Or,
    And,
    List,
}

fn joint(atoms: &Atoms, lower: &Amount, upper: &Amount) -> Option<Joint> {
    let gap_before = atoms.gap(lower.end.checked_sub(1)?);
    if lower.end == upper.first {
        return (gap_before == Gap::Hyphen).then_some(Joint::Score);
    }
    if lower.end + 1 != upper.first || gap_before == Gap::Break || atoms.gap(lower.end) == Gap::Break {
        return None;
    }
    Some(match atoms.words(lower.end).to_ascii_lowercase().as_str() {
        "to" | "through" => Joint::To,
        "–" | "—" | "-" | "--" if gap_before == Gap::Nothing => Joint::Score,
        "–" => Joint::To,
        "or" => Joint::Or,
        "and" => Joint::And,
        "," => Joint::List,
        _ => return None,
    })
}

fn is_range(atoms: &Atoms, lower: &Amount, upper: &Amount, joint: Joint) -> bool {
    // "£12-15m": the sign stands before both.
    let is_signed = lower.kind == Kind::Money && upper.kind == Kind::Bare;
    let is_alike = is_signed
        || lower.kind == Kind::Bare
        || lower.unit == upper.unit
        || lower.kind == upper.kind && begins_code(lower, upper);
    let before = lower.first.checked_sub(1);
    let word = before.filter(|&before| atoms.gap(before) == Gap::Space).map_or("", |before| atoms.words(before));
    if lower.value >= upper.value || !is_alike || upper.upper.is_some() {
        return false;
    }
    match joint {
        Joint::To => !is_change(atoms, lower, upper, word),
        Joint::And => word.eq_ignore_ascii_case("between"),
        // "three or four years", but not "one or 400"
        Joint::Or => {
            lower.kind == Kind::Bare
                && upper.kind != Kind::Money
                && upper.value - lower.value <= (0.5 * lower.value).max(1.0)
        }
        Joint::Score => {
            upper.kind == Kind::Money
                || upper.kind == Kind::Measure
                || upper.kind == Kind::Count && is_many(upper)
                || upper.value >= 1000.0
        }
        Joint::List => false,
    }
}

/// "$5" of "$5 to $10 a month".
fn begins_code(lower: &Amount, upper: &Amount) -> bool {
    lower.code.as_deref().zip(upper.code.as_deref()).is_some_and(|(lower, upper)| {
        upper.strip_prefix(lower).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// "10 people" of "5-10 people", not "defeat" of "a 1-2 defeat".
fn is_many(amount: &Amount) -> bool {
    amount.unit.as_deref().zip(amount.of).is_some_and(|(unit, of)| unit.len() != of.len())
}

/// Whether "from … to …" tells where something came from and went to: "rose from 2 to 3", "rose $2 to $3", "fell 5 to 286"; not "rose 2 to 3 percent".
fn is_change(atoms: &Atoms, lower: &Amount, upper: &Amount, before: &str) -> bool {
    let moves =
        |words: usize| (lower.first.saturating_sub(words)..lower.first).any(|at| hints(atoms.words(at), Hint::Change));
    // "raised its forecast to $2 to $3" is a range again.
    let is_end = matches!(before, "to" | "of" | "at" | "between");
    let is_by = lower.kind != Kind::Bare && !is_end && moves(NEAR_WORDS);
    let is_level = lower.kind == Kind::Bare && upper.value > 4.0 * lower.value && moves(1);
    moves(CHANGE_WORDS) && before.eq_ignore_ascii_case("from") || is_by || is_level
}

/// "5 to 10 million" is from five million on.
fn share_scale(atoms: &Atoms, lower: &mut Amount, upper: &Amount, joint: Joint) {
    let scale = upper.numeral.span.text(atoms.text).rsplit([' ', '-', '\u{a0}']).next().and_then(scale).unwrap_or(1.0);
    let is_bare = lower.end == atoms.at(lower.numeral.span.end.saturating_sub(1)) + 1;
    let would_rise = lower.value * scale < upper.value;
    let is_near = matches!(joint, Joint::To | Joint::Score | Joint::Or | Joint::And);
    if is_near && is_bare && would_rise && lower.value < 1000.0 && scale > 1.0 {
        lower.value *= scale;
    }
}

fn scale(word: &str) -> Option<f64> {
    Some(
        match word
            .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','))
            .to_ascii_lowercase()
            .as_str()
        {
            "thousand" | "k" => 1e3,
            "million" | "m" | "mn" => 1e6,
            "billion" | "b" | "bn" => 1e9,
            "trillion" | "tn" => 1e12,
            _ => return None,
        },
    )
}

fn widen(lower: &mut Amount, upper: &Amount) {
    lower.upper = Some(upper.value);
    lower.end = upper.end;
    lower.span = lower.span.cover(upper.span);
    if upper.code.is_some() && lower.code != upper.code {
        lower.kind = Kind::Bare;
    }
    share_unit(lower, upper);
    lower.of = upper.of.or(lower.of);
}

fn share_unit(lower: &mut Amount, upper: &Amount) {
    if lower.kind == Kind::Bare && upper.kind != Kind::Bare {
        lower.kind = upper.kind;
        lower.unit.clone_from(&upper.unit);
        lower.code.clone_from(&upper.code);
        lower.base = upper.base;
        lower.measure = upper.measure;
        lower.of = upper.of;
    }
}

/// "€4" of "3, €4": what stands before a number in a list is not for the one before it.
fn is_sign_of_its_own(upper: &Amount, joint: Joint) -> bool {
    matches!(joint, Joint::List | Joint::And) && upper.span.start < upper.numeral.span.start
}

/// "1" of "2-1" where the first number was told to be none.
fn ends_score(atoms: &Atoms, upper: &Amount) -> bool {
    upper.numeral.head(atoms.text).starts_with(|c: char| c.is_ascii_digit())
        && !matches!(upper.kind, Kind::Money | Kind::Measure)
}

/// The second number of "2-1" is no amount either, unless it has a unit of its own.
fn upper_after_score(upper: &Amount) -> Option<Amount> {
    matches!(upper.kind, Kind::Money | Kind::Measure).then(|| upper.clone())
}
