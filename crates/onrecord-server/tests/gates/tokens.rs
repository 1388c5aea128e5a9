use axum::http::StatusCode;
use onrecord_server::Options;
use onrecord_store::Scope;

use crate::desk::{Desk, NOW, to};

fn guarded() -> Desk {
    Desk::new(Options { needs_token: true, ..Options::default() })
}

async fn with(desk: &Desk, token: &str) -> (u16, String) {
    let answer = desk.ask(to("GET", "/statements.json", &[("authorization", &format!("Bearer {token}"))], "")).await;
    let told = answer.json();
    (answer.status.as_u16(), told["error"].as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn on_this_machine_nothing_is_asked() {
    assert_eq!(Desk::new(Options::default()).get("/statements").await.status, StatusCode::OK);
}

#[tokio::test]
async fn without_a_token_a_browser_and_a_program_are_told_how_to_give_one() {
    let desk = guarded();
    let answer = desk.get("/statements.json").await;
    assert_eq!(answer.refusal(), (401, "unauthorized".to_owned()));
    let ways: Vec<&str> = answer
        .fields
        .get_all("www-authenticate")
        .iter()
        .map(|way| way.to_str().unwrap().split(' ').next().unwrap())
        .collect();
    assert_eq!(ways, ["Bearer", "Basic"]);
    let page = desk.get("/statements").await;
    assert!(page.status == 401 && page.body.contains("this server needs a token"), "{}", page.body);
    assert_eq!(desk.get("/nowhere").await.status, 401, "not even what is there is told");
    assert_eq!(desk.get("/healthz").await.status, 200);
}

#[tokio::test]
async fn a_token_opens_the_server_in_either_way() {
    let desk = guarded();
    desk.token("reader", Scope::Read, None);
    assert_eq!(with(&desk, "orec_reader").await, (200, String::new()));
    // ada:orec_reader
    let basic = desk.ask(to("GET", "/statements", &[("authorization", "Basic YWRhOm9yZWNfcmVhZGVy")], "")).await;
    assert_eq!(basic.status, 200);
    assert_eq!(with(&desk, "orec_readeR").await, (401, "this server does not know that token".to_owned()));
}

#[tokio::test]
async fn a_token_that_is_no_longer_taken_says_why() {
    let desk = guarded();
    desk.token("old", Scope::Admin, Some("2026-03-13T00:00:00Z"));
    desk.token("lost", Scope::Admin, None);
    let mut writer = desk.store.writer().unwrap();
    writer.revoke_token("lost", NOW).unwrap();
    writer.commit().unwrap();
    assert_eq!(with(&desk, "orec_old").await, (401, "the token \"old\" expired on 2026-03-13T00:00:00Z".to_owned()));
    assert_eq!(with(&desk, "orec_lost").await, (401, format!("the token \"lost\" was revoked on {NOW}")));
}

#[tokio::test]
async fn a_token_allows_what_its_scope_does() {
    let desk = guarded();
    desk.token("reader", Scope::Read, None);
    desk.token("editor", Scope::Correct, None);
    let status = async |method: &str, path: &str, token: &str| {
        let fields = [("authorization", format!("Bearer {token}")), ("content-type", "text/plain".to_owned())];
        let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
        desk.ask(to(method, path, &fields, "“Yes”, said Ada Holm.")).await.status.as_u16()
    };
    assert_eq!(status("POST", "/read", "orec_reader").await, 200);
    assert_eq!(status("POST", "/corrections", "orec_reader").await, 403);
    assert_ne!(status("POST", "/corrections", "orec_editor").await, 403);
    assert_eq!(status("DELETE", "/statements", "orec_editor").await, 403);
}

#[tokio::test]
async fn the_list_tells_that_a_token_was_used() {
    let desk = guarded();
    desk.token("reader", Scope::Read, None);
    assert_eq!(with(&desk, "orec_reader").await.0, 200);
    for _ in 0..200 {
        if desk.store.tokens().unwrap()[0].used_at.is_some() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("not within two seconds");
}
