//! Atoms → one numeral: how digits and number words add up.

use super::Numeral;
use super::atoms::{AtomKind, Atoms, Gap};
use super::words::Role;
use crate::document::Span;
use crate::function_words::{Work, does};

/// The numeral that begins with the atom `at`, and the atom behind it. Looks ahead as far as number words go on.
pub(super) fn read(atoms: &Atoms, at: usize) -> Option<(usize, Numeral)> {
    let reading = vague(atoms, at)
        .or_else(|| fraction(atoms, at))
        .or_else(|| cardinal(atoms, at))
        .or_else(|| ordinal(atoms, at))?;
    let (first, last) = (atoms.get(at)?, atoms.get(reading.end.checked_sub(1)?)?);
    let mut span = first.span.cover(last.span);
    if matches!(first.kind, AtomKind::Digits(_)) && is_after_bare_stop(atoms, first.span) {
        span.start -= 1;
    }
    let is_in_words = !span.text(atoms.text).chars().any(char::is_numeric);
    let numeral = Numeral {
        span,
        word: first.token.cover(last.token).cover(span),
        value: reading.value,
        is_ordinal: reading.kind == Kind::Ordinal,
        is_fraction: reading.kind == Kind::Fraction,
        is_vague: reading.kind == Kind::Vague,
        is_in_words,
    };
    Some((reading.end, numeral))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Cardinal,
    Ordinal,
    Fraction,
    Vague,
}

#[derive(Debug, Clone, Copy)]
struct Reading {
    /// The atom behind it.
    end: usize,
    value: f64,
    kind: Kind,
}

/// "dozens", "tens of thousands", "several hundred thousand".
fn vague(atoms: &Atoms, at: usize) -> Option<Reading> {
    let word = atoms.number_word(at)?;
    let vague = |end, value| Some(Reading { end, value, kind: Kind::Vague });
    if word.is(Role::Some) {
        let of = usize::from(atoms.is(at + 1, "of"));
        let mut end = at + 1 + of;
        let mut value = word.value;
        while let Some(scale) = scale(atoms, end) {
            value *= scale;
            end += 1;
        }
        return if value > word.value { vague(end, value) } else { None };
    }
    if !word.is(Role::Many) {
        return None;
    }
    if atoms.is(at + 1, "of")
        && let Some(more) = atoms.number_word(at + 2).filter(|more| more.is(Role::Many) && more.value >= 1000.0)
    {
        return vague(at + 3, word.value * more.value);
    }
    match atoms.words(at).to_ascii_lowercase().as_str() {
        "tens" => None,
        "scores" if !is_toll_or_of(atoms.words(at + 1)) || !may_count(atoms, at) => None,
        _ => vague(at + 1, word.value),
    }
}

/// "scores of people", "scores dead"; not "scores are in".
fn is_toll_or_of(next: &str) -> bool {
    matches!(next, "of" | "more" | "dead" | "killed" | "injured" | "wounded" | "hurt" | "missing" | "arrested")
}

/// Whether what stands before "scores" lets it be a number: nothing, a mark or a small word.
fn may_count(atoms: &Atoms, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    match atoms.get(before).map(|atom| &atom.kind) {
        Some(AtomKind::Word(_)) => {
            let word = atoms.words(before);
            atoms.gap(before) == Gap::Break
                || does(word, Work::Preposition)
                || does(word, Work::Clause)
                || matches!(word, "and" | "left" | "leaving" | "killed" | "killing" | "injured" | "wounded")
        }
        Some(AtomKind::Other) | None => true,
        Some(_) => false,
    }
}

/// "half", "a third of", "two-thirds", "¾", "half a million", "a quarter of a million".
fn fraction(atoms: &Atoms, at: usize) -> Option<Reading> {
    let (end, value) = simple_fraction(atoms, at)?;
    let article = |at: usize| atoms.is(at, "a") || atoms.is(at, "an");
    let of = usize::from(atoms.is(end, "of"));
    for skipped in [of + usize::from(article(end + of)), 0] {
        if let Some(scale) = scale(atoms, end + skipped) {
            return Some(Reading { end: end + skipped + 1, value: value * scale, kind: Kind::Cardinal });
        }
    }
    Some(Reading { end, value, kind: Kind::Fraction })
}

