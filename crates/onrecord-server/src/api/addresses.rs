//! Every address of the API, one call each: [`Api::list`] for rows with parameters (their CSV comes with them), [`Api::one`] for JSON without any.
//!
//! A part of a path stands in braces, `/s/{id}.json`, and has an example in the test (`PARTS` in tests/gates/description.rs).

use onrecord::Record;
use onrecord_store::search::StatementHit;

use super::parts::Api;
use crate::asked::Among;
use crate::data::health::Health;
use crate::sent::Text;

/// Puts them into the document.
pub fn all(api: &mut Api) {
    api.list::<StatementHit>("/statements", "Who said what: a search", &Among::Statements.parameters());
    api.reading::<Text, Record>("/read", "Read a text: its record, as `onrecord read` writes it. Nothing is kept");
    api.one::<Health>("/healthz", "Whether the server is there and its store can be read; needs no token");
    api.description("/openapi.json", "This document");
}
