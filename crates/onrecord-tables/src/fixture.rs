//! The record that tests write: of an invented article with characters of four bytes, an Arabic name, an accent apart from its letter, a family of five code points,
//! CRLF, and a quotation over two paragraphs.

use onrecord::Record;

/// The record of `tests/fixture`.
pub fn record() -> Record {
    serde_json::from_str(include_str!("../tests/fixture/harbour.jsonl")).unwrap()
}
