//! Runs the networks: the encoder over a window, its layers of events over what the encoder's lower layers give, a narrow head over what lies around one
//! cue or trigger. One worker computes on one thread; workers share the weights.

use std::ops::Range;
use std::sync::Arc;

use rten::ThreadPool;
use rten_tensor::NdTensor;
use sha2::{Digest, Sha256};

use super::network::{ModelFault, Network};
use super::pieces::Vocabulary;
use super::windows::Window;

/// Cue scores of a piece: outside, begins one, goes on with one.
const CUE_TAGS: usize = 3;
/// Width of the encoder's layers.
const SHARED: usize = 384;
/// Width of the narrow heads.
const NARROW: usize = 160;
/// Tags of names: outside, then begin and inside of seven kinds.
const NAMED_TAGS: usize = 15;
/// Tags of noun phrases headed by a common noun: outside, then begin and inside of three kinds.
const NOMINAL_TAGS: usize = 7;
/// Tags of triggers of events: outside, then begin and inside of sixteen types.
const TRIGGER_TAGS: usize = 33;
// Where each part begins in what a side gives for a piece, and how much that is.
const ARGUMENTS_AT: usize = CUE_TAGS;
const NAMED_AT: usize = ARGUMENTS_AT + 2 * NARROW;
const NOMINAL_AT: usize = NAMED_AT + NAMED_TAGS;
const SAID: usize = NOMINAL_AT + NOMINAL_TAGS;
const PARTIES_AT: usize = TRIGGER_TAGS;
const OF_EVENTS: usize = PARTIES_AT + 2 * NARROW;
/// Tags of a piece given a cue or trigger: outside, begins/in source or actor, begins/in content or recipient.
pub(crate) const TAGS: usize = 5;

/// A narrow head: it reads the pieces around one cue or trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Head {
    /// Source and content of a cue.
    Arguments,
    /// Actors and recipients of a trigger.
    Parties,
}

impl Head {
    /// Its vector of a piece, and that of the piece as part of a cue.
    fn columns(self, vectors: &Vectors, at: usize) -> (&[f32], &[f32]) {
        let both = match self {
            Head::Arguments => vectors.said(at, ARGUMENTS_AT, 2 * NARROW),
            Head::Parties => vectors.of_events(at, PARTIES_AT, 2 * NARROW),
        };
        both.split_at(both.len().min(NARROW))
    }

    /// How many pieces on either side of a cue are looked at. Those who take part stand nearer than what is said.
    fn reach(self) -> usize {
        match self {
            Head::Arguments => 112,
            Head::Parties => 32,
        }
    }
}

/// The weights and what they were made for; loaded once.
pub(crate) struct ReaderModel {
    pub vocabulary: Vocabulary,
    reader: Network<2>,
    events: Network<1>,
    arguments: Network<1>,
    parties: Network<1>,
}

impl std::fmt::Debug for ReaderModel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReaderModel")
    }
}

impl ReaderModel {
    pub(crate) fn load() -> Result<ReaderModel, ModelFault> {
        Ok(ReaderModel {
            vocabulary: Vocabulary::new(onrecord_data::VOCABULARY),
            reader: Network::load(onrecord_data::READER, &["ids", "features"], ["shared", "pieces"])?,
            events: Network::load(onrecord_data::EVENTS, &["shared"], ["pieces"])?,
            arguments: Network::load(onrecord_data::ARGUMENTS, &["pieces", "buckets"], ["scores"])?,
            parties: Network::load(onrecord_data::PARTIES, &["pieces", "buckets"], ["scores"])?,
        })
    }

    fn head(&self, head: Head) -> &Network<1> {
        match head {
            Head::Arguments => &self.arguments,
            Head::Parties => &self.parties,
        }
    }

