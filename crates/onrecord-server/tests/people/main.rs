//! Front page, articles, speakers, sources, ingest and feeds, as a browser and a program see them.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod desk;

use std::time::Duration;

use desk::Desk;
use onrecord_store::corrections::{Change, NewCorrection};
use onrecord_store::jobs::State;
use serde_json::json;

#[tokio::test]
async fn an_empty_store_tells_which_command_fills_it() {
    let desk = Desk::empty();
    desk.get("/").await.has(&["Nothing is in this store yet", "onrecord add --store STORE"]);
    for path in ["/articles", "/speakers", "/sources", "/ingest"] {
        let answer = desk.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        assert!(!answer.body.contains("NaN"), "{path}");
    }
}

#[tokio::test]
async fn the_front_page_leads_with_somebody_in_their_own_words() {
    let page = Desk::new().get("/").await;
    let (before, after) = page.body.split_once("front-columns").unwrap();
    assert!(before.contains("The quay will stay closed until"), "long enough, and of somebody with a name");
    assert!(!after.contains("The quay will stay closed"), "it does not stand there twice");
    page.has(&["4 articles", "4 statements", "4 events", "9 March 2026 to 11 March 2026", "4 articles added"]);
    page.has(&["It &#60;b&#62;floats&#60;/b&#62; &#38; sinks"]);
}

#[tokio::test]
async fn the_counts_of_the_front_page_are_rows() {
    let counts = Desk::new().get("/stats.csv").await;
    counts.has(&[
        "of,field,value,label,count\r\n",
        "documents,outlet,Harbour Post,Harbour Post,2\r\n",
        "statements,,,in all,4\r\n",
    ]);
}

#[tokio::test]
async fn articles_show_the_words_that_match_and_nothing_as_markup() {
    let desk = Desk::new();
    desk.get("/articles?q=quay+divers").await.has(&["1 article<", "<mark>divers</mark>", "Ada Holm &#38; the quay"]);
    desk.get("/articles?q=floats").await.has(&["&#60;b&#62;<mark>floats</mark>&#60;/b&#62;"]);
    let narrowed = desk.get("/articles.json?outlet=Town+Crier&limit=1").await;
    assert_eq!(narrowed.json()["total"], 2);
    assert_eq!(
        narrowed.json()["next_url"].as_str().unwrap().split("&after").next(),
        Some("/articles.json?outlet=Town+Crier&limit=1")
    );
    assert_eq!(desk.get("/articles?speaker=x").await.status, 400, "articles have no speakers to search by");
}

#[tokio::test]
async fn a_figure_says_what_it_shows_and_has_its_table_beside_it() {
    let page = Desk::new().get("/articles").await;
    page.has(&[
        r#"role="img" aria-labelledby="articles-title articles-desc""#,
        "From 9 March 2026 to 11 March 2026; the most, 2 articles, in the period 11 Mar 2026.",
        r#"<a href="/articles?from=2026-03-11&#38;to=2026-03-11" rel="nofollow">11 Mar 2026</a></th><td class="number">2</td>"#,
    ]);
    assert!(!page.body.contains("style="), "the policy allows none");
}

#[tokio::test]
async fn those_who_speak_most_come_first_page_by_page() {
    let desk = Desk::new();
    let first = desk.get("/speakers.json?limit=1").await;
    assert_eq!(first.each("name"), [json!("Ada Holm")]);
    assert_eq!(first.each("statements"), [json!(3)], "A. Holm, harbour master, is held to be her");
    assert_eq!(first.json()["total"], 2);
    let second = desk.get(first.json()["next_url"].as_str().unwrap()).await;
    assert_eq!((second.each("name"), &second.json()["next_url"]), (vec![json!("Jon Reed")], &json!(null)));
    assert_eq!(desk.get("/speakers.json?kind=organization").await.json()["total"], 0);
    let persons = desk.get("/speakers.json?kind=person").await.json()["total"].clone();
    assert_eq!(desk.get("/speakers.json?kind=organization&kind=person").await.json()["total"], persons);
    assert_eq!(desk.get("/speakers.json?kind=witch").await.status, 400);
    assert_eq!(desk.get("/speakers.json?q=Reed").await.each("name"), [json!("Jon Reed")]);
    assert_eq!(desk.get("/speakers.json?q=reed").await.each("name"), [json!("Jon Reed")]);
    assert_eq!(
        desk.get("/speakers.json?q=OLM").await.each("name"),
        [json!("Ada Holm")],
        "a part of a name finds it, too"
    );
    assert_eq!(desk.get("/speakers.json?after=nobody").await.status, 404);
    desk.get("/speakers.csv")
        .await
        .has(&["id,name,kind,country,sector,roles,statements\r\n", ",Ada Holm,person,NZ,GOV,"]);
}

