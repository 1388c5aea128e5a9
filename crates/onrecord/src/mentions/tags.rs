//! BIO scores of pieces → spans of whole words.

use std::ops::Range;

use crate::document::{Document, Span};
use crate::encoder::Window;

/// A word of a window: its bytes, and the scores of its first piece, which decides for all of it.
struct Word<'a> {
    span: Span,
    scores: &'a [f32],
}

/// The spans that `scores` mark among `pieces`, each with the number of its kind: outside, then begin and inside of each kind in turn. Of all ways to
/// tag the words in which an inside follows only its own kind, the best is taken.
pub(super) fn runs<'a>(
    document: &Document,
    window: &Window,
    pieces: Range<usize>,
    scores: impl Fn(usize) -> &'a [f32],
) -> Vec<(Span, usize)> {
    let words = words(document.text(), window, pieces, scores);
    let mut out: Vec<(Span, usize)> = Vec::new();
    for (word, tag) in words.iter().zip(best_path(&words)) {
        match (tag.checked_sub(1).map(|tag| tag / 2), out.last_mut()) {
            (Some(_), Some((span, _))) if tag % 2 == 0 => span.end = word.span.end,
            (Some(kind), _) => out.push((word.span, kind)),
            (None, _) => {}
        }
    }
    out.into_iter().filter_map(|(span, kind)| Some((tidied(document.text(), span)?, kind))).collect()
}

fn words<'a>(text: &str, window: &Window, pieces: Range<usize>, scores: impl Fn(usize) -> &'a [f32]) -> Vec<Word<'a>> {
    let mut words: Vec<Word> = Vec::new();
    for at in pieces {
        let Some(Some(piece)) = window.pieces.get(at) else { continue };
        match words.last_mut() {
            Some(word) if goes_on(text, word.span, piece.span) => word.span.end = piece.span.end,
            _ => words.push(Word { span: piece.span, scores: scores(at) }),
        }
    }
    words
}

/// Whether a piece goes on with the word before it.
fn goes_on(text: &str, before: Span, piece: Span) -> bool {
    let last = before.text(text).chars().next_back();
    let first = piece.text(text).chars().next();
    before.end == piece.start && last.is_some_and(char::is_alphanumeric) && first.is_some_and(char::is_alphanumeric)
}

/// The tags of the words: inside of a kind only behind its begin or inside. O(words × tags).
fn best_path(words: &[Word]) -> Vec<usize> {
    let tags = words.iter().map(|word| word.scores.len()).max().unwrap_or(0);
    let mut totals: Vec<f32> = Vec::new();
    let mut back: Vec<Vec<usize>> = Vec::with_capacity(words.len());
    for word in words {
        let score = |tag: usize| word.scores.get(tag).copied().unwrap_or(f32::NEG_INFINITY);
        let best = argmax(&totals);
        let before = |tag: usize| match tag {
            // Inside of a kind: behind its begin or inside, whichever scored better.
            tag if tag > 0 && tag % 2 == 0 => {
                let begin = totals.get(tag - 1).copied().unwrap_or(f32::NEG_INFINITY);
                let inside = totals.get(tag).copied().unwrap_or(f32::NEG_INFINITY);
                if begin >= inside { (tag - 1, begin) } else { (tag, inside) }
            }
            _ => (best, totals.get(best).copied().unwrap_or(0.0)),
        };
        let steps: Vec<(usize, f32)> = (0..tags).map(before).collect();
        totals = steps.iter().enumerate().map(|(tag, (_, total))| total + score(tag)).collect();
        back.push(steps.into_iter().map(|(tag, _)| tag).collect());
    }
    let mut tag = argmax(&totals);
    let mut path = Vec::with_capacity(words.len());
    for steps in back.iter().rev() {
        path.push(tag);
        tag = steps.get(tag).copied().unwrap_or(0);
    }
    path.reverse();
    path
}

fn argmax(scores: &[f32]) -> usize {
    scores.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(at, _)| at)
}

/// A span without loose words and marks at its ends; a hyphen is kept with the part of the word behind it. `None` if no letter is left.
fn tidied(text: &str, span: Span) -> Option<Span> {
    let mut span = span;
    if span.text(text).ends_with('-') {
        let rest = text.get(span.end..).unwrap_or_default();
        let more = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        span.end += more;
    }
    loop {
        let words = span.text(text);
        let trimmed = words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | ',' | ';' | ':' | '/'));
        let start = span.start
            + (words.len()
                - words
                    .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | ',' | ';' | ':' | '/'))
                    .len());
        let first = trimmed.split(' ').next().unwrap_or_default();
        let last = trimmed.rsplit(' ').next().unwrap_or_default();
        let (skip, cut) = match trimmed {
            _ if is_loose(first) => (first.len(), 0),
            _ if is_loose(last) => (0, last.len()),
            _ => (0, 0),
        };
        span = Span::new(start + skip, start + trimmed.len() - cut);
        if skip + cut == 0 {
            let article = matches!(trimmed.to_lowercase().as_str(), "the" | "a" | "an");
            return (trimmed.chars().any(char::is_alphabetic) && !article).then_some(span);
        }
        if span.is_empty() {
            return None;
        }
    }
}

/// Words that no name or noun phrase begins or ends with.
fn is_loose(word: &str) -> bool {
    matches!(word, "and" | "or" | "of" | "for" | "in" | "to" | "at" | "by" | "with")
}

#[cfg(test)]
mod tests {
    use super::{Word, best_path, tidied};
    use crate::document::Span;

    #[test]
    fn an_inside_follows_only_its_own_kind() {
        // Outside, begin and inside of two kinds: alone, the first word would begin kind 1 and the second go on with kind 0.
        let scores = [[0.0, 2.0, 0.0, 2.5, 0.0], [0.0, 0.0, 3.0, 0.0, 0.0]];
        let words: Vec<Word> = scores.iter().map(|scores| Word { span: Span::new(0, 1), scores }).collect();
        assert_eq!(best_path(&words), [1, 2]);
    }

    #[test]
    fn loose_ends_are_nobody_s() {
        let tidy = |text: &'static str, end: usize| tidied(text, Span::new(0, end)).map(|span| span.text(text));
        assert_eq!(tidy("Lin Fu-hung spoke", 7), Some("Lin Fu-hung"));
        assert_eq!(tidy("Harbour Centre for", 18), Some("Harbour Centre"));
        assert_eq!(tidy("and", 3), None);
        assert_eq!(tidy("the boat", 3), None);
    }
}
