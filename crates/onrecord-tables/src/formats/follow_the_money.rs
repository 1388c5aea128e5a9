//! A record → `FollowTheMoney` entities: the article, who is named in it, what was said and what happened.
//!
//! Ids are SHA-1 of ours, so that what is loaded again takes the place of what was there. Only named persons and bodies, and whoever speaks or takes part, become
//! entities; a place is written where it speaks or takes part, as the body that it stands for.

use std::collections::{BTreeMap, HashSet};

use onrecord::record::{Entity, Kind, MentionForm, Statement};
use serde::Serialize;
use sha1::{Digest, Sha1};

use super::Options;
use crate::article::{Article, Happening};
use crate::dates;
use crate::permalinks::{Item, hex};

/// One entity of `FollowTheMoney`; values are always lists.
#[derive(Serialize)]
struct Proxy {
    id: String,
    schema: &'static str,
    properties: BTreeMap<&'static str, Vec<String>>,
}

/// A line for each entity, each with its line end.
pub fn lines(article: &Article, options: &Options) -> Vec<String> {
    let mut proxies = vec![document(article, options)];
    let acting = acting(article);
    for entity in &article.record.entities {
        if let Some(schema) = schema(entity, &acting) {
            proxies.push(party(article, entity, schema));
            proxies.extend(mentions(article, entity, schema));
        }
    }
    let statements = article.record.statements.iter().zip(&article.links.statements);
    proxies.extend(statements.map(|(statement, id)| note(article, statement, id, &acting, options)));
    proxies.extend(article.happenings(options.all).iter().map(|happening| event(article, happening, &acting, options)));
    // String keys: nothing can fail on the way into memory.
    proxies.iter().map(|proxy| serde_json::to_string(proxy).unwrap_or_default() + "\n").collect()
}

/// The id of an item in the name space of this program.
fn key(item: Item, id: &str) -> String {
    hex(&Sha1::digest(format!("onrecord:{}/{id}", item.letter())))
}

fn proxy<const N: usize>(id: String, schema: &'static str, properties: [(&'static str, Vec<String>); N]) -> Proxy {
    let known = |values: Vec<String>| values.into_iter().filter(|value| !value.trim().is_empty()).collect::<Vec<_>>();
    let properties = properties.into_iter().map(|(name, values)| (name, known(values)));
    Proxy { id, schema, properties: properties.filter(|(_, values)| !values.is_empty()).collect() }
}

fn listed(value: Option<&str>) -> Vec<String> {
    value.into_iter().map(str::to_owned).collect()
}

fn document(article: &Article, options: &Options) -> Proxy {
    let document = &article.record.document;
    // The tool knows no zones: what has one is written in UTC, as it would be read.
    let utc = document.published_at.as_deref().and_then(dates::instant).map(dates::utc);
    let published = utc.map(|utc| utc.trim_end_matches('Z').to_owned()).or_else(|| document.published_at.clone());
    let properties = [
        ("title", listed(document.title.as_deref())),
        ("fileName", vec![document.id.clone()]),
        ("author", document.bylines.clone()),
        ("publisher", listed(document.outlet.as_deref())),
        ("publishedAt", listed(published.as_deref())),
        // ISO 639-3, as the tool has it.
        ("language", listed((document.language == "en").then_some("eng"))),
        (
            "sourceUrl",
            listed(web(document.url.as_deref()).or(web(Some(&options.base.permalink(Item::Document, article.id()))))),
        ),
        ("contentHash", vec![hex(&Sha1::digest(&document.text))]),
        ("bodyText", vec![document.text.clone()]),
    ];
    proxy(key(Item::Document, article.id()), "Article", properties)
}

/// An address that a tool for the web takes for one.
fn web(url: Option<&str>) -> Option<&str> {
    url.filter(|url| url.starts_with("https://") || url.starts_with("http://"))
}

/// The ids of entities that speak or take part in something.
fn acting<'a>(article: &Article<'a>) -> HashSet<&'a str> {
    let record = article.record;
    let speakers = record.statements.iter().flat_map(|statement| &statement.source.entities).map(String::as_str);
    let parties = record.events.iter().flat_map(|event| event.actors.iter().chain(&event.recipients));
    speakers.chain(parties.filter_map(|party| party.entity.as_deref())).collect()
}

