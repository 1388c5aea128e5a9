//! Segments → every cue that the heads find in them, with its arguments, as the model marks them.

use std::ops::Range;

use super::arguments::{self, Transitions};
use super::{confidence::Evidence, cues};
use crate::document::{Document, Span};
use crate::encoder::{ArgumentScores, COLON, ModelFault, Segment, Vectors, Window, Worker, windows};

/// How many pieces before a paragraph its cues may reach for a source.
const REACH_BEFORE: usize = 32;
/// How many pieces after it they may reach.
const REACH_AFTER: usize = 32;
/// How many where it ends in a colon: what was said is the next paragraph.
const REACH_AFTER_COLON: usize = 112;

/// A cue with its arguments, as the model marks them.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// The segment it was found in.
    pub segment: usize,
    pub source: Option<Span>,
    pub cue: Span,
    pub content: Vec<Span>,
    pub heads: Evidence,
}

/// What a first reading gives.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// In the order of the segments.
    pub found: Vec<Found>,
    /// Pieces that could be part of a cue if another one were not around them.
    pub hints: Vec<Span>,
}

/// Reads `segments`, a window at a time; `seen` is shown each window and what the encoder gives for it.
pub(super) fn read(
    worker: &Worker,
    transitions: &Transitions,
    document: &Document,
    segments: &[Segment],
    seen: &mut impl FnMut(&Window, &Vectors),
) -> Result<Reading, ModelFault> {
    let mut reading = Reading::default();
    for window in windows(segments) {
        let vectors = worker.read(&window)?;
        seen(&window, &vectors);
        for (number, range) in &window.segments {
            let hints = range.clone().filter(|&at| cues::is_hint(&vectors, at));
            reading.hints.extend(hints.filter_map(|at| window.bytes(at..at + 1)));
            let candidates = cues::candidates(&vectors, range.clone());
            let runs: Vec<_> = candidates.iter().map(|cue| cue.pieces.clone()).collect();
            let scores = worker.arguments(&vectors, &runs, &reach(&window, segments, *number, range))?;
            for (cue, scores) in candidates.into_iter().zip(&scores) {
                reading.found.extend(found(document, &window, transitions, *number, cue, scores));
            }
        }
    }
    Ok(reading)
}

fn found(
    document: &Document,
    window: &Window,
    transitions: &Transitions,
    segment: usize,
    cue: cues::Candidate,
    scores: &ArgumentScores,
) -> Option<Found> {
    let arguments = arguments::arguments(scores, transitions);
    let bytes = |runs: &[Range<usize>]| -> Vec<Span> {
        runs.iter().flat_map(|run| split_at_paragraphs(document, window.bytes(run.clone())?)).flatten().collect()
    };
    let content = bytes(&arguments.contents);
    let cue_span = window.bytes(cue.pieces)?;
    let nearest = |span: &Span| {
        if span.end <= cue_span.start { cue_span.start - span.end } else { span.start.saturating_sub(cue_span.end) }
    };
    let source = bytes(&arguments.sources).into_iter().min_by_key(nearest);
    Some(Found {
        segment,
        source,
        cue: cue_span,
        content,
        heads: Evidence::of_heads(cue.odds, arguments.valid, arguments.certainty),
    })
}

/// How far around a segment its cues reach: into the end of the segment before and the start of the one after; contents only over themselves.
fn reach(window: &Window, segments: &[Segment], number: usize, range: &Range<usize>) -> Range<usize> {
    if segments.get(number).is_some_and(|segment| !segment.takes_context) {
        return range.clone();
    }
    let last = window.pieces.get(range.end.saturating_sub(1)).copied().flatten();
    let after = if last.is_some_and(|piece| piece.id == COLON) { REACH_AFTER_COLON } else { REACH_AFTER };
    range.start.saturating_sub(REACH_BEFORE)..(range.end + after).min(window.pieces.len())
}

/// Cuts a span at the ends of paragraphs.
fn split_at_paragraphs(document: &Document, span: Span) -> Option<Vec<Span>> {
    let paragraphs = document.paragraphs();
    let first = paragraphs.partition_point(|paragraph| paragraph.end <= span.start);
    let touched = paragraphs.get(first..)?.iter().take_while(|paragraph| paragraph.start < span.end);
    Some(touched.map(|paragraph| Span::new(paragraph.start.max(span.start), paragraph.end.min(span.end))).collect())
}
