//! Bytes → code points, once.

use super::CharSpan;
use crate::document::Span;

/// Byte spans → code-point spans of one text. Building is O(n), each look-up O(log n).
#[derive(Debug)]
pub struct CharIndex {
    /// After every run of multi-byte characters: (byte, char) pairs at each non-ASCII character's end.
    marks: Vec<(usize, usize)>,
}

impl CharIndex {
    /// Indexes `text`; an ASCII text costs no memory.
    pub fn new(text: &str) -> CharIndex {
        let mut marks = Vec::new();
        for (chars, (byte, c)) in text.char_indices().enumerate() {
            if !c.is_ascii() {
                marks.push((byte + c.len_utf8(), chars + 1));
            }
        }
        CharIndex { marks }
    }

    /// The number of characters before byte `byte`, which must be a character boundary.
    pub fn chars_before(&self, byte: usize) -> usize {
        let after = self.marks.partition_point(|&(at, _)| at <= byte);
        match after.checked_sub(1).and_then(|i| self.marks.get(i)) {
            Some(&(at, chars)) => chars + (byte - at),
            None => byte,
        }
    }

    /// The characters that `span` covers.
    pub fn chars(&self, span: Span) -> CharSpan {
        CharSpan { start: self.chars_before(span.start), end: self.chars_before(span.end) }
    }
}
