//! Tokens of a paragraph → sentences.
//!
//! The library's sentence boundaries (UAX #29) are not used: they end a sentence after every "Sen." and look ahead without bound, which
//! makes a hostile text quadratic. A sentence ends after a stop, with the closing marks and brackets behind it, unless what follows goes
//! on with it: a lower-case word, a comma, a speaker tag (“Why?” Smith asked), or what an abbreviation or initial calls for.

use super::span::Span;
use super::states::{QuoteState, QuoteStates};
use super::tokens::{self, Token, TokenKind};
use super::words::{self, Abbreviation};

/// Adds the sentences of a paragraph, given by its tokens, to `sentences`. O(n) in the tokens.
pub(super) fn split(text: &str, tokens: &[Token], states: &QuoteStates, sentences: &mut Vec<Span>) {
    let splitter = Splitter { text, tokens, states };
    let mut first = 0;
    let mut at = 0;
    while at < tokens.len() {
        let Some(stop) = splitter.stop(at) else {
            at += 1;
            continue;
        };
        let next = splitter.after_closers(at + 1);
        if splitter.is_boundary(first, at, next, stop) {
            sentences.extend(splitter.cover(first, next));
            first = next;
        }
        at = next;
    }
    sentences.extend(splitter.cover(first, tokens.len()));
}

/// What may end a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    Full,
    /// ! or ?
    Mark,
    Ellipsis,
    Abbreviation(Abbreviation),
    Initial,
}

/// How many tokens a rule looks ahead at most.
const LOOKAHEAD: usize = 8;

#[derive(Clone, Copy)]
struct Splitter<'t> {
    text: &'t str,
    tokens: &'t [Token],
    states: &'t QuoteStates,
}

