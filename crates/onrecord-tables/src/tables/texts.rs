//! Rows → cells of CSV and JSON lines.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value as Json;

use super::{Column, Kind, Row, Table, Value};
use crate::formats::cells::{Cell, joined};

/// The cells of a row. Lists are parted by `"; "`; spans are `start-end`; of other structs each field has a column of its own, in step.
pub fn csv_cells(table: Table, row: &Row) -> Vec<Cell> {
    let pairs = table.columns().iter().zip(row).filter(|(column, _)| column.name != "record");
    pairs.flat_map(|(column, value)| cells(column, value)).collect()
}

/// The names of the columns that [`csv_cells`] fills.
pub fn csv_columns(table: Table) -> Vec<String> {
    let columns = table.columns().iter().filter(|column| column.name != "record");
    columns
        .flat_map(|column| match column.kind {
            Kind::Group(inner) if !is_span(inner) => {
                inner.iter().map(|field| format!("{}_{}", column.name, field.name)).collect()
            }
            _ => vec![column.name.to_owned()],
        })
        .collect()
}

/// A row as a JSON object on a line, `type` first and then its columns in their order; with its line end.
pub fn json_line(table: Table, row: &Row) -> String {
    // String keys and finite numbers: nothing can fail on the way into memory.
    serde_json::to_string(&Line { table, row }).unwrap_or_default() + "\n"
}

struct Line<'a> {
    table: Table,
    row: &'a Row,
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", self.table.row_name())?;
        for (column, value) in self.table.columns().iter().zip(self.row).filter(|(column, _)| column.name != "record") {
            map.serialize_entry(column.name, &json(column.kind, value))?;
        }
        map.end()
    }
}

fn is_span(columns: &[Column]) -> bool {
    columns.iter().map(|column| column.name).eq(["start", "end"])
}

fn cells(column: &Column, value: &Value) -> Vec<Cell> {
    match (column.kind, value) {
        (Kind::Group(inner), Value::Group(rows)) if is_span(inner) => {
            let spans: Vec<String> =
                rows.iter().map(|row| row.iter().map(plain).collect::<Vec<_>>().join("-")).collect();
            vec![Cell::Plain(spans.join("; "))]
        }
        (Kind::Group(inner), Value::Group(rows)) => {
            let field = |at: usize| {
                let values: Vec<Option<String>> = rows.iter().map(|row| row.get(at).and_then(known)).collect();
                Cell::Words(joined(values.iter().map(Option::as_deref), ""))
            };
            (0..inner.len()).map(field).collect()
        }
        (Kind::Group(inner), _) if !is_span(inner) => vec![Cell::Plain(String::new()); inner.len()],
        (_, Value::Text(text)) => vec![Cell::Words(text.clone())],
        (_, Value::Texts(texts)) => vec![Cell::Words(joined(texts.iter().map(|text| Some(text.as_str())), ""))],
        (_, value) => vec![Cell::Plain(plain(value))],
    }
}

fn known(value: &Value) -> Option<String> {
    (*value != Value::Null).then(|| plain(value))
}

fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Whole(number) => number.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Truth(truth) => truth.to_string(),
        Value::Instant(micros) => crate::dates::utc(*micros),
        Value::Null | Value::Texts(_) | Value::Group(_) => String::new(),
    }
}

fn json(kind: Kind, value: &Value) -> Json {
    match (kind, value) {
        (Kind::Group(columns), Value::Group(rows)) => {
            let object = |row: &Row| {
                let fields =
                    columns.iter().zip(row).map(|(column, value)| (column.name.to_owned(), json(column.kind, value)));
                Json::Object(fields.collect())
            };
            rows.iter().map(object).collect()
        }
        (_, Value::Text(text)) => Json::from(text.as_str()),
        (_, Value::Whole(number)) => Json::from(*number),
        (_, Value::Number(number)) => Json::from(*number),
        (_, Value::Truth(truth)) => Json::from(*truth),
        (_, Value::Instant(_)) => Json::from(plain(value)),
        (_, Value::Texts(texts)) => Json::from(texts.as_slice()),
        (_, Value::Null | Value::Group(_)) => Json::Null,
    }
}
