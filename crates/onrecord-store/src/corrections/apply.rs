//! The corrections of a document → its record as people corrected it.

use onrecord::Record;
use onrecord::permalinks::{self, Permalinks};
use onrecord::record::{CharSpan, Entity, Event, Review, Source, Statement, Status};
use rusqlite::Connection;

use super::change::{Anchor, Change, Speaker};
use super::log::{COLUMNS, Correction, read};
use crate::StoreError;

/// How much of a content must be the same for a new reading's statement to be the one that was corrected.
const SAME_WORDS: f64 = 0.5;

/// The record with the corrections that stand put on it, in their order. What no statement or event of this reading fits is passed by: it stays in the
/// log for the next.
pub fn corrected(connection: &Connection, mut record: Record) -> Result<Record, StoreError> {
    let (_, document) = permalinks::of_document(&record.document.text);
    let entries = standing(connection, &document)?;
    if entries.is_empty() {
        return Ok(record);
    }
    let links = Permalinks::within(&document, &record);
    let mut placed = Vec::with_capacity(entries.len());
    for entry in &entries {
        let (change, anchor) = Change::read(&entry.kind, &entry.payload)?;
        placed.push((find(&links, &record, entry, &anchor), change));
    }
    for (entry, (item, change)) in entries.iter().zip(placed) {
        match item {
            Some(Item::Statement(at)) => {
                correct_statement(&mut record, at, change, &entry.id);
                let review = record.statements.get_mut(at).and_then(|statement| statement.review.as_mut());
                keep_permalink(review, links.statements.get(at));
            }
            Some(Item::Event(at)) => {
                correct_event(&mut record, at, change, &entry.id);
                let review = record.events.get_mut(at).and_then(|event| event.review.as_mut());
                keep_permalink(review, links.events.get(at));
            }
            None => {}
        }
    }
    Ok(record)
}

/// Where an item stands in its record; none where there is no such item.
pub(super) fn anchor(record: &Record, id: &str) -> Option<Anchor> {
    match named(&Permalinks::of(record), id)? {
        Item::Statement(at) => record.statements.get(at).map(|statement| Anchor {
            cue: statement.cue.spans.clone(),
            content: statement.content.spans.clone(),
            ..Anchor::default()
        }),
        Item::Event(at) => record.events.get(at).map(|event| Anchor {
            trigger: event.trigger.spans.clone(),
            kind: Some(event.kind.clone()),
            ..Anchor::default()
        }),
    }
}

/// The entries about a document's items that were not taken back.
fn standing(connection: &Connection, document: &str) -> Result<Vec<Correction>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM standing_corrections WHERE item > ?1 AND item < ?1 || '~' AND kind NOT IN ('merge', 'apart') \
         ORDER BY number"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let entries = statement.query_map([document], read)?.collect::<Result<_, _>>()?;
    Ok(entries)
}

/// A place in a record's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    Statement(usize),
    Event(usize),
}

fn named(links: &Permalinks, id: &str) -> Option<Item> {
    let at = |ids: &[String]| ids.iter().position(|known| known == id);
    at(&links.statements).map(Item::Statement).or_else(|| at(&links.events).map(Item::Event))
}

/// The item of an entry: by its permalink, or in another reading by its words.
fn find(links: &Permalinks, record: &Record, entry: &Correction, anchor: &Anchor) -> Option<Item> {
    let by_words = || match &anchor.kind {
        Some(kind) => {
            let fits = |event: &Event| event.kind == *kind && shared(&event.trigger.spans, &anchor.trigger) > 0;
            record.events.iter().position(fits).map(Item::Event)
        }
        None => statement_like(record, anchor).map(Item::Statement),
    };
    named(links, &entry.item).or_else(by_words)
}

