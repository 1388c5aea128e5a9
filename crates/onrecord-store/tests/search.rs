//! Searches as people make them.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod articles;

use articles::spoken;
use onrecord_store::search::{self, Happened, Order, Query};
use onrecord_store::{NewDocument, Store, StoreError, Withdrawal, views};
use proptest::prelude::*;

const NOW: &str = "2026-03-12T09:00:00Z";

fn store_of(records: &[onrecord::Record]) -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("news.onrecord")).unwrap();
    let mut writer = store.writer().unwrap();
    for record in records {
        writer.add(&NewDocument::new(record.clone(), NOW)).unwrap();
    }
    writer.commit().unwrap();
    (folder, store)
}

fn harbour() -> (tempfile::TempDir, Store) {
    store_of(&[
        spoken("Ada Holm", "harbour master", Some("NZ"), "The north quay is closed", "Harbour Post", "2026-03-09"),
        spoken("Ada Holm", "harbour master", Some("NZ"), "The north quay opens tomorrow", "Gazette", "2026-03-11"),
        spoken(
            "Jon Reed",
            "captain",
            Some("IE"),
            "Nobody told us that the quay was closed",
            "Harbour Post",
            "2026-03-10",
        ),
        spoken("Jon Reed", "captain", Some("IE"), "We sailed north", "Gazette", ""),
    ])
}

fn contents(store: &Store, query: &Query) -> Vec<String> {
    let reading = store.readers().get(None).unwrap();
    search::statements(&reading, query).unwrap().items.into_iter().map(|hit| hit.content).collect()
}

fn newest(typed: &str) -> Query {
    Query { order: Order::Newest, ..Query::text(typed) }
}

const CLOSED: &str = "“The north quay is closed”";
const OPENS: &str = "“The north quay opens tomorrow”";
const NOBODY: &str = "“Nobody told us that the quay was closed”";
const SAILED: &str = "“We sailed north”";

#[test]
fn words_phrases_prefixes_and_exclusions() {
    let (_folder, store) = harbour();
    for (typed, found) in [
        ("", vec![OPENS, NOBODY, CLOSED, SAILED]),
        ("quay", vec![OPENS, NOBODY, CLOSED]),
        ("quay closed", vec![NOBODY, CLOSED]),
        ("\"quay is closed\"", vec![CLOSED]),
        ("north -quay", vec![SAILED]),
        ("-quay", vec![SAILED]),
        ("tomo*", vec![OPENS]),
        ("holm closed", vec![CLOSED]),
        ("zeppelin", vec![]),
    ] {
        assert_eq!(contents(&store, &newest(typed)), found, "{typed}");
    }
}

#[test]
fn fields_narrow_a_search_and_are_counted() {
    let (_folder, store) = harbour();
    let by_outlet = Query { outlets: vec!["Gazette".to_owned()], ..newest("") };
    assert_eq!(contents(&store, &by_outlet), [OPENS, SAILED]);
    let by_day = Query { from: Some("2026-03-10".to_owned()), to: Some("2026-03-10".to_owned()), ..newest("quay") };
    assert_eq!(contents(&store, &by_day), [NOBODY]);
    let by_country = Query { countries: vec!["IE".to_owned()], ..newest("quay") };
    assert_eq!(contents(&store, &by_country), [NOBODY]);
    let reading = store.readers().get(None).unwrap();
    let page = search::statements(&reading, &newest("quay")).unwrap();
    assert_eq!(page.total, Some(3));
    let facet = |field: &str| {
        let facet = page.facets.iter().find(|facet| facet.field == field).unwrap();
        facet.values.iter().map(|value| format!("{} {}", value.label, value.count)).collect::<Vec<_>>()
    };
    assert_eq!(facet("speaker"), ["Ada Holm 2", "Jon Reed 1"]);
    assert_eq!(facet("outlet"), ["Harbour Post 2", "Gazette 1"]);
    assert_eq!(facet("act"), ["say 3"]);
    assert_eq!(facet("form"), ["direct 3"]);
    assert_eq!(facet("day"), ["2026-03-09 1", "2026-03-10 1", "2026-03-11 1"]);
    assert_eq!(facet("status"), ["open 3"]);
    let ada = page.facets[0].values[0].value.clone();
    for typed in ["", "north"] {
        let by_speaker = Query { speakers: vec![ada.clone()], ..newest(typed) };
        assert_eq!(contents(&store, &by_speaker), [OPENS, CLOSED], "with the words {typed:?}");
    }
}

