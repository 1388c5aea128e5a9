//! Questions → rows, with counts.
//!
//! A search walks through its hits from the newest to the oldest, sifts them by the cells of their blocks, and counts. Few hits are ranked by how well
//! they match; of many, the newest come first, since to rank them all takes longer than anybody waits. Pages go on from the last row shown, so none is
//! shown twice or left out while others are added. Nothing is cut off in silence: totals are exact, and of facets the number of values is told.

mod rows;
mod scan;
mod sieve;
mod syntax;
mod tally;

pub use rows::{DocumentHit, EventHit, MARK_END, MARK_START, Named, StatementHit};
pub(crate) use rows::{document, event, statement};
pub(crate) use scan::each;
pub(crate) use sieve::range;
pub(crate) use tally::Counts;
pub use tally::{Facet, FacetValue};

use crate::StoreError;
pub use crate::facets::{ACTS, FORMS, TYPES};
use crate::facets::{DocumentCell, EventCell, StatementCell};
use crate::readers::Reading;
pub use sieve::PRECISIONS;

/// Above how many matches they are no longer ranked.
pub const RANKED: usize = 500;

/// What is asked for. Empty fields ask for nothing; of several values of a field, one must fit; all fields must.
#[derive(Debug, Clone)]
pub struct Query {
    /// Words, "phrases", -unwanted, prefix*.
    pub text: String,
    /// Permalinks of subjects: who says it.
    pub speakers: Vec<String>,
    /// Names of outlets.
    pub outlets: Vec<String>,
    /// `say`, `deny`, …
    pub acts: Vec<String>,
    /// `direct`, `indirect`, `mixed`.
    pub forms: Vec<String>,
    /// Whether it is told not to have been said or to have happened.
    pub negated: Option<bool>,
    /// PLOVER types of events.
    pub types: Vec<String>,
    /// Permalinks of subjects: who did it.
    pub actors: Vec<String>,
    /// Permalinks of subjects: whom it was done to.
    pub recipients: Vec<String>,
    /// Permalinks of subjects: who took part, on either side.
    pub parties: Vec<String>,
    /// Who tells of an event: `article`, `statement`.
    pub asserters: Vec<String>,
    /// The days within which an event happened as a whole.
    pub happened: Happened,
    /// ISO 3166-1 alpha-2: of statements the speaker's country, of events where they happened.
    pub countries: Vec<String>,
    /// Names of places, as the gazetteer has them.
    pub places: Vec<String>,
    /// `open` (nobody looked), `accepted`, `rejected`, `edited`.
    pub statuses: Vec<String>,
    /// The first day of publication, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// The last day of publication.
    pub to: Option<String>,
    /// What comes first.
    pub order: Order,
    /// How many rows a page has.
    pub limit: usize,
    /// Where the page before ended: its [`Page::next`].
    pub after: Option<String>,
    /// Whether to count all hits and their facets.
    pub counts: bool,
    /// How many values of each facet are given, the most frequent first.
    pub facet_values: usize,
}

impl Default for Query {
    fn default() -> Self {
        Query {
            text: String::new(),
            speakers: Vec::new(),
            outlets: Vec::new(),
            acts: Vec::new(),
            forms: Vec::new(),
            negated: None,
            types: Vec::new(),
            actors: Vec::new(),
            recipients: Vec::new(),
            parties: Vec::new(),
            asserters: Vec::new(),
            happened: Happened::default(),
            countries: Vec::new(),
            places: Vec::new(),
            statuses: Vec::new(),
            from: None,
            to: None,
            order: Order::Best,
            limit: 20,
            after: None,
            counts: true,
            facet_values: 20,
        }
    }
}

impl Query {
    /// A search for what somebody typed.
    pub fn text(typed: impl Into<String>) -> Query {
        Query { text: typed.into(), ..Query::default() }
    }
}

/// When an event happened, as the text tells; events whose days it does not tell fit nothing but the default.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Happened {
    /// The first day, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// The last day.
    pub to: Option<String>,
    /// How finely it is told: `day`, `week`, `month`, …
    pub precisions: Vec<String>,
}

impl Happened {
    /// Whether anything is asked for.
    pub fn is_asked(&self) -> bool {
        *self != Happened::default()
    }
}

