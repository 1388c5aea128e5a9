//! `search`, `show`, `who`, `events`, `timeline`, `places`, `stats` and `export` on a store of three invented articles.

use serde_json::{Value, json};

use crate::desk::{Desk, Run};
use crate::stock::{records, stocked};

const CLOSED: &str = "3t52esu6qxns7w3v3r";
const NOBODY: &str = "537ztumqigumu7srfg";
const OPENS: &str = "i6omdogavzqbrnp4ep";
const MET: &str = "i6omdogavzqbrmbf3q";
const ADA: &str = "2sb5rmayp6zk5c";

/// The permalinks of the rows.
fn ids(desk: &Desk, arguments: &[&str]) -> Vec<String> {
    let run = desk.run(arguments);
    assert_eq!((run.err.as_str(), run.code), ("", Some(i32::from(run.out.is_empty()))), "{arguments:?}");
    run.lines().iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect()
}

/// With the permalinks of the articles in place of the ids in their records.
fn by_permalink(out: &str) -> String {
    let links = [CLOSED, NOBODY, OPENS].map(|id| &id[..13]);
    let named = |record: &Value| record["document"]["id"].as_str().unwrap().to_owned();
    records().iter().zip(links).fold(out.to_owned(), |out, (record, link)| out.replace(&named(record), link))
}

/// The output of a run that finds something.
fn found(desk: &Desk, arguments: &[&str]) -> String {
    let run = desk.run(arguments);
    assert_eq!((run.err.as_str(), run.code), ("", Some(0)), "{arguments:?}");
    run.out
}

fn ended(code: i32, out: &str, err: &str) -> Run {
    Run { code: Some(code), out: out.to_owned(), err: err.to_owned() }
}

#[test]
fn words_and_fields_find_statements() {
    let desk = stocked();
    for (arguments, expected) in [
        (vec!["quay", "closed"], vec![CLOSED, NOBODY]),
        (vec!["\"quay is\""], vec![CLOSED]),
        (vec!["north -closed"], vec![OPENS]),
        (vec!["--speaker", "Holm"], vec![OPENS, CLOSED]),
        (vec!["--speaker", ADA, "--until", "2026-03-09"], vec![CLOSED]),
        (vec!["--speaker", "Reed", "--speaker", "A. Holm", "--order", "newest"], vec![OPENS, NOBODY, CLOSED]),
        (vec!["quay", "--outlet", "Gazette", "--country", "ie"], vec![NOBODY]),
        (vec!["quay", "--act", "say", "--form", "direct", "--status", "open", "--since", "2026-03-11"], vec![OPENS]),
        (vec!["zeppelin"], vec![]),
        (vec!["--in", "events", "lyttelton", "--type", "consult", "--actor", "Ada Holm"], vec![MET]),
        (vec!["--in", "documents", "captain"], vec![&NOBODY[..13]]),
    ] {
        assert_eq!(ids(&desk, &[&["search"], arguments.as_slice()].concat()), expected, "{arguments:?}");
    }
}

#[test]
fn a_table_says_how_many_more_there_are_and_how_to_go_on() {
    let desk = stocked();
    let table = found(&desk, &["search", "--to", "table", "--order", "newest", "--limit", "2"]);
    let after = table.trim_end().rsplit(' ').next().unwrap().rsplit('\n').next().unwrap();
    assert_eq!(
        table.replace(after, "AFTER"),
        "id                  published   speaker   act  content\n\
         i6omdogavzqbrnp4ep  2026-03-11  Ada Holm  say  “We met, and the north quay\n\
         \x20                                              opens”\n\
         537ztumqigumu7srfg  2026-03-10  Jon Reed  say  “Nobody told us that the quay was\n\
         \x20                                              closed”\n\n\
         2 of 3 statements, the newest first; 1 more: --limit 3, or go on with --after\nAFTER\n"
    );
    let rest = found(&desk, &["search", "--to", "table", "--order", "newest", "--after", after]);
    assert_eq!(
        rest,
        "id                  published   speaker   act  content\n\
         3t52esu6qxns7w3v3r  2026-03-09  Ada Holm  say  “The north quay is closed”\n\n\
         the last 1 of 3 statements, the newest first\n"
    );
    assert_eq!(desk.run(&["search", "zeppelin", "--to", "table"]), ended(1, "0 statements\n", ""));
}

