//! The members of a web archive → its records, numbered, each with its head and its block of bytes, or why it cannot be had.
//!
//! Lenient, and counts: a length that lies, bytes between records, a member that breaks make a refusal in their place, and reading goes on at the next
//! record. Nothing is passed over in silence. Holds one record.

use std::io::{self, Read};

use super::members::{Members, refusal_of};
use super::tape::{AHEAD, Tape};
use crate::found::{Reason, Refusal};
use crate::limits::Limits;

/// A record as it stands in the file.
pub(crate) struct Record {
    /// What its head says.
    pub(crate) head: Head,
    /// Its block: an HTTP response, mostly.
    pub(crate) block: Vec<u8>,
}

/// Named fields, in their order.
#[derive(Debug, Default)]
pub(crate) struct Head(Vec<(String, String)>);

impl Head {
    /// The lines `Name: value` of `bytes`; a line that starts with white space goes on with the one before.
    pub(crate) fn parse(bytes: &[u8]) -> Head {
        let mut fields: Vec<(String, String)> = Vec::new();
        for line in String::from_utf8_lossy(bytes).lines() {
            if line.starts_with([' ', '\t'])
                && let Some((_, value)) = fields.last_mut()
            {
                value.push(' ');
                value.push_str(line.trim());
            } else if let Some((name, value)) = line.split_once(':') {
                fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        Head(fields)
    }

    /// The first field of that name, given in lower case.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// The URL of the record; some writers put it in angle brackets.
    pub(crate) fn url(&self) -> Option<String> {
        let url = self.get("warc-target-uri")?;
        let url = url.strip_prefix('<').and_then(|url| url.strip_suffix('>')).unwrap_or(url);
        Some(url.replace(' ', "%20")).filter(|url| !url.is_empty())
    }
}

/// A record with its place, or why it cannot be had.
pub(crate) struct Numbered {
    /// From 0, over all that comes out, refusals too.
    pub(crate) ordinal: u64,
    /// Where it was published.
    pub(crate) url: Option<String>,
    /// What there is.
    pub(crate) outcome: Result<Record, Refusal>,
}

/// Where a record was published, and what there is.
type Told = (Option<String>, Result<Record, Refusal>);

/// The records of an archive.
pub(crate) struct Records {
    tape: Tape<Members>,
    /// The offset of the tape where the open member starts.
    base: u64,
    most: usize,
    ordinal: u64,
    /// How many bytes were read twice, since a length lied.
    read_again: u64,
    is_over: bool,
}

/// How many bytes may be read twice in any archive; beyond that, as many as were read once. An archive of lies would else take for ever.
const READ_AGAIN: u64 = 64 << 20;

impl Records {
    /// `tape` has the first member open.
    pub(crate) fn new(tape: Tape<Members>, limits: &Limits) -> Records {
        Records { tape, base: 0, most: limits.compressed_bytes, ordinal: 0, read_again: 0, is_over: false }
    }

    fn record(&mut self) -> io::Result<Option<Told>> {
        if !self.go_to_next()? {
            return Ok(None);
        }
        let place = self.place();
        if !self.tape.peek(5)?.starts_with(b"WARC/") {
            let passed = self.go_to_mark()?;
            return Ok(Some((
                None,
                Err(Refusal::new(Reason::Malformed, format!("{passed} bytes {place} are no record"))),
            )));
        }
        let Some(head) = self.head()? else {
            self.tape.consume(5);
            let passed = self.go_to_mark()? + 5;
            let message = format!(
                "the head of the record {place} has no end before the next or within {AHEAD} bytes; {passed} bytes passed over"
            );
            return Ok(Some((None, Err(Refusal::new(Reason::Malformed, message)))));
        };
        let url = head.url();
        let told = head.get("content-length").map(str::to_owned).unwrap_or_default();
        let Ok(length) = told.parse::<u64>() else {
            let passed = self.go_to_mark()?;
            let message = format!("the record {place} has no length but \"{told}\"; {passed} bytes passed over");
            return Ok(Some((url, Err(Refusal::new(Reason::Malformed, message)))));
        };
        if length > self.most as u64 {
            return Ok(Some((url, Err(self.too_large(length, &place)?))));
        }
        let block = self.block(length as usize, &place)?;
        Ok(Some((url, block.map(|block| Record { head, block }))))
    }

    /// Goes to the start of what comes next; `false` if nothing does.
    fn go_to_next(&mut self) -> io::Result<bool> {
        loop {
            while let Some(b'\r' | b'\n') = self.tape.peek(1)?.first() {
                self.tape.consume(1);
            }
            if !self.tape.is_over()? {
                return Ok(true);
            }
            if !self.tape.source().next_member()? {
                return Ok(false);
            }
            self.tape.go_on();
            self.base = self.tape.offset();
        }
    }

    /// Goes to the next line that starts a record, or to the end of the member.
    fn go_to_mark(&mut self) -> io::Result<u64> {
        self.tape.seek(64, |bytes| {
            memchr::memmem::find_iter(bytes, b"\nWARC/1.").find(|&at| is_mark(bytes.get(at + 1..).unwrap_or_default()))
        })
    }

    /// The head of the record, up to and with the empty line; none if it has no end.
    fn head(&mut self) -> io::Result<Option<Head>> {
        for count in [1 << 10, AHEAD] {
            let ahead = self.tape.peek(count)?;
            // A head does not go on into the next.
            let mark = memchr::memmem::find(ahead.get(..ahead.len().min(count)).unwrap_or_default(), b"\nWARC/1.");
            let ahead = ahead.get(..mark.unwrap_or(ahead.len())).unwrap_or_default();
            if let Some((length, rest)) = end_of_head(ahead) {
                let head = Head::parse(ahead.get(..length).unwrap_or_default());
                self.tape.consume(rest);
                return Ok(Some(head));
            }
            if mark.is_some() {
                return Ok(None);
            }
        }
        self.tape.take_fault().map_or(Ok(None), Err)
    }

    fn too_large(&mut self, length: u64, place: &str) -> io::Result<Refusal> {
        let passed = self.tape.skip(length)?;
        let message =
            format!("the record {place} has {length} bytes, the limit is {}; {passed} passed over", self.most);
        Ok(Refusal::new(Reason::TooLarge, message))
    }

    /// The block, if it ends where the head says. If that lies, reading goes on at the next record, be it inside the block.
    fn block(&mut self, length: usize, place: &str) -> io::Result<Result<Vec<u8>, Refusal>> {
        let mut block = Vec::with_capacity(length.min(1 << 20));
        (&mut self.tape).take(length as u64).read_to_end(&mut block)?;
        while block.len() < length && self.goes_on()? {
            (&mut self.tape).take((length - block.len()) as u64).read_to_end(&mut block)?;
        }
        let is_short = block.len() < length;
        let after = self.tape.peek(64)?.trim_ascii_start();
        let is_last = after.is_empty();
        if is_last && let Some(error) = self.tape.take_fault() {
            return Err(error);
        }
        let after = self.tape.ahead().trim_ascii_start();
        if !is_short && (after.is_empty() || after.starts_with(b"WARC/")) {
            return Ok(Ok(block));
        }
        let had = block.len();
        let swallowed = memchr::memmem::find(&block, b"\r\n\r\nWARC/1.");
        if let Some(at) = swallowed.filter(|_| self.read_again < READ_AGAIN.max(self.tape.offset())) {
            block.drain(..at);
            self.read_again += block.len() as u64;
            self.tape.put_back(block);
            let message = format!("the record {place} claims {length} bytes, but the next starts after {at}");
            return Ok(Err(Refusal::new(Reason::Malformed, message)));
        }
        if is_short {
            let message = format!("the record {place} claims {length} bytes, but has {had}");
            return Ok(Err(Refusal::new(Reason::Truncated, message)));
        }
        let passed = self.go_to_mark()?;
        let message = format!("the record {place} claims {length} bytes, but goes on for {passed} more");
        Ok(Err(Refusal::new(Reason::Malformed, message)))
    }

    /// At the end of a member: opens the next, and says whether it goes on with the record. Some archives are packed in members of one size.
    fn goes_on(&mut self) -> io::Result<bool> {
        if !self.tape.source().is_packed() || !self.tape.source().next_member()? {
            return Ok(false);
        }
        self.tape.go_on();
        self.base = self.tape.offset();
        let ahead = self.tape.peek(5)?;
        Ok(!ahead.is_empty() && !ahead.starts_with(b"WARC/"))
    }

    /// Where the tape stands, in words.
    fn place(&mut self) -> String {
        let within = self.tape.offset() - self.base;
        let members = self.tape.source();
        match (members.is_packed(), within) {
            (false, at) => format!("at byte {at}"),
            (true, 0) => format!("at byte {}", members.start()),
            (true, at) => format!("at byte {at} of the member at byte {}", members.start()),
        }
    }

    /// After an error: what went wrong, and the next member ready to be opened.
    fn recover(&mut self, error: io::Error) -> Refusal {
        let mut refusal = refusal_of(error);
        if refusal.reason == Reason::Io {
            self.is_over = true;
            return refusal;
        }
        let start = self.tape.source().start();
        let held = self.tape.ahead().len();
        self.tape.consume(held);
        match self.tape.source().resync() {
            Ok(passed) => {
                refusal.message = format!("the member at byte {start}: {}; {passed} bytes passed over", refusal.message)
            }
            Err(error) => {
                self.is_over = true;
                return refusal_of(error);
            }
        }
        self.tape.end_here();
        refusal
    }
}

impl Iterator for Records {
    type Item = Numbered;

    fn next(&mut self) -> Option<Numbered> {
        if self.is_over {
            return None;
        }
        let (url, outcome) = match self.record() {
            Ok(None) => {
                self.is_over = true;
                return None;
            }
            Ok(Some(record)) => record,
            Err(error) => (None, Err(self.recover(error))),
        };
        self.ordinal += 1;
        Some(Numbered { ordinal: self.ordinal - 1, url, outcome })
    }
}

/// Whether a line `WARC/1.0` is followed by a field: in a text that only mentions it, it is not.
fn is_mark(bytes: &[u8]) -> bool {
    let Some(end) = memchr::memchr(b'\n', bytes.get(..bytes.len().min(16)).unwrap_or_default()) else { return false };
    let line = bytes.get(end + 1..bytes.len().min(64)).unwrap_or_default();
    line.iter().find(|byte| !byte.is_ascii_alphanumeric() && **byte != b'-') == Some(&b':')
}

/// Where the head at the start of `bytes` ends, and where what follows it starts.
pub(crate) fn end_of_head(bytes: &[u8]) -> Option<(usize, usize)> {
    memchr::memchr_iter(b'\n', bytes).find_map(|at| match bytes.get(at + 1..)? {
        [b'\n', ..] => Some((at + 1, at + 2)),
        [b'\r', b'\n', ..] => Some((at + 1, at + 3)),
        _ => None,
    })
}
