use onrecord_server::Options;
use serde_json::json;

use crate::desk::{Answer, Desk, to};

const TEXT: &str = "“The <b>quay</b> is closed”, said Ada Holm on Tuesday.";

async fn send(media: &str, body: &str) -> Answer {
    Desk::new(Options::default()).ask(to("POST", "/read", &[("content-type", media)], body)).await
}

#[tokio::test]
async fn a_text_comes_back_as_its_record() {
    let plain = send("text/plain; charset=utf-8", TEXT).await;
    let found = plain.json();
    assert_eq!((plain.status.as_u16(), &found["ok"], &found["total"]), (200, &json!(true), &json!(1)));
    assert_eq!(found["rows"][0]["document"]["text"], TEXT);
    assert_eq!(found["rows"][0]["entities"][0]["name"], "Ada Holm");
    let sent = json!({"text": TEXT, "title": "Quay", "published_at": "2026-03-11", "url": null, "outlet": "Post"});
    let known = send("application/json", &sent.to_string()).await.json();
    assert_eq!(known["rows"][0]["document"]["title"], "Quay");
}

#[tokio::test]
async fn a_pasted_text_comes_back_as_a_page_and_its_words_as_words() {
    let query =
        form_urlencoded::Serializer::new(String::new()).append_pair("text", TEXT).append_pair("title", "").finish();
    let page = send("application/x-www-form-urlencoded", &query).await;
    assert_eq!(page.status, 200);
    for part in ["1 statement<", "Ada Holm", "“The &#60;b&#62;quay&#60;/b&#62; is closed”", "statement/cued"] {
        assert!(page.body.contains(part), "no {part} in {}", page.body);
    }
    let json = send("application/x-www-form-urlencoded", &format!("{query}&as=json")).await;
    assert_eq!(json.json()["rows"][0]["statements"][0]["form"], "direct");
    let empty = Desk::new(Options::default()).get("/read").await;
    assert!(empty.body.contains("<form class=\"paste\"") && !empty.body.contains("<section"));
}

#[tokio::test]
async fn what_cannot_be_read_is_refused() {
    let refused = async |media: &str, body: &str| send(media, body).await.refusal();
    assert_eq!(refused("text/plain", " \n").await, (400, "bad-request".to_owned()));
    assert_eq!(refused("application/pdf", "x").await, (415, "unsupported-media-type".to_owned()));
    assert_eq!(refused("application/json", r#"{"text": "a", "date": "x"}"#).await, (400, "bad-request".to_owned()));
    assert_eq!(refused("application/json", r#"{"text": "a", "published_at": "11 March"}"#).await.0, 400);
    assert_eq!(refused("text/plain", &"a ".repeat(100_001)).await, (413, "too-large".to_owned()));
    assert_eq!(send("text/plain", &"a ".repeat(99_999)).await.status, 200);
    let told = send("application/x-www-form-urlencoded", "The quay is closed").await;
    assert!(told.status == 400 && told.body.contains("send an article as Content-Type: text/plain"), "{}", told.body);
}

#[tokio::test]
async fn a_text_on_which_the_reader_fails_is_an_error_and_the_next_is_read() {
    let desk = Desk::new(Options { reading_threads: 1, ..Options::default() });
    let send = async |text: &str| desk.ask(to("POST", "/read", &[("content-type", "text/plain")], text)).await;
    assert_eq!(send("panic").await.refusal(), (500, "internal".to_owned()));
    assert_eq!(send(TEXT).await.status, 200);
}
