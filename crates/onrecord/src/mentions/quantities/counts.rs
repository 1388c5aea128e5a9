//! What a number counts: the noun phrase behind it.
//!
//! There is no tagger here. Behind a number of more than one the counted noun is a plural, and no verb ends in -s there; that finds it.

use super::amounts::{Amount, Kind};
use super::lexicon::{Hint, hints, is_plural, singular};
use super::{elsewhere, units};
use crate::document::Span;
use crate::mentions::numbers::{Atoms, Gap};

/// A counted noun.
pub(super) struct Counted {
    /// The atom behind it.
    pub end: usize,
    /// The noun phrase.
    pub of: Span,
    /// The noun with what stands before it, in the singular.
    pub unit: Option<String>,
}

/// How many words a noun phrase may have before its noun.
const MOST_WORDS: usize = 7;

/// What a number without a unit counts: "300 reservists", "21 of the schoolgirls", "two of them".
pub(super) fn counted(atoms: &Atoms, amount: &Amount) -> Option<Counted> {
    let at = amount.end;
    if atoms.gap(at - 1) == Gap::Space && atoms.is(at, "of") {
        return of_them(atoms, amount, at + 1);
    }
    let is_apart =
        matches!(atoms.gap(at - 1), Gap::Space) || atoms.gap(at - 1) == Gap::Hyphen && !amount.numeral.is_in_words;
    if !is_apart {
        return None;
    }
    // "300 or more sailors"; "half the revenue"
    let at = super::bounds::behind_number(atoms, at).map_or(at, |(end, _)| end);
    let at = at + usize::from(amount.numeral.is_fraction && is_determiner(atoms.words(at)));
    if atoms.is(at, "strong") && atoms.gap(at - 1) == Gap::Hyphen {
        // "a 5,000-strong crowd"
        let phrase = noun_phrase(atoms, at + 1, 1.0)?;
        return Some(Counted { end: at + 1, of: phrase.span(atoms), unit: None });
    }
    let phrase = noun_phrase(atoms, at, amount.numeral.value)?;
    Some(phrase.counted(atoms))
}

/// What is counted behind "of".
fn of_them(atoms: &Atoms, amount: &Amount, at: usize) -> Option<Counted> {
    // "one of the reasons" is no count.
    if amount.value == 1.0 {
        return None;
    }
    let word = atoms.words(at);
    if matches!(word, "them" | "us" | "you" | "these" | "those")
        && (!matches!(word, "these" | "those") || !atoms.words(at + 1).starts_with(char::is_alphabetic))
    {
        let of = atoms.get(at)?.span;
        return Some(Counted { end: at + 1, of, unit: None });
    }
    let at = at + usize::from(is_determiner(word));
    if let Some(number) = bounded_number(atoms, at) {
        let other = noun_phrase(atoms, number + 1, f64::INFINITY)?.counted(atoms);
        return Some(Counted { end: amount.end, ..other });
    }
    Some(noun_phrase(atoms, at, f64::INFINITY)?.counted(atoms))
}

/// The number of "more than 200", where that begins with the atom `at`.
fn bounded_number(atoms: &Atoms, at: usize) -> Option<usize> {
    (at..at + 4)
        .find(|&next| atoms.is_number(next))
        .filter(|&number| number == at || super::bounds::leads_to(atoms, at, number))
}

/// What a measure is of: "1% of the vote", "70 kg of gold", "a 1,000km-long contact line".
pub(super) fn measured(atoms: &Atoms, amount: &mut Amount) -> Option<Span> {
    if let Some((end, words, code)) = units::per(atoms, amount.end) {
        amount.end = end;
        amount.unit = amount.unit.take().map(|unit| unit + &words);
        amount.code = match (amount.code.take(), code) {
            (Some(unit), Some(share)) => Some(format!("{unit}/{share}")),
            // UCUM writes what it has no unit for in braces.
            (Some(unit), None) => Some(format!("{unit}/{{{}}}", atoms.words(end - 1).to_lowercase())),
            (None, _) => None,
        };
        amount.base = None;
        amount.measure = "rate";
    }
    let at = amount.end;
    let gap = atoms.gap(at - 1);
    if gap == Gap::Space && atoms.is(at, "of") {
        let at = at + 1;
        let at = at + usize::from(is_determiner(atoms.words(at)));
        return noun_phrase(atoms, at, 0.0).map(|phrase| phrase.span(atoms));
    }
    if amount.kind == Kind::Money {
        return None;
    }
    let is_extent = hints(atoms.words(at), Hint::Extent);
    if is_extent && gap == Gap::Hyphen {
        amount.end += 1;
    }
    let at = at + usize::from(is_extent);
    let leads = matches!(gap, Gap::Space | Gap::Hyphen) && (!is_extent || atoms.gap(at - 1) == Gap::Space);
    let is_attribute = gap == Gap::Hyphen
        || amount.measure == "age"
        || amount.measure == "ratio" && follows_article(atoms, amount.first)
        || amount.measure != "ratio"
            && amount.unit.as_deref().is_some_and(|unit| is_last_word(atoms, amount.end - 1, unit));
    (leads && is_attribute).then(|| noun_phrase(atoms, at, 1.0)).flatten().map(|phrase| phrase.span(atoms))
}

