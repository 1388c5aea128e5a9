//! Triggers as the heads mark them → events: what is told to happen, how surely, and who asserts it.
//!
//! The heads decide what a trigger tells; a table of words has a second opinion on its type (`lexicon`), rules settle whether, when and how surely (`status`). What a
//! demand, threat, promise or refusal is about is no event of its own (`governed`), nor is what is but asked (`asked`) or said (`saying`). Absent on purpose: who "they" are, who asserts it, when and where it was, and which
//! mentions are of the same happening: `resolution` says.

mod accords;
mod asked;
mod codebook;
mod confidence;
mod governed;
mod labels;
mod lexicon;
mod saying;
mod sentence;
mod status;

use super::found::FoundEvent;
use super::places::Places;
use super::{Statement, settle};
use crate::document::{Document, Span};
use crate::rules::{EVENT_HEAD, EVENT_LEXICON, EVENT_OVERLAP, EVENT_PRISON};
pub(crate) use confidence::Known;
use labels::{Labels, Told};
use sentence::Sentence;

/// A demand, threat or refusal has a content from this confidence of the heads on.
const GOVERNS: f64 = 0.5;
/// The most parties of one role.
const MOST_PARTIES: usize = 12;

/// Prepositions behind which a place stands, and no actor.
const WHERE: [&str; 12] =
    ["across", "around", "at", "during", "in", "inside", "near", "outside", "through", "throughout", "under", "within"];

/// One mention of a happening, in bytes of the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Event {
    pub trigger: Span,
    /// PLOVER 2.0.
    pub kind: &'static str,
    pub mode: Option<&'static str>,
    /// In the order of the manual.
    pub contexts: Vec<&'static str>,
    pub actors: Vec<Span>,
    pub recipients: Vec<Span>,
    pub tense: Tense,
    pub certainty: Certainty,
    /// Said not to happen.
    pub negative: bool,
    /// The innermost statement in whose content the trigger lies, however doubtful.
    pub told_in: Option<usize>,
    pub confidence: f64,
    pub rule: &'static str,
    pub evidence: EventEvidence,
}

/// What the heads give for one event.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct EventEvidence {
    /// Mean probability of the trigger's pieces.
    pub odds: f32,
    /// Log odds that the trigger is one.
    pub valid: f32,
    /// Log probability of the parties as marked.
    pub certainty: f32,
    /// Probability of the type.
    pub kind: f32,
    /// What the table of event words has for the trigger.
    pub known: Known,
}

/// When an event lies, seen from the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) enum Tense {
    #[default]
    Past,
    Ongoing,
    Future,
    Hypothetical,
}

/// How sure whoever tells of an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) enum Certainty {
    #[default]
    Certain,
    Probable,
    Possible,
}

/// The events of a document in the order of the text. Those less sure than `least` are left out; 0 keeps every trigger, also those that a rule takes for no
/// event of its own. `statements` are in their final order.
pub(super) fn events(
    document: &Document,
    found: &[FoundEvent],
    statements: &[Statement],
    least: Option<f64>,
) -> Vec<Event> {
    let labels = Labels::read(onrecord_data::EVENT_LABELS);
    let mut events: Vec<Event> = found.iter().filter_map(|found| event(document, found, &labels)).collect();
    events.sort_by_key(|event| event.trigger);
    let places = Places::new(statements);
    for event in &mut events {
        event.told_in = innermost(&places, statements, event.trigger);
        status::settle(document, event, statements);
        codebook::code(document, event);
    }
    events.sort_by_key(|event| event.trigger);
    asked::drop_questions(document, &mut events);
    saying::drop_cues(document, &mut events, statements, &places);
    without_overlaps(&mut events);
    governed::drop_contents(document, &mut events, statements, &places, GOVERNS);
    confidence::settle(&mut events);
    add_prison(document, &mut events);
    events.retain(|event| event.confidence >= least.unwrap_or(confidence::LEAST));
    events
}

