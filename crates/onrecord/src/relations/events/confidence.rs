//! What the heads, the table and the rest of the article say of an event → how likely it is one, of its type, by a logistic curve.
//!
//! The curve was fitted by `training/event_curve.py` on real news of campaigns and of the world whose events are labelled and were never trained on (`training/events/held-out-*`).
//! The same scores mean less in an article in which little happens: that is what the share is for.

use super::{Event, EventEvidence};

/// Below this an event is left out: of what is kept in campaign news, two readers find 85 and 86 in a hundred to be what they say (docs/events.md).
pub(super) const LEAST: f64 = 0.28;
/// Constant, log odds of the trigger, log odds of validity, log probability of the type, the table has the type for the words, it does not have the
/// words, log odds of the share.
const CURVE: [f64; 7] = [-0.925, 0.208, 0.243, 2.29, 0.401, -0.281, 0.073];
/// From here on a trigger counts among those that the heads are sure of.
const SURE: f64 = 0.7;
/// What is held to be there before the first trigger is seen: sure ones, others.
const BEFORE: (f64, f64) = (1.5, 3.0);

/// What the table of event words has for a trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Known {
    /// Other types.
    Otherwise,
    /// Its type, perhaps beside others.
    So,
    /// Nothing.
    #[default]
    Not,
}

/// Puts the curve's probability in place of the heads' own, in every event that no rule has dropped. O(n).
pub(super) fn settle(events: &mut [Event]) {
    let is_sure = |event: &Event| event.confidence >= SURE;
    let alive = events.iter().filter(|event| event.confidence > 0.0).count();
    let sure = events.iter().filter(|event| is_sure(event)).count();
    for event in events.iter_mut().filter(|event| event.confidence > 0.0) {
        let own = usize::from(is_sure(event));
        event.confidence = probability(&event.evidence, sure - own, alive - 1);
    }
}

/// Of `others` triggers in the article the heads are sure of `sure`. Rounded to a thousandth.
fn probability(evidence: &EventEvidence, sure: usize, others: usize) -> f64 {
    let [constant, trigger, valid, kind, so, not, share] = CURVE;
    let odds = f64::from(evidence.odds).clamp(1e-3, 1.0 - 1e-3);
    let table = match evidence.known {
        Known::So => so,
        Known::Not => not,
        Known::Otherwise => 0.0,
    };
    let (sure, doubtful) = (count(sure) + BEFORE.0, count(others - sure) + BEFORE.1);
    let score = constant
        + trigger * (odds / (1.0 - odds)).ln()
        + valid * f64::from(evidence.valid).clamp(-8.0, 8.0)
        + kind * f64::from(evidence.kind).max(1e-3).ln()
        + table
        + share * (sure / doubtful).ln();
    (1000.0 / (1.0 + (-score).exp())).round() / 1000.0
}

#[allow(clippy::cast_precision_loss, reason = "an article has fewer triggers than a float has whole numbers")]
fn count(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::{Known, probability};
    use crate::relations::events::EventEvidence;

    const SURE: EventEvidence =
        EventEvidence { odds: 0.995, valid: 7.0, certainty: -0.1, kind: 0.97, known: Known::So };

    #[test]
    fn a_word_that_the_table_knows_is_surer() {
        let unknown = EventEvidence { known: Known::Not, ..SURE };
        assert!(probability(&SURE, 0, 0) > 0.85, "{}", probability(&SURE, 0, 0));
        assert!(probability(&unknown, 0, 0) < probability(&SURE, 0, 0));
    }

    #[test]
    fn the_same_scores_mean_less_where_little_happens() {
        assert!(probability(&SURE, 0, 20) < probability(&SURE, 15, 20));
    }

    #[test]
    fn a_doubtful_type_costs_most() {
        let doubtful = EventEvidence { kind: 0.4, ..SURE };
        for less in [
            EventEvidence { known: Known::Not, ..SURE },
            EventEvidence { odds: 0.4, ..SURE },
            EventEvidence { valid: 0.0, ..SURE },
        ] {
            assert!(probability(&doubtful, 0, 0) < probability(&less, 0, 0), "{less:?}");
        }
    }
}
