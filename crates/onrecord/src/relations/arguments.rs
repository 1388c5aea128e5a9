//! Argument scores → the source and content of one cue, the actors and recipients of one trigger: the best path of tags, and how much better it is than
//! the others.

use std::ops::Range;

use crate::encoder::{ArgumentScores, TAGS};

/// Begins a source or an actor.
const BEGIN_FIRST: usize = 1;
/// Begins a content or a recipient.
const BEGIN_SECOND: usize = 3;
/// Below any score: bars a move.
const BARRED: f32 = -10_000.0;

/// Scores of one tag following another, learnt with the head.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Transitions {
    start: [f32; TAGS],
    moves: [[f32; TAGS]; TAGS],
}

impl Transitions {
    /// Reads the table of onrecord-data; a cell that is no number bars the move.
    pub(super) fn read(table: &str) -> Transitions {
        let mut rows = table.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| {
            let mut cells = line.split('\t').skip(1).map(|cell| cell.parse().unwrap_or(BARRED));
            std::array::from_fn(|_| cells.next().unwrap_or(BARRED))
        });
        let mut next = || rows.next().unwrap_or([BARRED; TAGS]);
        Transitions { start: next(), moves: std::array::from_fn(|_| next()) }
    }

    /// The best path through `scores`, and its log probability among all paths.
    fn best_path(&self, scores: &[[f32; TAGS]]) -> (Vec<usize>, f32) {
        let Some(first) = scores.first() else { return (Vec::new(), 0.0) };
        let mut best: [f32; TAGS] = std::array::from_fn(|tag| self.start[tag] + first[tag]);
        let mut total = best;
        let mut back: Vec<[u8; TAGS]> = Vec::with_capacity(scores.len());
        for piece in &scores[1..] {
            let mut from = [0u8; TAGS];
            let (mut next_best, mut next_total) = ([0.0; TAGS], [0.0; TAGS]);
            for tag in 0..TAGS {
                let into: [f32; TAGS] = std::array::from_fn(|before| best[before] + self.moves[before][tag]);
                let came = argmax(&into);
                from[tag] = came as u8;
                next_best[tag] = into[came] + piece[tag];
                next_total[tag] =
                    log_sum(std::array::from_fn(|before| total[before] + self.moves[before][tag])) + piece[tag];
            }
            (best, total) = (next_best, next_total);
            back.push(from);
        }
        let mut tag = argmax(&best);
        let certainty = best[tag] - log_sum(total);
        let mut path = vec![tag];
        for from in back.iter().rev() {
            tag = usize::from(from[tag]);
            path.push(tag);
        }
        path.reverse();
        (path, certainty)
    }
}

/// What a narrow head says of one cue or trigger.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Arguments {
    /// Its sources or actors, as runs of pieces.
    pub first: Vec<Range<usize>>,
    /// Its contents or recipients, as runs of pieces.
    pub second: Vec<Range<usize>>,
    /// Log probability of exactly these runs.
    pub certainty: f32,
}

/// Both arguments of one cue or trigger.
pub(super) fn arguments(scores: &ArgumentScores, transitions: &Transitions) -> Arguments {
    let (path, certainty) = transitions.best_path(&scores.tags);
    Arguments {
        first: runs(&path, scores.first, BEGIN_FIRST),
        second: runs(&path, scores.first, BEGIN_SECOND),
        certainty,
    }
}

/// The runs of one role: a begin tag and the inside tags (one higher) after it.
fn runs(path: &[usize], first: usize, begin: usize) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, &tag) in (first..).zip(path) {
        match runs.last_mut() {
            Some(run) if tag == begin + 1 && run.end == at => run.end += 1,
            _ if tag == begin || tag == begin + 1 => runs.push(at..at + 1),
            _ => {}
        }
    }
    runs
}

fn argmax(values: &[f32; TAGS]) -> usize {
    (1..TAGS).fold(0, |best, tag| if values[tag] > values[best] { tag } else { best })
}

fn log_sum(values: [f32; TAGS]) -> f32 {
    let most = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    most + values.iter().map(|value| (value - most).exp()).sum::<f32>().ln()
}

#[cfg(test)]
mod tests {
    use super::{TAGS, Transitions, arguments};
    use crate::encoder::ArgumentScores;

    #[test]
    fn the_best_path_keeps_to_the_allowed_moves() {
        let transitions = Transitions::read(onrecord_data::TRANSITIONS);
        let likes = |tag: usize| std::array::from_fn::<f32, TAGS, _>(|t| if t == tag { 4.0 } else { 0.0 });
        // "in content" cannot follow "outside": the piece before, which likes to be outside, begins the content.
        let scores = ArgumentScores { first: 10, tags: [1, 2, 0, 4, 4, 0].map(likes).to_vec(), whole: Vec::new() };
        let found = arguments(&scores, &transitions);
        let ends = |runs: &[std::ops::Range<usize>]| runs.iter().map(|run| (run.start, run.end)).collect::<Vec<_>>();
        assert_eq!((ends(&found.first), ends(&found.second)), (vec![(10, 12)], vec![(12, 15)]));
        assert!(found.certainty < 0.0 && found.certainty > -5.0, "{}", found.certainty);
    }
}
