//! What a command names → its documents, file by file, in a settled order; what is read already is passed by.
//!
//! Opens files and, for addresses that the user named, connections. Nothing is analysed here.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::UNIX_EPOCH;

use onrecord_ingest::fetch::{Answer, Fetcher, Request};
use onrecord_ingest::{Document, Input, Limits, Reason, Refusal};
use onrecord_store::jobs::{Failure, InputFile};
use onrecord_store::{NewDocument, Store, StoreError};

use super::stop::Stop;

/// Something that the user named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A file or a folder, by its absolute path.
    Path(PathBuf),
    /// An address.
    Url(String),
    /// Standard input.
    Stdin,
}

impl Source {
    /// `-` is stdin, what begins with a scheme is an address, all else is a path.
    ///
    /// # Errors
    /// The current folder is unknown.
    pub fn new(argument: &str) -> io::Result<Source> {
        Ok(match argument {
            "-" => Source::Stdin,
            url if url.starts_with("https://") || url.starts_with("http://") => Source::Url(url.to_owned()),
            path => Source::Path(std::path::absolute(path)?),
        })
    }

    /// How the job calls it.
    pub fn name(&self) -> String {
        match self {
            Source::Path(path) => path.display().to_string(),
            Source::Url(url) => url.clone(),
            Source::Stdin => "-".to_owned(),
        }
    }
}

/// A file that is being read, or what stands for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The absolute path, the address, or `-`.
    pub path: String,
    /// Size and time of change, of a file; only its position is kept.
    pub stamp: Option<(u64, i64)>,
    /// The entry of a feed that led there, of a feed that is watched.
    pub entry: Option<FeedEntry>,
}

/// An entry of a feed that is watched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedEntry {
    /// The address of the feed.
    pub feed: String,
    /// What names the entry, to be noted as seen; none where it is to come again.
    pub name: Option<String>,
}

impl Origin {
    /// Something of which no position is kept.
    pub fn new(path: impl Into<String>) -> Origin {
        Origin { path: path.into(), stamp: None, entry: None }
    }
}

/// What a feed that is watched answered, once its entries have come.
pub struct FeedEnd {
    /// Where it is.
    pub feed: Arc<Origin>,
    /// What it answered; none where it is as it was.
    pub answer: Option<FeedAnswer>,
}

/// What to send along the next time, and how many entries to remember.
pub struct FeedAnswer {
    /// `ETag`, if every entry was had.
    pub etag: Option<String>,
    /// `Last-Modified`, if every entry was had.
    pub last_modified: Option<String>,
    /// How many entries are remembered.
    pub most: usize,
    /// Whether the feed could be read to its end.
    pub is_sound: bool,
}

/// A step through the input.
pub enum Piece {
    /// A document to read.
    Document(Arc<Origin>, Box<Document>),
    /// Nothing to read, and why.
    Refused(Arc<Origin>, Refusal),
    /// A document of the store, to be read again.
    Stored(Box<NewDocument>),
    /// Nothing more is in this file.
    End(Arc<Origin>),
    /// A file that was read before and is as it was.
    Unchanged,
    /// The entries of a feed have come.
    Feed(FeedEnd),
    /// Nothing has come for a while: what is there may be kept.
    Wait,
    /// The store cannot be asked.
    Broken(StoreError),
}

/// Pieces, as they are asked for.
pub type Pieces = Box<dyn Iterator<Item = Piece> + Send>;

/// How sources are gone through.
#[derive(Clone)]
pub struct Walk {
    /// Knows how far each file was read.
    pub store: Arc<Store>,
    /// What a document may cost.
    pub limits: Limits,
    /// Whether files are read from the start, whatever was read before.
    pub is_fresh: bool,
    /// Ends the walk.
    pub stop: Stop,
    /// How many bytes of the input were read.
    pub bytes: Arc<AtomicU64>,
    /// Asks addresses.
    pub fetcher: Arc<Fetcher>,
}

impl Walk {
    /// The documents of all sources.
    pub fn pieces(self, sources: Vec<Source>) -> impl Iterator<Item = Piece> + Send {
        let stop = self.stop.clone();
        let all = sources.into_iter().flat_map(move |source| match source {
            Source::Path(path) if path.is_dir() => self.clone().of_folder(&path),
            Source::Path(path) => self.of_file(&path),
            Source::Url(url) => self.of_address(url),
            Source::Stdin => {
                let origin = Arc::new(Origin::new("-"));
                self.read(origin, Input::stream("-", Box::new(self.counted(io::stdin()))), 0)
            }
        });
        all.take_while(move |_| !stop.is_asked())
    }

    /// The documents that failed before, each looked for in its file again.
    pub fn failed(self, failures: Vec<Failure>) -> impl Iterator<Item = Piece> + Send {
        let mut files: Vec<(String, Vec<Option<u64>>)> = Vec::new();
        for failure in failures {
            match files.last_mut().filter(|(origin, _)| *origin == failure.origin) {
                Some((_, members)) => members.push(failure.member),
                None => files.push((failure.origin, vec![failure.member])),
            }
        }
        let stop = self.stop.clone();
        let all = files.into_iter().flat_map(move |(path, members)| {
            let from = members.iter().copied().map(Option::unwrap_or_default).min().unwrap_or_default();
            let documents = match Source::new(&path) {
                Ok(Source::Url(url)) => self.of_address(url),
                _ => {
                    let origin = Arc::new(Origin::new(path.clone()));
                    self.read(origin, self.input(Path::new(&path)), from)
                }
            };
            documents.filter(move |piece| match piece {
                Piece::Document(_, document) => members.contains(&document.origin.member),
                Piece::Refused(..) => true,
                _ => false,
            })
        });
        all.take_while(move |_| !stop.is_asked())
    }