/// What was found, with the second opinion of the table.
fn event(document: &Document, found: &FoundEvent, labels: &Labels) -> Option<Event> {
    let trigger = settle::source(document, found.trigger)?;
    let known = lexicon::look_up(trigger.text(document.text()));
    let likely = known.map(|entry| entry.kinds.as_slice()).unwrap_or_default();
    let told = labels.told(&found.whole, likely, lexicon::PRIOR);
    let parties = |spans: &[Span]| {
        let settled = spans.iter().filter_map(|&span| settle::source(document, span));
        let apart = settled.filter(|span| !span.contains(trigger));
        let mut parties: Vec<Span> = apart.take(MOST_PARTIES).collect();
        parties.sort_unstable();
        parties.dedup();
        parties
    };
    let Told { valid, kind, kind_probability, mode, tense, certainty, negative, contexts } = told;
    let confidence = f64::from(labels::sigmoid(valid) * kind_probability);
    let given = known.filter(|entry| mode.is_none() && entry.kinds.contains(&kind)).and_then(|entry| entry.mode);
    let is_changed = given.is_some() || labels.told(&found.whole, &[], 0.0).kind != kind;
    Some(Event {
        trigger,
        kind,
        mode: mode.or(given),
        contexts,
        actors: parties(&found.actors).into_iter().filter(|&actor| !is_where(document, actor)).collect(),
        recipients: parties(&found.recipients),
        tense,
        certainty,
        negative,
        told_in: None,
        confidence: (confidence * 1000.0).round() / 1000.0,
        rule: if is_changed { EVENT_LEXICON } else { EVENT_HEAD },
        evidence: EventEvidence {
            odds: found.odds,
            valid,
            certainty: found.certainty,
            kind: kind_probability,
            known: lexicon::knows(known, kind),
        },
    })
}

/// Whether a noun phrase says where: "in the town", "under a policy". Nobody acts from there, though somebody may be acted upon.
fn is_where(document: &Document, phrase: Span) -> bool {
    let sentence = Sentence::around(document, phrase);
    let before = sentence.and_then(|sentence| Some(sentence.word(sentence.first.checked_sub(1)?)));
    before.is_some_and(|word| WHERE.contains(&word.as_str()))
}

/// The innermost statement whose content holds `span`.
fn innermost(places: &Places, statements: &[Statement], span: Span) -> Option<usize> {
    let holds = |(content, holder): &(Span, usize)| {
        let is_content = statements.get(*holder).is_some_and(|statement| statement.content.contains(content));
        is_content && content.contains(span)
    };
    places.touching(span).filter(holds).min_by_key(|(content, _)| content.len()).map(|(_, holder)| holder)
}

/// Of triggers that share a word, the surer stays.
fn without_overlaps(events: &mut [Event]) {
    let mut last: Option<usize> = None;
    for at in 0..events.len() {
        let (Some(before), Some(event)) = (last.and_then(|at| events.get(at)), events.get(at)) else {
            last = Some(at);
            continue;
        };
        if !before.trigger.overlaps(event.trigger) {
            last = Some(at);
            continue;
        }
        let loser = if before.confidence >= event.confidence { at } else { last.unwrap_or(at) };
        if loser != at {
            last = Some(at);
        }
        if let Some(loser) = events.get_mut(loser) {
            (loser.confidence, loser.rule) = (0.0, EVENT_OVERLAP);
        }
    }
}

/// A sentence to prison is two things to PLOVER: the conviction and the arrest.
fn add_prison(document: &Document, events: &mut Vec<Event>) {
    let to_prison = |event: &Event| {
        let convicts = event.kind == "SANCTION" && event.mode == Some("convict") && !event.negative;
        convicts
            && event.confidence > 0.0
            && Sentence::around(document, event.trigger).is_some_and(|s| names_prison(&s))
    };
    let prison = |event: &Event| Event { kind: "COERCE", mode: Some("arrest"), rule: EVENT_PRISON, ..event.clone() };
    let with_prison = |event: Event| {
        let second = to_prison(&event).then(|| prison(&event));
        [Some(event), second].into_iter().flatten()
    };
    *events = std::mem::take(events).into_iter().flat_map(with_prison).collect();
}

/// How far behind "sentenced" the prison stands, in tokens.
const PRISON_REACH: usize = 12;

/// "to twelve years in prison", "to life behind bars", in the clause of the trigger.
fn names_prison(sentence: &Sentence) -> bool {
    let behind = sentence.behind().take(PRISON_REACH).take_while(|word| !matches!(word.as_str(), "," | ";" | "after"));
    let own = sentence.trigger_words();
    behind.chain(own).any(|word| {
        matches!(word.as_str(), "prison" | "jail" | "jailed" | "imprisonment" | "imprisoned" | "bars" | "custody")
    })
}

#[cfg(test)]
mod tests;
