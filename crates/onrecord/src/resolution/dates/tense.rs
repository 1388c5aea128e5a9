//! Does the clause around a time expression speak of the past, or of what is to come?
//!
//! Looks at the verbs nearest to it, first before it, then behind it, within its sentence. Small words from a table; regular past tenses by their ending.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::document::{Document, Span, Token, TokenKind};
use crate::tables::{parts, rows};

/// Where an expression looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Past,
    Coming,
    /// What was planned: it may be past by now, or not.
    Planned,
    Unknown,
}

/// How many tokens to either side are looked at.
const NEAR: usize = 24;

static WORDS: LazyLock<HashMap<&'static str, Vec<&'static str>>> =
    LazyLock::new(|| rows(onrecord_data::TENSE_WORDS).map(|[word, kinds]| (word, parts(kinds).collect())).collect());

/// Where the clause around `span` looks. Bounded look to both sides.
pub(super) fn direction(document: &Document, span: Span) -> Direction {
    let Some(sentence) = document.sentence_at(span.start) else { return Direction::Unknown };
    let tokens = document.tokens_in(sentence);
    let first = tokens.partition_point(|token| token.span.end <= span.start);
    let end = tokens.partition_point(|token| token.span.start < span.end);
    let near = first.saturating_sub(NEAR);
    let clause =
        Clause { text: document.text(), tokens: tokens.get(near..(end + NEAR).min(tokens.len())).unwrap_or_default() };
    let (first, end) = (first - near, end - near);
    let opens = near == 0 && first <= 2;
    match clause.word(first.wrapping_sub(1)).as_str() {
        "since" => return Direction::Past,
        // "was put off until Friday", but "had known nothing until August".
        "until" | "till" if !opens => {
            let words = (first.saturating_sub(9)..first).map(|at| clause.word(at));
            let told = words.into_iter().any(|word| {
                matches!(word.as_str(), "had" | "not" | "never" | "nothing" | "no" | "nobody")
                    || word.ends_with("n't")
                    || word.ends_with("n’t")
            });
            return if told { Direction::Past } else { Direction::Coming };
        }
        _ => {}
    }
    let until = end..clause.tokens.len();
    let behind = || until.take_while(|&at| !clause.ends(at, end, opens)).find_map(|at| clause.tense(at));
    let before = || (0..first).rev().take_while(|&at| !clause.stops(at)).find_map(|at| clause.tense(at));
    // "get around Wednesday's ruling": the verbs before it are about something else.
    let possessive = matches!(clause.word(end).as_str(), "'s" | "’s");
    let found = if possessive { behind() } else { before().or_else(behind) };
    found.unwrap_or(Direction::Unknown)
}

struct Clause<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

impl Clause<'_> {
    fn word(&self, at: usize) -> String {
        let token = self.tokens.get(at).filter(|token| token.span.len() <= 24);
        token.map(|token| token.span.text(self.text).to_lowercase()).unwrap_or_default()
    }

    fn is(&self, at: usize, kind: &str) -> bool {
        WORDS.get(self.word(at).as_str()).is_some_and(|kinds| kinds.contains(&kind))
    }

    /// Where a look back is over.
    fn stops(&self, at: usize) -> bool {
        matches!(self.word(at).as_str(), ";" | ":" | "--" | "—")
    }

    /// Where a look ahead is over; behind an expression that opens the sentence, commas only set off what comes before the verb.
    fn ends(&self, at: usize, from: usize, opens: bool) -> bool {
        self.stops(at) || !opens && at > from + 1 && self.word(at) == ","
    }

    /// What the word at a place tells, if it is a verb that has a tense.
    fn tense(&self, at: usize) -> Option<Direction> {
        let token = self.tokens.get(at).filter(|token| token.kind == TokenKind::Word)?;
        let word = self.word(at);
        let next = at
            + 1
            + usize::from(matches!(
                self.word(at + 1).as_str(),
                "not" | "n't" | "also" | "now" | "still" | "tentatively"
            ));
        if word == "to" {
            return self.infinitive(at);
        }
        if self.is(at, "coming") {
            // "May" with a capital in the middle is a month.
            let capital = token.span.text(self.text).starts_with(char::is_uppercase) && at > 0;
            return (!capital).then_some(Direction::Coming);
        }
        let leads = self.is(at, "expected") || matches!(self.word(at + 1).as_str(), "to" | "for");
        if leads && (self.is(at, "planned") || self.is(at, "expected")) {
            return self.plan(at);
        }
        // "will be paid", "is heard": the participle has no tense.
        if matches!(self.word(at.wrapping_sub(1)).as_str(), "be" | "is" | "are" | "being") {
            return None;
        }
        if self.is(at, "past") {
            let planned =
                matches!(word.as_str(), "was" | "were") && (self.is(next, "planned") || self.word(next) == "to");
            return Some(if planned { Direction::Planned } else { Direction::Past });
        }
        let perfect = matches!(word.as_str(), "has" | "have" | "'ve" | "’ve") && self.is_participle(next);
        if perfect {
            return Some(Direction::Past);
        }
        if self.is(at, "now") && matches!(word.as_str(), "is" | "are" | "'s" | "am") {
            let coming = self.word(next) == "to" || self.is(next, "planned");
            return coming.then_some(Direction::Coming);
        }
        self.is_regular_past(at, &word).then_some(Direction::Past)
    }

    /// "is due", "were due", "had been scheduled": what was planned may be past by now. "the planned visit" tells nothing.
    fn plan(&self, at: usize) -> Option<Direction> {
        let before = self.word(at.wrapping_sub(1));
        let before = if before == "been" { self.word(at.wrapping_sub(2)) } else { before };
        match before.as_str() {
            "a" | "an" | "the" => None,
            "was" | "were" | "had" => Some(Direction::Planned),
            _ => Some(Direction::Coming),
        }
    }

    /// "to meet": what is planned by the verb before it.
    fn infinitive(&self, at: usize) -> Option<Direction> {
        let before = at.checked_sub(1)?;
        match self.word(before).as_str() {
            "is" | "are" => Some(Direction::Coming),
            "was" | "were" => Some(Direction::Planned),
            _ if self.is(before, "planned") || self.is(before, "expected") => self.plan(before),
            _ => None,
        }
    }

    fn is_participle(&self, at: usize) -> bool {
        let word = self.word(at);
        self.is(at, "past")
            || word.ends_with("ed")
            || word.ends_with("en")
            || word.ends_with("wn")
            || matches!(word.as_str(), "been" | "done" | "gone" | "become" | "come" | "put" | "set" | "cut" | "shown")
    }

    /// "-ed", unless "be" or an article before it shows a participle.
    fn is_regular_past(&self, at: usize, word: &str) -> bool {
        let lower = self.tokens.get(at).is_some_and(|token| token.span.text(self.text).starts_with(char::is_lowercase));
        let before = self.word(at.wrapping_sub(1));
        let participle = matches!(
            before.as_str(),
            "be" | "a" | "an" | "the" | "of" | "its" | "his" | "their" | "being" | "by" | "with" | "if" | "when" | "as"
        );
        lower && word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed") && !participle
    }
}