fn simple_fraction(atoms: &Atoms, at: usize) -> Option<(usize, f64)> {
    if let AtomKind::Fraction(value) = atoms.get(at)?.kind {
        return Some((at + 1, value));
    }
    let has_article = atoms.is(at, "a") && atoms.leads_on(at);
    let noun = at + usize::from(has_article);
    let word = atoms.number_word(noun)?;
    if word.is(Role::Share) && (has_article || atoms.is(noun, "half")) && stands_for_part(atoms, at, noun) {
        return Some((noun + 1, 1.0 / word.value));
    }
    // "two-thirds", "one third", "a three-quarter majority"
    let below = atoms.number_word(at + 1).filter(|_| atoms.leads_on(at))?;
    let is_count = word.is(Role::Unit) || word.is(Role::Teen);
    // "two quarters" of a year, unless they are "of" something.
    let is_season = atoms.is(at + 1, "quarters") && atoms.gap(at) == Gap::Space && !atoms.is(at + 2, "of");
    let is_part = below.is(Role::Shares) && !is_season
        || below.is(Role::Share) && (word.value == 1.0 || atoms.gap(at) == Gap::Hyphen);
    (!has_article && is_count && is_part).then(|| (at + 2, word.value / below.value))
}

/// Whether "half" or "a third" is a part of something here, not half a match or another man.
fn stands_for_part(atoms: &Atoms, at: usize, noun: usize) -> bool {
    let before = at.checked_sub(1).filter(|&before| atoms.leads_on(before));
    let is_numbered = before.is_some_and(|before| {
        let word = atoms.words(before).to_ascii_lowercase();
        atoms.number_word(before).is_some_and(|word| word.is(Role::Ordinal))
            || matches!(
                word.as_str(),
                "the" | "last" | "latter" | "other" | "final" | "opening" | "this" | "each" | "either"
            )
    });
    if is_numbered || !atoms.leads_on(noun) && atoms.gap(noun) == Gap::Nothing {
        return false;
    }
    let next = atoms.words(noun + 1).to_ascii_lowercase();
    match (atoms.gap(noun), next.as_str()) {
        (Gap::Space, "of") => true,
        (
            Gap::Space,
            "the" | "a" | "an" | "its" | "their" | "his" | "her" | "our" | "my" | "all" | "that" | "those" | "these",
        ) => atoms.is(noun, "half"),
        // "half-hour", "half million"
        (Gap::Hyphen, next) => {
            atoms.is(noun, "half") && !matches!(next, "time" | "back" | "way" | "brother" | "sister")
        }
        (Gap::Space, _) => atoms.is(noun, "half") && scale(atoms, noun + 1).is_some(),
        _ => false,
    }
}

/// "23rd", "third".
fn ordinal(atoms: &Atoms, at: usize) -> Option<Reading> {
    let word = atoms.number_word(at).filter(|word| word.is(Role::Ordinal))?;
    Some(Reading { end: at + 1, value: word.value, kind: Kind::Ordinal })
}

/// A number in digits or words, and what it grows to: an ordinal, or more by "and a half".
fn cardinal(atoms: &Atoms, at: usize) -> Option<Reading> {
    match atoms.get(at)?.kind {
        AtomKind::Digits(value) => Some(digits(atoms, at, value)),
        AtomKind::Word(_) => words(atoms, at),
        _ => None,
    }
}

