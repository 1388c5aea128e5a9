//! Formats that are several files: what is written comes back.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;

use onrecord::Record;
use onrecord_tables::formats::{Folder, FolderFormat, Options, export_folder};
use serde_json::Value;
use sha2::{Digest, Sha256};

fn record() -> Record {
    serde_json::from_str(include_str!("fixture/harbour.jsonl")).unwrap()
}

fn write(format: FolderFormat, records: &[Record], path: &Path) {
    let records = records.iter().cloned().map(Ok).chain([Err("a line that is no record")]);
    let mut failed = Vec::new();
    export_folder(records, format, &Options::default(), path, |failure| failed.push(failure)).unwrap();
    assert_eq!(failed, ["a line that is no record"]);
}

/// The manifest, whose hashes and lengths are those of the files.
fn manifest(path: &Path) -> Vec<(String, u64)> {
    let manifest: Value = serde_json::from_slice(&fs::read(path.join("_manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["offset_unit"], "codepoint");
    let files = manifest["files"].as_array().unwrap().iter();
    files
        .map(|file| {
            let name = file["name"].as_str().unwrap();
            let bytes = fs::read(path.join(name)).unwrap();
            let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!((&file["bytes"], &file["sha256"]), (&Value::from(bytes.len()), &Value::from(hash)), "{name}");
            (name.to_owned(), file["rows"].as_u64().unwrap())
        })
        .collect()
}

#[test]
fn a_folder_that_has_files_is_left_alone() {
    let desk = tempfile::tempdir().unwrap();
    fs::write(desk.path().join("mine.txt"), "mine").unwrap();
    let error = Folder::new(FolderFormat::Brat, &Options::default(), desk.path()).unwrap_err().to_string();
    assert_eq!(error, format!("{} is not empty; name a folder that is new", desk.path().display()));
}

#[test]
fn csv_is_a_file_for_each_table_with_a_manifest() {
    let desk = tempfile::tempdir().unwrap();
    write(FolderFormat::Csv, &[record(), record()], desk.path());
    let rows = [("documents", 2), ("statements", 6), ("events", 6), ("event_mentions", 8), ("entities", 12)];
    assert_eq!(manifest(desk.path()), rows.map(|(table, rows)| (format!("{table}.csv"), rows)));
}

#[test]
fn brat_offsets_are_those_of_its_text_file_and_no_span_holds_a_line_end() {
    let desk = tempfile::tempdir().unwrap();
    let path = desk.path().join("new/brat");
    write(FolderFormat::Brat, &[record(), record()], &path);
    let mut names: Vec<String> =
        fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let texts: Vec<&String> = names.iter().filter(|name| name.ends_with(".txt")).collect();
    assert!(texts.iter().all(|name| name.starts_with("harbour_17__")) && texts.len() == 2, "{names:?}");
    let text = fs::read_to_string(path.join(texts[0])).unwrap();
    assert_eq!(text, record().document.text);
    let chars: Vec<char> = text.chars().collect();
    let annotations = fs::read_to_string(path.join(texts[0].replace(".txt", ".ann"))).unwrap();
    let mut quotes = Vec::new();
    for line in annotations.lines().filter(|line| line.starts_with('T')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [_, place, words] = cells.as_slice() else { panic!("{line}") };
        let (kind, spans) = place.split_once(' ').unwrap();
        let piece = |span: &str| {
            let (start, end) = span.split_once(' ').unwrap();
            chars[start.parse().unwrap()..end.parse().unwrap()].iter().collect::<String>()
        };
        let pieces: Vec<String> = spans.split(';').map(piece).collect();
        assert_eq!(pieces.join(" "), *words, "{line}");
        if kind == "QUOTE" {
            quotes.push(pieces);
        }
    }
    let expected = [
        vec!["“The harbour 🌊 is open,”", "“and, =2+2, it stays open.”"],
        vec!["that Kenya had shelled the port"],
        vec!["“We came with our families 👨\u{200d}👩\u{200d}👧.", "“We leave with nothing,”"],
    ];
    assert_eq!(quotes, expected);
    assert!(annotations.contains("\tSays Arg1:T1 Arg2:T3\n"), "{annotations}");
    let configuration = fs::read_to_string(path.join("annotation.conf")).unwrap();
    for kind in annotations.lines().filter_map(|line| line.split('\t').nth(1)?.split([' ', ':']).next()) {
        let is_named = configuration.contains(kind) || ["Reference", "AnnotatorNotes"].contains(&kind);
        assert!(is_named, "{kind} is not in annotation.conf");
    }
}

#[cfg(feature = "parquet")]
mod parquet {
    use onrecord_tables::formats::{FolderFormat, Options};
    use onrecord_tables::parquet::{BATCH_ROWS, Records, Rows};
    use onrecord_tables::tables::{self, Table};

    use super::{manifest, record, write};

    #[test]
    fn rows_and_records_come_back_as_they_were() {
        let desk = tempfile::tempdir().unwrap();
        let mut other = record();
        other.document.id = "another".to_owned();
        other.document.published_at = None;
        let records = [record(), other];
        write(FolderFormat::Parquet, &records, desk.path());
        for table in Table::ALL {
            let back: Vec<_> = Rows::open(table, desk.path()).unwrap().map(Result::unwrap).collect();
            let there: Vec<_> =
                records.iter().flat_map(|record| tables::rows(table, record, &Options::default())).collect();
            assert_eq!(back, there, "{table:?}");
        }
        let back: Vec<_> = Records::open(desk.path()).unwrap().map(Result::unwrap).collect();
        assert_eq!(back, records);
        let rows = [("documents", 2), ("statements", 6), ("events", 6), ("event_mentions", 8), ("entities", 12)];
        assert_eq!(manifest(desk.path()), rows.map(|(table, rows)| (format!("{table}.parquet"), rows)));
    }

    #[test]
    fn many_batches_are_one_table() {
        let desk = tempfile::tempdir().unwrap();
        let many = vec![record(); BATCH_ROWS / 6 + 2];
        write(FolderFormat::Parquet, &many, desk.path());
        let entities = Rows::open(Table::Entities, desk.path()).unwrap();
        let names: Vec<_> = entities.map(|row| row.unwrap()[5].clone()).collect();
        let expected: Vec<_> = many
            .iter()
            .flat_map(|record| &record.entities)
            .map(|entity| tables::Value::Text(entity.name.clone()))
            .collect();
        assert_eq!(names, expected);
    }

    #[test]
    fn nothing_gives_empty_tables() {
        let desk = tempfile::tempdir().unwrap();
        write(FolderFormat::Parquet, &[], desk.path());
        assert_eq!(Records::open(desk.path()).unwrap().count(), 0);
        assert!(Rows::open(Table::Events, desk.path()).unwrap().next().is_none());
    }

    #[test]
    fn what_is_no_parquet_is_told() {
        let desk = tempfile::tempdir().unwrap();
        std::fs::write(desk.path().join("documents.parquet"), "no").unwrap();
        let error = Records::open(desk.path()).unwrap_err().to_string();
        assert!(error.starts_with(&desk.path().join("documents.parquet").display().to_string()), "{error}");
        assert!(Rows::open(Table::Events, desk.path()).unwrap_err().to_string().contains("events.parquet: "));
    }
}
