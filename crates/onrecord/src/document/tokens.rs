//! A paragraph → tokens.
//!
//! Starts from the word boundaries of Unicode (UAX #29) and joins or parts them by these rules:
//! - one token: words with inner apostrophes, hyphens and stops (don't, long-time, U.S.-led), acronyms and abbreviations with their stop
//!   (U.S., J., Mr., Inc.; No. and Jan. only before a digit), numbers with their separators (1,000, 3.5, 9:30, 24/7), AT&T, addresses
//!   (https://…, www.…, a@b.org), @handle, #tag, a run of stops (...) and a run of hyphens (--), `` and '' as quotation marks;
//! - two tokens: a word and its possessive or contracted 's ("Kiev" + "'s", "it" + "'s"), words run together at a stop or colon
//!   ("left" + "." + "She");
//! - every other mark and symbol is a token of its own, the apostrophe of "voters’" and of "’em" as well.

use unicode_segmentation::UnicodeSegmentation;

use super::paragraphs::is_space;
use super::span::Span;
use super::states::{QuoteState, QuoteStates};
use super::words::{self, Abbreviation};

/// A word, number, mark or symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Token {
    /// Where it stands; never empty, without white space.
    pub span: Span,
    /// What it is.
    pub kind: TokenKind,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TokenKind {
    /// Letters, perhaps with digits and inner marks; a possessive 's; an address, handle or tag.
    Word,
    /// Digits, perhaps with separators.
    Number,
    /// Stops, commas, dashes, brackets, apostrophes on their own.
    Punctuation,
    /// Part of a quotation, or double marks without a partner.
    QuotationMark,
    /// Everything else: currency, signs, emoji, control characters.
    Symbol,
}

/// Adds the tokens of `paragraph` to `tokens`. O(n) in the paragraph.
pub(super) fn tokenize(text: &str, paragraph: Span, states: &QuoteStates, tokens: &mut Vec<Token>) {
    let mut joiner = Joiner { text, pieces: pieces(text, paragraph), next: 0 };
    while let Some(first) = joiner.piece(0) {
        let span = joiner.join(first, states);
        if is_word(span.text(text)) {
            push_word(text, span, tokens);
        } else {
            tokens.push(Token { span, kind: kind(text, span, states) });
        }
    }
}

/// Adds a word, with its 's apart.
fn push_word(text: &str, span: Span, tokens: &mut Vec<Token>) {
    let word = span.text(text);
    let stem = word.strip_suffix(['s', 'S']).and_then(|stem| stem.strip_suffix(is_apostrophe));
    let word_kind = |span: Span| if is_number(span.text(text)) { TokenKind::Number } else { TokenKind::Word };
    match stem {
        Some(stem) if !stem.is_empty() => {
            let at = span.start + stem.len();
            let stem = Span::new(span.start, at);
            tokens.push(Token { span: stem, kind: word_kind(stem) });
            tokens.push(Token { span: Span::new(at, span.end), kind: TokenKind::Word });
        }
        _ => tokens.push(Token { span, kind: word_kind(span) }),
    }
}

fn kind(text: &str, span: Span, states: &QuoteStates) -> TokenKind {
    let word = span.text(text);
    let Some(first) = word.chars().next() else { return TokenKind::Symbol };
    let is_double =
        matches!(first, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' | '＂' | '「' | '」' | '『' | '』');
    if is_double || matches!(states.at(span.start), QuoteState::Opening | QuoteState::Closing) {
        TokenKind::QuotationMark
    } else if is_punctuation(first) {
        TokenKind::Punctuation
    } else {
        TokenKind::Symbol
    }
}

fn is_word(word: &str) -> bool {
    word.chars().any(char::is_alphanumeric)
}

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_numeric()) && !word.chars().any(char::is_alphabetic)
}

fn is_punctuation(c: char) -> bool {
    match c {
        '$' | '+' | '<' | '=' | '>' | '^' | '|' | '~' | '%' | '&' | '@' | '#' | '`' => false,
        '¡' | '§' | '¶' | '·' | '¿' | '´' | '،' | '؛' | '؟' | '।' | '‹' | '›' => true,
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{2E00}'..='\u{2E7F}' => true,
        '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}' => true,
        '\u{FF01}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}' => true,
        _ => c.is_ascii_punctuation(),
    }
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´' | '＇')
}

/// The pieces between the word boundaries of Unicode, without white space, parted where two sentences or clauses run together.
fn pieces(text: &str, paragraph: Span) -> Vec<Span> {
    let mut found = Vec::new();
    for (at, piece) in paragraph.text(text).split_word_bound_indices() {
        if !piece.chars().all(is_space) {
            part(text, Span::new(paragraph.start + at, paragraph.start + at + piece.len()), &mut found);
        }
    }
    found
}

/// Parts a piece at the stop of `left.She` and the colon of `said:He`, which join letters in UAX #29.
fn part(text: &str, piece: Span, found: &mut Vec<Span>) {
    let mut start = piece.start;
    let mut before = (None, None);
    for (at, c) in piece.text(text).char_indices() {
        let mark = Span::new(piece.start + at, piece.start + at + c.len_utf8());
        let rest = Span::new(mark.end, piece.end).text(text);
        if start < mark.start && !rest.is_empty() && is_run_together(before, c, rest) {
            found.push(Span::new(start, mark.start));
            found.push(mark);
            start = mark.end;
        }
        before = (before.1, Some(c));
    }
    found.push(Span::new(start, piece.end));
}

