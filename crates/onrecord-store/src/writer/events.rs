//! What is reported to have happened: the rows of events.

use onrecord::Record;
use onrecord::permalinks;
use onrecord::record::{Event, Party, Polarity};
use rusqlite::params;

use super::statements::{period, small, status_of};
use super::{Found, Index, Placed, Writer, integer, list, ordinal, thousandths};
use crate::StoreError;
use crate::facets::{self, EventCell};
use crate::words::{self, Words};

impl Writer {
    /// Writes the events of a record.
    pub(super) fn write_events(&mut self, record: &Record, placed: &Placed, found: &Found) -> Result<(), StoreError> {
        let words = Words::new(&record.document.text);
        for ((event, link), at) in record.events.iter().zip(&placed.links.events).zip(0_i64..) {
            let number = placed.events + at;
            let actors = subjects(&event.actors, found);
            let recipients = subjects(&event.recipients, found);
            let status = status_of(event.review.as_ref());
            let place = event.place.as_deref().and_then(ordinal).and_then(|at| record.places.get(at - 1));
            let mark = permalinks::mark(link);
            let parties = (actors.first().copied(), recipients.first().copied());
            self.write_event(record, event, placed, found, &Row { number, mark, at, words: &words, parties, status })?;
            self.write_further(number, "actor", &actors)?;
            self.write_further(number, "recipient", &recipients)?;
            let cell = EventCell {
                kind: facets::code(facets::TYPES, &event.kind),
                negated: event.polarity == Polarity::Negative,
                status: status.map_or(0, |status| facets::code(facets::STATUSES, status)),
                has_more_parties: actors.len() > 1 || recipients.len() > 1,
                asserted: if event.asserted_by == "document" { 1 } else { 2 },
                country: facets::country_code(place.and_then(|place| place.country.as_deref())),
                outlet: small(found.outlet),
                place: small(found.place(event.place.as_ref())),
                actor: small(parties.0),
                recipient: small(parties.1),
            };
            self.event_cells.set(number, Some(cell));
            self.unindexed.insert((Index::Events, number));
        }
        Ok(())
    }

    fn write_event(
        &self,
        record: &Record,
        event: &Event,
        placed: &Placed,
        found: &Found,
        row: &Row,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO events (number, document, mark, ordinal, type, mode, contexts, cameo, quad, trigger, actors, recipients, actor, \
                   recipient, first_day, last_day, precision, place, place_name, negated, certainty, tense, asserted_by, same_as, start, \"end\", \
                   confidence, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let (start, end) = words::hull(&event.trigger.spans);
        let period = period(record, event.time.as_ref());
        let place = event.place.as_deref().and_then(ordinal).and_then(|at| record.places.get(at - 1));
        let statement = ordinal(&event.asserted_by).map(|at| placed.statements + integer(at) - 1);
        let parties = |parties: &[Party]| {
            let words: Vec<&str> = parties.iter().map(|party| row.words.of(party.span)).collect();
            (!words.is_empty()).then(|| words.join("; "))
        };
        self.connection.prepare_cached(sql)?.execute(params![
            row.number,
            placed.number,
            row.mark,
            row.at + 1,
            event.kind,
            event.mode,
            list(&event.contexts),
            event.cameo,
            event.quad,
            row.words.joined(&event.trigger.spans).unwrap_or_default(),
            parties(&event.actors),
            parties(&event.recipients),
            row.parties.0,
            row.parties.1,
            period.as_ref().map(|(first, _, _)| first),
            period.as_ref().filter(|(first, last, _)| first != last).map(|(_, last, _)| last),
            period.as_ref().map(|(_, _, precision)| precision).filter(|precision| *precision != "day"),
            found.place(event.place.as_ref()),
            place.map(|place| &place.name),
            event.polarity == Polarity::Negative,
            Some(words::name(&event.certainty)).filter(|certainty| certainty != "certain"),
            words::name(&event.tense),
            statement,
            event.same_as.as_deref().and_then(ordinal).map(|at| placed.events + integer(at) - 1),
            integer(start),
            integer(end),
            thousandths(event.confidence),
            row.status,
        ])?;
        Ok(())
    }

    fn write_further(&self, event: i64, role: &str, parties: &[i64]) -> Result<(), StoreError> {
        let sql = "INSERT OR IGNORE INTO further_parties (event, role, party) VALUES (?, ?, ?)";
        for party in parties.iter().skip(1) {
            self.connection.prepare_cached(sql)?.execute((event, role, party))?;
        }
        Ok(())
    }
}

/// What an event's row is made of beside the event.
struct Row<'a> {
    number: i64,
    mark: &'a str,
    /// From 0.
    at: i64,
    words: &'a Words<'a>,
    /// The first actor and the first recipient.
    parties: (Option<i64>, Option<i64>),
    status: Option<&'static str>,
}

/// The subjects among some parties, each once.
fn subjects(parties: &[Party], found: &Found) -> Vec<i64> {
    let mut subjects = Vec::new();
    for subject in parties.iter().filter_map(|party| found.subject(party.entity.as_deref()?)) {
        if !subjects.contains(&subject) {
            subjects.push(subject);
        }
    }
    subjects
}
