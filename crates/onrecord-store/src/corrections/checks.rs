//! Whether a correction fits what it corrects.

use onrecord::Record;
use onrecord::record::CharSpan;
use rusqlite::Connection;

use super::change::{Anchor, Change, Edit};
use super::log::{NewCorrection, find};
use super::{apply, subjects};
use crate::{StoreError, store};

/// Where the item of a correction stands, for those of statements and events; a correction that does not fit is refused.
pub(super) fn checked(connection: &Connection, new: &NewCorrection) -> Result<Option<Anchor>, StoreError> {
    if new.who.trim().is_empty() {
        return refuse("nobody is named who makes the correction".to_owned());
    }
    match &new.change {
        Change::Undo => undo(connection, &new.item).map(|()| None),
        Change::Merge(into) => {
            subject(connection, &new.item)?;
            subject(connection, into)?;
            if *into == new.item { refuse(format!("{into} is itself already")) } else { Ok(None) }
        }
        Change::Apart => subject(connection, &new.item).map(|()| None),
        change => {
            let record = store::record_as_read(connection, &new.item)?;
            let found = record.and_then(|record| apply::anchor(&record, &new.item).map(|anchor| (record, anchor)));
            let Some((record, anchor)) = found else {
                return missing("statement or event", &new.item);
            };
            item(&record, &anchor, change)?;
            Ok(Some(anchor))
        }
    }
}

fn refuse<T>(why: String) -> Result<T, StoreError> {
    Err(StoreError::Correction(why))
}

fn missing<T>(what: &str, id: &str) -> Result<T, StoreError> {
    Err(StoreError::NoItem(format!("no {what} {id}")))
}

fn undo(connection: &Connection, id: &str) -> Result<(), StoreError> {
    let Some(undone) = find(connection, id)? else { return missing("correction", id) };
    let is_third = undone.kind == "undo" && find(connection, &undone.item)?.is_some_and(|entry| entry.kind == "undo");
    if is_third { refuse(format!("{id} takes back a taking back; make the correction again")) } else { Ok(()) }
}

fn subject(connection: &Connection, id: &str) -> Result<(), StoreError> {
    if subjects::is_there(connection, id)? { Ok(()) } else { missing("subject", id) }
}

/// Whether a change fits the item that it is about, and its spans the text.
fn item(record: &Record, anchor: &Anchor, change: &Change) -> Result<(), StoreError> {
    let is_event = anchor.kind.is_some();
    let Change::Edit(edit) = change else {
        let is_attributed = matches!(change, Change::Attribute(_));
        return if is_attributed && is_event { refuse("an event has no speaker".to_owned()) } else { Ok(()) };
    };
    let of_statement = [&edit.source, &edit.cue, &edit.content];
    if is_event && of_statement.iter().any(|spans| spans.is_some()) || !is_event && edit.trigger.is_some() {
        return refuse("a statement has source, cue and content, an event a trigger".to_owned());
    }
    if *edit == Edit::default() {
        return refuse("an edit without spans".to_owned());
    }
    if edit.content.as_ref().or(edit.trigger.as_ref()).is_some_and(Vec::is_empty) {
        return refuse("a content or a trigger without words; reject it instead".to_owned());
    }
    let chars = record.document.text.chars().count();
    of_statement.into_iter().chain([&edit.trigger]).flatten().try_for_each(|part| in_text(part, chars))
}

/// Spans lie in the text, one behind the other.
fn in_text(spans: &[CharSpan], chars: usize) -> Result<(), StoreError> {
    let mut last = 0;
    for &CharSpan { start, end } in spans {
        if start >= end || start < last || end > chars {
            let why = format!("the span {start}-{end} is empty, out of order or past the text of {chars} characters");
            return refuse(why);
        }
        last = end;
    }
    Ok(())
}
