//! A record without its text, hash and model, packed: columns instead of objects, then deflate. About as large as the text; its JSON is ten times that.
//!
//! The record is taken as a JSON value and taken apart by *path* (`statements[].cue.lemma`). Every path is a column of all its values in the order in
//! which they come; spans are told by their distance from the one before; ids that only count (`s1`, `s2`) are told by their letter. Sets of keys
//! are those of [`SHAPES`] or written out, so a field that is added to the record later needs no change here. Putting together walks in the same order, so
//! paths themselves are not written.

use std::collections::HashMap;

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use onrecord::Record;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The largest record that is unpacked, so that a damaged file cannot fill the memory.
const LIMIT: usize = 1 << 30;
/// How many paths a record may have, so that a damaged one cannot nest without end.
const MOST_PATHS: usize = 1_000;
/// The longest list that is put together, for the same reason.
const MOST_ITEMS: usize = 1 << 26;
/// Deflate's level: above 8 the time grows and the size hardly falls.
const LEVEL: u8 = 8;

/// Sets of keys, each in the order of the alphabet. Stores hold their places: sets may be added at the end, never moved.
#[rustfmt::skip]
const SHAPES: &[&str] = &[
    "document engine entities events model onrecord places quantities statements times",
    "bylines id language outlet paragraphs published_at published_at_basis sentences text title url",
    "bylines id language outlet paragraphs published_at published_at_basis published_at_because sentences text title url",
    "country id kind mentions name named place roles sector",
    "form span",
    "span text",
    "addressee because confidence content cue form id medium parent place polarity said_when said_where source time",
    "because entities spans",
    "entities spans",
    "act lemma spans",
    "spans",
    "rule",
    "rule scores",
    "certainty cue valid",
    "certainty cue kind valid",
    "actors asserted_by because cameo certainty confidence contexts id mode place polarity quad quantities recipients tense time trigger type",
    "actors asserted_by because cameo certainty confidence contexts id mode place polarity quad quantities recipients same_as tense time trigger type",
    "actors asserted_by because cameo certainty confidence contexts id mode place polarity quad quantities recipients tense time toll trigger type",
    "entity span",
    "dead",
    "injured",
    "dead injured",
    "arrested",
    "size",
    "because id mod span type value",
    "because id mod span type until value",
    "as_actor because country dateline geonames id kind lat lon name span",
    "as_actor because claimed_by country dateline geonames id kind lat lon name span",
    "because bound id of span unit unit_code upper value",
    "base because bound id of span unit unit_code upper value",
    "unit value",
];

/// What of a record stands in columns of its own and is not packed with it.
#[derive(Debug, Clone, Copy)]
pub struct Apart<'a> {
    /// The text.
    pub text: &'a str,
    /// Its SHA-256, which is the id of a document that the input gave none.
    pub hash: &'a str,
    /// The model's hash.
    pub model: &'a str,
}

/// Packs `record` without its text, and without its id where that is `hash`.
///
/// # Errors
/// Why it cannot be packed; a record whose numbers are all finite can.
pub fn pack(record: &Record, hash: &str) -> Result<Vec<u8>, String> {
    let mut value = serde_json::to_value(record).map_err(|error| error.to_string())?;
    for (path, is_apart) in [("/document/text", true), ("/document/id", record.document.id == hash), ("/model", true)] {
        if let Some(place) = value.pointer_mut(path).filter(|_| is_apart) {
            *place = Value::Null;
        }
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
pub fn unpack(packed: &[u8], apart: Apart) -> Result<Record, String> {
    let json = decompress_to_vec_with_limit(packed, LIMIT).map_err(|error| error.to_string())?;
    let columns: Vec<Column> = serde_json::from_slice(&json).map_err(|error| error.to_string())?;
    if columns.len() > MOST_PATHS {
        return Err(format!("{} paths, but a record has at most {MOST_PATHS}", columns.len()));
    }
    let mut reading = Reading { columns, at: Vec::new(), paths: Paths::default() };
    reading.at.resize_with(reading.columns.len(), Default::default);
    let mut value = reading.give(0).ok_or("its columns do not fit each other")?;
    for (path, words) in [("/document/text", apart.text), ("/document/id", apart.hash), ("/model", apart.model)] {
        if let Some(place) = value.pointer_mut(path).filter(|place| place.is_null()) {
            *place = Value::String(words.to_owned());
        }
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
    /// Sets of keys that occur: places in [`SHAPES`], or the keys themselves.
    #[serde(rename = "o", default, skip_serializing_if = "Vec::is_empty")]
    shapes: Vec<Value>,
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
        let mut fields: Vec<(&String, &Value)> = fields.iter().collect();
        fields.sort_by_key(|(key, _)| *key);
        let keys = fields.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>().join(" ");
        let keys = match SHAPES.iter().position(|known| *known == keys) {
            Some(at) => Value::from(at),
            None => Value::from(keys),
        };
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
                let length = *column.lengths.get(at.arrays - 1).filter(|length| **length <= MOST_ITEMS)?;
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
        let keys = match column.shapes.get(*column.shape.get(at.objects - 1)?)? {
            Value::String(keys) => keys.clone(),
            known => (*SHAPES.get(usize::try_from(known.as_u64()?).ok()?)?).to_owned(),
        };
        let mut fields = Map::new();
        for key in keys.split(' ').filter(|key| !key.is_empty()) {
            let child = self.paths.child(path, key);
            fields.insert(key.to_owned(), self.give(child)?);
        }
        Some(Value::Object(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_sorted_as_they_are_looked_up() {
        for shape in SHAPES {
            assert!(shape.split(' ').is_sorted(), "{shape}");
        }
    }

    #[test]
    fn what_is_damaged_is_an_error_and_no_panic() {
        let apart = Apart { text: "", hash: "", model: "" };
        for json in [
            "[]",
            r##"[{"k":"a","a":[3]},{"k":"#s"}]"##,
            r#"[{"k":"o","o":[99],"i":[0]}]"#,
            r#"[{"k":"s","s":[1]}]"#,
            r#"[{"k":"é"}]"#,
        ] {
            assert!(unpack(&compress_to_vec(json.as_bytes(), LEVEL), apart).is_err(), "{json}");
        }
        assert!(unpack(b"no deflate", apart).is_err());
    }
}
