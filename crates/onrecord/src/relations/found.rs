//! Segments → every cue that the heads find in them, and every trigger of an event, with its arguments, as the model marks them.

use std::ops::Range;

use super::arguments::{self, Transitions};
use super::{confidence::Evidence, cues};
use crate::document::{Document, Span};
use crate::encoder::{ArgumentScores, COLON, Head, ModelFault, Segment, Vectors, Window, Worker, windows};

/// What is needed to read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heads<'a> {
    pub worker: &'a Worker,
    /// Of the argument head.
    pub arguments: &'a Transitions,
    /// Of the party head; without it, no triggers are looked for.
    pub parties: Option<&'a Transitions>,
}

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

/// A trigger with its parties, as the model marks them.
#[derive(Debug, Clone, Default)]
pub(super) struct FoundEvent {
    pub trigger: Span,
    pub actors: Vec<Span>,
    pub recipients: Vec<Span>,
    /// Mean probability of the trigger's pieces.
    pub odds: f32,
    /// Log probability of the parties as marked.
    pub certainty: f32,
    /// Scores of the trigger as a whole.
    pub whole: Vec<f32>,
}

/// What a first reading gives.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// In the order of the segments.
    pub found: Vec<Found>,
    /// In the order of the segments.
    pub events: Vec<FoundEvent>,
    /// Pieces that could be part of a cue if another one were not around them.
    pub hints: Vec<Span>,
}

/// Reads `segments`, a window at a time; `seen` is shown each window and what the encoder gives for it.
pub(super) fn read(
    heads: Heads,
    document: &Document,
    segments: &[Segment],
    seen: &mut impl FnMut(&Window, &Vectors),
) -> Result<Reading, ModelFault> {
    let mut reading = Reading::default();
    for window in windows(segments) {
        let vectors = heads.worker.read(&window, heads.parties.is_some())?;
        seen(&window, &vectors);
        for (number, range) in &window.segments {
            let hints = range.clone().filter(|&at| cues::is_hint(&vectors, at));
            reading.hints.extend(hints.filter_map(|at| window.bytes(at..at + 1)));
            let around = |head: Head, candidates: &[cues::Candidate]| {
                let runs: Vec<_> = candidates.iter().map(|cue| cue.pieces.clone()).collect();
                heads.worker.around(head, &vectors, &runs, &reach(&window, segments, *number, range))
            };
            let candidates = cues::candidates(range.clone(), cues::LENIENCE_AT_FIRST, |at| vectors.cue_scores(at));
            let scores = around(Head::Arguments, &candidates)?;
            for (cue, scores) in candidates.into_iter().zip(&scores) {
                reading.found.extend(found(document, &window, heads.arguments, *number, cue, scores));
            }
            let Some(transitions) = heads.parties else { continue };
            let candidates = cues::candidates(range.clone(), cues::LENIENCE, |at| vectors.trigger_scores(at));
            let scores = around(Head::Parties, &candidates)?;
            for (trigger, scores) in candidates.into_iter().zip(scores) {
                reading.events.extend(found_event(document, &window, transitions, trigger, scores));
            }
        }
    }
    Ok(reading)
}

fn found_event(
    document: &Document,
    window: &Window,
    transitions: &Transitions,
    trigger: cues::Candidate,
    scores: ArgumentScores,
) -> Option<FoundEvent> {
    let arguments = arguments::arguments(&scores, transitions);
    Some(FoundEvent {
        trigger: window.bytes(trigger.pieces)?,
        actors: bytes(document, window, &arguments.first),
        recipients: bytes(document, window, &arguments.second),
        odds: trigger.odds,
        certainty: arguments.certainty,
        whole: scores.whole,
    })
}

/// Runs of pieces as bytes, cut at the ends of paragraphs.
fn bytes(document: &Document, window: &Window, runs: &[Range<usize>]) -> Vec<Span> {
    let spans = runs.iter().filter_map(|run| split_at_paragraphs(document, window.bytes(run.clone())?));
    spans.flatten().collect()
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
    let content = bytes(document, window, &arguments.second);
    let cue_span = window.bytes(cue.pieces)?;
    let nearest = |span: &Span| {
        if span.end <= cue_span.start { cue_span.start - span.end } else { span.start.saturating_sub(cue_span.end) }
    };
    let source = bytes(document, window, &arguments.first).into_iter().min_by_key(nearest);
    Some(Found {
        segment,
        source,
        cue: cue_span,
        content,
        heads: Evidence::of_heads(cue.odds, scores.whole.first().copied().unwrap_or_default(), arguments.certainty),
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
