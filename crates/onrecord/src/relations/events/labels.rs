//! The scores of a trigger as a whole → what it tells: type, mode, tense, certainty, polarity, contexts.

use std::ops::Range;

use super::{Certainty, Tense};

/// A context is told from this probability on.
const LEAST_CONTEXT: f32 = 0.5;
/// The most contexts of one event.
const MOST_CONTEXTS: usize = 3;

/// What the scores stand for, by their places.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Labels {
    /// (part, value, mode)
    rows: Vec<[&'static str; 3]>,
}

/// What the party head says of one trigger.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Told {
    /// Log odds that it is one.
    pub valid: f32,
    pub kind: &'static str,
    pub kind_probability: f32,
    pub mode: Option<&'static str>,
    pub tense: Tense,
    pub certainty: Certainty,
    pub negative: bool,
    /// In the order of the manual.
    pub contexts: Vec<&'static str>,
}

impl Labels {
    /// Reads the table of onrecord-data.
    pub(super) fn read(table: &'static str) -> Labels {
        Labels { rows: crate::tables::rows(table).collect() }
    }

    /// What `scores`, one for each row, say; `likely` types gain `prior`. O(n).
    pub(super) fn told(&self, scores: &[f32], likely: &[&str], prior: f32) -> Told {
        let valid = self.part("valid");
        let gained = |at: usize, score: f32| {
            let is_likely = self.rows.get(at).is_some_and(|row| row[0] == "kind" && likely.contains(&row[1]));
            if is_likely { score + prior } else { score }
        };
        let raised: Vec<f32> = scores.iter().enumerate().map(|(at, &score)| gained(at, score)).collect();
        let (kind, kind_probability, mode) = self.kind(&raised);
        let best = |part: &str| self.best(scores, part);
        Told {
            valid: scores.get(valid.start).copied().unwrap_or(f32::NEG_INFINITY),
            kind,
            kind_probability,
            mode,
            tense: match best("tense") {
                "ongoing" => Tense::Ongoing,
                "future" => Tense::Future,
                "hypothetical" => Tense::Hypothetical,
                _ => Tense::Past,
            },
            certainty: match best("certainty") {
                "probable" => Certainty::Probable,
                "possible" => Certainty::Possible,
                _ => Certainty::Certain,
            },
            negative: best("polarity") == "negative",
            contexts: self.contexts(scores),
        }
    }

    /// Where the rows of a part lie.
    fn part(&self, part: &str) -> Range<usize> {
        let first = self.rows.iter().position(|row| row[0] == part).unwrap_or(self.rows.len());
        let len = self.rows.iter().skip(first).take_while(|row| row[0] == part).count();
        first..first + len
    }

    /// The value of a part that scores best.
    fn best(&self, scores: &[f32], part: &str) -> &'static str {
        let score = |at: &usize| scores.get(*at).copied().unwrap_or(f32::NEG_INFINITY);
        // The first of equals.
        let best = self.part(part).rev().max_by(|a, b| score(a).total_cmp(&score(b)));
        best.and_then(|at| self.rows.get(at)).map_or("", |row| row[1])
    }

    /// The type whose modes are together the most probable, and the best of its modes.
    fn kind(&self, scores: &[f32]) -> (&'static str, f32, Option<&'static str>) {
        let part = self.part("kind");
        let most = scores.get(part.clone()).unwrap_or_default().iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let mut total = 0.0;
        // (type, sum over its modes, best mode, its weight)
        let mut types: Vec<(&'static str, f32, &'static str, f32)> = Vec::new();
        for at in part {
            let (Some([_, kind, mode]), Some(score)) = (self.rows.get(at), scores.get(at)) else { continue };
            let weight = (score - most).exp();
            total += weight;
            match types.iter_mut().find(|row| row.0 == *kind) {
                Some(row) => {
                    row.1 += weight;
                    if weight > row.3 {
                        (row.2, row.3) = (mode, weight);
                    }
                }
                None => types.push((kind, weight, mode, weight)),
            }
        }
        let best = types.into_iter().rev().max_by(|a, b| a.1.total_cmp(&b.1));
        best.map_or(("", 0.0, None), |(kind, sum, mode, _)| (kind, sum / total, (mode != "-").then_some(mode)))
    }

    fn contexts(&self, scores: &[f32]) -> Vec<&'static str> {
        let score = |at: &usize| scores.get(*at).copied().unwrap_or(f32::NEG_INFINITY);
        let mut told: Vec<usize> = self.part("context").filter(|at| sigmoid(score(at)) >= LEAST_CONTEXT).collect();
        told.sort_by(|a, b| score(b).total_cmp(&score(a)).then(a.cmp(b)));
        told.truncate(MOST_CONTEXTS);
        told.sort_unstable();
        told.into_iter().filter_map(|at| self.rows.get(at)).map(|row| row[1]).collect()
    }
}

pub(super) fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::{Certainty, Labels, Tense};

    const TABLE: &str = "# a small one\npart\tvalue\tmode\nvalid\t-\t-\nkind\tAGREE\t-\nkind\tRETREAT\t-\nkind\tRETREAT\trelease\nkind\tRETREAT\tresign\n\
        tense\tpast\t-\ntense\tfuture\t-\ncertainty\tcertain\t-\ncertainty\tpossible\t-\npolarity\tpositive\t-\npolarity\tnegative\t-\n\
        context\tmilitary\t-\ncontext\tlegal\t-\ncontext\tasylum\t-\ncontext\tcrime\t-\ncontext\tcyber\t-\n";

    #[test]
    fn modes_together_make_the_type() {
        let scores = [2.0, 1.2, 0.0, 1.0, 0.9, 0.0, 1.0, 1.0, 0.0, 0.0, 3.0, 0.1, 2.0, -1.0, 1.0, 3.0];
        let told = Labels::read(TABLE).told(&scores, &[], 1.5);
        // AGREE alone scores best, but releases and resignations together are likelier.
        assert_eq!((told.kind, told.mode), ("RETREAT", Some("release")));
        assert!(told.kind_probability > 0.6 && told.kind_probability < 0.7, "{}", told.kind_probability);
        let raised = Labels::read(TABLE).told(&scores, &["AGREE"], 1.5);
        assert_eq!(raised.kind, "AGREE");
        assert_eq!((told.tense, told.certainty, told.negative), (Tense::Future, Certainty::Certain, true));
        assert_eq!(told.contexts, ["legal", "crime", "cyber"]);
    }

    #[test]
    fn the_table_of_the_model_has_every_part() {
        let labels = Labels::read(onrecord_data::EVENT_LABELS);
        let counts = ["valid", "kind", "tense", "certainty", "polarity", "context"].map(|part| labels.part(part).len());
        assert_eq!((counts[0], counts[2], counts[3], counts[4], counts[5]), (1, 4, 3, 2, 37));
        assert_eq!(counts.iter().sum::<usize>(), labels.rows.len());
    }
}
