//! Records for tests: of the articles in examples/, read by the engine, and invented ones, made without it.
#![allow(dead_code, reason = "each test takes what it needs")]

use std::path::Path;
use std::sync::LazyLock;

use onrecord::{Article, Reader, Record};
use serde_json::json;

static EXAMPLES: LazyLock<Vec<Record>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let reader = Reader::new().unwrap();
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path.join("article.txt")).ok()?;
        Some(reader.read(&Article { text, published_at: Some("2026-03-11".to_owned()), ..Article::default() }))
    };
    paths.iter().take(3).filter_map(read).collect()
});

/// The records of some of the project's own articles.
pub fn examples() -> Vec<Record> {
    EXAMPLES.clone()
}

/// A record of an article of one sentence: `“SAID,” said NAME.`
pub fn invented(name: &str, said: &str) -> Record {
    spoken(name, "harbour master", Some("NZ"), said, "Harbour Post", "2026-03-11")
}

/// A record of an article of one sentence, with all that tells its speaker from others.
pub fn spoken(name: &str, role: &str, country: Option<&str>, said: &str, outlet: &str, day: &str) -> Record {
    let text = format!("“{said}”, said {role} {name} on Tuesday in Lyttelton.");
    let at = |words: &str| {
        let byte = text.find(words).unwrap();
        let start = text[..byte].chars().count();
        json!([start, start + words.chars().count()])
    };
    let roles = if role.is_empty() { json!([]) } else { json!([{"text": role, "span": at(role)}]) };
    let record = json!({
        "onrecord": 1, "engine": "0.1.0", "model": "sha256:00",
        "document": {
            "id": format!("{name} {said}"), "url": null, "outlet": outlet, "title": format!("{name} speaks"), "bylines": [], "published_at": day,
            "published_at_basis": "given", "language": "en", "text": text, "paragraphs": [[0, text.chars().count()]],
            "sentences": [[0, text.chars().count()]]
        },
        "entities": [{
            "id": "e1", "name": name, "kind": "person", "named": true, "roles": roles, "country": country, "sector": null, "place": null,
            "mentions": [{"span": at(name), "form": "name"}]
        }],
        "statements": [{
            "id": "s1", "source": {"spans": [at(&format!("{role} {name}"))], "entities": ["e1"], "because": {"rule": "source/name"}},
            "cue": {"spans": [at("said")], "lemma": "say", "act": "say"}, "content": {"spans": [at(&format!("“{said}”"))]}, "form": "direct",
            "polarity": "positive", "parent": null, "addressee": null, "medium": null, "said_when": at("on Tuesday"), "said_where": null,
            "time": "t1", "place": "p1", "confidence": 0.1 + 0.2, "because": {"rule": "statement/cued", "scores": {"cue": 0.987, "valid": -1e-7, "certainty": -0.3}}
        }],
        "events": [],
        "times": [{"id": "t1", "span": at("Tuesday"), "type": "DATE", "value": "2026-03-10", "mod": null, "because": {"rule": "time/weekday"}}],
        "places": [{
            "id": "p1", "span": at("Lyttelton"), "name": "Lyttelton", "lat": -43.60303, "lon": 172.717_87, "kind": "city", "country": "NZ",
            "geonames": 2_187_404, "as_actor": false, "dateline": false, "because": {"rule": "place/only"}
        }],
        "quantities": []
    });
    serde_json::from_value(record).unwrap()
}
