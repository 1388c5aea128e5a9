//! The unit or currency beside a number.

use super::lexicon::{self, CurrencyForm, Hint, hints};
use crate::document::Span;
use crate::mentions::numbers::{Atoms, Gap, Numeral};

/// A unit beside a number.
pub(super) struct Measured {
    /// Its first atom, before or behind the number.
    pub first: usize,
    /// The atom behind all that belongs to it.
    pub end: usize,
    /// As it is written, in the singular: "$", "mile", "RM a month".
    pub unit: String,
    pub code: String,
    pub base: Option<(f64, &'static str)>,
    pub measure: &'static str,
    pub is_money: bool,
}

/// No unit or currency of the tables has more words and marks.
const MOST_ATOMS: usize = 5;

/// The currency in front of the atom `first`: "$5", "US $5", "EUR5".
pub(super) fn currency_before(atoms: &Atoms, first: usize) -> Option<Measured> {
    let found = (1..=2).rev().find_map(|length| {
        let start = first.checked_sub(length)?;
        let form: String = (start..first).map(|at| atoms.words(at)).collect();
        let currency = lexicon::currency(&form)?;
        // "$US160" is one word behind the sign.
        let gap = atoms.gap(first - 1);
        let is_whole = start
            .checked_sub(1)
            .is_none_or(|before| atoms.gap(before) != Gap::Nothing || !ends_in_letter(atoms.words(before)));
        let stands = match currency.form {
            CurrencyForm::Sign => matches!(gap, Gap::Nothing | Gap::Space),
            CurrencyForm::Before => {
                gap == Gap::Nothing || gap == Gap::Space && form.len() > 1 && form.starts_with(['R', 'd'])
            }
            CurrencyForm::Code => matches!(gap, Gap::Nothing | Gap::Space),
            CurrencyForm::Word => false,
        };
        let inner = (start..first - 1).all(|at| atoms.gap(at) != Gap::Break);
        (stands && is_whole && inner).then_some((start, form, currency))
    });
    let (start, form, currency) = found?;
    Some(Measured {
        first: start,
        end: first,
        unit: form,
        code: currency.code.to_owned(),
        base: Some((currency.factor, currency.code)),
        measure: "",
        is_money: true,
    })
}

/// The unit or currency from the atom `at` on, behind a number.
pub(super) fn behind(atoms: &Atoms, at: usize, numeral: Numeral) -> Option<Measured> {
    let gap = atoms.gap(at.checked_sub(1)?);
    if gap == Gap::Break {
        return None;
    }
    forms(atoms, at).into_iter().rev().find_map(|(end, form)| {
        // An abbreviation may have taken the full stop of the sentence: "74 mph."
        let has_own_stop = lexicon::unit(&form).is_some() || lexicon::currency(&form).is_some();
        let form = if has_own_stop || atoms.is(end - 1, ".") { form.as_str() } else { form.trim_end_matches('.') };
        // "5g" but not "5 s".
        let is_letter = form.chars().count() == 1 && form.chars().all(char::is_alphabetic);
        if is_letter && gap != Gap::Nothing && !matches!(form, "m" | "g" | "l" | "L" | "W" | "V" | "C" | "F" | "b") {
            return None;
        }
        if atoms.gap(end - 1) == Gap::Nothing && atoms.words(end).starts_with(char::is_alphanumeric) {
            return None;
        }
        currency_behind(atoms, at, end, form, gap, numeral).or_else(|| unit_behind(atoms, at, end, form))
    })
}

fn currency_behind(atoms: &Atoms, at: usize, end: usize, form: &str, gap: Gap, numeral: Numeral) -> Option<Measured> {
    let currency = lexicon::currency(form)?;
    // "160,000 pounds" may weigh; two million pounds rarely do.
    let is_sum = numeral.value >= 1e6 || numeral.span.text(atoms.text).contains("illion");
    let fits = match (currency.form, form) {
        (CurrencyForm::Before, _) => false,
        (_, "pound" | "pounds") => is_sum,
        (_, "won") => numeral.value >= 100.0,
        (_, "c") => gap == Gap::Nothing && numeral.value < 100.0,
        // 1080p is a picture.
        (_, "p") => {
            gap == Gap::Nothing
                && !matches!(numeral.span.len(), 4)
                && ![240.0, 360.0, 480.0, 720.0].contains(&numeral.value)
        }
        _ => true,
    };
    fits.then(|| Measured {
        first: at,
        end,
        unit: in_singular(atoms, at, end),
        code: currency.code.to_owned(),
        base: Some((currency.factor, currency.code)),
        measure: "",
        is_money: true,
    })
}

fn unit_behind(atoms: &Atoms, at: usize, end: usize, form: &str) -> Option<Measured> {
    let unit = lexicon::unit(form)?;
    Some(Measured {
        first: at,
        end,
        unit: in_singular(atoms, at, end),
        code: unit.code.to_owned(),
        base: Some((unit.factor, unit.base)),
        measure: unit.measure,
        is_money: false,
    })
}

/// What the atoms from `at` on can be looked up as, shortest first, each with the atom behind it. A hyphen counts as a space.
fn forms(atoms: &Atoms, at: usize) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut form = String::new();
    for end in at + 1..=at + MOST_ATOMS {
        form.push_str(atoms.words(end - 1));
        if form.is_empty() || form.len() > 48 {
            break;
        }
        found.push((end, form.clone()));
        match atoms.gap(end - 1) {
            Gap::Nothing => {}
            Gap::Space | Gap::Hyphen => form.push(' '),
            Gap::Break => break,
        }
    }
    found
}

