//! Numbers that are no amounts: years, days, clock times, ages of people, scores, numbers in names and lists.

use super::Bound;
use super::amounts::Amount;
use super::bounds;
use super::lexicon::{Hint, hints, is_plural};
use super::units;
use crate::document::Document;
use crate::mentions::numbers::{Atoms, Gap, Numeral};

/// What is glued to a number, in bytes, is no longer; this bounds what is looked through for each number of a word.
const LONGEST_WORD: usize = 64;

/// Whether the numeral `at` is no amount, whatever stands behind it.
pub(super) fn is_elsewhere(document: &Document, atoms: &Atoms, numerals: &[Numeral], at: usize) -> bool {
    let Some(&numeral) = numerals.get(at) else { return true };
    let near = Near::new(atoms, numeral);
    numeral.is_ordinal
        || is_glued(atoms, numeral)
        || is_one_alone(atoms, &near, numeral)
        || is_date(atoms, &near, numeral)
        || is_in_name(document, atoms, &near, numeral)
        || is_list_number(document, atoms, &near, numeral)
        || is_age(atoms, &near, numeral)
}

/// Whether an amount is a stretch of the calendar or the clock, which is for times to tell: minutes and longer. Seconds are measured, and so is "40min".
pub(super) fn is_time(atoms: &Atoms, amount: &Amount) -> bool {
    let is_symbol = atoms.gap(amount.end - 1) != Gap::Hyphen
        && amount.unit.as_deref().is_some_and(|unit| unit.len() < 4)
        && amount.end >= 2
        && atoms.gap(amount.end - 2) == Gap::Nothing;
    amount.measure == "time" && !is_symbol && !matches!(amount.code.as_deref(), Some("s" | "ms" | "ns"))
}

/// Whether an amount is the age of somebody with a name: "the 43-year-old said", "43-year-old Vera Lind".
pub(super) fn is_age_of_named(atoms: &Atoms, amount: &Amount) -> bool {
    let is_definite = amount.first.checked_sub(1).is_some_and(|before| matches!(atoms.words(before), "the" | "The"));
    let next = if atoms.gap(amount.end - 1) == Gap::Space { atoms.words(amount.end) } else { "" };
    let is_name = next.starts_with(char::is_uppercase) && atoms.words(amount.end + 1).starts_with(char::is_uppercase);
    amount.measure == "age" && (is_name || is_definite && amount.of.is_none())
}

/// The atoms of a numeral and the words beside it.
struct Near<'t> {
    first: usize,
    end: usize,
    before: &'t str,
    next: &'t str,
    /// A line or the text ends on that side.
    starts: bool,
    ends: bool,
}

impl<'t> Near<'t> {
    fn new(atoms: &Atoms<'t>, numeral: Numeral) -> Near<'t> {
        let first = atoms.at(numeral.span.start);
        let end = atoms.at(numeral.span.end.saturating_sub(1)) + 1;
        let starts = first.checked_sub(1).is_none_or(|before| atoms.gap(before) == Gap::Break);
        let ends = atoms.gap(end - 1) == Gap::Break;
        let before = if starts { "" } else { atoms.words(first - 1) };
        let next = if ends { "" } else { atoms.words(end) };
        Near { first, end, before, next, starts, ends }
    }
}

/// "COVID-19", "F-16", "mid-1990s", "1990s", "5G", "6-year" is for times; "US$5" and "5-10" are not glued.
fn is_glued(atoms: &Atoms, numeral: Numeral) -> bool {
    let text = atoms.text;
    if numeral.word.len() - numeral.span.len() > LONGEST_WORD {
        return true;
    }
    let head = numeral.head(text);
    let before = atoms.at(numeral.span.start);
    let is_sum = units::currency_before(atoms, before).is_some();
    let is_free = head.is_empty()
        || is_sum
        || head.starts_with(|c: char| c.is_ascii_digit())
        || matches!(head.to_ascii_lowercase().as_str(), "minus-" | "to-");
    let tail = numeral.tail(text);
    let is_compound = numeral.is_in_words
        && tail.starts_with(['-', '‐', '‑'])
        && units::behind(atoms, atoms.at(numeral.span.end - 1) + 1, numeral).is_none();
    let is_name = tail.starts_with('-') && tail.chars().nth(1).is_some_and(char::is_uppercase);
    !is_free || is_compound && !is_range_tail(tail) || is_name || tail.matches('-').count() > 2
}

fn is_range_tail(tail: &str) -> bool {
    tail.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit())
}

