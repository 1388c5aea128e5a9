//! Statements, events and articles that fit a search.

use onrecord_store::Store;
use onrecord_store::search::{self, DocumentHit, EventHit, Page, StatementHit};

use super::PATIENCE;
use crate::answer::Found;
use crate::asked::{Among, Parameters};
use crate::problem::Problem;

/// Statements that fit; `path` is where the search stands, for the address of the next page.
///
/// # Errors
/// [`Problem::Asked`], [`Problem::TooSlow`].
pub fn statements(store: &Store, asked: &Parameters, path: &str) -> Result<Found<StatementHit>, Problem> {
    let query = crate::asked::search(asked, Among::Statements)?;
    Ok(found(search::statements(&store.readers().get(Some(PATIENCE))?, &query)?, asked, path))
}

/// Events that fit.
///
/// # Errors
/// As [`statements`].
pub fn events(store: &Store, asked: &Parameters, path: &str) -> Result<Found<EventHit>, Problem> {
    let query = crate::asked::search(asked, Among::Events)?;
    Ok(found(search::events(&store.readers().get(Some(PATIENCE))?, &query)?, asked, path))
}

/// Articles that fit.
///
/// # Errors
/// As [`statements`].
pub fn documents(store: &Store, asked: &Parameters, path: &str) -> Result<Found<DocumentHit>, Problem> {
    let query = crate::asked::search(asked, Among::Documents)?;
    Ok(found(search::documents(&store.readers().get(Some(PATIENCE))?, &query)?, asked, path))
}

fn found<T>(page: Page<T>, asked: &Parameters, path: &str) -> Found<T> {
    let next_url = page.next.as_deref().map(|next| asked.with("after", Some(next)).behind(path));
    Found { ok: true, rows: page.items, next_url, total: page.total, facets: page.facets, is_ranked: page.ranked }
}
