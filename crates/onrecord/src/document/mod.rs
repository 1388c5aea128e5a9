//! Text → paragraphs, sentences, tokens and quotation marks. The text never changes.
//!
//! Everything here is total, any string will do, and linear in the text: lookahead is bounded wherever a rule looks ahead. May import
//! nothing of the engine; the word lists come from onrecord-data. Absent on purpose: files and encodings (a text is a `String`), other
//! units than bytes (`record` converts), and normal forms (the text stays as it came).

mod marks;
mod paragraphs;
mod quotations;
mod sentences;
mod span;
mod states;
mod tokens;
mod words;

pub use quotations::{MAX_DEPTH, MarkStyle, Quotation};
pub use span::Span;
pub use states::QuoteState;
pub use tokens::{Token, TokenKind};

/// An article's text with its parts. Made once, never changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    text: String,
    paragraphs: Vec<Span>,
    sentences: Vec<Span>,
    tokens: Vec<Token>,
    quotations: Vec<Quotation>,
    states: states::QuoteStates,
    outermost: states::QuoteStates,
}

impl Document {
    /// Takes a text apart. O(n) in the text; never fails.
    pub fn new(text: impl Into<String>) -> Document {
        let text = text.into();
        let paragraphs = paragraphs::paragraphs(&text);
        let quotations = quotations::quotations(&text, &paragraphs);
        let states = states::QuoteStates::new(&quotations);
        let mut tokens = Vec::new();
        let mut sentences = Vec::new();
        for &paragraph in &paragraphs {
            let first = tokens.len();
            tokens::tokenize(&text, paragraph, &states, &mut tokens);
            sentences::split(&text, tokens.get(first..).unwrap_or_default(), &states, &mut sentences);
        }
        let outermost = states::QuoteStates::outermost(&quotations);
        Document { text, paragraphs, sentences, tokens, quotations, states, outermost }
    }

    /// The text, exactly as it came.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The paragraphs in order, none empty, without the white space around them. Every line break ends one, also in hard-wrapped text.
    pub fn paragraphs(&self) -> &[Span] {
        &self.paragraphs
    }

    /// The paragraph that holds a byte of the text; white space between paragraphs is in none. O(log n).
    pub fn paragraph_at(&self, byte: usize) -> Option<Span> {
        holding(&self.paragraphs, byte)
    }

    /// The sentence that holds a byte of the text. O(log n).
    pub fn sentence_at(&self, byte: usize) -> Option<Span> {
        holding(&self.sentences, byte)
    }

    /// The sentences in order; each lies within one paragraph, and together they hold every token.
    pub fn sentences(&self) -> &[Span] {
        &self.sentences
    }

    /// The tokens in order; together they hold every character that is not white space.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The tokens that share a character with `span`. O(log n).
    pub fn tokens_in(&self, span: Span) -> &[Token] {
        let first = self.tokens.partition_point(|token| token.span.end <= span.start);
        let end = self.tokens.partition_point(|token| token.span.start < span.end);
        self.tokens.get(first..end).unwrap_or_default()
    }

    /// The quotations in the order of their opening marks, properly nested.
    pub fn quotations(&self) -> &[Quotation] {
        &self.quotations
    }

    /// Whether the character at `byte` stands outside quotation marks, inside, or is part of one. O(log n).
    pub fn quote_state(&self, byte: usize) -> QuoteState {
        self.states.at(byte)
    }

    /// The same, but as if there were no quotations inside others: their marks are inside. O(log n).
    pub fn outermost_quote_state(&self, byte: usize) -> QuoteState {
        self.outermost.at(byte)
    }
}

/// The one of `spans`, in order and apart, that holds a byte.
fn holding(spans: &[Span], byte: usize) -> Option<Span> {
    let before = spans.partition_point(|span| span.start <= byte).checked_sub(1)?;
    spans.get(before).copied().filter(|span| span.contains_byte(byte))
}

#[cfg(test)]
mod tests;
