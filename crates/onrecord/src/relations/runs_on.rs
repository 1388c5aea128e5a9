//! Quotations that go on: over paragraphs with an opening mark on each, or in a next paragraph that is nothing but a quotation. The statement that
//! holds the first part gets the others.

use super::{Form, Statement, form, places::Places};
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
        let Some(holder) = carried.or_else(|| places.touching(before.1.span).map(|(_, at)| at).find(ends)) else {
            continue;
        };
        if let Some(statement) = statements.get_mut(holder) {
            statement.content.push(quotation.span);
            statement.form = form::form(document, &statement.content);
            carrier = Some((at, holder));
        }
    }
}

/// Adds paragraphs that are nothing but a quotation, and nobody's yet, to the last statement of the paragraph before if its words are quoted: in
/// news, who has just been quoted goes on speaking until somebody else is named.
pub(super) fn take_in_paragraphs(document: &Document, statements: &mut [Statement]) {
    let places = Places::new(statements);
    let mut speaker: Option<usize> = None;
    for pair in document.paragraphs().windows(2) {
        let [before, paragraph] = pair else { continue };
        let last = places.touching(*before).max_by_key(|(span, _)| span.end);
        // A paragraph taken in has no statement of its own: its speaker is still the one before.
        speaker = match last {
            Some((_, at)) => statements.get(at).filter(|statement| is_quoted(statement)).map(|_| at),
            None => speaker.filter(|_| whole_quotation(document, *before).is_some()),
        };
        let Some(quotation) = whole_quotation(document, *paragraph) else { continue };
        if places.touching(*paragraph).next().is_some() {
            continue;
        }
        if let Some(statement) = speaker.and_then(|at| statements.get_mut(at)) {
            statement.content.push(quotation);
            statement.form = form::form(document, &statement.content);
        }
    }
}

/// Whether the model found a source whose words are quoted.
fn is_quoted(statement: &Statement) -> bool {
    statement.evidence.is_some() && statement.source.is_some() && statement.form != Form::Indirect
}

/// The quotation that fills a paragraph, if one does.
fn whole_quotation(document: &Document, paragraph: Span) -> Option<Span> {
    let at = document.quotations().partition_point(|quotation| quotation.open.start < paragraph.start);
    let quotation = document.quotations().get(at)?;
    let fills = quotation.open.start == paragraph.start
        && Span::new(quotation.span.end, paragraph.end).text(document.text()).chars().all(|c| !c.is_alphanumeric());
    (fills && quotation.close.is_some()).then_some(quotation.span)
}

/// Whether `content` ends where the quotation does.
fn ends_with(document: &Document, content: Span, quotation: Span) -> bool {
    let rest = Span::new(content.end, quotation.end);
    content.overlaps(quotation)
        && content.end <= quotation.end
        && rest.text(document.text()).chars().all(|c| !c.is_alphanumeric())
}
