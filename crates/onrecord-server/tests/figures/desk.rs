//! A small store of invented records with events and places, and a way to ask the server over it.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::Request;
use onrecord_server::{App, Options};
use onrecord_store::{NewDocument, Store};
use serde_json::{Value, json};
use tower::ServiceExt;

/// A server over a store of its own.
pub struct Desk {
    app: App,
    _folder: tempfile::TempDir,
}

/// What the server answered.
pub struct Answer {
    pub status: u16,
    pub media: String,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub fn holds(&self, words: &str) -> bool {
        self.text.contains(words)
    }
}

impl Desk {
    pub fn new(records: &[Value]) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(folder.path().join("news.onrecord")).unwrap();
        let mut writer = store.writer().unwrap();
        for record in records {
            let record = serde_json::from_value(record.clone()).unwrap();
            writer.add(&NewDocument::new(record, "2026-04-01T09:00:00Z")).unwrap();
        }
        writer.commit().unwrap();
        drop(writer);
        Desk { app: App::new(Arc::new(store), Options::default()), _folder: folder }
    }

    /// Three articles: two on an arrest on a day, one on one "in March"; each denies a strike without a day.
    pub fn usual() -> Desk {
        Desk::new(&[
            article("Ada Holm", "Harbour Post", "2026-03-11", "2026-03-10"),
            article("Jon Reed", "Gazette", "2026-03-12", "2026-03-10"),
            article("Ines Vaz", "Gazette", "2026-04-02", "2026-03"),
        ])
    }

    pub async fn get(&self, path: &str) -> Answer {
        let request = Request::get(path).header("host", "127.0.0.1").body(Body::empty()).unwrap();
        let response = self.app.clone().router().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let media = response.headers().get("content-type").map(|media| media.to_str().unwrap().to_owned());
        let body = to_bytes(response.into_body(), 1 << 22).await.unwrap();
        Answer { status, media: media.unwrap_or_default(), text: String::from_utf8(body.to_vec()).unwrap() }
    }
}

/// `“Officers arrested <three> dockers in Lyttelton”`, said by `who`; the article itself denies a strike near Abkhazia.
pub fn article(who: &str, outlet: &str, published: &str, arrested: &str) -> Value {
    let text = format!(
        "CORK — Officers arrested <three> dockers in Lyttelton that day, {who} said. There was no strike near Abkhazia, as Wellington insisted. Galway was quiet."
    );
    let at = |words: &str| {
        let byte = text.find(words).unwrap();
        let start = text[..byte].chars().count();
        json!([start, start + words.chars().count()])
    };
    let rule = json!({"rule": "by hand"});
    let place = |id: &str, name: &str, kind: &str, country: Option<&str>, lat: f64, lon: f64| {
        json!({"id": id, "span": at(name), "name": name, "lat": lat, "lon": lon, "kind": kind, "country": country, "geonames": null,
            "as_actor": name == "Wellington", "dateline": false, "because": rule})
    };
    let dateline = json!({"id": "p1", "span": at("CORK"), "name": "Cork", "lat": 51.9, "lon": -8.47, "kind": "city", "country": "IE",
        "geonames": 2_965_140, "as_actor": false, "dateline": true, "because": rule});
    let mut abkhazia = place("p3", "Abkhazia", "region", None, 43.1, 41.0);
    abkhazia["claimed_by"] = json!(["GE", "RU"]);
    let said = "Officers arrested <three> dockers in Lyttelton that day";
    json!({
        "onrecord": 1, "engine": "0.1.0", "model": "sha256:00",
        "document": {"id": who, "url": null, "outlet": outlet, "title": format!("{who} & the dockers"), "bylines": [], "published_at": published,
            "published_at_basis": "given", "language": "en", "text": text, "paragraphs": [[0, text.chars().count()]],
            "sentences": [[0, text.chars().count()]]},
        "entities": [{"id": "e1", "name": who, "kind": "person", "named": true, "roles": [], "country": "NZ", "sector": null, "place": null,
            "mentions": [{"span": at(who), "form": "name"}]}],
        "statements": [{"id": "s1", "source": {"spans": [at(who)], "entities": ["e1"], "because": rule},
            "cue": {"spans": [at("said")], "lemma": "say", "act": "say"}, "content": {"spans": [at(said)]}, "form": "indirect", "polarity": "positive",
            "parent": null, "addressee": null, "medium": null, "said_when": null, "said_where": null, "time": null, "place": null, "confidence": 0.9,
            "because": rule}],
        "events": [
            {"id": "v1", "trigger": {"spans": [at("arrested")]}, "type": "COERCE", "mode": "arrest", "contexts": [], "cameo": "173", "quad": 4,
                "actors": [{"span": at("Officers"), "entity": null}], "recipients": [{"span": at("<three> dockers"), "entity": null}], "time": "t1",
                "place": "p2", "polarity": "positive", "certainty": "certain", "tense": "past", "asserted_by": "s1", "quantities": [], "confidence": 0.8,
                "because": rule},
            {"id": "v2", "trigger": {"spans": [at("strike")]}, "type": "ASSAULT", "mode": null, "contexts": [], "cameo": "190", "quad": 4,
                "actors": [], "recipients": [], "time": null, "place": "p3", "polarity": "negative", "certainty": "possible", "tense": "hypothetical",
                "asserted_by": "document", "quantities": [], "confidence": 0.7, "because": rule}
        ],
        "times": [{"id": "t1", "span": at("that day"), "type": "DATE", "value": arrested, "mod": null, "because": rule}],
        "places": [dateline, place("p2", "Lyttelton", "city", Some("NZ"), -43.6, 172.72), abkhazia,
            place("p4", "Wellington", "capital", Some("NZ"), -41.29, 174.78), place("p5", "Galway", "city", Some("IE"), 53.27, -9.05)],
        "quantities": []
    })
}
