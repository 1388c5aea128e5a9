//! Who and what an article speaks of, a row each.

use std::collections::HashMap;

use onrecord::record::Entity;

use super::{Named, Value, maybe, number, text, whole};
use crate::article::Article;
use crate::formats::{Options, name_of};
use crate::permalinks::Item;

pub fn rows(article: &Article, options: &Options) -> Vec<Named> {
    let mut said: HashMap<&str, usize> = HashMap::new();
    for id in article.record.statements.iter().flat_map(|statement| &statement.source.entities) {
        *said.entry(id).or_default() += 1;
    }
    let entities = article.record.entities.iter().zip(&article.links.entities);
    let statements = |entity: &Entity| said.get(entity.id.as_str()).copied().unwrap_or(0);
    entities.map(|(entity, id)| row(article, entity, (id, statements(entity)), options)).collect()
}

fn row(article: &Article, entity: &Entity, (id, statements): (&str, usize), options: &Options) -> Named {
    let place = article.place(entity.place.as_deref());
    vec![
        ("entity_id", text(id)),
        ("document_id", text(article.id())),
        ("document", text(&article.record.document.id)),
        ("entity", text(&entity.id)),
        ("permalink", text(options.base.permalink(Item::Entity, id))),
        ("name", text(&entity.name)),
        ("kind", text(name_of(&entity.kind))),
        ("named", Value::Truth(entity.named)),
        ("country", maybe(entity.country.as_deref())),
        ("sector", maybe(entity.sector.as_deref())),
        ("place", maybe(place.map(|place| place.name.as_str()))),
        ("lat", number(place.and_then(|place| place.lat))),
        ("lon", number(place.and_then(|place| place.lon))),
        ("geonames", place.and_then(|place| place.geonames).map_or(Value::Null, |id| Value::Whole(i64::from(id)))),
        ("roles", roles(entity)),
        ("mentions", mentions(article, entity)),
        ("statements", whole(statements)),
    ]
}

fn roles(entity: &Entity) -> Value {
    let row = |role: &onrecord::record::Role| vec![text(&role.text), whole(role.span.start), whole(role.span.end)];
    Value::Group(entity.roles.iter().map(row).collect())
}

fn mentions(article: &Article, entity: &Entity) -> Value {
    let row = |mention: &onrecord::record::Mention| {
        vec![
            text(article.words(mention.span)),
            text(name_of(&mention.form)),
            whole(mention.span.start),
            whole(mention.span.end),
        ]
    };
    Value::Group(entity.mentions.iter().map(row).collect())
}