#[tokio::test]
async fn a_speaker_is_shown_with_what_they_said_to_whom_and_where() {
    let desk = Desk::new();
    let id = desk.speaker("Holm").await;
    let page = desk.get(&format!("/speakers/{id}")).await;
    page.has(&[
        "<h1>Ada Holm</h1>",
        "New Zealand",
        "Government",
        "3 statements",
        "to reporters",
        "We wait",
        "Harbour Post",
    ]);
    page.has(&["sacked – Ada Holm", "Sanction"]);
    let item = desk.get(&format!("/speakers/{id}.json")).await.json();
    assert_eq!(item["rows"][0]["said"][0]["addressee"], "reporters");
    assert_eq!(item["rows"][0]["outlets"]["distinct"], 2);
    let days = desk.get(&format!("/speakers/{id}/days.csv")).await;
    assert_eq!(
        days.body,
        "from,to,statements\r\n2026-03-09,2026-03-09,1\r\n2026-03-10,2026-03-10,0\r\n2026-03-11,2026-03-11,2\r\n"
    );
    assert_eq!(desk.get("/speakers/nobody.json").await.status, 404);
}

#[tokio::test]
async fn who_is_held_to_be_the_same_can_be_set_apart_from_the_page() {
    let desk = Desk::new();
    let id = desk.speaker("Holm").await;
    let page = desk.get(&format!("/speakers/{id}")).await;
    page.has(&[
        "names of one person",
        r#"<form method="post" action="/corrections">"#,
        r#"name="change" value="apart""#,
    ]);
    let merged = desk.get(&format!("/speakers/{id}.json")).await.json()["rows"][0]["merged"][0]["id"].clone();
    let merged = merged.as_str().unwrap().to_owned();
    let led = desk.open(&format!("/speakers/{merged}")).await;
    assert_eq!(
        led.headers()["location"],
        format!("/speakers/{id}"),
        "a permalink leads to the one that it is held to be"
    );
    let mut writer = desk.store.writer().unwrap();
    let (who, at) = ("ada".to_owned(), desk::NOW.to_owned());
    writer.correct(&NewCorrection { item: merged.clone(), change: Change::Apart, who, at, why: None }).unwrap();
    writer.commit().unwrap();
    let apart = desk.get(&format!("/speakers/{merged}")).await;
    apart.has(&["<h1>A. Holm</h1>", "1 statement<", r#"name="change" value="merge""#, "Ada Holm, New Zealand"]);
}

#[tokio::test]
async fn outlets_are_counted_and_drawn_with_the_data_of_the_figure() {
    let desk = Desk::new();
    let rows = desk.get("/sources.json").await;
    assert_eq!(
        (rows.each("outlet"), rows.each("speakers")),
        (vec![json!("Harbour Post"), json!("Town Crier")], vec![json!(1), json!(2)])
    );
    let next = desk.get("/sources.json?limit=1").await.json()["next_url"].clone();
    assert_eq!(desk.get(next.as_str().unwrap()).await.each("outlet"), [json!("Town Crier")]);
    desk.get("/sources")
        .await
        .has(&[r#"id="outlet-0-title">Articles of Harbour Post"#, r#"href="/sources/attention.csv""#]);
    desk.get("/sources?q=divers").await.has(&["Share of the articles of Harbour Post with divers", "1 of 2"]);
    let csv = desk.get("/sources/attention.csv?q=divers").await;
    csv.has(&["Harbour Post,2026-03-09,2026-03-09,1,1,1.0000\r\n", "Harbour Post,2026-03-10,2026-03-10,0,0,\r\n"]);
}

#[tokio::test]
async fn what_could_not_be_read_is_listed_by_reason() {
    let desk = Desk::new();
    let page = desk.get("/ingest?code=no_text").await;
    page.has(&[
        "finished",
        "2 documents could not be read",
        "too_large",
        "&#60;b&#62;.html",
        "All articles are in English.",
    ]);
    assert!(!page.body.contains("a.html"), "that is of another reason");
    let jobs = desk.get("/ingest.json").await;
    assert_eq!((jobs.each("documents"), jobs.each("per_second")), (vec![json!(4)], vec![json!(0.4)]));
    let first = desk.get("/ingest/failures.json?limit=1").await;
    let second = desk.get(first.json()["next_url"].as_str().unwrap()).await;
    assert_eq!([first.each("origin"), second.each("origin")].concat(), [json!("<b>.html"), json!("a.html")]);
}

/// The next event of a stream.
async fn next(body: &mut axum::body::BodyDataStream) -> Option<String> {
    use futures_util::StreamExt;
    let chunk = tokio::time::timeout(Duration::from_secs(10), body.next()).await.unwrap()?;
    Some(String::from_utf8(chunk.unwrap().to_vec()).unwrap())
}

#[tokio::test]
async fn runs_are_told_of_while_they_go_on_until_the_server_ends() {
    let desk = Desk::new();
    let response = desk.open("/ingest/events").await;
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut events = response.into_body().into_data_stream();
    let first = next(&mut events).await.unwrap();
    assert!(first.starts_with("event: jobs\ndata: {\"ok\":true,\"rows\":[{\"id\":"), "{first}");
    let mut writer = desk.store.writer().unwrap();
    desk::run(&mut writer, State::Finished, 9);
    writer.commit().unwrap();
    let second = next(&mut events).await.unwrap();
    assert!(second.contains("\"documents\":9"), "{second}");
    desk.app.end();
    assert_eq!(next(&mut events).await, None);
}

#[tokio::test]
async fn so_many_may_listen_and_no_more() {
    let desk = Desk::new();
    let mut listeners = Vec::new();
    for _ in 0..32 {
        listeners.push(desk.open("/ingest/events").await);
    }
    assert_eq!(desk.open("/ingest/events").await.status(), 429);
    listeners.pop();
    assert_eq!(desk.open("/ingest/events").await.status(), 200);
}

#[tokio::test]
async fn every_search_is_a_feed_with_the_newest_first() {
    let desk = Desk::new();
    let feed = desk.get("/statements.atom?outlet=Harbour+Post&limit=1").await;
    assert_eq!(feed.fields["content-type"], "application/atom+xml; charset=utf-8");
    let id = desk.get("/statements.json?outlet=Harbour+Post").await.each("id")[0].as_str().unwrap().to_owned();
    feed.has(&[
        &format!("<id>urn:onrecord:s/{id}</id>"),
        &format!(r#"href="http://localhost:8090/s/{id}""#),
        r#"<link rel="self" type="application/atom+xml" href="http://localhost:8090/statements.atom?outlet=Harbour+Post&amp;limit=1"/>"#,
        r#"<link rel="next" type="application/atom+xml" href="http://localhost:8090/statements.atom?outlet=Harbour+Post&amp;limit=1"#,
        "<published>2026-03-11T00:00:00Z</published>\n<updated>2026-03-12T09:00:00Z</updated>",
    ]);
    desk.get("/statements.atom?q=floats").await.has(&["It &lt;b&gt;floats&lt;/b&gt; &amp; sinks"]);
    desk.get("/articles.atom?q=divers")
        .await
        .has(&["<title>Ada Holm &amp; the quay</title>", "http://localhost:8090/d/"]);
    assert_eq!(desk.get("/statements.atom?speeker=x").await.status, 400);
}
