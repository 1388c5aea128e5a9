//! Form of a statement: direct, mixed or indirect, by how much of the content stands inside quotation marks.

use crate::document::{Document, QuoteState, Span};

/// Whether a statement's content stands inside quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// All of it, or nearly.
    Direct,
    /// None of it.
    Indirect,
    /// A part of it.
    Mixed,
}

/// The share of letters and digits inside quotation marks from which a statement is direct.
const DIRECT_SHARE: f64 = 0.9;

pub(super) fn form(document: &Document, content: &[Span]) -> Form {
    let (mut inside, mut total) = (0usize, 0usize);
    for span in content {
        for (at, c) in span.text(document.text()).char_indices() {
            if c.is_alphanumeric() {
                total += 1;
                inside += usize::from(document.quote_state(span.start + at) == QuoteState::Inside);
            }
        }
    }
    if inside == 0 {
        Form::Indirect
    } else if inside as f64 >= DIRECT_SHARE * total as f64 {
        Form::Direct
    } else {
        Form::Mixed
    }
}
