//! Paths and stdin → articles, in order, one at a time; what cannot be read comes as a failure in its place.
//!
//! Texts are kept exactly as they came: line ends, byte order mark and all. Of a web page the main text is taken, and what it says of itself. Nothing is
//! decompressed or fetched.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use onrecord::{Article, DateBasis, Record};
use onrecord_ingest::{Hints, Limits};

use crate::failure::{Failure, Kind};
use crate::json_line::{self, JsonLine};
use crate::lines::{LIMIT, Line, Lines};

/// What the bytes of an input are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// One article, in plain text (UTF-8)
    Text,
    /// One article, as a web page
    Html,
    /// One article a line, as a JSON object
    Jsonl,
}

/// A file or stdin, and what it holds.
#[derive(Debug, Clone)]
pub struct Input {
    /// The file; none for stdin.
    pub path: Option<PathBuf>,
    /// Its format; none if it is to be guessed.
    pub format: Option<Format>,
}

/// One article to read, or why there is none.
#[derive(Debug)]
pub struct Job {
    /// Where it came from: `PATH`, or `PATH:LINE`; `-` for stdin.
    pub label: String,
    /// The id that the input gives.
    pub id: Option<String>,
    /// How many bytes of input it took; for a failure, those that were held.
    pub bytes: u64,
    /// The article.
    pub article: Result<Article, Failure>,
    /// The record that the input gave in place of an article; `article` is then the one it was made from.
    pub record: Option<Box<Record>>,
}

impl Job {
    fn new(label: String, id: Option<String>, bytes: u64, article: Result<Article, Failure>) -> Job {
        Job { label, id, bytes, article, record: None }
    }
}

type Jobs = Box<dyn Iterator<Item = Job> + Send>;
/// The bytes of an input, not yet read.
pub type Bytes = Box<dyn BufRead + Send>;

impl Input {
    /// `-` is stdin. The extension tells the format where `format` does not.
    pub fn new(path: &Path, format: Option<Format>) -> Input {
        if path == Path::new("-") {
            return Input { path: None, format };
        }
        Input { path: Some(path.to_owned()), format: format.or_else(|| format_of_extension(path)) }
    }

    /// Whether it holds one article and no more, as far as can be said without opening it.
    pub fn is_single(&self) -> bool {
        matches!(self.format, Some(Format::Text | Format::Html))
    }

    /// How messages name it.
    pub fn label(&self) -> String {
        self.path.as_ref().map_or_else(|| "-".to_owned(), |path| path.display().to_string())
    }

    /// The articles in it, read as they are asked for. `date` goes to those that have none.
    pub fn jobs(self, date: Option<String>) -> Jobs {
        let label = self.label();
        match self.open().and_then(|bytes| self.settle(bytes)) {
            Ok((bytes, Format::Jsonl)) => lines(bytes, label, date),
            Ok((bytes, Format::Html)) => Box::new(std::iter::once(page(bytes, label, date))),
            Ok((bytes, _)) => Box::new(std::iter::once(text(bytes, label, date))),
            Err(failure) => Box::new(std::iter::once(Job::new(label, None, 0, Err(failure)))),
        }
    }

    /// The bytes, from the first.
    pub fn open(&self) -> Result<Bytes, Failure> {
        let Some(path) = &self.path else {
            return Ok(Box::new(BufReader::new(io::stdin())));
        };
        if fs::metadata(path)?.is_dir() {
            return Err(io::Error::from(io::ErrorKind::IsADirectory).into());
        }
        Ok(Box::new(BufReader::with_capacity(HEAD, File::open(path)?)))
    }

    /// The same bytes and their format, guessed where it was not given.
    fn settle(&self, bytes: Bytes) -> Result<(Bytes, Format), Failure> {
        let (bytes, format) = match self.format {
            Some(format) => (bytes, format),
            None => guess(bytes)?,
        };
        let is_json = self.path.as_deref().is_some_and(|path| extension(path) == "json");
        match format {
            Format::Text if self.format.is_none() && is_json => {
                Err(Failure::new(Kind::Unsupported, "JSON over several lines is not read; give one object a line"))
            }
            format => Ok((bytes, format)),
        }
    }
}

/// How much of an input is looked at to see whether it is text.
const HEAD: usize = 8 << 10;

/// First bytes of what people mistake for text, and what to call it.
const SIGNATURES: [(&[u8], &str); 8] = [
    (b"\x1f\x8b", "a gzip file; decompress it first"),
    (b"%PDF-", "a PDF file"),
    (b"(\xb5/\xfd", "a zstd file; decompress it first"),
    (b"BZh", "a bzip2 file; decompress it first"),
    (b"PK\x03\x04", "a zip file (or a document in one)"),
    (b"\xfd7zXZ\x00", "an xz file; decompress it first"),
    (b"\xfe\xff", "UTF-16 text; convert it to UTF-8"),
    (b"\xff\xfe", "UTF-16 text; convert it to UTF-8"),
];

