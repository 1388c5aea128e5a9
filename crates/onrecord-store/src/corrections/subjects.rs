//! Who people say is one, and who is not: put on what the store itself holds for one.

use rusqlite::{Connection, OptionalExtension};

use super::change::Change;
use super::log::{Correction, NewCorrection};
use crate::{StoreError, Writer, subjects};

impl Writer {
    /// Sets a subject apart from those whom it was held to be: it stands for itself from now on, whatever comes. False where there is no such subject.
    ///
    /// # Errors
    /// As [`Writer::add`].
    pub fn set_apart(&mut self, subject: &str, who: &str, why: &str, at: &str) -> Result<bool, StoreError> {
        let is_there = is_there(self.batch()?, subject)?;
        if is_there {
            let (item, who, at) = (subject.to_owned(), who.to_owned(), at.to_owned());
            self.correct(&NewCorrection { item, change: Change::Apart, who, at, why: Some(why.to_owned()) })?;
        }
        Ok(is_there)
    }
}

/// Whether there is such a subject.
pub(super) fn is_there(connection: &Connection, id: &str) -> Result<bool, StoreError> {
    Ok(connection.prepare_cached("SELECT 1 FROM subjects WHERE id = ?")?.exists([id])?)
}

/// Decides anew for the families of those whom an entry is about, then puts all merges on.
pub(super) fn put(connection: &Connection, entry: &Correction) -> Result<(), StoreError> {
    let into = entry.payload.get("into").and_then(|into| into.as_str()).unwrap_or_default();
    for id in [entry.item.as_str(), into] {
        let sql = "SELECT kind, family, number FROM subjects WHERE id = ?";
        let row = |row: &rusqlite::Row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?));
        let found = connection.prepare_cached(sql)?.query_row([id], row).optional()?;
        let Some((kind, family, number)) = found else { continue };
        let loose = "UPDATE subjects SET same_as = NULL, because = NULL WHERE number = ?1 OR same_as = ?1";
        connection.prepare_cached(loose)?.execute([number])?;
        subjects::settle(connection, &kind, &family)?;
    }
    settle(connection)
}

/// Puts the merges that stand on what was decided without them; the last word counts. Few rows: people make them.
pub fn settle(connection: &Connection) -> Result<(), StoreError> {
    let sql = "SELECT item, payload ->> '$.into' FROM standing_corrections AS entry WHERE kind = 'merge' AND NOT EXISTS \
               (SELECT 1 FROM standing_corrections AS later WHERE later.item = entry.item AND later.kind IN ('merge', 'apart') \
               AND later.number > entry.number) ORDER BY number";
    let mut statement = connection.prepare_cached(sql)?;
    let merges = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    for merge in merges.collect::<Result<Vec<(String, String)>, _>>()? {
        let of = |id: &str| {
            let sql = "SELECT coalesce(same_as, number) FROM subjects WHERE id = ?";
            connection.prepare_cached(sql)?.query_row([id], |row| row.get::<_, i64>(0)).optional()
        };
        let (Some(from), Some(into)) = (of(&merge.0)?, of(&merge.1)?) else { continue };
        if from != into {
            let sql = "UPDATE subjects SET same_as = ?2, because = 'correction' WHERE number = ?1 OR same_as = ?1";
            connection.prepare_cached(sql)?.execute([from, into])?;
        }
    }
    Ok(())
}
