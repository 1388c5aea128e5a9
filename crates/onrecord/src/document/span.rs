//! The one offset type of the engine.

/// A half-open range of UTF-8 bytes of the document text. Its ends lie on character boundaries wherever the engine made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to `end`; empty at `start` if `end` lies before it.
    pub const fn new(start: usize, end: usize) -> Span {
        Span { start, end: if end < start { start } else { end } }
    }

    /// Bytes covered.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it covers nothing.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether all of `other` lies within.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte at `byte` is covered.
    pub const fn contains_byte(self, byte: usize) -> bool {
        self.start <= byte && byte < self.end
    }

    /// Whether the two share a byte.
    pub const fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end && !self.is_empty() && !other.is_empty()
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The words covered; empty if the span does not lie on character boundaries of `text`.
    pub fn text(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn a_reversed_span_is_empty() {
        assert_eq!(Span::new(5, 2), Span { start: 5, end: 5 });
    }

    #[test]
    fn neighbours_do_not_overlap() {
        assert!(!Span::new(0, 3).overlaps(Span::new(3, 5)));
        assert!(Span::new(0, 4).overlaps(Span::new(3, 5)));
        assert!(!Span::new(2, 2).overlaps(Span::new(0, 5)));
    }

    #[test]
    fn cover_holds_both() {
        let cover = Span::new(7, 9).cover(Span::new(1, 3));
        assert_eq!(cover, Span::new(1, 9));
        assert!(cover.contains(Span::new(7, 9)) && cover.contains_byte(8) && !cover.contains_byte(9));
    }

    #[test]
    fn text_off_the_character_boundaries_is_empty() {
        assert_eq!(Span::new(0, 2).text("é!"), "é");
        assert_eq!(Span::new(1, 2).text("é!"), "");
        assert_eq!(Span::new(0, 99).text("é!"), "");
    }
}
