//! Where permalinks lead.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod articles;

use articles::invented;
use onrecord::Record;
use onrecord::permalinks::Permalinks;
use onrecord::record::{CharSpan, Kind};
use onrecord_store::corrections::{Change, Edit, NewCorrection, Speaker};
use onrecord_store::search::{self, Query};
use onrecord_store::{Item, NewDocument, Store, Withdrawal};
use serde_json::json;

const NOW: &str = "2026-03-12T09:00:00Z";

/// A store with `record` in it.
fn store_of(folder: &tempfile::TempDir, record: &Record) -> Store {
    let store = Store::create(folder.path().join("news.onrecord")).unwrap();
    let mut writer = store.writer().unwrap();
    writer.add(&NewDocument::new(record.clone(), NOW)).unwrap();
    writer.commit().unwrap();
    store
}

#[test]
fn a_permalink_is_known_without_a_store_and_leads_back_to_its_item() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("news.onrecord")).unwrap();
    let record = invented("Ada Holm", "The quay is closed");
    let links = Permalinks::of(&record);
    assert!(store.item(&links.document).unwrap().is_none());
    let mut writer = store.writer().unwrap();
    assert_eq!(writer.add(&NewDocument::new(record.clone(), NOW)).unwrap().id, links.document);
    writer.commit().unwrap();
    let hit = search::statements(&store.readers().get(None).unwrap(), &Query::text("quay")).unwrap().items.remove(0);
    assert_eq!(links.of_statements(&record).get("s1"), Some(&hit.id.as_str()));
    assert!(matches!(store.item(&links.document).unwrap(), Some(Item::Document)));
    assert!(matches!(store.item(&hit.id).unwrap(), Some(Item::Statement(id)) if id == "s1"));
    assert!(matches!(store.item(&hit.speakers[0].id).unwrap(), Some(Item::Subject)));
    for nothing in ["", "é", "nowhere", &hit.id[..15], "aaaaaaaaaaaaaaaaaa"] {
        assert!(store.item(nothing).unwrap().is_none(), "{nothing}");
    }
    let withdrawal = Withdrawal { who: "desk".to_owned(), why: "wrong".to_owned(), at: NOW.to_owned() };
    assert!(writer.delete(&links.document, &withdrawal).unwrap());
    writer.commit().unwrap();
    assert!(matches!(store.item(&hit.id).unwrap(), Some(Item::Withdrawn(left)) if left.why == "wrong"));
}

#[test]
fn an_entity_a_place_and_a_time_of_an_article_are_led_to() {
    let folder = tempfile::tempdir().unwrap();
    let record = invented("Ada Holm", "The quay is closed");
    let store = store_of(&folder, &record);
    let links = Permalinks::of(&record);
    assert!(matches!(store.item(&links.entities[0]).unwrap(), Some(Item::Entity(id)) if id == "e1"));
    assert!(matches!(store.item(&links.places[0]).unwrap(), Some(Item::Place(id)) if id == "p1"));
    assert!(matches!(store.item(&links.times[0]).unwrap(), Some(Item::Time(id)) if id == "t1"));
    assert!(store.item(&format!("{}aaaaa", links.document)).unwrap().is_none());
}

#[test]
fn an_event_whose_hash_a_statement_has_is_led_to_by_another_permalink() {
    let folder = tempfile::tempdir().unwrap();
    let mut record = invented("Ada Holm", "It holds");
    // Of this text the two would have the same five characters.
    record.document.text = "“It holds,” said Ada Holm.".to_owned();
    record.document.paragraphs = vec![CharSpan { start: 0, end: 26 }];
    record.document.sentences = record.document.paragraphs.clone();
    (record.entities, record.times, record.places) = (Vec::new(), Vec::new(), Vec::new());
    let said = &mut record.statements[0];
    said.source.spans = vec![CharSpan { start: 2, end: 23 }];
    said.content.spans = vec![CharSpan { start: 3, end: 19 }];
    said.cue.spans = Vec::new();
    let event = json!({
        "id": "v1", "trigger": {"spans": [[4, 17]]}, "type": "CONSULT", "mode": null, "contexts": [], "cameo": null, "quad": 1, "actors": [],
        "recipients": [], "time": null, "place": null, "polarity": "positive", "certainty": "certain", "tense": "past", "asserted_by": "document",
        "quantities": [], "confidence": 0.8, "because": {"rule": "event/said"}
    });
    record.events = vec![serde_json::from_value(event).unwrap()];
    let links = Permalinks::of(&record);
    assert_eq!((links.statements[0].as_str(), links.events[0].as_str()), ("jozkmlasuks3tydo35", "jozkmlasuks3tc4hjc"));
    let store = store_of(&folder, &record);
    assert!(matches!(store.item(&links.statements[0]).unwrap(), Some(Item::Statement(id)) if id == "s1"));
    assert!(matches!(store.item(&links.events[0]).unwrap(), Some(Item::Event(id)) if id == "v1"));
    let hits = search::events(&store.readers().get(None).unwrap(), &Query::default()).unwrap().items;
    assert_eq!(hits[0].id, links.events[0]);
}

#[test]
fn a_record_that_was_corrected_has_the_permalinks_of_what_was_read() {
    let folder = tempfile::tempdir().unwrap();
    let record = invented("Ada Holm", "The quay is closed, the ferry runs");
    let store = store_of(&folder, &record);
    let links = Permalinks::of(&record);
    let mut writer = store.writer().unwrap();
    let content = Some(vec![CharSpan { start: 1, end: 19 }]);
    let reed = Speaker { name: "Jon Reed".to_owned(), kind: Kind::Person, country: None, sector: None };
    for change in [Change::Edit(Edit { content, ..Edit::default() }), Change::Attribute(vec![reed])] {
        let item = links.statements[0].clone();
        writer.correct(&NewCorrection { item, change, who: "desk".to_owned(), at: NOW.to_owned(), why: None }).unwrap();
    }
    writer.commit().unwrap();
    let corrected = store.record(&links.document).unwrap().unwrap();
    assert_ne!(corrected.statements[0].content, record.statements[0].content);
    let mut theirs = Permalinks::of(&corrected);
    let reed = theirs.entities.pop().unwrap();
    assert_eq!(theirs, links);
    assert!(matches!(store.item(&reed).unwrap(), Some(Item::Entity(id)) if id == "e2"));
    // Taken into another store, it keeps them.
    let folder = tempfile::tempdir().unwrap();
    let other = store_of(&folder, &corrected);
    assert!(matches!(other.item(&links.statements[0]).unwrap(), Some(Item::Statement(id)) if id == "s1"));
}
