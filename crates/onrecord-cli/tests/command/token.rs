//! `token`, and what `serve` says where there is none.

use crate::desk::{Desk, Run};
use crate::stock::stocked;

fn ended(code: i32, out: &str, err: &str) -> Run {
    Run { code: Some(code), out: out.to_owned(), err: err.to_owned() }
}

/// The fields of the only token.
fn listed(desk: &Desk) -> serde_json::Value {
    desk.run(&["token", "list"]).lines().remove(0)
}

#[test]
fn a_token_is_shown_once_listed_and_revoked() {
    let desk = stocked();
    let made = desk.run(&["token", "create", "desk", "--scope", "correct"]);
    assert_eq!((made.code, made.err.as_str()), (Some(0), "onrecord: keep it: it is shown this once\n"));
    let token = made.out.trim();
    assert!(token.starts_with("orec_") && token.len() == 69, "{token}");
    let list = desk.run(&["token", "list"]);
    assert!(!list.out.contains(&token[5..20]), "{list:?}");
    let one = listed(&desk);
    assert_eq!((&one["name"], &one["scope"], &one["state"]), (&"desk".into(), &"correct".into(), &"valid".into()));
    assert!(one["expires_at"].as_str() > one["created_at"].as_str());
    assert_eq!(desk.run(&["token", "revoke", "desk"]), ended(0, "", ""));
    assert_eq!(listed(&desk)["state"], "revoked");
}

#[test]
fn what_cannot_be_made_or_revoked_is_refused() {
    let desk = stocked();
    assert_eq!(desk.run(&["token", "create", "desk", "--expires", "never"]).code, Some(0));
    assert!(listed(&desk)["expires_at"].is_null());
    let again = desk.run(&["token", "create", "desk"]);
    assert_eq!(again, ended(2, "", "onrecord: there is a token \"desk\" already\n"));
    assert_eq!(desk.run(&["token", "revoke", "dusk"]), ended(2, "", "onrecord: there is no token \"dusk\"\n"));
    assert_eq!(desk.run(&["token", "create", "x", "--expires", "0"]).code, Some(2));
}

#[test]
fn a_server_that_needs_tokens_is_not_started_without_any() {
    let told = "every request would need a token, and the store has none: onrecord token create NAME";
    for more in [vec!["--token-required"], vec!["--address", "0.0.0.0"]] {
        let run = stocked().run(&[vec!["serve", "--port", "0"], more].concat());
        assert_eq!(run, ended(2, "", &format!("onrecord: {told}\n")));
    }
}
