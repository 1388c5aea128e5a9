//! A small store behind the whole application, and a stand-in for the reader model.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use onrecord::{Article, Record};
use onrecord_server::{App, Engine, Options, Read};
use onrecord_store::{NewDocument, Scope, Store, Token, TokenHash};
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

    pub fn field(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The status and the code of an error in the shape that all errors have.
    pub fn refusal(&self) -> (u16, String) {
        let told = self.json();
        let status = self.status.as_u16();
        assert_eq!((&told["ok"], &told["status"]), (&json!(false), &json!(status)), "{told}");
        assert_eq!(told.as_object().unwrap().len(), 4, "{told}");
        (status, told["code"].as_str().unwrap().to_owned())
    }
}

impl Desk {
    pub fn new(options: Options) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::create(folder.path().join("news.onrecord")).unwrap();
        let mut writer = store.writer().unwrap();
        for (name, said) in [("Ada Holm", "The quay is closed"), ("Jon Reed", "It floats")] {
            let text = format!("“{said}”, said {name} on Tuesday in Wellington.");
            writer.add(&NewDocument::new(record(&text, name, said), NOW)).unwrap();
        }
        writer.commit().unwrap();
        let store = Arc::new(store);
        let app = App::with_engine(Arc::clone(&store), options, stand_in());
        let router = app.clone().router();
        Desk { _folder: folder, store, app, router }
    }

    /// Puts a token into the store.
    pub fn token(&self, name: &str, scope: Scope, expires_at: Option<&str>) {
        let (name, expires_at) = (name.to_owned(), expires_at.map(str::to_owned));
        let hash = TokenHash::of(&format!("orec_{name}"));
        let token =
            Token { name, scope, created_at: NOW.to_owned(), expires_at, revoked_at: None, used_at: None, hash };
        let mut writer = self.store.writer().unwrap();
        writer.add_token(&token).unwrap();
        writer.commit().unwrap();
    }

    /// An address with something of this store for the part of its path that stands in braces.
    pub async fn example(&self, path: &str) -> String {
        let Some((_, rest)) = path.split_once("{id}") else { return path.to_owned() };
        let of = |list: &str, field: &str| {
            let rows = list.to_owned();
            let field = field.to_owned();
            async move { self.get(&rows).await.json().pointer(&field).and_then(Value::as_str).map(str::to_owned) }
        };
        let id = match path.split('/').nth(1) {
            Some("s") => of("/statements.json", "/rows/0/id").await,
            Some("v") => of("/events.json", "/rows/0/id").await,
            Some("d" | "articles") => of("/statements.json", "/rows/0/document/id").await,
            _ => of("/speakers.json", "/rows/0/id").await,
        };
        format!(
            "{}{}{rest}",
            path.split('{').next().unwrap_or_default(),
            id.unwrap_or_else(|| panic!("nothing for {path}"))
        )
    }

    pub async fn ask(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Answer { status: parts.status, fields: parts.headers, body: String::from_utf8(body.to_vec()).unwrap() }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(to("GET", path, &[], "")).await
    }
}

/// A request to this machine.
pub fn to(method: &str, path: &str, fields: &[(&str, &str)], body: &str) -> Request<Body> {
    let request = Request::builder().method(method).uri(path).header("host", "localhost:8090");
    let request = fields.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    request.body(Body::from(body.to_owned())).unwrap()
}

/// Takes the first words in marks for a statement of the two words that follow `said`; a text that says "panic" makes it fail.
fn stand_in() -> Engine {
    Arc::new(|| {
        Ok(Box::new(|article: &Article| {
            assert!(!article.text.contains("panic"), "as asked");
            let said = article.text.split(['“', '”']).nth(1).unwrap_or_default();
            let name = article.text.split("said ").nth(1).unwrap_or_default();
            let name: Vec<&str> = name.split(' ').take(2).collect();
            let record = record(&article.text, &name.join(" "), said);
            let document = onrecord::record::DocumentRecord { title: article.title.clone(), ..record.document };
            Record { document, ..record }
        }) as Read)
    })
}

/// The record of a text in which `name` says `said`.
pub fn record(text: &str, name: &str, said: &str) -> Record {
    let at = |words: &str| {
        let start = text.find(words).map_or(0, |byte| text[..byte].chars().count());
        json!([start, start + words.chars().count()])
    };
    let length = text.chars().count();
    let mut record = json!({
        "onrecord": 1, "engine": "0.1.0", "model": "sha256:00",
        "document": {
            "id": "a", "url": null, "outlet": "Harbour Post", "title": null, "bylines": [], "published_at": "2026-03-11",
            "published_at_basis": "given", "language": "en", "text": text, "paragraphs": [[0, length]], "sentences": [[0, length]]
        },
        "entities": [{
            "id": "e1", "name": name, "kind": "person", "named": true, "roles": [], "country": "NZ", "sector": null, "place": null,
            "mentions": [{"span": at(name), "form": "name"}]
        }],
        "statements": [{
            "id": "s1", "source": {"spans": [at(name)], "entities": ["e1"]}, "cue": {"spans": [at("said")], "lemma": "say", "act": "say"},
            "content": {"spans": [at(&format!("“{said}”"))]}, "form": "direct", "parent": null, "confidence": 0.9,
            "because": {"rule": "statement/cued"}
        }],
    });
    if text.contains("Tuesday in Wellington") {
        happen(&mut record, &at);
    }
    serde_json::from_value(record).unwrap()
}

/// Adds an event, with when and where it happened.
fn happen(record: &mut Value, at: &dyn Fn(&str) -> Value) {
    let rule = json!({"rule": "event/trigger"});
    record["events"] = json!([{
        "id": "v1", "trigger": {"spans": [at("said")]}, "type": "CONSULT", "mode": "meet", "contexts": [], "cameo": "040", "quad": 1,
        "actors": [], "recipients": [], "time": "t1", "place": "p1", "polarity": "positive", "certainty": "certain", "tense": "past",
        "asserted_by": "document", "quantities": [], "confidence": 0.7, "because": rule
    }]);
    record["times"] = json!([{"id": "t1", "span": at("Tuesday"), "type": "DATE", "value": "2026-03-10", "mod": null, "because": rule}]);
    record["places"] = json!([{"id": "p1", "span": at("Wellington"), "name": "Wellington", "lat": -41.29, "lon": 174.78, "kind": "capital",
        "country": "NZ", "geonames": 2_179_537, "as_actor": false, "dateline": false, "because": rule}]);
    record["quantities"] = json!([]);
}
