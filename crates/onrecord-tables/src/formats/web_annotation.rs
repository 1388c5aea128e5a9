//! Statements, events and places → W3C Web Annotations, one a line, and what Hypothesis takes to make annotations.
//!
//! Positions are code points, as the recommendation asks; Hypothesis counts UTF-16 units, and gets them. Words around a quotation never begin or end within a
//! character as a reader sees it. A content in several pieces is a target for each.

use onrecord::record::{CharSpan, Entity, Event, Place, Statement};
use serde_json::{Value, json};
use unicode_segmentation::UnicodeSegmentation;

use super::{Options, name_of};
use crate::article::{Article, cover};
use crate::dates;
use crate::permalinks::Item;

/// Code points of the words before and behind, at most.
const AROUND: usize = 32;
const VOCABULARY: &str = "urn:onrecord:terms:";

/// An annotation for each statement, each mention of an event, and each place whose GeoNames id is known.
pub fn lines(article: &Article, options: &Options) -> Vec<String> {
    let record = article.record;
    let statements = record.statements.iter().zip(&article.links.statements).map(|(statement, id)| {
        let spans = content(statement);
        annotation(
            article,
            options,
            (Item::Statement, id),
            "identifying",
            statement_body(article, statement, options),
            &spans,
        )
    });
    let events = record.events.iter().zip(&article.links.events).map(|(event, id)| {
        annotation(article, options, (Item::Event, id), "identifying", event_body(article, event), &event.trigger.spans)
    });
    let places = record.places.iter().zip(&article.links.places).filter_map(|(place, id)| {
        let body = place_body(place)?;
        Some(annotation(article, options, (Item::Place, id), "linking", body, &[place.span]))
    });
    statements.chain(events).chain(places).map(|annotation| format!("{annotation}\n")).collect()
}

/// The payload that makes an annotation of each statement.
pub fn hypothesis(article: &Article, options: &Options) -> Vec<String> {
    let document = &article.record.document;
    let uri = source(article, options);
    let pairs = surrogates(article.text());
    let lines = article.record.statements.iter().zip(&article.links.statements).map(|(statement, id)| {
        let units = |char: usize| char + pairs.partition_point(|&pair| pair < char);
        let selectors = |span: &CharSpan| {
            json!([quote(article, *span), {"type": "TextPositionSelector", "start": units(span.start), "end": units(span.end)}])
        };
        let spans = content(statement);
        // Hypothesis knows one target.
        let whole = cover(&spans);
        let payload = json!({
            "uri": uri,
            "document": {"title": document.title.iter().collect::<Vec<_>>()},
            "text": format!("{} ({}) [{}]", article.speaker_of(statement), statement.cue.act, options.base.permalink(Item::Statement, id)),
            "tags": ["onrecord", "statement", statement.cue.act, name_of(&statement.form)],
            "target": [{"source": uri, "selector": selectors(&whole)}],
        });
        format!("{payload}\n")
    });
    lines.collect()
}

fn annotation(
    article: &Article,
    options: &Options,
    (item, id): (Item, &str),
    motivation: &str,
    body: Value,
    spans: &[CharSpan],
) -> Value {
    let targets: Vec<Value> = spans.iter().map(|span| target(article, options, *span)).collect();
    json!({
        "@context": ["http://www.w3.org/ns/anno.jsonld", {"onrecord": VOCABULARY}],
        "id": options.base.permalink(item, id),
        "type": "Annotation",
        "motivation": motivation,
        "body": body,
        "target": if let [only] = targets.as_slice() { only.clone() } else { Value::Array(targets) },
    })
}

fn target(article: &Article, options: &Options, span: CharSpan) -> Value {
    let mut target = json!({
        "type": "SpecificResource",
        "source": source(article, options),
        "selector": [quote(article, span), {"type": "TextPositionSelector", "start": span.start, "end": span.end, "onrecord:offsetUnit": "codepoint"}],
        "state": {"type": "TimeState", "cached": options.base.permalink(Item::Document, article.id())},
    });
    // A source date is an instant; a day of publication is none.
    if let (Some(date), Some(state)) =
        (article.record.document.published_at.as_deref().and_then(dates::instant), target.get_mut("state"))
    {
        state["sourceDate"] = json!(dates::utc(date));
    }
    target
}

fn source(article: &Article, options: &Options) -> String {
    article.record.document.url.clone().unwrap_or_else(|| options.base.permalink(Item::Document, article.id()))
}

