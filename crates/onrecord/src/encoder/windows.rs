//! Word pieces → windows that the model reads at once: `[CLS]` context `[SEP]` paragraph `[SEP]` paragraph … `[SEP]`.
//!
//! The context is the end of the paragraph before, so that "he said" finds its man; nothing is looked for in it.

use std::ops::Range;

use super::pieces::{CLS, COLON, Piece, SEP};
use crate::document::Span;

/// The most pieces a window holds.
const WINDOW: usize = 256;
/// The most pieces of context before it.
const CONTEXT: usize = 40;

/// A stretch of text that is read as one: a paragraph, or the content of a statement. Cut in chunks where it is longer than a window.
#[derive(Debug, Clone, Default)]
pub(crate) struct Segment {
    /// Its pieces, in chunks that fit a window.
    pub chunks: Vec<Vec<Piece>>,
    /// Whether the end of the segment before may stand before it as context.
    pub takes_context: bool,
}

impl Segment {
    /// Cuts `pieces` where a sentence ends, as late as a window allows; where none does, in the middle of one.
    pub(crate) fn new(pieces: &[Piece], sentences: &[Span], takes_context: bool) -> Segment {
        let room = WINDOW - CONTEXT - 3;
        let mut chunks = Vec::new();
        let mut rest = pieces;
        while rest.len() > room {
            let ends_sentence = |&at: &usize| match (rest.get(at - 1), rest.get(at)) {
                (Some(last), Some(next)) => sentence_of(sentences, last) != sentence_of(sentences, next),
                _ => false,
            };
            let cut = (room / 2 + 1..=room).rev().find(ends_sentence).unwrap_or(room);
            let (chunk, after) = rest.split_at(cut);
            chunks.push(chunk.to_vec());
            rest = after;
        }
        if !rest.is_empty() {
            chunks.push(rest.to_vec());
        }
        Segment { chunks, takes_context }
    }
}

fn sentence_of(sentences: &[Span], piece: &Piece) -> usize {
    sentences.partition_point(|sentence| sentence.start <= piece.span.start)
}

/// What the model reads at once.
#[derive(Debug, Default)]
pub(crate) struct Window {
    /// `None` stands for `[CLS]` and `[SEP]`.
    pub pieces: Vec<Option<Piece>>,
    /// For each segment in the window, its number and where its pieces lie.
    pub segments: Vec<(usize, Range<usize>)>,
}

impl Window {
    /// Vocabulary numbers and features, the model's two inputs.
    pub(crate) fn inputs(&self) -> (Vec<i32>, Vec<i32>) {
        let id = |(at, piece): (usize, &Option<Piece>)| piece.map_or(if at == 0 { CLS } else { SEP }, |p| p.id);
        let ids = self.pieces.iter().enumerate().map(id).collect();
        (ids, self.pieces.iter().map(|piece| piece.map_or(0, |p| p.feature)).collect())
    }

    /// The bytes of a run of pieces; `None` if it holds none of the text.
    pub(crate) fn bytes(&self, run: Range<usize>) -> Option<Span> {
        let mut inside = self.pieces.get(run)?.iter().flatten();
        let first = inside.next()?;
        Some(first.span.cover(inside.next_back().unwrap_or(first).span))
    }

    fn open(before: &[Piece]) -> Window {
        let context = &before[before.len().saturating_sub(CONTEXT)..];
        let mut pieces = vec![None];
        pieces.extend(context.iter().copied().map(Some));
        if !context.is_empty() {
            pieces.push(None);
        }
        Window { pieces, segments: Vec::new() }
    }

    /// Takes out the last segment if it ends in a colon, is not alone, and leaves room for `next` more pieces in a window of its own.
    fn pop_colon(&mut self, next: usize) -> Option<(usize, Vec<Piece>)> {
        let (number, range) = self.segments.last().cloned()?;
        let pieces: Vec<Piece> = self.pieces.get(range.clone())?.iter().copied().flatten().collect();
        let ends_in_colon = pieces.last().is_some_and(|piece| piece.id == COLON);
        if !ends_in_colon || self.segments.len() < 2 || pieces.len() + next + 3 > WINDOW {
            return None;
        }
        self.segments.pop();
        self.pieces.truncate(range.start);
        Some((number, pieces))
    }

    fn push(&mut self, number: usize, pieces: &[Piece]) {
        let start = self.pieces.len();
        self.pieces.extend(pieces.iter().copied().map(Some));
        self.segments.push((number, start..self.pieces.len()));
        self.pieces.push(None);
    }
}

/// Packs segments into windows, in order; every piece is in exactly one, context aside. A paragraph that ends in a colon goes with the next.
pub(crate) fn windows(segments: &[Segment]) -> Vec<Window> {
    let mut out: Vec<Window> = Vec::new();
    let mut before: &[Piece] = &[];
    for (number, segment) in segments.iter().enumerate() {
        for chunk in &segment.chunks {
            match out.last_mut() {
                Some(window) if window.pieces.len() + chunk.len() < WINDOW => window.push(number, chunk),
                last => {
                    let colon = last.and_then(|window| window.pop_colon(chunk.len()));
                    let context = if segment.takes_context && colon.is_none() { before } else { &[] };
                    let mut window = Window::open(context);
                    if let Some((colon, pieces)) = colon {
                        window.push(colon, &pieces);
                    }
                    window.push(number, chunk);
                    out.push(window);
                }
            }
            before = chunk;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{COLON, Segment, WINDOW, windows};
    use crate::document::Span;
    use crate::encoder::pieces::Piece;

    fn segment(from: usize, pieces: usize, sentence: usize) -> Segment {
        let sentences: Vec<Span> =
            (0..pieces).step_by(sentence).map(|s| Span::new(from + s, from + s + sentence)).collect();
        let pieces: Vec<Piece> =
            (from..from + pieces).map(|at| Piece { span: Span::new(at, at + 1), id: 7, feature: 0 }).collect();
        Segment::new(&pieces, &sentences, true)
    }

    #[test]
    fn every_piece_is_read_once() {
        let segments = [segment(0, 100, 10), segment(100, 700, 23), segment(800, 3, 3), segment(803, 500, 1000)];
        let all = windows(&segments);
        let read: Vec<usize> = all
            .iter()
            .flat_map(|w| {
                w.segments.iter().flat_map(|(_, range)| w.pieces[range.clone()].iter().flatten()).map(|p| p.span.start)
            })
            .collect();
        assert_eq!(read, (0..1303).collect::<Vec<_>>());
        assert!(all.iter().all(|w| w.pieces.len() <= WINDOW));
    }

    #[test]
    fn a_paragraph_that_ends_in_a_colon_goes_with_the_next() {
        let mut says = segment(200, 10, 10);
        says.chunks[0][9].id = COLON;
        let all = windows(&[segment(0, 200, 10), says, segment(210, 100, 10)]);
        let numbers: Vec<Vec<usize>> =
            all.iter().map(|w| w.segments.iter().map(|(number, _)| *number).collect()).collect();
        assert_eq!(numbers, [vec![0], vec![1, 2]]);
    }

    #[test]
    fn a_long_paragraph_is_cut_between_sentences() {
        let chunks: Vec<usize> = segment(0, 300, 50).chunks.iter().map(Vec::len).collect();
        assert_eq!(chunks, [200, 100]);
    }
}
