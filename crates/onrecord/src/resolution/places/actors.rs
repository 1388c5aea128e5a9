//! Which place names stand for a government: "Washington pledged", "talks with Moscow".
//!
//! A name does if it is by itself the source of a statement, if a verb that governments do follows it, or if it stands behind a noun for dealings
//! between states. "The government of Nigeria" and "Israel's army" name the government by another noun, and the place is but a place.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::words::{Hint, tells};
use crate::document::{Document, Span};
use crate::function_words::{Work, does};
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
        let tokens = self.document.tokens();
        let first = tokens.partition_point(|token| token.span.end <= span.start);
        let after = tokens.partition_point(|token| token.span.start < span.end);
        // "the United States", "the North"
        let first =
            if self.word(first.checked_sub(1)).eq_ignore_ascii_case("the") { first.saturating_sub(1) } else { first };
        self.sources.contains(&span)
            || self.is_subject(first, after)
            || self.is_counterpart(first)
            || self.is_asked(first, after)
    }

    fn word(&self, at: Option<usize>) -> &str {
        at.and_then(|at| self.document.tokens().get(at)).map_or("", |token| token.span.text(self.document.text()))
    }

    /// "Israel risked", "Seoul should respond", "Moscow was holding"; not "the north of Israel was calm".
    fn is_subject(&self, first: usize, after: usize) -> bool {
        let before = self.word(first.checked_sub(1));
        if does(before, Work::Preposition) || before.starts_with(char::is_uppercase) && first > 0 && before.len() > 1 {
            return false;
        }
        let (verb, next) = (self.word(Some(after)), self.word(Some(after + 1)));
        match verb {
            "has" | "have" | "had" => is_past(next),
            "is" | "was" => next.len() > 4 && next.ends_with("ing"),
            _ if tells(verb, Hint::Auxiliary) => {
                next.starts_with(char::is_lowercase) && !matches!(next, "be" | "have" | "see" | "become" | "remain")
            }
            _ => is_past(verb) || is_deed(verb),
        }
    }

    /// "talks with Moscow", "a war against Moscow".
    fn is_counterpart(&self, first: usize) -> bool {
        let (noun, preposition) = (self.word(first.checked_sub(2)), self.word(first.checked_sub(1)));
        preposition == "against" || matches!(preposition, "with" | "between" | "on") && tells(noun, Hint::Counterpart)
    }

    /// "urged Moscow to", "accused Moscow of".
    fn is_asked(&self, first: usize, after: usize) -> bool {
        let verb = self.word(first.checked_sub(1));
        let is_verb = is_deed(verb) || verb.strip_suffix("ing").is_some_and(is_act);
        is_verb && matches!(self.word(Some(after)), "to" | "of" | "not" | "and")
    }
}

/// A past tense or participle by its ending.
fn is_past(verb: &str) -> bool {
    verb.len() > 4 && verb.ends_with("ed") && verb.starts_with(char::is_lowercase) || FORMS.contains(verb)
}

fn is_act(stem: &str) -> bool {
    ACTS.contains(stem) || ACTS.contains(format!("{stem}e").as_str())
}

/// Whether a verb is one that tables know for what is said or done with words, in a finite form: "pledged", "warns".
fn is_deed(verb: &str) -> bool {
    let stem = verb.strip_suffix("ed").or_else(|| verb.strip_suffix('s')).filter(|stem| stem.len() > 2);
    stem.is_some_and(is_act) || FORMS.contains(verb)
}

static ACTS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| rows(onrecord_data::ACTS).map(|[lemma]| lemma).filter(|lemma| !lemma.contains(' ')).collect());
static FORMS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| rows(onrecord_data::LEMMAS).map(|[form]| form).filter(|form| !form.ends_with("ing")).collect());

#[cfg(test)]
mod tests {
    use super::Actors;
    use crate::document::{Document, Span};

    #[track_caller]
    fn acts(text: &str, name: &str) -> bool {
        let at = text.find(name).unwrap_or_default();
        let document = Document::new(text);
        Actors::new(&document, &[]).acts(Span::new(at, at + name.len()))
    }

    #[test]
    fn a_government_does_and_is_dealt_with() {
        assert!(acts("Oslo pledged more boats.", "Oslo"));
        assert!(acts("He said Oslo was holding the boats.", "Oslo"));
        assert!(acts("Talks with Oslo broke off.", "Oslo") == acts("talks with Oslo broke off.", "Oslo"));
        assert!(acts("They urged Oslo to send boats.", "Oslo"));
        assert!(acts("The war against Norway went on.", "Norway"));
    }

    #[test]
    fn a_place_is_where_things_are() {
        assert!(!acts("The boats in Oslo vanished.", "Oslo"));
        assert!(!acts("They sailed to Oslo.", "Oslo"));
        assert!(!acts("The government of Norway fell.", "Norway"));
        assert!(!acts("Norway’s army is small.", "Norway"));
        assert!(!acts("Norway has many boats.", "Norway"));
    }
}
