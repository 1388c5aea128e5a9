//! Every address of the API. One call each; lists have their CSV with them.

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