#[test]
fn a_field_that_rows_do_not_have_is_refused_and_finds_not_everything() {
    let (_folder, store) = harbour();
    let reading = store.readers().get(None).unwrap();
    let query = Query { acts: vec!["deny".to_owned()], ..Query::default() };
    assert_eq!(search::documents(&reading, &query).unwrap_err().to_string(), "documents have no act to search by");
    let query = Query { acts: vec!["shout".to_owned()], ..Query::default() };
    assert!(
        search::statements(&reading, &query).unwrap_err().to_string().starts_with("\"shout\" is no act: other say")
    );
    let query = Query { from: Some("yesterday".to_owned()), ..Query::default() };
    assert_eq!(search::statements(&reading, &query).unwrap_err().to_string(), "\"yesterday\" is no day: YYYY-MM-DD");
}

#[test]
fn pages_show_every_hit_once_ranked_or_not() {
    let (_folder, store) = harbour();
    let reading = store.readers().get(None).unwrap();
    for order in [Order::Best, Order::Newest] {
        let mut query = Query { order, limit: 1, ..Query::text("quay") };
        let mut seen = Vec::new();
        loop {
            let page = search::statements(&reading, &query).unwrap();
            assert_eq!(page.ranked, order == Order::Best);
            seen.extend(page.items.into_iter().map(|hit| hit.content));
            query.after = page.next;
            if query.after.is_none() {
                break;
            }
        }
        seen.sort();
        assert_eq!(seen, [NOBODY, CLOSED, OPENS], "{order:?}");
    }
    let lost = Query { after: Some("somewhere".to_owned()), ..Query::default() };
    assert!(matches!(search::statements(&reading, &lost), Err(StoreError::Cursor(_))));
}

#[test]
fn documents_show_the_words_that_match() {
    let (_folder, store) = harbour();
    let reading = store.readers().get(None).unwrap();
    let page = search::documents(&reading, &Query::text("sailed")).unwrap();
    let marked =
        page.items[0].snippet.as_deref().unwrap().replace(search::MARK_START, "[").replace(search::MARK_END, "]");
    assert_eq!(marked, "“We [sailed] north”, said captain Jon Reed on Tuesday in Lyttelton.");
    assert_eq!(page.items[0].title.as_deref(), Some("Jon Reed speaks"));
}

/// A record with an event: a meeting on 10 March in Lyttelton, of which Ada Holm tells.
fn meeting() -> onrecord::Record {
    let mut record = spoken("Ada Holm", "harbour master", Some("NZ"), "They met in the hall", "Gazette", "2026-03-11");
    let start = record.document.text.find("met").unwrap() - 2;
    let event = serde_json::json!({
        "id": "v1", "trigger": {"spans": [[start, start + 3]]}, "type": "CONSULT", "mode": "visit", "contexts": [], "cameo": "042", "quad": 1,
        "actors": [{"span": record.entities[0].mentions[0].span, "entity": "e1"}], "recipients": [], "time": "t1", "place": "p1",
        "certainty": "certain", "tense": "past", "asserted_by": "s1", "quantities": [], "confidence": 0.8, "because": {"rule": "event/trigger"}
    });
    record.events.push(serde_json::from_value(event).unwrap());
    record
}

#[test]
fn events_are_found_by_type_actor_and_words() {
    let (_folder, store) = store_of(&[meeting()]);
    let reading = store.readers().get(None).unwrap();
    let page = search::events(&reading, &Query { types: vec!["CONSULT".to_owned()], ..Query::default() }).unwrap();
    let hit = &page.items[0];
    assert_eq!((hit.trigger.as_str(), hit.place.as_deref()), ("met", Some("Lyttelton")));
    assert_eq!(hit.when, Some(("2026-03-10".to_owned(), "2026-03-10".to_owned(), "day".to_owned())));
    assert!(hit.asserted_by.as_ref().unwrap().starts_with(&hit.document.id));
    let actor = hit.actor.clone().unwrap();
    assert_eq!(actor.name, "Ada Holm");
    let query = Query { actors: vec![actor.id], countries: vec!["NZ".to_owned()], ..Query::text("lyttelton") };
    assert_eq!(search::events(&reading, &query).unwrap().total, Some(1));
    assert_eq!(
        search::events(&reading, &Query { types: vec!["AID".to_owned()], ..Query::default() }).unwrap().total,
        Some(0)
    );
}