#[test]
fn rows_are_the_same_in_every_form() {
    let desk = stocked();
    let csv = found(&desk, &["search", "closed", "--speaker", "Holm", "--to", "csv"]);
    assert_eq!(
        csv,
        "id,published,outlet,title,speaker,source,cue,act,form,negated,content,said_from,said_to,status,confidence,start,end,speaker_ids,document,\
         in_record,url\r\n\
         3t52esu6qxns7w3v3r,2026-03-09,Lorne Echo,Ada Holm speaks,Ada Holm,harbour master Ada Holm,said,say,direct,false,“The north quay is closed”,\
         2026-03-10,2026-03-10,,0.9,0,26,2sb5rmayp6zk5c,3t52esu6qxns7,s1,\r\n"
    );
    let lines = desk.run(&["search", "closed"]).lines();
    let array: Value = serde_json::from_str(&found(&desk, &["search", "closed", "--to", "json"])).unwrap();
    assert_eq!(array, json!(lines));
    assert_eq!(lines[0]["speakers"], json!([{"id": ADA, "name": "Ada Holm"}]));
    assert_eq!(desk.run(&["search", "zeppelin", "--to", "json"]), ended(1, "[]\n", ""));
}

#[test]
fn facets_are_rows_in_place_of_the_hits() {
    let desk = stocked();
    let csv = found(&desk, &["search", "closed", "--facets", "--to", "csv"]);
    let rows: Vec<&str> = csv.split_terminator("\r\n").take(6).collect();
    assert_eq!(
        rows,
        [
            "of,field,value,label,count",
            "statements,,,in all,2",
            "statements,speaker,2sb5rmayp6zk5c,Ada Holm,1",
            "statements,speaker,w6tcgekwzuonof,Jon Reed,1",
            "statements,outlet,Lorne Echo,Lorne Echo,1",
            "statements,outlet,Gazette,Gazette,1"
        ]
    );
    let table = found(&desk, &["search", "--facets", "--to", "table", "--limit", "1"]);
    assert!(table.ends_with("\nspeaker: 1 more, outlet: 1 more, country: 1 more\n"), "{table}");
}

#[test]
fn what_cannot_be_asked_is_told() {
    let desk = stocked();
    for (arguments, code, message) in [
        (vec!["search", "--speaker", "Ruiz"], 1, "the store knows nobody called Ruiz\n"),
        (vec!["search", "--in", "documents", "--act", "say"], 2, "documents have no act to search by\n"),
        (vec!["search", "--after", "somewhere"], 2, "\"somewhere\" is no place in these results\n"),
        (vec!["search", "--store", "none.db"], 2, "no store at none.db\n"),
        (vec!["show", "nowhere"], 1, "nothing in onrecord.db has the permalink \"nowhere\"\n"),
        (vec!["show", "3t52esu6qxns7#char=1,999"], 1, "3t52esu6qxns7 has 106 characters, not 1 to 999\n"),
        (vec!["show", "3t52esu6qxns7#char=x"], 2, "\"x\" is no stretch such as 120,134\n"),
        (vec!["who", "Holm", "--store", "none.db"], 2, "no store at none.db\n"),
    ] {
        assert_eq!(desk.run(&arguments), ended(code, "", &format!("onrecord: {message}")), "{arguments:?}");
    }
    let empty = Desk::new().run(&["timeline"]);
    let message = "onrecord: nothing to look into: name files, or a store with --store; there is none at onrecord.db\n";
    assert_eq!(empty, ended(2, "", message));
}

#[test]
fn a_statement_and_an_event_are_shown_with_the_words_around_them() {
    let desk = stocked();
    let statement = found(&desk, &["show", CLOSED, "--to", "pretty"]);
    let expected = "Ada Holm speaks\nLorne Echo · 2026-03-09 · 3t52esu6qxns7w3v3r\n\n\
        harbour master Ada Holm\nsay · direct · “said” · on Tuesday (2026-03-10) · ¶1 · 90%\n    “The north quay is closed”\n\n\
        In the article\n    ¶1 “The north quay is closed”, said harbour master Ada Holm on Tuesday in\n    Lyttelton.\n";
    assert_eq!(statement, expected);
    let event: Value = serde_json::from_str(&found(&desk, &["show", MET])).unwrap();
    assert_eq!((&event["id"], &event["document"]["id"]), (&json!(MET), &json!(&MET[..13])));
    assert_eq!((&event["trigger"], &event["event"]), (&json!("met"), &records()[2]["events"][0]));
    assert_eq!(
        event["around"],
        "“We met, and the north quay opens”, said harbour master Ada Holm on Tuesday in Lyttelton."
    );
}

