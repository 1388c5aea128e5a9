//! Who said what: the rows of statements.

use onrecord::Record;
use onrecord::permalinks;
use onrecord::record::{Polarity, Review, Statement, Status};
use rusqlite::params;

use super::{Found, Index, Placed, Writer, integer, ordinal, thousandths};
use crate::StoreError;
use crate::facets::{self, StatementCell};
use crate::words::{self, Words};

/// Texts of more bytes are not cut for each statement that is shown: cutting begins at the start of the text.
const CUT_AGAIN: usize = 64 * 1024;

impl Writer {
    /// Writes the statements of a record.
    pub(super) fn write_statements(
        &mut self,
        record: &Record,
        placed: &Placed,
        found: &Found,
    ) -> Result<(), StoreError> {
        let is_cut_again = record.document.text.len() <= CUT_AGAIN && !record.document.text.contains('\0');
        let words = Words::new(&record.document.text);
        for ((statement, link), at) in record.statements.iter().zip(&placed.links.statements).zip(0_i64..) {
            let number = placed.statements + at;
            let speakers = speakers(statement, found);
            let status = status_of(statement.review.as_ref());
            self.write_statement(
                record,
                statement,
                placed,
                &Row {
                    number,
                    mark: permalinks::mark(link),
                    at,
                    is_cut_again,
                    words: &words,
                    found,
                    speakers: &speakers,
                    status,
                },
            )?;
            let first = statement.source.entities.iter().find(|entity| found.subject(entity).is_some());
            let country = first
                .and_then(|id| ordinal(id))
                .and_then(|at| record.entities.get(at - 1))
                .and_then(|entity| entity.country.as_deref());
            let cell = StatementCell {
                speaker: small(speakers.first().copied()),
                has_more_speakers: speakers.len() > 1,
                outlet: small(found.outlet),
                place: small(found.place(statement.place.as_ref())),
                country: facets::country_code(country),
                act: facets::code(facets::ACTS, &statement.cue.act),
                form: facets::code(facets::FORMS, &words::name(&statement.form)),
                negated: statement.polarity == Polarity::Negative,
                status: status.map_or(0, |status| facets::code(facets::STATUSES, status)),
            };
            self.statement_cells.set(number, Some(cell));
            self.unindexed.insert((Index::Statements, number));
        }
        Ok(())
    }

    fn write_statement(
        &self,
        record: &Record,
        statement: &Statement,
        placed: &Placed,
        row: &Row,
    ) -> Result<(), StoreError> {
        let sql = "INSERT INTO statements (number, document, mark, ordinal, parent, speaker, source, cue, act, form, negated, first_day, last_day, place, \
                   start, \"end\", content, confidence, status) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        let (start, end) = words::hull(&statement.content.spans);
        let is_cut_again = row.is_cut_again && statement.content.spans.len() == 1;
        let content = row.words.joined(&statement.content.spans).filter(|_| !is_cut_again);
        let period = period(record, statement.time.as_ref());
        let parent = statement.parent.as_deref().and_then(ordinal).map(|at| placed.statements + integer(at) - 1);
        self.connection.prepare_cached(sql)?.execute(params![
            row.number,
            placed.number,
            row.mark,
            row.at + 1,
            parent,
            row.speakers.first(),
            row.words.joined(&statement.source.spans),
            row.words.joined(&statement.cue.spans),
            statement.cue.act,
            words::name(&statement.form),
            statement.polarity == Polarity::Negative,
            period.as_ref().map(|(first, _, _)| first),
            period.as_ref().map(|(_, last, _)| last),
            row.found.place(statement.place.as_ref()),
            integer(start),
            integer(end),
            content,
            thousandths(statement.confidence),
            row.status,
        ])?;
        for speaker in row.speakers.iter().skip(1) {
            let sql = "INSERT OR IGNORE INTO further_speakers (statement, speaker) VALUES (?, ?)";
            self.connection.prepare_cached(sql)?.execute([row.number, *speaker])?;
        }
        Ok(())
    }
}

/// What a statement's row is made of beside the statement.
struct Row<'a> {
    number: i64,
    mark: &'a str,
    is_cut_again: bool,
    /// From 0.
    at: i64,
    words: &'a Words<'a>,
    found: &'a Found,
    speakers: &'a [i64],
    status: Option<&'static str>,
}

/// The subjects that a statement names as its source, each once.
fn speakers(statement: &Statement, found: &Found) -> Vec<i64> {
    let mut speakers = Vec::new();
    for speaker in statement.source.entities.iter().filter_map(|entity| found.subject(entity)) {
        if !speakers.contains(&speaker) {
            speakers.push(speaker);
        }
    }
    speakers
}

/// The first and the last day of a time of the record, and how finely it is told.
pub(super) fn period(record: &Record, time: Option<&String>) -> Option<(String, String, String)> {
    let at = time.and_then(|id| ordinal(id))?;
    let period = record.times.get(at - 1)?.period()?;
    let last = crate::days::before(&period.end)?;
    Some((period.start, last, words::name(&period.precision)))
}

/// A number as cells hold it.
pub(super) fn small(number: Option<i64>) -> u32 {
    number.and_then(|number| u32::try_from(number).ok()).unwrap_or_default()
}

/// What people have made of an item so far.
pub(super) fn status_of(review: Option<&Review>) -> Option<&'static str> {
    Some(match review?.status? {
        Status::Accepted => "accepted",
        Status::Rejected => "rejected",
        Status::Edited => "edited",
    })
}
