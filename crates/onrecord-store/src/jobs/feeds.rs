//! What was seen of each feed that is watched: entries one by one, with the documents they came to, and the tags of the last answer.

use rusqlite::OptionalExtension;

use crate::faults::fault;
use crate::{Store, StoreError, Writer};

/// What was seen of a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SeenFeed {
    /// `ETag` of the last answer of which every entry was kept.
    pub etag: Option<String>,
    /// `Last-Modified` of that answer.
    pub last_modified: Option<String>,
    /// The entries, by what names them in the feed; the latest last.
    pub entries: Vec<String>,
}

impl Writer {
    /// Notes that an entry of a feed was seen, in the batch of the document that it came to.
    ///
    /// # Errors
    /// As [`Writer::add`].
    pub fn note_entry(&mut self, feed: &str, entry: &str, now: &str) -> Result<(), StoreError> {
        self.whole(|writer| {
            fault("feed/entry")?;
            let connection = writer.batch()?;
            connection.prepare_cached("INSERT OR IGNORE INTO feeds (url) VALUES (?)")?.execute([feed])?;
            let sql =
                "INSERT OR IGNORE INTO feed_entries (feed, name, seen_at) SELECT number, ?, ? FROM feeds WHERE url = ?";
            connection.prepare_cached(sql)?.execute((entry, now, feed))?;
            fault("feed/entry_noted")
        })
    }

    /// Notes what a feed answered, once its entries are noted. Of these the latest `most` are remembered.
    ///
    /// # Errors
    /// As [`Writer::add`].
    pub fn note_feed(
        &mut self,
        feed: &str,
        etag: Option<&str>,
        last_modified: Option<&str>,
        most: usize,
        now: &str,
    ) -> Result<(), StoreError> {
        self.whole(|writer| {
            fault("feed/note")?;
            let connection = writer.batch()?;
            let sql = "INSERT INTO feeds (url, etag, last_modified, answered_at) VALUES (?, ?, ?, ?) ON CONFLICT (url) DO UPDATE SET \
                       etag = excluded.etag, last_modified = excluded.last_modified, answered_at = excluded.answered_at";
            connection.prepare_cached(sql)?.execute((feed, etag, last_modified, now))?;
            let sql = "DELETE FROM feed_entries WHERE feed = (SELECT number FROM feeds WHERE url = ?1) AND number <= (\
                       SELECT number FROM feed_entries WHERE feed = (SELECT number FROM feeds WHERE url = ?1) \
                       ORDER BY number DESC LIMIT 1 OFFSET ?2)";
            connection.prepare_cached(sql)?.execute((feed, i64::try_from(most).unwrap_or(i64::MAX)))?;
            fault("feed/noted")
        })
    }
}

impl Store {
    /// What was seen of a feed; nothing where it was never asked.
    ///
    /// # Errors
    /// SQLite.
    pub fn seen_feed(&self, url: &str) -> Result<SeenFeed, StoreError> {
        let reading = self.readers().get(None)?;
        let mut feed = reading.prepare_cached("SELECT number, etag, last_modified FROM feeds WHERE url = ?")?;
        let known = feed.query_row([url], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?))).optional()?;
        let Some((number, etag, last_modified)) = known else { return Ok(SeenFeed::default()) };
        let mut entries = reading.prepare_cached("SELECT name FROM feed_entries WHERE feed = ? ORDER BY number")?;
        let entries = entries.query_map([number], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(SeenFeed { etag, last_modified, entries })
    }
}
