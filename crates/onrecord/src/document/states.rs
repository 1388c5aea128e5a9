//! Quotations → the state of every byte: outside quotation marks, inside, or part of a mark.
//!
//! Keeps only the places where the state changes, so that a text without marks costs nothing.

use super::quotations::Quotation;
use super::span::Span;

/// Where a character stands with regard to quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum QuoteState {
    /// In no quotation.
    #[default]
    Outside,
    /// Between the marks of a quotation.
    Inside,
    /// Part of an opening mark.
    Opening,
    /// Part of a closing mark.
    Closing,
}

/// The bytes at which the state changes, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct QuoteStates {
    changes: Vec<(usize, QuoteState)>,
}

impl QuoteStates {
    /// Reads the states off the quotations of a document. O(n log n) in the quotations.
    pub fn new(quotations: &[Quotation]) -> QuoteStates {
        QuoteStates::of(quotations.iter())
    }

    /// The same without the quotations inside others: their marks count as inside.
    pub fn outermost(quotations: &[Quotation]) -> QuoteStates {
        QuoteStates::of(quotations.iter().filter(|quotation| quotation.parent.is_none()))
    }

    fn of<'a>(quotations: impl Iterator<Item = &'a Quotation>) -> QuoteStates {
        let mut marks: Vec<(Span, QuoteState)> = Vec::new();
        for quotation in quotations {
            marks.push((quotation.open, QuoteState::Opening));
            // A quotation without a closing mark ends in an empty one.
            let end = Span::new(quotation.span.end, quotation.span.end);
            marks.push((quotation.close.unwrap_or(end), QuoteState::Closing));
        }
        marks.sort();
        let mut states = QuoteStates::default();
        let mut depth = 0usize;
        for (mark, state) in marks {
            depth = if state == QuoteState::Opening { depth + 1 } else { depth.saturating_sub(1) };
            states.change(mark.start, state);
            states.change(mark.end, if depth > 0 { QuoteState::Inside } else { QuoteState::Outside });
        }
        states
    }

    /// The state of the character at `byte`. O(log n).
    pub fn at(&self, byte: usize) -> QuoteState {
        let after = self.changes.partition_point(|&(at, _)| at <= byte);
        let change = after.checked_sub(1).and_then(|i| self.changes.get(i));
        change.map_or(QuoteState::Outside, |&(_, state)| state)
    }

    /// Whether two bytes stand in the same mark.
    pub fn are_one(&self, first: usize, second: usize) -> bool {
        let place = |byte: usize| self.changes.partition_point(|&(at, _)| at <= byte);
        place(first) == place(second)
    }

    fn change(&mut self, at: usize, state: QuoteState) {
        match self.changes.last_mut() {
            Some(last) if last.0 == at => last.1 = state,
            _ => self.changes.push((at, state)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;

    #[test]
    fn the_two_characters_of_a_mark_are_one() {
        let document = Document::new("''a'' 'b'");
        let states = QuoteStates::new(document.quotations());
        assert!(states.are_one(0, 1) && states.are_one(3, 4) && !states.are_one(1, 2) && !states.are_one(6, 8));
    }

    #[test]
    fn touching_quotations_keep_their_marks() {
        let document = Document::new("“a”“b”");
        let states: Vec<QuoteState> = [0, 3, 4, 7, 10, 11].map(|byte| document.quote_state(byte)).into();
        let one = [QuoteState::Opening, QuoteState::Inside, QuoteState::Closing];
        assert_eq!(states, [one, one].concat());
    }
}
