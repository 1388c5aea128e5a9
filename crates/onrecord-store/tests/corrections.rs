//! Corrections as a desk makes them: seen at once, kept through new readings, carried to other stores, taken back.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod articles;

use articles::{invented, spoken};
use onrecord::record::{CharSpan, Kind, Status};
use onrecord_store::corrections::{Change, Correction, Edit, NewCorrection, Speaker};
use onrecord_store::{NewDocument, Store, StoreError, Writer};

const NOW: &str = "2026-03-12T09:00:00Z";

fn new_store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("news.onrecord")).unwrap();
    (folder, store)
}

fn check_sound(store: &Store) {
    let connection = rusqlite::Connection::open(store.path()).unwrap();
    let integrity: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(integrity, "ok");
    for table in ["documents", "statements", "events"] {
        let check = format!("INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('integrity-check', 1)");
        connection.execute_batch(&check).unwrap_or_else(|error| panic!("{table}_fts: {error}"));
    }
}

fn correction(item: &str, change: Change) -> NewCorrection {
    NewCorrection { item: item.to_owned(), change, who: "desk".to_owned(), at: NOW.to_owned(), why: None }
}

fn correct(writer: &mut Writer, item: &str, change: Change) -> Correction {
    let entry = writer.correct(&correction(item, change)).unwrap();
    writer.commit().unwrap();
    entry
}

