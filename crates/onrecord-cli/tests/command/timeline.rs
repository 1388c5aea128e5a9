//! `onrecord timeline`: what articles date, in order. Records are written by hand, so that nothing depends on the model.

use serde_json::{Value, json};

use crate::desk::{Desk, Run};

/// The characters of `words` in `text`.
fn span(text: &str, words: &str) -> [usize; 2] {
    let byte = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in {text:?}"));
    let start = text[..byte].chars().count();
    [start, start + words.chars().count()]
}

fn time(text: &str, id: &str, words: &str, value: &str) -> Value {
    json!({"id": id, "span": span(text, words), "type": "DATE", "value": value, "mod": null, "because": {"rule": "by hand"}})
}

fn record(id: &str, text: &str, times: &[Value], statements: &[Value]) -> String {
    json!({
        "onrecord": 1, "engine": "0", "model": "none",
        "document": {
            "id": id, "url": "https://example.org/a", "outlet": "Lorne Echo", "title": "The dam", "bylines": [],
            "published_at": "2021-05-12", "published_at_basis": "given", "language": "en", "text": text,
            "paragraphs": [[0, text.chars().count()]], "sentences": [[0, text.chars().count()]]
        },
        "entities": [], "statements": statements, "times": times
    })
    .to_string()
}

fn desk() -> Desk {
    let desk = Desk::new();
    let said = "On Monday Ada Holm said, “The dam, étudiée; holds.”";
    let statement = json!({
        "id": "s1", "source": {"spans": [span(said, "Ada Holm")], "entities": []},
        "cue": {"spans": [span(said, "said")], "lemma": "say", "act": "say"},
        "content": {"spans": [span(said, "“The dam, étudiée; holds.”")]}, "form": "direct", "parent": null,
        "time": "t1", "confidence": 0.9, "because": {"rule": "by hand"}
    });
    let built = "Built in March 1990, it was mended from 2014 to 2016, and again recently.";
    let mut mended = time(built, "t2", "2014", "2014");
    mended["until"] = json!("t3");
    let times = [
        time(built, "t1", "March 1990", "1990-03"),
        mended,
        time(built, "t3", "2016", "2016"),
        time(built, "t4", "recently", "PAST_REF"),
    ];
    let lines =
        [record("a", said, &[time(said, "t1", "Monday", "2021-05-10")], &[statement]), record("b", built, &times, &[])];
    desk.put("records.jsonl", lines.join("\n"));
    desk
}

fn run(to: &str) -> Run {
    let run = desk().run(&["timeline", "--to", to, "records.jsonl"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    run
}

#[test]
fn a_page_is_in_the_order_of_time_and_no_finer_than_the_text() {
    let source = "    Lorne Echo · The dam · 2021-05-12 ·";
    let built = "    Built in March 1990, it was mended from 2014 to 2016, and again recently.";
    let expected = format!(
        "March 1990\n{built}\n{source} “March 1990”\n\n2014 to 2016\n{built}\n{source} “2014 … 2016”\n\n\
         10 May 2021\n    Ada Holm: “The dam, étudiée; holds.”\n{source} “Monday”\n\n\
         2 dates and 1 statement from 2 articles\n"
    );
    assert_eq!(run("pretty").out, expected);
}

#[test]
fn a_line_has_the_days_the_words_and_where_they_stand() {
    let lines = run("jsonl").lines();
    let days: Vec<_> = lines.iter().map(|line| (&line["when"]["start"], &line["when"]["end"])).collect();
    let expected = [("1990-03-01", "1990-04-01"), ("2014-01-01", "2017-01-01"), ("2021-05-10", "2021-05-11")];
    assert_eq!(
        days,
        expected.map(|(start, end)| (json!(start), json!(end))).iter().map(|(a, b)| (a, b)).collect::<Vec<_>>()
    );
    assert_eq!(lines[0]["when"]["precision"], "month");
    assert_eq!(lines[2]["statement"]["speaker"], "Ada Holm");
    assert_eq!((&lines[2]["document"]["id"], &lines[2]["document"]["time"]), (&json!("a"), &json!("t1")));
}

#[test]
fn a_table_has_a_line_for_each_entry() {
    let out = run("csv").out;
    let lines: Vec<&str> = out.split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 4);
    assert!(lines[0].starts_with("start,end,precision,value,mod,words,speaker,"), "{}", lines[0]);
    assert!(
        lines[3].starts_with("2021-05-10,2021-05-11,day,2021-05-10,,Monday,Ada Holm,say,\"“The dam,"),
        "{}",
        lines[3]
    );
}

#[test]
fn a_calendar_has_an_event_for_each_entry() {
    let out = run("ics").out;
    assert!(out.split("\r\n").all(|line| line.len() <= 75), "{out}");
    let whole = out.replace("\r\n ", "");
    let uids: Vec<&str> = whole.split("\r\n").filter_map(|line| line.strip_prefix("UID:")).collect();
    let ids: Vec<String> =
        run("jsonl").lines().iter().map(|line| format!("{}@onrecord", line["id"].as_str().unwrap())).collect();
    assert!(ids[0] != ids[1] && ids[1] != ids[2], "{ids:?}");
    assert_eq!(uids, ids, "the ids of the rows");
    let event = "@onrecord\r\nDTSTAMP:20210512T000000Z\r\nDTSTART;VALUE=DATE:20210510\r\n\
                 DTEND;VALUE=DATE:20210511\r\nSUMMARY:Ada Holm: “The dam\\, étudiée\\; holds.”\r\n";
    assert!(whole.contains(event), "{whole}");
    assert!(whole.contains("Told only as March 1990\\; entered on its first day."), "{whole}");
    assert!(whole.contains("URL:https://example.org/a\r\nCATEGORIES:say\r\nEND:VEVENT\r\n"), "{whole}");
    assert_eq!((whole.matches("BEGIN:VEVENT").count(), whole.matches("END:VCALENDAR\r\n").count()), (3, 1));
}

#[test]
fn a_file_that_is_not_there_leaves_the_others_unharmed() {
    let run = desk().run(&["timeline", "nowhere.jsonl", "records.jsonl"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("nowhere.jsonl") && run.out.contains("March 1990"), "{}{}", run.out, run.err);
    assert_eq!(desk().run(&["timeline", "nowhere.jsonl"]).code, Some(2));
}
