//! `onrecord check`: sound records, moved anchors, other articles.

use serde_json::{Value, json};

use crate::desk::{Desk, line};

const TEXT: &str = "“We’ll sail,” said Ina Møller of the Ärö line.\n\nThe crew doubts it.\n";

/// A record of [`TEXT`], written by hand.
fn record(id: &str) -> Value {
    json!({
        "onrecord": 1, "engine": "0.1.0", "model": "none",
        "document": {
            "id": id, "url": null, "outlet": null, "title": null, "bylines": [], "published_at": null, "published_at_basis": null,
            "language": "en", "text": TEXT, "paragraphs": [[0, 46], [48, 67]], "sentences": [[0, 46], [48, 67]]
        },
        "statements": [{
            "id": "s1", "source": {"spans": [[19, 45]]}, "cue": {"spans": [[14, 18]], "lemma": "say", "act": "say"},
            "content": {"spans": [[0, 13]]}, "form": "direct", "parent": null, "confidence": 0.9, "because": {"rule": "statement/cued"}
        }]
    })
}

fn lines(records: &[Value]) -> String {
    records.iter().map(|record| format!("{record}\n")).collect()
}

#[test]
fn sound_records_pass_in_every_form() {
    let desk = Desk::new();
    let clean = "2 records, 14 anchors, 0 faults\n";
    let both = [record("a"), record("b")];
    desk.put("records.jsonl", lines(&both));
    desk.put("records.json", both.iter().map(|record| format!("{record:#}\n")).collect::<String>());
    for name in ["records.jsonl", "records.json"] {
        let run = desk.run(&["check", name]);
        assert_eq!((run.code, run.out.as_str(), run.err.as_str()), (Some(0), clean, ""), "{name}");
    }
    for text in [lines(&both), format!("{:#}\n{:#}", both[0], both[1])] {
        let run = desk.pipe(&["check", "-"], text.as_bytes());
        assert_eq!((run.code, run.out.as_str()), (Some(0), clean));
    }
}

#[test]
fn what_an_event_points_at_must_be_there() {
    let desk = Desk::new();
    let mut event = record("a");
    event["events"] = json!([{
        "id": "v1", "trigger": {"spans": [[58, 64]]}, "actors": [{"span": [48, 56], "entity": "e4"}], "recipients": [],
        "time": null, "place": "p1", "asserted_by": "s2", "quantities": ["q1"], "toll": {"dead": ["q1"]}, "same_as": "v9"
    }]);
    desk.put("records.jsonl", lines(&[event]));
    let run = desk.run(&["check", "records.jsonl"]);
    for missing in ["entity \"e4\"", "place \"p1\"", "statement \"s2\"", "quantity \"q1\"", "same_as \"v9\""] {
        assert!(run.out.contains(&format!("a, v1: the {missing} does not exist")), "{missing}: {}", run.out);
    }
    assert_eq!(run.code, Some(1));
}

#[test]
fn a_shifted_anchor_is_found() {
    let desk = Desk::new();
    let mut shifted = record("b");
    shifted["statements"][0]["cue"]["spans"] = json!([[15, 19]]);
    let mut outside = record("c");
    outside["events"] = json!([{"id": "v1", "trigger": {"spans": [[60, 70]]}}]);
    desk.put("records.jsonl", lines(&[record("a"), shifted, outside]));
    let run = desk.run(&["check", "records.jsonl"]);
    let expected = "\
b, s1: cue [15, 19] cuts a word: “aid”
c, v1: trigger.spans[0] ends at character 70, but the text has 68: “bts it.”
3 records, 22 anchors, 2 faults
";
    assert_eq!((run.code, run.out.as_str()), (Some(1), expected));
}