fn digits(atoms: &Atoms, first: usize, value: f64) -> Reading {
    let mut value = value;
    let mut end = first + 1;
    if let Some(atom) = atoms.get(first).filter(|atom| is_after_bare_stop(atoms, atom.span)) {
        let decimals = i32::try_from(atom.span.len()).unwrap_or(0);
        return with_scales(atoms, first, end, value / 10f64.powi(decimals));
    }
    let suffix = atoms.words(end).to_ascii_lowercase();
    if atoms.gap(first) == Gap::Nothing && matches!(suffix.as_str(), "st" | "nd" | "rd" | "th") {
        return Reading { end: end + 1, value, kind: Kind::Ordinal };
    }
    while let Some(group) = spaced_group(atoms, end - 1) {
        value = value * 1000.0 + group;
        end += 1;
    }
    if let Some(AtomKind::Fraction(part)) = atoms.get(end).map(|atom| &atom.kind)
        && matches!(atoms.gap(end - 1), Gap::Nothing | Gap::Space)
        && value.fract() == 0.0
    {
        value += part;
        end += 1;
    }
    with_scales(atoms, first, end, value)
}

/// The next three digits of a number parted by spaces that do not break: "1 000".
fn spaced_group(atoms: &Atoms, at: usize) -> Option<f64> {
    let (left, right) = (atoms.get(at)?, atoms.get(at + 1)?);
    let gap = Span::new(left.span.end, right.span.start).text(atoms.text);
    let is_short = |span: Span| span.len() <= 3 && span.text(atoms.text).bytes().all(|byte| byte.is_ascii_digit());
    match right.kind {
        AtomKind::Digits(value)
            if matches!(gap, "\u{a0}" | "\u{2009}")
                && is_short(left.span)
                && right.span.len() == 3
                && is_short(right.span) =>
        {
            Some(value)
        }
        _ => None,
    }
}

/// Whether digits are the decimals of ".05".
fn is_after_bare_stop(atoms: &Atoms, span: Span) -> bool {
    let before = atoms.text.get(..span.start).unwrap_or("");
    let is_bare = |rest: &str| {
        rest.chars().next_back().is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '-' | '+' | '$' | '£' | '€'))
    };
    before.strip_suffix('.').is_some_and(is_bare) && span.text(atoms.text).bytes().all(|byte| byte.is_ascii_digit())
}

/// Digits or "two and a half" with the scales behind them: "2.5 million", "13.6M", "4 hundred million".
fn with_scales(atoms: &Atoms, first: usize, end: usize, value: f64) -> Reading {
    let (mut end, mut value) = (end, value);
    if let Some((behind, part)) = and_a_half(atoms, end) {
        (end, value) = (behind, value + part);
    }
    if let Some(scale) = short_scale(atoms, first, end) {
        return Reading { end: end + 1, value: value * scale, kind: Kind::Cardinal };
    }
    while let Some(scale) = scale_behind(atoms, end) {
        (end, value) = (end + 1, value * scale);
    }
    Reading { end, value, kind: Kind::Cardinal }
}

/// "and a half", "-and-a-quarter" at the atom `at`.
fn and_a_half(atoms: &Atoms, at: usize) -> Option<(usize, f64)> {
    let leads = at.checked_sub(1).is_some_and(|before| atoms.leads_on(before));
    let part = atoms.number_word(at + 2).filter(|word| word.is(Role::Share))?;
    let is_half = atoms.is(at + 2, "half") || atoms.is(at + 2, "quarter");
    (leads && is_half && atoms.is(at, "and") && atoms.is(at + 1, "a")).then(|| (at + 3, 1.0 / part.value))
}

fn scale(atoms: &Atoms, at: usize) -> Option<f64> {
    atoms.number_word(at).filter(|word| word.is(Role::Scale)).map(|word| word.value)
}

/// A scale at the atom `at`, behind a number: "million", "millions".
fn scale_behind(atoms: &Atoms, at: usize) -> Option<f64> {
    let leads = at.checked_sub(1).is_some_and(|before| atoms.gap(before) != Gap::Break);
    let word = atoms.number_word(at).filter(|_| leads)?;
    (word.is(Role::Scale) || word.is(Role::Many) && word.value > 99.0).then_some(word.value)
}