/// The permalink, the words, the speaker and the status of every statement, as people look them up.
fn said(store: &Store) -> Vec<(String, String, Option<String>, Option<String>)> {
    let reading = store.readers().get(None).unwrap();
    let mut statement = reading.prepare("SELECT id, content, speaker, status FROM said ORDER BY number").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

fn one(store: &Store) -> (String, String, Option<String>, Option<String>) {
    said(store).remove(0)
}

#[test]
fn a_word_of_a_person_is_seen_at_once_and_what_was_read_stays_beside_it() {
    let (_folder, store) = new_store();
    let mut writer = store.writer().unwrap();
    let read = invented("Ada Holm", "The quay is closed");
    writer.add(&NewDocument::new(read.clone(), NOW)).unwrap();
    writer.commit().unwrap();
    let item = one(&store).0;
    let entry = correct(&mut writer, &item, Change::Reject);
    assert_eq!(one(&store).3.as_deref(), Some("rejected"));
    let record = store.record(&item).unwrap().unwrap();
    let review = record.statements[0].review.clone().unwrap();
    assert_eq!((review.status, review.corrections), (Some(Status::Rejected), vec![entry.id]));
    assert_eq!(store.record_as_read(&item).unwrap(), Some(read));
    correct(&mut writer, &item, Change::Reopen);
    assert_eq!(one(&store).3, None);
    check_sound(&store);
}

#[test]
fn new_words_and_another_speaker_are_found_under_the_old_permalink() {
    let (_folder, store) = new_store();
    let mut writer = store.writer().unwrap();
    writer.add(&NewDocument::new(invented("Ada Holm", "The quay is closed, the ferry runs"), NOW)).unwrap();
    writer.commit().unwrap();
    let item = one(&store).0;
    let content = Some(vec![CharSpan { start: 1, end: 19 }]);
    correct(&mut writer, &item, Change::Edit(Edit { content, ..Edit::default() }));
    let reed = Speaker { name: "Jon Reed".to_owned(), kind: Kind::Person, country: None, sector: None };
    correct(&mut writer, &item, Change::Attribute(vec![reed]));
    let expected = (item, "The quay is closed".to_owned(), Some("Jon Reed".to_owned()), Some("edited".to_owned()));
    assert_eq!(said(&store), [expected]);
    let reading = store.readers().get(None).unwrap();
    let hits = |word: &str| {
        let sql = "SELECT count(*) FROM statements_fts WHERE statements_fts MATCH 'content:' || ?";
        reading.query_row(sql, [word], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert_eq!((hits("quay"), hits("ferry")), (1, 0), "words are looked for where they are now");
    check_sound(&store);
}

#[test]
fn corrections_are_put_on_a_newer_reading_at_the_same_words() {
    let (_folder, store) = new_store();
    let mut writer = store.writer().unwrap();
    let old = invented("Ada Holm", "The quay is closed");
    writer.add(&NewDocument::new(old.clone(), NOW)).unwrap();
    writer.commit().unwrap();
    let entry = correct(&mut writer, &one(&store).0, Change::Accept);
    let mut new = old;
    new.engine = "9.9.9".to_owned();
    new.statements[0].content.spans[0].start += 1;
    writer.replace(&NewDocument::new(new.clone(), NOW)).unwrap();
    writer.commit().unwrap();
    let (item, words, _, status) = one(&store);
    assert_ne!(item, entry.item, "other words have another permalink");
    assert_eq!((words.as_str(), status.as_deref()), ("The quay is closed”", Some("accepted")));
    assert_eq!(store.record_as_read(&item).unwrap(), Some(new.clone()));
    new.statements.clear();
    writer.replace(&NewDocument::new(new, NOW)).unwrap();
    writer.commit().unwrap();
    assert_eq!(store.corrections(None).unwrap(), [entry], "nothing fits any more, and the log keeps it");
    check_sound(&store);
}

#[test]
fn what_is_undone_does_not_count_until_that_is_undone() {
    let (_folder, store) = new_store();
    let mut writer = store.writer().unwrap();
    writer.add(&NewDocument::new(invented("Ada Holm", "The quay is closed"), NOW)).unwrap();
    writer.commit().unwrap();
    let item = one(&store).0;
    let accepted = correct(&mut writer, &item, Change::Accept);
    let undone = correct(&mut writer, &accepted.id, Change::Undo);
    assert_eq!(one(&store).3, None);
    let redone = correct(&mut writer, &undone.id, Change::Undo);
    assert_eq!(one(&store).3.as_deref(), Some("accepted"));
    let refused = writer.correct(&correction(&redone.id, Change::Undo)).unwrap_err().to_string();
    assert!(refused.ends_with("takes back a taking back; make the correction again"), "{refused}");
}

#[test]
fn a_log_goes_to_another_store_before_or_after_the_articles_and_comes_in_once() {
    let articles = [invented("Ada Holm", "The quay is closed"), invented("Jon Reed", "Nobody saw the boat")];
    let (_folder, store) = new_store();
    let mut writer = store.writer().unwrap();
    for article in &articles {
        writer.add(&NewDocument::new(article.clone(), NOW)).unwrap();
    }
    writer.commit().unwrap();
    let items: Vec<String> = said(&store).into_iter().map(|(id, ..)| id).collect();
    let reject = correct(&mut writer, &items[0], Change::Reject);
    correct(&mut writer, &items[1], Change::Attribute(Vec::new()));
    correct(&mut writer, &reject.id, Change::Undo);
    let log: Vec<String> =
        store.corrections(None).unwrap().iter().map(|entry| serde_json::to_string(entry).unwrap()).collect();
    let (_folder, other) = new_store();
    let mut writer = other.writer().unwrap();
    let replay = |writer: &mut Writer, line: &String| writer.replay(&serde_json::from_str(line).unwrap()).unwrap();
    writer.add(&NewDocument::new(articles[0].clone(), NOW)).unwrap();
    assert!(log.iter().all(|line| replay(&mut writer, line)));
    writer.add(&NewDocument::new(articles[1].clone(), NOW)).unwrap();
    assert!(!log.iter().any(|line| replay(&mut writer, line)), "the second time nothing is new");
    writer.commit().unwrap();
    assert_eq!(said(&other), said(&store));
    assert_eq!(one(&other).3, None);
    assert_eq!(other.corrections(None).unwrap(), store.corrections(None).unwrap());
    let altered = log[0].replace("\"desk\"", "\"boss\"");
    assert!(matches!(writer.replay(&serde_json::from_str(&altered).unwrap()), Err(StoreError::Correction(_))));
    check_sound(&other);
}

#[test]
fn what_does_not_fit_is_refused_with_the_reason() {
    let (_folder, store) = new_store();
    let mut writer = store.writer().unwrap();
    writer.add(&NewDocument::new(invented("Ada Holm", "The quay is closed"), NOW)).unwrap();
    writer.commit().unwrap();
    let item = one(&store).0;
    let mut refused = |item: &str, change| writer.correct(&correction(item, change)).unwrap_err().to_string();
    let spans = |start, end| Some(vec![CharSpan { start, end }]);
    assert_eq!(refused("aaaaaaaaaaaaaaaaaa", Change::Accept), "no statement or event aaaaaaaaaaaaaaaaaa");
    let past = Edit { content: spans(5, 900), ..Edit::default() };
    let why = refused(&item, Change::Edit(past));
    assert!(why.starts_with("the span 5-900 is empty, out of order or past the text of "), "{why}");
    let trigger = Edit { trigger: spans(0, 2), ..Edit::default() };
    assert_eq!(refused(&item, Change::Edit(trigger)), "a statement has source, cue and content, an event a trigger");
    assert_eq!(refused(&item, Change::Merge("nobody".to_owned())), format!("no subject {item}"));
    assert_eq!(store.corrections(None).unwrap(), []);
}

#[test]
fn who_is_one_is_for_a_person_to_say() {
    let (_folder, store) = new_store();
    let mut writer = store.writer().unwrap();
    let articles = [
        spoken("Ada Holm", "harbour master", Some("NZ"), "The quay is closed", "Harbour Post", "2026-03-11"),
        spoken("Addie Quist", "captain", Some("NZ"), "The quay is open", "Harbour Post", "2026-03-12"),
    ];
    for article in articles {
        writer.add(&NewDocument::new(article, NOW)).unwrap();
    }
    writer.commit().unwrap();
    let subject = |name: &str| {
        let reading = store.readers().get(None).unwrap();
        reading.query_row("SELECT id FROM subjects WHERE name = ?", [name], |row| row.get::<_, String>(0)).unwrap()
    };
    let speakers = || said(&store).into_iter().map(|(_, _, speaker, _)| speaker.unwrap()).collect::<Vec<_>>();
    let merged = correct(&mut writer, &subject("Addie Quist"), Change::Merge(subject("Ada Holm")));
    assert_eq!(speakers(), ["Ada Holm", "Ada Holm"]);
    writer.add(&NewDocument::new(spoken("Ada Holm", "", None, "It rains", "Post", "2026-03-13"), NOW)).unwrap();
    writer.commit().unwrap();
    assert_eq!(speakers()[..2], ["Ada Holm", "Ada Holm"], "also after more has come of her name");
    correct(&mut writer, &merged.id, Change::Undo);
    assert_eq!(speakers()[..2], ["Ada Holm", "Addie Quist"]);
    check_sound(&store);
}
