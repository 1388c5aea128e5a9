//! A path, bytes or a stream → what is in it: the format by its first bytes, then document after document.
//!
//! Streams: web archives and JSON lines of any size are read in memory for one record or line; what is one document is held whole, within the limits.
//! One layer of gzip or zstd around anything is undone; a second is refused. What is no news (PDF, zip, pictures) is refused by name.

use std::fs::File;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::archive::{self, AHEAD, Members, Packing, Source, Tape, Unpacked, refusal_of};
use crate::document::{Body, Content, Document, Given, Told};
use crate::found::{Found, Hints, Origin, Reason, Refusal};
use crate::limits::Limits;
use crate::sitemap;
use crate::wire::lines::{Line, Lines, read_line};
use crate::wire::newsml;
use crate::wire::ninjs::Ninjs;
use crate::{encoding, feeds, folder, media};

/// Something to look for documents in.
pub struct Input {
    name: String,
    from: From,
    format: Option<Format>,
}

enum From {
    Path(PathBuf),
    Stream(Source),
}

/// What the bytes of an input are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A web archive.
    Warc,
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A sitemap or an index of sitemaps.
    Sitemap,
    /// A JSON object a line.
    Lines,
    /// An object of ninjs, or a list of them.
    Ninjs,
    /// NewsML-G2 or NITF.
    NewsMl,
    /// A web page.
    Html,
    /// Text in Markdown.
    Markdown,
    /// Text, as it stands.
    Text,
}

/// Documents that are found as they are asked for.
pub type Documents = Box<dyn Iterator<Item = Document> + Send>;

impl Input {
    /// A file, or a folder with all files in it.
    pub fn path(path: impl Into<PathBuf>) -> Input {
        let path = path.into();
        Input { name: path.display().to_string(), from: From::Path(path), format: None }
    }

    /// Bytes in memory; `name` is what origins call them.
    pub fn bytes(name: impl Into<String>, bytes: Vec<u8>) -> Input {
        Input::stream(name, Box::new(std::io::Cursor::new(bytes)))
    }

    /// A stream, read once.
    pub fn stream(name: impl Into<String>, stream: Box<dyn Read + Send>) -> Input {
        Input { name: name.into(), from: From::Stream(stream), format: None }
    }

    /// The same, with its format told, not guessed.
    #[must_use]
    pub fn with_format(mut self, format: Format) -> Input {
        self.format = Some(format);
        self
    }
}

/// What is in `input`, read: a page for each document, or why there is none. `from_member` skips what was read before: the ordinal to go on with.
///
/// Of a folder, `from_member` counts what comes out of all its files. A refusal never ends it, except where nothing more can be had.
pub fn open(input: Input, limits: &Limits, from_member: u64) -> Box<dyn Iterator<Item = Found> + Send> {
    let of_each = limits.clone();
    Box::new(documents(input, limits, from_member).map(move |document| document.read(&of_each)))
}

/// The same, not read yet: documents can be read by several threads, each by itself.
pub fn documents(input: Input, limits: &Limits, from_member: u64) -> Documents {
    let Input { name, from, format } = input;
    let stream: Source = match from {
        From::Stream(stream) => stream,
        From::Path(path) if path.is_dir() => {
            let limits = limits.clone();
            let files = folder::files(&path).flat_map(move |file| match file {
                Ok(path) => {
                    documents(Input { name: path.display().to_string(), from: From::Path(path), format }, &limits, 0)
                }
                Err((path, refusal)) => one(path, Err(refusal)),
            });
            return Box::new(files.skip(usize::try_from(from_member).unwrap_or(usize::MAX)));
        }
        From::Path(path) => match File::open(&path) {
            Ok(file) => Box::new(file),
            Err(error) => return one(name, Err(Refusal::new(Reason::Io, error.to_string()))),
        },
    };
    let path = name.clone();
    let found = catch_unwind(AssertUnwindSafe(|| streamed(stream, name, format, limits, from_member)));
    let found = found.unwrap_or_else(|_| one(path.clone(), Err(failed())));
    Box::new(Guarded { documents: Some(found), path })
}

/// No panic of a reader gets out; what it was reading ends there.
struct Guarded {
    documents: Option<Documents>,
    path: String,
}

impl Iterator for Guarded {
    type Item = Document;

    fn next(&mut self) -> Option<Document> {
        let documents = self.documents.as_mut()?;
        catch_unwind(AssertUnwindSafe(|| documents.next())).unwrap_or_else(|_| {
            self.documents = None;
            Some(Document::new(Origin { path: self.path.clone(), ..Origin::default() }, Err(failed())))
        })
    }
}

fn failed() -> Refusal {
    Refusal::new(Reason::Internal, "the program failed on this input; what follows in it was not read")
}

