//! The document itself: its row, where it was seen, and how all that hangs on it goes.

use onrecord::permalinks::Permalinks;
use rusqlite::OptionalExtension;

use super::{Index, NewDocument, Placed, Writer, integer, list};
use crate::StoreError;
use crate::facets::DocumentCell;
use crate::faults::fault;
use crate::jobs::{self, Sighting};
use crate::packed;

impl Writer {
    /// Writes the row of a document; returns its outlet's number.
    pub(super) fn write_document(&mut self, new: &NewDocument, placed: &Placed) -> Result<Option<i64>, StoreError> {
        fault("writer/document")?;
        let document = &new.record.document;
        let outlet = document.outlet.as_deref().map(|name| self.outlet(name)).transpose()?;
        let engine = self.engine(&new.record.engine, &new.record.model)?;
        let packed = packed::pack(&new.record, placed.hash);
        let packed = packed.map_err(|why| StoreError::Damaged { document: placed.id.to_owned(), why })?;
        let first = |number: i64, count: usize| (count > 0).then_some(number);
        let sql = "INSERT INTO documents (number, id, text_sha256, given_id, url, canonical_url, outlet, title, bylines, published_at, \
                   published_at_basis, published_at_rung, modified_at, language, engine, origin, member, added_at, first_statement, statements, \
                   first_event, events, text, packed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        self.connection.prepare_cached(sql)?.execute(rusqlite::params![
            placed.number,
            placed.id,
            placed.hash,
            Some(&document.id).filter(|id| *id != placed.hash),
            document.url,
            new.canonical_url,
            outlet,
            document.title,
            list(&document.bylines),
            document.published_at,
            document.published_at_basis,
            new.rung,
            new.modified_at,
            document.language,
            engine,
            new.origin,
            new.member,
            placed.added_at,
            first(placed.statements, new.record.statements.len()),
            integer(new.record.statements.len()),
            first(placed.events, new.record.events.len()),
            integer(new.record.events.len()),
            document.text,
            packed,
        ])?;
        self.unindexed.insert((Index::Documents, placed.number));
        let cell = DocumentCell { outlet: outlet.and_then(|outlet| u32::try_from(outlet).ok()).unwrap_or_default() };
        self.document_cells.set(placed.number, Some(cell));
        Ok(outlet)
    }

    /// Notes where a document was seen. True where another address was known and this one was not.
    pub(crate) fn note_sighting(&mut self, seen: &Sighting, document: i64) -> Result<bool, StoreError> {
        let Some(url) = &seen.url else { return Ok(false) };
        fault("writer/version")?;
        let outlet = seen.outlet.as_deref().map(|name| self.outlet(name)).transpose()?;
        let sql = "INSERT OR IGNORE INTO versions (url, document, outlet, published_at, modified_at, first_seen) VALUES (?, ?, ?, ?, ?, ?)";
        let row = (url, document, outlet, &seen.published_at, &seen.modified_at, &seen.now);
        Ok(self.connection.prepare_cached(sql)?.execute(row)? > 0)
    }

    pub(super) fn added_at(&self, number: i64) -> Result<String, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT added_at FROM documents WHERE number = ?")?;
        Ok(statement.query_row([number], |row| row.get(0))?)
    }

    /// Takes out the rows of a document and of all that was read from it; where it was seen stays.
    pub(super) fn take_out(&mut self, number: i64) -> Result<(), StoreError> {
        // An index must be told the words that it is to forget, so it has to know them first.
        self.index_batch()?;
        fault("writer/take_out")?;
        let sql = "SELECT coalesce(first_statement, 0), statements, coalesce(first_event, 0), events FROM documents WHERE number = ?";
        let row = |row: &rusqlite::Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
        let (statement, statements, event, events): (i64, i64, i64, i64) =
            self.connection.prepare_cached(sql)?.query_row([number], row)?;
        for at in statement..statement + statements {
            self.forget(Index::Statements, at)?;
            self.statement_cells.set(at, None);
            self.connection.prepare_cached("DELETE FROM further_speakers WHERE statement = ?")?.execute([at])?;
        }
        for at in event..event + events {
            self.forget(Index::Events, at)?;
            self.event_cells.set(at, None);
            self.connection.prepare_cached("DELETE FROM further_parties WHERE event = ?")?.execute([at])?;
        }
        for table in ["entities", "place_mentions", "times", "quantities"] {
            self.connection.prepare_cached(&format!("DELETE FROM {table} WHERE document = ?"))?.execute([number])?;
        }
        self.forget(Index::Documents, number)?;
        self.document_cells.set(number, None);
        // Numbers may be given again from here on.
        self.next.clear();
        fault("writer/taken_out")?;
        self.index_batch()
    }

    /// Writes a document's rows anew, under the same numbers: what was corrected in it has changed. Nothing where there is no such document.
    pub(crate) fn rewrite(&mut self, id: &str) -> Result<(), StoreError> {
        let Some((number, document)) = jobs::stored(&self.connection, id)? else { return Ok(()) };
        let sql = "SELECT coalesce(first_statement, 0), coalesce(first_event, 0), text_sha256 FROM documents WHERE number = ?";
        let row = |row: &rusqlite::Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        let (statements, events, hash): (i64, i64, String) =
            self.connection.prepare_cached(sql)?.query_row([number], row)?;
        self.take_out(number)?;
        fault("writer/rewrite")?;
        let links = &Permalinks::within(id, &document.record);
        let place = Placed { number, statements, events, id, links, hash: &hash, added_at: &document.now };
        self.write_rows(&document, &place)
    }

    /// Deletes a row and its words in the index.
    fn forget(&self, index: Index, number: i64) -> Result<(), StoreError> {
        let (table, words, columns) = index.names();
        let sql = format!(
            "INSERT INTO {table}_fts ({table}_fts, rowid, {columns}) SELECT 'delete', number, {columns} FROM {words} WHERE number = ?"
        );
        self.connection.prepare_cached(&sql)?.execute([number])?;
        self.connection.prepare_cached(&format!("DELETE FROM {table} WHERE number = ?"))?.execute([number])?;
        Ok(())
    }

    pub(super) fn outlet(&mut self, name: &str) -> Result<i64, StoreError> {
        self.number_of_name(
            "outlets",
            name.to_owned(),
            |connection| {
                let mut statement = connection.prepare_cached("SELECT number FROM outlets WHERE name = ?")?;
                statement.query_row([name], |row| row.get(0)).optional()
            },
            |connection| connection.prepare_cached("INSERT INTO outlets (name) VALUES (?)")?.insert([name]),
        )
    }

    fn engine(&mut self, version: &str, model: &str) -> Result<i64, StoreError> {
        self.number_of_name(
            "engines",
            format!("{version} {model}"),
            |connection| {
                let sql = "SELECT number FROM engines WHERE version = ? AND model = ?";
                connection.prepare_cached(sql)?.query_row([version, model], |row| row.get(0)).optional()
            },
            |connection| {
                connection
                    .prepare_cached("INSERT INTO engines (version, model) VALUES (?, ?)")?
                    .insert([version, model])
            },
        )
    }
}
