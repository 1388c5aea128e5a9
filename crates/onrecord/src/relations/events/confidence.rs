//! What the heads, the table, the event itself and the rest of the article say → how likely it is one, of its type, by a logistic curve.
//!
//! The curve was fitted by `training/event_curve.py` on real news of campaigns and of the world whose events are labelled and were never trained on (`training/events/held-out-*`).
//! The same scores mean less in an article in which little happens: that is what the share is for. And they mean less for a type that is often seen where it is not.

use super::{Event, Tense};

/// Below this an event is left out: where F1 is best on the events that the curve was fitted on.
pub(super) const LEAST: f64 = 0.4;
/// Constant, log odds of the trigger, log odds of validity, log probability of the type, the table has the type for the words, it does not have the
/// words, log odds of the share; has an actor, has a recipient, has no context, is negative, is to come, is told in a statement.
const CURVE: [f64; 13] = [-0.432, 0.238, 0.284, 2.941, 0.557, -0.634, 0.506, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
/// What is added for a type.
const OF_TYPE: [(&str, f64); 16] = [
    ("AGREE", 0.0),
    ("CONSULT", 0.0),
    ("SUPPORT", 0.0),
    ("CONCEDE", 0.0),
    ("COOPERATE", 0.0),
    ("AID", 0.0),
    ("RETREAT", 0.0),
    ("REQUEST", 0.0),
    ("ACCUSE", 0.0),
    ("REJECT", 0.0),
    ("THREATEN", 0.0),
    ("PROTEST", 0.0),
    ("SANCTION", 0.0),
    ("MOBILIZE", 0.0),
    ("COERCE", 0.0),
    ("ASSAULT", 0.0),
];
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
        event.confidence = probability(event, sure - own, alive - 1);
    }
}

/// Of `others` triggers in the article the heads are sure of `sure`. Rounded to a thousandth.
fn probability(event: &Event, sure: usize, others: usize) -> f64 {
    let evidence = &event.evidence;
    let odds = f64::from(evidence.odds).clamp(1e-3, 1.0 - 1e-3);
    let (sure, doubtful) = (count(sure) + BEFORE.0, count(others - sure) + BEFORE.1);
    let whether = |is: bool| f64::from(u8::from(is));
    let features = [
        1.0,
        (odds / (1.0 - odds)).ln(),
        f64::from(evidence.valid).clamp(-8.0, 8.0),
        f64::from(evidence.kind).max(1e-3).ln(),
        whether(evidence.known == Known::So),
        whether(evidence.known == Known::Not),
        (sure / doubtful).ln(),
        whether(!event.actors.is_empty()),
        whether(!event.recipients.is_empty()),
        whether(event.contexts.is_empty()),
        whether(event.negative),
        whether(matches!(event.tense, Tense::Future | Tense::Hypothetical)),
        whether(event.asserted_by.is_some()),
    ];
    let own = OF_TYPE.iter().find(|(kind, _)| *kind == event.kind).map_or(0.0, |(_, own)| *own);
    let score = own + features.iter().zip(CURVE).map(|(feature, weight)| feature * weight).sum::<f64>();
    (1000.0 / (1.0 + (-score).exp())).round() / 1000.0
}

#[allow(clippy::cast_precision_loss, reason = "an article has fewer triggers than a float has whole numbers")]
fn count(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::{Known, probability};
    use crate::document::Span;
    use crate::relations::events::{Certainty, Event, EventEvidence, Tense};

    const SURE: EventEvidence = EventEvidence { odds: 0.98, valid: 5.0, certainty: -0.1, kind: 0.97, known: Known::So };

    fn event(evidence: EventEvidence) -> Event {
        Event {
            trigger: Span::new(10, 14),
            kind: "ASSAULT",
            mode: None,
            contexts: vec!["military"],
            actors: vec![Span::new(0, 9)],
            recipients: vec![Span::new(15, 20)],
            tense: Tense::Past,
            certainty: Certainty::Certain,
            negative: false,
            asserted_by: None,
            confidence: 0.0,
            rule: crate::rules::EVENT_HEAD,
            evidence,
        }
    }

    fn of(evidence: EventEvidence) -> f64 {
        probability(&event(evidence), 0, 0)
    }

    #[test]
    fn a_word_that_the_table_knows_is_surer() {
        assert!(of(SURE) > 0.85, "{}", of(SURE));
        assert!(of(EventEvidence { known: Known::Not, ..SURE }) < of(SURE));
    }

    #[test]
    fn the_same_scores_mean_less_where_little_happens() {
        assert!(probability(&event(SURE), 0, 20) < probability(&event(SURE), 15, 20));
    }

    #[test]
    fn what_has_parties_and_has_happened_is_surer() {
        let bare = Event { recipients: Vec::new(), ..event(SURE) };
        let planned = Event { tense: Tense::Future, ..event(SURE) };
        for doubtful in [bare, planned] {
            assert!(probability(&doubtful, 0, 0) < of(SURE), "{doubtful:?}");
        }
    }

    #[test]
    fn a_doubtful_type_costs_most() {
        let doubtful = EventEvidence { kind: 0.4, ..SURE };
        for less in [
            EventEvidence { known: Known::Not, ..SURE },
            EventEvidence { odds: 0.4, ..SURE },
            EventEvidence { valid: 0.0, ..SURE },
        ] {
            assert!(of(doubtful) < of(less), "{less:?}");
        }
    }
}
