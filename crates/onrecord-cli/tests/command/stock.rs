//! A store on the desk: three invented articles, written by hand, so that nothing depends on the model.

use onrecord_store::{NewDocument, Store};
use serde_json::{Value, json};

use crate::desk::Desk;

/// When all of it was added.
pub const NOW: &str = "2026-03-12T09:00:00Z";

struct Article {
    outlet: &'static str,
    day: &'static str,
    name: &'static str,
    role: &'static str,
    country: &'static str,
    said: &'static str,
}

const ARTICLES: [Article; 3] = [
    Article {
        outlet: "Lorne Echo",
        day: "2026-03-09",
        name: "Ada Holm",
        role: "harbour master",
        country: "NZ",
        said: "The north quay is closed",
    },
    Article {
        outlet: "Gazette",
        day: "2026-03-10",
        name: "Jon Reed",
        role: "captain",
        country: "IE",
        said: "Nobody told us that the quay was closed",
    },
    Article {
        outlet: "Gazette",
        day: "2026-03-11",
        name: "Ada Holm",
        role: "harbour master",
        country: "NZ",
        said: "We met, and the north quay opens",
    },
];

/// `“SAID”, said ROLE NAME on Tuesday in Lyttelton.`, with who, when and where; and what happened, where they met.
fn record(article: &Article) -> Value {
    let Article { outlet, day, name, role, country, said } = article;
    let text = format!("“{said}”, said {role} {name} on Tuesday in Lyttelton.\n\nThe quay is 300 m long.");
    let span = |words: &str| {
        let byte = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in {text:?}"));
        let start = text[..byte].chars().count();
        json!([start, start + words.chars().count()])
    };
    let whole = text.split("\n\n").next().unwrap();
    let events = if said.contains("met") {
        json!([{
            "id": "v1", "trigger": {"spans": [span("met")]}, "type": "CONSULT", "mode": "visit", "contexts": [], "cameo": "042", "quad": 1,
            "actors": [{"span": span(name), "entity": "e1"}], "recipients": [], "time": "t1", "place": "p1", "polarity": "positive", "certainty": "certain",
            "tense": "past", "asserted_by": "s1", "quantities": [], "confidence": 0.8, "because": {"rule": "by hand"}
        }])
    } else {
        json!([])
    };
    json!({
        "onrecord": 1, "engine": "0", "model": "none",
        "document": {
            "id": format!("{name} {day}"), "url": null, "outlet": outlet, "title": format!("{name} speaks"), "bylines": [],
            "published_at": day, "published_at_basis": "given", "language": "en", "text": text,
            "paragraphs": [span(whole), span("The quay is 300 m long.")], "sentences": [span(whole), span("The quay is 300 m long.")]
        },
        "entities": [{
            "id": "e1", "name": name, "kind": "person", "named": true, "roles": [{"text": role, "span": span(role)}], "country": country,
            "sector": null, "place": null, "mentions": [{"span": span(name), "form": "name"}]
        }],
        "statements": [{
            "id": "s1", "source": {"spans": [span(&format!("{role} {name}"))], "entities": ["e1"], "because": {"rule": "by hand"}},
            "cue": {"spans": [span("said")], "lemma": "say", "act": "say"}, "content": {"spans": [span(&format!("“{said}”"))]},
            "form": "direct", "polarity": "positive", "parent": null, "addressee": null, "medium": null, "said_when": span("on Tuesday"),
            "said_where": null, "time": "t1", "place": "p1", "confidence": 0.9, "because": {"rule": "by hand"}
        }],
        "events": events,
        "times": [{"id": "t1", "span": span("Tuesday"), "type": "DATE", "value": "2026-03-10", "mod": null, "because": {"rule": "by hand"}}],
        "places": [{
            "id": "p1", "span": span("Lyttelton"), "name": "Lyttelton", "lat": -43.6, "lon": 172.72, "kind": "city", "country": "NZ",
            "geonames": 2_187_404, "as_actor": false, "dateline": false, "because": {"rule": "by hand"}
        }],
        "quantities": []
    })
}

/// The records, the oldest first.
pub fn records() -> Vec<Value> {
    ARTICLES.iter().map(record).collect()
}

/// A desk with the store `onrecord.db`.
pub fn stocked() -> Desk {
    let desk = Desk::new();
    let path = desk.put("onrecord.db", "");
    std::fs::remove_file(&path).unwrap();
    let mut writer = Store::create(&path).unwrap().writer().unwrap();
    for record in records() {
        let record = serde_json::from_value(record).unwrap();
        writer.add(&NewDocument::new(record, NOW)).unwrap();
    }
    writer.commit().unwrap();
    desk
}
