//! A record without its text, packed: columns instead of objects, then deflate. About as large as the text; its JSON is ten times that.
//!
//! The record is taken as a JSON value and taken apart by *path* (`statements[].cue.lemma`). Every path is a column of all its values in the order in
//! which they come; spans are told by their distance from the one before; ids that only count (`s1`, `s2`) are told by their letter. The names of keys
//! are those of [`KEYS`] or written out, so a field that is added to the record later needs no change here. Putting together walks in the same order, so
//! paths themselves are not written.

use std::collections::HashMap;

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use onrecord::Record;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The largest record that is unpacked, so that a damaged file cannot fill the memory.
const LIMIT: usize = 1 << 30;
/// Deflate's level: above 7 the time grows and the size hardly falls.
const LEVEL: u8 = 7;

/// Key names by their places. Stores hold the places: names may be added at the end, never moved.
#[rustfmt::skip]
const KEYS: &[&str] = &[
    "onrecord", "engine", "model", "document", "entities", "statements", "events", "times", "places", "quantities", "id", "url", "outlet", "title",
    "bylines", "published_at", "published_as", "published_at_basis", "published_at_because", "language", "text", "paragraphs", "sentences", "name",
    "kind", "named", "roles", "country", "sector", "place", "mentions", "span", "form", "source", "spans", "because", "rule", "scores", "cue",
    "lemma", "act", "content", "polarity", "parent", "addressee", "medium", "said_when", "said_where", "time", "confidence", "valid", "certainty",
    "trigger", "type", "mode", "contexts", "cameo", "quad", "actors", "recipients", "entity", "tense", "asserted_by", "toll", "dead", "injured",
    "arrested", "size", "same_as", "value", "mod", "until", "lat", "lon", "geonames", "as_actor", "dateline", "claimed_by", "upper", "unit",
    "unit_code", "bound", "of", "base",
];

/// Packs `record` without `document.text`.
///
/// # Errors
/// Why it cannot be packed; a record whose numbers are all finite can.
pub fn pack(record: &Record) -> Result<Vec<u8>, String> {
    let mut value = serde_json::to_value(record).map_err(|error| error.to_string())?;
    if let Some(text) = value.pointer_mut("/document/text") {
        *text = Value::Null;
    }
    let mut columns = Columns::default();
    columns.take(&value, 0);
    let columns: Vec<Column> = columns.columns.into_iter().map(Column::with_counted_ids).collect();
    let json = serde_json::to_vec(&columns).map_err(|error| error.to_string())?;
    Ok(compress_to_vec(&json, LEVEL))
}

/// Puts the record together again, with the text that `pack` left out.
///
/// # Errors
/// What does not fit.
pub fn unpack(packed: &[u8], text: &str) -> Result<Record, String> {
    let json = decompress_to_vec_with_limit(packed, LIMIT).map_err(|error| error.to_string())?;
    let columns: Vec<Column> = serde_json::from_slice(&json).map_err(|error| error.to_string())?;
    let mut reading = Reading { columns, at: Vec::new(), paths: Paths::default() };
    reading.at.resize_with(reading.columns.len(), Default::default);
    let mut value = reading.give(0).ok_or("its columns do not fit each other")?;
    if let Some(place) = value.pointer_mut("/document/text") {
        *place = Value::String(text.to_owned());
    }
    serde_json::from_value(value).map_err(|error| error.to_string())
}

/// All values of one path. What a value is, in `kinds`: `v` a scalar, `o` an object, `a` an array, `s` a span; one letter where all are alike; `#` and
/// a letter for scalars that count.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Column {
    #[serde(rename = "k")]
    kinds: String,
    #[serde(rename = "v", default, skip_serializing_if = "Vec::is_empty")]
    scalars: Vec<Value>,
    /// Sets of keys that occur.
    #[serde(rename = "o", default, skip_serializing_if = "Vec::is_empty")]
    shapes: Vec<Vec<Value>>,
    /// Which of them each object has.
    #[serde(rename = "i", default, skip_serializing_if = "Vec::is_empty")]
    shape: Vec<usize>,
    /// Lengths of arrays.
    #[serde(rename = "a", default, skip_serializing_if = "Vec::is_empty")]
    lengths: Vec<usize>,
    /// Starts of spans, from the start of the one before.
    #[serde(rename = "s", default, skip_serializing_if = "Vec::is_empty")]
    starts: Vec<i64>,
    /// Ends of spans, from their own starts.
    #[serde(rename = "e", default, skip_serializing_if = "Vec::is_empty")]
    ends: Vec<i64>,
}

impl Column {
    /// Kinds that are all alike are told once, and ids that count by their letter alone.
    fn with_counted_ids(mut self) -> Column {
        let first = self.kinds.chars().next();
        if let Some(first) = first.filter(|first| self.kinds.chars().all(|kind| kind == *first)) {
            self.kinds = first.to_string();
        }
        let letter = self.scalars.first().and_then(Value::as_str).and_then(|id| id.chars().next());
        if let Some(letter) = letter.filter(|letter| self.kinds == "v" && letter.is_ascii_lowercase()) {
            let counts = |(id, number): (&Value, usize)| id.as_str() == Some(&format!("{letter}{number}"));
            if self.scalars.iter().zip(1..).all(counts) {
                self.kinds = format!("#{letter}");
                self.scalars.clear();
            }
        }
        self
    }
}