#[test]
fn an_article_comes_back_as_it_was_read() {
    let desk = stocked();
    let record = found(&desk, &["show", &CLOSED[..13], "--to", "jsonl"]);
    desk.put("record.jsonl", &record);
    assert_eq!(serde_json::from_str::<Value>(&record).unwrap()["document"], records()[0]["document"]);
    assert_eq!(desk.run(&["check", "record.jsonl"]).code, Some(0));
    let stretch = found(&desk, &["show", "3t52esu6qxns7#char=5,15", "--to", "jsonl"]);
    assert_eq!(serde_json::from_str::<Value>(&stretch).unwrap()["words"], "north quay");
}

#[test]
fn somebody_is_shown_across_articles() {
    let desk = stocked();
    assert_eq!(
        found(&desk, &["show", ADA, "--to", "pretty"]),
        "Ada Holm\nperson · NZ\ncalled harbour master\n2 statements, 1 event, 2 articles\nonrecord search --speaker 2sb5rmayp6zk5c\n"
    );
    let list = found(&desk, &["who", "Holm", "--to", "table"]);
    assert!(list.ends_with("\n2 statements in 2 of 2 articles: Ada Holm 2\n"), "{list}");
    assert_eq!(ids(&desk, &["who", "Holm", "--to", "jsonl"]), [CLOSED, OPENS]);
    assert_eq!(ids(&desk, &["who", "Holm", "--to", "jsonl", "--outlet", "Gazette"]), [OPENS]);
    assert_eq!(desk.run(&["who", "Ruiz"]), ended(1, "No statements by Ruiz in 0 articles\n", ""));
}

#[test]
fn a_store_and_its_records_in_a_file_are_one_material() {
    let desk = stocked();
    let lines: Vec<String> = records().iter().map(Value::to_string).collect();
    desk.put("records.jsonl", lines.join("\n"));
    desk.put("half.jsonl", lines[..1].join("\n"));
    for command in [
        vec!["timeline", "--to", "jsonl"],
        vec!["timeline", "--to", "ics"],
        vec!["places", "--to", "csv"],
        vec!["places", "--to", "json"],
        vec!["places", "--to", "geojson"],
        vec!["who", "Holm", "--to", "csv"],
        vec!["export", "--to", "jsonl"],
        vec!["export", "--to", "csv", "--table", "statements"],
        vec!["export", "events", "--format", "polecat"],
    ] {
        let of_store = found(&desk, &command);
        // Rows call an article of a store by its permalink, and one of a file by the id in its record.
        let is_rows = ["jsonl", "csv", "json"].contains(&command[command.len() - 1]) && command[0] != "export";
        let called = |out: String| if is_rows { by_permalink(&out) } else { out };
        assert_eq!(of_store, called(found(&desk, &[command.as_slice(), &["records.jsonl"]].concat())), "{command:?}");
        let of_half = called(found(&desk, &[command.as_slice(), &["half.jsonl"]].concat()));
        let narrowed = desk.run(&[command.as_slice(), &["--until", "2026-03-09"]].concat());
        assert_eq!((narrowed.out, narrowed.code), (of_half, Some(0)), "{command:?}");
    }
    let both = desk.run(&["places", "records.jsonl", "--until", "2026-03-09"]);
    assert_eq!(both.code, Some(2), "{}", both.err);
}

#[test]
fn places_are_counted_and_everything_is() {
    let desk = stocked();
    assert_eq!(
        found(&desk, &["places", "--counts", "--to", "csv"]),
        "name,kind,country,lat,lon,geonames,mentions,as_actor,datelines,events\r\nLyttelton,city,NZ,-43.6,172.72,2187404,3,0,0,1\r\n"
    );
    let stats = found(&desk, &["stats", "--to", "csv", "--limit", "1"]);
    let totals: Vec<&str> = stats.split_terminator("\r\n").filter(|row| row.contains(",in all,")).collect();
    assert_eq!(totals, ["documents,,,in all,3", "statements,,,in all,3", "events,,,in all,1", "subjects,,,in all,2"]);
    assert_eq!(ids(&desk, &["events"]), [MET]);
}

