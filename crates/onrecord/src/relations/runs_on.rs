//! Quotations that run over paragraphs, an opening mark on each: the statement that holds the first part gets the others.

use super::Statement;
use crate::document::{Document, Span};

/// Adds to each statement the quotations that carry on one it ends with, as long as no other statement has a cue or content there.
pub(super) fn take_in(document: &Document, statements: &mut [Statement]) {
    let quotations = document.quotations();
    for (at, quotation) in quotations.iter().enumerate() {
        let Some(before) = quotation.continues.and_then(|before| quotations.get(before)) else { continue };
        let claimed =
            statements.iter().any(|s| s.content.iter().chain(&s.cue).any(|span| span.overlaps(quotation.span)));
        if claimed || quotations.get(at).is_none() {
            continue;
        }
        let holder = statements
            .iter_mut()
            .find(|s| s.content.last().is_some_and(|last| ends_with(document, *last, before.span)));
        if let Some(holder) = holder {
            holder.content.push(quotation.span);
        }
    }
}

/// Whether `content` ends where the quotation does.
fn ends_with(document: &Document, content: Span, quotation: Span) -> bool {
    content.overlaps(quotation)
        && content.end <= quotation.end
        && Span::new(content.end, quotation.end).text(document.text()).chars().all(|c| !c.is_alphanumeric())
}
