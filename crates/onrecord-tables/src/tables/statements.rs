//! Who said what, a row a statement.

use onrecord::record::{Entity, Statement};

use super::{Named, Row, Value, maybe, number, spans, text, whole, words};
use crate::article::{Article, cover};
use crate::formats::{Options, name_of};
use crate::permalinks::Item;

pub fn rows(article: &Article, options: &Options) -> Vec<Named> {
    let statements = article.record.statements.iter().zip(&article.links.statements);
    statements.map(|(statement, id)| row(article, statement, id, options)).collect()
}

fn row(article: &Article, statement: &Statement, id: &str, options: &Options) -> Named {
    let document = &article.record.document;
    let mut row = vec![
        ("statement_id", text(id)),
        ("document_id", text(article.id())),
        ("document", text(&document.id)),
        ("statement", text(&statement.id)),
        ("permalink", text(options.base.permalink(Item::Statement, id))),
        ("url", maybe(document.url.as_deref())),
        ("outlet", maybe(document.outlet.as_deref())),
        ("title", maybe(document.title.as_deref())),
        ("published_at", maybe(document.published_at.as_deref())),
        ("parent", maybe(statement.parent.as_deref())),
        ("speaker", text(article.speaker_of(statement))),
        ("speakers", speakers(article, statement)),
    ];
    row.extend(said(article, statement));
    row.extend(circumstances(article, statement));
    row.extend([("confidence", number(Some(statement.confidence))), ("rule", text(&statement.because.rule))]);
    row
}

/// From source to polarity.
fn said(article: &Article, statement: &Statement) -> Named {
    let (source, cue, content) = (&statement.source.spans, &statement.cue.spans, &statement.content.spans);
    let whole_span = cover(source.iter().chain(cue).chain(content));
    vec![
        ("source", text(article.joined(source))),
        ("source_spans", spans(source)),
        ("cue", text(article.joined(cue))),
        ("cue_spans", spans(cue)),
        ("lemma", maybe(statement.cue.lemma.as_deref())),
        ("act", text(&statement.cue.act)),
        ("content", text(article.joined(content))),
        ("content_spans", spans(content)),
        ("start", whole(whole_span.start)),
        ("end", whole(whole_span.end)),
        ("form", text(name_of(&statement.form))),
        ("polarity", text(name_of(&statement.polarity))),
    ]
}

/// From addressee to lon.
fn circumstances(article: &Article, statement: &Statement) -> Named {
    let days = article.days(statement.time.as_deref());
    let place = article.place(statement.place.as_deref());
    vec![
        ("addressee", words(article, statement.addressee)),
        ("medium", words(article, statement.medium)),
        ("said_when", words(article, statement.said_when)),
        ("said_where", words(article, statement.said_where)),
        ("date", days.as_ref().map_or(Value::Null, |when| text(when.first.iso()))),
        ("date_end", days.as_ref().map_or(Value::Null, |when| text(when.last.unwrap_or(when.first).iso()))),
        (
            "date_precision",
            days.and_then(|when| when.precision).map_or(Value::Null, |precision| text(name_of(&precision))),
        ),
        ("place", maybe(place.map(|place| place.name.as_str()))),
        ("country", maybe(place.and_then(|place| place.country.as_deref()))),
        ("lat", number(place.and_then(|place| place.lat))),
        ("lon", number(place.and_then(|place| place.lon))),
    ]
}

fn speakers(article: &Article, statement: &Statement) -> Value {
    let row = |entity: &Entity| -> Row {
        vec![
            maybe(article.entity_id(&entity.id)),
            text(&entity.id),
            text(&entity.name),
            text(name_of(&entity.kind)),
            Value::Truth(entity.named),
            maybe(entity.country.as_deref()),
            maybe(entity.sector.as_deref()),
        ]
    };
    Value::Group(article.speakers(statement).into_iter().map(row).collect())
}