#[test]
fn the_text_must_be_that_of_the_article() {
    let desk = Desk::new();
    desk.put("article.txt", TEXT);
    desk.put("crlf.txt", TEXT.replace('\n', "\r\n"));
    desk.put("articles.jsonl", line("other", "Nothing.") + &line("a", TEXT));
    desk.put("edited.jsonl", line("a", &TEXT.replace("doubts", "trusts")));
    desk.put("record.json", record("a").to_string());
    let check = |article: &str| {
        let run = desk.run(&["check", "record.json", article]);
        (run.code, run.out.lines().next().unwrap_or_default().to_owned())
    };
    let clean = "1 record, 7 anchors, 0 faults".to_owned();
    assert_eq!(check("article.txt"), (Some(0), clean.clone()));
    assert_eq!(check("articles.jsonl"), (Some(0), clean));
    assert_eq!(
        check("crlf.txt"),
        (Some(1), "a, document: the text is not the article's: they part at character 46".to_owned())
    );
    assert_eq!(
        check("edited.jsonl"),
        (
            Some(1),
            "a, document: the text is not the article's: 68 characters in the record, 68 in the article".to_owned()
        )
    );
    desk.put("record.json", record("z").to_string());
    assert_eq!(check("articles.jsonl"), (Some(1), "z, document: no article has this id".to_owned()));
}

#[test]
fn records_that_read_writes_pass() {
    let desk = Desk::new();
    let articles = line("a", TEXT) + "{\"id\":\"bad\"}\n" + &line("b", "Nothing to report.");
    desk.put("articles.jsonl", &articles);
    desk.put("records.jsonl", desk.run(&["read", "articles.jsonl"]).out);
    let run = desk.run(&["check", "records.jsonl", "articles.jsonl"]);
    assert_eq!(run.code, Some(0), "{}", run.out);
    assert!(
        run.out.starts_with("2 records, ") && run.out.ends_with(" anchors, 0 faults; 1 error record\n"),
        "{}",
        run.out
    );
}

#[test]
fn a_text_without_an_id_has_its_hash_for_one() {
    let desk = Desk::new();
    desk.put("article.txt", TEXT);
    let mut record = desk.run(&["read", "article.txt"]).lines().remove(0);
    assert_eq!(desk.pipe(&["check", "-", "article.txt"], record.to_string().as_bytes()).code, Some(0));
    record["document"]["text"] = json!(TEXT.replace("sail", "soil"));
    let run = desk.pipe(&["check", "-"], record.to_string().as_bytes());
    assert!(run.code == Some(1) && run.out.contains("the id is not the hash of the text"), "{}", run.out);
}

#[test]
fn an_id_that_the_article_gave_need_not_be_its_hash() {
    let desk = Desk::new();
    let id = "0".repeat(64);
    desk.put("record.jsonl", lines(&[record(&id)]));
    desk.put("articles.jsonl", line(&id, TEXT));
    let alone = desk.run(&["check", "record.jsonl"]);
    assert!(
        alone.code == Some(1) && alone.out.contains("document: the id is not the hash of the text, which is "),
        "{}",
        alone.out
    );
    assert_eq!(desk.run(&["check", "record.jsonl", "articles.jsonl"]).code, Some(0));
}

#[test]
fn what_is_no_record_is_a_fault_and_no_file_is_nothing_done() {
    let desk = Desk::new();
    desk.put("mixed.jsonl", format!("{}not json\n{}", lines(&[record("a")]), lines(&[record("b")])));
    let run = desk.run(&["check", "mixed.jsonl"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.out.starts_with("#2, record: line 2 is not JSON: expected ident at byte 2 of the line\n")
            && run.out.ends_with("2 records, 14 anchors, 1 fault\n"),
        "{}",
        run.out
    );
    desk.put("empty.jsonl", "\n");
    desk.put("sound.jsonl", lines(&[record("a")]));
    assert_eq!(desk.run(&["check", "empty.jsonl"]).code, Some(2));
    assert_eq!(desk.run(&["check", "none.jsonl"]).code, Some(2));
    assert_eq!(desk.run(&["check", "sound.jsonl", "none.txt"]).code, Some(2));
    assert_eq!(desk.run(&["check", "-", "-"]).code, Some(2));
}
