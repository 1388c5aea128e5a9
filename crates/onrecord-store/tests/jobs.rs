//! A run that goes on where it stopped, and what it could not read.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod articles;

use articles::invented;
use onrecord_store::jobs::{Counts, Failure, InputFile, NewJob, ReadBy, SeenFeed, Sighting, Standing, State};
use onrecord_store::{NewDocument, Outcome, Store, Withdrawal};

const NOW: &str = "2026-03-12T09:00:00Z";
const LATER: &str = "2026-03-12T10:00:00Z";

fn new_store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("news.onrecord")).unwrap();
    (folder, store)
}

fn archive(now: &str) -> NewJob {
    NewJob { kind: "add".to_owned(), source: "/archive/march.warc".to_owned(), options: None, now: now.to_owned() }
}

fn read_to(position: u64, is_finished: bool) -> InputFile {
    InputFile { path: "/archive/march.warc".to_owned(), size: 900, modified: 17, position, is_finished }
}

#[test]
fn documents_and_position_are_kept_together_or_not_at_all() {
    let (_folder, store) = new_store();
    let mut writer = store.writer().unwrap();
    let job = writer.begin_job(&archive(NOW)).unwrap();
    writer.add(&NewDocument::new(invented("Ada Holm", "The quay is closed"), NOW)).unwrap();
    writer.note_input(&job.id, &read_to(1, false), NOW).unwrap();
    writer.commit().unwrap();
    let lost = invented("Jon Reed", "Nobody saw the boat");
    writer.add(&NewDocument::new(lost.clone(), NOW)).unwrap();
    writer.note_input(&job.id, &read_to(2, false), NOW).unwrap();
    drop(writer);
    assert_eq!(store.input("/archive/march.warc").unwrap(), Some(read_to(1, false)));
    assert_eq!(store.standing(&lost.document.text).unwrap(), Standing::New);
}

#[test]
fn the_same_command_goes_on_with_the_run_that_did_not_finish() {
    let (_folder, store) = new_store();
    let mut writer = store.writer().unwrap();
    let job = writer.begin_job(&archive(NOW)).unwrap();
    let counts = Counts { documents: 3, added: 2, failed: 1, passed_over: 0, bytes: 900 };
    writer.note_job(&job.id, State::Running, &counts, NOW).unwrap();
    writer.commit().unwrap();
    drop(writer);
    let mut writer = store.writer().unwrap();
    let again = writer.begin_job(&archive(LATER)).unwrap();
    assert_eq!((&again.id, again.counts, again.started_at.as_str()), (&job.id, counts, NOW), "as far as it had come");
    writer.note_job(&job.id, State::Finished, &counts, LATER).unwrap();
    let anew = writer.begin_job(&archive(LATER)).unwrap();
    assert_eq!((anew.counts, anew.started_at.as_str()), (Counts::default(), LATER), "a finished run begins again");
}

#[test]
fn entries_of_a_feed_are_kept_with_their_documents_and_the_latest_are_remembered() {
    const FEED: &str = "https://courier.example/feed";
    let (_folder, store) = new_store();
    let mut writer = store.writer().unwrap();
    assert_eq!(store.seen_feed(FEED).unwrap(), SeenFeed::default());
    for name in ["a", "b", "a", "c"] {
        writer.note_entry(FEED, name, NOW).unwrap();
    }
    writer.note_entry("https://echo.example/feed", "a", NOW).unwrap();
    writer.commit().unwrap();
    let entries = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let seen = store.seen_feed(FEED).unwrap();
    assert_eq!(seen, SeenFeed { entries: entries(&["a", "b", "c"]), ..SeenFeed::default() });
    writer.note_feed(FEED, Some("v1"), None, 2, LATER).unwrap();
    writer.commit().unwrap();
    let seen = store.seen_feed(FEED).unwrap();
    assert_eq!((seen.etag.as_deref(), seen.last_modified, seen.entries), (Some("v1"), None, entries(&["b", "c"])));
    writer.add(&NewDocument::new(invented("Ada Holm", "The quay is closed"), NOW)).unwrap();
    writer.note_entry(FEED, "d", NOW).unwrap();
    writer.note_feed(FEED, None, Some("Mon, 9 Mar 2026 10:00:00 GMT"), 9, LATER).unwrap();
    drop(writer);
    assert_eq!(store.seen_feed(FEED).unwrap().entries, entries(&["b", "c"]), "what was not committed was not seen");
    assert_eq!(store.seen_feed(FEED).unwrap().etag.as_deref(), Some("v1"));
    assert_eq!(store.seen_feed("https://echo.example/feed").unwrap().entries, entries(&["a"]));
}

