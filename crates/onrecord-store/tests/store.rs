//! A store as a program uses it: what goes in comes out, again and again.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod articles;

use articles::{examples, invented};
use onrecord_store::{NewDocument, Outcome, Store, StoreError, Withdrawal};

const NOW: &str = "2026-03-12T09:00:00Z";

fn new_store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("news.onrecord")).unwrap();
    (folder, store)
}

fn check_sound(store: &Store) {
    let reading = store.readers().get(None).unwrap();
    let integrity: String = reading.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(integrity, "ok");
    let broken: Vec<String> = reading
        .prepare("PRAGMA foreign_key_check")
        .unwrap()
        .query_map([], |row| Ok(format!("{}: row {:?}", row.get::<_, String>(0)?, row.get::<_, Option<i64>>(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(broken, Vec::<String>::new(), "rows that point at nothing");
    let writer = rusqlite::Connection::open(store.path()).unwrap();
    for table in ["documents", "statements", "events"] {
        let check = format!("INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('integrity-check', 1)");
        writer.execute_batch(&check).unwrap_or_else(|error| panic!("{table}_fts: {error}"));
    }
}

#[test]
fn a_record_comes_back_byte_for_byte() {
    let (_folder, store) = new_store();
    let mut writer = store.writer().unwrap();
    let records: Vec<_> = examples().into_iter().chain([invented("Ada Holm", "The quay is closed")]).collect();
    let ids: Vec<String> =
        records.iter().map(|record| writer.add(&NewDocument::new(record.clone(), NOW)).unwrap().id).collect();
    writer.commit().unwrap();
    for (record, id) in records.iter().zip(&ids) {
        let back = store.record(id).unwrap().unwrap();
        assert_eq!(serde_json::to_string(&back).unwrap(), serde_json::to_string(record).unwrap());
    }
    check_sound(&store);
}

#[test]
fn a_statement_is_found_by_words_and_its_permalink_leads_to_the_article() {
    let (_folder, store) = new_store();
    let mut writer = store.writer().unwrap();
    let record = invented("Ada Holm", "The quay is closed");
    writer.add(&NewDocument::new(record.clone(), NOW)).unwrap();
    writer.commit().unwrap();
    let reading = store.readers().get(None).unwrap();
    let sql = "SELECT id, content, speaker FROM said WHERE number IN (SELECT rowid FROM statements_fts WHERE statements_fts MATCH 'quay')";
    let row = |row: &rusqlite::Row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?));
    let (id, content, speaker) = reading.query_row(sql, [], row).unwrap();
    assert_eq!((content.as_str(), speaker.as_str()), ("“The quay is closed”", "Ada Holm"));
    assert_eq!(store.record(&id).unwrap(), Some(record), "the permalink of a statement begins with its document's");
    assert_eq!(store.record("nothing").unwrap(), None);
    assert_eq!(store.record("aaaaaaaaaaaaaaaaaaaa").unwrap(), None);
}

#[test]
fn the_same_material_again_does_nothing() {
    let (_folder, store) = new_store();
    let mut writer = store.writer().unwrap();
    let document = NewDocument::new(invented("Ada Holm", "The quay is closed"), NOW);
    assert_eq!(writer.add(&document).unwrap().outcome, Outcome::New);
    writer.commit().unwrap();
    let before = dump(&store);
    assert_eq!(writer.add(&document).unwrap().outcome, Outcome::Known);
    writer.commit().unwrap();
    assert_eq!(dump(&store), before);
}

#[test]
fn a_text_under_another_address_and_another_text_under_the_same_are_told_apart() {
    let (_folder, store) = new_store();
    let mut writer = store.writer().unwrap();
    let mut document = NewDocument::new(invented("Ada Holm", "The quay is closed"), NOW);
    document.record.document.url = Some("https://harbour.example/quay".to_owned());
    assert_eq!(writer.add(&document).unwrap().outcome, Outcome::New);
    let mut elsewhere = document.clone();
    elsewhere.record.document.url = Some("https://gazette.example/1".to_owned());
    assert_eq!(writer.add(&elsewhere).unwrap().outcome, Outcome::SeenElsewhere);
    let mut changed = NewDocument::new(invented("Ada Holm", "The quay is open"), NOW);
    changed.canonical_url = Some("https://harbour.example/quay".to_owned());
    assert_eq!(writer.add(&changed).unwrap().outcome, Outcome::NewVersion);
    writer.commit().unwrap();
    check_sound(&store);
}

#[test]
fn what_is_not_committed_was_never_there() {
    let (_folder, store) = new_store();
    let before = dump(&store);
    let mut writer = store.writer().unwrap();
    writer.add(&NewDocument::new(invented("Ada Holm", "The quay is closed"), NOW)).unwrap();
    drop(writer);
    assert_eq!(dump(&store), before);
    let mut writer = store.writer().unwrap();
    writer.add(&NewDocument::new(invented("Ada Holm", "The quay is closed"), NOW)).unwrap();
    writer.roll_back().unwrap();
    writer.commit().unwrap();
    assert_eq!(dump(&store), before);
}

#[test]
fn what_is_withdrawn_leaves_nothing_and_does_not_come_back() {
    let (_folder, store) = new_store();
    let mut writer = store.writer().unwrap();
    let kept = NewDocument::new(invented("Jon Reed", "Nobody saw the boat"), NOW);
    let document = NewDocument::new(invented("Ada Holm", "The quay is closed"), NOW);
    writer.add(&kept).unwrap();
    let id = writer.add(&document).unwrap().id;
    let withdrawal = Withdrawal { who: "desk".to_owned(), why: "by order of a court".to_owned(), at: NOW.to_owned() };
    assert!(writer.delete(&id, &withdrawal).unwrap(), "also in the batch in which it came");
    assert!(!writer.delete(&id, &withdrawal).unwrap());
    assert_eq!(writer.add(&document).unwrap().outcome, Outcome::Withdrawn);
    writer.commit().unwrap();
    assert_eq!(store.record(&id).unwrap(), None);
    let left = dump(&store);
    assert!(!left.iter().any(|row| row.contains("quay is closed")), "{left:#?}");
    assert!(left.iter().any(|row| row.contains("Nobody saw the boat")));
    check_sound(&store);
}

#[test]
fn a_newer_reading_takes_the_place_of_an_older_one() {
    let (_folder, store) = new_store();
    let mut writer = store.writer().unwrap();
    let old = invented("Ada Holm", "The quay is closed");
    let id = writer.add(&NewDocument::new(old.clone(), NOW)).unwrap().id;
    writer.commit().unwrap();
    let mut new = old;
    new.engine = "9.9.9".to_owned();
    new.statements.clear();
    new.events.clear();
    let added = writer.replace(&NewDocument::new(new.clone(), NOW)).unwrap();
    writer.commit().unwrap();
    assert_eq!((added.outcome, &added.id), (Outcome::Replaced, &id));
    assert_eq!(store.record(&id).unwrap(), Some(new));
    check_sound(&store);
}

#[test]
fn another_file_and_a_newer_store_are_refused_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at("notes.txt"), "This is a list of things to do, and no database. ".repeat(40)).unwrap();
    assert!(matches!(Store::open(at("notes.txt")), Err(StoreError::Foreign(_))));
    rusqlite::Connection::open(at("other.db")).unwrap().execute_batch("CREATE TABLE a (b)").unwrap();
    assert!(matches!(Store::open(at("other.db")), Err(StoreError::Foreign(_))));
    assert!(matches!(Store::open(at("none")), Err(StoreError::Missing(_))));
    drop(Store::create(at("news")).unwrap());
    assert!(matches!(Store::create(at("news")), Err(StoreError::Exists(_))));
    rusqlite::Connection::open(at("news")).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let refused = Store::open(at("news")).unwrap_err().to_string();
    assert!(
        refused.ends_with("has format 99, which a newer onrecord made; this one reads formats up to 1"),
        "{refused}"
    );
}

#[test]
fn a_reader_cannot_write_and_stops_in_time() {
    let (_folder, store) = new_store();
    let reading = store.readers().get(Some(std::time::Duration::from_millis(30))).unwrap();
    assert!(reading.execute("DELETE FROM documents", []).is_err());
    let endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    let stopped = reading.query_row(endless, [], |row| row.get::<_, i64>(0)).unwrap_err();
    assert_eq!(stopped.sqlite_error_code(), Some(rusqlite::ErrorCode::OperationInterrupted));
}

/// Every row of every table that people read, as text.
fn dump(store: &Store) -> Vec<String> {
    let reading = store.readers().get(None).unwrap();
    let tables =
        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE '%\\_fts%' ESCAPE '\\'";
    let tables: Vec<String> =
        reading.prepare(tables).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut rows = Vec::new();
    for table in tables {
        let mut statement = reading.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = statement.column_count();
        let mut found = statement.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            let values: Vec<String> = (0..columns)
                .map(|at| match row.get_ref(at).unwrap() {
                    rusqlite::types::ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                    other => format!("{other:?}"),
                })
                .collect();
            rows.push(format!("{table}: {}", values.join(" | ")));
        }
    }
    rows
}