/// The content; where a statement has none, its cue.
fn content(statement: &Statement) -> Vec<CharSpan> {
    let spans = if statement.content.spans.is_empty() { &statement.cue.spans } else { &statement.content.spans };
    spans.clone()
}

fn quote(article: &Article, span: CharSpan) -> Value {
    let before = article.words(CharSpan { start: span.start.saturating_sub(2 * AROUND), end: span.start });
    let after = article.words(CharSpan { start: span.end, end: (span.end + 2 * AROUND).min(article.chars()) });
    json!({
        "type": "TextQuoteSelector",
        "exact": article.words(span),
        "prefix": ending(before, span.start <= 2 * AROUND),
        "suffix": beginning(after),
    })
}

/// The end of `text`, whole characters only. What stands first in it may be the rest of a character, unless it is the beginning of all.
fn ending(text: &str, is_whole: bool) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut chars = 0;
    let mut characters = text.graphemes(true).rev().peekable();
    while let Some(character) = characters.next() {
        chars += character.chars().count();
        if chars > AROUND || characters.peek().is_none() && !is_whole {
            break;
        }
        kept.push(character);
    }
    kept.into_iter().rev().collect()
}

fn beginning(text: &str) -> String {
    let mut chars = 0;
    let fits = |character: &&str| {
        chars += character.chars().count();
        chars <= AROUND
    };
    text.graphemes(true).take_while(fits).collect()
}

/// Which characters of a text take two units in UTF-16.
fn surrogates(text: &str) -> Vec<usize> {
    text.chars().enumerate().filter(|(_, c)| c.len_utf16() == 2).map(|(at, _)| at).collect()
}

fn statement_body(article: &Article, statement: &Statement, options: &Options) -> Value {
    let speaker = |entity: &&Entity| {
        json!({
            "id": article.entity_id(&entity.id).map(|id| options.base.permalink(Item::Entity, id)),
            "type": format!("onrecord:{}", name_of(&entity.kind)),
            "onrecord:name": entity.name,
        })
    };
    json!([
        {
            "type": "TextualBody",
            "purpose": "describing",
            "format": "text/plain",
            "language": article.record.document.language,
            "value": format!("{}: {}", article.speaker_of(statement), article.joined(&statement.content.spans)),
        },
        {
            "type": "onrecord:Statement",
            "onrecord:speaker": article.speakers(statement).iter().map(speaker).collect::<Vec<_>>(),
            "onrecord:source": article.joined(&statement.source.spans),
            "onrecord:cue": article.joined(&statement.cue.spans),
            "onrecord:act": statement.cue.act,
            "onrecord:form": name_of(&statement.form),
            "onrecord:polarity": name_of(&statement.polarity),
            "onrecord:confidence": statement.confidence,
            "onrecord:rule": statement.because.rule,
        },
    ])
}

fn event_body(article: &Article, event: &Event) -> Value {
    let parties = |parties| article.actors(parties).iter().map(|actor| actor.name().to_owned()).collect::<Vec<_>>();
    json!({
        "type": "onrecord:Event",
        "onrecord:eventType": event.kind,
        "onrecord:mode": event.mode,
        "onrecord:actor": parties(&event.actors),
        "onrecord:recipient": parties(&event.recipients),
        "onrecord:polarity": name_of(&event.polarity),
        "onrecord:certainty": name_of(&event.certainty),
        "onrecord:tense": name_of(&event.tense),
        "onrecord:assertedBy": article.speaker(event).unwrap_or_else(|| "document".to_owned()),
        "onrecord:confidence": event.confidence,
        "onrecord:rule": event.because.rule,
    })
}

fn place_body(place: &Place) -> Option<Value> {
    Some(json!({
        "id": format!("https://sws.geonames.org/{}/", place.geonames?),
        "type": "onrecord:Place",
        "onrecord:name": place.name,
        "onrecord:rule": place.because.rule,
    }))
}

#[cfg(test)]
mod tests {
    use super::{beginning, ending};

    #[test]
    fn words_around_are_whole_characters() {
        // A family of five code points, thirty letters, and a letter with its accent apart.
        let family = "👨\u{200d}👩\u{200d}👧";
        let letters = "a".repeat(30);
        assert_eq!(ending(&format!("{family}{letters}"), true), letters);
        assert_eq!(beginning(&format!("{letters}{family}")), letters);
        assert_eq!(beginning(&format!("{letters}e\u{301}x")), format!("{letters}e\u{301}"));
        assert_eq!(ending("\u{301}bc", false), "bc");
    }
}