    /// `sha256:…` over the networks, their tables and the vocabulary: names the weights in every record.
    pub(crate) fn hash() -> String {
        let mut hash = Sha256::new();
        hash.update(onrecord_data::READER);
        hash.update(onrecord_data::EVENTS);
        hash.update(onrecord_data::ARGUMENTS);
        hash.update(onrecord_data::PARTIES);
        hash.update(onrecord_data::TRANSITIONS);
        hash.update(onrecord_data::PARTY_TRANSITIONS);
        hash.update(onrecord_data::EVENT_LABELS);
        hash.update(onrecord_data::VOCABULARY);
        hash.finalize().iter().fold("sha256:".to_owned(), |text, byte| format!("{text}{byte:02x}"))
    }
}

/// What the encoder gives for the pieces of one window, on either side; where nobody asked for events, that side is empty and finds none.
#[derive(Debug)]
pub(crate) struct Vectors {
    said: Vec<f32>,
    of_events: Vec<f32>,
    /// The first piece that is no context: what is given for events begins there.
    first: usize,
    len: usize,
}

impl Vectors {
    /// Scores of piece `at`: outside, begins a cue, goes on with one.
    pub(crate) fn cue_scores(&self, at: usize) -> [f32; CUE_TAGS] {
        let scores = self.said(at, 0, CUE_TAGS);
        std::array::from_fn(|tag| scores.get(tag).copied().unwrap_or(f32::NEG_INFINITY))
    }

    /// Scores of piece `at`: outside, then begin and inside of a person, organization, place, building, people, other name, product.
    pub(crate) fn named_scores(&self, at: usize) -> &[f32] {
        self.said(at, NAMED_AT, NAMED_TAGS)
    }

    /// Scores of piece `at`: outside, then begin and inside of a noun phrase for a person, organization, place.
    pub(crate) fn nominal_scores(&self, at: usize) -> &[f32] {
        self.said(at, NOMINAL_AT, NOMINAL_TAGS)
    }

    /// Scores of piece `at`: outside, begins a trigger of any type, goes on with one.
    pub(crate) fn trigger_scores(&self, at: usize) -> [f32; CUE_TAGS] {
        let scores = self.of_events(at, 0, TRIGGER_TAGS);
        let any = |first: usize| log_sum_exp(scores.iter().skip(first).step_by(2).copied());
        [scores.first().copied().unwrap_or(f32::NEG_INFINITY), any(1), any(2)]
    }

    fn said(&self, at: usize, first: usize, len: usize) -> &[f32] {
        columns(&self.said, at * SAID + first, len)
    }

    fn of_events(&self, at: usize, first: usize, len: usize) -> &[f32] {
        at.checked_sub(self.first).map_or(&[], |at| columns(&self.of_events, at * OF_EVENTS + first, len))
    }

    /// The mean over a cue's pieces of their vectors as part of a cue.
    fn cue_mean(&self, head: Head, cue: &Range<usize>) -> [f32; NARROW] {
        let mut mean = [0.0; NARROW];
        for at in cue.clone() {
            for (sum, x) in mean.iter_mut().zip(head.columns(self, at).1) {
                *sum += x;
            }
        }
        mean.map(|sum| sum / cue.len().max(1) as f32)
    }
}

fn columns(data: &[f32], start: usize, len: usize) -> &[f32] {
    data.get(start..start + len).unwrap_or_default()
}

fn log_sum_exp(scores: impl Iterator<Item = f32> + Clone) -> f32 {
    let most = scores.clone().fold(f32::NEG_INFINITY, f32::max);
    if most.is_finite() { most + scores.map(|score| (score - most).exp()).sum::<f32>().ln() } else { most }
}

/// What a narrow head gives for one cue or trigger.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ArgumentScores {
    /// The first piece looked at.
    pub first: usize,
    /// Tag scores of the pieces from `first` on.
    pub tags: Vec<[f32; TAGS]>,
    /// Scores of the cue as a whole, the mean over its pieces; the first is the log odds that it is one.
    pub whole: Vec<f32>,
}