    /// How many bytes the files have that are still to be read. Looks at each file once.
    pub fn bytes_left(&self, sources: &[Source]) -> u64 {
        let files = sources.iter().filter_map(|source| match source {
            Source::Path(path) => Some(path),
            _ => None,
        });
        let files = files.flat_map(|path| -> Box<dyn Iterator<Item = PathBuf>> {
            if path.is_dir() {
                return Box::new(onrecord_ingest::files(path).filter_map(Result::ok));
            }
            Box::new(std::iter::once(path.clone()))
        });
        files
            .take_while(|_| !self.stop.is_asked())
            .filter(|path| !self.is_store(path))
            .filter(|path| !matches!(self.position(&origin(path)), Ok(None)))
            .map(|path| fs::metadata(path).map_or(0, |metadata| metadata.len()))
            .sum()
    }

    fn of_folder(self, folder: &Path) -> Pieces {
        Box::new(onrecord_ingest::files(folder).flat_map(move |file| match file {
            Ok(path) if self.is_store(&path) => Box::new(std::iter::empty()) as Pieces,
            Ok(path) => self.of_file(&path),
            Err((path, refusal)) => {
                let origin = Arc::new(Origin::new(path));
                Box::new(std::iter::once(Piece::Refused(origin, refusal)))
            }
        }))
    }

    fn of_file(&self, path: &Path) -> Pieces {
        let origin = Arc::new(origin(path));
        match self.position(&origin) {
            Ok(Some(from)) => {
                let end = std::iter::once(Piece::End(Arc::clone(&origin)));
                Box::new(self.read(origin, self.input(path), from).chain(end))
            }
            Ok(None) => Box::new(std::iter::once(Piece::Unchanged)),
            Err(error) => Box::new(std::iter::once(Piece::Broken(error))),
        }
    }

    /// The part of a file to go on with; none where it was read to its end and is as it was.
    fn position(&self, origin: &Origin) -> Result<Option<u64>, StoreError> {
        let Some((size, modified)) = origin.stamp.filter(|_| !self.is_fresh) else { return Ok(Some(0)) };
        let known = self.store.input(&origin.path)?;
        let known = known.filter(|known: &InputFile| (known.size, known.modified) == (size, modified));
        Ok(known.map_or(Some(0), |known| (!known.is_finished).then_some(known.position)))
    }

    /// The documents of an input from one on. What is no part of a file that has several is the first and only.
    fn read(&self, origin: Arc<Origin>, input: Input, from: u64) -> Pieces {
        let documents = onrecord_ingest::documents(input, &self.limits, from);
        let documents =
            documents.filter(move |document| !document.is_there() || document.origin.member.unwrap_or(0) >= from);
        Box::new(documents.map(move |document| Piece::Document(Arc::clone(&origin), Box::new(document))))
    }

    fn of_address(&self, url: String) -> Pieces {
        let origin = Arc::new(Origin::new(url.clone()));
        let one = |piece| Box::new(std::iter::once(piece)) as Pieces;
        match self.fetcher.fetch(&Request::new(url)) {
            Ok(Answer::Fetched(fetched)) => {
                self.bytes.fetch_add(fetched.body.len() as u64, Ordering::Relaxed);
                let documents = fetched.documents(&self.limits);
                Box::new(documents.map(move |document| Piece::Document(Arc::clone(&origin), Box::new(document))))
            }
            Ok(Answer::NotModified) => one(Piece::Refused(origin, Refusal::new(Reason::NoDocument, "not modified"))),
            Err(refusal) => one(Piece::Refused(origin, refusal)),
        }
    }

    fn input(&self, path: &Path) -> Input {
        match File::open(path) {
            Ok(file) if !path.is_dir() => Input::stream(path.display().to_string(), Box::new(self.counted(file))),
            // It says itself why it cannot be read.
            _ => Input::path(path),
        }
    }

    fn counted<R>(&self, inner: R) -> Counted<R> {
        Counted { inner, bytes: Arc::clone(&self.bytes) }
    }

    /// Whether a file is the store itself, or lies beside it as a part of it.
    fn is_store(&self, path: &Path) -> bool {
        let store = std::path::absolute(self.store.path()).unwrap_or_default();
        let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let (store_name, file_name) = (name(&store), name(path));
        let rest = file_name.strip_prefix(&store_name);
        rest.is_some_and(|rest| ["", "-wal", "-shm", "-journal"].contains(&rest)) && path.parent() == store.parent()
    }
}

/// A file with its size and time of change, as far as the system tells.
fn origin(path: &Path) -> Origin {
    let stamp = fs::metadata(path).ok().filter(fs::Metadata::is_file).and_then(|metadata| {
        let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some((metadata.len(), i64::try_from(modified.as_nanos()).ok()?))
    });
    Origin { stamp, ..Origin::new(path.display().to_string()) }
}

/// Counts the bytes that are read through it.
struct Counted<R> {
    inner: R,
    bytes: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.bytes.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
