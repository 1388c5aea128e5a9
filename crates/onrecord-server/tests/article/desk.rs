//! A small store of invented articles, and requests to a server over it.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use onrecord::Record;
use onrecord::permalinks::Permalinks;
use onrecord_server::{App, Options};
use onrecord_store::{NewDocument, Store};
use serde_json::{Value, json};
use tower::ServiceExt;

/// When everything happens.
pub const NOW: &str = "2026-03-12T08:00:00Z";

/// A server, and the permalinks of the articles in its store.
pub struct Desk {
    _folder: tempfile::TempDir,
    pub store: Arc<Store>,
    pub links: Vec<Permalinks>,
}

/// What a server answered.
pub struct Answer {
    pub status: StatusCode,
    pub location: String,
    pub policy: String,
    pub text: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub fn has(&self, words: &str) -> &Answer {
        assert!(self.text.contains(words), "{words:?} is not in\n{}", self.text);
        self
    }
}

impl Desk {
    /// A store of these records.
    pub fn of(records: Vec<Record>) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(folder.path().join("news.onrecord")).unwrap();
        let links = records.iter().map(Permalinks::of).collect();
        let mut writer = store.writer().unwrap();
        for record in records {
            writer.add(&NewDocument::new(record, NOW)).unwrap();
        }
        writer.commit().unwrap();
        Desk { _folder: folder, store: Arc::new(store), links }
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask(Request::get(path).header(header::HOST, "localhost").body(Body::empty()).unwrap())
    }

    /// Sends a form to `/corrections`.
    pub fn form(&self, body: &str) -> Answer {
        self.post("application/x-www-form-urlencoded", body)
    }

    /// Sends something to `/corrections`.
    pub fn post(&self, media: &str, body: &str) -> Answer {
        let request =
            Request::post("/corrections").header(header::HOST, "localhost").header(header::CONTENT_TYPE, media);
        self.ask(request.body(Body::from(body.to_owned())).unwrap())
    }

    fn ask(&self, request: Request<Body>) -> Answer {
        let router = App::new(Arc::clone(&self.store), Options::default()).router();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let response: Response = router.oneshot(request).await.unwrap();
            let field =
                |name| response.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
            let (status, location, policy) =
                (response.status(), field(header::LOCATION), field(header::CONTENT_SECURITY_POLICY));
            let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
            Answer { status, location, policy, text: String::from_utf8(body.to_vec()).unwrap() }
        })
    }
}

/// An article with a statement in two pieces, one inside it, and what else can be marked.
pub fn calm() -> Record {
    article("Calm in Évora", "https://example.org/calm", "Ana Lund")
}

/// The same article under another title and address and with another speaker.
pub fn article(title: &str, url: &str, speaker: &str) -> Record {
    let text = format!(
        "“Évora is calm 🇵🇹,” Mayor {speaker} said on Tuesday, “and police say 12 men were detained in Lisbon.”\n\nNothing else happened."
    );
    let at = |words: &str| {
        let start = text[..text.find(words).unwrap()].chars().count();
        json!([start, start + words.chars().count()])
    };
    let end = text.chars().count();
    serde_json::from_value(json!({
        "onrecord": 1, "engine": "0.1.0", "model": "sha256:00",
        "document": {
            "id": title, "url": url, "outlet": "Harbour Post", "title": title, "bylines": ["B. Line"], "published_at": "2026-03-11",
            "published_at_basis": "given", "language": "en", "text": text, "paragraphs": [[0, end - 24], [end - 22, end]], "sentences": [[0, end - 24]]
        },
        "entities": [{
            "id": "e1", "name": speaker, "kind": "person", "named": true, "roles": [{"text": "Mayor", "span": at("Mayor")}], "country": "PT", "sector": null,
            "place": null, "mentions": [{"span": at(speaker), "form": "name"}]
        }],
        "statements": [{
            "id": "s1", "source": {"spans": [at(&format!("Mayor {speaker}"))], "entities": ["e1"], "because": {"rule": "speaker/name"}},
            "cue": {"spans": [at("said")], "lemma": "say", "act": "say"},
            "content": {"spans": [at("“Évora is calm 🇵🇹,”"), at("“and police say 12 men were detained in Lisbon.”")]}, "form": "direct",
            "parent": null, "said_when": at("on Tuesday"), "time": "t1", "confidence": 0.94, "because": {"rule": "statement/cued"}
        }, {
            "id": "s2", "source": {"spans": [at("police")], "entities": []}, "cue": {"spans": [at("say")], "lemma": "say", "act": "say"},
            "content": {"spans": [at("12 men were detained in Lisbon")]}, "form": "indirect", "parent": "s1", "confidence": 0.7,
            "because": {"rule": "statement/nested"}
        }],
        "events": [{
            "id": "v1", "trigger": {"spans": [at("detained")]}, "type": "COERCE", "mode": "arrest", "contexts": [], "cameo": null, "quad": 4,
            "actors": [{"span": at("police"), "entity": null}], "recipients": [{"span": at("12 men"), "entity": null}], "time": null, "place": "p1",
            "certainty": "certain", "tense": "past", "asserted_by": "s2", "quantities": ["q1"], "toll": {"arrested": ["q1"]}, "confidence": 0.8,
            "because": {"rule": "event/head"}
        }],
        "times": [{"id": "t1", "span": at("Tuesday"), "type": "DATE", "value": "2026-03-10", "mod": null, "because": {"rule": "time/weekday"}}],
        "places": [{
            "id": "p1", "span": at("Lisbon"), "name": "Lisbon", "lat": 38.7, "lon": -9.1, "kind": "capital", "country": "PT", "geonames": 2267057,
            "as_actor": false, "because": {"rule": "place/only"}
        }],
        "quantities": [{
            "id": "q1", "span": at("12 men"), "value": 12, "upper": null, "unit": "man", "bound": "exactly", "of": at("men"), "because": {"rule": "quantity/count"}
        }]
    }))
    .unwrap()
}
