//! What is new in a search, with when it came into the store.

use std::collections::HashMap;

use onrecord_store::search::{DocumentHit, StatementHit};
use onrecord_store::{Store, views};

use super::{PATIENCE, searches};
use crate::answer::Found;
use crate::asked::Parameters;
use crate::problem::Problem;

/// Statements that fit, the newest first, each with when its article was added.
///
/// # Errors
/// As [`searches::statements`].
pub fn statements(
    store: &Store,
    asked: &Parameters,
    path: &str,
) -> Result<Found<(StatementHit, Option<String>)>, Problem> {
    let found = searches::statements(store, &newest(asked)?, path)?;
    with_added(store, found, |hit| &hit.document.id)
}

/// Articles that fit, the newest first, each with when it was added.
///
/// # Errors
/// As [`searches::documents`].
pub fn documents(
    store: &Store,
    asked: &Parameters,
    path: &str,
) -> Result<Found<(DocumentHit, Option<String>)>, Problem> {
    let found = searches::documents(store, &newest(asked)?, path)?;
    with_added(store, found, |hit| &hit.id)
}

/// The search with the newest first and nothing counted, unless it says otherwise.
fn newest(asked: &Parameters) -> Result<Parameters, Problem> {
    let mut asked = asked.clone();
    for (name, value) in [("order", "newest"), ("facets", "false")] {
        if asked.one(name)?.is_none() {
            asked = asked.and(name, value);
        }
    }
    Ok(asked)
}

fn with_added<T>(
    store: &Store,
    found: Found<T>,
    document: fn(&T) -> &String,
) -> Result<Found<(T, Option<String>)>, Problem> {
    let reading = store.readers().get(Some(PATIENCE))?;
    let mut added: HashMap<String, Option<String>> = HashMap::new();
    let mut rows = Vec::with_capacity(found.rows.len());
    for row in found.rows {
        let id = document(&row);
        let at = match added.get(id) {
            Some(at) => at.clone(),
            None => {
                let at = views::added_at(&reading, id)?;
                added.insert(id.clone(), at.clone());
                at
            }
        };
        rows.push((row, at));
    }
    Ok(Found { rows, next_url: found.next_url, ..Found::all(Vec::new()) })
}
