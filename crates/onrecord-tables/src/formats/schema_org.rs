//! A record → schema.org: a `NewsArticle` with its quotations and the claims that it reports, as JSON-LD on a line.
//!
//! A statement all of whose words stand in quotation marks is a `Quotation`; one that is told in other words is a `Claim`. Absent on purpose: `firstAppearance`, for
//! nobody who has read one article knows it.

use onrecord::record::{Entity, Form, Kind, Statement};
use serde_json::{Map, Value, json};

use super::Options;
use crate::article::{Article, cover};
use crate::permalinks::Item;

/// The line of an article, with its line end.
pub fn line(article: &Article, options: &Options) -> String {
    let document = &article.record.document;
    let id = options.base.permalink(Item::Document, article.id());
    let parts = article.record.statements.iter().zip(&article.links.statements);
    let parts: Vec<Value> =
        parts.map(|(statement, at)| part(article, statement, at, &Linked { article_id: &id, options })).collect();
    let person = |name: &String| json!({"@type": "Person", "name": name});
    let news = json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": id,
        "identifier": document.id,
        "headline": document.title,
        "datePublished": document.published_at,
        "author": document.bylines.iter().map(person).collect::<Vec<_>>(),
        "publisher": document.outlet.as_ref().map(|outlet| json!({"@type": "Organization", "name": outlet})),
        "inLanguage": document.language,
        "url": document.url,
        "hasPart": parts,
    });
    format!("{}\n", known(news))
}

/// What the parts of an article point to.
struct Linked<'a> {
    article_id: &'a str,
    options: &'a Options,
}

fn part(article: &Article, statement: &Statement, id: &str, linked: &Linked) -> Value {
    let speakers = article.speakers(statement);
    let speakers: Vec<Value> =
        speakers.into_iter().filter(|entity| entity.named).map(|entity| party(article, entity, linked)).collect();
    let spans = &statement.content.spans;
    let place = cover(spans);
    let credit =
        (speakers.is_empty() && !statement.source.spans.is_empty()).then(|| article.joined(&statement.source.spans));
    let said = article.days(statement.time.as_deref()).and_then(|when| when.partial());
    let common = json!({
        "@id": linked.options.base.permalink(Item::Statement, id),
        "text": article.joined(spans),
        "creditText": credit,
        "dateCreated": said,
        "identifier": {"@type": "PropertyValue", "propertyID": "urn:onrecord:codepoints", "value": format!("{}-{}", place.start, place.end)},
    });
    let own = match statement.form {
        Form::Direct => json!({
            "@type": "Quotation",
            "spokenByCharacter": speakers,
            "isBasedOn": {"@id": linked.article_id},
        }),
        Form::Indirect | Form::Mixed => json!({
            "@type": "Claim",
            "author": speakers,
            "appearance": {"@id": linked.article_id},
        }),
    };
    match (common, own) {
        (Value::Object(mut common), Value::Object(own)) => {
            common.extend(own);
            Value::Object(common)
        }
        (common, _) => common,
    }
}

/// Who speaks. A state that speaks is an organisation.
fn party(article: &Article, entity: &Entity, linked: &Linked) -> Value {
    let id = article.entity_id(&entity.id).map(|id| linked.options.base.permalink(Item::Entity, id));
    let kind = if entity.kind == Kind::Person { "Person" } else { "Organization" };
    json!({"@type": kind, "@id": id, "name": entity.name})
}

/// The value without what is null or empty, at every depth.
fn known(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| (name, known(value)));
            Value::Object(fields.filter(|(_, value)| !is_empty(value)).collect::<Map<_, _>>())
        }
        Value::Array(values) => Value::Array(values.into_iter().map(known).filter(|value| !is_empty(value)).collect()),
        value => value,
    }
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}
