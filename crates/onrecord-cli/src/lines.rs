//! Bytes → lines, however long: a line over the limit is passed by without being held.

use std::io::{self, BufRead};

/// The longest line, and the longest text file, that is read: 64 MiB. The help of `onrecord read` gives the same number.
pub const LIMIT: usize = 64 << 20;

/// One line of an input, without its line feed.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 1; blank lines count.
    pub number: u64,
    /// Its bytes, or nothing if there were more than the limit.
    pub bytes: Option<Vec<u8>>,
}

/// The lines of a reader. Holds one line, at most `limit` bytes of it.
#[derive(Debug)]
pub struct Lines<R> {
    reader: R,
    limit: usize,
    number: u64,
    ended: bool,
}

impl<R: BufRead> Lines<R> {
    /// The lines of `reader`, each up to `limit` bytes.
    pub fn new(reader: R, limit: usize) -> Lines<R> {
        Lines { reader, limit, number: 0, ended: false }
    }

    /// The next line, or `None` at the end.
    fn read(&mut self) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        let mut length = 0;
        loop {
            let chunk = match self.reader.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                chunk => chunk?,
            };
            if chunk.is_empty() && length == 0 {
                return Ok(None);
            }
            let feed = memchr::memchr(b'\n', chunk);
            let part = chunk.get(..feed.unwrap_or(chunk.len())).unwrap_or_default();
            length += part.len();
            if length <= self.limit {
                bytes.extend_from_slice(part);
            } else {
                bytes = Vec::new();
            }
            let (used, ended) = (part.len() + usize::from(feed.is_some()), chunk.is_empty());
            self.reader.consume(used);
            if feed.is_some() || ended {
                self.number += 1;
                return Ok(Some(Line { number: self.number, bytes: (length <= self.limit).then_some(bytes) }));
            }
        }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = io::Result<Line>;

    fn next(&mut self) -> Option<io::Result<Line>> {
        if self.ended {
            return None;
        }
        let line = self.read().transpose();
        self.ended = !matches!(line, Some(Ok(_)));
        line
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, BufRead, BufReader, Read};

    use super::{LIMIT, Line, Lines};

    fn lines(bytes: &[u8], limit: usize) -> Vec<(u64, Option<String>)> {
        let reader = BufReader::with_capacity(3, bytes);
        let text = |line: Line| (line.number, line.bytes.map(|bytes| String::from_utf8(bytes).unwrap()));
        Lines::new(reader, limit).map(|line| text(line.unwrap())).collect()
    }

    fn some(number: u64, text: &str) -> (u64, Option<String>) {
        (number, Some(text.to_owned()))
    }

    #[test]
    fn lines_are_numbered_and_the_last_needs_no_line_feed() {
        assert_eq!(lines(b"one\n\ntwo\r\nthree", 9), [some(1, "one"), some(2, ""), some(3, "two\r"), some(4, "three")]);
        assert_eq!(lines(b"one\n", 9), [some(1, "one")]);
        assert_eq!(lines(b"", 9), []);
    }

    #[test]
    fn a_line_over_the_limit_is_passed_by_and_the_next_is_read() {
        assert_eq!(lines(b"12345\n123456\n1\n1234567", 5), [some(1, "12345"), (2, None), some(3, "1"), (4, None)]);
    }

    /// A line of 1 GiB without a line of 1 GiB: the same buffer over and over, then a short line.
    struct Endless {
        left: usize,
        held: &'static [u8],
    }

    impl Read for Endless {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("read only through fill_buf"))
        }
    }

    impl BufRead for Endless {
        fn fill_buf(&mut self) -> io::Result<&[u8]> {
            if self.left == 0 && self.held.len() > 9 {
                self.held = b"\nlast one";
            }
            Ok(self.held)
        }

        fn consume(&mut self, amount: usize) {
            if self.left > 0 {
                self.left -= 1;
            } else {
                self.held = self.held.get(amount..).unwrap_or_default();
            }
        }
    }

    #[test]
    fn a_line_of_a_gigabyte_does_not_end_the_run() {
        let lines: Vec<Line> =
            Lines::new(Endless { left: 1 << 14, held: &[b'x'; 1 << 16] }, LIMIT).map(Result::unwrap).collect();
        assert_eq!(lines, [Line { number: 1, bytes: None }, Line { number: 2, bytes: Some(b"last one".to_vec()) }]);
    }
}