/// The words of a unit with each noun in the singular: "square mile", "mile per hour"; "per cent" as "percent".
fn in_singular(atoms: &Atoms, at: usize, end: usize) -> String {
    if atoms.is(at, "per") && atoms.is(at + 1, "cent") {
        return ["percent", " point"].iter().take(end - at - 1).copied().collect();
    }
    let is_word = |word: &str| word.len() > 2 && !word.ends_with("ius");
    let mut words = String::new();
    for atom in at..end {
        let word = if atom + 1 == end { atoms.words(atom).trim_end_matches('.') } else { atoms.words(atom) };
        words.push_str(&if is_word(word) { lexicon::singular(word) } else { word.to_owned() });
        match atoms.gap(atom) {
            Gap::Space if atom + 1 < end => words.push(' '),
            Gap::Hyphen if atom + 1 < end => words.push('-'),
            _ => {}
        }
    }
    words
}

/// "per day", "a barrel", "/day" at the atom `at`: the atom behind it, its words, and the code of what is shared out.
pub(super) fn per(atoms: &Atoms, at: usize) -> Option<(usize, String, Option<&'static str>)> {
    let gap = atoms.gap(at.checked_sub(1)?);
    let word = atoms.words(at);
    let noun = atoms.words(at + 1);
    let unit = lexicon::unit(noun).filter(|_| noun.len() > 1);
    let is_elapsed = matches!(atoms.words(at + 2), "earlier" | "ago" | "later" | "before" | "after" | "previously");
    let is_shared = unit.is_some_and(|unit| unit.measure == "time") || hints(noun, Hint::Rate);
    let is_rate = is_shared && !is_elapsed;
    let holds = match word {
        "per" => {
            gap == Gap::Space && atoms.gap(at) == Gap::Space && noun.starts_with(char::is_alphabetic) && noun != "cent"
        }
        "a" | "an" | "each" | "every" => gap == Gap::Space && atoms.gap(at) == Gap::Space && is_rate,
        "/" => gap == Gap::Nothing && atoms.gap(at) == Gap::Nothing && is_rate,
        _ => false,
    };
    let (first, last) = (atoms.get(at)?, atoms.get(at + 1)?);
    holds.then(|| {
        let between = if gap == Gap::Space { " " } else { "" };
        (
            at + 2,
            format!("{between}{}", Span::new(first.span.start, last.span.end).text(atoms.text)),
            unit.map(|unit| unit.code),
        )
    })
}

fn ends_in_letter(word: &str) -> bool {
    word.ends_with(char::is_alphanumeric)
}