/// "k", "bn" and "m" behind digits, where they multiply.
fn short_scale(atoms: &Atoms, first: usize, at: usize) -> Option<f64> {
    let gap = atoms.gap(at.checked_sub(1)?);
    let word = atoms.number_word(at)?;
    let has_currency = has_currency(atoms, first);
    let multiplies = match gap {
        Gap::Nothing => {
            word.is(Role::Suffix)
                || word.is(Role::Short)
                || word.is(Role::Letter) && (has_currency || is_before_count(atoms, at))
        }
        Gap::Space => {
            word.is(Role::Short) && word.value > 1e5 || has_currency && (word.is(Role::Letter) || word.is(Role::Suffix))
        }
        _ => false,
    };
    multiplies.then_some(word.value)
}

/// Whether a currency stands before the number, as a sign or as letters: $5, US$ 5, EUR5; or before the first number of $5-6.
fn has_currency(atoms: &Atoms, first: usize) -> bool {
    is_behind_currency(atoms, first) || lower_end(atoms, first).is_some_and(|lower| is_behind_currency(atoms, lower))
}

fn is_behind_currency(atoms: &Atoms, first: usize) -> bool {
    let Some(atom) = atoms.get(first) else { return false };
    let before = atoms.text.get(..atom.span.start).unwrap_or("").trim_end_matches([' ', '\u{a0}']);
    let is_sign = before.ends_with(|c: char| matches!(c, '$' | '£' | '¥' | '€' | '\u{20a0}'..='\u{20c0}'));
    let head = Span::new(atom.token.start, atom.span.start).text(atoms.text);
    let is_code = (1..=4).contains(&head.len())
        && head.starts_with(|c: char| c.is_ascii_uppercase())
        && head.bytes().all(|byte| byte.is_ascii_alphabetic());
    is_sign || is_code
}

/// The digits before "-" or "to".
fn lower_end(atoms: &Atoms, first: usize) -> Option<usize> {
    let before = first.checked_sub(1)?;
    let lower = match atoms.words(before) {
        "to" | "–" | "—" | "-" => before.checked_sub(1)?,
        _ if atoms.gap(before) == Gap::Hyphen => before,
        _ => return None,
    };
    matches!(atoms.get(lower)?.kind, AtomKind::Digits(_)).then_some(lower)
}

/// Whether something that can be counted follows the letter at `at`: "2.7m visitors", not "a 5m wall".
fn is_before_count(atoms: &Atoms, at: usize) -> bool {
    for next in at + 1..at + 6 {
        let word = atoms.words(next);
        let is_noun =
            word.starts_with(|c: char| c.is_ascii_lowercase()) && word.len() > 2 && !does(word, Work::Preposition);
        if atoms.gap(next - 1) != Gap::Space
            || !is_noun
            || matches!(word, "high" | "wide" | "long" | "tall" | "deep" | "hurdles" | "above" | "away")
        {
            return false;
        }
        if word.ends_with('s') && !word.ends_with("ss") || matches!(word, "people" | "children" | "women" | "men") {
            return true;
        }
    }
    false
}

/// "three hundred and twelve", "a dozen", "twenty-third".
fn words(atoms: &Atoms, at: usize) -> Option<Reading> {
    let is_article = (atoms.is(at, "a") || atoms.is(at, "an")) && atoms.leads_on(at) && scale(atoms, at + 1).is_some();
    let mut sum = if is_article { Sum::one(at + 1) } else { Sum::new(at) };
    while sum.step(atoms) {}
    if sum.end == at || is_article && sum.end == at + 1 {
        return None;
    }
    if let Some(reading) = sum.ordinal(atoms) {
        return Some(reading);
    }
    if sum.is_whole_group() {
        return Some(with_scales(atoms, at, sum.end, sum.value()));
    }
    Some(Reading { end: sum.end, value: sum.value(), kind: Kind::Cardinal })
}