fn extension(path: &Path) -> String {
    path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

fn format_of_extension(path: &Path) -> Option<Format> {
    match extension(path).as_str() {
        "jsonl" | "ndjson" => Some(Format::Jsonl),
        "html" | "htm" | "xhtml" => Some(Format::Html),
        "json" => None,
        _ => Some(Format::Text),
    }
}

/// The same bytes and what they are, by the first line that is not blank: JSONL if it is a JSON object, HTML if a page starts there,
/// else text. Holds that line.
pub fn guess(mut bytes: Bytes) -> Result<(Bytes, Format), Failure> {
    let mut head = Vec::new();
    let format = loop {
        let start = head.len();
        let left = LIMIT.saturating_sub(start) as u64;
        let read = (&mut bytes).take(left).read_until(b'\n', &mut head)?;
        let line = head.get(start..).unwrap_or_default();
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii_start();
        if read == 0 {
            break Format::Text;
        }
        if !line.is_empty() {
            // A first line of 64 MiB that opens a brace is no article either; its error is for the line, not for the run.
            let is_long = head.len() >= LIMIT && line.starts_with(b"{");
            break if is_long || json_line::is_object(line) { Format::Jsonl } else { text_or_html(line) };
        }
    };
    Ok((Box::new(Cursor::new(head).chain(bytes)), format))
}

fn text_or_html(line: &[u8]) -> Format {
    let starts = |tag: &[u8]| line.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    if starts(b"<!doctype html") || starts(b"<html") { Format::Html } else { Format::Text }
}

/// What the first bytes show that text does not have.
fn binary(head: &[u8]) -> Option<Failure> {
    let what = SIGNATURES.iter().find(|(signature, _)| head.starts_with(signature));
    what.map(|(_, what)| Failure::new(Kind::Binary, format!("looks like {what}")))
}

fn text(bytes: Bytes, label: String, date: Option<String>) -> Job {
    let mut held = Vec::new();
    let article = bytes.take(LIMIT as u64 + 1).read_to_end(&mut held).map_err(Failure::from);
    let length = held.len() as u64;
    let article =
        article.and_then(|_| text_of(held)).map(|text| Article { text, published_at: date, ..Article::default() });
    Job::new(label, None, length, article)
}

fn page(bytes: Bytes, label: String, date: Option<String>) -> Job {
    let mut held = Vec::new();
    let read = bytes.take(LIMIT as u64 + 1).read_to_end(&mut held).map_err(Failure::from);
    let length = held.len() as u64;
    let mut article = read.and_then(|_| article_of_page(&held, &Hints::default()));
    if let (Ok(article), Some(date)) = (&mut article, &date) {
        give_date(article, date);
    }
    Job::new(label, None, length, article)
}

/// Gives the article the date if it has none.
fn give_date(article: &mut Article, date: &str) {
    if article.published_at.is_none() {
        article.published_at = Some(date.to_owned());
        article.published_at_basis = DateBasis::Given;
    }
}

/// The article in a web page.
///
/// # Errors
/// A [`Failure`] if it is binary, over a limit, or has no text.
pub fn article_of_page(bytes: &[u8], hints: &Hints) -> Result<Article, Failure> {
    match binary(bytes) {
        // A page may be in UTF-16.
        Some(failure) if !bytes.starts_with(b"\xff\xfe") && !bytes.starts_with(b"\xfe\xff") => Err(failure),
        _ => Ok(onrecord_ingest::html(bytes, hints, &Limits::default())?.article),
    }
}

/// The bytes of one article as text.
///
/// # Errors
/// A [`Failure`] if they are over the limit, binary, not UTF-8, or blank.
pub fn text_of(bytes: Vec<u8>) -> Result<String, Failure> {
    if let Some(failure) = binary(&bytes) {
        return Err(failure);
    }
    if let Some(at) = memchr::memchr(0, bytes.get(..HEAD).unwrap_or(&bytes)) {
        return Err(Failure::new(Kind::Binary, format!("not text: byte {at} is NUL")));
    }
    if bytes.len() > LIMIT {
        return Err(Failure::new(Kind::TooLarge, format!("longer than {} MiB", LIMIT >> 20)));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        Failure::new(Kind::InvalidUtf8, format!("not UTF-8 at byte {}", error.utf8_error().valid_up_to()))
    })?;
    if text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
        return Err(Failure::new(Kind::Empty, "there is no text"));
    }
    Ok(text)
}

fn lines(mut bytes: Bytes, label: String, date: Option<String>) -> Jobs {
    let head = bytes.fill_buf().map_err(Failure::from);
    if let Some(failure) = head.map_or_else(Some, binary) {
        return Box::new(std::iter::once(Job::new(label, None, 0, Err(failure))));
    }
    Box::new(Lines::new(bytes, LIMIT).filter_map(move |line| match line {
        Ok(line) => job_of_line(line, &label, date.as_deref()),
        Err(error) => Some(Job::new(label.clone(), None, 0, Err(error.into()))),
    }))
}

