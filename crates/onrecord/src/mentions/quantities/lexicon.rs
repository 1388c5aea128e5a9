//! What the tables tell of the words around a number: units, currencies, bounds, singulars.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Bound;
use crate::tables::{parts, rows};

/// A unit of measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Unit {
    /// UCUM.
    pub code: &'static str,
    /// How many of `base` one of it is.
    pub factor: f64,
    /// UCUM code of the base unit.
    pub base: &'static str,
    /// What is measured: `length`, `time`, `ratio`, …
    pub measure: &'static str,
}

/// A currency, or a coin of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Currency {
    /// ISO 4217.
    pub code: &'static str,
    /// How many of the currency's main unit one of it is.
    pub factor: f64,
    pub form: CurrencyForm,
}

/// How a currency is written, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CurrencyForm {
    /// "$", before the number.
    Sign,
    /// "Rs", before the number.
    Before,
    /// "EUR", before or behind it.
    Code,
    /// "euros", behind it.
    Word,
}

/// What a word around a number tells of it; the table says what each means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    Month,
    Clock,
    Designator,
    Change,
    Stop,
    Single,
    Extent,
    Rate,
    Toll,
    Tally,
    Era,
    Series,
}

/// No form of the tables is longer, in bytes; this bounds what is copied to look one up.
const LONGEST_FORM: usize = 40;

/// The unit of a form: symbols in their own case, words in any.
pub(super) fn unit(form: &str) -> Option<Unit> {
    in_any_case(&UNITS, form)
}

/// The currency of a form, as [`unit`].
pub(super) fn currency(form: &str) -> Option<Currency> {
    in_any_case(&CURRENCIES, form)
}

/// The bound that a phrase before a number sets.
pub(super) fn bound_before(form: &str) -> Option<Bound> {
    bound(&BOUNDS_BEFORE, form)
}

/// The bound that a phrase behind a number sets.
pub(super) fn bound_behind(form: &str) -> Option<Bound> {
    bound(&BOUNDS_BEHIND, form)
}

/// Whether the table gives a word, in any case, this hint.
pub(super) fn hints(word: &str, hint: Hint) -> bool {
    word.len() <= 16 && HINTS.get(word.to_lowercase().as_str()).is_some_and(|hints| hints.contains(&hint))
}

/// Whether a word looks like the plural of a noun. Verbs in -s do too; behind a number there are none.
pub(super) fn is_plural(word: &str) -> bool {
    let lower = word.to_lowercase();
    if PLURALS.contains_key(lower.as_str()) || PLURALS.contains_key(word) {
        return true;
    }
    let letters = lower.chars().count();
    letters > 2
        && (lower.ends_with('s') && !lower.ends_with("ss"))
        && !hints(word, Hint::Single)
        && word.chars().all(|c| c.is_alphabetic() || c == '’' || c == '\'')
}

/// The singular of a noun; the word itself where nothing tells that it is a plural.
pub(super) fn singular(word: &str) -> String {
    if let Some(singular) = PLURALS.get(word).or_else(|| PLURALS.get(word.to_lowercase().as_str())) {
        return as_written(word, singular);
    }
    if !is_plural(word) {
        return word.to_owned();
    }
    let stem = |ending: &str| word.strip_suffix(ending).filter(|stem| stem.chars().count() > 1);
    if let Some(stem) = stem("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y");
    }
    let sibilants = ["sses", "shes", "ches", "xes", "zzes"];
    if sibilants.iter().any(|ending| word.ends_with(ending)) {
        return word.strip_suffix("es").unwrap_or(word).to_owned();
    }
    word.strip_suffix(['s', 'S']).unwrap_or(word).to_owned()
}

/// A word of the table with the capital of the word in the text.
fn as_written(word: &str, singular: &str) -> String {
    let mut letters = singular.chars();
    match letters.next() {
        Some(first) if word.starts_with(char::is_uppercase) => first.to_uppercase().chain(letters).collect(),
        _ => singular.to_owned(),
    }
}

fn in_any_case<T: Copy>(table: &HashMap<String, T>, form: &str) -> Option<T> {
    if form.len() > LONGEST_FORM {
        return None;
    }
    // A symbol means something else in other letters (mW, MW); of three letters on, it does not.
    let in_lower = || (form.len() > 2).then(|| table.get(form.to_lowercase().as_str()).copied()).flatten();
    table.get(form).copied().or_else(in_lower)
}

fn bound(table: &HashMap<&str, Bound>, form: &str) -> Option<Bound> {
    if form.len() > LONGEST_FORM {
        return None;
    }
    table.get(form).copied().or_else(|| table.get(form.to_lowercase().as_str()).copied())
}

static UNITS: LazyLock<HashMap<String, Unit>> = LazyLock::new(|| {
    let entry = |[form, code, factor, base, measure]: [&'static str; 5]| {
        Some((form, Unit { code, factor: factor.parse().ok()?, base, measure }))
    };
    with_lower_case(rows(onrecord_data::UNITS).filter_map(entry))
});

