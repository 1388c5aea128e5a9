//! A permalink → the row of what it leads to.

use onrecord_store::search::StatementHit;
use onrecord_store::{ItemRow, Store};

use super::PATIENCE;
use crate::problem::Problem;

/// The row of what a permalink leads to.
///
/// # Errors
/// [`Problem::NotFound`], [`Problem::Gone`], [`Problem::TooSlow`].
pub fn row(store: &Store, id: &str) -> Result<ItemRow, Problem> {
    match onrecord_store::row(&store.readers().get(Some(PATIENCE))?, id)? {
        Some(ItemRow::Withdrawn(withdrawal)) => Err(Problem::Gone(withdrawal)),
        Some(row) => Ok(row),
        None => Err(Problem::NotFound(format!("nothing has the permalink {id:?}"))),
    }
}

/// The statement of a permalink.
///
/// # Errors
/// As [`row`].
pub fn statement(store: &Store, id: &str) -> Result<StatementHit, Problem> {
    match row(store, id)? {
        ItemRow::Statement(hit) => Ok(hit),
        _ => Err(Problem::NotFound(format!("{id:?} is the permalink of something else than a statement"))),
    }
}
