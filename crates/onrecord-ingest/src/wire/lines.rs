//! JSON lines → documents: `{"id", "text" or "html", "title"?, "published_at"?, "url"?, "outlet"?}`, or ninjs; one object a line.
//!
//! A line that cannot be read is a refusal in its place, and reading goes on. Holds one line; a line over the limit is passed over without being held.
//! Blank lines are nobody's.

use std::io::Read;

use serde_json::{Map, Value};

use super::ninjs::Ninjs;
use crate::archive::{AHEAD, Tape, refusal_of};
use crate::document::{Body, Content, Document, Given};
use crate::found::{Hints, Origin, Reason, Refusal, Rung};
use crate::limits::Limits;
use crate::when::when;

/// The documents of a file of JSON lines.
pub(crate) struct Lines<S> {
    tape: Tape<S>,
    path: String,
    most: usize,
    number: u64,
    ordinal: u64,
    from: u64,
    is_over: bool,
}

impl<S: Read> Lines<S> {
    /// From the line `from` on, blank ones not counted.
    pub(crate) fn new(tape: Tape<S>, path: String, limits: &Limits, from: u64) -> Lines<S> {
        Lines { tape, path, most: limits.compressed_bytes, number: 0, ordinal: 0, from, is_over: false }
    }

    /// The next line that is not blank, without its end.
    fn line(&mut self) -> Option<Result<Vec<u8>, Refusal>> {
        loop {
            self.number += 1;
            match read_line(&mut self.tape, self.most) {
                Ok(None) => return None,
                Ok(Some(Line::Whole(line))) if line.trim_ascii().is_empty() => {}
                Ok(Some(Line::Whole(line))) => return Some(Ok(line)),
                Ok(Some(Line::Long(length))) => {
                    let message = format!("line {} has {length} bytes, the limit is {}", self.number, self.most);
                    return Some(Err(Refusal::new(Reason::TooLarge, message)));
                }
                Err(error) => {
                    self.is_over = true;
                    let refusal = refusal_of(error);
                    return Some(Err(Refusal::new(
                        refusal.reason,
                        format!("line {}: {}", self.number, refusal.message),
                    )));
                }
            }
        }
    }
}

impl<S: Read> Iterator for Lines<S> {
    type Item = Document;

    fn next(&mut self) -> Option<Document> {
        while !self.is_over {
            let line = self.line()?;
            let ordinal = self.ordinal;
            self.ordinal += 1;
            if ordinal >= self.from {
                return Some(document(line, &self.path, ordinal, self.number));
            }
        }
        None
    }
}

/// A line, or how long one is that is too long.
pub(crate) enum Line {
    Whole(Vec<u8>),
    Long(u64),
}

/// Reads up to and with the next line feed; none at the end.
pub(crate) fn read_line<S: Read>(tape: &mut Tape<S>, most: usize) -> std::io::Result<Option<Line>> {
    let mut line = Vec::new();
    let mut length = 0;
    if tape.is_over()? {
        return Ok(None);
    }
    loop {
        let ahead = tape.peek(AHEAD.min(most))?;
        let end = memchr::memchr(b'\n', ahead);
        let part = ahead.get(..end.unwrap_or(ahead.len())).unwrap_or_default();
        length += part.len() as u64;
        if length <= most as u64 {
            line.extend_from_slice(part);
        } else {
            line = Vec::new();
        }
        let passed = part.len() + usize::from(end.is_some());
        tape.consume(passed);
        if end.is_some() || passed == 0 || tape.is_over()? {
            return Ok(Some(if length <= most as u64 { Line::Whole(line) } else { Line::Long(length) }));
        }
    }
}

fn document(line: Result<Vec<u8>, Refusal>, path: &str, ordinal: u64, number: u64) -> Document {
    let origin = Origin { path: path.to_owned(), member: Some(ordinal), url: None };
    let fields = line.and_then(|line| fields(&line, number));
    let fields = match fields {
        Ok(fields) => fields,
        Err(refusal) => return Document::new(origin, Err(refusal)),
    };
    if !fields.contains_key("text") && !fields.contains_key("html") && Ninjs::is(&fields) {
        return match serde_json::from_value::<Ninjs>(Value::Object(fields)) {
            Ok(ninjs) => ninjs.document(path, Some(ordinal)),
            Err(error) => {
                Document::new(origin, Err(Refusal::new(Reason::Malformed, format!("line {number}: {error}"))))
            }
        };
    }
    let url = string(&fields, "url");
    Document::new(Origin { url: url.clone(), ..origin }, content(fields, url, number))
}

fn fields(line: &[u8], number: u64) -> Result<Map<String, Value>, Refusal> {
    let line = line.strip_prefix(b"\xef\xbb\xbf").filter(|_| number == 1).unwrap_or(line);
    if let Err(error) = std::str::from_utf8(line) {
        return Err(Refusal::new(
            Reason::NotUtf8,
            format!("line {number} is not UTF-8 at its byte {}", error.valid_up_to()),
        ));
    }
    serde_json::from_slice(line).map_err(|error| {
        let message = error.to_string();
        let what = message.split(" at line ").next().unwrap_or_default();
        Refusal::new(
            Reason::Malformed,
            format!("line {number} is no JSON object at its byte {}: {what}", error.column()),
        )
    })
}

fn content(mut fields: Map<String, Value>, url: Option<String>, number: u64) -> Result<Content, Refusal> {
    let body = match (fields.remove("text"), fields.remove("html")) {
        (Some(Value::String(text)), _) => Body::Text(text),
        (None | Some(Value::Null), Some(Value::String(html))) => Body::Page(html.into_bytes()),
        (None | Some(Value::Null), None | Some(Value::Null)) => {
            return Err(Refusal::new(Reason::NoText, format!("line {number} has neither \"text\" nor \"html\"")));
        }
        _ => return Err(Refusal::new(Reason::Malformed, format!("line {number}: \"text\" and \"html\" are strings"))),
    };
    let published = when(&string(&fields, "published_at").unwrap_or_default());
    let is_page = matches!(body, Body::Page(_));
    Ok(Content {
        body,
        hints: Hints { url, charset: is_page.then(|| "utf-8".to_owned()), ..Hints::default() },
        given: Given {
            id: id(&fields),
            title: string(&fields, "title"),
            outlet: string(&fields, "outlet"),
            published_at: published.date,
            published_as: published.words,
            rung: Some(Rung::Given),
            ..Given::default()
        },
    })
}

/// An id may be a number: it is kept as it is written.
fn id(fields: &Map<String, Value>) -> Option<String> {
    match fields.get("id")? {
        Value::Number(number) => Some(number.to_string()),
        _ => string(fields, "id"),
    }
}

/// A field with something in it.
fn string(fields: &Map<String, Value>, name: &str) -> Option<String> {
    fields.get(name)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}
