//! Entries → CSV (RFC 4180), one a line, safe to open in a spreadsheet.

use super::Entry;

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
        let cells = cells(entry);
        let line: Vec<String> = cells.iter().map(|text| cell(text)).collect();
        table.push_str(&line.join(","));
        table.push_str("\r\n");
    }
    table
}

fn cells(entry: &Entry) -> [String; 17] {
    let Entry { when, statement, sentence, document } = entry;
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

fn cell(text: &str) -> String {
    let guarded = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() };
    if guarded.contains([',', '"', '\n', '\r']) { format!("\"{}\"", guarded.replace('"', "\"\"")) } else { guarded }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn cells_are_quoted_and_guarded() {
        assert_eq!(cell("plain"), "plain");
        assert_eq!(cell("a, “b”"), "\"a, “b”\"");
        assert_eq!(cell("a \"b\""), "\"a \"\"b\"\"\"");
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("@holm, ha"), "\"'@holm, ha\"");
    }
}
