//! What came of the input → the store: one writer, in the order of the input, many documents to a batch.
//!
//! A batch holds documents and how far the input was read. It ends after a second, or after [`MOST`] documents; only then are they counted as done.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use onrecord_ingest::Reason;
use onrecord_store::jobs::{Failure, InputFile, Job, State};
use onrecord_store::{Outcome, Writer, fault};

use super::Halt;
use super::clock::now;
use super::desk::{Came, Done, Fate};
use super::sources::{FeedEnd, Origin};
use super::stop::Stop;
use super::watch::{Standing, Watcher};

/// How many documents a batch has at most.
const MOST: u64 = 64;
/// How long a batch is kept open.
const LONGEST: Duration = Duration::from_secs(1);
/// No total of bytes yet.
const UNKNOWN: u64 = u64::MAX;

/// The bytes of the input, as they are counted on other threads.
#[derive(Debug, Clone, Default)]
pub struct Bytes {
    /// Read so far.
    pub read: Arc<AtomicU64>,
    /// In all, or [`UNKNOWN`].
    pub total: Arc<AtomicU64>,
}

impl Bytes {
    /// Nothing read, and nobody knows how much there is.
    pub fn unknown() -> Bytes {
        Bytes { read: Arc::default(), total: Arc::new(AtomicU64::new(UNKNOWN)) }
    }
}

/// Writes what came of the input.
pub struct Keeper {
    writer: Writer,
    job: Job,
    watcher: Box<dyn Watcher>,
    stop: Stop,
    standing: Standing,
    started: Instant,
    committed: Instant,
    in_batch: u64,
    bytes: Bytes,
    /// The file that is being read, and the part that comes next.
    at: Option<(Arc<Origin>, u64)>,
    /// Whether the system failed in it: there may be more than was read.
    is_broken_off: bool,
}

impl Keeper {
    /// A keeper of the documents of `job`, which goes on from its counts.
    pub fn new(writer: Writer, job: Job, watcher: Box<dyn Watcher>, stop: Stop, bytes: Bytes) -> Keeper {
        let standing = Standing { counts: job.counts, ..Standing::default() };
        let now = Instant::now();
        Keeper {
            writer,
            job,
            watcher,
            stop,
            standing,
            started: now,
            committed: now,
            in_batch: 0,
            bytes,
            at: None,
            is_broken_off: false,
        }
    }

    /// Writes what came of one piece.
    ///
    /// # Errors
    /// The store cannot be written, or the run was asked to stop: all that came before is then kept.
    pub fn take(&mut self, done: Done) -> Result<(), Halt> {
        match done {
            Done::Document(origin, came) => self.document(&origin, came)?,
            Done::End(origin) => self.end(&origin)?,
            Done::Unchanged => self.standing.unchanged += 1,
            Done::Feed(end) => self.feed(&end)?,
            Done::Wait if self.in_batch == 0 => return if self.stop.is_asked() { Err(Halt::Asked) } else { Ok(()) },
            Done::Wait => {}
            Done::Broken(error) => return Err(error.into()),
        }
        if self.in_batch >= MOST || self.committed.elapsed() >= LONGEST || self.stop.is_asked() {
            self.commit(State::Running)?;
        }
        if self.stop.is_asked() { Err(Halt::Asked) } else { Ok(()) }
    }

    /// Ends the run; what was done is in the store and on the disk.
    ///
    /// # Errors
    /// The store cannot be written.
    pub fn finish(&mut self, state: State) -> Result<Standing, Halt> {
        fault("keeper/finish")?;
        self.commit(State::Running)?;
        self.writer.make_durable()?;
        self.commit(state)?;
        self.writer.settle_log()?;
        self.watcher.end(&self.standing, state.name());
        Ok(self.standing)
    }

    /// Gives the open batch up, after an error of the store.
    pub fn abandon(&mut self) -> Standing {
        // The error that led here tells more than one of giving up.
        let _ = self.writer.roll_back();
        self.watcher.end(&self.standing, "failed");
        self.standing
    }

    /// Something that a person should know.
    pub fn tell(&mut self, message: &str) {
        self.watcher.tell(message);
    }