fn one(path: String, content: Result<Content, Refusal>) -> Documents {
    Box::new(std::iter::once(Document::new(Origin { path, ..Origin::default() }, content)))
}

fn streamed(stream: Source, name: String, format: Option<Format>, limits: &Limits, from: u64) -> Documents {
    let mut tape = Tape::new(stream);
    let packing = match tape.peek(64) {
        Ok(head) => Packing::of(head),
        Err(error) => return one(name, Err(refusal_of(error))),
    };
    let is_packed = packing != Packing::Plain;
    let mut tape = Tape::new(Members::new(tape, packing, limits));
    let head = match tape.source().next_member().and_then(|_| tape.peek(64)) {
        Ok(head) => head.get(..head.len().min(64)).unwrap_or_default().to_vec(),
        Err(error) => {
            tape.give_back(error);
            Vec::new()
        }
    };
    let is_called_so = head.is_empty() && name.to_ascii_lowercase().contains(".warc");
    if format == Some(Format::Warc) || format.is_none() && (head.starts_with(b"WARC/") || is_called_so) {
        return Box::new(archive::documents(tape, name, limits.clone(), from));
    }
    let stem = if is_packed { Path::new(&name).with_extension("") } else { PathBuf::from(&name) };
    let mut tape = Tape::new(Unpacked::new(tape));
    let format = match tape
        .peek(AHEAD / 2)
        .map_err(refusal_of)
        .and_then(|head| format.map_or_else(|| sniff(head, &stem, is_packed), Ok))
    {
        Ok(format) => format,
        Err(refusal) => return one(name, Err(refusal)),
    };
    if format == Format::Lines {
        return Box::new(Lines::new(tape, name, limits, from));
    }
    if format == Format::Ninjs {
        return json(tape, name, limits, from);
    }
    match held(tape, Vec::new(), limits) {
        Ok(bytes) => whole(bytes, name, format, limits, from),
        Err(refusal) => one(name, Err(refusal)),
    }
}

/// All the bytes of one document, of which `head` were read before.
fn held(tape: impl Read, head: Vec<u8>, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    let mut bytes = head;
    tape.take(limits.document_bytes as u64 + 1).read_to_end(&mut bytes).map_err(refusal_of)?;
    if bytes.len() > limits.document_bytes {
        return Err(Refusal::new(Reason::TooLarge, format!("more than {} bytes", limits.document_bytes)));
    }
    Ok(bytes)
}

fn whole(bytes: Vec<u8>, name: String, format: Format, limits: &Limits, from: u64) -> Documents {
    let of_body = |body| one(name.clone(), Ok(Content { body, hints: Hints::default(), given: Given::default() }));
    match format {
        Format::Feed => match feeds::read(&bytes, &fetched_from(&name), limits) {
            Ok(feed) => Box::new(feeds::documents(feed, name, from)),
            Err(refusal) => one(name, Err(refusal)),
        },
        Format::Sitemap => match sitemap::read(&bytes, limits) {
            Ok(sitemap) => Box::new(listed(sitemap, name, from)),
            Err(refusal) => one(name, Err(refusal)),
        },
        Format::NewsMl => {
            let text = encoding::decode(&bytes, &Hints::default()).0;
            Box::new(newsml::documents(&text, &name, from).into_iter())
        }
        Format::Text => of_body(Body::Plain(bytes)),
        Format::Markdown => of_body(Body::Markdown(bytes)),
        Format::Html | Format::Warc | Format::Lines | Format::Ninjs => {
            one(name, Ok(Content::page(bytes, Hints::default())))
        }
    }
}

/// Where links of the input count from, if its name is an address.
fn fetched_from(name: &str) -> Hints {
    let url = Some(name).filter(|name| name.starts_with("http://") || name.starts_with("https://"));
    Hints { url: url.map(str::to_owned), ..Hints::default() }
}

fn listed(sitemap: sitemap::Sitemap, path: String, from: u64) -> impl Iterator<Item = Document> {
    let is_index = sitemap.is_index;
    let nothing = || Refusal::new(Reason::NoDocument, "the sitemap lists nothing");
    let broken = sitemap.broken.or_else(|| sitemap.listed.is_empty().then(nothing));
    let count = sitemap.listed.len() as u64;
    let at = path.clone();
    let links = (0..).zip(sitemap.listed).map(move |(ordinal, listed)| {
        let sitemap::Listed { url, title, outlet, published_at, .. } = listed;
        let origin = Origin { path: path.clone(), member: Some(ordinal), url: Some(url) };
        let refusal = |what| Refusal::new(Reason::LinkOnly, what);
        let document = if is_index {
            Document::new(origin, Err(refusal("the address of a sitemap")))
        } else {
            let told = Told { title, outlet, published_at, published_as: None };
            Document::link(origin, refusal("an address without its page"), told)
        };
        (ordinal, document)
    });
    let broken = broken
        .map(move |refusal| (count, Document::new(Origin { path: at, member: Some(count), url: None }, Err(refusal))));
    links.chain(broken).filter(move |(ordinal, _)| *ordinal >= from).map(|(_, document)| document)
}

