//! Tokens → the words that time expressions are made of, with what the table and the numerals tell of them.
//!
//! A token is cut where it is made of several words: "two-day", "mid-1996", "8pm", "1914-18". Numbers that are dates by themselves stay whole.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::super::numbers::Numeral;
use crate::document::{Document, Span, Token, TokenKind};
use crate::tables::{parts, rows};

/// A word, or a part of one.
#[derive(Debug)]
pub(super) struct Word<'t> {
    pub span: Span,
    pub text: &'t str,
    /// In lower case, without a stop at its end.
    pub lower: String,
    /// Follows the word before it without a space: behind a hyphen, or within a token.
    pub glued: bool,
    /// A mark, not a word.
    pub mark: bool,
    /// The first word of its sentence.
    pub first: bool,
    kinds: &'static [(&'static str, &'static str)],
    /// The number that begins here.
    pub numeral: Option<Numeral>,
}

static WORDS: LazyLock<HashMap<&'static str, Vec<(&'static str, &'static str)>>> = LazyLock::new(|| {
    rows(onrecord_data::TIME_WORDS)
        .map(|[word, kinds, values]| {
            let values: Vec<&str> = values.split(';').collect();
            let value = |at: usize| values.get(at).copied().unwrap_or("-");
            (word, parts(kinds).enumerate().map(|(at, kind)| (kind, value(at))).collect())
        })
        .collect()
});

impl Word<'_> {
    /// What the word stands for as a word of this kind; `None` where it is none.
    pub(super) fn as_kind(&self, kind: &str) -> Option<&'static str> {
        self.kinds.iter().find(|(known, _)| *known == kind).map(|(_, value)| *value)
    }

    /// Whether the table knows it.
    pub(super) fn is_known(&self) -> bool {
        !self.kinds.is_empty()
    }

    /// Its value, where it is nothing but digits.
    pub(super) fn digits(&self) -> Option<u32> {
        let plain = self.text.len() <= 8 && self.text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| self.text.parse().ok()).flatten()
    }

    pub(super) fn is_capitalised(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }
}

/// The first words of the table's phrases.
static OPENERS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| WORDS.keys().filter_map(|phrase| Some(phrase.split_once(' ')?.0)).collect());

/// The value of the table's phrase of these words, of that kind.
pub(super) fn phrase(words: &[Word], kind: &str) -> Option<&'static str> {
    if let [word] = words {
        return word.as_kind(kind);
    }
    if !words.first().is_some_and(|word| OPENERS.contains(word.lower.as_str()))
        || words.len() > 4
        || words.iter().any(|word| word.lower.len() > 16)
    {
        return None;
    }
    let joined: Vec<&str> = words.iter().map(|word| word.lower.as_str()).collect();
    let known = WORDS.get(joined.join(" ").as_str())?;
    known.iter().find(|(found, _)| *found == kind).map(|(_, value)| *value)
}

/// The words of a paragraph in order. O(n log m) in its length and the number of numerals.
pub(super) fn words<'t>(document: &'t Document, paragraph: Span, numerals: &[Numeral]) -> Vec<Word<'t>> {
    let text = document.text();
    let mut words: Vec<Word> = Vec::new();
    let mut sentence = Span::default();
    for token in document.tokens_in(paragraph) {
        let first = !sentence.contains(token.span);
        if first {
            sentence = document.sentence_at(token.span.start).unwrap_or(token.span);
        }
        for span in cuts(text, token) {
            let mut word = word(text, span, token.kind, numerals);
            word.first = first && word.span.start == token.span.start;
            word.glued = words.last().is_some_and(|last| joins(text, last, &word));
            words.push(word);
        }
    }
    words
}

/// Whether nothing, or a hyphen alone, stands between two words; a possessive 's stands apart.
fn joins(text: &str, left: &Word, right: &Word) -> bool {
    let between = Span::new(left.span.end, right.span.start).text(text);
    let possessive = right.text.starts_with(['\'', '’']);
    !left.mark && !right.mark && !possessive && between.chars().count() <= 1 && between.chars().all(is_hyphen)
}

fn word<'t>(text: &'t str, span: Span, kind: TokenKind, numerals: &[Numeral]) -> Word<'t> {
    let said = span.text(text);
    let mark = !matches!(kind, TokenKind::Word | TokenKind::Number);
    let mut lower = if mark || said.len() > 24 { said.to_owned() } else { said.to_lowercase() };
    if lower.len() > 1 && lower.ends_with('.') {
        lower.pop();
    }
    let kinds = WORDS.get(lower.as_str()).map_or(&[][..], Vec::as_slice);
    let at = numerals.partition_point(|numeral| numeral.span.start < span.start);
    let numeral = numerals.get(at).copied().filter(|numeral| numeral.span.start == span.start);
    Word { span, text: said, lower, glued: false, mark, first: false, kinds, numeral }
}

/// The words that a token is made of.
fn cuts(text: &str, token: &Token) -> Vec<Span> {
    let span = token.span;
    let said = span.text(text);
    let plain = said.bytes().all(|byte| byte.is_ascii_alphabetic());
    if plain || said.len() > 64 || !matches!(token.kind, TokenKind::Word | TokenKind::Number) || is_date(said) {
        return vec![span];
    }
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in said.char_indices() {
        if is_hyphen(c) {
            if at > start {
                parted(text, Span::new(span.start + start, span.start + at), &mut found);
            }
            start = at + c.len_utf8();
        }
    }
    if start < said.len() {
        parted(text, Span::new(span.start + start, span.end), &mut found);
    }
    found
}

/// "8pm" and "1400GMT" are a number and a word; "1990s" and "23rd" are one.
fn parted(text: &str, span: Span, found: &mut Vec<Span>) {
    let said = span.text(text);
    let letters = said.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ',')));
    let tail = letters.and_then(|at| said.get(at..)).unwrap_or_default();
    let lower = tail.to_lowercase();
    let known = WORDS.get(lower.trim_end_matches('.')).is_some_and(|kinds| {
        kinds.iter().any(|(kind, _)| matches!(*kind, "half-day" | "zone" | "unit" | "units")) && lower.len() > 1
    });
    match letters.filter(|at| *at > 0 && known) {
        Some(at) => {
            found.push(Span::new(span.start, span.start + at));
            found.push(Span::new(span.start + at, span.end));
        }
        None => found.push(span),
    }
}

/// 2022-09-23, 23-09-22.
fn is_date(said: &str) -> bool {
    let mut fields = 0;
    for field in said.split('-') {
        fields += 1;
        if field.is_empty() || !field.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
    }
    fields == 3
}

pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–')
}