/// Computes, on one thread of its own, with weights that it shares.
#[derive(Debug)]
pub(crate) struct Worker {
    pub model: Arc<ReaderModel>,
    thread: Arc<ThreadPool>,
}

impl Clone for Worker {
    fn clone(&self) -> Worker {
        Worker::new(Arc::clone(&self.model))
    }
}

impl Worker {
    pub(crate) fn new(model: Arc<ReaderModel>) -> Worker {
        Worker { model, thread: Arc::new(ThreadPool::with_num_threads(1)) }
    }

    /// Reads one window; for events too where `events` says so.
    pub(crate) fn read(&self, window: &Window, events: bool) -> Result<Vectors, ModelFault> {
        let len = window.pieces.len();
        let (ids, features) = window.inputs();
        let inputs = [ids, features].map(|row| NdTensor::from_data([1, len], row).into());
        let [shared, said] = self.model.reader.run(inputs, &self.thread)?;
        let first = window.segments.first().map_or(0, |(_, range)| range.start);
        let of_events = if events { self.read_events(&shared.into_data(), first)? } else { Vec::new() };
        Ok(Vectors { said: said.into_data(), of_events, first, len })
    }

    /// What the layers of events give for the pieces from `first` on; `shared` is what the lower layers give.
    fn read_events(&self, shared: &[f32], first: usize) -> Result<Vec<f32>, ModelFault> {
        let (rows, before) = without_context(shared, SHARED, first);
        let input = NdTensor::from_data([1, rows.len() / SHARED, SHARED], rows);
        let [of_events] = self.model.events.run([input.into()], &self.thread)?;
        let mut data = of_events.into_data();
        data.drain(..(before * OF_EVENTS).min(data.len()));
        Ok(data)
    }

    /// Reads the surroundings of `cues`, none of them empty, looking no further than `bounds`.
    pub(crate) fn around(
        &self,
        head: Head,
        vectors: &Vectors,
        cues: &[Range<usize>],
        bounds: &Range<usize>,
    ) -> Result<Vec<ArgumentScores>, ModelFault> {
        let from = if head == Head::Parties { vectors.first } else { 0 };
        let bounds = bounds.start.max(from)..bounds.end.min(vectors.len);
        let longest = cues.iter().map(ExactSizeIterator::len).max().unwrap_or(0);
        let width = bounds.len().min(2 * head.reach() + longest);
        if cues.is_empty() || width == 0 {
            return Ok(Vec::new());
        }
        let first = |cue: &Range<usize>| cue.start.saturating_sub(head.reach()).clamp(bounds.start, bounds.end - width);
        let firsts: Vec<usize> = cues.iter().map(first).collect();
        let mut pieces = Vec::with_capacity(cues.len() * width * NARROW);
        let mut buckets = Vec::with_capacity(cues.len() * width);
        for (cue, &first) in cues.iter().zip(&firsts) {
            let mean = vectors.cue_mean(head, cue);
            for at in first..first + width {
                let (narrow, _) = head.columns(vectors, at);
                pieces.extend(narrow.iter().zip(&mean).map(|(x, m)| x + m));
                buckets.push(distance_bucket(at, cue));
            }
        }
        let scores = self.run_head(head, pieces, buckets, cues.len(), width)?;
        let columns = scores.len() / (cues.len() * width);
        let rows = scores.chunks_exact((width * columns).max(1));
        let read = cues.iter().zip(firsts).zip(rows);
        Ok(read.map(|((cue, first), row)| argument_scores(cue, first, row, columns)).collect())
    }

    fn run_head(
        &self,
        head: Head,
        pieces: Vec<f32>,
        buckets: Vec<i32>,
        cues: usize,
        width: usize,
    ) -> Result<Vec<f32>, ModelFault> {
        let inputs = [
            NdTensor::from_data([cues, width, NARROW], pieces).into(),
            NdTensor::from_data([cues, width], buckets).into(),
        ];
        let [output] = self.model.head(head).run(inputs, &self.thread)?;
        Ok(output.into_data())
    }
}