impl<'t> Splitter<'t> {
    fn word(&self, at: usize) -> &'t str {
        self.tokens.get(at).map_or("", |token| token.span.text(self.text))
    }

    fn cover(&self, first: usize, end: usize) -> Option<Span> {
        let last = end.checked_sub(1).filter(|&last| last >= first)?;
        Some(self.tokens.get(first)?.span.cover(self.tokens.get(last)?.span))
    }

    fn stop(&self, at: usize) -> Option<Stop> {
        let token = self.tokens.get(at)?;
        let word = self.word(at);
        match token.kind {
            TokenKind::Punctuation => match word {
                "." | "。" | "．" | "।" => Some(Stop::Full),
                "!" | "?" | "！" | "？" | "؟" | "‽" | "⁇" | "⁈" | "⁉" => Some(self.mark(at)),
                "…" => Some(Stop::Ellipsis),
                _ => word.starts_with("..").then_some(Stop::Ellipsis),
            },
            TokenKind::Word | TokenKind::Number => self.abbreviation(word),
            _ => None,
        }
    }

    /// ! or ?, unless it belongs to a name (Yahoo!).
    fn mark(&self, at: usize) -> Stop {
        let Some(name) = at.checked_sub(1).and_then(|before| self.cover(before, at + 1)) else { return Stop::Mark };
        match words::abbreviation(name.text(self.text)) {
            Some(kind) if name.len() < 16 => Stop::Abbreviation(kind),
            _ => Stop::Mark,
        }
    }

    fn abbreviation(&self, word: &str) -> Option<Stop> {
        let stem = word.strip_suffix('.')?;
        // U.S.-based Inc.: what stands behind the last hyphen counts.
        let stem = stem.rsplit(['-', '‑']).next().unwrap_or(stem);
        if tokens::is_initial(stem) {
            return Some(Stop::Initial);
        }
        Some(Stop::Abbreviation(words::abbreviation(stem).unwrap_or(Abbreviation::Other)))
    }

    /// The first token from `at` on that does not belong to the stop before it: further stops, closing marks, closing brackets, the number of a note.
    fn after_closers(&self, mut at: usize) -> usize {
        while let Some(token) = self.tokens.get(at) {
            let touches = self.touches(at);
            let belongs = match token.kind {
                TokenKind::QuotationMark => {
                    self.state(at) == QuoteState::Closing || (touches && self.is_stray_close(at))
                }
                TokenKind::Punctuation if touches => {
                    matches!(self.word(at), ")" | "]" | "}" | "." | "!" | "?" | "…" | "’" | "！" | "？")
                        || self.word(at).starts_with("..")
                }
                _ => false,
            };
            if belongs {
                at += 1;
            } else if self.is_reference(at) {
                at += 3;
            } else {
                break;
            }
        }
        at
    }

    /// [12]
    fn is_reference(&self, at: usize) -> bool {
        let is_number = self.tokens.get(at + 1).is_some_and(|token| token.kind == TokenKind::Number);
        is_number && self.word(at) == "[" && self.word(at + 2) == "]"
    }

    fn state(&self, at: usize) -> QuoteState {
        self.tokens.get(at).map_or(QuoteState::Outside, |token| self.states.at(token.span.start))
    }

    /// A double mark without a partner that stands before white space.
    fn is_stray_close(&self, at: usize) -> bool {
        self.state(at) != QuoteState::Opening && !self.touches(at + 1)
    }

    /// Whether no white space stands before token `at`.
    fn touches(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        matches!((before, self.tokens.get(at)), (Some(before), Some(token)) if before.span.end == token.span.start)
    }

    /// Whether a sentence that begins with token `first` ends before token `next`, after the stop at `at`.
    fn is_boundary(&self, first: usize, at: usize, next: usize, stop: Stop) -> bool {
        if next >= self.tokens.len() {
            return true;
        }
        let opener = self.skip_openers(next);
        let word = self.word(opener);
        if self.goes_on(at, next, opener) || self.is_list_number(first, at) {
            return false;
        }
        let quoted = next > at + 1 && self.state(next - 1) == QuoteState::Closing;
        if quoted && opener == next && self.is_speaker_tag(next, stop == Stop::Mark) {
            return false;
        }
        let opens = (next..opener).any(|at| !self.is_dash(at));
        match self.strongest(at, next, stop) {
            Stop::Full | Stop::Mark => true,
            Stop::Ellipsis => word != "I" || quoted,
            Stop::Initial => self.begins_anew(next, word, opens),
            Stop::Abbreviation(kind) => match kind {
                Abbreviation::Title | Abbreviation::Inner => false,
                Abbreviation::Number | Abbreviation::Month => !word.starts_with(|c: char| c.is_ascii_digit()),
                Abbreviation::Time => !self.is_dash(next) && (opens || !is_time_word(word)),
                Abbreviation::Other => self.begins_anew(next, word, opens),
            },
        }
    }

    /// The stop itself, or the one that stands between it and `next`: (Calif.).
    fn strongest(&self, at: usize, next: usize, stop: Stop) -> Stop {
        let end = next.min(at + LOOKAHEAD);
        let later = (at + 1..end).find_map(|at| self.stop(at).filter(|stop| matches!(stop, Stop::Full | Stop::Mark)));
        later.unwrap_or(stop)
    }

    /// After an abbreviation: an opening mark or bracket, or a word that usually starts a sentence, but not the dash of a dateline.
    fn begins_anew(&self, next: usize, word: &str, opens: bool) -> bool {
        !self.is_dash(next) && (opens || words::is_sentence_starter(word))
    }

    fn is_dash(&self, at: usize) -> bool {
        matches!(self.word(at), "—" | "–" | "-" | "--")
    }

    /// Skips dashes, opening marks and opening brackets, as far as rules look ahead.
    fn skip_openers(&self, next: usize) -> usize {
        let end = self.tokens.len().min(next + LOOKAHEAD);
        let is_opener = |at: &usize| match self.tokens.get(*at).map(|token| token.kind) {
            Some(TokenKind::QuotationMark) => true,
            Some(TokenKind::Punctuation) => {
                matches!(self.word(*at), "(" | "[" | "{" | "—" | "–" | "-" | "--" | "‘" | "'" | "’" | "¿" | "¡" | "•")
            }
            _ => false,
        };
        (next..end).find(|at| !is_opener(at)).unwrap_or(next)
    }

    /// Whether the text from `next` on, whose first word is at `opener`, goes on with the sentence of the stop at `at`.
    fn goes_on(&self, at: usize, next: usize, opener: usize) -> bool {
        let word = self.word(opener);
        let begins_upper = begins_upper(word);
        if self.touches(next) && (opener == next || self.word(next).starts_with(['-', '–', '—', '(', '['])) {
            // "left.She", "“Go.”She": a space is missing. "3.x", "Jeb!, Ben": none is.
            let after_word = self.word(at.saturating_sub(1)).ends_with(char::is_lowercase) || next > at + 1;
            return !(begins_upper && word.chars().nth(1).is_some_and(char::is_lowercase) && after_word);
        }
        match self.tokens.get(opener).map(|token| token.kind) {
            Some(TokenKind::Punctuation) => opener == next,
            Some(TokenKind::Word) => {
                !begins_upper && word.starts_with(char::is_lowercase) && !self.opens_after_stop(at, next, opener)
            }
            _ => false,
        }
    }

    /// A full stop and then an opening double mark: a new sentence, whatever its case.
    fn opens_after_stop(&self, at: usize, next: usize, opener: usize) -> bool {
        opener > next && self.stop(at) == Some(Stop::Full) && self.state(next) == QuoteState::Opening
    }

    /// The 1. of a list.
    fn is_list_number(&self, first: usize, at: usize) -> bool {
        let is_number = self.tokens.get(first).is_some_and(|token| token.kind == TokenKind::Number);
        is_number && at == first + 1 && self.word(at) == "." && self.word(first).len() <= 3
    }

    /// A capitalised name and a past tense of saying: “Why?” Smith asked. After a full stop only if the tag is all there is.
    fn is_speaker_tag(&self, next: usize, after_mark: bool) -> bool {
        let end = self.tokens.len().min(next + LOOKAHEAD);
        let verb = (next..end).find(|&at| !begins_upper(self.word(at)) && !self.word(at).ends_with('.'));
        let Some(verb) = verb.filter(|&verb| verb > next && words::is_reporting_verb(self.word(verb))) else {
            return false;
        };
        after_mark && !words::is_sentence_starter(self.word(next)) || matches!(self.word(verb + 1), "" | ".")
    }
}

/// A capital, or one within a word that begins small (iPhone, wikiHow).
fn begins_upper(word: &str) -> bool {
    let first = word.chars().next();
    first.is_some_and(char::is_uppercase)
        || (first.is_some_and(char::is_lowercase) && word.chars().any(char::is_uppercase))
}

/// What follows a time of day within its sentence: a weekday, a month, a time zone.
fn is_time_word(word: &str) -> bool {
    let is_zone = word.len() >= 2 && word.chars().all(char::is_uppercase);
    let is_month = |word: &str| matches!(words::abbreviation(word), Some(Abbreviation::Month));
    let short = word.get(..3).unwrap_or("");
    let full = word.ends_with("day") || matches!(word, "Eastern" | "Pacific" | "Central" | "Mountain" | "Greenwich");
    is_zone || full || (is_month(short) && word.len() != 4)
}

#[cfg(test)]
#[path = "sentences_tests.rs"]
mod tests;
