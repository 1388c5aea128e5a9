//! Markup → tags and text, in one pass over the bytes, with the leniency of a browser's tokenizer. No tree, no allocation that grows with the page.
//!
//! Follows the tokenizer of the HTML standard where pages differ in what they mean, and its raw-text elements; character references are left as they
//! are written (see [`super::references`]). Never fails: markup that breaks off at the end of the page is dropped, as browsers do.

/// A piece of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text between tags, character references unresolved.
    Text(&'a str),
    /// The start of an element.
    Start(Tag<'a>),
    /// The end of an element: its name as written.
    End(&'a str),
    /// All that is inside a raw-text element (`script`, `style`, `title`, `textarea` …), between its tags.
    Raw(&'a str),
}

/// A start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag<'a> {
    /// The name as written.
    pub name: &'a str,
    /// What stands between the name and `>`.
    inside: &'a str,
}

impl<'a> Tag<'a> {
    /// Its attributes in order, names as written, values unresolved; duplicates are there.
    pub fn attributes(self) -> Attributes<'a> {
        Attributes { rest: self.inside }
    }

    /// Whether it ends with `/>`, which counts in drawings only.
    pub fn is_self_closing(self) -> bool {
        self.inside.ends_with('/')
    }

    /// The value of the first attribute of that name; `name` in lower case.
    pub fn attribute(self, name: &str) -> Option<&'a str> {
        self.attributes().find(|(given, _)| given.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// The pieces of a page.
#[derive(Debug, Clone)]
pub struct Markup<'a> {
    page: &'a str,
    at: usize,
    /// The raw-text element whose content comes next.
    raw: Option<&'a str>,
}

impl<'a> Markup<'a> {
    /// The pieces of `page`.
    pub fn new(page: &'a str) -> Markup<'a> {
        Markup { page, at: 0, raw: None }
    }

    fn bytes(&self) -> &'a [u8] {
        self.page.as_bytes()
    }

    fn slice(&self, from: usize, to: usize) -> &'a str {
        self.page.get(from..to).unwrap_or_default()
    }

    /// Text up to the next `<` that opens something, from `from`.
    fn text(&mut self, from: usize) -> Piece<'a> {
        let bytes = self.bytes();
        // The first byte may be a `<` that opens nothing.
        let mut search = from + 1;
        let end = loop {
            match bytes.get(search..).and_then(|rest| memchr::memchr(b'<', rest)) {
                None => break bytes.len(),
                Some(offset) if self.opens(search + offset) => break search + offset,
                Some(offset) => search += offset + 1,
            }
        };
        self.at = end;
        Piece::Text(self.slice(from, end))
    }

    /// Whether the `<` at `at` opens a tag, a comment or a declaration.
    fn opens(&self, at: usize) -> bool {
        match self.bytes().get(at + 1) {
            Some(b'!' | b'?' | b'/') => self.bytes().get(at + 2).is_some(),
            Some(byte) => byte.is_ascii_alphabetic(),
            None => false,
        }
    }

    /// The end of the tag that starts at `from`: the place of its `>`, quotation marks of attribute values respected.
    fn tag_end(&self, from: usize) -> Option<usize> {
        let bytes = self.bytes();
        let mut at = from;
        let mut after_equals = false;
        loop {
            match bytes.get(at)? {
                b'>' => return Some(at),
                quote @ (b'"' | b'\'') if after_equals => {
                    at += 1 + memchr::memchr(*quote, bytes.get(at + 1..)?)? + 1;
                    after_equals = false;
                    continue;
                }
                b'=' => after_equals = true,
                byte if byte.is_ascii_whitespace() => {}
                _ => after_equals = false,
            }
            at += 1;
        }
    }

    fn start_tag(&mut self, from: usize) -> Option<Piece<'a>> {
        let end = self.tag_end(from + 1)?;
        let inside = self.slice(from + 1, end);
        let name_end = inside.bytes().position(|b| b.is_ascii_whitespace() || b == b'/').unwrap_or(inside.len());
        let (name, inside) = inside.split_at(name_end);
        self.at = end + 1;
        let is_raw = RAW.iter().any(|raw| raw.eq_ignore_ascii_case(name));
        self.raw = is_raw.then_some(name);
        Some(Piece::Start(Tag { name, inside }))
    }

    fn end_tag(&mut self, from: usize) -> Option<Piece<'a>> {
        let end = self.tag_end(from + 2)?;
        let inside = self.slice(from + 2, end);
        let name_end = inside.bytes().position(|b| b.is_ascii_whitespace() || b == b'/').unwrap_or(inside.len());
        self.at = end + 1;
        Some(Piece::End(self.slice(from + 2, from + 2 + name_end)))
    }

    /// The place after the comment or declaration that starts at `from` with `<!`, `<?` or `</`.
    fn after_comment(&self, from: usize) -> usize {
        let bytes = self.bytes();
        let rest = |at: usize| bytes.get(at..).unwrap_or_default();
        if !rest(from).starts_with(b"<!--") {
            return memchr::memchr(b'>', rest(from)).map_or(bytes.len(), |offset| from + offset + 1);
        }
        // `<!-->` and `<!--->` are whole comments.
        for short in [&b"<!-->"[..], b"<!--->"] {
            if rest(from).starts_with(short) {
                return from + short.len();
            }
        }
        let mut at = from + 4;
        while let Some(offset) = memchr::memmem::find(rest(at), b"--") {
            at += offset;
            match rest(at + 2) {
                [b'>', ..] => return at + 3,
                [b'!', b'>', ..] => return at + 4,
                _ => at += 1,
            }
        }
        bytes.len()
    }

    /// What a raw-text element holds: up to its end tag, or to the end of the page.
    fn raw_text(&mut self, name: &str) -> Piece<'a> {
        let bytes = self.bytes();
        let from = self.at;
        let mut search = from;
        let end = loop {
            let Some(offset) = bytes.get(search..).and_then(|rest| memchr::memmem::find(rest, b"</")) else {
                break bytes.len();
            };
            let at = search + offset;
            let after = at + 2 + name.len();
            let is_name = bytes.get(at + 2..after).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
            if is_name && bytes.get(after).is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>')) {
                break at;
            }
            search = at + 2;
        };
        self.at = end;
        Piece::Raw(self.slice(from, end))
    }
}