#[test]
fn what_was_taken_out_says_by_whom_and_why() {
    let desk = stocked();
    let article = &CLOSED[..13];
    let take_out =
        |id: &str, more: &[&str]| desk.run(&[&["correct", "--who", "the desk", "withdraw", id], more].concat());
    let why = "whoever follows a link to an article that was taken out is told why: give --why";
    assert_eq!(take_out(article, &[]), ended(2, "", &format!("onrecord: {why}\n")));
    let nothing = take_out("aaaaaaaaaaaaa", &["--why", "wrong quay"]);
    assert_eq!(nothing, ended(2, "", "onrecord: no article has the permalink \"aaaaaaaaaaaaa\"\n"));
    assert_eq!(take_out(article, &["--why", "wrong quay"]), ended(0, &format!("{article}\n"), ""));
    let shown = desk.run(&["show", CLOSED]);
    assert_eq!((shown.code, shown.out.as_str()), (Some(1), ""));
    assert!(shown.err.starts_with(&format!("onrecord: {CLOSED} was taken out by the desk on 20")), "{}", shown.err);
    assert!(shown.err.ends_with(": wrong quay\n"), "{}", shown.err);
    assert_eq!(ids(&desk, &["search", "quay", "closed"]), [NOBODY]);
}

#[test]
fn search_show_lists_and_exports_print_the_same_ids_even_of_what_was_corrected() {
    let desk = stocked();
    let edited = ["correct", "edit", MET, "--trigger", "4-7", "--who", "desk"];
    found(&desk, &edited);
    found(&desk, &["correct", "edit", CLOSED, "--content", "1-10", "--who", "desk"]);
    let sorted = |mut ids: Vec<String>| {
        ids.sort();
        ids
    };
    let rows = desk.run(&["export", "--to", "rows"]).lines();
    let of = |kind: &str, field: &str| {
        let rows = rows.iter().filter(|row| row["type"] == kind);
        sorted(rows.map(|row| row[field].as_str().unwrap().to_owned()).collect())
    };
    assert_eq!(of("document", "document_id"), sorted(ids(&desk, &["search", "--in", "documents"])));
    assert_eq!(of("statement", "statement_id"), sorted(ids(&desk, &["search"])));
    assert_eq!(of("event", "event_id"), ids(&desk, &["events"]));
    assert_eq!(of("event_mention", "mention_id"), ids(&desk, &["search", "--in", "events"]));
    let links = [CLOSED, NOBODY, OPENS].map(|id| format!("urn:onrecord:s/{id}"));
    assert_eq!(of("statement", "permalink"), sorted(links.to_vec()));
    let of_map = |command: &[&str]| {
        let map: Value = serde_json::from_str(&found(&desk, command)).unwrap();
        let features = map["features"].as_array().unwrap().iter();
        features.map(|at| at["id"].as_str().unwrap().replace("urn:onrecord:p/", "")).collect::<Vec<_>>()
    };
    assert_eq!(ids(&desk, &["places", "--to", "jsonl"]), of_map(&["export", "--to", "geojson"]));
    let slides: Value = serde_json::from_str(&found(&desk, &["export", "--to", "timelinejs"])).unwrap();
    let slides = slides["events"].as_array().unwrap().iter().map(|slide| slide["unique_id"].as_str().unwrap());
    assert_eq!(sorted(ids(&desk, &["timeline", "--to", "jsonl"])), sorted(slides.map(str::to_owned).collect()));
    let all = [of("entity", "entity_id"), ids(&desk, &["places", "--to", "jsonl"]), of("statement", "statement_id")];
    for id in all.concat() {
        let shown: Value = serde_json::from_str(&found(&desk, &["show", &id])).unwrap();
        assert_eq!((shown["id"].as_str(), shown["document"]["id"].as_str()), (Some(id.as_str()), Some(&id[..13])));
    }
    for command in [vec!["who", "Holm"], vec!["timeline"], vec!["places"]] {
        for line in desk.run(&[command.as_slice(), &["--to", "jsonl"]].concat()).lines() {
            let (id, document) = (line["id"].as_str().unwrap(), line["document"]["id"].as_str().unwrap());
            assert_eq!(&id[..13], document, "{command:?}");
        }
    }
}