/// JSON that may be lines, a feed, an item of ninjs or a list of them: its first line tells, or else the whole.
fn json(mut tape: Tape<Unpacked>, name: String, limits: &Limits, from: u64) -> Documents {
    let first = match read_line(&mut tape, limits.compressed_bytes) {
        Ok(Some(Line::Whole(line))) => line,
        Ok(Some(Line::Long(length))) => {
            let message = format!("line 1 has {length} bytes, the limit is {}", limits.compressed_bytes);
            tape.put_back(b"\n".to_vec());
            let first = one(name.clone(), Err(Refusal::new(Reason::TooLarge, message)));
            return Box::new(first.chain(Lines::new(tape, name, limits, from)));
        }
        Ok(None) => return one(name, Err(Refusal::new(Reason::NoText, "the file is empty"))),
        Err(error) => return one(name, Err(refusal_of(error))),
    };
    let fields =
        serde_json::from_slice::<Map<String, Value>>(first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&first)).ok();
    let is_feed = fields.as_ref().is_some_and(|fields| fields.get("version").is_some_and(feeds::is_json_feed));
    if fields.is_some() && !is_feed {
        let mut line = first;
        line.push(b'\n');
        tape.put_back(line);
        return Box::new(Lines::new(tape, name, limits, from));
    }
    let mut head = first;
    head.push(b'\n');
    match held(tape, head, limits) {
        Ok(bytes) => whole_json(&bytes, name, limits, from),
        Err(refusal) => one(name, Err(refusal)),
    }
}

fn whole_json(bytes: &[u8], name: String, limits: &Limits, from: u64) -> Documents {
    let text = encoding::decode(bytes, &Hints::default()).0;
    let malformed = |error: serde_json::Error| Refusal::new(Reason::Malformed, format!("no JSON: {error}"));
    if text.trim_start().starts_with('[') {
        return match serde_json::from_str::<Vec<Ninjs>>(&text) {
            Ok(items) => {
                let items = (0..).zip(items).filter(move |(ordinal, _)| *ordinal >= from);
                Box::new(items.map(move |(ordinal, item)| item.document(&name, Some(ordinal))))
            }
            Err(error) => one(name, Err(malformed(error))),
        };
    }
    let fields = match serde_json::from_str::<Map<String, Value>>(&text) {
        Ok(fields) => fields,
        Err(error) => return one(name, Err(malformed(error))),
    };
    if fields.get("version").is_some_and(feeds::is_json_feed) {
        return whole(bytes.to_vec(), name, Format::Feed, limits, from);
    }
    if !Ninjs::is(&fields) {
        return one(name, Err(Refusal::new(Reason::Unsupported, "JSON that is neither lines, ninjs nor a feed")));
    }
    match serde_json::from_value::<Ninjs>(Value::Object(fields)) {
        Ok(item) => Box::new(std::iter::once(item.document(&name, None))),
        Err(error) => one(name, Err(malformed(error))),
    }
}

