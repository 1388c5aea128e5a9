//! When events happened: how many in each stretch of days that texts tell, as finely as they tell it.

use std::collections::HashMap;

use rusqlite::OptionalExtension;
use serde::Serialize;

use crate::StoreError;
use crate::facets::EventCell;
use crate::readers::Reading;
use crate::search::{self, Query};

/// Events of one class that texts date alike.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Spell {
    /// The first day.
    pub first: String,
    /// The last day; with a precision of a day, later than the first where the text tells a stretch ("May 3 to 5").
    pub last: String,
    /// How finely the text tells it: `day`, `week`, `month`, …
    pub precision: String,
    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: u8,
    /// Whether they are told not to have happened.
    pub negated: bool,
    /// How many events.
    pub events: u64,
}

/// The spells of all events that fit a search.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spells {
    /// In the order of their days.
    pub spells: Vec<Spell>,
    /// How many events fit whose days no text tells.
    pub undated: u64,
    /// How many fit that people have rejected, which are not counted unless the search asks for a status.
    pub rejected: u64,
}

type Key = (String, String, String, u8, bool);

/// Counts the events that fit by their days. Linear in the hits: about a microsecond for each.
///
/// # Errors
/// As [`search::events`].
pub fn spells(reading: &Reading, query: &Query) -> Result<Spells, StoreError> {
    reading.at_one_moment(|connection| {
        search::check_events(query)?;
        let sql = "SELECT first_day, coalesce(last_day, first_day), coalesce(precision, 'day'), quad, negated FROM events WHERE number = ?";
        let mut statement = connection.prepare_cached(sql)?;
        let mut counts: HashMap<Key, u64> = HashMap::new();
        let (mut undated, mut rejected) = (0, 0);
        search::each::<EventCell>(connection, reading.deadline(), query, |number, cell| {
            if query.statuses.is_empty() && cell.is_rejected() {
                rejected += 1;
                return Ok(());
            }
            let key = |row: &rusqlite::Row| {
                let Some(first) = row.get::<_, Option<String>>(0)? else { return Ok(None) };
                Ok(Some((first, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
            };
            match statement.query_row([number], key).optional()?.flatten() {
                Some(key) => *counts.entry(key).or_default() += 1,
                None => undated += 1,
            }
            Ok(())
        })?;
        let spell = |((first, last, precision, quad, negated), events)| Spell { first, last, precision, quad, negated, events };
        let mut spells: Vec<Spell> = counts.into_iter().map(spell).collect();
        spells.sort();
        Ok(Spells { spells, undated, rejected })
    })
}
