//! Which documents another engine or model has read.

use rusqlite::{Connection, OptionalExtension};

use crate::{NewDocument, Store, StoreError, store};

/// The engine and the model that documents should be read by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadBy {
    /// The version of the engine.
    pub engine: String,
    /// The hash of the model, as a record has it.
    pub model: String,
    /// Whether only what an older version has read is due, not what another model of the same or a newer version has.
    pub only_older: bool,
}

impl Store {
    /// Documents that are due for another reading, in the order of their numbers, with where they came from: at most `most`, from behind `after` on.
    ///
    /// # Errors
    /// [`StoreError::Damaged`]; SQLite.
    pub fn read_by_others(
        &self,
        by: &ReadBy,
        after: Option<i64>,
        most: usize,
    ) -> Result<Vec<(i64, NewDocument)>, StoreError> {
        let reading = self.readers().get(None)?;
        let engines = due(&reading, by)?;
        if engines.is_empty() {
            return Ok(Vec::new());
        }
        let engines = engines.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
        let sql =
            format!("SELECT id FROM documents WHERE number > ? AND engine IN ({engines}) ORDER BY number LIMIT {most}");
        let mut statement = reading.prepare(&sql)?;
        let ids =
            statement.query_map([after.unwrap_or(i64::MIN)], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
        let documents = ids.iter().filter_map(|id| stored(&reading, id).transpose());
        documents.collect()
    }
}

/// A document as it was put in, with its number: the record as it was read, where it came from, and as `now` when it was added.
pub(crate) fn stored(connection: &Connection, id: &str) -> Result<Option<(i64, NewDocument)>, StoreError> {
    let Some(record) = store::record_as_read(connection, id)? else { return Ok(None) };
    let sql = "SELECT number, origin, member, canonical_url, published_at_rung, modified_at, added_at FROM documents WHERE id = ?";
    let row = |row: &rusqlite::Row| {
        let document = NewDocument {
            record,
            origin: row.get(1)?,
            member: row.get(2)?,
            canonical_url: row.get(3)?,
            rung: row.get(4)?,
            modified_at: row.get(5)?,
            now: row.get(6)?,
        };
        Ok((row.get(0)?, document))
    };
    Ok(connection.prepare_cached(sql)?.query_row([id], row).optional()?)
}

/// The numbers of the engines whose documents are due.
fn due(connection: &Connection, by: &ReadBy) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT number, version, model FROM engines")?;
    let mut rows = statement.query([])?;
    let mut due = Vec::new();
    while let Some(row) = rows.next()? {
        let (version, model): (String, String) = (row.get(1)?, row.get(2)?);
        let is_other = (&version, &model) != (&by.engine, &by.model);
        if if by.only_older { parts(&version) < parts(&by.engine) } else { is_other } {
            due.push(row.get(0)?);
        }
    }
    Ok(due)
}

/// A version as its numbers: 0.10 is newer than 0.9.
fn parts(version: &str) -> Vec<u64> {
    let numbers = version.split(['.', '-', '+']).map_while(|part| part.parse().ok());
    numbers.collect()
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn ten_is_newer_than_nine() {
        assert!(parts("0.9.3") < parts("0.10.0"));
        assert!(parts("0.9.3") < parts("0.9.3.1"));
        assert_eq!(parts("1.0.0-rc.1"), parts("1.0.0"));
    }
}