fn is_run_together(before: (Option<char>, Option<char>), c: char, rest: &str) -> bool {
    let is_lower = |c: Option<char>| c.is_some_and(char::is_lowercase);
    let mut rest = rest.chars();
    match c {
        ':' => true,
        '.' => {
            let begins_upper = rest.next().is_some_and(char::is_uppercase) && is_lower(rest.next());
            begins_upper && is_lower(before.0) && is_lower(before.1)
        }
        _ => false,
    }
}

/// Joins pieces into tokens, from left to right.
struct Joiner<'t> {
    text: &'t str,
    pieces: Vec<Span>,
    next: usize,
}

impl Joiner<'_> {
    /// The piece `ahead` places on.
    fn piece(&self, ahead: usize) -> Option<Span> {
        self.pieces.get(self.next + ahead).copied()
    }

    /// The piece `ahead` places on, if it and all before it follow `end` without a gap.
    fn adjacent(&self, end: usize, ahead: usize) -> Option<Span> {
        let mut end = end;
        let mut found = None;
        for i in 0..=ahead {
            let piece = self.piece(i).filter(|piece| piece.start == end)?;
            end = piece.end;
            found = Some(piece);
        }
        found
    }

    fn char(&self, span: Span) -> Option<char> {
        span.text(self.text).chars().next()
    }

    /// The token that begins with the piece `first`, the next one.
    fn join(&mut self, first: Span, states: &QuoteStates) -> Span {
        self.next += 1;
        if let Some(address) = self.address(first) {
            return address;
        }
        if is_word(first.text(self.text)) {
            return self.word(first);
        }
        match self.char(first) {
            Some('@' | '#') => self.handle(first),
            Some(c @ ('.' | '-')) => self.run(first, c),
            Some(c) if is_apostrophe(c) => self.apostrophe(first, states),
            _ => first,
        }
    }

    /// https://… or www.…, up to white space, a bracket or a double mark, without the punctuation at its end.
    fn address(&mut self, first: Span) -> Option<Span> {
        let word = first.text(self.text);
        let is_scheme = matches!(word, "http" | "https" | "ftp" | "HTTP" | "HTTPS");
        let rest = self.text.get(first.start..).unwrap_or("");
        if !(word.starts_with("www.")
            || is_scheme && rest.get(word.len()..).is_some_and(|rest| rest.starts_with("://")))
        {
            return None;
        }
        let is_end =
            |c: char| is_space(c) || matches!(c, '"' | '“' | '”' | '<' | '>' | '«' | '»' | '[' | ']' | '{' | '}');
        let length = rest.find(is_end).unwrap_or(rest.len());
        let address = rest.get(..length).unwrap_or("");
        let is_tail = |c: char| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | '…' | '*') || is_apostrophe(c);
        let end = first.start + address.trim_end_matches(is_tail).len();
        if end <= first.end {
            return None;
        }
        while let Some(piece) = self.pieces.get_mut(self.next).filter(|piece| piece.start < end) {
            if piece.end > end {
                piece.start = end;
                break;
            }
            self.next += 1;
        }
        Some(Span::new(first.start, end))
    }

    fn handle(&mut self, sign: Span) -> Span {
        let is_name = |name: &Span| name.text(self.text).chars().any(char::is_alphabetic);
        match self.adjacent(sign.end, 0).filter(is_name) {
            Some(name) => {
                self.next += 1;
                self.word(sign.cover(name))
            }
            None => sign,
        }
    }

    fn run(&mut self, first: Span, c: char) -> Span {
        let mut span = first;
        while let Some(piece) = self.adjacent(span.end, 0).filter(|&piece| self.char(piece) == Some(c)) {
            self.next += 1;
            span.end = piece.end;
        }
        span
    }

    /// A mark of two characters, or the 's after something that is no word (U.S.'s, “Post”’s).
    fn apostrophe(&mut self, first: Span, states: &QuoteStates) -> Span {
        let Some(next) = self.adjacent(first.end, 0) else { return first };
        let state = states.at(first.start);
        let is_mark = matches!(state, QuoteState::Opening | QuoteState::Closing);
        let is_pair = is_mark && states.are_one(first.start, next.start);
        let follows_text = self.text.get(..first.start).is_some_and(|text| text.ends_with(|c| !is_space(c)));
        let is_possessive = !is_mark && follows_text && matches!(next.text(self.text), "s" | "S");
        if is_pair || is_possessive {
            self.next += 1;
            return first.cover(next);
        }
        first
    }

    /// Goes on from the word `span` over what belongs to it.
    fn word(&mut self, mut span: Span) -> Span {
        let mut last = span;
        while let Some(mark) = self.adjacent(span.end, 0) {
            let after = self.adjacent(span.end, 1).filter(|piece| is_word(piece.text(self.text)));
            let joins = match self.char(mark) {
                Some('.') if self.keeps_stop(last, mark) => Some(mark),
                Some(c) => after.filter(|&after| self.joins(last, c, after)),
                None => None,
            };
            let Some(end) = joins else { break };
            self.next += if end == mark { 1 } else { 2 };
            last = if end == mark { last.cover(mark) } else { end };
            span.end = end.end;
        }
        span
    }

    /// Whether the mark `c` joins two words into one.
    fn joins(&self, left: Span, c: char, right: Span) -> bool {
        let (left, right) = (left.text(self.text), right.text(self.text));
        let digits = left.ends_with(|c: char| c.is_ascii_digit()) && right.starts_with(|c: char| c.is_ascii_digit());
        let is_short_upper = |word: &str| word.len() <= 3 && word.chars().all(char::is_uppercase);
        match c {
            '-' | '‐' | '‑' | '@' => true,
            ':' | '/' => digits,
            '&' => is_short_upper(left) && is_short_upper(right),
            _ => false,
        }
    }

    /// Whether the stop after `word` belongs to it: U.S., J., Mr., and No. before a digit.
    fn keeps_stop(&self, word: Span, stop: Span) -> bool {
        let next = self.piece(1);
        let after = next.and_then(|next| self.char(next));
        if after == Some('.') && next.is_some_and(|next| next.start == stop.end) {
            return false;
        }
        let word = word.text(self.text);
        match words::abbreviation(word) {
            Some(Abbreviation::Number | Abbreviation::Month) => after.is_some_and(|c| c.is_ascii_digit()),
            Some(_) => true,
            None if is_initial(word) => word != "I" || after.is_some_and(char::is_uppercase),
            None => is_acronym(word),
        }
    }
}

