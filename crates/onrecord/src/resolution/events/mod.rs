//! Events → on whose word, when, where, how many, and which mentions tell of the same happening.
//!
//! Reads what other stages found around each trigger; produces a [`Happening`] for each event, in their order. A time or place that the sentence does not
//! tell is taken from another mention of the same happening, never from the dateline. Absent on purpose: happenings of several articles.

mod asserted;
mod same;
mod toll;
mod when_where;

use super::{Dates, Place, Resolved, said::Said};
use crate::document::Document;
use crate::mentions::Quantity;
use crate::relations::{Event, Statement};
use toll::Toll;
use when_where::Setting;

/// What other stages found in the article.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Surroundings<'a> {
    pub statements: &'a [Statement],
    pub dates: &'a Dates,
    pub places: &'a [Place],
    pub quantities: &'a [Quantity],
}

/// What is known around one event, by the places of things in their lists.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Happening {
    /// The statement that asserts it; the article itself where there is none.
    pub asserted_by: Option<usize>,
    pub time: Option<usize>,
    pub place: Option<usize>,
    /// In the order of the text.
    pub quantities: Vec<usize>,
    pub toll: Toll,
    /// The first event that tells of the same happening; none for the first.
    pub same_as: Option<usize>,
}

/// One happening for each event. O(n log n), but for looks around of fixed length.
pub(crate) fn happenings(
    document: &Document,
    events: &[Event],
    resolved: &Resolved,
    around: &Surroundings,
) -> Vec<Happening> {
    let setting = Setting::new(document, events, around, Said::new(around.statements));
    let alone = |(at, event): (usize, &Event)| Happening {
        asserted_by: asserted::by(document, event, resolved.parties.get(at), resolved, around.statements),
        time: setting.time(event),
        place: setting.place(event),
        ..Happening::default()
    };
    let mut happenings: Vec<Happening> = events.iter().enumerate().map(alone).collect();
    toll::add(document, events, around.quantities, &mut happenings);
    same::link(document, events, resolved, around, &mut happenings);
    inherit(around.dates, &mut happenings);
    happenings
}

/// Mentions of the same happening share its time and place: the most exact time, the first place.
fn inherit(dates: &Dates, happenings: &mut [Happening]) {
    let exact = |time: Option<usize>| {
        let value = time.and_then(|at| dates.times.get(at)).and_then(|time| time.value.as_ref());
        value.map_or(0, String::len)
    };
    for at in 0..happenings.len() {
        let Some(first) = happenings.get(at).and_then(|happening| happening.same_as) else { continue };
        let (time, place) = happenings.get(at).map_or((None, None), |happening| (happening.time, happening.place));
        if let Some(first) = happenings.get_mut(first) {
            first.time = if exact(time) > exact(first.time) { time } else { first.time };
            first.place = first.place.or(place);
        }
    }
    for at in 0..happenings.len() {
        let first = happenings.get(at).and_then(|happening| happenings.get(happening.same_as?));
        let Some((time, place)) = first.map(|first| (first.time, first.place)) else { continue };
        if let Some(happening) = happenings.get_mut(at) {
            happening.time = if exact(time) > exact(happening.time) { time } else { happening.time };
            happening.place = happening.place.or(place);
        }
    }
}

#[cfg(test)]
mod tests;
