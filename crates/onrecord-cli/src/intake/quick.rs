//! A stand-in for the reader model, for tests: takes every quotation for a statement of the first capitalised word in its paragraph. Not shipped.

use onrecord::{Article, Record};
use serde_json::{Value, json};

/// A record of `article` that is the same each time.
pub fn read(article: &Article) -> Record {
    let chars: Vec<char> = article.text.chars().collect();
    let mut entities: Vec<Value> = Vec::new();
    let mut statements: Vec<Value> = Vec::new();
    for (start, end) in paragraphs(&chars) {
        let Some((from, to)) = capitalised(&chars, start, end) else { continue };
        let name: String = chars.get(from..to).unwrap_or_default().iter().collect();
        let at = entities.iter().position(|entity| entity["name"] == name).unwrap_or(entities.len());
        if at == entities.len() {
            entities.push(json!({
                "id": format!("e{}", at + 1), "name": name, "kind": "person", "named": true, "roles": [], "country": null, "sector": null,
                "place": null, "mentions": [{"span": [from, to], "form": "name"}]
            }));
        }
        statements.push(json!({
            "id": format!("s{}", statements.len() + 1), "source": {"spans": [[from, to]], "entities": [format!("e{}", at + 1)]},
            "cue": {"spans": [], "lemma": null, "act": "say"}, "content": {"spans": [[start, end]]}, "form": "indirect", "parent": null,
            "confidence": 0.5, "because": {"rule": "statement/cued"}
        }));
    }
    let record = json!({
        "onrecord": 1, "engine": std::env::var("ONRECORD_QUICK_READER").unwrap_or_default(), "model": "sha256:quick",
        "document": {
            "id": article.id.clone().unwrap_or_else(|| "none".to_owned()), "url": article.url, "outlet": article.outlet, "title": article.title,
            "bylines": [], "published_at": article.published_at, "published_at_basis": article.published_at.as_ref().map(|_| "given"),
            "language": "en", "text": article.text, "paragraphs": [], "sentences": []
        },
        "entities": entities, "statements": statements
    });
    match serde_json::from_value(record) {
        Ok(record) => record,
        Err(error) => panic!("the stand-in writes no record: {error}"),
    }
}

/// Lines that are not empty.
fn paragraphs(chars: &[char]) -> Vec<(usize, usize)> {
    let mut start = 0;
    let lines = chars.split(|c| *c == '\n').map(|line| {
        let span = (start, start + line.len());
        start += line.len() + 1;
        span
    });
    lines.filter(|(start, end)| start < end).collect()
}

fn capitalised(chars: &[char], start: usize, end: usize) -> Option<(usize, usize)> {
    let from = (start..end).find(|at| chars.get(*at).is_some_and(|c| c.is_uppercase()))?;
    let to = (from..end).find(|at| !chars.get(*at).is_some_and(|c| c.is_alphanumeric())).unwrap_or(end);
    Some((from, to))
}
