//! One walk through the hits, newest first: sifted, counted, and those of the page picked.

use std::ops::Range;

use rusqlite::Connection;

use super::sieve::{self, Further, Sieve, Sifted};
use super::tally::{Counted, Tally};
use super::{Facet, Order, Page, Query, RANKED, syntax};
use crate::StoreError;
use crate::connection::Deadline;
use crate::facets::{self, Cells};

/// How many hits pass between two looks at the clock.
const STRIDE: u64 = 4_096;

/// What a search found, before its rows are read.
pub struct Found {
    numbers: Vec<i64>,
    next: Option<String>,
    ranked: bool,
    total: Option<u64>,
    facets: Vec<Facet>,
}

impl Found {
    /// Reads the rows of the page.
    pub fn page<T>(self, mut read: impl FnMut(i64) -> Result<T, StoreError>) -> Result<Page<T>, StoreError> {
        let items = self.numbers.iter().map(|number| read(*number)).collect::<Result<_, _>>()?;
        Ok(Page { items, next: self.next, ranked: self.ranked, total: self.total, facets: self.facets })
    }
}

/// Where a page goes on: behind a row, and behind its rank where hits are ranked.
#[derive(Debug, Clone, Copy, PartialEq)]
enum After {
    Number(i64),
    Rank(f64, i64),
}

impl After {
    fn parse(cursor: &str) -> Result<After, StoreError> {
        let wrong = || StoreError::Cursor(cursor.to_owned());
        let number = |digits: &str| digits.parse().map_err(|_| wrong());
        if let Some(digits) = cursor.strip_prefix('n') {
            return Ok(After::Number(number(digits)?));
        }
        let (bits, digits) = cursor.strip_prefix('r').and_then(|rest| rest.split_once('.')).ok_or_else(wrong)?;
        let bits = u64::from_str_radix(bits, 16).map_err(|_| wrong())?;
        Ok(After::Rank(f64::from_bits(bits), number(digits)?))
    }

    fn written(self) -> String {
        match self {
            After::Number(number) => format!("n{number}"),
            After::Rank(rank, number) => format!("r{:x}.{number}", rank.to_bits()),
        }
    }
}

/// Runs a query over one kind of rows.
pub fn search<C: Sifted + Counted>(
    connection: &Connection,
    deadline: &Deadline,
    query: &Query,
) -> Result<Found, StoreError> {
    let after = query.after.as_deref().map(After::parse).transpose()?;
    let walk = Walk::<C>::new(connection, deadline, query, query.counts)?;
    let may_rank = walk.expression.is_some() && query.order == Order::Best && !matches!(after, Some(After::Number(_)));
    let mut pick = Pick {
        limit: query.limit,
        before: match after {
            Some(After::Number(number)) => number,
            _ => i64::MAX,
        },
        page: Vec::new(),
        few: may_rank.then(Vec::new),
        total: 0,
    };
    let mut tally = Tally::default();
    walk.run(|number, cell, further, hits| {
        if let Some(cell) = cell.filter(|_| query.counts) {
            tally.count(number, &cell, further);
        }
        Ok(pick.take(number, hits) || query.counts)
    })?;
    let facets = if query.counts { tally.facets::<C>(connection, query.facet_values)? } else { Vec::new() };
    let total = query.counts.then_some(pick.total);
    let expression = walk.expression.as_deref().unwrap_or_default();
    Ok(match (&pick.few, after) {
        (Some(few), after) => {
            let (numbers, next) = ranked::<C>(connection, expression, few, after, query.limit)?;
            Found { numbers, next, ranked: true, total, facets }
        }
        // What was few has become many since the page before: its order is no longer known.
        (None, Some(After::Rank(..))) => return Err(StoreError::Cursor(query.after.clone().unwrap_or_default())),
        (None, _) => {
            let next = pick.page.get(query.limit).map(|_| After::Number(pick.page[query.limit - 1]).written());
            pick.page.truncate(query.limit);
            Found { numbers: pick.page, next, ranked: false, total, facets }
        }
    })
}

/// Hands number and cell of every hit to `each`, the newest first.
pub fn each<C: Sifted>(
    connection: &Connection,
    deadline: &Deadline,
    query: &Query,
    mut each: impl FnMut(i64, C) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let walk = Walk::<C>::new(connection, deadline, query, true)?;
    walk.run(|number, cell, _, _| cell.map_or(Ok(true), |cell| each(number, cell).map(|()| true)))
}

/// What is kept of a walk.
struct Pick {
    limit: usize,
    /// Only rows older than this one are shown.
    before: i64,
    /// The newest, and one more, which tells that another page follows.
    page: Vec<i64>,
    /// All hits, as long as they are few enough to be ranked.
    few: Option<Vec<i64>>,
    total: u64,
}

impl Pick {
    /// Takes a row; `hits` rows matched so far, sifted out or not. False where no more are needed.
    fn take(&mut self, number: i64, hits: u64) -> bool {
        self.total += 1;
        if hits > RANKED as u64 {
            self.few = None;
        }
        if let Some(few) = &mut self.few {
            few.push(number);
        }
        if self.page.len() <= self.limit && number < self.before {
            self.page.push(number);
        }
        self.few.is_some() || self.page.len() <= self.limit
    }
}