#[test]
fn events_are_found_by_party_by_who_tells_them_and_by_their_days() {
    let (_folder, store) = store_of(&[meeting()]);
    let reading = store.readers().get(None).unwrap();
    let total = |query: Query| search::events(&reading, &query).unwrap().total.unwrap();
    let hit = search::events(&reading, &Query::default()).unwrap().items.remove(0);
    assert_eq!(hit.said_by.as_deref(), Some("Ada Holm"));
    let asserted = |who: &str| Query { asserters: vec![who.to_owned()], ..Query::default() };
    assert_eq!((total(asserted("statement")), total(asserted("article"))), (1, 0));
    let of_party = Query { parties: vec![hit.actor.unwrap().id], ..Query::default() };
    let of_other = Query { recipients: of_party.parties.clone(), ..Query::default() };
    assert_eq!((total(of_party), total(of_other)), (1, 0));
    let within = |from: &str, to: &str, precision: &str| Query {
        happened: Happened {
            from: Some(from.to_owned()),
            to: Some(to.to_owned()),
            precisions: vec![precision.to_owned()],
        },
        ..Query::default()
    };
    assert_eq!(total(within("2026-03-10", "2026-03-10", "day")), 1);
    assert_eq!(total(within("2026-03-01", "2026-03-31", "month")), 0);
    assert_eq!(total(within("2026-03-11", "2026-03-31", "day")), 0);
    assert!(matches!(search::events(&reading, &within("a", "b", "day")), Err(StoreError::Query(_))));
    let spells = views::spells(&reading, &Query::default()).unwrap();
    assert_eq!((spells.spells[0].first.as_str(), spells.spells[0].quad, spells.undated), ("2026-03-10", 1, 0));
    let place = views::map(&reading, &asserted("statement")).unwrap().remove(0);
    assert_eq!((place.name.as_str(), place.events, place.mentions), ("Lyttelton", 1, 0), "only places of such events");
}

#[test]
fn who_tells_is_looked_up_where_an_older_program_wrote_the_cells() {
    let (_folder, store) = store_of(&[meeting()]);
    let connection = rusqlite::Connection::open(store.path()).unwrap();
    let mut cells: Vec<u8> = connection.query_row("SELECT cells FROM event_facets", [], |row| row.get(0)).unwrap();
    cells.iter_mut().step_by(20).for_each(|flags| *flags &= !0b1_1000);
    connection.execute("UPDATE event_facets SET cells = ?", [&cells]).unwrap();
    let reading = store.readers().get(None).unwrap();
    let page =
        search::events(&reading, &Query { asserters: vec!["statement".to_owned()], ..Query::default() }).unwrap();
    assert_eq!(page.total, Some(1));
    let facet = page.facets.iter().find(|facet| facet.field == "asserted").unwrap();
    assert_eq!((facet.values[0].value.as_str(), facet.values[0].count), ("statement", 1));
}

#[test]
fn what_is_withdrawn_is_not_found() {
    let (_folder, store) = harbour();
    let reading = store.readers().get(None).unwrap();
    let id = search::documents(&reading, &Query::text("sailed")).unwrap().items[0].id.clone();
    let mut writer = store.writer().unwrap();
    let withdrawal = Withdrawal { who: "desk".to_owned(), why: "wrong".to_owned(), at: NOW.to_owned() };
    assert!(writer.delete(&id, &withdrawal).unwrap());
    writer.commit().unwrap();
    assert_eq!(contents(&store, &newest("north")), [OPENS, CLOSED]);
    assert_eq!(contents(&store, &newest("")), [OPENS, NOBODY, CLOSED]);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn nothing_that_is_typed_is_an_error(typed in "(?s)[\\PC\"*()^:+{}, \0-]{0,40}|([a-c\"*: -]|NEAR|AND|OR|NOT|[(]|[)]|\u{0301}){0,20}") {
        thread_local!(static STORE: (tempfile::TempDir, Store) = harbour());
        STORE.with(|(_, store)| {
            let reading = store.readers().get(None).unwrap();
            search::statements(&reading, &Query::text(&typed)).unwrap();
            search::documents(&reading, &Query { order: Order::Newest, ..Query::text(&typed) }).unwrap();
            search::events(&reading, &Query { counts: false, ..Query::text(&typed) }).unwrap();
        });
    }
}
