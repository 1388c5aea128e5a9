//! `onrecord who`: what one person is on record as saying. Records are written by hand, so that nothing depends on the model.

use serde_json::{Value, json};

use crate::desk::Desk;

/// "Ada Holm said no." and "Holm agreed." by a person of that name.
fn record(id: &str, name: &str) -> Value {
    json!({
        "onrecord": 1, "engine": "0", "model": "none",
        "document": {
            "id": id, "url": null, "outlet": "Lorne Echo", "title": null, "bylines": [], "published_at": null,
            "published_at_basis": null, "language": "en", "text": "Ada Holm said no.", "paragraphs": [[0, 17]], "sentences": [[0, 17]]
        },
        "entities": [{
            "id": "e1", "name": name, "kind": "person", "named": true, "roles": [], "country": null, "sector": null, "place": null,
            "mentions": [{"span": [0, 8], "form": "name"}]
        }],
        "statements": [{
            "id": "s1", "source": {"spans": [[0, 8]], "entities": ["e1"]}, "cue": {"spans": [[9, 13]], "lemma": "say", "act": "say"},
            "content": {"spans": [[14, 16]]}, "form": "indirect", "parent": null, "confidence": 0.9, "because": {"rule": "by hand"}
        }]
    })
}

fn desk() -> Desk {
    let desk = Desk::new();
    let lines: Vec<String> = [("a", "Ada Holm"), ("b", "A. Holm"), ("c", "Bo Holm")]
        .iter()
        .map(|(id, name)| record(id, name).to_string())
        .collect();
    desk.put("records.jsonl", lines.join("\n"));
    desk
}

#[test]
fn names_are_matched_across_records() {
    let run = desk().run(&["who", "Ada Holm", "--to", "jsonl", "records.jsonl"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    let found: Vec<Value> = run.lines();
    let cited: Vec<_> =
        found.iter().map(|line| (line["document"]["id"].as_str().unwrap(), line["name"].as_str().unwrap())).collect();
    assert_eq!(cited, [("a", "Ada Holm"), ("b", "A. Holm")]);
    assert_eq!((&found[0]["source"], &found[0]["content"]), (&json!("Ada Holm"), &json!("no")));
    assert_eq!(found[0]["statement"]["id"], "s1");
}

#[test]
fn a_page_ends_with_a_tally() {
    let run = desk().run(&["who", "Holm", "records.jsonl"]);
    assert!(run.out.ends_with("3 statements in 3 of 3 articles: A. Holm 1, Ada Holm 1, Bo Holm 1\n"), "{}", run.out);
    let run = desk().run(&["who", "Ruiz", "records.jsonl"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), "No statements by Ruiz in 3 articles\n"));
}

#[test]
fn a_file_that_is_not_there_leaves_the_others_unharmed() {
    let run = desk().run(&["who", "Ada", "nowhere.jsonl", "records.jsonl"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("nowhere.jsonl"), "{}", run.err);
}

#[test]
fn a_record_is_read_anew_from_its_text() {
    let run = desk().run(&["read", "records.jsonl"]);
    let ids: Vec<_> = run.ids().into_iter().map(|(id, error)| (id, error.is_none())).collect();
    assert_eq!(ids, [("a", true), ("b", true), ("c", true)].map(|(id, fine)| (id.to_owned(), fine)));
}