/// A number as its words are added up.
struct Sum {
    /// The atom behind what was read.
    end: usize,
    /// Millions and thousands that are complete.
    total: f64,
    /// What the next "thousand" multiplies.
    group: f64,
    /// The next word to add is smaller than this.
    room: f64,
    /// The next scale is smaller than this.
    scale: f64,
    /// The last word was "hundred" or a scale: "and" may follow.
    takes_and: bool,
}

impl Sum {
    fn new(at: usize) -> Sum {
        Sum { end: at, total: 0.0, group: 0.0, room: 100.0, scale: f64::INFINITY, takes_and: false }
    }

    /// "a" of "a hundred".
    fn one(at: usize) -> Sum {
        Sum { group: 1.0, room: 0.0, ..Sum::new(at) }
    }

    fn value(&self) -> f64 {
        self.total + self.group
    }

    /// No "hundred" and no scale so far: "and a half" may follow.
    fn is_whole_group(&self) -> bool {
        self.total == 0.0 && self.group < 100.0
    }

    /// Takes the next word; false if it does not belong to the number.
    fn step(&mut self, atoms: &Atoms) -> bool {
        let is_first = self.group == 0.0 && self.total == 0.0 && self.room == 100.0;
        let Some(before) = (if is_first { Some(self.end) } else { self.end.checked_sub(1) }) else { return false };
        if !is_first && !atoms.leads_on(before) {
            return false;
        }
        let and = usize::from(self.takes_and && atoms.is(self.end, "and") && atoms.leads_on(self.end));
        let at = self.end + and;
        let Some(word) = atoms.number_word(at) else { return false };
        if word.is(Role::Unit) || word.is(Role::Teen) || word.is(Role::Tens) {
            return (is_first || word.value > 0.0)
                && word.value < self.room
                && !self.begins_other(atoms, at)
                && self.add(word.is(Role::Tens), word.value, at);
        }
        and == 0 && word.is(Role::Scale) && self.multiply(word.value, at)
    }

    /// "two" of "forty two-man boats".
    fn begins_other(&self, atoms: &Atoms, at: usize) -> bool {
        let is_spaced = at.checked_sub(1).is_some_and(|before| atoms.gap(before) == Gap::Space);
        self.room <= 10.0 && is_spaced && atoms.gap(at) == Gap::Hyphen && scale(atoms, at + 1).is_none()
    }

    fn add(&mut self, is_tens: bool, value: f64, at: usize) -> bool {
        self.group += value;
        self.room = if is_tens { 10.0 } else { 0.0 };
        (self.end, self.takes_and) = (at + 1, false);
        true
    }

    fn multiply(&mut self, scale: f64, at: usize) -> bool {
        if self.group <= 0.0 || scale >= self.scale {
            return false;
        }
        if scale < 1000.0 {
            if self.group >= 100.0 {
                return false;
            }
            self.group *= scale;
            self.room = if scale == 100.0 { 100.0 } else { 0.0 };
        } else {
            self.total += self.group * scale;
            (self.group, self.room, self.scale) = (0.0, 100.0, scale);
        }
        (self.end, self.takes_and) = (at + 1, self.room > 0.0);
        true
    }

    /// "third" of "twenty-third", "hundredth" of "two hundredth".
    fn ordinal(&self, atoms: &Atoms) -> Option<Reading> {
        if !self.end.checked_sub(1).is_some_and(|before| atoms.leads_on(before)) {
            return None;
        }
        let at = self.end + usize::from(self.takes_and && atoms.is(self.end, "and"));
        let word = atoms.number_word(at).filter(|word| word.is(Role::Ordinal))?;
        let ordinal = |value| Some(Reading { end: at + 1, value, kind: Kind::Ordinal });
        match word.value {
            v if v < self.room && v < 100.0 => ordinal(self.value() + v),
            v if v >= 100.0 && self.group > 0.0 && at == self.end => ordinal(self.total + self.group * v),
            _ => None,
        }
    }
}
