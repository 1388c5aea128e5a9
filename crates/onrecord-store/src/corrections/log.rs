//! The log: entries written once, read in their order, and carried from store to store as lines.

use onrecord::permalinks::DOCUMENT;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::change::{Anchor, Change};
use super::{apply, checks, subjects};
use crate::faults::fault;
use crate::readers::Reading;
use crate::{Store, StoreError, Writer, permalink};

/// A correction to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCorrection {
    /// The permalink of a statement, an event or a subject; of what is undone, the id of the correction.
    pub item: String,
    /// What is changed.
    pub change: Change,
    /// Who says so.
    pub who: String,
    /// What time it is, ISO 8601.
    pub at: String,
    /// Why.
    pub why: Option<String>,
}

/// An entry of the log, as a line of JSON has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// Made of all that follows.
    #[serde(rename = "correction")]
    pub id: String,
    /// The permalink of what is corrected.
    pub item: String,
    /// `accept`, `edit`, …
    pub kind: String,
    /// What else [`Change`] says, and where the item stood.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(value_type = Object))]
    pub payload: Map<String, Value>,
    /// Who says so.
    pub who: String,
    /// When, ISO 8601.
    pub at: String,
    /// Why.
    #[serde(default)]
    pub why: Option<String>,
}

/// An entry of the log, and whether it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Logged {
    /// The entry.
    #[serde(flatten)]
    pub entry: Correction,
    /// Whether nobody took it back, or somebody took that back.
    pub stands: bool,
}

impl Correction {
    fn new(new: &NewCorrection, anchor: Option<&Anchor>) -> Correction {
        let NewCorrection { item, change, who, at, why } = new.clone();
        let (kind, payload) = (change.kind().to_owned(), change.payload(anchor));
        let entry = Correction { id: String::new(), item, kind, payload, who, at, why };
        Correction { id: entry.made_id(), ..entry }
    }

    /// What it changes.
    ///
    /// # Errors
    /// [`StoreError::Correction`] where it is none that this program knows.
    pub fn change(&self) -> Result<Change, StoreError> {
        Ok(Change::read(&self.kind, &self.payload)?.0)
    }

    /// The id that its words give it.
    fn made_id(&self) -> String {
        let payload = sorted(&Value::Object(self.payload.clone()));
        let why = self.why.clone().unwrap_or_default();
        let words = [&self.item, &self.kind, &payload, &self.who, &self.at, &why];
        permalink::of_correction(&words.map(|words| format!("{}:{words}", words.len())).concat())
    }
}

/// JSON with its keys in order, whatever order they came in.
fn sorted(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> =
                fields.iter().map(|(key, value)| format!("{}:{}", Value::from(key.as_str()), sorted(value))).collect();
            fields.sort();
            format!("{{{}}}", fields.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(sorted).collect::<Vec<_>>().join(",")),
        scalar => scalar.to_string(),
    }
}

impl Writer {
    /// Makes a correction: writes it into the log and changes the rows of what it corrects, in one batch.
    ///
    /// # Errors
    /// [`StoreError::NoItem`] where there is no such item; [`StoreError::Correction`] where spans do not fit its text; else as [`Writer::add`].
    pub fn correct(&mut self, new: &NewCorrection) -> Result<Correction, StoreError> {
        self.whole(|writer| {
            let anchor = checks::checked(writer.batch()?, new)?;
            let entry = Correction::new(new, anchor.as_ref());
            writer.enter(&entry)?;
            Ok(entry)
        })
    }

    /// Takes in an entry of another log; false where it is there already. What it corrects need not be in the store yet.
    ///
    /// # Errors
    /// [`StoreError::Correction`] where it is broken or was altered; else as [`Writer::add`].
    pub fn replay(&mut self, entry: &Correction) -> Result<bool, StoreError> {
        self.whole(|writer| {
            entry.change()?;
            if entry.made_id() != entry.id {
                let why = format!("the correction {} was altered: its words make another id", entry.id);
                return Err(StoreError::Correction(why));
            }
            writer.enter(entry)
        })
    }

    fn enter(&mut self, entry: &Correction) -> Result<bool, StoreError> {
        fault("correction/log")?;
        let payload = (!entry.payload.is_empty()).then(|| Value::Object(entry.payload.clone()).to_string());
        let sql =
            "INSERT OR IGNORE INTO corrections (id, item, kind, payload, who, at, why) VALUES (?, ?, ?, ?, ?, ?, ?)";
        let Correction { id, item, kind, who, at, why, .. } = entry;
        if self.batch()?.prepare_cached(sql)?.execute((id, item, kind, payload, who, at, why))? == 0 {
            return Ok(false);
        }
        fault("correction/logged")?;
        // What is undone, down to the item that it was about.
        let mut target = entry.clone();
        while target.kind == "undo" {
            match find(self.batch()?, &target.item)? {
                Some(undone) => target = undone,
                None => return Ok(true),
            }
        }
        if target.change()?.is_of_item() {
            let document = target.item.get(..DOCUMENT).unwrap_or_default().to_owned();
            self.rewrite(&document)?;
        } else {
            subjects::put(self.batch()?, &target)?;
        }
        fault("correction/applied")?;
        Ok(true)
    }
}

