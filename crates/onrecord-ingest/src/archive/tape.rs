//! Bytes in order, with a look ahead: what every reader of this crate that streams stands on.
//!
//! Knows how many bytes went by. Holds 64 KiB, and what was put back.

use std::io::{self, Read};

/// How much can be looked at ahead.
pub(crate) const AHEAD: usize = 64 << 10;

/// A source that can be looked at before it is read.
pub(crate) struct Tape<S> {
    source: S,
    held: Vec<u8>,
    from: usize,
    to: usize,
    offset: u64,
    is_at_end: bool,
    fault: Option<io::Error>,
}

impl<S: Read> Tape<S> {
    pub(crate) fn new(source: S) -> Tape<S> {
        Tape { source, held: Vec::new(), from: 0, to: 0, offset: 0, is_at_end: false, fault: None }
    }

    /// How many bytes were read from it, those looked at not counted.
    pub(crate) fn offset(&self) -> u64 {
        self.offset
    }

    /// The next bytes: at least `count`, or all that are left. `count` is at most [`AHEAD`].
    ///
    /// # Errors
    /// Only where nothing is left before it: what was read before the source failed can still be used.
    pub(crate) fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.to - self.from < count && !self.is_at_end {
            self.fill();
        }
        match self.fault.take_if(|_| self.from == self.to) {
            Some(error) => Err(error),
            None => Ok(self.ahead()),
        }
    }

    /// Gives an error back that was taken too early: it comes again when nothing is left before it.
    pub(crate) fn give_back(&mut self, error: io::Error) {
        (self.is_at_end, self.fault) = (true, Some(error));
    }

    /// Why the source failed, if it has, and nobody was told yet.
    pub(crate) fn take_fault(&mut self) -> Option<io::Error> {
        self.fault.take()
    }

    /// The bytes that are held, none of them read yet.
    pub(crate) fn ahead(&self) -> &[u8] {
        self.held.get(self.from..self.to).unwrap_or_default()
    }

    /// Passes over `count` of the bytes held.
    pub(crate) fn consume(&mut self, count: usize) {
        let count = count.min(self.to - self.from);
        self.from += count;
        self.offset += count as u64;
    }

    /// Whether nothing is left.
    pub(crate) fn is_over(&mut self) -> io::Result<bool> {
        Ok(self.peek(1)?.is_empty())
    }

    /// Puts bytes back that were read last, or others in their place: the next to be read are theirs.
    pub(crate) fn put_back(&mut self, mut bytes: Vec<u8>) {
        self.offset = self.offset.saturating_sub(bytes.len() as u64);
        bytes.extend_from_slice(self.ahead());
        (self.from, self.to) = (0, bytes.len());
        self.held = bytes;
    }

    /// Passes over at most `count` bytes; the answer is how many there were.
    pub(crate) fn skip(&mut self, count: u64) -> io::Result<u64> {
        let mut left = count;
        while left > 0 {
            let ahead = self.peek(1)?.len();
            if ahead == 0 {
                break;
            }
            let step = usize::try_from(left).unwrap_or(usize::MAX).min(ahead);
            self.consume(step);
            left -= step as u64;
        }
        Ok(count - left)
    }

    /// Passes over everything before the next place that `find` knows, or to the end; the answer is how many bytes that were. To know a place,
    /// `find` needs at most `needs` bytes from there on: it has them unless the end is near.
    pub(crate) fn seek(&mut self, needs: usize, find: impl Fn(&[u8]) -> Option<usize>) -> io::Result<u64> {
        let start = self.offset;
        loop {
            let ahead = self.peek(AHEAD / 2)?;
            let (length, is_last) = (ahead.len(), ahead.len() < AHEAD / 2);
            let sure = if is_last { length } else { length - needs };
            let found = find(ahead);
            self.consume(found.unwrap_or(sure).min(sure));
            if found.is_some_and(|at| at <= sure) || is_last && found.is_none() {
                return Ok(self.offset - start);
            }
        }
    }

    /// The source behind it, whose next bytes follow those held.
    pub(crate) fn source(&mut self) -> &mut S {
        &mut self.source
    }

    /// Lets it read on after an end or an error: the source may have more.
    pub(crate) fn go_on(&mut self) {
        self.is_at_end = false;
    }

    /// Makes it end after what is held, until [`Tape::go_on`].
    pub(crate) fn end_here(&mut self) {
        self.is_at_end = true;
    }

    fn fill(&mut self) {
        if self.from > 0 {
            self.held.copy_within(self.from..self.to, 0);
            (self.from, self.to) = (0, self.to - self.from);
        }
        if self.held.len() > self.to + 4 * AHEAD {
            // What was put back is gone by.
            self.held.truncate(self.to + AHEAD);
            self.held.shrink_to_fit();
        }
        if self.held.len() < self.to + AHEAD {
            self.held.resize(self.to + AHEAD, 0);
        }
        let room = self.held.get_mut(self.to..).unwrap_or_default();
        match self.source.read(room) {
            Ok(0) => self.is_at_end = true,
            Ok(count) => self.to += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => (self.is_at_end, self.fault) = (true, Some(error)),
        }
    }
}

impl<S: Read> Read for Tape<S> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.from == self.to && !self.is_at_end && buffer.len() >= AHEAD / 2 {
            // Large reads go past the buffer.
            let count = self.source.read(buffer)?;
            self.is_at_end = count == 0;
            self.offset += count as u64;
            return Ok(count);
        }
        let ahead = self.peek(1)?;
        let count = ahead.len().min(buffer.len());
        buffer.get_mut(..count).unwrap_or_default().copy_from_slice(ahead.get(..count).unwrap_or_default());
        self.consume(count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::Tape;

    #[test]
    fn what_is_looked_at_is_still_there() {
        let mut tape = Tape::new(&b"The ferry sank."[..]);
        assert_eq!(tape.peek(3).unwrap().get(..3), Some(&b"The"[..]));
        assert_eq!((tape.skip(4).unwrap(), tape.offset()), (4, 4));
        let mut word = [0; 5];
        tape.read_exact(&mut word).unwrap();
        assert_eq!(&word, b"ferry");
        tape.put_back(b"erry".to_vec());
        assert_eq!((tape.ahead(), tape.offset()), (&b"erry sank."[..], 5));
        assert_eq!(tape.skip(1000).unwrap(), 10);
        assert!(tape.is_over().unwrap());
    }

    #[test]
    fn seeking_finds_what_lies_across_two_reads() {
        let mut text = vec![b'.'; super::AHEAD - 2];
        text.extend_from_slice(b"WARC/1.0");
        let mut tape = Tape::new(text.as_slice());
        let passed = tape.seek(5, |bytes| memchr::memmem::find(bytes, b"WARC/")).unwrap();
        assert_eq!((passed, tape.ahead()), (super::AHEAD as u64 - 2, &b"WARC/1.0"[..]));
        tape.consume(1);
        let passed = tape.seek(5, |bytes| memchr::memmem::find(bytes, b"WARC/")).unwrap();
        assert_eq!((passed, tape.ahead()), (7, &b""[..]));
    }
}
