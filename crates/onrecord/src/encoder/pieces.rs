//! Words → word pieces, as BERT's uncased tokenizer cuts them, each with the bytes it was cut from.
//!
//! A library's tokenizer would do, but the one that fits loses the offsets of words with accents, and offsets are what a record stands on.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::document::{Document, QuoteState, Span};

/// The piece that opens a window, and the one that parts its paragraphs.
pub(crate) const CLS: i32 = 101;
/// See [`CLS`].
pub(crate) const SEP: i32 = 102;
/// The piece of a colon.
pub(crate) const COLON: i32 = 1024;
const UNKNOWN: i32 = 100;
const STRAIGHT_DOUBLE: i32 = 1000;
const STRAIGHT_SINGLE: i32 = 1005;
const LONGEST_WORD_CHARS: usize = 100;

/// One word piece: its bytes, its number in the vocabulary, and letter case × quotation state (0–15).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    pub span: Span,
    pub id: i32,
    pub feature: i32,
}

/// The word pieces that the model knows: those that start a word, and those that go on with one.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    starts: HashMap<&'static str, i32>,
    inners: HashMap<&'static str, i32>,
}

impl Vocabulary {
    /// Reads one piece a line; the line number, from 0, is its id.
    pub(crate) fn new(lines: &'static str) -> Vocabulary {
        let (mut starts, mut inners) = (HashMap::with_capacity(25_000), HashMap::with_capacity(6_000));
        for (id, piece) in (0..).zip(lines.lines()) {
            match piece.strip_prefix("##") {
                Some(inner) if !inner.is_empty() => inners.insert(inner, id),
                _ => starts.insert(piece, id),
            };
        }
        Vocabulary { starts, inners }
    }

    /// The word pieces of the bytes `within`, in order. O(n) in the text.
    pub(crate) fn pieces(&self, document: &Document, within: Span) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(within.len() / 4);
        let mut word = Word::default();
        for (at, c) in within.text(document.text()).char_indices() {
            let span = Span::new(within.start + at, within.start + at + c.len_utf8());
            match kind(c) {
                Kind::Dropped => {}
                Kind::Space => self.close(&mut word, document, &mut pieces),
                Kind::Alone => {
                    self.close(&mut word, document, &mut pieces);
                    word.push(c, span);
                    self.close(&mut word, document, &mut pieces);
                }
                Kind::Inner => word.push(c, span),
            }
        }
        self.close(&mut word, document, &mut pieces);
        pieces
    }

    /// Cuts the word gathered so far, longest piece first, and empties it.
    fn close(&self, word: &mut Word, document: &Document, pieces: &mut Vec<Piece>) {
        let Some(span) = word.span() else { return word.clear() };
        let case = letter_case(span.text(document.text())) * 4;
        let first = pieces.len();
        if !self.cut(word, pieces) {
            pieces.truncate(first);
            pieces.push(Piece { span, id: UNKNOWN, feature: 0 });
        }
        if let Some(last) = pieces.last_mut() {
            last.span.end = last.span.end.max(span.end);
        }
        for piece in pieces.iter_mut().skip(first) {
            let state = document.outermost_quote_state(piece.span.start);
            piece.feature = case + quote_feature(state);
            if matches!(state, QuoteState::Opening | QuoteState::Closing) {
                piece.id = STRAIGHT_DOUBLE;
            } else if matches!(piece.span.text(document.text()), "’" | "‘" | "`") {
                piece.id = STRAIGHT_SINGLE;
            }
        }
        word.clear();
    }

    /// Adds the pieces of `word`; false if some part of it is in no piece.
    fn cut(&self, word: &Word, pieces: &mut Vec<Piece>) -> bool {
        if word.chars.len() > LONGEST_WORD_CHARS {
            return false;
        }
        let mut from = 0;
        while let Some(start) = word.chars.get(from) {
            let known = if from == 0 { &self.starts } else { &self.inners };
            let longest = (from..word.chars.len()).rev().find_map(|last| {
                let end = word.chars.get(last)?;
                let id = known.get(word.letters.get(start.letter..end.letter_end)?)?;
                Some((last, end.span.end, *id))
            });
            let Some((last, end, id)) = longest else { return false };
            pieces.push(Piece { span: Span::new(start.span.start, end), id, feature: 0 });
            from = last + 1;
        }
        true
    }
}

/// A word in lower case and without accents, each character with the bytes it came from.
#[derive(Debug, Default)]
struct Word {
    letters: String,
    chars: Vec<WordChar>,
    bytes: Option<Span>,
}

#[derive(Debug, Clone, Copy)]
struct WordChar {
    letter: usize,
    letter_end: usize,
    span: Span,
}