    fn document(&mut self, origin: &Arc<Origin>, came: Came) -> Result<(), Halt> {
        fault("keeper/document")?;
        let Came { member, fate } = came;
        let counts = &mut self.job.counts;
        counts.documents += u64::from(!matches!(fate, Fate::PassedOver));
        match fate {
            Fate::Read(document) => {
                let added = self.writer.add(&document)?;
                counts.added += u64::from(added.was_new());
                self.writer.clear_failure(&origin.path, member)?;
            }
            Fate::ReadAgain(document) => {
                self.writer.replace(&document)?;
                counts.added += 1;
            }
            Fate::Known(text, seen) => {
                let outcome = self.writer.add_sighting(&text, &seen)?;
                debug_assert_ne!(outcome, Some(Outcome::New), "a text that is known does not come new");
                self.writer.clear_failure(&origin.path, member)?;
            }
            Fate::PassedOver => {
                counts.passed_over += 1;
                self.writer.clear_failure(&origin.path, member)?;
            }
            Fate::Failed(code, message) => {
                counts.failed += 1;
                self.is_broken_off |= code == Reason::Io.code();
                self.writer.note_failure(&self.job.id, &Failure::new(&origin.path, member, code, &message, &now()))?;
                let part = member.map(|member| format!(", part {member}")).unwrap_or_default();
                self.watcher.tell(&format!("{}{part}: {message}", origin.path));
            }
        }
        if let Some((feed, name)) = origin.entry.as_ref().and_then(|entry| Some((&entry.feed, entry.name.as_ref()?))) {
            self.writer.note_entry(feed, name, &now())?;
        }
        self.standing.documents_now += 1;
        self.in_batch += 1;
        self.at = Some((Arc::clone(origin), member.unwrap_or(0) + 1));
        Ok(())
    }

    fn end(&mut self, origin: &Origin) -> Result<(), Halt> {
        fault("keeper/end_of_file")?;
        self.job.counts.bytes += origin.stamp.map_or(0, |(size, _)| size);
        let position = self.at.take().filter(|(at, _)| **at == *origin).map_or(0, |(_, position)| position);
        let is_finished = !std::mem::take(&mut self.is_broken_off);
        self.note_position(origin, position, is_finished)?;
        self.in_batch += 1;
        Ok(())
    }

    fn feed(&mut self, end: &FeedEnd) -> Result<(), Halt> {
        let FeedEnd { feed, answer } = end;
        match answer {
            Some(answer) => {
                let (etag, last_modified) = (answer.etag.as_deref(), answer.last_modified.as_deref());
                self.writer.note_feed(&feed.path, etag, last_modified, answer.most, &now())?;
            }
            None => self.standing.unchanged += 1,
        }
        if answer.as_ref().is_none_or(|answer| answer.is_sound) {
            self.writer.clear_failure(&feed.path, None)?;
        }
        self.in_batch += 1;
        Ok(())
    }

    fn note_position(&mut self, origin: &Origin, position: u64, is_finished: bool) -> Result<(), Halt> {
        let Some((size, modified)) = origin.stamp else { return Ok(()) };
        let input = InputFile { path: origin.path.clone(), size, modified, position, is_finished };
        Ok(self.writer.note_input(&self.job.id, &input, &now())?)
    }

    fn commit(&mut self, state: State) -> Result<(), Halt> {
        if let Some((origin, position)) = self.at.clone() {
            self.note_position(&origin, position, false)?;
        }
        self.writer.note_job(&self.job.id, state, &self.job.counts, &now())?;
        self.writer.commit()?;
        fault("keeper/committed")?;
        (self.in_batch, self.committed) = (0, Instant::now());
        let total = self.bytes.total.load(Ordering::Relaxed);
        self.standing = Standing {
            counts: self.job.counts,
            bytes: self.bytes.read.load(Ordering::Relaxed),
            of_bytes: (total != UNKNOWN).then_some(total),
            elapsed: self.started.elapsed(),
            ..self.standing
        };
        self.watcher.show(&self.standing);
        Ok(())
    }
}
