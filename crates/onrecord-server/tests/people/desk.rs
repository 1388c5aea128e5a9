//! A small store of invented records behind the whole application.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use onrecord::Record;
use onrecord_server::{App, Options};
use onrecord_store::jobs::{Counts, Failure, NewJob, State};
use onrecord_store::{NewDocument, Store, Writer};
use serde_json::{Value, json};
use tower::ServiceExt;

pub const NOW: &str = "2026-03-12T09:00:00Z";

/// A store with an application over it.
pub struct Desk {
    _folder: tempfile::TempDir,
    pub store: Arc<Store>,
    pub app: App,
    router: Router,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub fields: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The value at `key` of every row.
    pub fn each(&self, key: &str) -> Vec<Value> {
        self.json()["rows"].as_array().unwrap().iter().map(|row| row[key].clone()).collect()
    }

    /// Fails where one of `parts` is not in the body.
    pub fn has(&self, parts: &[&str]) {
        for part in parts {
            assert!(self.body.contains(part), "no {part} in {}", self.body);
        }
    }
}

/// A sentence of an article: who said what to reporters.
pub struct Sentence {
    pub name: &'static str,
    pub role: &'static str,
    pub said: &'static str,
    pub outlet: &'static str,
    pub day: &'static str,
}

const SENTENCES: [Sentence; 4] = [
    Sentence {
        name: "Ada Holm",
        role: "harbour master",
        said: "The quay will stay closed until the last of the divers has come up",
        outlet: "Harbour Post",
        day: "2026-03-09",
    },
    Sentence {
        name: "Jon Reed",
        role: "mayor",
        said: "It <b>floats</b> & sinks",
        outlet: "Town Crier",
        day: "2026-03-10",
    },
    Sentence {
        name: "Ada Holm",
        role: "harbour master",
        said: "No ship left",
        outlet: "Town Crier",
        day: "2026-03-11",
    },
    Sentence { name: "A. Holm", role: "harbour master", said: "We wait", outlet: "Harbour Post", day: "2026-03-11" },
];

impl Desk {
    /// With four articles, a run and two failures.
    pub fn new() -> Desk {
        let desk = Desk::empty();
        let mut writer = desk.store.writer().unwrap();
        for sentence in &SENTENCES {
            writer.add(&NewDocument::new(record(sentence), NOW)).unwrap();
        }
        run(&mut writer, State::Finished, 4);
        writer.commit().unwrap();
        desk
    }

    /// With nothing in it.
    pub fn empty() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let store = Arc::new(Store::create(folder.path().join("news.onrecord")).unwrap());
        let app = App::new(Arc::clone(&store), Options::default());
        let router = app.clone().router();
        Desk { _folder: folder, store, app, router }
    }

    /// The answer with its body still to come.
    pub async fn open(&self, path: &str) -> axum::response::Response {
        let request = Request::builder().uri(path).header("host", "localhost:8090").body(Body::empty()).unwrap();
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub async fn get(&self, path: &str) -> Answer {
        let (parts, body) = self.open(path).await.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer { status: parts.status, fields: parts.headers, body: String::from_utf8(body.to_vec()).unwrap() }
    }

    /// The permalink of the speaker that `name` finds first.
    pub async fn speaker(&self, name: &str) -> String {
        let found = self.get(&format!("/speakers.json?q={name}")).await.json();
        found["rows"][0]["id"].as_str().unwrap_or_else(|| panic!("nobody is called {name}")).to_owned()
    }
}

/// Notes a run of `documents`, of which two failed.
pub fn run(writer: &mut Writer, state: State, documents: u64) {
    let now = "2026-03-12T09:00:10Z";
    let new = NewJob { kind: "add".to_owned(), source: "pages/*.html".to_owned(), options: None, now: NOW.to_owned() };
    let job = writer.begin_job(&new).unwrap();
    let counts = Counts { documents, added: documents, failed: 2, passed_over: 0, bytes: 12_000 };
    writer.note_job(&job.id, state, &counts, now).unwrap();
    for (origin, code) in [("a.html", "too_large"), ("<b>.html", "no_text")] {
        writer.note_failure(&job.id, &Failure::new(origin, None, code, "it is so", now)).unwrap();
    }
}

/// `“SAID”, the ROLE NAME told reporters in Lyttelton. The council sacked NAME.`
fn record(Sentence { name, role, said, outlet, day }: &Sentence) -> Record {
    let text = format!("“{said}”, the {role} {name} told reporters in Lyttelton. The council sacked {name}.");
    let at = |words: &str| {
        let start = text.find(words).map_or(0, |byte| text[..byte].chars().count());
        json!([start, start + words.chars().count()])
    };
    let length = text.chars().count();
    let record = json!({
        "onrecord": 1, "engine": "0.1.0", "model": "sha256:00",
        "document": {
            "id": said, "url": null, "outlet": outlet, "title": format!("{name} & the quay"), "bylines": [], "published_at": day,
            "published_at_basis": "given", "language": "en", "text": text, "paragraphs": [[0, length]], "sentences": [[0, length]]
        },
        "entities": [{
            "id": "e1", "name": name, "kind": "person", "named": true, "roles": [{"text": role, "span": at(role)}], "country": "NZ",
            "sector": "GOV", "place": null, "mentions": [{"span": at(name), "form": "name"}]
        }],
        "statements": [{
            "id": "s1", "source": {"spans": [at(name)], "entities": ["e1"]}, "cue": {"spans": [at("told")], "lemma": "tell", "act": "say"},
            "content": {"spans": [at(&format!("“{said}”"))]}, "form": "direct", "parent": null, "addressee": at("reporters"),
            "confidence": 0.9, "because": {"rule": "statement/cued"}
        }],
        "events": [{
            "id": "v1", "trigger": {"spans": [at("sacked")]}, "type": "SANCTION", "mode": null, "contexts": [], "cameo": null, "quad": 4,
            "actors": [], "recipients": [{"span": at(name), "entity": "e1"}], "time": null, "place": null, "polarity": "positive",
            "certainty": "certain", "tense": "past", "asserted_by": "document", "quantities": [], "confidence": 0.8,
            "because": {"rule": "event/trigger"}
        }]
    });
    serde_json::from_value(record).unwrap()
}
