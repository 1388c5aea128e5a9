//! Which statements have words in a stretch of text, without looking at all of them (but at as many as the longest content could hold).

use super::Statement;
use crate::document::Span;

/// The contents and cues of statements in the order of the text.
#[derive(Debug)]
pub(super) struct Places {
    spans: Vec<(Span, usize)>,
    longest: usize,
}

impl Places {
    /// O(n log n) in the statements.
    pub(super) fn new(statements: &[Statement]) -> Places {
        let of = |(at, statement): (usize, &Statement)| {
            let spans = statement.content.iter().chain(&statement.cue).copied();
            spans.map(|span| (span, at)).collect::<Vec<_>>()
        };
        let mut spans: Vec<(Span, usize)> = statements.iter().enumerate().flat_map(of).collect();
        spans.sort_unstable();
        let longest = spans.iter().map(|(span, _)| span.len()).max().unwrap_or(0);
        Places { spans, longest }
    }

    /// The contents and cues that share a character with `span`, each with the place of its statement.
    pub(super) fn touching(&self, span: Span) -> impl Iterator<Item = (Span, usize)> {
        let first = self.spans.partition_point(|(other, _)| other.start + self.longest < span.start);
        let near =
            self.spans.get(first..).unwrap_or_default().iter().take_while(move |(other, _)| other.start < span.end);
        near.filter(move |(other, _)| other.overlaps(span)).copied()
    }
}