/// The columns of paths by their parent and key.
#[derive(Default)]
struct Paths {
    children: HashMap<(usize, String), usize>,
    count: usize,
}

impl Paths {
    /// The path of a key, or with no key of an array's items; numbered as they are met. The root is 0.
    fn child(&mut self, parent: usize, key: &str) -> usize {
        if let Some(&child) = self.children.get(&(parent, key.to_owned())) {
            return child;
        }
        self.count += 1;
        self.children.insert((parent, key.to_owned()), self.count);
        self.count
    }
}

/// Values taken apart.
#[derive(Default)]
struct Columns {
    columns: Vec<Column>,
    paths: Paths,
    /// Where the last span of each path started.
    last: Vec<i64>,
}

impl Columns {
    fn take(&mut self, value: &Value, path: usize) {
        if self.columns.len() <= path {
            self.columns.resize_with(path + 1, Column::default);
            self.last.resize(path + 1, 0);
        }
        match value {
            Value::Object(fields) => self.take_object(fields, path),
            Value::Array(items) => match as_span(items) {
                Some((start, end)) => self.take_span(start, end, path),
                None => {
                    self.columns[path].kinds.push('a');
                    self.columns[path].lengths.push(items.len());
                    let child = self.paths.child(path, "");
                    items.iter().for_each(|item| self.take(item, child));
                }
            },
            scalar => {
                self.columns[path].kinds.push('v');
                self.columns[path].scalars.push(scalar.clone());
            }
        }
    }

    fn take_object(&mut self, fields: &Map<String, Value>, path: usize) {
        let short = |key: &String| match KEYS.iter().position(|known| known == key) {
            Some(at) => Value::from(at),
            None => Value::from(key.as_str()),
        };
        let keys: Vec<Value> = fields.keys().map(short).collect();
        let column = &mut self.columns[path];
        column.kinds.push('o');
        let shape = column.shapes.iter().position(|known| *known == keys).unwrap_or(column.shapes.len());
        if shape == column.shapes.len() {
            column.shapes.push(keys);
        }
        column.shape.push(shape);
        for (key, field) in fields {
            let child = self.paths.child(path, key);
            self.take(field, child);
        }
    }

    fn take_span(&mut self, start: i64, end: i64, path: usize) {
        let column = &mut self.columns[path];
        column.kinds.push('s');
        column.starts.push(start - self.last[path]);
        column.ends.push(end - start);
        self.last[path] = start;
    }
}

/// Two whole numbers, as a span is written; not so large that their difference could overflow.
fn as_span(items: &[Value]) -> Option<(i64, i64)> {
    let number = |value: &Value| value.as_u64().and_then(|n| i64::try_from(n).ok()).filter(|n| *n < 1 << 52);
    match items {
        [start, end] => number(start).zip(number(end)),
        _ => None,
    }
}

/// How far a column is read.
#[derive(Default)]
struct At {
    values: usize,
    scalars: usize,
    objects: usize,
    arrays: usize,
    spans: usize,
    last: i64,
}

/// Columns put together.
struct Reading {
    columns: Vec<Column>,
    at: Vec<At>,
    paths: Paths,
}

impl Reading {
    /// The next value of a path; none where the columns do not fit each other.
    fn give(&mut self, path: usize) -> Option<Value> {
        let column = self.columns.get_mut(path)?;
        let at = self.at.get_mut(path)?;
        at.values += 1;
        let kinds = column.kinds.as_bytes();
        let kind =
            if kinds.len() == 1 || kinds.first() == Some(&b'#') { kinds.first() } else { kinds.get(at.values - 1) };
        match kind? {
            b'#' => Some(Value::String(format!("{}{}", char::from(*kinds.get(1)?), at.values))),
            b'v' => {
                at.scalars += 1;
                column.scalars.get_mut(at.scalars - 1).map(Value::take)
            }
            b's' => {
                at.spans += 1;
                at.last = at.last.checked_add(*column.starts.get(at.spans - 1)?)?;
                let end = at.last.checked_add(*column.ends.get(at.spans - 1)?)?;
                Some(Value::from(vec![at.last, end]))
            }
            b'a' => {
                at.arrays += 1;
                let length = *column.lengths.get(at.arrays - 1)?;
                let child = self.paths.child(path, "");
                (0..length).map(|_| self.give(child)).collect::<Option<Vec<_>>>().map(Value::Array)
            }
            b'o' => self.give_object(path),
            _ => None,
        }
    }

    fn give_object(&mut self, path: usize) -> Option<Value> {
        let at = self.at.get_mut(path)?;
        at.objects += 1;
        let column = self.columns.get(path)?;
        let keys = column.shapes.get(*column.shape.get(at.objects - 1)?)?.clone();
        let mut fields = Map::new();
        for key in &keys {
            let name = match key.as_str() {
                Some(name) => name,
                None => KEYS.get(usize::try_from(key.as_u64()?).ok()?)?,
            };
            let child = self.paths.child(path, name);
            fields.insert(name.to_owned(), self.give(child)?);
        }
        Some(Value::Object(fields))
    }
}