/// The article of a line; none if it is blank.
fn job_of_line(line: Line, label: &str, date: Option<&str>) -> Option<Job> {
    let label = format!("{label}:{}", line.number);
    let Some(held) = line.bytes else {
        let failure = Failure::new(Kind::TooLarge, format!("the line is longer than {} MiB", LIMIT >> 20));
        return Some(Job::new(label, None, LIMIT as u64, Err(failure)));
    };
    let first = if line.number == 1 { held.strip_prefix(b"\xef\xbb\xbf") } else { None };
    let json = first.unwrap_or(&held);
    if json.trim_ascii().is_empty() {
        return None;
    }
    let JsonLine { mut id, mut article } = json_line::read(json);
    let is_textless = matches!(&article, Err(failure) if failure.kind == Kind::MissingText);
    let record: Option<Box<Record>> = is_textless.then(|| serde_json::from_slice(json).ok()).flatten();
    if let Some(record) = &record {
        id = Some(record.document.id.clone());
        article = Ok(article_of(record));
    }
    if let (Ok(article), Some(date)) = (&mut article, date) {
        give_date(article, date);
    }
    Some(Job { label, id, bytes: held.len() as u64 + 1, article, record })
}

/// The article that a record was made from.
pub fn article_of(record: &Record) -> Article {
    let document = &record.document;
    let basis = [DateBasis::Given, DateBasis::Page]
        .into_iter()
        .find(|basis| document.published_at_basis.as_deref() == Some(basis.name()));
    Article {
        text: document.text.clone(),
        id: Some(document.id.clone()),
        url: document.url.clone(),
        outlet: document.outlet.clone(),
        title: document.title.clone(),
        published_at: document.published_at.clone().filter(|_| basis.is_some() && document.published_as.is_none()),
        published_as: document.published_as.clone(),
        published_at_basis: basis.unwrap_or_default(),
        bylines: document.bylines.clone(),
        language: Some(document.language.clone()),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::path::Path;

    use super::{Bytes, Format, Input, LIMIT, SIGNATURES, guess, job_of_line, text_of};
    use crate::failure::Kind;
    use crate::lines::Line;

    #[track_caller]
    fn guesses(bytes: &'static [u8], format: Format) {
        let (mut kept, guessed) = guess(Box::new(bytes) as Bytes).unwrap();
        assert_eq!(guessed, format);
        let mut all = Vec::new();
        kept.read_to_end(&mut all).unwrap();
        assert_eq!(all, bytes, "guessing must not eat bytes");
    }

    #[test]
    fn stdin_is_jsonl_if_its_first_line_is_an_object() {
        guesses(b"\n \n{\"id\":1}\nnot json\n", Format::Jsonl);
        guesses(b"\xef\xbb\xbf{}", Format::Jsonl);
        guesses(b"{curly} opening\n{}", Format::Text);
        guesses(b"[1]\n", Format::Text);
        guesses(b"The dam held.\n{}\n", Format::Text);
        guesses(b" \r\n", Format::Text);
        guesses(b"", Format::Text);
        guesses(b"\n<!DOCTYPE HTML>\n<p>x", Format::Html);
        guesses(b"<html lang=en>", Format::Html);
    }

    #[test]
    fn the_extension_tells_the_format() {
        let format = |path: &str| Input::new(Path::new(path), None).format;
        assert_eq!(format("a.jsonl"), Some(Format::Jsonl));
        assert_eq!(format("A.NDJSON"), Some(Format::Jsonl));
        assert_eq!(format("a.Htm"), Some(Format::Html));
        assert_eq!(format("a.txt"), Some(Format::Text));
        assert_eq!(format("README"), Some(Format::Text));
        assert_eq!(format("a.json"), None);
        assert_eq!(format("-"), None);
        assert_eq!(Input::new(Path::new("a.jsonl"), Some(Format::Text)).format, Some(Format::Text));
    }

    #[test]
    fn signatures_are_sorted_and_refused() {
        assert!(SIGNATURES.is_sorted());
        for (signature, what) in SIGNATURES {
            let failure = text_of(signature.to_vec()).unwrap_err();
            assert_eq!((failure.kind, failure.message), (Kind::Binary, format!("looks like {what}")));
        }
    }

    #[test]
    fn a_text_over_the_limit_is_refused_and_one_at_the_limit_is_not() {
        assert_eq!(text_of(vec![b'a'; LIMIT]).unwrap().len(), LIMIT);
        assert_eq!(text_of(vec![b'a'; LIMIT + 1]).unwrap_err().kind, Kind::TooLarge);
    }

    #[test]
    fn a_line_over_the_limit_has_its_place_for_an_id() {
        let job = job_of_line(Line { number: 8, bytes: None }, "a.jsonl", None).unwrap();
        assert_eq!((job.label.as_str(), job.id.as_deref()), ("a.jsonl:8", None));
        assert_eq!(job.article.unwrap_err().kind, Kind::TooLarge);
    }

    #[test]
    fn the_date_goes_to_lines_without_one() {
        let date = |json: &str| {
            let line = Line { number: 1, bytes: Some(json.as_bytes().to_vec()) };
            job_of_line(line, "-", Some("2024-05-01")).unwrap().article.unwrap().published_at
        };
        assert_eq!(date(r#"{"text":"A"}"#).as_deref(), Some("2024-05-01"));
        assert_eq!(date(r#"{"text":"A","published_at":"2023-01-31"}"#).as_deref(), Some("2023-01-31"));
    }
}
