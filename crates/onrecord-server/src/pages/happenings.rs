//! An event → the words of its row: functions of the templates.

use onrecord_store::search::EventHit;

/// `Consult, meet`: the type with its mode, as words.
pub fn kind(event: &EventHit) -> String {
    let mut kind = capitalised(&event.kind);
    if let Some(mode) = &event.mode {
        kind.push_str(", ");
        kind.push_str(mode);
    }
    kind
}

/// `CONSULT` → `Consult`.
pub fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_string() + &letters.as_str().to_lowercase()).unwrap_or_default()
}

/// What is to be known before one takes it as a fact: `denied`, `possible`, `future`, …
pub fn status(event: &EventHit) -> Vec<&str> {
    let mut words = Vec::new();
    words.extend(event.negated.then_some("said not to have happened"));
    words.extend(Some(event.certainty.as_str()).filter(|certainty| *certainty != "certain"));
    words.extend(Some(event.tense.as_str()).filter(|tense| *tense != "past"));
    words
}

/// When, as finely as the text tells; none where it does not.
pub fn when(event: &EventHit) -> Option<String> {
    let (first, last, precision) = event.when.as_ref()?;
    let words = super::when::reported(first, last, precision);
    Some(words.strip_prefix("on ").map_or_else(|| capitalise(&words), str::to_owned))
}

fn capitalise(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

/// The address of all events of a party on the side of `parameter`, where it has a name.
pub fn party_url(parameter: &str, id: &str) -> String {
    crate::asked::Parameters::default().with(parameter, Some(id)).behind("/events")
}

/// The address of all events at a place.
pub fn place_url(place: &str) -> String {
    crate::asked::Parameters::default().with("place", Some(place)).behind("/events")
}
