//! The article itself as a row, with the whole record beside it.

use onrecord::Record;
use sha2::{Digest, Sha256};

use super::{Named, Value, maybe, spans, text, texts, whole};
use crate::article::Article;
use crate::dates;
use crate::formats::Options;
use crate::permalinks::{Item, hex};

pub fn row(article: &Article, options: &Options) -> Named {
    let record = article.record;
    let document = &record.document;
    let published = document.published_at.as_deref();
    vec![
        ("document_id", text(article.id())),
        ("document", text(&document.id)),
        ("permalink", text(options.base.permalink(Item::Document, article.id()))),
        ("url", maybe(document.url.as_deref())),
        ("outlet", maybe(document.outlet.as_deref())),
        ("title", maybe(document.title.as_deref())),
        ("bylines", texts(document.bylines.iter().map(String::as_str))),
        ("published_at", maybe(published)),
        ("published_at_basis", maybe(document.published_at_basis.as_deref())),
        ("published_utc", published.and_then(dates::instant).map_or(Value::Null, Value::Instant)),
        ("language", text(&document.language)),
        ("text", text(&document.text)),
        ("text_sha256", text(hex(&Sha256::digest(&document.text)))),
        ("chars", whole(article.chars())),
        ("paragraphs", spans(&document.paragraphs)),
        ("sentences", spans(&document.sentences)),
        ("entities", whole(record.entities.len())),
        ("statements", whole(record.statements.len())),
        ("events", whole(record.events.len())),
        ("engine", text(&record.engine)),
        ("model", text(&record.model)),
        ("record", text(without_text(record))),
    ]
}

/// The record as JSON with an empty text: that is in a column of its own.
fn without_text(record: &Record) -> String {
    let mut json = serde_json::to_value(record).unwrap_or_default();
    if let Some(text) = json.pointer_mut("/document/text") {
        *text = serde_json::Value::String(String::new());
    }
    json.to_string()
}
