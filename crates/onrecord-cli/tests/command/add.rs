//! Articles into a store, again and again; what failed, and what people correct.

use serde_json::Value;

use crate::desk::{Desk, Run, line};

const QUAY: &str = "“The quay is closed,” said the harbour master, Ada Holm, on Tuesday.";
const BOAT: &str = "Nobody saw the boat, the captain, Jon Reed, told reporters on Monday.";

fn desk() -> Desk {
    let desk = Desk::new();
    std::fs::create_dir(desk.put("kept", "").with_file_name("news")).unwrap();
    desk.put("news/a.txt", QUAY);
    desk.put("news/b.jsonl", line("b1", BOAT) + "{broken\n" + &line("b3", QUAY));
    desk
}

fn last_line(run: &Run) -> &str {
    run.out.lines().last().unwrap_or_default()
}

#[test]
fn a_folder_comes_in_once_and_what_failed_is_listed() {
    let desk = desk();
    let run = desk.run(&["add", "news"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(
        last_line(&run).starts_with(
            "added 2 of 4 documents to onrecord.db; 1 known already; 1 could not be read (onrecord errors lists them)"
        ),
        "{}",
        run.out
    );
    let errors = desk.run(&["errors", "--json"]).lines();
    assert_eq!((errors[0]["code"].as_str(), errors[0]["member"].as_u64()), (Some("malformed"), Some(1)));
    let records = desk.run(&["records"]).lines();
    assert_eq!(records[0]["document"]["text"], QUAY);
    assert_eq!(records[1]["document"]["id"], "b1");
    let again = desk.run(&["add", "news"]);
    assert_eq!(again.code, Some(0), "{}", again.err);
    assert_eq!(last_line(&again), "added 0 of 0 documents to onrecord.db; 2 files unchanged");
}

#[test]
fn what_failed_is_tried_again_and_goes_off_the_list() {
    let desk = desk();
    desk.run(&["add", "news"]);
    let again = desk.run(&["add", "--retry", "failed"]);
    assert_eq!(again.code, Some(1), "{}", again.out);
    assert!(desk.run(&["errors"]).out.ends_with("(tried 2 times)\n"));
    desk.put(
        "news/b.jsonl",
        line("b1", BOAT) + &line("b2", "The strike is over, Mira Castell said.") + &line("b3", QUAY),
    );
    let again = desk.run(&["add", "--retry", "failed", "news"]);
    assert_eq!((again.code, last_line(&again)), (Some(0), "added 1 of 1 document to onrecord.db"), "{}", again.err);
    assert_eq!(desk.run(&["errors"]).out, "");
}

#[test]
fn a_changed_file_is_read_and_known_texts_in_it_are_not() {
    let desk = desk();
    desk.run(&["add", "news"]);
    desk.put("news/a.txt", format!("{QUAY} It rains."));
    let again = desk.run(&["add", "news"]);
    assert_eq!(last_line(&again), "added 1 of 1 document to onrecord.db; 1 files unchanged", "{}", again.err);
    let fresh = desk.run(&["add", "--fresh", "news"]);
    assert!(last_line(&fresh).starts_with("added 0 of 4 documents to onrecord.db; 3 known already"), "{}", fresh.out);
}

#[test]
fn programs_are_told_how_far_a_run_has_come() {
    let desk = desk();
    let run = desk.run(&["add", "--progress", "json", "news/a.txt"]);
    let events: Vec<Value> = run.err.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let last = events.last().unwrap();
    assert_eq!((last["type"].as_str(), last["state"].as_str()), (Some("end"), Some("finished")));
    assert_eq!((last["documents"].as_u64(), last["bytes"].as_u64()), (Some(1), Some(QUAY.len() as u64)));
    assert_eq!(desk.run(&["add", "news/a.txt"]).err, "", "nobody looks on, so nothing is shown");
}

#[test]
fn what_a_folder_asks_to_pass_over_and_the_store_itself_are_not_read() {
    let desk = desk();
    desk.put("news/.onrecordignore", "*.jsonl\n");
    let run = desk.run(&["add", "--store", "news/store.db", "news"]);
    assert_eq!((run.code, last_line(&run)), (Some(0), "added 1 of 1 document to news/store.db"), "{}", run.err);
    assert_eq!(
        last_line(&desk.run(&["add", "--store", "news/store.db", "news"])),
        "added 0 of 0 documents to news/store.db; 1 files unchanged"
    );
}

#[test]
fn what_is_not_there_is_nothing_done() {
    let desk = Desk::new();
    let run = desk.run(&["add", "nothing"]);
    assert_eq!((run.code, run.err.as_str()), (Some(2), "onrecord: nothing: no such file or folder\n"));
    assert_eq!(desk.run(&["errors"]).err, "onrecord: no store at onrecord.db\n");
}

#[test]
fn another_language_is_kept_and_not_analysed() {
    let desk = Desk::new();
    let german = "Der Hafen ist geschlossen, sagte die Hafenmeisterin am Dienstag vor dem Rathaus, und niemand weiß, wann die Schiffe wieder fahren dürfen. \
                  Die Stadt wartet auf den Bericht der Behörde und auf besseres Wetter, das frühestens am Wochenende kommen soll.";
    desk.put("a.txt", german);
    desk.run(&["add", "a.txt"]);
    let record = &desk.run(&["records"]).lines()[0];
    assert_eq!(
        (record["document"]["language"].as_str(), record["document"]["text"].as_str()),
        (Some("de"), Some(german))
    );
    assert_eq!(record["statements"], serde_json::json!([]));
}

#[test]
fn a_correction_stands_in_the_record_and_the_log_brings_it_to_another_store() {
    let desk = desk();
    desk.run(&["add", "news"]);
    let records = desk.run(&["records"]).lines();
    let said = records.iter().position(|record| record["statements"] != serde_json::json!([])).expect("a statement");
    let id = permalink(&desk, said);
    let corrected =
        desk.run(&["correct", "--who", "desk", "--why", "checked", "attribute", &id, "--to", "Nell Farrow"]);
    assert_eq!(corrected.code, Some(0), "{}", corrected.err);
    let record = &desk.run(&["records", &id]).lines()[0];
    let review = &record["statements"][0]["review"];
    assert_eq!(
        (review["status"].as_str(), review["corrections"][0].as_str()),
        (Some("edited"), Some(corrected.out.trim()))
    );
    let entities = record["entities"].as_array().unwrap();
    assert_eq!(entities.last().unwrap()["name"], "Nell Farrow");
    assert_eq!(desk.run(&["records", "--as-read", &id]).lines()[0], records[said]);
    let log = desk.run(&["correct", "log"]);
    desk.put("log.jsonl", &log.out);
    desk.run(&["add", "--store", "other.db", "news"]);
    let replayed = desk.run(&["correct", "--store", "other.db", "replay", "log.jsonl"]);
    assert_eq!((replayed.code, replayed.out), (Some(0), corrected.out), "{}", replayed.err);
    assert_eq!(desk.run(&["correct", "--store", "other.db", "replay", "log.jsonl"]).out, "", "it comes in once");
    assert_eq!(desk.run(&["records", "--store", "other.db"]).out, desk.run(&["records"]).out);
}

/// The permalink of the first statement of the document at `at`.
fn permalink(desk: &Desk, at: usize) -> String {
    let store = onrecord_store::Store::open(desk.put("kept", "").with_file_name("onrecord.db")).unwrap();
    let document = store.documents(None, 9).unwrap()[at].1.clone();
    let reading = store.readers().get(None).unwrap();
    let sql = "SELECT id FROM said WHERE document = ? ORDER BY number LIMIT 1";
    reading.query_row(sql, [document], |row| row.get(0)).unwrap()
}