/// "a" of "a 12% stake".
fn follows_article(atoms: &Atoms, first: usize) -> bool {
    first.checked_sub(1).is_some_and(|before| is_determiner(atoms.words(before)))
}

/// Whether a unit is written in the singular.
fn is_last_word(atoms: &Atoms, last: usize, unit: &str) -> bool {
    unit.ends_with(atoms.words(last)) && atoms.words(last).len() > 2
}

/// Whether an amount says how much of something: a bare number has to be shown to count.
pub(super) fn is_told(atoms: &Atoms, amount: &Amount) -> bool {
    // "a million million million …"
    let is_number = |value: f64| value.abs() < 1e30;
    if !is_number(amount.value) || !amount.upper.is_none_or(is_number) {
        return false;
    }
    if amount.upper.is_some() {
        let is_idle = amount.kind == Kind::Bare && amount.numeral.is_in_words;
        return !is_idle && !elsewhere::is_time(atoms, amount);
    }
    match amount.kind {
        Kind::Money | Kind::Count => true,
        Kind::Measure => !elsewhere::is_time(atoms, amount) && !elsewhere::is_age_of_named(atoms, amount),
        Kind::Bare => is_told_bare(atoms, amount),
    }
}

fn is_told_bare(atoms: &Atoms, amount: &Amount) -> bool {
    let numeral = amount.numeral;
    let next = atoms.words(amount.end);
    let before = amount.first.checked_sub(1).filter(|&before| atoms.gap(before) == Gap::Space);
    let is_tallied = before.is_some_and(|before| hints(atoms.words(before), Hint::Tally));
    let is_toll = atoms.gap(amount.end - 1) == Gap::Space && hints(next, Hint::Toll);
    if numeral.is_vague || numeral.value != 1.0 && (is_tallied || is_toll) {
        return true;
    }
    let follows_digits = before.is_some_and(|before| atoms.words(before).starts_with(|c: char| c.is_ascii_digit()));
    if follows_digits {
        // "020 7946 0018"
        return false;
    }
    if numeral.is_fraction {
        return atoms.is(amount.end, "of") || numeral.is_in_words;
    }
    let is_written_out = numeral.span.text(atoms.text).contains([',', '.', '\u{a0}']) && !numeral.is_in_words;
    // "its 68020 chip" is a name; so is what is not round.
    let is_large = numeral.value >= 1000.0 && (numeral.is_in_words || numeral.value % 100.0 == 0.0);
    let is_bounded =
        super::bounds::bound(atoms, amount) != super::Bound::Exactly && (!numeral.is_in_words || numeral.value > 9.0);
    is_written_out || is_large || is_bounded || amount.value < 0.0
}

/// A noun phrase without a determiner: atoms up to its noun.
struct NounPhrase {
    first: usize,
    head: usize,
}

impl NounPhrase {
    fn span(&self, atoms: &Atoms) -> Span {
        let (first, last) = (atoms.get(self.first), atoms.get(self.head));
        first.zip(last).map(|(first, last)| first.span.cover(last.span)).unwrap_or_default()
    }

    fn counted(self, atoms: &Atoms) -> Counted {
        let of = self.span(atoms);
        let head = atoms.words(self.head);
        let before = atoms.get(self.head).map_or("", |noun| Span::new(of.start, noun.span.start).text(atoms.text));
        // "T-72" of "T-72s"
        let noun = if head == "s" { String::new() } else { singular(head.trim_start_matches('#')) };
        let mut unit = before.to_owned() + &noun;
        let mut end = self.head + 1;
        if let Some((behind, words, _)) = units::per(atoms, end) {
            end = behind;
            unit.push_str(&words);
        }
        Counted { end, of, unit: Some(unit) }
    }
}

/// The noun phrase from the atom `at` on. `count` is how many there are: of one, the noun is no plural; 0 for what is measured, either.
fn noun_phrase(atoms: &Atoms, at: usize, count: f64) -> Option<NounPhrase> {
    let mut head = None;
    let mut end = at;
    let mut start = at;
    for next in at..at + MOST_WORDS {
        if next > at && atoms.gap(next - 1) == Gap::Break {
            break;
        }
        let word = atoms.words(next);
        let glued = atoms.gap(next) == Gap::Hyphen || next > at && atoms.gap(next - 1) == Gap::Hyphen;
        let is_possessive = next > at && atoms.gap(next - 1) == Gap::Nothing && matches!(word, "'s" | "’s" | "'" | "’");
        if is_possessive {
            (head, start) = (None, next + 1);
        } else if is_type_number(atoms, at, next) {
            // "four MiG-29s": the plural is that of the type.
            head = (word == "s").then_some(next).or(head);
        } else if !is_word(word) {
            break;
        } else if hints(word, Hint::Stop) && !glued && !is_acronym(word) {
            if !(matches!(word, "and" | "or")
                && head.is_none()
                && next > at
                && count != 1.0
                && !hints(atoms.words(at), Hint::Toll))
            {
                break;
            }
            continue;
        } else if is_plural(word.trim_start_matches('#')) && atoms.gap(next) != Gap::Hyphen {
            head = Some(next);
        } else if head.is_some() {
            break;
        }
        end = next + 1;
        if matches!(word, "times" | "others") {
            break;
        }
    }
    let head = head
        .filter(|_| count != 1.0)
        .or_else(|| if count <= 1.0 { single_noun(atoms, start, end) } else { attribute(atoms, at, end) })?;
    Some(NounPhrase { first: at, head })
}

