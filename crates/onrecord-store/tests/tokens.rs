//! Tokens: by name, as hashes alone, refused when they expire or are revoked.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use onrecord_store::{Scope, Store, Token, TokenHash};

const NOW: &str = "2026-03-12T09:00:00Z";
const LATER: &str = "2026-03-13T09:00:00Z";

fn token(name: &str, secret: &str, expires_at: Option<&str>) -> Token {
    Token {
        name: name.to_owned(),
        scope: Scope::Correct,
        created_at: NOW.to_owned(),
        expires_at: expires_at.map(str::to_owned),
        revoked_at: None,
        used_at: None,
        hash: TokenHash::of(secret),
    }
}

#[test]
fn a_token_is_known_by_its_hash_and_is_nowhere_in_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("news.onrecord")).unwrap();
    let mut writer = store.writer().unwrap();
    writer.add_token(&token("desk", "orec_0123456789abcdef", None)).unwrap();
    writer.commit().unwrap();
    writer.settle_log().unwrap();
    let tokens = store.tokens().unwrap();
    assert_eq!(tokens, [token("desk", "orec_0123456789abcdef", None)]);
    assert_ne!(tokens[0].hash, TokenHash::of("orec_0123456789abcdee"));
    let bytes = std::fs::read(store.path()).unwrap();
    assert!(!bytes.windows(16).any(|window| window == b"0123456789abcdef"));
}

#[test]
fn a_token_that_expired_or_was_revoked_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("news.onrecord")).unwrap();
    let mut writer = store.writer().unwrap();
    writer.add_token(&token("desk", "orec_1", Some(LATER))).unwrap();
    writer.note_use_of_token("desk", NOW).unwrap();
    writer.commit().unwrap();
    let of_desk = || store.tokens().unwrap().remove(0);
    assert_eq!((of_desk().used_at.as_deref(), of_desk().check(NOW)), (Some(NOW), Ok(())));
    assert_eq!(of_desk().check(LATER), Err(format!("the token \"desk\" expired on {LATER}")));
    assert!(writer.revoke_token("desk", NOW).unwrap());
    assert!(writer.revoke_token("desk", LATER).unwrap(), "it stays as it is");
    assert!(!writer.revoke_token("nobody", NOW).unwrap());
    writer.commit().unwrap();
    assert_eq!(of_desk().check(NOW), Err(format!("the token \"desk\" was revoked on {NOW}")));
}

#[test]
fn a_name_is_given_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(folder.path().join("news.onrecord")).unwrap();
    let mut writer = store.writer().unwrap();
    writer.add_token(&token("desk", "orec_1", None)).unwrap();
    let told = |token: Token| store.writer().unwrap().add_token(&token).unwrap_err().to_string();
    writer.commit().unwrap();
    assert_eq!(told(token("desk", "orec_2", None)), "there is a token \"desk\" already");
    assert_eq!(told(token(" ", "orec_2", None)), "\" \" is no name for a token");
}
