//! Who is who across articles.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod articles;

use articles::spoken;
use onrecord::Record;
use onrecord_store::search::{self, Query};
use onrecord_store::{NewDocument, Store, views};

const NOW: &str = "2026-03-12T09:00:00Z";

fn said(name: &str, role: &str, country: Option<&str>, said: &str) -> Record {
    spoken(name, role, country, said, "Gazette", "2026-03-11")
}

/// Who speaks how often, with those who are held to be one counted as one; the records are put in one batch each, in the given order.
fn speakers(records: &[&Record]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("news.onrecord")).unwrap();
    for record in records {
        let mut writer = store.writer().unwrap();
        writer.add(&NewDocument::new((*record).clone(), NOW)).unwrap();
        writer.commit().unwrap();
    }
    let reading = store.readers().get(None).unwrap();
    let page = search::statements(&reading, &Query::default()).unwrap();
    let facet = page.facets.into_iter().find(|facet| facet.field == "speaker").unwrap();
    let mut speakers: Vec<String> =
        facet.values.iter().map(|value| format!("{} {}", value.label, value.count)).collect();
    speakers.sort();
    speakers
}

fn check(records: &[Record], expected: &[&str]) {
    let forwards: Vec<&Record> = records.iter().collect();
    assert_eq!(speakers(&forwards), expected);
    let backwards: Vec<&Record> = records.iter().rev().collect();
    assert_eq!(speakers(&backwards), expected, "in the other order");
}

#[test]
fn spellings_and_fuller_names_of_one_person_are_one() {
    check(
        &[
            said("Pyotr Sidorenko", "defence minister", Some("UA"), "We hold the line"),
            said("Petro Sidorenko", "minister", Some("UA"), "We shall hold it"),
            said("P. Sidorenko", "defence minister", Some("UA"), "It held"),
            said("Sidorenko", "defence minister", Some("UA"), "It will hold"),
        ],
        &["Petro Sidorenko 4"],
    );
}

#[test]
fn people_of_one_name_with_other_countries_or_roles_stay_apart() {
    check(
        &[
            said("John Marsh", "goalkeeper", Some("IE"), "It was a hard match"),
            said("John Marsh", "senator", Some("US"), "I shall vote no"),
        ],
        &["John Marsh 1", "John Marsh 1"],
    );
    check(
        &[
            said("John Marsh", "goalkeeper", None, "It was a hard match"),
            said("John Marsh", "senator", Some("US"), "I shall vote no"),
        ],
        &["John Marsh 1", "John Marsh 1"],
    );
}

#[test]
fn who_could_be_either_stays_apart_whatever_comes_first() {
    check(
        &[
            said("Marta Ruiz", "mayor", Some("PE"), "The bridge is safe"),
            said("Mona Ruiz", "mayor", Some("PE"), "The bridge is not safe"),
            said("M. Ruiz", "mayor", Some("PE"), "The bridge is there"),
            said("Ruiz", "mayor", Some("PE"), "The bridge is old"),
        ],
        &["M. Ruiz 1", "Marta Ruiz 1", "Mona Ruiz 1", "Ruiz 1"],
    );
}

#[test]
fn the_same_name_without_a_country_is_one_where_nothing_speaks_against_it() {
    check(
        &[
            said("Ada Holm", "harbour master", Some("NZ"), "The quay is closed"),
            said("Ada Holm", "harbour master", None, "The quay is open"),
        ],
        &["Ada Holm 2"],
    );
}

#[test]
fn a_subject_tells_who_was_merged_and_why_and_days_and_places_are_listed() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("news.onrecord")).unwrap();
    let mut writer = store.writer().unwrap();
    for record in [
        said("Ada Holm", "harbour master", Some("NZ"), "The quay is closed"),
        said("Holm", "harbour master", Some("NZ"), "The quay is open"),
    ] {
        writer.add(&NewDocument::new(record, NOW)).unwrap();
    }
    writer.commit().unwrap();
    let reading = store.readers().get(None).unwrap();
    let found = views::find(&reading, "Holm").unwrap();
    let names: Vec<&str> = found.iter().map(|subject| subject.name.as_str()).collect();
    assert_eq!(names, ["Ada Holm"]);
    let merged = &found[0].merged[0];
    assert_eq!(
        (merged.name.as_str(), merged.because.as_str()),
        ("Holm", "names of one person, both NZ, both “harbour”")
    );
    assert_eq!(
        views::subject(&reading, &merged.id).unwrap().as_ref(),
        Some(&found[0]),
        "its permalink leads to the one"
    );
    assert_eq!((found[0].statements, found[0].documents), (2, 2));
    assert_eq!(found[0].roles, ["harbour master"]);
    let places = views::places(&reading, Some("NZ")).unwrap();
    assert_eq!((places[0].name.as_str(), places[0].mentions), ("Lyttelton", 2));
    let stats = views::stats(&reading, 5).unwrap();
    assert_eq!((stats.documents, stats.statements, stats.events, stats.subjects), (2, 2, 0, 1));
}

#[test]
fn who_a_person_sets_apart_stays_apart() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("news.onrecord")).unwrap();
    let mut writer = store.writer().unwrap();
    let add = |writer: &mut onrecord_store::Writer, record| {
        writer.add(&NewDocument::new(record, NOW)).unwrap();
        writer.commit().unwrap();
    };
    add(&mut writer, said("Ada Holm", "harbour master", Some("NZ"), "The quay is closed"));
    add(&mut writer, said("Holm", "harbour master", Some("NZ"), "The quay is open"));
    let reading = store.readers().get(None).unwrap();
    let other = views::find(&reading, "Holm").unwrap()[0].merged[0].id.clone();
    writer.set_apart(&other, "desk", "the sister", NOW).unwrap();
    writer.commit().unwrap();
    assert_eq!(views::find(&reading, "Holm").unwrap().len(), 2);
    add(&mut writer, said("Holm", "pilot of the harbour", Some("NZ"), "The quay is wet"));
    assert_eq!(views::find(&reading, "Holm").unwrap().len(), 2, "and what comes later does not undo it");
}
