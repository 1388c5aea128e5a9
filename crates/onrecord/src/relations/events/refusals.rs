//! What somebody will not grant is refused: "will not lift the embargo" is no concession that fails to come but a REJECT, as PLOVER codes it.

use super::{Event, Tense};
use crate::rules::EVENT_REFUSAL;

/// What can be refused, and the mode of REJECT that refusing it is.
const GRANTED: [(&str, Option<&str>); 7] = [
    ("AGREE", None),
    ("AID", Some("assist")),
    ("CONCEDE", Some("yield")),
    ("CONSULT", Some("meet")),
    ("COOPERATE", None),
    ("RETREAT", Some("yield")),
    ("SUPPORT", None),
];

/// Codes a negated event that is still to come as its refusal. What did not happen in the past stays negative: nobody need have refused it.
pub(super) fn code(event: &mut Event) {
    let is_to_come = matches!(event.tense, Tense::Future | Tense::Hypothetical);
    let granted = GRANTED.iter().find(|(kind, _)| *kind == event.kind);
    if let Some((_, mode)) = granted.filter(|_| event.negative && is_to_come) {
        (event.kind, event.mode, event.negative, event.rule) = ("REJECT", *mode, false, EVENT_REFUSAL);
    }
}
