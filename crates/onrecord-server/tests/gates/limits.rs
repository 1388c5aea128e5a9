use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

use axum::body::Body;
use axum::http::Request;
use onrecord_server::{Options, Pace};
use tokio::time::{sleep, timeout};

use crate::desk::{Desk, to};

#[tokio::test]
async fn more_than_is_taken_is_refused_whether_its_length_is_told_or_not() {
    let desk = Desk::new(Options { body_bytes: 1000, ..Options::default() });
    let long = "a".repeat(1001);
    let fields = [("content-type", "text/plain"), ("content-length", "1001")];
    let told = desk.ask(to("POST", "/read", &fields, &long)).await;
    assert_eq!(told.refusal(), (413, "too-large".to_owned()));
    let untold = desk.ask(to("POST", "/read", &fields[..1], &long)).await;
    assert_eq!(untold.refusal(), (413, "too-large".to_owned()));
}

#[tokio::test]
async fn whoever_asks_too_often_is_told_when_to_ask_again() {
    let desk = Desk::new(Options { pace: Pace::Everyone(1), ..Options::default() });
    assert_eq!(desk.get("/healthz").await.status, 200);
    assert_eq!(desk.get("/healthz").await.status, 200);
    let third = desk.get("/statements.json").await;
    assert_eq!((third.refusal().0, third.field("retry-after")), (429, "1"));
    let free = Desk::new(Options { pace: Pace::Elsewhere(1), ..Options::default() });
    for _ in 0..5 {
        assert_eq!(free.get("/healthz").await.status, 200, "this machine is not counted");
    }
}

#[tokio::test]
async fn methods_that_are_none_here_are_told_which_are() {
    let desk = Desk::new(Options::default());
    for method in ["POST", "DELETE", "OPTIONS", "TRACE", "BREW"] {
        let answer = desk.ask(to(method, "/statements.json", &[], "")).await;
        assert_eq!(answer.refusal(), (405, "method-not-allowed".to_owned()));
        assert_eq!(answer.field("allow"), "GET,HEAD");
    }
    assert_eq!(desk.ask(to("HEAD", "/statements", &[], "")).await.status, 200);
    assert_eq!(desk.ask(to("DELETE", "/read", &[], "")).await.field("allow"), "GET,HEAD,POST");
}

#[tokio::test]
async fn every_error_has_one_shape() {
    let desk = Desk::new(Options::default());
    assert_eq!(desk.get("/nothing.json").await.refusal().0, 404);
    assert_eq!(desk.get("/statements.json?limit=0").await.refusal().0, 400);
    assert_eq!(desk.get("/statements.json?after=n0x").await.refusal().0, 404);
    let elsewhere = Request::builder().uri("/statements.json").header("host", "evil.example").body(Body::empty());
    assert_eq!(desk.ask(elsewhere.unwrap()).await.refusal().0, 403);
    let page = desk.get("/nothing").await;
    assert!(page.body.starts_with("<!DOCTYPE html>") && page.status == 404);
}

#[tokio::test]
async fn every_answer_tells_a_browser_what_it_may_do() {
    let desk = Desk::new(Options::default());
    for path in ["/statements", "/statements.json", "/nothing", "/read", "/healthz"] {
        let answer = desk.get(path).await;
        assert!(answer.field("content-security-policy").starts_with("default-src 'none'; script-src 'self'"), "{path}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cache-control", "private, no-cache"),
            ("x-robots-tag", "noindex, nofollow"),
        ] {
            assert_eq!(answer.field(name), value, "{path}");
        }
        assert_eq!(answer.field("access-control-allow-origin"), "");
    }
}

#[tokio::test]
async fn pages_of_other_sites_change_nothing() {
    let desk = Desk::new(Options::default());
    let post = async |fields: &[(&str, &str)]| {
        let fields = [&[("content-type", "text/plain")], fields].concat();
        desk.ask(to("POST", "/read", &fields, "“Yes”, said Ada Holm.")).await.status.as_u16()
    };
    assert_eq!(post(&[("sec-fetch-site", "cross-site")]).await, 403);
    assert_eq!(post(&[("sec-fetch-site", "same-site")]).await, 403);
    assert_eq!(post(&[("origin", "http://evil.example")]).await, 403);
    assert_eq!(post(&[("origin", "null")]).await, 403);
    assert_eq!(post(&[("origin", "http://localhost:8090")]).await, 200);
    assert_eq!(post(&[("sec-fetch-site", "same-origin")]).await, 200);
    assert_eq!(post(&[]).await, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_waits_while_two_a_core_are_worked_on_and_writing_does_not() {
    let desk = Desk::new(Options::default());
    let turns = 2 * std::thread::available_parallelism().map_or(1, NonZero::get);
    let working = Arc::new(AtomicUsize::new(0));
    let (ends, ended): (Vec<_>, Vec<_>) = (0..turns).map(|_| channel::<()>()).unzip();
    for ended in ended {
        let (app, working) = (desk.app.clone(), Arc::clone(&working));
        tokio::spawn(async move {
            let question = move |_: &_| {
                working.fetch_add(1, Ordering::SeqCst);
                // Until the test lets go of the other end.
                let _ = ended.recv();
                Ok(())
            };
            app.ask(question).await.map_err(|problem| problem.to_string())
        });
    }
    while working.load(Ordering::SeqCst) < turns {
        sleep(Duration::from_millis(1)).await;
    }
    let mut next = Box::pin(desk.app.ask(|_| Ok(())));
    assert!(timeout(Duration::from_millis(50), &mut next).await.is_err(), "there was no turn left");
    let written = timeout(Duration::from_secs(5), desk.app.change(|_| Ok(()))).await;
    assert!(written.is_ok_and(|written| written.is_ok()));
    drop(ends);
    let answered = timeout(Duration::from_secs(5), next).await;
    assert!(answered.is_ok_and(|answered| answered.is_ok()), "the others have ended");
}
