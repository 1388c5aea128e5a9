//! Which place names stand for a government: "Washington pledged", "talks with Moscow".
//!
//! A name does if it is by itself the source of a statement, if a verb that governments do follows it, or if it stands behind a noun for dealings
//! between states. "The government of Nigeria" and "Israel's army" name the government by another noun, and the place is but a place.

use std::collections::HashSet;

use super::words::{Hint, tells};
use crate::document::{Document, Span};
use crate::relations::Statement;
use crate::tables::rows;

/// Where the sources of statements lie.
pub(super) struct Actors<'d> {
    document: &'d Document,
    sources: HashSet<Span>,
}

impl<'d> Actors<'d> {
    pub(super) fn new(document: &'d Document, statements: &[Statement]) -> Actors<'d> {
        let text = document.text();
        let bare = |source: Span| {
            let words = source.text(text);
            let start = words.len() - words.trim_start_matches("The ").trim_start_matches("the ").len();
            Span::new(source.start + start, source.end)
        };
        Actors { document, sources: statements.iter().filter_map(|statement| statement.source).map(bare).collect() }
    }

    /// Whether the state, capital or the like at `span` stands for its government.
    pub(super) fn acts(&self, span: Span) -> bool {
        self.sources.contains(&span) || self.is_subject(span) || self.is_counterpart(span)
    }

    fn word(&self, at: Option<usize>) -> &str {
        at.and_then(|at| self.document.tokens().get(at)).map_or("", |token| token.span.text(self.document.text()))
    }

    fn is_subject(&self, span: Span) -> bool {
        let tokens = self.document.tokens();
        let after = tokens.partition_point(|token| token.span.start < span.end);
        let first = tokens.partition_point(|token| token.span.end <= span.start);
        let before = self.word(first.checked_sub(1));
        let is_first = before.is_empty()
            || !before.starts_with(char::is_alphanumeric)
            || matches!(
                before,
                "that"
                    | "and"
                    | "but"
                    | "if"
                    | "as"
                    | "while"
                    | "after"
                    | "before"
                    | "the"
                    | "The"
                    | "when"
                    | "which"
                    | "because"
            );
        let verb = self.word(Some(after));
        let verb = if tells(verb, Hint::Auxiliary) && verb != "is" && verb != "was" {
            self.word(Some(after + 1))
        } else {
            verb
        };
        is_first && is_deed(verb)
    }

    fn is_counterpart(&self, span: Span) -> bool {
        let first = self.document.tokens().partition_point(|token| token.span.end <= span.start);
        let preposition = self.word(first.checked_sub(1));
        let noun = self.word(first.checked_sub(2));
        matches!(preposition, "with" | "between" | "against" | "on") && tells(noun, Hint::Counterpart)
    }
}

/// Whether a verb is one that tables know for what is said or done with words, in a finite form: "pledged", "warns".
fn is_deed(verb: &str) -> bool {
    let stem = verb.strip_suffix("ed").or_else(|| verb.strip_suffix('s')).filter(|stem| stem.len() > 2);
    stem.is_some_and(|stem| ACTS.contains(stem) || ACTS.contains(format!("{stem}e").as_str())) || FORMS.contains(verb)
}

static ACTS: std::sync::LazyLock<HashSet<&str>> = std::sync::LazyLock::new(|| {
    rows(onrecord_data::ACTS).map(|[lemma]| lemma).filter(|lemma| !lemma.contains(' ')).collect()
});
static FORMS: std::sync::LazyLock<HashSet<&str>> = std::sync::LazyLock::new(|| {
    rows(onrecord_data::LEMMAS).map(|[form]| form).filter(|form| !form.ends_with("ing")).collect()
});