#[test]
fn a_failure_is_listed_until_it_is_read() {
    let (_folder, store) = new_store();
    let mut writer = store.writer().unwrap();
    let job = writer.begin_job(&archive(NOW)).unwrap();
    let failure = Failure::new("/archive/march.warc", Some(7), "too_large", "70 MiB, the limit is 64", NOW);
    writer.note_failure(&job.id, &failure).unwrap();
    writer.note_failure(&job.id, &Failure { last_at: LATER.to_owned(), ..failure.clone() }).unwrap();
    writer.commit().unwrap();
    assert_eq!(store.failures().unwrap(), [Failure { attempts: 2, last_at: LATER.to_owned(), ..failure }]);
    assert!(writer.clear_failure("/archive/march.warc", Some(7)).unwrap());
    assert!(!writer.clear_failure("/archive/march.warc", None).unwrap());
    writer.commit().unwrap();
    assert_eq!(store.failures().unwrap(), []);
}

#[test]
fn a_known_text_needs_no_reading_and_a_withdrawn_one_gets_none() {
    let (_folder, store) = new_store();
    let mut writer = store.writer().unwrap();
    let (kept, taken) = (invented("Ada Holm", "The quay is closed"), invented("Jon Reed", "Nobody saw the boat"));
    writer.add(&NewDocument::new(kept.clone(), NOW)).unwrap();
    let id = writer.add(&NewDocument::new(taken.clone(), NOW)).unwrap().id;
    let withdrawal = Withdrawal { who: "desk".to_owned(), why: "by order of a court".to_owned(), at: NOW.to_owned() };
    writer.delete(&id, &withdrawal).unwrap();
    writer.commit().unwrap();
    assert_eq!(store.standing(&kept.document.text).unwrap(), Standing::Known);
    assert_eq!(store.standing(&taken.document.text).unwrap(), Standing::Withdrawn);
    let seen = Sighting { url: Some("https://a.example/1".to_owned()), now: NOW.to_owned(), ..Sighting::default() };
    assert_eq!(writer.add_sighting(&kept.document.text, &seen).unwrap(), Some(Outcome::SeenElsewhere));
    assert_eq!(writer.add_sighting(&kept.document.text, &seen).unwrap(), Some(Outcome::Known));
    assert_eq!(writer.add_sighting(&taken.document.text, &seen).unwrap(), Some(Outcome::Withdrawn));
    assert_eq!(writer.add_sighting("Something else.", &seen).unwrap(), None);
}

#[test]
fn what_another_engine_read_is_due_until_it_is_read_again() {
    let (_folder, store) = new_store();
    let mut writer = store.writer().unwrap();
    let with = |engine: &str, said: &str| {
        let mut record = invented("Ada Holm", said);
        record.engine = engine.to_owned();
        NewDocument { origin: Some("/archive/march.warc".to_owned()), ..NewDocument::new(record, NOW) }
    };
    for (engine, said) in [("0.9.0", "It rains"), ("0.10.0", "The quay is closed"), ("0.11.0", "It floats")] {
        writer.add(&with(engine, said)).unwrap();
    }
    writer.commit().unwrap();
    let model = invented("Ada Holm", "It rains").model;
    let due = |only_older: bool| {
        let by = ReadBy { engine: "0.10.0".to_owned(), model: model.clone(), only_older };
        let due = store.read_by_others(&by, None, 9).unwrap();
        due.into_iter().map(|(_, document)| document).collect::<Vec<_>>()
    };
    assert_eq!(due(true).iter().map(|document| document.record.engine.as_str()).collect::<Vec<_>>(), ["0.9.0"]);
    assert_eq!(due(false).len(), 2, "and what a newer one has read");
    for document in due(false) {
        assert_eq!(document.origin.as_deref(), Some("/archive/march.warc"), "it is known where it came from");
        let mut record = document.record.clone();
        record.engine = "0.10.0".to_owned();
        writer.replace(&NewDocument { record, ..document }).unwrap();
    }
    writer.commit().unwrap();
    assert!(due(false).is_empty());
}