/// A page of the best matches among `few`, and where the next begins.
fn ranked<C: Sifted>(
    connection: &Connection,
    expression: &str,
    few: &[i64],
    after: Option<After>,
    limit: usize,
) -> Result<(Vec<i64>, Option<String>), StoreError> {
    let table = C::ROWS;
    let sql = format!("SELECT rowid, rank FROM {table}_fts WHERE {table}_fts MATCH ? AND rowid BETWEEN ? AND ?");
    let mut statement = connection.prepare_cached(&sql)?;
    let (Some(newest), Some(oldest)) = (few.first(), few.last()) else { return Ok((Vec::new(), None)) };
    let mut rows = statement.query((expression, oldest, newest))?;
    let mut all: Vec<(f64, i64)> = Vec::new();
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        if few.binary_search_by(|kept| number.cmp(kept)).is_ok() {
            all.push((row.get(1)?, number));
        }
    }
    let order = |a: &(f64, i64), b: &(f64, i64)| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1));
    all.sort_by(order);
    let start = match after {
        Some(After::Rank(rank, number)) => all.partition_point(|hit| order(hit, &(rank, number)).is_le()),
        _ => 0,
    };
    let rest = all.get(start..).unwrap_or_default();
    let page = rest.get(..limit).unwrap_or(rest);
    let next = page.last().filter(|_| rest.len() > limit).map(|(rank, number)| After::Rank(*rank, *number).written());
    Ok((page.iter().map(|(_, number)| *number).collect(), next))
}

/// A walk through the rows of one kind that match, newest first.
struct Walk<'a, C> {
    connection: &'a Connection,
    deadline: &'a Deadline,
    sieve: Sieve,
    range: Range<i64>,
    expression: Option<String>,
    unwanted: Option<String>,
    needs_cells: bool,
    kind: std::marker::PhantomData<C>,
}

impl<'a, C: Sifted> Walk<'a, C> {
    /// A walk through what fits `query`; with the cell of each row where `needs_cells`.
    fn new(
        connection: &'a Connection,
        deadline: &'a Deadline,
        query: &Query,
        needs_cells: bool,
    ) -> Result<Self, StoreError> {
        let typed = syntax::parse(&query.text)?;
        Ok(Walk {
            connection,
            deadline,
            sieve: Sieve::new(connection, query)?,
            range: sieve::range(query)?,
            expression: typed.expression(),
            unwanted: typed.unwanted,
            needs_cells,
            kind: std::marker::PhantomData,
        })
    }

    /// Hands each row that passes to `each`, with how many have matched so far, until it returns false.
    fn run(
        &self,
        mut each: impl FnMut(i64, Option<C>, &Further, u64) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        let mut hits = 0;
        let none = Further::default();
        self.rows(|number, cell| {
            hits += 1;
            if hits % STRIDE == 0 {
                self.deadline.check()?;
            }
            let Some(cell) = cell else { return each(number, None, &none, hits) };
            let mut further = || Further::read(self.connection, C::ROWS, number);
            if !cell.passes(&self.sieve, &mut further)? {
                return Ok(true);
            }
            if self.needs_cells && cell.has_further() {
                let further = further()?;
                return each(number, Some(cell), &further, hits);
            }
            each(number, Some(cell), &none, hits)
        })
    }

    /// Every row that matches the words, with its cell where that is needed.
    fn rows(&self, mut each: impl FnMut(i64, Option<C>) -> Result<bool, StoreError>) -> Result<(), StoreError> {
        let needs_cells = self.needs_cells || !self.sieve.is_open();
        let happened = self.sieve.happened.as_deref();
        let is_in_time =
            |number: i64| happened.is_none_or(|all| all.binary_search_by(|found| number.cmp(found)).is_ok());
        let mut cells = Cells::<C>::new(self.connection)?;
        let mut with_cell = |number: i64| -> Result<bool, StoreError> {
            if !is_in_time(number) {
                return Ok(true);
            }
            if !needs_cells {
                return each(number, None);
            }
            // A row without a cell is one that is being written: it cannot be seen yet.
            cells.get(number)?.map_or(Ok(true), |cell| each(number, Some(cell)))
        };
        if let Some(expression) = &self.expression {
            return self.matches(expression, with_cell);
        }
        let unwanted = self.all_matches(self.unwanted.as_deref())?;
        let is_wanted = |number: i64| unwanted.binary_search_by(|found| number.cmp(found)).is_err();
        let listed = C::by_subject(self.connection, &self.sieve)?.or_else(|| self.sieve.happened.clone());
        if let Some(numbers) = listed {
            for number in numbers.into_iter().filter(|number| self.range.contains(number) && is_wanted(*number)) {
                if !with_cell(number)? {
                    return Ok(());
                }
            }
            return Ok(());
        }
        facets::each::<C>(self.connection, self.range.clone(), |number, cell| {
            if is_wanted(number) { each(number, Some(cell)) } else { Ok(true) }
        })
    }

    fn matches(
        &self,
        expression: &str,
        mut each: impl FnMut(i64) -> Result<bool, StoreError>,
    ) -> Result<(), StoreError> {
        let table = C::ROWS;
        let sql = format!(
            "SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query((expression, self.range.start, self.range.end - 1))?;
        while let Some(row) = rows.next()? {
            if !each(row.get(0)?)? {
                break;
            }
        }
        Ok(())
    }

    /// All matches of `expression`, newest first.
    fn all_matches(&self, expression: Option<&str>) -> Result<Vec<i64>, StoreError> {
        let mut all = Vec::new();
        if let Some(expression) = expression {
            self.matches(expression, |number| {
                all.push(number);
                Ok(true)
            })?;
        }
        Ok(all)
    }
}
