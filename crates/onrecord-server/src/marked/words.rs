//! Characters of a text → its words.

use onrecord::record::CharSpan;

/// How many characters lie between two places that are known by their byte.
const STRIDE: usize = 64;

/// A text that can be cut at characters: O(n) to make; a cut costs its own length and at most [`STRIDE`] characters more.
pub struct Words<'a> {
    text: &'a str,
    /// Where every so many characters begin, in a text that is not all ASCII.
    places: Option<Vec<usize>>,
}

impl<'a> Words<'a> {
    /// Looks through a text once.
    pub fn new(text: &'a str) -> Words<'a> {
        let places = || text.char_indices().map(|(byte, _)| byte).chain([text.len()]).step_by(STRIDE).collect();
        Words { text, places: (!text.is_ascii()).then(places) }
    }

    /// The words of a span; nothing where it lies outside the text.
    pub fn of(&self, span: CharSpan) -> &'a str {
        self.byte(span.start).zip(self.byte(span.end)).and_then(|(a, b)| self.text.get(a..b)).unwrap_or_default()
    }

    /// The words of several spans, parted by an ellipsis.
    pub fn joined(&self, spans: &[CharSpan]) -> String {
        spans.iter().map(|span| self.of(*span)).collect::<Vec<_>>().join(" … ")
    }

    fn byte(&self, chars: usize) -> Option<usize> {
        let Some(places) = &self.places else { return (chars <= self.text.len()).then_some(chars) };
        let from = *places.get(chars / STRIDE)?;
        let rest = self.text.get(from..)?;
        let mut ends = rest.char_indices().map(|(byte, _)| byte).chain([rest.len()]);
        ends.nth(chars % STRIDE).map(|byte| from + byte)
    }
}