/// The rows, `width` wide, that the layers of events read, and how many of them stand before the piece `first`: the context costs as much as any text and holds
/// no events, so of what stands before `first` there are but the mark that opens the window and the one that ends the context.
fn without_context(shared: &[f32], width: usize, first: usize) -> (Vec<f32>, usize) {
    let (context, rest) = shared.split_at((first.saturating_sub(1) * width).min(shared.len()));
    match context.get(..width) {
        Some(opening) => ([opening, rest].concat(), 2),
        None => (shared.to_vec(), first),
    }
}

/// `row` holds, for each piece from `first` on, tag scores and then those of the whole.
fn argument_scores(cue: &Range<usize>, first: usize, row: &[f32], columns: usize) -> ArgumentScores {
    let mut tags = Vec::with_capacity(row.len() / columns.max(1));
    let mut whole = vec![0.0; columns.saturating_sub(TAGS)];
    for (at, piece) in (first..).zip(row.chunks_exact(columns.max(1))) {
        tags.push(std::array::from_fn(|tag| piece.get(tag).copied().unwrap_or(0.0)));
        if cue.contains(&at) {
            for (sum, score) in whole.iter_mut().zip(piece.iter().skip(TAGS)) {
                *sum += score / cue.len().max(1) as f32;
            }
        }
    }
    ArgumentScores { first, tags, whole }
}

/// Signed distance from the cue in pieces, 0 inside it: exact up to 7, then in half powers of two; before the cue plus 16.
fn distance_bucket(at: usize, cue: &Range<usize>) -> i32 {
    let (before, after) = (cue.start.saturating_sub(at), (at + 1).saturating_sub(cue.end));
    let distance = before.max(after);
    let size = if distance < 8 { distance as i32 } else { 8 + ((distance as f32 / 8.0).log2() * 2.0).min(7.0) as i32 };
    if before > 0 { 16 + size } else { size }
}

#[cfg(test)]
mod tests {
    use super::{argument_scores, distance_bucket, log_sum_exp, without_context};

    #[test]
    fn of_the_context_the_marks_alone_are_left() {
        // Six pieces, two numbers each: a mark, two of context, a mark, two of text.
        let shared: Vec<f32> = (0..12).map(|x| x as f32).collect();
        assert_eq!(without_context(&shared, 2, 4), (vec![0.0, 1.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0], 2));
        assert_eq!(without_context(&shared, 2, 1), (shared.clone(), 1));
    }

    #[test]
    fn the_scores_of_the_whole_are_the_mean_over_the_cue() {
        // Three pieces of seven scores each; the cue is the last two.
        let row: Vec<f32> = (0..21).map(|x| x as f32).collect();
        let scores = argument_scores(&(11..13), 10, &row, 7);
        assert_eq!((scores.tags.len(), scores.tags[1]), (3, [7.0, 8.0, 9.0, 10.0, 11.0]));
        assert_eq!(scores.whole, [15.5, 16.5]);
    }

    #[test]
    fn the_sum_in_logarithms_bears_large_and_barred_scores() {
        assert!((log_sum_exp([900.0, 900.0].into_iter()) - 900.6931).abs() < 1e-3);
        assert_eq!(log_sum_exp([f32::NEG_INFINITY; 2].into_iter()), f32::NEG_INFINITY);
    }

    #[test]
    fn distances_are_finer_near_the_cue() {
        let cue = 100..103;
        let buckets = [100, 102, 103, 109, 110, 113, 118, 214, 99, 93, 92, 0].map(|at| distance_bucket(at, &cue));
        assert_eq!(buckets, [0, 0, 1, 7, 8, 8, 10, 15, 17, 23, 24, 23 + 8]);
    }
}