impl Store {
    /// The log, in its order: all of it, or what is about one item, or about a document with all that is in it.
    ///
    /// # Errors
    /// SQLite.
    pub fn corrections(&self, about: Option<&str>) -> Result<Vec<Correction>, StoreError> {
        let reading = self.readers().get(None)?;
        let sql = format!("SELECT {COLUMNS} FROM corrections WHERE substr(item, 1, length(?1)) = ?1 ORDER BY number");
        let mut statement = reading.prepare_cached(&sql)?;
        let entries = statement.query_map([about.unwrap_or_default()], read)?.collect::<Result<_, _>>()?;
        Ok(entries)
    }

    /// Where a statement or an event stands in its text as it was read: the first character of its content or trigger.
    ///
    /// # Errors
    /// SQLite.
    pub fn place_in_text(&self, id: &str) -> Result<Option<usize>, StoreError> {
        let record = self.record_as_read(id)?;
        let anchor = record.and_then(|record| apply::anchor(&record, id));
        Ok(anchor.and_then(|anchor| anchor.content.iter().chain(&anchor.trigger).map(|span| span.start).min()))
    }
}

/// A part of the log in its order, at most `most` entries from behind the number `after` on, and the number of the last of them where more follow: of all of
/// it, or of what is about an item, or about a document with all that is in it; with what takes entries back.
///
/// # Errors
/// [`StoreError::Deadline`]; SQLite.
pub fn log(
    reading: &Reading,
    about: Option<&str>,
    after: i64,
    most: usize,
) -> Result<(Vec<Logged>, Option<i64>), StoreError> {
    reading.at_one_moment(|connection| {
        let most = i64::try_from(most).unwrap_or(i64::MAX - 1);
        let mut entries = logged(connection, about, after, most.saturating_add(1))?;
        let has_more = i64::try_from(entries.len()).is_ok_and(|count| count > most);
        if has_more {
            entries.pop();
        }
        let last = entries.last().filter(|_| has_more).map(|(number, _)| *number);
        Ok((entries.into_iter().map(|(_, entry)| entry).collect(), last))
    })
}

/// All that is about an item, or about a document with all that is in it.
pub(crate) fn about(connection: &Connection, id: &str) -> Result<Vec<Logged>, StoreError> {
    let entries = logged(connection, Some(id), 0, i64::MAX)?;
    Ok(entries.into_iter().map(|(_, entry)| entry).collect())
}

fn logged(
    connection: &Connection,
    about: Option<&str>,
    after: i64,
    most: i64,
) -> Result<Vec<(i64, Logged)>, StoreError> {
    // Permalinks are of letters and digits, which all come before the tilde.
    let which = match about {
        None => "?1 IS NULL",
        Some(_) => {
            "id IN (WITH RECURSIVE about (id) AS (SELECT id FROM corrections WHERE item >= ?1 AND item < ?1 || '~' \
             UNION SELECT undoing.id FROM corrections AS undoing JOIN about ON undoing.item = about.id WHERE undoing.kind = 'undo') SELECT id FROM about)"
        }
    };
    let stands = "NOT EXISTS (SELECT 1 FROM corrections AS undone WHERE undone.kind = 'undo' AND undone.item = entry.id \
                  AND NOT EXISTS (SELECT 1 FROM corrections AS redone WHERE redone.kind = 'undo' AND redone.item = undone.id))";
    let sql = format!(
        "SELECT {COLUMNS}, {stands}, number FROM corrections AS entry WHERE {which} AND number > ?2 ORDER BY number LIMIT ?3"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let entries = statement
        .query_map((about, after, most), |row| Ok((row.get(8)?, Logged { entry: read(row)?, stands: row.get(7)? })))?;
    Ok(entries.collect::<Result<_, _>>()?)
}

pub(super) const COLUMNS: &str = "id, item, kind, payload, who, at, why";

pub(super) fn read(row: &Row) -> rusqlite::Result<Correction> {
    let payload: Option<String> = row.get(3)?;
    Ok(Correction {
        id: row.get(0)?,
        item: row.get(1)?,
        kind: row.get(2)?,
        payload: payload.and_then(|payload| serde_json::from_str(&payload).ok()).unwrap_or_default(),
        who: row.get(4)?,
        at: row.get(5)?,
        why: row.get(6)?,
    })
}

/// The entry with that id.
pub(super) fn find(connection: &Connection, id: &str) -> Result<Option<Correction>, StoreError> {
    let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM corrections WHERE id = ?"))?;
    Ok(statement.query_row([id], read).optional()?)
}
