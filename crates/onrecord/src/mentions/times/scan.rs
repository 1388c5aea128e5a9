//! One paragraph's words → its time expressions, by the longest reading at each word.
//!
//! Reading goes from left to right and looks a bounded number of words ahead.

use super::said::{Modifier, Point, Reference, Said};
use super::words::{Word, phrase};
use super::{TimeExpression, bounds, ranges};
use crate::document::Span;

/// The words of a paragraph, to be read at any place.
pub(super) struct Scanner<'a> {
    pub words: &'a [Word<'a>],
}

/// What was read, and the place of the word behind it.
pub(super) type Read<T> = Option<(T, usize)>;

impl Scanner<'_> {
    /// All expressions, in order and apart.
    pub(super) fn expressions(&self, found: &mut Vec<TimeExpression>) {
        let mut at = 0;
        while at < self.words.len() {
            let read = if self.may_begin(at) { bounds::expression(self, at) } else { None };
            match read {
                Some(((said, modifier), end)) if end > at => {
                    if let Some(span) = self.span(at, end) {
                        let opens = ranges::opens(self, at, &said, end);
                        found.push(TimeExpression { span, said, modifier, opens });
                    }
                    at = end;
                }
                _ => at += 1,
            }
        }
    }

    /// Most words begin no time expression.
    fn may_begin(&self, at: usize) -> bool {
        let Some(word) = self.words.get(at) else { return false };
        if word.mark {
            return matches!(word.text, "'" | "’" | "‘");
        }
        word.is_known()
            || word.numeral.is_some()
            || word.text.starts_with(|c: char| c.is_ascii_digit())
            || matches!(word.lower.as_str(), "the" | "an" | "a" | "in" | "between" | "from" | "as" | "fiscal" | "its")
            || bounds::may_begin(word)
            || word.is_capitalised()
    }

    /// The words from `at` up to `end` as a span.
    pub(super) fn span(&self, at: usize, end: usize) -> Option<Span> {
        let last = self.words.get(end.checked_sub(1)?)?;
        Some(self.words.get(at)?.span.cover(last.span))
    }

    /// The word at a place, in lower case; nothing beyond the ends.
    pub(super) fn lower(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.lower.as_str())
    }

    /// The word as it stands.
    pub(super) fn text(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.text)
    }

    /// The word before a place.
    pub(super) fn before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |at| self.lower(at))
    }

    pub(super) fn is(&self, at: usize, any: &[&str]) -> bool {
        any.contains(&self.lower(at))
    }

    /// What the word at a place stands for as a word of a kind.
    pub(super) fn kind(&self, at: usize, kind: &str) -> Option<&'static str> {
        self.words.get(at)?.as_kind(kind)
    }

    /// Like `kind`, as a number.
    pub(super) fn value<T: std::str::FromStr>(&self, at: usize, kind: &str) -> Option<T> {
        self.kind(at, kind)?.parse().ok()
    }

    pub(super) fn glued(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| word.glued)
    }

    /// Whether the word at `at` begins a sentence or a quotation, so that its capital tells nothing.
    pub(super) fn opens(&self, at: usize) -> bool {
        if self.words.get(at).is_some_and(|word| word.first) {
            return true;
        }
        let before = at.checked_sub(1).and_then(|at| self.words.get(at));
        before.is_none_or(|word| word.mark && !matches!(word.text, "," | "(" | "$" | "'" | "’"))
    }

    /// The place behind a comma, if one stands at `at`; else `at`.
    pub(super) fn past_comma(&self, at: usize) -> usize {
        if self.text(at) == "," { at + 1 } else { at }
    }

    /// The place behind the stop of an abbreviation, where the tokens leave it apart.
    pub(super) fn past_stop(&self, at: usize) -> usize {
        let apart = self.text(at) == "."
            && at
                .checked_sub(1)
                .and_then(|at| self.words.get(at))
                .is_some_and(|word| self.words.get(at).is_some_and(|stop| stop.span.start == word.span.end));
        if apart { at + 1 } else { at }
    }

    /// A cardinal that begins at `at`: its value and the place behind it.
    pub(super) fn cardinal(&self, at: usize) -> Read<f64> {
        let numeral = self.words.get(at)?.numeral?;
        // "two quarters" is read as a half; of a year, there are four.
        if numeral.is_fraction && self.is(at + 1, &["quarters"]) && !self.glued(at + 1) && !self.is(at + 2, &["of"]) {
            return Some((numeral.value * 4.0, at + 1));
        }
        let counts = !numeral.is_ordinal && !numeral.is_fraction && !numeral.is_vague;
        counts.then(|| (numeral.value, self.place_behind(at, numeral.span.end)))
    }

    /// An ordinal that begins at `at`, up to a thousand.
    pub(super) fn ordinal(&self, at: usize) -> Read<u16> {
        let numeral = self.words.get(at)?.numeral.filter(|numeral| numeral.is_ordinal)?;
        let whole = numeral.value.fract() == 0.0 && (1.0..=1000.0).contains(&numeral.value);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within bounds")]
        whole.then(|| (numeral.value as u16, self.place_behind(at, numeral.span.end)))
    }

    fn place_behind(&self, at: usize, byte: usize) -> usize {
        let ends = |place: &usize| self.words.get(*place).is_none_or(|word| word.span.end >= byte);
        (at..=at + 8).find(ends).unwrap_or(at) + 1
    }

    /// A number of nothing but digits, from `least` to `most`, written with at most `digits`.
    pub(super) fn digits(&self, at: usize, least: u32, most: u32, digits: usize) -> Option<u32> {
        let word = self.words.get(at).filter(|word| word.text.len() <= digits)?;
        word.digits().filter(|value| (least..=most).contains(value))
    }

    /// The longest phrase of the table at `at`, of one to four words of that kind.
    pub(super) fn phrase(&self, at: usize, kind: &str) -> Read<&'static str> {
        (1..=4_usize).rev().find_map(|length| {
            let words = self.words.get(at..at + length)?;
            Some((phrase(words, kind)?, at + length))
        })
    }
}

/// The longer of two readings; the first where they are equal.
pub(super) fn longer<T>(one: Read<T>, other: Read<T>) -> Read<T> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if other.1 > one.1 { other } else { one }),
        (one, other) => one.or(other),
    }
}

/// PAST_REF and its like.
pub(super) fn reference(value: &str) -> Reference {
    match value {
        "PAST_REF" => Reference::Past,
        "FUTURE_REF" => Reference::Future,
        _ => Reference::Present,
    }
}

/// START and its like.
pub(super) fn modifier(value: &str) -> Option<Modifier> {
    Some(match value {
        "START" => Modifier::Start,
        "MID" => Modifier::Mid,
        "END" => Modifier::End,
        "APPROX" => Modifier::Approx,
        "LESS_THAN" => Modifier::LessThan,
        "MORE_THAN" => Modifier::MoreThan,
        "EQUAL_OR_LESS" => Modifier::EqualOrLess,
        "EQUAL_OR_MORE" => Modifier::EqualOrMore,
        _ => return None,
    })
}

/// What a point says.
pub(super) fn said(read: Read<Point>) -> Read<Said> {
    read.map(|(point, end)| (Said::Point(point), end))
}
