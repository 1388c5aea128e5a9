//! `/openapi.json` against a golden file and against what is answered.

use std::path::Path;

use onrecord_server::Options;
use serde_json::Value;

use crate::desk::Desk;

async fn described(desk: &Desk) -> Value {
    desk.get("/openapi.json").await.json()
}

#[tokio::test]
async fn the_description_is_the_golden_one() {
    let written = desk_body().await;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gates/openapi.json");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &written).unwrap();
        panic!("{} was written anew: read the difference", path.display());
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == golden, "the API is described otherwise: UPDATE=1 writes {} anew", path.display());
}

async fn desk_body() -> String {
    let answer = Desk::new(Options::default()).get("/openapi.json").await;
    assert_eq!(answer.field("content-type"), "application/json");
    answer.body
}

#[tokio::test]
async fn every_address_answers_as_it_is_described() {
    let desk = Desk::new(Options::default());
    let description = described(&desk).await;
    for (path, methods) in description["paths"].as_object().unwrap() {
        let Some(content) = methods.pointer("/get/responses/200/content") else { continue };
        let asked = desk.example(path).await;
        if path == "/ingest/events" {
            // Goes on for ever: tests/gates/listening.rs listens to it.
            continue;
        }
        let answer = desk.get(&asked).await;
        assert_eq!(answer.status, 200, "{asked}: {}", answer.body);
        let (media, described) = content.as_object().unwrap().iter().next().unwrap();
        assert_eq!(answer.field("content-type").split(';').next().unwrap(), media, "{asked}");
        if media == "application/json" && path != "/openapi.json" {
            hold(&description, &described["schema"], &answer.json(), &asked);
        }
    }
}

#[tokio::test]
async fn every_parameter_tells_what_it_is() {
    let description = described(&Desk::new(Options::default())).await;
    for (path, methods) in description["paths"].as_object().unwrap() {
        for parameter in methods["get"]["parameters"].as_array().into_iter().flatten() {
            assert!(parameter["description"].is_string(), "{path}: {}", parameter["name"]);
        }
    }
}

#[tokio::test]
async fn a_record_is_as_it_is_described() {
    let desk = Desk::new(Options::default());
    let description = described(&desk).await;
    let fields = [("content-type", "text/plain")];
    let answer = desk.ask(crate::desk::to("POST", "/read", &fields, "“Yes”, said Ada Holm.")).await;
    let schema = &description["paths"]["/read"]["post"]["responses"]["200"]["content"]["application/json"]["schema"];
    hold(&description, schema, &answer.json(), "/read");
}

#[tokio::test]
async fn errors_are_as_they_are_described() {
    let desk = Desk::new(Options::default());
    let description = described(&desk).await;
    let told = desk.get("/statements.json?limit=0").await.json();
    hold(&description, &description["components"]["schemas"]["Error"], &told, "an error");
}

/// Fails where `value` is not as `schema` says, or has a field that it does not tell of.
fn hold(description: &Value, schema: &Value, value: &Value, place: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let schema = description.pointer(name.trim_start_matches('#'));
        return hold(description, schema.unwrap_or_else(|| panic!("{place}: {name} is nowhere")), value, place);
    }
    if let Some(any) = schema.get("oneOf").or_else(|| schema.get("anyOf")).and_then(Value::as_array) {
        let fitting: Vec<&Value> = any.iter().filter(|one| is_null(one) == value.is_null()).collect();
        assert_eq!(fitting.len(), 1, "{place}: {value} is none or several of {any:?}");
        return hold(description, fitting[0], value, place);
    }
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        other => panic!("{place}: no type is called {other}"),
    };
    let types: Vec<&str> = match &schema["type"] {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        other => panic!("{place}: the type is {other} in {schema}"),
    };
    assert!(types.iter().any(|name| is(name)), "{place}: {value} is no {types:?}");
    if let Some(values) = schema["enum"].as_array() {
        assert!(values.contains(value), "{place}: {value} is none of {values:?}");
    }
    for value in value.as_array().into_iter().flatten() {
        if schema.get("items").is_some_and(Value::is_object) {
            hold(description, &schema["items"], value, &format!("{place}[]"));
        }
    }
    let Some(fields) = value.as_object() else { return };
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        assert!(fields.contains_key(name), "{place} has no {name}");
    }
    for (name, value) in fields {
        let schema = schema["properties"].get(name).unwrap_or_else(|| panic!("{place}.{name} is not described"));
        hold(description, schema, value, &format!("{place}.{name}"));
    }
}

fn is_null(schema: &Value) -> bool {
    schema["type"] == "null"
}
