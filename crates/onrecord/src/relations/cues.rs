//! Cue or trigger scores → cues, triggers: runs of pieces with how likely they are one.

use std::ops::Range;

use crate::encoder::Vectors;

/// Taken off the score of "outside", so that doubtful ones reach the narrow head, which knows better.
pub(super) const LENIENCE: f32 = 1.0;
/// The same for the first piece of a cue, which may be the only one: the heads, trained longer, rule out more than they should.
pub(super) const LENIENCE_AT_FIRST: f32 = 3.0;

/// The least probability of being part of a cue that makes a piece inside a content worth a second look.
const HINT: f32 = 0.002;

/// Whether the cue head did not quite rule out that piece `at` is part of a cue.
pub(super) fn is_hint(vectors: &Vectors, at: usize) -> bool {
    1.0 - outside_probability(vectors.cue_scores(at)) >= HINT
}

/// A run of pieces that may be a cue or a trigger.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    pub pieces: Range<usize>,
    /// Mean probability over its pieces of not being outside.
    pub odds: f32,
}

/// The candidates among the pieces of `range`, in order; `scores` gives for a piece those of outside, begins one, goes on with one, and `at_first` is
/// taken off "outside" where one may begin.
pub(super) fn candidates(range: Range<usize>, at_first: f32, scores: impl Fn(usize) -> [f32; 3]) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut open: Option<(usize, f32)> = None;
    for at in range.clone() {
        let [outside, begins, goes_on] = scores(at);
        let begins_one = open.is_none() && begins > outside - at_first;
        let is_cue = begins_one || begins.max(goes_on) > outside - LENIENCE;
        if open.is_some() && (!is_cue || begins > goes_on) {
            found.extend(closed(&mut open, at));
        }
        if is_cue {
            let odds = 1.0 - outside_probability([outside, begins, goes_on]);
            let (first, sum) = open.unwrap_or((at, 0.0));
            open = Some((first, sum + odds));
        }
    }
    found.extend(closed(&mut open, range.end));
    found
}

fn closed(open: &mut Option<(usize, f32)>, end: usize) -> Option<Candidate> {
    open.take().map(|(first, sum)| Candidate { pieces: first..end, odds: sum / (end - first) as f32 })
}

fn outside_probability(scores: [f32; 3]) -> f32 {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let total: f32 = scores.iter().map(|score| (score - most).exp()).sum();
    (scores[0] - most).exp() / total
}
