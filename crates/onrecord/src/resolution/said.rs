//! Which statements hold a stretch of text in their contents, without looking at all of them.

use crate::document::Span;
use crate::relations::Statement;

/// The contents of statements in the order of the text.
#[derive(Debug)]
pub(super) struct Said {
    spans: Vec<(Span, usize)>,
    longest: usize,
}

impl Said {
    /// O(n log n) in the statements.
    pub(super) fn new(statements: &[Statement]) -> Said {
        let contents = statements
            .iter()
            .enumerate()
            .flat_map(|(at, statement)| statement.content.iter().map(move |&span| (span, at)));
        let mut spans: Vec<(Span, usize)> = contents.collect();
        spans.sort_unstable();
        let longest = spans.iter().map(|(span, _)| span.len()).max().unwrap_or(0);
        Said { spans, longest }
    }

    /// The innermost statement other than `own` that holds `span`.
    pub(super) fn around(&self, span: Span, own: Option<usize>) -> Option<usize> {
        let first = self.spans.partition_point(|(content, _)| content.start + self.longest < span.start);
        let near = self.spans.get(first..)?.iter().take_while(|(content, _)| content.start <= span.start);
        let holding = near.filter(|(content, at)| content.contains(span) && Some(*at) != own);
        holding.min_by_key(|(content, _)| content.len()).map(|(_, at)| *at)
    }
}