/// "no one", "one of the best", "one another", "this one".
fn is_one_alone(atoms: &Atoms, near: &Near, numeral: Numeral) -> bool {
    if numeral.value != 1.0 || !numeral.is_in_words || numeral.span.text(atoms.text).len() != 3 {
        return false;
    }
    let before = near.before.to_ascii_lowercase();
    let is_idiom = before == "at" && near.next == "point";
    let is_pronoun = is_idiom
        || matches!(
            before.as_str(),
            "no" | "any" | "every" | "this" | "that" | "which" | "each" | "the" | "another" | "some" | "square" | "day"
        );
    is_pronoun
        || matches!(near.next, "day" | "another" | "time" | "'s" | "’s")
        || near.next.is_empty()
        || (hints(near.next, Hint::Stop) && !is_joined(atoms, near) && !is_acronym(near.next))
        || !near.next.starts_with(char::is_alphabetic) && near.next != "-"
}

/// "one to two", "one or two".
fn is_joined(atoms: &Atoms, near: &Near) -> bool {
    matches!(near.next, "to" | "or" | "and") && atoms.is_number(near.end + 1)
}

fn is_acronym(word: &str) -> bool {
    word.len() > 1 && word.chars().all(char::is_uppercase)
}

/// Days beside a month, years, clock times.
fn is_date(atoms: &Atoms, near: &Near, numeral: Numeral) -> bool {
    let words = numeral.span.text(atoms.text);
    let is_month = |word: &str| hints(word, Hint::Month) && word.starts_with(char::is_uppercase);
    let behind = atoms.words(near.end + 1);
    let is_day = numeral.value <= 31.0
        && (is_month(near.before)
            || is_month(near.next)
            || near.before == "." && near.first > 1 && is_month(atoms.words(near.first - 2)));
    // "Sept. 20-24", "March 3 and 4"
    let is_second_day = numeral.value <= 31.0
        && near.first > 2
        && matches!(near.before, "-" | "–" | "and" | "to" | ",")
            | near.before.starts_with(|c: char| c.is_ascii_digit())
        && (is_month(atoms.words(near.first.saturating_sub(3))) || is_month(atoms.words(near.first.saturating_sub(2))));
    let is_clock = hints(near.next, Hint::Clock) && !near.next.is_empty() || is_clock_with_stop(atoms, near, numeral);
    is_day || is_second_day || is_clock || is_year(atoms, near, words, behind)
}

/// "at 12.20", "by about 1.30": the clock as Britain writes it, where nothing is counted.
fn is_clock_with_stop(atoms: &Atoms, near: &Near, numeral: Numeral) -> bool {
    let words = numeral.span.text(atoms.text);
    let is_time = words.split_once('.').is_some_and(|(hour, minute)| {
        hour.parse::<u8>().is_ok_and(|hour| hour < 24) && minute.len() == 2 && minute < "60"
    });
    let leads = |word: &str| {
        matches!(word, "at" | "At" | "by" | "By" | "until" | "till" | "before" | "after" | "since" | "from")
    };
    let has_lead = leads(near.before)
        || matches!(near.before, "about" | "around") && near.first >= 2 && leads(atoms.words(near.first - 2));
    let has_unit = !near.ends && (units::behind(atoms, near.end, numeral).is_some() || is_plural(near.next));
    is_time && has_lead && !has_unit && !matches!(near.next, "against" | "to" | "per" | "million" | "billion")
}

