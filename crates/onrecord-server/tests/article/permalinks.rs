use onrecord_store::Withdrawal;

use crate::desk::{Desk, NOW, calm};

#[test]
fn a_permalink_leads_to_the_article_at_the_words() {
    let desk = Desk::of(vec![calm()]);
    let links = &desk.links[0];
    let mark = |id: &str| id.strip_prefix(&links.document).unwrap().to_owned();
    let to = |path: &str| {
        let answer = desk.get(path);
        assert_eq!(answer.status, 303, "{path}");
        answer.location
    };
    let (statement, event) = (&links.statements[1], &links.events[0]);
    assert_eq!(to(&format!("/s/{statement}")), format!("/articles/{}#s-{}", links.document, mark(statement)));
    assert_eq!(to(&format!("/v/{event}")), format!("/articles/{}#s-{}", links.document, mark(event)));
    assert_eq!(to(&format!("/d/{}", links.document)), format!("/articles/{}", links.document));
    let speaker = desk.get(&format!("/s/{}.json", links.statements[0])).json()["rows"][0]["speakers"][0]["id"].clone();
    assert_eq!(to(&format!("/e/{}", speaker.as_str().unwrap())), format!("/speakers/{}", speaker.as_str().unwrap()));
}

#[test]
fn a_permalink_as_json_is_the_row_alone() {
    let desk = Desk::of(vec![calm()]);
    let links = &desk.links[0];
    let row = |path: &str| desk.get(&format!("{path}.json")).json()["rows"][0].clone();
    let statement = row(&format!("/s/{}", links.statements[0]));
    assert_eq!(statement["content"], "“Évora is calm 🇵🇹,” … “and police say 12 men were detained in Lisbon.”");
    assert_eq!(statement["speakers"][0]["name"], "Ana Lund");
    assert_eq!(row(&format!("/v/{}", links.events[0]))["asserted_by"], links.statements[1].as_str());
    assert_eq!(row(&format!("/d/{}", links.document))["title"], "Calm in Évora");
    desk.get(&format!("/s/{}.csv", links.statements[0])).has("id,published,outlet");
}

#[test]
fn a_permalink_of_nothing_is_not_found_and_of_something_else_says_where_it_is() {
    let desk = Desk::of(vec![calm()]);
    let event = &desk.links[0].events[0];
    for path in ["/s/aaaaaaaaaaaaaaaaaa", "/s/x", "/v/%3Cb%3E", "/e/aaaaaaaaaaaaaa", "/s/éééééééééé"] {
        let path = path.replace('é', "%C3%A9");
        assert_eq!(desk.get(&path).status, 404, "{path}");
        assert_eq!(desk.get(&format!("{path}.json")).json()["code"], "not-found");
    }
    let wrong = desk.get(&format!("/s/{event}"));
    assert_eq!(wrong.status, 404);
    wrong.has(&format!("it is at /v/{event}"));
}

#[test]
fn what_was_taken_out_is_gone_with_who_and_why() {
    let desk = Desk::of(vec![calm()]);
    let links = desk.links[0].clone();
    let mut writer = desk.store.writer().unwrap();
    writer
        .delete(
            &links.document,
            &Withdrawal { who: "Kim".to_owned(), why: "a court order".to_owned(), at: NOW.to_owned() },
        )
        .unwrap();
    writer.commit().unwrap();
    for path in
        [format!("/s/{}", links.statements[0]), format!("/v/{}", links.events[0]), format!("/d/{}", links.document)]
    {
        for end in ["", ".json"] {
            let gone = desk.get(&format!("{path}{end}"));
            assert_eq!(gone.status, 410, "{path}{end}");
            gone.has("taken out by Kim").has("a court order");
        }
    }
    assert_eq!(desk.get(&format!("/embed/{}", links.statements[0])).status, 410);
}

#[test]
fn a_card_may_stand_in_other_pages_and_runs_nothing() {
    let desk = Desk::of(vec![calm()]);
    let id = &desk.links[0].statements[0];
    let card = desk.get(&format!("/embed/{id}"));
    assert_eq!(card.status, 200);
    assert!(card.policy.contains("frame-ancestors *") && !card.policy.contains("script-src"), "{}", card.policy);
    assert!(!card.text.contains("<script"));
    card.has("<figure").has("<figcaption>").has("Ana Lund").has(&format!("href=\"/s/{id}\""));
}