static CURRENCIES: LazyLock<HashMap<String, Currency>> = LazyLock::new(|| {
    let entry = |[form, code, factor, kind]: [&'static str; 4]| {
        Some((form, Currency { code, factor: factor.parse().ok()?, form: currency_form(kind)? }))
    };
    with_lower_case(rows(onrecord_data::CURRENCIES).filter_map(entry))
});

/// Forms of several letters, which mean the same in small letters, under those as well: "degrees celsius".
fn with_lower_case<T: Copy>(entries: impl Iterator<Item = (&'static str, T)>) -> HashMap<String, T> {
    let mut table: HashMap<String, T> = entries.map(|(form, entry)| (form.to_owned(), entry)).collect();
    let lower: Vec<(String, T)> =
        table.iter().filter(|(form, _)| form.len() > 3).map(|(form, &entry)| (form.to_lowercase(), entry)).collect();
    for (form, entry) in lower {
        table.entry(form).or_insert(entry);
    }
    table
}

static BOUNDS_BEFORE: LazyLock<HashMap<&str, Bound>> = LazyLock::new(|| bounds("before"));
static BOUNDS_BEHIND: LazyLock<HashMap<&str, Bound>> = LazyLock::new(|| bounds("behind"));

fn bounds(place: &str) -> HashMap<&'static str, Bound> {
    let here = rows(onrecord_data::BOUNDS).filter(|[_, _, at]| *at == place);
    here.filter_map(|[form, bound, _]| Some((form, bound_kind(bound)?))).collect()
}

static PLURALS: LazyLock<HashMap<&str, &str>> =
    LazyLock::new(|| rows(onrecord_data::PLURALS).map(|[plural, singular]| (plural, singular)).collect());

static HINTS: LazyLock<HashMap<&str, Vec<Hint>>> = LazyLock::new(|| {
    rows(onrecord_data::QUANTITY_WORDS).map(|[word, kinds]| (word, parts(kinds).filter_map(hint).collect())).collect()
});

fn currency_form(kind: &str) -> Option<CurrencyForm> {
    Some(match kind {
        "sign" => CurrencyForm::Sign,
        "before" => CurrencyForm::Before,
        "code" => CurrencyForm::Code,
        "word" => CurrencyForm::Word,
        _ => return None,
    })
}

fn bound_kind(kind: &str) -> Option<Bound> {
    Some(match kind {
        "about" => Bound::About,
        "at least" => Bound::AtLeast,
        "more than" => Bound::MoreThan,
        "at most" => Bound::AtMost,
        "less than" => Bound::LessThan,
        _ => return None,
    })
}

fn hint(kind: &str) -> Option<Hint> {
    Some(match kind {
        "month" => Hint::Month,
        "clock" => Hint::Clock,
        "designator" => Hint::Designator,
        "change" => Hint::Change,
        "stop" => Hint::Stop,
        "single" => Hint::Single,
        "extent" => Hint::Extent,
        "rate" => Hint::Rate,
        "toll" => Hint::Toll,
        "tally" => Hint::Tally,
        "era" => Hint::Era,
        "series" => Hint::Series,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_understood() {
        assert!(rows::<1>(onrecord_data::UNITS).all(|[form]| unit(form).is_some()));
        assert!(rows::<1>(onrecord_data::CURRENCIES).all(|[form]| currency(form).is_some()));
        assert_eq!(BOUNDS_BEFORE.len() + BOUNDS_BEHIND.len(), rows::<1>(onrecord_data::BOUNDS).count());
        for [word, kinds] in rows(onrecord_data::QUANTITY_WORDS) {
            assert!(parts(kinds).all(|kind| hint(kind).is_some()), "{word}: {kinds}");
        }
        let forms =
            rows::<1>(onrecord_data::UNITS).chain(rows(onrecord_data::CURRENCIES)).chain(rows(onrecord_data::BOUNDS));
        assert!(forms.flatten().all(|form| form.len() <= LONGEST_FORM));
    }

    #[test]
    fn singulars() {
        let pairs = [
            ("reservists", "reservist"),
            ("cities", "city"),
            ("churches", "church"),
            ("boxes", "box"),
            ("losses", "loss"),
            ("houses", "house"),
            ("Women", "Woman"),
            ("people", "people"),
            ("feet", "foot"),
            ("km", "km"),
            ("class", "class"),
        ];
        for (plural, expected) in pairs {
            assert_eq!(singular(plural), expected);
        }
    }

    #[test]
    fn symbols_keep_their_case_and_words_do_not() {
        assert_eq!(unit("mW").map(|unit| unit.code), Some("mW"));
        assert_eq!(unit("MW").map(|unit| unit.code), Some("MW"));
        assert_eq!(unit("Square Miles").map(|unit| unit.code), Some("[mi_us]2"));
        assert_eq!(currency("Australian dollars").map(|currency| currency.code), Some("AUD"));
        assert_eq!(currency("australian dollars").map(|currency| currency.code), Some("AUD"));
    }
}
