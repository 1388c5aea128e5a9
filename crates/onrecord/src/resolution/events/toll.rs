//! Quantities → events: how many were killed, injured, arrested or took part, by the words beside the number.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Happening;
use crate::document::{Document, Span};
use crate::mentions::Quantity;
use crate::relations::Event;
use crate::tables::rows;

/// How many tokens to either side of a number are looked at.
const NEAR: usize = 4;
/// How many events of a sentence are looked at.
const MOST: usize = 24;
/// How far, in tokens, a sum of money stands from what it is spent on or fined for.
const MONEY_REACH: usize = 14;

/// Quantities of one event, by what they count.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Toll {
    pub dead: Vec<usize>,
    pub injured: Vec<usize>,
    pub arrested: Vec<usize>,
    pub size: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Counts {
    Dead,
    Injured,
    Arrested,
    Size,
}

static WORDS: LazyLock<HashMap<&'static str, Counts>> = LazyLock::new(|| {
    let counts = |[word, kind]: [&'static str; 2]| {
        let kind = match kind {
            "dead" => Counts::Dead,
            "injured" => Counts::Injured,
            "arrested" => Counts::Arrested,
            "size" => Counts::Size,
            _ => return None,
        };
        Some((word, kind))
    };
    rows(onrecord_data::TOLL_WORDS).filter_map(counts).collect()
});

/// Adds to each happening the quantities that belong to it.
pub(super) fn add(document: &Document, events: &[Event], quantities: &[Quantity], happenings: &mut [Happening]) {
    for (number, quantity) in quantities.iter().enumerate() {
        let Some(sentence) = document.sentence_at(quantity.span.start) else { continue };
        let first = events.partition_point(|event| event.trigger.start < sentence.start);
        let end = events.partition_point(|event| event.trigger.start < sentence.end).min(first + MOST);
        let within: Vec<usize> = (first..end.max(first)).collect();
        let counted = counted(document, quantity, sentence).and_then(|(kind, word)| {
            let event = of_event(document, events, &within, quantity.span, kind, word)?;
            Some((kind, event))
        });
        if let Some((kind, event)) = counted
            && let Some(happening) = happenings.get_mut(event)
        {
            let list = match kind {
                Counts::Dead => &mut happening.toll.dead,
                Counts::Injured => &mut happening.toll.injured,
                Counts::Arrested => &mut happening.toll.arrested,
                Counts::Size => &mut happening.toll.size,
            };
            list.push(number);
            happening.quantities.push(number);
            continue;
        }
        for at in within {
            let (Some(event), Some(happening)) = (events.get(at), happenings.get_mut(at)) else { continue };
            let of_party = event.actors.iter().chain(&event.recipients).any(|party| party.overlaps(quantity.span));
            if of_party || is_spent(document, event, quantity) {
                happening.quantities.push(number);
            }
        }
    }
}

/// What a number counts, by the nearest word that tells, and where that word stands.
fn counted(document: &Document, quantity: &Quantity, sentence: Span) -> Option<(Counts, Span)> {
    if quantity.unit_code.is_some() {
        return None;
    }
    let tokens = document.tokens_in(sentence);
    let first = tokens.partition_point(|token| token.span.end <= quantity.span.start);
    let end = tokens.partition_point(|token| token.span.start < quantity.span.end);
    let told = |at: usize| {
        let span = tokens.get(at)?.span;
        let word = span.text(document.text());
        let counts = if word.len() <= 16 { WORDS.get(word.to_lowercase().as_str()).copied() } else { None };
        counts.map(|counts| (counts, span))
    };
    // A comma or "and" parts one count from the next: "12 dead and 30 wounded".
    let parts = |at: usize| {
        let word = tokens.get(at).map(|token| token.span.text(document.text())).unwrap_or_default();
        matches!(word, "," | ";" | "and" | "while" | "but")
    };
    let behind =
        (end..(end + NEAR).min(tokens.len())).take_while(|&at| !parts(at)).find_map(|at| Some((at - end, told(at)?)));
    let before = (first.saturating_sub(NEAR)..first)
        .rev()
        .take_while(|&at| !parts(at))
        .find_map(|at| Some((first - 1 - at, told(at)?)));
    let own = (first..end).find_map(told).filter(|(counts, _)| *counts != Counts::Size);
    let nearest = [before, behind].into_iter().flatten().min_by_key(|(distance, _)| *distance).map(|(_, told)| told);
    own.or(nearest).or_else(|| (first..end).find_map(told))
}

/// The event that a count belongs to: the one whose trigger is the telling word, else the nearest of a fitting type.
fn of_event(
    document: &Document,
    events: &[Event],
    within: &[usize],
    number: Span,
    counts: Counts,
    word: Span,
) -> Option<usize> {
    let told = within.iter().copied().find(|&at| events.get(at).is_some_and(|event| event.trigger.overlaps(word)));
    let fits = |at: &usize| {
        events.get(*at).is_some_and(|event| match counts {
            Counts::Dead | Counts::Injured => event.kind == "ASSAULT" || event.kind == "PROTEST",
            Counts::Arrested => event.kind == "COERCE" || event.kind == "PROTEST" || event.mode == Some("abduct"),
            Counts::Size => matches!(event.kind, "PROTEST" | "MOBILIZE" | "RETREAT"),
        })
    };
    let first_choice = |at: usize| {
        let kind = events.get(at).map(|event| event.kind);
        !matches!((counts, kind), (Counts::Dead | Counts::Injured | Counts::Arrested, Some("PROTEST")))
    };
    let distance = |at: usize| {
        let trigger = events.get(at).map(|event| event.trigger).unwrap_or_default();
        let gap = if trigger.start >= number.end {
            Span::new(number.end, trigger.start)
        } else {
            Span::new(trigger.end, number.start)
        };
        (!first_choice(at), document.tokens_in(gap).len(), at)
    };
    told.or_else(|| within.iter().copied().filter(fits).min_by_key(|&at| distance(at)))
}

/// "granted $3bn", "fined the paper 40,000 euros".
fn is_spent(document: &Document, event: &Event, quantity: &Quantity) -> bool {
    let money =
        quantity.unit_code.as_ref().is_some_and(|code| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()));
    let gap = Span::new(event.trigger.end, quantity.span.start);
    money
        && matches!(event.kind, "AID" | "AGREE" | "SANCTION" | "REQUEST")
        && quantity.span.start >= event.trigger.end
        && document.tokens_in(gap).len() <= MONEY_REACH
}