/// First bytes of what is not read, and what it is called. Sorted.
const REFUSED: [(&[u8], &str); 16] = [
    (b"\x1f\x8b", "packed twice: gzip in another"),
    (b"%PDF-", "a PDF file"),
    (b"(\xb5/\xfd", "packed twice: zstd in another"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z file"),
    (b"BZh", "a bzip2 file"),
    (b"GIF8", "a picture"),
    (b"PK\x03\x04", "a zip file, or a document in one"),
    (b"PK\x05\x06", "an empty zip file"),
    (b"RIFF", "sound or a picture"),
    (b"Rar!", "a rar file"),
    (b"SQLite format 3\0", "a database"),
    (b"\x7fELF", "a program"),
    (b"\x89PNG", "a picture"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"\xfd7zXZ\0", "an xz file"),
    (b"\xff\xd8\xff", "a picture"),
];

/// The format by the first bytes, and by the name where they do not tell.
fn sniff(head: &[u8], name: &Path, is_packed: bool) -> Result<Format, Refusal> {
    let refused = |what: &str| Err(Refusal::new(Reason::Unsupported, what.to_owned()));
    if let Some((_, what)) = REFUSED.iter().find(|(mark, _)| head.starts_with(mark)) {
        return refused(if is_packed || !what.starts_with("packed") { what } else { "a packed file that is broken" });
    }
    if head.starts_with(b"filedesc:") {
        return refused("an ARC file, the format before WARC");
    }
    let extension =
        name.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let text = encoding::decode(head, &Hints::default()).0;
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    match extension.as_str() {
        "jsonl" | "ndjson" => return Ok(Format::Lines),
        "json" => return Ok(Format::Ninjs),
        _ => {}
    }
    if start.starts_with('<') && !matches!(extension.as_str(), "md" | "markdown" | "txt") {
        return markup(start, &extension);
    }
    if start.starts_with(['{', '[']) && is_json(start) {
        return Ok(Format::Ninjs);
    }
    if let Some(at) = memchr::memchr(0, text.as_bytes()) {
        return refused(&format!("no text: byte {at} is NUL"));
    }
    match extension.as_str() {
        "html" | "htm" | "xhtml" => Ok(Format::Html),
        "md" | "markdown" => Ok(Format::Markdown),
        "xml" if start.starts_with("http") => Ok(Format::Sitemap),
        _ => Ok(Format::Text),
    }
}

/// An object begins with a quoted name or ends at once; a list with an object.
fn is_json(start: &str) -> bool {
    let rest = start.get(1..).unwrap_or_default().trim_start();
    if start.starts_with('{') { rest.starts_with(['"', '}']) } else { rest.starts_with('{') }
}

fn markup(start: &str, extension: &str) -> Result<Format, Refusal> {
    let root = root(start).to_ascii_lowercase();
    match root.rsplit(':').next().unwrap_or_default() {
        "rss" | "rdf" | "feed" | "channel" => Ok(Format::Feed),
        "urlset" | "sitemapindex" => Ok(Format::Sitemap),
        "newsitem" | "newsmessage" | "packageitem" | "knowledgeitem" | "conceptitem" | "planningitem"
        | "catalogitem" | "nitf" => Ok(Format::NewsMl),
        "opml" => Err(Refusal::new(Reason::Unsupported, "a list of feeds (OPML): it is watched, not read")),
        "newsml" => Err(Refusal::new(Reason::Unsupported, "NewsML 1, the format before NewsML-G2")),
        _ if media::looks_like_html(start.as_bytes()) || extension != "xml" => Ok(Format::Html),
        name => Err(Refusal::new(Reason::Unsupported, format!("XML of an unknown kind: <{name}>"))),
    }
}

/// The name of the first element, behind declarations and comments.
fn root(start: &str) -> &str {
    let mut left = start;
    while let Some(rest) = left.strip_prefix('<') {
        let end = if rest.starts_with("!--") { "-->" } else { ">" };
        if !rest.starts_with(['?', '!']) {
            return rest.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or_default();
        }
        // A document type with declarations has brackets; what they hold is refused later, by who reads it.
        let end = if rest.starts_with("!DOCTYPE") && rest.split('>').next().is_some_and(|part| part.contains('[')) {
            "]>"
        } else {
            end
        };
        left = rest.split_once(end).map_or("", |(_, rest)| rest).trim_start();
    }
    ""
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Format, REFUSED, sniff};

    #[track_caller]
    fn sniffs(head: &str, name: &str, format: Format) {
        assert_eq!(sniff(head.as_bytes(), Path::new(name), false), Ok(format));
    }

    #[test]
    fn the_first_bytes_tell_the_format() {
        sniffs("\u{feff}<?xml version='1.0'?>\n<!-- x > --><rss>", "a", Format::Feed);
        sniffs("<?xml version='1.0'?><rdf:RDF xmlns='http://purl.org/rss/1.0/'>", "a.xml", Format::Feed);
        sniffs("<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>", "a.xml", Format::Feed);
        sniffs("<a:feed xmlns:a='http://www.w3.org/2005/Atom'>", "a", Format::Feed);
        sniffs("<urlset>", "a", Format::Sitemap);
        sniffs("<newsItem guid='x'>", "a", Format::NewsMl);
        sniffs("<!doctype html><p>", "a", Format::Html);
        sniffs("<p>The ferry sank.", "a", Format::Html);
        sniffs("{\"text\": \"The ferry sank.\"}\n", "a", Format::Ninjs);
        sniffs("{\"text\": \"The ferry sank.\"}\n", "a.jsonl", Format::Lines);
        sniffs("[sic] The ferry sank.", "a.txt", Format::Text);
        sniffs("The ferry sank.", "a", Format::Text);
    }

    #[test]
    fn what_is_not_read_is_called_by_its_name() {
        assert!(REFUSED.is_sorted());
        for (mark, what) in REFUSED {
            let refusal = sniff(mark, Path::new("a"), true).unwrap_err();
            assert_eq!(refusal.message, what);
        }
        assert_eq!(sniff(b"a\0b", Path::new("a"), false).unwrap_err().message, "no text: byte 1 is NUL");
        assert_eq!(sniff(b"<gpx>", Path::new("a.xml"), false).unwrap_err().message, "XML of an unknown kind: <gpx>");
    }
}