/// A single capital letter.
pub(super) fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
}

/// Single letters with stops between them.
fn is_acronym(word: &str) -> bool {
    let is_letter = |part: &str| part.chars().count() == 1 && part.chars().all(char::is_alphabetic);
    word.contains('.') && word.len() < 32 && word.split('.').all(is_letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    fn check(text: &str, expected: &str) {
        let document = Document::new(text);
        let found: Vec<&str> = document.tokens().iter().map(|token| token.span.text(text)).collect();
        assert_eq!(found.join(" "), expected, "{text:?}");
    }

    fn check_kind(text: &str, kind: TokenKind) {
        let document = Document::new(text);
        let found: Vec<(&str, TokenKind)> =
            document.tokens().iter().map(|token| (token.span.text(text), token.kind)).collect();
        assert_eq!(found, [(text, kind)]);
    }

    #[test]
    fn words_keep_inner_marks() {
        check("They don't, won’t: a U.S.-led, long-time plan.", "They don't , won’t : a U.S.-led , long-time plan .");
        check("AT&T rose 3.5% to $1,000 by 9:30 a.m. on 9/11.", "AT&T rose 3.5 % to $ 1,000 by 9:30 a.m. on 9/11 .");
        check("A 1,000km-long road and/or rail.", "A 1,000km-long road and / or rail .");
    }

    #[test]
    fn possessives_stand_apart() {
        check("Kiev's and Paris’s men, voters’ and it's.", "Kiev 's and Paris ’s men , voters ’ and it 's .");
        check("The U.S.'s and the “Post”’s.", "The U.S. 's and the “ Post ” ’s .");
    }

    #[test]
    fn stops_of_abbreviations_belong_to_them() {
        check("Mr. J. K. Smith of Acme Inc. said no. Yes.", "Mr. J. K. Smith of Acme Inc. said no . Yes .");
        check("No. 10 on Jan. 5. In Jan. we won.", "No. 10 on Jan. 5 . In Jan . we won .");
        check("So am I. The U.S. troops...", "So am I. The U.S. troops ...");
    }

    #[test]
    fn addresses_handles_and_tags_are_one_token() {
        check(
            "See https://a.org/b?c=d’s, (www.a.org), a.b@c.org.",
            "See https://a.org/b?c=d ’s , ( www.a.org ) , a.b@c.org .",
        );
        check("@jane_doe wrote #vote2020 @ #1", "@jane_doe wrote #vote2020 @ # 1");
    }

    #[test]
    fn run_together_words_part() {
        check("He left.She said:Not now.Then -- well—gone.", "He left . She said : Not now . Then -- well — gone .");
    }

    #[test]
    fn marks_of_two_characters_are_one_token() {
        check("``Go,'' she said. 'It's 'so''", "`` Go , '' she said . ' It 's ' so ''");
    }

    #[test]
    fn kinds() {
        check_kind("don't", TokenKind::Word);
        check_kind("1,000.5", TokenKind::Number);
        check_kind("—", TokenKind::Punctuation);
        check_kind("\"", TokenKind::QuotationMark);
        check_kind("’", TokenKind::Punctuation);
        check_kind("€", TokenKind::Symbol);
        check_kind("👩\u{200D}👩\u{200D}👧", TokenKind::Symbol);
        check_kind("e\u{301}te\u{301}", TokenKind::Word);
        check_kind("\0", TokenKind::Symbol);
    }
}
