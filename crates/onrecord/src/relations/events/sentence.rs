//! The words of the sentence around a trigger, in lower case, without copying any that is not looked at.

use crate::document::{Document, Span, Token, TokenKind};

/// The sentence of a trigger.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sentence<'a> {
    text: &'a str,
    pub tokens: &'a [Token],
    /// The first token of the trigger.
    pub first: usize,
    /// One past the last.
    pub end: usize,
}

impl<'a> Sentence<'a> {
    pub(super) fn around(document: &'a Document, trigger: Span) -> Option<Sentence<'a>> {
        let tokens = document.tokens_in(document.sentence_at(trigger.start)?);
        let first = tokens.partition_point(|token| token.span.end <= trigger.start);
        let end = tokens.partition_point(|token| token.span.start < trigger.end);
        Some(Sentence { text: document.text(), tokens, first, end })
    }

    /// The same sentence around another word of it.
    pub(super) fn around_word(self, at: usize) -> Sentence<'a> {
        Sentence { first: at, end: at + 1, ..self }
    }

    /// The word at a place; empty where there is none, and for what is too long to be one.
    pub(super) fn word(&self, at: usize) -> String {
        let token = self.tokens.get(at).filter(|token| token.span.len() <= 24);
        token.map(|token| token.span.text(self.text).to_lowercase()).unwrap_or_default()
    }

    /// The word so many places before another.
    pub(super) fn before(&self, at: usize, back: usize) -> String {
        at.checked_sub(back).map(|at| self.word(at)).unwrap_or_default()
    }

    pub(super) fn is_word(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number))
    }

    /// The words behind the trigger, in order.
    pub(super) fn behind(&self) -> impl Iterator<Item = String> {
        (self.end..self.tokens.len()).map(|at| self.word(at))
    }

    pub(super) fn trigger_words(&self) -> impl Iterator<Item = String> {
        (self.first..self.end).map(|at| self.word(at))
    }

    /// The place of the first token that ends behind `byte`.
    pub(super) fn at(&self, byte: usize) -> usize {
        self.tokens.partition_point(|token| token.span.end <= byte)
    }
}
