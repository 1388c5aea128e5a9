//! Facets in blocks: what rows are counted and sifted by, a few bytes for each, many to a block.
//!
//! A query for a common word has many thousands of hits. To look each up in its table would take a hundred times longer than to find it, so what is
//! counted (speaker, outlet, act …) also stands here, in cells of fixed size at places that follow from the row's number. Blocks are read in the
//! order of the hits, each once. The tables stay the truth: blocks hold nothing that cannot be made from them again.

mod cells;

use std::collections::BTreeMap;
use std::marker::PhantomData;

use rusqlite::{Connection, OptionalExtension};

pub use cells::{
    ACTS, ASSERTERS, Cell, DocumentCell, EventCell, FORMS, STATUSES, StatementCell, TYPES, code, country_code,
};

use crate::StoreError;

/// Cells on their way into their blocks.
#[derive(Debug)]
pub struct Pending<C> {
    /// By block: slots, and what they shall hold; none empties one.
    blocks: BTreeMap<i64, Vec<(usize, Option<C>)>>,
}

impl<C> Default for Pending<C> {
    fn default() -> Self {
        Pending { blocks: BTreeMap::new() }
    }
}

impl<C: Cell> Pending<C> {
    /// Sets the cell of a row, or empties it.
    pub fn set(&mut self, number: i64, cell: Option<C>) {
        let (block, slot) = place::<C>(number);
        self.blocks.entry(block).or_default().push((slot, cell));
    }

    /// Writes what was set, each block once.
    pub fn write(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let read = format!("SELECT cells FROM {} WHERE block = ?", C::TABLE);
        let write = format!("INSERT OR REPLACE INTO {} (block, cells) VALUES (?, ?)", C::TABLE);
        for (block, changes) in std::mem::take(&mut self.blocks) {
            let found = connection.prepare_cached(&read)?.query_row([block], |row| row.get(0)).optional()?;
            let mut cells: Vec<u8> = found.unwrap_or_default();
            for (slot, cell) in changes {
                let start = slot * C::SIZE;
                if cells.len() < start + C::SIZE {
                    cells.resize(start + C::SIZE, 0);
                }
                let Some(bytes) = cells.get_mut(start..start + C::SIZE) else { continue };
                bytes.fill(0);
                if let Some(cell) = cell {
                    cell.write(bytes);
                }
            }
            connection.prepare_cached(&write)?.execute((block, cells))?;
        }
        Ok(())
    }
}

/// The block of a row, and the slot in it.
fn place<C: Cell>(number: i64) -> (i64, usize) {
    let slot = usize::try_from(number.rem_euclid(C::PER_BLOCK)).unwrap_or_default();
    (number.div_euclid(C::PER_BLOCK), slot)
}

/// Reads cells of rows one after the other; fastest where the numbers rise or fall.
pub struct Cells<'a, C> {
    statement: rusqlite::CachedStatement<'a>,
    block: Option<i64>,
    cells: Vec<u8>,
    kind: PhantomData<C>,
}

impl<'a, C: Cell> Cells<'a, C> {
    pub fn new(connection: &'a Connection) -> Result<Self, StoreError> {
        let statement = connection.prepare_cached(&format!("SELECT cells FROM {} WHERE block = ?", C::TABLE))?;
        Ok(Cells { statement, block: None, cells: Vec::new(), kind: PhantomData })
    }

    /// The cell of a row; none where there is no such row.
    pub fn get(&mut self, number: i64) -> Result<Option<C>, StoreError> {
        let (block, slot) = place::<C>(number);
        if self.block != Some(block) {
            self.cells.clear();
            let mut rows = self.statement.query([block])?;
            if let Some(row) = rows.next()? {
                self.cells.extend_from_slice(row.get_ref(0)?.as_blob().unwrap_or_default());
            }
            self.block = Some(block);
        }
        Ok(self.cells.get(slot * C::SIZE..(slot + 1) * C::SIZE).and_then(C::read))
    }
}

/// Hands every row from the newest to the oldest of `numbers` to `each`, until it returns false.
pub fn each<C: Cell>(
    connection: &Connection,
    numbers: std::ops::Range<i64>,
    mut each: impl FnMut(i64, C) -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    let sql = format!("SELECT block, cells FROM {} WHERE block BETWEEN ? AND ? ORDER BY block DESC", C::TABLE);
    let mut statement = connection.prepare_cached(&sql)?;
    let last = numbers.end.saturating_sub(1);
    let mut rows = statement.query([numbers.start.div_euclid(C::PER_BLOCK), last.div_euclid(C::PER_BLOCK)])?;
    while let Some(row) = rows.next()? {
        let block: i64 = row.get(0)?;
        let cells = row.get_ref(1)?.as_blob().unwrap_or_default();
        for (slot, cell) in cells.chunks_exact(C::SIZE).enumerate().rev() {
            let number = block * C::PER_BLOCK + i64::try_from(slot).unwrap_or_default();
            if numbers.contains(&number) && C::read(cell).map(|cell| each(number, cell)).transpose()? == Some(false) {
                return Ok(());
            }
        }
    }
    Ok(())
}
