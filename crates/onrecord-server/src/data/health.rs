//! Whether the store answers.

use onrecord_store::Store;
use serde::Serialize;

use crate::answer::Found;
use crate::problem::Problem;

/// How the server is.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Health {
    /// Always `open`; a store that cannot be read is an error.
    pub store: &'static str,
}

/// Asks the store for something small.
///
/// # Errors
/// What the store says.
pub fn health(store: &Store) -> Result<Found<Health>, Problem> {
    store.documents(None, 1)?;
    Ok(Found::one(Health { store: "open" }))
}