/// Four digits from 1500 to 2099 without a separator, unless something is counted there.
fn is_year(atoms: &Atoms, near: &Near, words: &str, behind: &str) -> bool {
    let is_plain =
        words.len() == 4 && words.bytes().all(|byte| byte.is_ascii_digit()) && ("1500"..="2099").contains(&words);
    if !is_plain || units::currency_before(atoms, near.first).is_some() {
        return false;
    }
    let next = near.next;
    let is_counted = is_plural(next) && next.starts_with(char::is_lowercase)
        || is_plural(behind) && next.starts_with(char::is_lowercase) && !hints(next, Hint::Stop);
    let is_measured = !near.ends
        && !next.starts_with(char::is_uppercase)
        && super::lexicon::unit(next).is_some_and(|unit| next.len() > 1 || unit.measure == "length")
        || next == "%";
    if matches!(
        bounds::before(atoms, near.first),
        Some(Bound::MoreThan | Bound::AtLeast | Bound::AtMost | Bound::LessThan)
    ) || near.before == "of" && atoms.is(near.first.saturating_sub(2), "average")
    {
        return false;
    }
    let is_dated = matches!(near.before, "and" | "or" | "-" | "–" | "/")
        || hints(near.before, Hint::Era)
        || hints(near.before, Hint::Month)
        || near.starts
        || near.before == ",";
    !(is_measured || is_counted && !is_dated)
}

/// "iPhone 11", "Big 12", "Formula One", "chapter 5", "No. 10", "#1".
fn is_in_name(document: &Document, atoms: &Atoms, near: &Near, numeral: Numeral) -> bool {
    if near.starts || units::currency_before(atoms, near.first).is_some() {
        return false;
    }
    if matches!(near.before, "#" | "№") || hints(near.before, Hint::Designator) && !is_plural(near.next) {
        return true;
    }
    let is_hyphen = atoms.gap(near.first - 1) == Gap::Hyphen;
    let starts_sentence = |atom: usize| {
        atoms.get(atom).is_some_and(|atom| {
            document.sentence_at(atom.span.start).is_some_and(|sentence| sentence.start == atom.span.start)
        })
    };
    // "Group of Seven"
    let is_club = near.before == "of"
        && near.first >= 2
        && matches!(atoms.words(near.first - 2), "Group" | "Council" | "Gang" | "League");
    if is_club
        || hints(near.before, Hint::Series)
        || near.before.len() == 1 && near.before.starts_with(char::is_uppercase) && near.before != "A"
    {
        return true;
    }
    let is_name = near.before.contains(char::is_uppercase) && !starts_sentence(near.first - 1) && !is_hyphen;
    let is_told = is_plural(near.next)
        || !near.ends && units::behind(atoms, near.end, numeral).is_some()
        || numeral.span.text(atoms.text).contains([',', ' ']);
    let is_capital_word = numeral.is_in_words
        && numeral.span.text(atoms.text).starts_with(char::is_uppercase)
        && !starts_sentence(near.first);
    // "Police Arrest Five Men"
    let is_headline = is_plural(near.next) && near.before.starts_with(char::is_uppercase);
    let follows_name = near.before.starts_with(char::is_alphabetic)
        && (near.next.starts_with(char::is_uppercase) || near.before.starts_with(char::is_uppercase));
    is_name && !is_told && !hints(near.before, Hint::Stop) || is_capital_word && follows_name && !is_headline
}

/// "1. Wash your hands", "(2)".
fn is_list_number(document: &Document, atoms: &Atoms, near: &Near, numeral: Numeral) -> bool {
    let begins =
        document.paragraph_at(numeral.span.start).is_some_and(|paragraph| paragraph.start == numeral.span.start);
    let is_small = !numeral.is_in_words && numeral.value < 100.0 && numeral.value.fract() == 0.0;
    let is_bracketed = near.before == "(" && near.next == ")" && atoms.gap(near.end - 1) == Gap::Nothing;
    is_small && (begins && matches!(near.next, "." | ")" | ":") || is_bracketed)
}

/// "Vera Lind, 43," and "aged 12".
fn is_age(atoms: &Atoms, near: &Near, numeral: Numeral) -> bool {
    let is_small = numeral.value < 120.0 && numeral.value.fract() == 0.0;
    let name = near.first.checked_sub(2).map_or("", |at| atoms.words(at));
    let is_apposed = near.before == "," && name.starts_with(char::is_uppercase) && !hints(name, Hint::Month);
    let closes = matches!(near.next, "," | "." | ")" | ";" | "")
        || matches!(near.next, "of" | "from" | "who" | "was" | "said" | "and" | "is" | "has");
    is_small && is_apposed && closes
}