/// The statement whose content has most words in common with that of the anchor: at least half of them, or some and the same cue.
fn statement_like(record: &Record, anchor: &Anchor) -> Option<usize> {
    let likeness = |statement: &Statement| {
        let common = shared(&statement.content.spans, &anchor.content);
        let all = length(&statement.content.spans) + length(&anchor.content) - common;
        let is_same_cue = !anchor.cue.is_empty() && shared(&statement.cue.spans, &anchor.cue) > 0;
        (common as f64 / all.max(1) as f64, is_same_cue)
    };
    let all = record.statements.iter().enumerate().map(|(at, statement)| (likeness(statement), at));
    let like = all.filter(|((share, is_same_cue), _)| *share >= SAME_WORDS || *is_same_cue && *share > 0.0);
    like.max_by(|(a, at), (b, bt)| a.0.total_cmp(&b.0).then(bt.cmp(at))).map(|(_, at)| at)
}

/// How many characters two lists of spans have in common.
fn shared(some: &[CharSpan], others: &[CharSpan]) -> usize {
    let overlap = |a: &CharSpan, b: &CharSpan| a.end.min(b.end).saturating_sub(a.start.max(b.start));
    some.iter().map(|a| others.iter().map(|b| overlap(a, b)).sum::<usize>()).sum()
}

fn length(spans: &[CharSpan]) -> usize {
    spans.iter().map(|span| span.end.saturating_sub(span.start)).sum()
}

fn correct_statement(record: &mut Record, at: usize, change: Change, id: &str) {
    let ids = match &change {
        Change::Attribute(speakers) => speakers.iter().map(|speaker| entity(&mut record.entities, speaker)).collect(),
        _ => Vec::new(),
    };
    let Some(statement) = record.statements.get_mut(at) else { return };
    note(&mut statement.review, &change, id);
    match change {
        Change::Edit(edit) => {
            for (spans, new) in [
                (&mut statement.source.spans, edit.source),
                (&mut statement.cue.spans, edit.cue),
                (&mut statement.content.spans, edit.content),
            ] {
                if let Some(new) = new {
                    *spans = new;
                }
            }
        }
        // Who told it is in the review, so no rule of the engine's is named for it any more.
        Change::Attribute(_) => {
            let spans = std::mem::take(&mut statement.source.spans);
            statement.source = Source { spans, entities: ids, because: None };
        }
        _ => {}
    }
}

fn correct_event(record: &mut Record, at: usize, change: Change, id: &str) {
    let Some(event) = record.events.get_mut(at) else { return };
    note(&mut event.review, &change, id);
    if let Change::Edit(edit) = change
        && let Some(new) = edit.trigger
    {
        event.trigger.spans = new;
    }
}

/// The permalink that an item has by the words that were read goes with it.
fn keep_permalink(review: Option<&mut Review>, link: Option<&String>) {
    if let Some(review) = review {
        review.permalink = link.cloned();
    }
}

fn note(review: &mut Option<Review>, change: &Change, id: &str) {
    let review = review.get_or_insert_default();
    review.corrections.push(id.to_owned());
    review.status = match change {
        Change::Accept => Some(Status::Accepted),
        Change::Reject => Some(Status::Rejected),
        Change::Reopen => None,
        _ => Some(Status::Edited),
    };
}

/// The entity that a speaker is: the one of this name that the article has, or a new one that it does not mention.
fn entity(entities: &mut Vec<Entity>, speaker: &Speaker) -> String {
    let is_one = |entity: &&Entity| entity.named && entity.kind == speaker.kind && entity.name == speaker.name;
    if let Some(entity) = entities.iter().find(is_one) {
        return entity.id.clone();
    }
    let id = format!("e{}", entities.len() + 1);
    entities.push(Entity {
        id: id.clone(),
        name: speaker.name.clone(),
        kind: speaker.kind,
        named: true,
        roles: Vec::new(),
        country: speaker.country.clone(),
        sector: speaker.sector.clone(),
        place: None,
        mentions: Vec::new(),
    });
    id
}