impl Word {
    fn push(&mut self, c: char, span: Span) {
        self.bytes = Some(self.bytes.map_or(span, |bytes| bytes.cover(span)));
        if c.is_ascii() {
            self.push_letter(c.to_ascii_lowercase(), span);
            return;
        }
        for letter in c.to_lowercase().nfd().filter(|l| l.general_category() != GeneralCategory::NonspacingMark) {
            self.push_letter(letter, span);
        }
    }

    fn push_letter(&mut self, letter: char, span: Span) {
        let start = self.letters.len();
        self.letters.push(letter);
        self.chars.push(WordChar { letter: start, letter_end: self.letters.len(), span });
    }

    fn span(&self) -> Option<Span> {
        self.bytes.filter(|_| !self.chars.is_empty())
    }

    fn clear(&mut self) {
        self.letters.clear();
        self.chars.clear();
        self.bytes = None;
    }
}

enum Kind {
    Dropped,
    Space,
    Alone,
    Inner,
}

/// What BERT's tokenizer does with a character.
fn kind(c: char) -> Kind {
    if c.is_ascii_alphanumeric() {
        return Kind::Inner;
    }
    if c.is_whitespace() {
        return Kind::Space;
    }
    if c.is_ascii() {
        return if c.is_ascii_control() { Kind::Dropped } else { Kind::Alone };
    }
    match c.general_category() {
        GeneralCategory::Control | GeneralCategory::Format | GeneralCategory::PrivateUse => Kind::Dropped,
        _ if c == '\u{FFFD}' => Kind::Dropped,
        category if GeneralCategoryGroup::Punctuation == group(category) || is_cjk(c) => Kind::Alone,
        _ => Kind::Inner,
    }
}

fn group(category: GeneralCategory) -> GeneralCategoryGroup {
    use GeneralCategory as C;
    match category {
        C::ConnectorPunctuation
        | C::DashPunctuation
        | C::OpenPunctuation
        | C::ClosePunctuation
        | C::InitialPunctuation
        | C::FinalPunctuation
        | C::OtherPunctuation => GeneralCategoryGroup::Punctuation,
        _ => GeneralCategoryGroup::Other,
    }
}

fn is_cjk(c: char) -> bool {
    matches!(u32::from(c), 0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x2_0000..=0x2_A6DF | 0x2_A700..=0x2_CEAF | 0xF900..=0xFAFF | 0x2_F800..=0x2_FA1F)
}

/// 0 lower, 1 capitalised, 2 all capitals, 3 with a digit or a capital inside.
fn letter_case(word: &str) -> i32 {
    let mut chars = word.chars();
    let first_upper = chars.next().is_some_and(char::is_uppercase);
    let rest = chars.as_str();
    if word.contains(|c: char| c.is_ascii_digit()) {
        3
    } else if !first_upper {
        if word.contains(char::is_uppercase) { 3 } else { 0 }
    } else if !rest.is_empty() && !rest.contains(char::is_lowercase) && rest.contains(char::is_uppercase) {
        2
    } else if rest.contains(char::is_uppercase) {
        3
    } else {
        1
    }
}

fn quote_feature(state: QuoteState) -> i32 {
    match state {
        QuoteState::Outside => 0,
        QuoteState::Inside => 1,
        QuoteState::Opening => 2,
        QuoteState::Closing => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, Vocabulary, letter_case};
    use crate::document::{Document, Span};

    fn cut(text: &str) -> Vec<(String, i32, i32)> {
        let document = Document::new(text);
        let pieces = Vocabulary::new(onrecord_data::VOCABULARY).pieces(&document, Span::new(0, text.len()));
        pieces.iter().map(|p: &Piece| (p.span.text(text).to_owned(), p.id, p.feature)).collect()
    }

    #[test]
    fn accents_keep_their_bytes() {
        let words: Vec<String> = cut("Müller a\u{301}b 🙂 Erdoğan’s").into_iter().map(|(word, _, _)| word).collect();
        assert_eq!(words, ["Müller", "a\u{301}b", "🙂", "Er", "doğ", "an", "’", "s"]);
    }

    #[test]
    fn marks_of_any_style_are_one_piece() {
        assert_eq!(
            cut("“Go,” he said"),
            [
                ("“".to_owned(), 1000, 2),
                ("Go".to_owned(), 2175, 5),
                (",".to_owned(), 1010, 1),
                ("”".to_owned(), 1000, 3),
                ("he".to_owned(), 2002, 0),
                ("said".to_owned(), 2056, 0),
            ]
        );
    }

    #[test]
    fn letter_cases() {
        assert_eq!(
            ["lower", "Capital", "NATO", "A", "iPhone", "G20", "McCain"].map(letter_case),
            [0, 1, 2, 1, 3, 3, 3]
        );
    }
}
