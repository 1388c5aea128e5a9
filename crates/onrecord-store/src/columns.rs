//! What a search finds → rows of cells, for tables and CSV. Each row begins with the permalink that `onrecord show` takes.

use serde::Serialize;

use crate::corrections::Logged;
use crate::jobs::Failure;
use crate::search::{DocumentHit, EventHit, StatementHit};
use crate::views::{MapPlace, OutletRow, PlaceRow, SpeakerRow, Subject};

/// Something that is listed.
pub trait Row: Serialize {
    /// The columns of CSV.
    const COLUMNS: &'static [&'static str];
    /// Those of a table; the last gets the room that is left.
    const SHOWN: &'static [&'static str];
    /// A cell for each of [`Row::COLUMNS`].
    fn cells(&self) -> Vec<String>;
}

/// A line of RFC 4180; what a spreadsheet would run as a formula is led by an apostrophe.
pub fn csv_line<T: AsRef<str>>(cells: &[T]) -> String {
    let cells = cells.iter().map(|cell| {
        let text = cell.as_ref();
        let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number(text);
        let guard = if is_formula { "'" } else { "" };
        if text.contains([',', '"', '\n', '\r']) {
            format!("\"{guard}{}\"", text.replace('"', "\"\""))
        } else {
            format!("{guard}{text}")
        }
    });
    cells.collect::<Vec<_>>().join(",") + "\r\n"
}

/// `-43.6`: a number may begin with a minus.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit()) && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

fn known(text: Option<&String>) -> String {
    text.cloned().unwrap_or_default()
}

fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join("; ")
}

/// `2026-03-11`: the day of a date with a time.
fn day(published_at: Option<&String>) -> String {
    published_at.map(|date| date.get(..10).unwrap_or(date).to_owned()).unwrap_or_default()
}

impl Row for StatementHit {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "published",
        "outlet",
        "title",
        "speaker",
        "source",
        "cue",
        "act",
        "form",
        "negated",
        "content",
        "said_from",
        "said_to",
        "status",
        "confidence",
        "start",
        "end",
        "speaker_ids",
        "document",
        "in_record",
        "url",
    ];
    const SHOWN: &'static [&'static str] = &["id", "published", "speaker", "act", "content"];

    fn cells(&self) -> Vec<String> {
        let speakers = list(self.speakers.iter().map(|speaker| speaker.name.as_str()));
        let said = |pick: fn(&(String, String)) -> &String| known(self.said.as_ref().map(pick));
        vec![
            self.id.clone(),
            day(self.document.published_at.as_ref()),
            known(self.document.outlet.as_ref()),
            known(self.document.title.as_ref()),
            if speakers.is_empty() { known(self.source.as_ref()) } else { speakers },
            known(self.source.as_ref()),
            known(self.cue.as_ref()),
            if self.negated { format!("not: {}", self.act) } else { self.act.clone() },
            self.form.clone(),
            self.negated.to_string(),
            self.content.clone(),
            said(|said| &said.0),
            said(|said| &said.1),
            known(self.status.as_ref()),
            self.confidence.to_string(),
            self.start.to_string(),
            self.end.to_string(),
            list(self.speakers.iter().map(|speaker| speaker.id.as_str())),
            self.document.id.clone(),
            self.in_record.clone(),
            known(self.document.url.as_ref()),
        ]
    }
}

impl Row for EventHit {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "published",
        "outlet",
        "title",
        "type",
        "mode",
        "trigger",
        "who",
        "whom",
        "actor",
        "recipient",
        "from",
        "to",
        "precision",
        "place",
        "negated",
        "certainty",
        "tense",
        "asserted_by",
        "status",
        "confidence",
        "start",
        "end",
        "document",
        "in_record",
        "url",
        "said_by",
    ];
    const SHOWN: &'static [&'static str] = &["id", "from", "type", "who", "whom", "trigger"];

    fn cells(&self) -> Vec<String> {
        let when = |pick: fn(&(String, String, String)) -> &String| known(self.when.as_ref().map(pick));
        vec![
            self.id.clone(),
            day(self.document.published_at.as_ref()),
            known(self.document.outlet.as_ref()),
            known(self.document.title.as_ref()),
            self.kind.clone(),
            known(self.mode.as_ref()),
            self.trigger.clone(),
            known(self.actors.as_ref()),
            known(self.recipients.as_ref()),
            known(self.actor.as_ref().map(|actor| &actor.name)),
            known(self.recipient.as_ref().map(|recipient| &recipient.name)),
            when(|when| &when.0),
            when(|when| &when.1),
            when(|when| &when.2),
            known(self.place.as_ref()),
            self.negated.to_string(),
            self.certainty.clone(),
            self.tense.clone(),
            known(self.asserted_by.as_ref()),
            known(self.status.as_ref()),
            self.confidence.to_string(),
            self.start.to_string(),
            self.end.to_string(),
            self.document.id.clone(),
            self.in_record.clone(),
            known(self.document.url.as_ref()),
            known(self.said_by.as_ref()),
        ]
    }
}

