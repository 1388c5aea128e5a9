use serde_json::json;

use crate::desk::{Desk, calm};

fn status(desk: &Desk, id: &str) -> serde_json::Value {
    desk.get(&format!("/s/{id}.json")).json()["rows"][0]["status"].clone()
}

#[test]
fn a_form_corrects_and_leads_back_to_the_note() {
    let desk = Desk::of(vec![calm()]);
    let links = &desk.links[0];
    let id = &links.statements[0];
    let answer = desk.form(&format!("item={id}&change=reject&who=Kim&why=not+said"));
    let note = format!("/articles/{}#n-{}", links.document, &id[13..]);
    assert_eq!((answer.status.as_u16(), answer.location), (303, note));
    assert_eq!(status(&desk, id), "rejected");
    let page = desk.get(&format!("/articles/{}", links.document));
    page.has("<b>Kim</b> rejected").has(": not said").has("<span class=\"status rejected\">rejected</span>");
    page.has("<span class=\"g quantity content c1\" data-of=\"s1:content s2:content q1\"");
}

#[test]
fn what_was_corrected_can_be_taken_back_and_put_on_again() {
    let desk = Desk::of(vec![calm()]);
    let id = &desk.links[0].statements[0];
    let made = desk.post("application/json", &json!({"item": id, "change": "accept", "who": "Kim"}).to_string()).json();
    let correction = made["rows"][0]["correction"].as_str().unwrap().to_owned();
    assert_eq!(status(&desk, id), "accepted");
    let page = format!("/articles/{}", desk.links[0].document);
    desk.get(&page).has(&format!("<button name=\"undo\" value=\"{correction}\" class=\"quiet\">Take back</button>"));

    let undone = desk.form(&format!("item={id}&undo={correction}&who=Lee"));
    assert!(undone.location.ends_with(&format!("#n-{}", &id[13..])), "{}", undone.location);
    assert_eq!(status(&desk, id), json!(null));
    desk.get(&page).has("<b>Lee</b> took a correction back").has(">Put on again</button>");

    let log = desk.get(&format!("/corrections.json?about={id}")).json()["rows"].clone();
    assert_eq!([&log[0]["stands"], &log[1]["stands"]], [&json!(false), &json!(true)]);
    let undoing = log[1]["correction"].as_str().unwrap();
    desk.form(&format!("item={id}&undo={undoing}&who=Lee"));
    assert_eq!(status(&desk, id), "accepted");
    let elsewhere = desk.form(&format!("item=%0d%0aé&undo={correction}&who=Lee").replace('é', "%C3%A9"));
    assert_eq!((elsewhere.status.as_u16(), elsewhere.location.as_str()), (303, "/corrections?about=%C3%A9"));
}

#[test]
fn a_statement_is_attributed_by_name_or_to_nobody() {
    let desk = Desk::of(vec![calm()]);
    let id = &desk.links[0].statements[1];
    let names = || {
        let row = desk.get(&format!("/s/{id}.json")).json()["rows"][0]["speakers"].clone();
        row.as_array().unwrap().iter().map(|speaker| speaker["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    desk.form(&format!("item={id}&change=attribute&speaker=Ana+Lund&kind=person&who=Kim"));
    assert_eq!(names(), ["Ana Lund"]);
    desk.form(&format!("item={id}&change=attribute&speaker=Lisbon+police&kind=organization&who=Kim"));
    assert_eq!(names(), ["Lisbon police"]);
    desk.form(&format!("item={id}&change=nobody&who=Kim"));
    assert_eq!(names(), Vec::<String>::new());
}

#[test]
fn words_are_set_by_numbers_of_characters_and_parts_that_stay_are_not_logged() {
    let desk = Desk::of(vec![calm()]);
    let id = &desk.links[0].statements[0];
    let record = calm();
    let spans = &record.statements[0].content.spans;
    let (source, cue) = (record.statements[0].source.spans[0], record.statements[0].cue.spans[0]);
    let same =
        format!("source.start={}&source.end={}&cue.start={}&cue.end={}", source.start, source.end, cue.start, cue.end);
    let body = format!(
        "item={id}&change=edit&who=Kim&{same}&content.start={}&content.end={}&content.start=&content.end=",
        spans[0].start + 1,
        spans[0].end - 2
    );
    assert_eq!(desk.form(&body).status, 303);
    assert_eq!(desk.get(&format!("/s/{id}.json")).json()["rows"][0]["content"], "Évora is calm 🇵🇹");
    let log = desk.get("/corrections.json").json()["rows"][0]["payload"]["spans"].clone();
    assert_eq!(log, json!({"content": [[1, spans[0].end - 2]]}));
    let again = desk.form(&body);
    assert_eq!(again.status, 400);
    again.has("these are the words that it has already");
}

#[test]
fn what_does_not_fit_is_refused_in_the_form_in_which_it_came() {
    let desk = Desk::of(vec![calm()]);
    let id = &desk.links[0].statements[0];
    let nobody = desk.form(&format!("item={id}&change=accept&who=+"));
    assert_eq!(nobody.status, 400);
    nobody.has("<!DOCTYPE html>").has("nobody is named who makes the correction");
    for (body, why) in [
        (json!({"item": id, "change": "applaud", "who": "Kim"}), "change is"),
        (json!({"item": id, "change": "accept", "who": "Kim", "spans": {"content": [[0, 1]]}}), "takes no spans"),
        (json!({"item": id, "change": "edit", "who": "Kim", "spans": {"content": [[5, 9999]]}}), "past the text"),
        (json!({"item": id, "change": "accept", "who": "K".repeat(201)}), "201 characters, but takes at most 200"),
        (json!({"item": id, "change": "accept", "who": "Kim", "whose": 1}), "unknown field"),
    ] {
        let refused = desk.post("application/json", &body.to_string());
        assert_eq!((refused.status.as_u16(), refused.json()["ok"].clone()), (400, json!(false)), "{body}");
        refused.has(why);
    }
    assert_eq!(desk.form(&format!("item={id}&change=edit&who=Kim&content.start=4")).status, 400);
    let nothing = json!({"item": "aaaaaaaaaaaaaaaaaa", "change": "accept", "who": "Kim"}).to_string();
    assert_eq!(desk.post("application/json", &nothing).has("no statement or event").status, 404);
    assert_eq!(desk.form("item=aaaaaaaaaaaaaaaaaa&change=attribute&speaker=Lee&who=Kim").status, 404);
    assert_eq!(desk.post("text/plain", "accept").status, 415);
    assert_eq!(desk.get("/corrections.json").json()["rows"], json!([]));
}

#[test]
fn the_log_comes_in_pages_and_as_csv() {
    let desk = Desk::of(vec![calm()]);
    for id in &desk.links[0].statements {
        desk.form(&format!("item={id}&change=accept&who=%3DKim"));
    }
    let first = desk.get("/corrections.json?limit=1").json();
    assert_eq!(first["rows"].as_array().unwrap().len(), 1);
    let second = desk.get(first["next_url"].as_str().unwrap()).json();
    assert_eq!(
        (second["rows"][0]["item"].as_str(), &second["next_url"]),
        (Some(desk.links[0].statements[1].as_str()), &json!(null))
    );
    desk.get("/corrections.csv").has("correction,item,kind,who,at,why,stands,payload").has(",'=Kim,");
    desk.get(&format!("/corrections?about={}", desk.links[0].document)).has("What people said of").has("accepted");
    assert_eq!(desk.get("/corrections.json?abuot=x").status, 400);
}
