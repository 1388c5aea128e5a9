//! What the heads say of a statement → how likely it is right, by a logistic curve fitted on articles that the model was not trained on.

use super::form::Form;

/// What the heads say of one statement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Evidence {
    /// Mean probability of the cue's pieces.
    pub cue_odds: f32,
    /// Log odds that the cue is one.
    pub valid: f32,
    /// Log probability of the source and content as marked.
    pub certainty: f32,
    /// Whether it was found inside the content of another.
    pub nested: bool,
    /// Whether it has a source.
    pub sourced: bool,
    /// Whether that source can be told: it has a name in it, or is "he" or "she".
    pub named: bool,
    /// How its content is given.
    pub form: Form,
}

impl Evidence {
    /// What the heads give; the rest is known once the spans are settled.
    pub(super) fn of_heads(cue_odds: f32, valid: f32, certainty: f32) -> Evidence {
        Evidence { cue_odds, valid, certainty, nested: false, sourced: false, named: false, form: Form::Indirect }
    }
}

/// Below this a statement is left out whose source can be told: rather a doubtful statement that says so than a speaker lost.
const LEAST_NAMED: f64 = 0.1;
/// Below this every other is left out: about where F1 is best.
const LEAST: f64 = 0.25;
/// Nested statements are kept only when as sure as this: the corpus marks none, and the curve was not fitted on them. Acts of speech with a source
/// are easier to tell from plain words than attitudes.
const LEAST_NESTED_SPEECH: f64 = 0.75;
/// See [`LEAST_NESTED_SPEECH`].
const LEAST_NESTED: f64 = 0.9;

/// How sure a statement must be to be kept.
pub(super) fn least(evidence: Evidence, is_speech: bool) -> f64 {
    match (evidence.nested, evidence.named, evidence.sourced && is_speech) {
        (false, true, _) => LEAST_NAMED,
        (false, false, _) => LEAST,
        (true, _, true) => LEAST_NESTED_SPEECH,
        (true, _, false) => LEAST_NESTED,
    }
}

/// Fitted by `training/calibrate.py`: constant, log odds of the cue, log odds of validity, certainty, direct, mixed, sourced.
const CURVE: [f64; 7] = [-0.884, 0.233, 0.135, 1.259, 0.98, -0.109, 0.692];

/// The probability that source, cue and content are right, rounded to a thousandth.
pub(super) fn confidence(evidence: Evidence) -> f64 {
    let [constant, cue, valid, certainty, direct, mixed, sourced] = CURVE;
    let odds = f64::from(evidence.cue_odds).clamp(1e-4, 1.0 - 1e-4);
    let form = match evidence.form {
        Form::Direct => direct,
        Form::Mixed => mixed,
        Form::Indirect => 0.0,
    };
    let heads = cue * (odds / (1.0 - odds)).ln()
        + valid * f64::from(evidence.valid).clamp(-8.0, 8.0)
        + certainty * f64::from(evidence.certainty).max(-12.0);
    let score = constant + heads + form + if evidence.sourced { sourced } else { 0.0 };
    let probability = 1.0 / (1.0 + (-score).exp());
    (probability * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::{Evidence, least};

    #[test]
    fn more_doubt_is_borne_where_it_can_be_told_who_speaks() {
        let nameless = Evidence { sourced: true, ..Evidence::of_heads(0.5, 0.0, -1.0) };
        let named = Evidence { named: true, ..nameless };
        assert!(least(named, true) < least(nameless, true));
        // Inside another statement a name changes nothing.
        let (nested, inner) = (Evidence { nested: true, ..named }, Evidence { nested: true, ..nameless });
        assert!(
            (least(nested, true) - least(inner, true)).abs() < f64::EPSILON
                && least(nested, true) < least(nested, false)
        );
    }
}
