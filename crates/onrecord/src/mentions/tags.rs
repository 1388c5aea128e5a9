//! BIO scores of pieces → spans of whole words.

use std::ops::Range;

use crate::document::{Document, Span};
use crate::encoder::Window;

/// The spans that `scores` mark among `pieces`, each with the number of its kind: outside, then begin and inside of each kind in turn. The first
/// piece of a word decides for all of it.
pub(super) fn runs<'a>(
    document: &Document,
    window: &Window,
    pieces: Range<usize>,
    scores: impl Fn(usize) -> &'a [f32],
) -> Vec<(Span, usize)> {
    let mut out: Vec<(Span, usize)> = Vec::new();
    // The kind of the word before, if it is part of a mention.
    let mut open: Option<usize> = None;
    let mut before: Option<Span> = None;
    for at in pieces {
        let Some(Some(piece)) = window.pieces.get(at) else { continue };
        if before.is_some_and(|before| goes_on(document.text(), before, piece.span)) {
            if let (Some(_), Some((span, _))) = (open, out.last_mut()) {
                span.end = piece.span.end;
            }
        } else {
            let tag = best(scores(at));
            let kind = tag.checked_sub(1).map(|tag| tag / 2);
            match (kind, out.last_mut()) {
                (Some(kind), Some((span, _))) if open == Some(kind) && tag % 2 == 0 => span.end = piece.span.end,
                (Some(kind), _) => out.push((piece.span, kind)),
                (None, _) => {}
            }
            open = kind;
        }
        before = Some(piece.span);
    }
    out
}

/// Whether a piece goes on with the word of the one before.
fn goes_on(text: &str, before: Span, piece: Span) -> bool {
    let last = before.text(text).chars().next_back();
    let first = piece.text(text).chars().next();
    before.end == piece.start && last.is_some_and(char::is_alphanumeric) && first.is_some_and(char::is_alphanumeric)
}

fn best(scores: &[f32]) -> usize {
    scores.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(tag, _)| tag)
}