/// Elements whose content is not markup. `noscript` is markup where no scripts run.
const RAW: [&str; 8] = ["iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp"];

impl<'a> Iterator for Markup<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if let Some(name) = self.raw.take() {
            return Some(self.raw_text(name));
        }
        loop {
            let from = self.at;
            let bytes = self.bytes();
            if *bytes.get(from)? != b'<' || !self.opens(from) {
                return Some(self.text(from));
            }
            let piece = match (bytes.get(from + 1), bytes.get(from + 2)) {
                (Some(b'/'), Some(letter)) if letter.is_ascii_alphabetic() => self.end_tag(from),
                (Some(b'!' | b'?' | b'/'), _) => {
                    self.at = self.after_comment(from);
                    continue;
                }
                _ => self.start_tag(from),
            };
            if piece.is_none() {
                self.at = bytes.len();
            }
            return piece;
        }
    }
}

/// The attributes of a start tag.
#[derive(Debug, Clone)]
pub struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<(&'a str, &'a str)> {
        let rest = self.rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        let first = rest.chars().next()?;
        // A name may start with `=`, but not hold one.
        let name_end =
            rest.bytes().skip(first.len_utf8()).position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'='));
        let (name, rest) = rest.split_at(name_end.map_or(rest.len(), |end| end + first.len_utf8()));
        let Some(value) = rest.trim_ascii_start().strip_prefix('=') else {
            self.rest = rest;
            return Some((name, ""));
        };
        let value = value.trim_ascii_start();
        let (value, rest) = match value.bytes().next() {
            Some(quote @ (b'"' | b'\'')) => {
                let value = value.get(1..).unwrap_or_default();
                let end = memchr::memchr(quote, value.as_bytes()).unwrap_or(value.len());
                (value.get(..end).unwrap_or_default(), value.get(end + 1..).unwrap_or_default())
            }
            _ => value.split_at(value.bytes().position(|b| b.is_ascii_whitespace()).unwrap_or(value.len())),
        };
        self.rest = rest;
        Some((name, value))
    }
}

#[cfg(test)]
mod tests {
    use super::{Markup, Piece};

    /// Pieces in a short notation: text, `<name a=b>`, `</name>`, `{raw}`.
    fn pieces(page: &str) -> String {
        let mut out = Vec::new();
        for piece in Markup::new(page) {
            out.push(match piece {
                Piece::Text(text) => text.to_owned(),
                Piece::End(name) => format!("</{name}>"),
                Piece::Raw(text) => format!("{{{text}}}"),
                Piece::Start(tag) => {
                    let attributes: String = tag.attributes().map(|(name, value)| format!(" {name}={value}")).collect();
                    format!("<{}{attributes}>", tag.name)
                }
            });
        }
        out.join("|")
    }

    #[test]
    fn tags_and_their_attributes() {
        assert_eq!(pieces("<P CLASS=lead id='a' hidden>Dam</p >"), "<P CLASS=lead id=a hidden=>|Dam|</p>");
        assert_eq!(pieces("<a href = \"/x?a>b\" title='it > is'>y"), "<a href=/x?a>b title=it > is>|y");
        assert_eq!(pieces("<br/><img src=/a/b.png/>"), "<br>|<img src=/a/b.png/>");
        assert_eq!(pieces("<a ==x b=\"1\"c>"), "<a ==x b=1 c=>");
        assert_eq!(pieces("<a title=it's>x"), "<a title=it's>|x");
    }

    #[test]
    fn a_sign_that_opens_nothing_is_text() {
        assert_eq!(pieces("1 < 2 <3 <> a<"), "1 < 2 <3 <> a<");
        assert_eq!(pieces("a <b>c"), "a |<b>|c");
    }

    #[test]
    fn comments_and_declarations_are_passed_over() {
        assert_eq!(
            pieces("a<!-- <p> -- > -->b<!-->c<!--->d<!doctype html>e<?php x ?>f</3>g<!--x--!>h"),
            "a|b|c|d|e|f|g|h"
        );
        assert_eq!(pieces("a<!-- never closed <p>b"), "a");
    }

    #[test]
    fn raw_text_ends_at_its_own_tag_only() {
        assert_eq!(
            pieces("<script>if (a</b>c) '</scripts>'</SCRIPT >x"),
            "<script>|{if (a</b>c) '</scripts>'}|</SCRIPT>|x"
        );
        assert_eq!(pieces("<title>A &amp; B <b></title>"), "<title>|{A &amp; B <b>}|</title>");
        assert_eq!(pieces("<style>x"), "<style>|{x}");
    }

    #[test]
    fn a_tag_that_breaks_off_is_dropped() {
        assert_eq!(pieces("a<p class=\"x"), "a");
        assert_eq!(pieces("a<p"), "a");
        assert_eq!(pieces("a</p"), "a");
    }
}
