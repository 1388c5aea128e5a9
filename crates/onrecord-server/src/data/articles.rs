//! An article with all that hangs on it, and its statements as rows.

use onrecord_store::Store;
use onrecord_store::search::StatementHit;
use onrecord_store::views::{self, ArticleView, Found as Lies};

use super::PATIENCE;
use crate::answer::Found;
use crate::problem::Problem;

/// The article of a permalink.
///
/// # Errors
/// [`Problem::NotFound`], [`Problem::Gone`], [`Problem::TooSlow`].
pub fn article(store: &Store, id: &str) -> Result<Found<ArticleView>, Problem> {
    let found = views::article(&store.readers().get(Some(PATIENCE))?, id)?;
    Ok(Found::one(there(found, id)?))
}

/// The statements of an article, in the order of the text.
///
/// # Errors
/// As [`article`].
pub fn statements(store: &Store, id: &str) -> Result<Found<StatementHit>, Problem> {
    let found = views::statements_of(&store.readers().get(Some(PATIENCE))?, id)?;
    Ok(Found::all(there(found, id)?.1))
}

fn there<T>(found: Option<Lies<T>>, id: &str) -> Result<T, Problem> {
    match found {
        Some(Lies::There(article)) => Ok(article),
        Some(Lies::Withdrawn(withdrawal)) => Err(Problem::Gone(withdrawal)),
        None => Err(Problem::NotFound(format!("no article has the permalink {id:?}"))),
    }
}
