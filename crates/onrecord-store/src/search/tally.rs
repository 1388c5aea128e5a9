//! How hits are spread over speakers, outlets, acts, days …

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;

use super::sieve::Further;
use crate::facets::{ACTS, ASSERTERS, DocumentCell, EventCell, FORMS, STATUSES, StatementCell, TYPES};
use crate::{StoreError, days};

/// How the hits are spread over the values of one field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Facet {
    /// The field: `speaker`, `outlet`, `act`, `form`, `type`, `actor`, `recipient`, `country`, `place`, `status`, `negated`, `asserted`, `day`.
    pub field: &'static str,
    /// The most frequent values first; days in their order.
    pub values: Vec<FacetValue>,
    /// How many values there are in all.
    pub distinct: usize,
}

/// How often a value comes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FacetValue {
    /// What a query takes: a permalink, a name, a code.
    pub value: String,
    /// What people read.
    pub label: String,
    /// In how many hits.
    pub count: u64,
}

/// What is counted by number or code. Hits without a value are not counted for that field.
#[derive(Debug, Default)]
pub struct Tally {
    speakers: Counts,
    actors: Counts,
    recipients: Counts,
    outlets: Counts,
    places: Counts,
    countries: Counts,
    acts: Counts,
    forms: Counts,
    types: Counts,
    statuses: Counts,
    negated: Counts,
    asserters: Counts,
    days: HashMap<i64, u64>,
    /// The day of the last hit and how many there were on it: hits come day by day.
    today: (i64, u64),
}

/// Cells whose fields are counted.
pub trait Counted {
    /// Counts one row; `further` are the subjects that stand beside its cell.
    fn count(&self, tally: &mut Tally, further: &Further);
    /// The fields that such rows have.
    const FIELDS: &'static [Field];
}

/// A field that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Speaker,
    Outlet,
    Act,
    Form,
    Type,
    Actor,
    Recipient,
    Country,
    Place,
    Status,
    Negated,
    Asserted,
    Day,
}

fn add(counts: &mut Counts, key: impl Into<u32>) {
    let key = key.into();
    if key != 0 {
        *counts.entry(key).or_default() += 1;
    }
}

/// Counts by number; 0 stands for nothing and is not counted.
pub type Counts = HashMap<u32, u64, BuildHasherDefault<Spread>>;

/// A hash for numbers that nobody chose to harm: one multiplication. The usual one takes half the time of a search.
#[derive(Debug, Default, Clone, Copy)]
pub struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u32(u32::from(*byte)));
    }

    fn write_u32(&mut self, number: u32) {
        self.0 = (self.0 ^ u64::from(number)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}

impl Counted for StatementCell {
    const FIELDS: &'static [Field] = &[
        Field::Speaker,
        Field::Outlet,
        Field::Act,
        Field::Form,
        Field::Country,
        Field::Place,
        Field::Status,
        Field::Negated,
        Field::Day,
    ];

    fn count(&self, tally: &mut Tally, further: &Further) {
        add(&mut tally.speakers, self.speaker);
        further.speakers.iter().for_each(|speaker| add(&mut tally.speakers, *speaker));
        add(&mut tally.outlets, self.outlet);
        add(&mut tally.places, self.place);
        add(&mut tally.countries, u16::from_be_bytes(self.country));
        add(&mut tally.acts, self.act + 1);
        add(&mut tally.forms, self.form + 1);
        add(&mut tally.statuses, self.status + 1);
        add(&mut tally.negated, u8::from(self.negated) + 1);
    }
}

impl Counted for EventCell {
    const FIELDS: &'static [Field] = &[
        Field::Type,
        Field::Actor,
        Field::Recipient,
        Field::Outlet,
        Field::Country,
        Field::Place,
        Field::Status,
        Field::Negated,
        Field::Asserted,
        Field::Day,
    ];

    fn count(&self, tally: &mut Tally, further: &Further) {
        add(&mut tally.asserters, self.asserted.max(further.asserted));
        add(&mut tally.actors, self.actor);
        further.actors.iter().for_each(|actor| add(&mut tally.actors, *actor));
        add(&mut tally.recipients, self.recipient);
        further.recipients.iter().for_each(|recipient| add(&mut tally.recipients, *recipient));
        add(&mut tally.outlets, self.outlet);
        add(&mut tally.places, self.place);
        add(&mut tally.countries, u16::from_be_bytes(self.country));
        add(&mut tally.types, self.kind);
        add(&mut tally.statuses, self.status + 1);
        add(&mut tally.negated, u8::from(self.negated) + 1);
    }
}

impl Counted for DocumentCell {
    const FIELDS: &'static [Field] = &[Field::Outlet, Field::Day];

    fn count(&self, tally: &mut Tally, _: &Further) {
        add(&mut tally.outlets, self.outlet);
    }
}

impl Tally {
    /// Counts a row.
    pub fn count<C: Counted>(&mut self, number: i64, cell: &C, further: &Further) {
        cell.count(self, further);
        let day = days::of_number(number);
        if self.today.0 != day {
            self.end_day();
            self.today = (day, 0);
        }
        self.today.1 += 1;
    }