/// What comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// The best match where there are at most [`RANKED`], else the newest.
    #[default]
    Best,
    /// The newest.
    Newest,
}

/// Some of the hits, and how many there are.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Page<T> {
    /// The hits of this page.
    pub items: Vec<T>,
    /// Where the next page begins; none after the last.
    pub next: Option<String>,
    /// Whether the best match comes first; else the newest.
    pub ranked: bool,
    /// How many hits there are in all, where that was asked for.
    pub total: Option<u64>,
    /// How they are spread, where that was asked for.
    pub facets: Vec<Facet>,
}

/// Statements that fit.
///
/// # Errors
/// [`StoreError::Query`] for a field that statements do not have; [`StoreError::Deadline`]; [`StoreError::Cursor`]; SQLite.
pub fn statements(reading: &Reading, query: &Query) -> Result<Page<StatementHit>, StoreError> {
    reading.at_one_moment(|connection| {
        refuse(query, "statements", &of_events_alone(query))?;
        scan::search::<StatementCell>(connection, reading.deadline(), query)?
            .page(|number| rows::statement(connection, number))
    })
}

/// Events that fit; words are looked for in trigger, parties and place.
///
/// # Errors
/// As [`statements`].
pub fn events(reading: &Reading, query: &Query) -> Result<Page<EventHit>, StoreError> {
    reading.at_one_moment(|connection| {
        check_events(query)?;
        scan::search::<EventCell>(connection, reading.deadline(), query)?.page(|number| rows::event(connection, number))
    })
}

/// Documents that fit; words are looked for in title and text.
///
/// # Errors
/// As [`statements`].
pub fn documents(reading: &Reading, query: &Query) -> Result<Page<DocumentHit>, StoreError> {
    reading.at_one_moment(|connection| {
        refuse_of_documents(query)?;
        let expression = syntax::parse(&query.text)?.expression();
        scan::search::<DocumentCell>(connection, reading.deadline(), query)?
            .page(|number| rows::document(connection, number, expression.as_deref()))
    })
}

/// Hands number and outlet of every document that fits to `each`, the newest first.
pub(crate) fn each_document(
    reading: &Reading,
    query: &Query,
    mut each: impl FnMut(i64, u32),
) -> Result<(), StoreError> {
    reading.at_one_moment(|connection| {
        refuse_of_documents(query)?;
        scan::each::<DocumentCell>(connection, reading.deadline(), query, |number, cell| {
            each(number, cell.outlet);
            Ok(())
        })
    })
}

fn refuse_of_documents(query: &Query) -> Result<(), StoreError> {
    refuse(
        query,
        "documents",
        &[
            ("speaker", query.speakers.len()),
            ("act", query.acts.len()),
            ("form", query.forms.len()),
            ("country", query.countries.len()),
            ("place", query.places.len()),
            ("status", query.statuses.len()),
            ("negated", usize::from(query.negated.is_some())),
        ],
    )?;
    refuse(query, "documents", &of_events_alone(query))
}

/// Refuses what no event has.
pub(crate) fn check_events(query: &Query) -> Result<(), StoreError> {
    let fields = [("speaker", query.speakers.len()), ("act", query.acts.len()), ("form", query.forms.len())];
    refuse(query, "events", &fields)
}

/// The fields that events alone have, and how many values are asked for.
fn of_events_alone(query: &Query) -> [(&'static str, usize); 6] {
    [
        ("type", query.types.len()),
        ("actor", query.actors.len()),
        ("recipient", query.recipients.len()),
        ("party", query.parties.len()),
        ("asserted", query.asserters.len()),
        ("happened", usize::from(query.happened.is_asked())),
    ]
}

/// Refuses a search by what its rows do not have, which would otherwise find everything.
fn refuse(query: &Query, rows: &str, fields: &[(&str, usize)]) -> Result<(), StoreError> {
    if query.limit == 0 {
        return Err(StoreError::Query("a page of 0 rows".to_owned()));
    }
    match fields.iter().find(|(_, values)| *values > 0) {
        Some((field, _)) => Err(StoreError::Query(format!("{rows} have no {field} to search by"))),
        None => Ok(()),
    }
}
