//! Entries → CSV (RFC 4180), one a line, safe to open in a spreadsheet.

use super::Entry;
use crate::formats::cells::{Cell, csv_line};

const COLUMNS: [&str; 17] = [
    "start",
    "end",
    "precision",
    "value",
    "mod",
    "words",
    "speaker",
    "act",
    "content",
    "sentence",
    "document",
    "item",
    "outlet",
    "title",
    "url",
    "published_at",
    "file",
];

/// A header and a line for each of `entries`; `end` is the day behind the last one. Cells that a spreadsheet would take for a formula have an apostrophe before them.
pub fn table(entries: &[Entry]) -> String {
    let mut table = COLUMNS.join(",") + "\r\n";
    for entry in entries {
        table.push_str(&csv_line(cells(entry).map(Cell::Words), true));
    }
    table
}

fn cells(entry: &Entry) -> [String; 17] {
    let Entry { when, statement, sentence, document, .. } = entry;
    let said = |pick: fn(&super::Said) -> &String| statement.as_ref().map(pick).cloned().unwrap_or_default();
    let known = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        when.start.clone(),
        when.end.clone(),
        format!("{:?}", when.precision).to_lowercase(),
        when.value.clone(),
        known(&when.modifier),
        when.words.clone(),
        said(|said| &said.speaker),
        said(|said| &said.act),
        said(|said| &said.content),
        sentence.clone(),
        document.id.clone(),
        entry.item().to_owned(),
        known(&document.outlet),
        known(&document.title),
        known(&document.url),
        known(&document.published_at),
        document.label.clone(),
    ]
}