/// The noun that one of something is: the first word that does not look like an adjective, or the last there is.
fn single_noun(atoms: &Atoms, at: usize, end: usize) -> Option<usize> {
    let is_noun = |&next: &usize| !looks_like_adjective(atoms.words(next)) && atoms.gap(next) != Gap::Hyphen;
    let noun = (at..end).find(is_noun)?;
    Some(last_of_compound(atoms, noun, end))
}

/// "revenue" of "subscription revenue": nouns that follow the first, at most two.
fn last_of_compound(atoms: &Atoms, noun: usize, end: usize) -> usize {
    let follows = |&next: &usize| {
        let word = atoms.words(next);
        if hints(word, Hint::Stop) {
            return false;
        }
        let is_noun = !looks_like_adjective(word) || next + 1 == end && !word.ends_with("ed") && !word.ends_with("ing");
        atoms.gap(next - 1) == Gap::Space
            && word.starts_with(char::is_lowercase)
            && is_noun
            && !word.ends_with("ly")
            && !is_plural(word)
    };
    (noun + 1..end.min(noun + 3)).take_while(follows).last().unwrap_or(noun)
}

/// "page" of "a 12 page document": a noun in the singular behind digits.
fn attribute(atoms: &Atoms, at: usize, end: usize) -> Option<usize> {
    let word = atoms.words(at);
    let behind = at.checked_sub(1)?;
    let is_digits = atoms.words(behind).starts_with(|c: char| c.is_ascii_digit());
    let is_noun = word.starts_with(char::is_lowercase)
        && !looks_like_adjective(word)
        && word.len() > 2
        && !hints(word, Hint::Toll);
    if is_digits && (2..=5).contains(&word.len()) && word.chars().all(|c| c.is_ascii_uppercase()) {
        // "0.5 WAR", but "the 737 MAX"
        let is_definite = behind.checked_sub(1).is_some_and(|before| is_determiner(atoms.words(before)));
        return (!is_definite).then_some(at);
    }
    // Another noun follows: "12 page document".
    let is_compound = atoms.gap(behind) == Gap::Hyphen;
    let last = if is_compound { at } else { last_of_compound(atoms, at, end) };
    (is_digits && is_noun && (last > at || is_compound)).then_some(last)
}

fn looks_like_adjective(word: &str) -> bool {
    const ENDINGS: [&str; 20] = [
        "ously", "ally", "edly", "ently", "antly", "ively", "ed", "al", "ive", "ous", "ful", "ing", "ic", "ish",
        "less", "able", "ible", "ary", "ern", "est",
    ];
    const WORDS: [&str; 20] = [
        "new", "big", "small", "large", "young", "old", "other", "key", "more", "main", "top", "last", "major", "good",
        "bad", "full", "next", "clear", "single", "higher",
    ];
    ENDINGS.iter().any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending))
        || WORDS.contains(&word)
        || word.starts_with(char::is_uppercase) && !is_acronym(word)
}

fn is_word(word: &str) -> bool {
    word.starts_with(|c: char| c.is_alphabetic() || c == '#') && word != "#"
}

/// "72" and its "s" in "T-72s", "7" in "G7".
fn is_type_number(atoms: &Atoms, at: usize, next: usize) -> bool {
    let is_glued = |gap: Gap| matches!(gap, Gap::Nothing | Gap::Hyphen);
    let is_digits = |at: usize| atoms.words(at).starts_with(|c: char| c.is_ascii_digit());
    let follows = next > at && is_glued(atoms.gap(next - 1));
    let is_end = next > at + 1 && atoms.words(next) == "s" && is_digits(next - 1);
    follows && (is_digits(next) || is_end)
}

/// "US", which is no pronoun.
fn is_acronym(word: &str) -> bool {
    word.len() > 1 && word.chars().all(char::is_uppercase)
}

fn is_determiner(word: &str) -> bool {
    matches!(
        word.to_ascii_lowercase().as_str(),
        "the"
            | "these"
            | "those"
            | "its"
            | "their"
            | "our"
            | "his"
            | "her"
            | "my"
            | "your"
            | "all"
            | "a"
            | "an"
            | "this"
            | "that"
    )
}