fn schema(entity: &Entity, acting: &HashSet<&str>) -> Option<&'static str> {
    if !entity.named || entity.name.trim().is_empty() {
        return None;
    }
    match entity.kind {
        Kind::Person => Some("Person"),
        Kind::Organization => Some("Organization"),
        _ if !acting.contains(entity.id.as_str()) => None,
        Kind::Place => Some("PublicBody"),
        Kind::Group | Kind::Work | Kind::Other => Some("LegalEntity"),
    }
}

fn entity_key(article: &Article, entity: &Entity) -> String {
    article.entity_id(&entity.id).map(|id| key(Item::Entity, id)).unwrap_or_default()
}

fn party(article: &Article, entity: &Entity, schema: &'static str) -> Proxy {
    // PLOVER's codes of those that are no state are longer.
    let country = entity.country.as_deref().filter(|code| code.len() == 2).map(str::to_lowercase);
    let properties = [
        ("name", vec![entity.name.clone()]),
        ("country", country.into_iter().collect()),
        ("proof", vec![key(Item::Document, article.id())]),
        (
            if schema == "Person" { "position" } else { "description" },
            entity.roles.iter().map(|role| role.text.clone()).collect(),
        ),
    ];
    proxy(entity_key(article, entity), schema, properties)
}

/// A mention for each of the names that the article has for an entity.
fn mentions(article: &Article, entity: &Entity, schema: &'static str) -> Vec<Proxy> {
    let named = entity.mentions.iter().filter(|mention| mention.form == MentionForm::Name);
    let mut known = HashSet::new();
    let names = named.map(|mention| article.words(mention.span)).filter(|name| known.insert(*name));
    let mention = |name: &str| {
        let of = entity_key(article, entity);
        let id = hex(&Sha1::digest(format!("onrecord:mention/{of}/{name}")));
        let properties = [
            ("document", vec![key(Item::Document, article.id())]),
            ("name", vec![name.to_owned()]),
            ("resolved", vec![of]),
            ("detectedSchema", vec![schema.to_owned()]),
        ];
        proxy(id, "Mention", properties)
    };
    names.map(mention).collect()
}

fn note(article: &Article, statement: &Statement, id: &str, acting: &HashSet<&str>, options: &Options) -> Proxy {
    let document = &article.record.document;
    let content = article.joined(&statement.content.spans);
    let speakers = article.speakers(statement).into_iter().filter(|entity| schema(entity, acting).is_some());
    let link = options.base.permalink(Item::Statement, id);
    let properties = [
        ("name", vec![format!("{}: {content}", article.speaker_of(statement))]),
        ("description", vec![content.clone()]),
        ("entity", speakers.map(|entity| entity_key(article, entity)).collect()),
        ("proof", vec![key(Item::Document, article.id())]),
        ("publisher", listed(document.outlet.as_deref())),
        ("sourceUrl", listed(web(Some(&link)).or(web(document.url.as_deref())))),
    ];
    proxy(key(Item::Statement, id), "Note", properties)
}

fn event(article: &Article, happening: &Happening, acting: &HashSet<&str>, options: &Options) -> Proxy {
    let event = happening.event;
    let place = article.place(event.place.as_deref());
    let parties =
        event.actors.iter().chain(&event.recipients).filter_map(|party| article.entity(party.entity.as_deref()?));
    let parties = parties.filter(|entity| schema(entity, acting).is_some());
    let mode = event.mode.as_ref().map(|mode| format!(", {mode}")).unwrap_or_default();
    let country = place.and_then(|place| place.country.as_deref()).filter(|code| code.len() == 2);
    let link = options.base.permalink(Item::Event, &happening.id);
    let properties = [
        ("name", vec![format!("{} ({}{mode})", article.trigger_words(event), event.kind)]),
        ("description", listed(article.sentence(event).map(|(_, span)| article.words(span)))),
        ("date", article.days(event.time.as_deref()).and_then(|when| when.partial()).into_iter().collect()),
        ("location", listed(place.map(|place| place.name.as_str()))),
        ("country", country.map(str::to_lowercase).into_iter().collect()),
        ("involved", parties.map(|entity| entity_key(article, entity)).collect()),
        ("proof", vec![key(Item::Document, article.id())]),
        ("sourceUrl", listed(web(Some(&link)).or(web(article.record.document.url.as_deref())))),
    ];
    proxy(key(Item::Event, &happening.id), "Event", properties)
}