impl Row for DocumentHit {
    const COLUMNS: &'static [&'static str] =
        &["id", "published", "outlet", "title", "statements", "events", "url", "snippet"];
    const SHOWN: &'static [&'static str] = &["id", "published", "outlet", "title", "snippet"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.clone(),
            day(self.published_at.as_ref()),
            known(self.outlet.as_ref()),
            known(self.title.as_ref()),
            self.statements.to_string(),
            self.events.to_string(),
            known(self.url.as_ref()),
            known(self.snippet.as_ref()),
        ]
    }
}

impl Row for PlaceRow {
    const COLUMNS: &'static [&'static str] =
        &["name", "kind", "country", "lat", "lon", "geonames", "mentions", "as_actor", "datelines", "events"];
    const SHOWN: &'static [&'static str] = &["name", "mentions", "events", "country", "kind"];

    fn cells(&self) -> Vec<String> {
        let degrees = |pick: fn(&(f64, f64)) -> f64| self.point.as_ref().map(|point| pick(point).to_string());
        vec![
            self.name.clone(),
            self.kind.clone(),
            known(self.country.as_ref()),
            known(degrees(|point| point.0).as_ref()),
            known(degrees(|point| point.1).as_ref()),
            self.geonames.map(|id| id.to_string()).unwrap_or_default(),
            self.mentions.to_string(),
            self.as_actor.to_string(),
            self.datelines.to_string(),
            self.events.to_string(),
        ]
    }
}

impl Row for MapPlace {
    const COLUMNS: &'static [&'static str] = &[
        "name",
        "kind",
        "country",
        "claimed_by",
        "lat",
        "lon",
        "geonames",
        "events",
        "statements",
        "mentions",
        "datelines",
        "as_government",
        "documents",
    ];
    const SHOWN: &'static [&'static str] = &["name", "events", "mentions", "country", "kind"];

    fn cells(&self) -> Vec<String> {
        let degrees = |degrees: Option<f64>| degrees.map(|degrees| degrees.to_string()).unwrap_or_default();
        vec![
            self.name.clone(),
            self.kind.clone(),
            known(self.country.as_ref()),
            list(self.claimed_by.iter().map(String::as_str)),
            degrees(self.lat),
            degrees(self.lon),
            self.geonames.map(|id| id.to_string()).unwrap_or_default(),
            self.events.to_string(),
            self.statements.to_string(),
            self.mentions.to_string(),
            self.datelines.to_string(),
            self.as_government.to_string(),
            self.documents.to_string(),
        ]
    }
}

impl Row for SpeakerRow {
    const COLUMNS: &'static [&'static str] = &["id", "name", "kind", "country", "sector", "roles", "statements"];
    const SHOWN: &'static [&'static str] = &["id", "statements", "name", "roles"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.clone(),
            self.name.clone(),
            self.kind.clone(),
            known(self.country.as_ref()),
            known(self.sector.as_ref()),
            list(self.roles.iter().map(String::as_str)),
            self.statements.to_string(),
        ]
    }
}

impl Row for Subject {
    const COLUMNS: &'static [&'static str] =
        &["id", "name", "kind", "country", "sector", "names", "roles", "same_as", "documents", "statements", "events"];
    const SHOWN: &'static [&'static str] = &["id", "statements", "name", "roles"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.id.clone(),
            self.name.clone(),
            self.kind.clone(),
            known(self.country.as_ref()),
            known(self.sector.as_ref()),
            list(self.names.iter().map(String::as_str)),
            list(self.roles.iter().map(String::as_str)),
            list(self.merged.iter().map(|merged| merged.id.as_str())),
            self.documents.to_string(),
            self.statements.to_string(),
            self.events.to_string(),
        ]
    }
}

impl Row for OutletRow {
    const COLUMNS: &'static [&'static str] =
        &["outlet", "documents", "statements", "events", "speakers", "first_day", "last_day"];
    const SHOWN: &'static [&'static str] = &["documents", "statements", "events", "outlet"];

    fn cells(&self) -> Vec<String> {
        vec![
            known(self.outlet.as_ref()),
            self.documents.to_string(),
            self.statements.to_string(),
            self.events.to_string(),
            self.speakers.to_string(),
            known(self.first_day.as_ref()),
            known(self.last_day.as_ref()),
        ]
    }
}

impl Row for Failure {
    const COLUMNS: &'static [&'static str] =
        &["code", "origin", "member", "message", "attempts", "first_at", "last_at"];
    const SHOWN: &'static [&'static str] = &["code", "origin", "member", "message"];

    fn cells(&self) -> Vec<String> {
        vec![
            self.code.clone(),
            self.origin.clone(),
            self.member.map(|member| member.to_string()).unwrap_or_default(),
            self.message.clone(),
            self.attempts.to_string(),
            self.first_at.clone(),
            self.last_at.clone(),
        ]
    }
}

impl Row for Logged {
    const COLUMNS: &'static [&'static str] = &["correction", "item", "kind", "who", "at", "why", "stands", "payload"];
    const SHOWN: &'static [&'static str] = &["at", "who", "kind", "item", "why"];

    fn cells(&self) -> Vec<String> {
        let entry = &self.entry;
        let payload = if entry.payload.is_empty() {
            String::new()
        } else {
            serde_json::Value::Object(entry.payload.clone()).to_string()
        };
        vec![
            entry.id.clone(),
            entry.item.clone(),
            entry.kind.clone(),
            entry.who.clone(),
            entry.at.clone(),
            known(entry.why.as_ref()),
            self.stands.to_string(),
            payload,
        ]
    }
}