    fn end_day(&mut self) {
        let (day, count) = self.today;
        if day != 0 && count > 0 {
            *self.days.entry(day).or_default() += count;
        }
    }

    /// The counts of all fields, each with its `most` most frequent values.
    pub fn facets<C: Counted>(mut self, connection: &Connection, most: usize) -> Result<Vec<Facet>, StoreError> {
        self.end_day();
        C::FIELDS.iter().map(|field| self.facet(*field, connection, most)).collect()
    }

    fn facet(&self, field: Field, connection: &Connection, most: usize) -> Result<Facet, StoreError> {
        let code = |counts: &Counts, list: &[&str], from: u32| {
            let named = counts.iter().filter_map(|(code, count)| {
                usize::try_from(code - from)
                    .ok()
                    .and_then(|at| list.get(at))
                    .map(|name| (if name.is_empty() { "open" } else { name }.to_owned(), *count))
            });
            plain(named.collect(), most)
        };
        let ((values, distinct), field) = match field {
            Field::Speaker => (subjects(connection, &self.speakers, most)?, "speaker"),
            Field::Actor => (subjects(connection, &self.actors, most)?, "actor"),
            Field::Recipient => (subjects(connection, &self.recipients, most)?, "recipient"),
            Field::Outlet => {
                (named(connection, "SELECT name FROM outlets WHERE number = ?", &self.outlets, most)?, "outlet")
            }
            Field::Place => {
                (named(connection, "SELECT name FROM places WHERE number = ?", &self.places, most)?, "place")
            }
            Field::Act => (code(&self.acts, ACTS, 1), "act"),
            Field::Form => (code(&self.forms, FORMS, 1), "form"),
            Field::Asserted => (code(&self.asserters, ASSERTERS, 0), "asserted"),
            Field::Type => (code(&self.types, TYPES, 0), "type"),
            Field::Status => (code(&self.statuses, STATUSES, 1), "status"),
            Field::Negated => (code(&self.negated, &["false", "true"], 1), "negated"),
            Field::Country => {
                let letters =
                    |code: &u32| code.to_be_bytes().iter().skip(2).map(|byte| char::from(*byte)).collect::<String>();
                (plain(self.countries.iter().map(|(code, count)| (letters(code), *count)).collect(), most), "country")
            }
            Field::Day => (by_day(&self.days), "day"),
        };
        Ok(Facet { field, values, distinct })
    }
}

/// The most frequent first, those as frequent by name.
fn plain(mut counts: Vec<(String, u64)>, most: usize) -> (Vec<FacetValue>, usize) {
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let distinct = counts.len();
    counts.truncate(most);
    let value = |(value, count): (String, u64)| FacetValue { label: value.clone(), value, count };
    (counts.into_iter().map(value).collect(), distinct)
}

/// Every day that has hits, in order.
fn by_day(counts: &HashMap<i64, u64>) -> (Vec<FacetValue>, usize) {
    let mut days: Vec<(i64, u64)> = counts.iter().map(|(day, count)| (*day, *count)).collect();
    days.sort_unstable();
    let value = |(day, count): &(i64, u64)| {
        let date = days::date_of(days::numbers_of(*day).start).unwrap_or_default();
        FacetValue { label: date.clone(), value: date, count: *count }
    };
    (days.iter().map(value).collect(), days.len())
}

/// The numbers with the highest counts.
fn highest(counts: &Counts, most: usize) -> Vec<(u32, u64)> {
    let mut counts: Vec<(u32, u64)> = counts.iter().map(|(number, count)| (*number, *count)).collect();
    let order = |a: &(u32, u64), b: &(u32, u64)| b.1.cmp(&a.1).then(a.0.cmp(&b.0));
    if counts.len() > most {
        counts.select_nth_unstable_by(most, order);
        counts.truncate(most);
    }
    counts.sort_unstable_by(order);
    counts
}

fn named(
    connection: &Connection,
    sql: &str,
    counts: &Counts,
    most: usize,
) -> Result<(Vec<FacetValue>, usize), StoreError> {
    let mut values = Vec::new();
    for (number, count) in highest(counts, most) {
        let name = connection.prepare_cached(sql)?.query_row([number], |row| row.get::<_, String>(0)).optional()?;
        let name = name.unwrap_or_default();
        values.push(FacetValue { label: name.clone(), value: name, count });
    }
    Ok((values, counts.len()))
}

/// Subjects, with those that are held to be the same counted as one.
fn subjects(connection: &Connection, counts: &Counts, most: usize) -> Result<(Vec<FacetValue>, usize), StoreError> {
    let mut whole = Counts::default();
    let same = crate::subjects::same_as(connection, counts)?;
    for (number, count) in counts {
        *whole.entry(same.get(number).copied().unwrap_or(*number)).or_default() += count;
    }
    let mut values = Vec::new();
    for (number, count) in highest(&whole, most) {
        let row = |row: &rusqlite::Row| Ok(FacetValue { value: row.get(0)?, label: row.get(1)?, count });
        let sql = "SELECT id, name FROM subjects WHERE number = ?";
        values.extend(connection.prepare_cached(sql)?.query_row([number], row).optional()?);
    }
    Ok((values, whole.len()))
}
