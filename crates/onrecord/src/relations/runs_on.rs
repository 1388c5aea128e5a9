//! Quotations that run over paragraphs, an opening mark on each: the statement that holds the first part gets the others.

use super::{Statement, places::Places};
use crate::document::{Document, Span};

/// Adds to each statement the quotations that carry on one it ends with, as long as no other statement has a cue or content there.
pub(super) fn take_in(document: &Document, statements: &mut [Statement]) {
    let quotations = document.quotations();
    let places = Places::new(statements);
    // The statement that took in the quotation just before.
    let mut carrier: Option<(usize, usize)> = None;
    for (at, quotation) in quotations.iter().enumerate() {
        let Some(before) = quotation.continues.and_then(|before| Some((before, quotations.get(before)?))) else {
            continue;
        };
        if places.touching(quotation.span).next().is_some() {
            continue;
        }
        let carried = carrier.filter(|&(taken, _)| taken == before.0).map(|(_, holder)| holder);
        let ends = |&holder: &usize| {
            let last = statements.get(holder).and_then(|statement| statement.content.last());
            last.is_some_and(|last| ends_with(document, *last, before.1.span))
        };
        let Some(holder) = carried.or_else(|| places.touching(before.1.span).find(ends)) else { continue };
        if let Some(statement) = statements.get_mut(holder) {
            statement.content.push(quotation.span);
            carrier = Some((at, holder));
        }
    }
}

/// Whether `content` ends where the quotation does.
fn ends_with(document: &Document, content: Span, quotation: Span) -> bool {
    let rest = Span::new(content.end, quotation.end);
    content.overlaps(quotation)
        && content.end <= quotation.end
        && rest.text(document.text()).chars().all(|c| !c.is_alphanumeric())
}
