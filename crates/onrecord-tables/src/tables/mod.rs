//! A record → rows of five tables: documents, statements, events, mentions of events, entities.
//!
//! Columns stand in [`schema`], once for all encodings: CSV and JSON lines here, Arrow and Parquet beside. A row's values are in the order of its table's columns.

mod documents;
mod entities;
mod events;
mod schema;
mod statements;
mod texts;

use onrecord::Record;
use onrecord::record::CharSpan;

pub use self::schema::{Column, Kind, Table};
pub(crate) use self::texts::{csv_cells, csv_columns, json_line};
use crate::article::Article;
use crate::formats::Options;

/// A value of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Not known.
    Null,
    /// Words.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number; always finite.
    Number(f64),
    /// Yes or no.
    Truth(bool),
    /// Microseconds since 1970 in UTC.
    Instant(i64),
    /// Several words.
    Texts(Vec<String>),
    /// Several values with columns of their own.
    Group(Vec<Row>),
}

/// The values of a row, in the order of the columns.
pub type Row = Vec<Value>;

/// A row under way: each value with the name of its column, so that a test can hold them against the schema.
type Named = Vec<(&'static str, Value)>;

/// The rows that `record` gives to a table, in the order of the text.
pub fn rows(table: Table, record: &Record, options: &Options) -> Vec<Row> {
    article_rows(table, &Article::new(record), options)
}

pub(crate) fn article_rows(table: Table, article: &Article, options: &Options) -> Vec<Row> {
    let unnamed =
        |named: Vec<Named>| named.into_iter().map(|row| row.into_iter().map(|(_, value)| value).collect()).collect();
    unnamed(named_rows(table, article, options))
}

fn named_rows(table: Table, article: &Article, options: &Options) -> Vec<Named> {
    match table {
        Table::Documents => vec![documents::row(article, options)],
        Table::Statements => statements::rows(article, options),
        Table::Events => events::rows(article, options),
        Table::EventMentions => events::mentions(article, options),
        Table::Entities => entities::rows(article, options),
    }
}

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

fn maybe(text: Option<&str>) -> Value {
    text.map_or(Value::Null, |text| Value::Text(text.to_owned()))
}

/// A count or an offset. What no signed number of 64 bits holds is held by no memory either.
fn whole(number: usize) -> Value {
    i64::try_from(number).map_or(Value::Null, Value::Whole)
}

fn number(number: Option<f64>) -> Value {
    number.filter(|number| number.is_finite()).map_or(Value::Null, Value::Number)
}

fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Value {
    Value::Texts(texts.into_iter().map(str::to_owned).collect())
}

fn spans(spans: &[CharSpan]) -> Value {
    Value::Group(spans.iter().map(|span| vec![whole(span.start), whole(span.end)]).collect())
}

/// The words of a span that may not be there.
fn words(article: &Article, span: Option<CharSpan>) -> Value {
    span.map_or(Value::Null, |span| text(article.words(span)))
}

#[cfg(test)]
mod tests {
    use super::{Kind, Table, Value, named_rows};
    use crate::article::Article;
    use crate::fixture;
    use crate::formats::Options;

    fn fits(kind: Kind, value: &Value) -> bool {
        match (kind, value) {
            (_, Value::Null)
            | (Kind::Text, Value::Text(_))
            | (Kind::Whole, Value::Whole(_))
            | (Kind::Number, Value::Number(_))
            | (Kind::Truth, Value::Truth(_))
            | (Kind::Instant, Value::Instant(_))
            | (Kind::Texts, Value::Texts(_)) => true,
            (Kind::Group(columns), Value::Group(rows)) => rows.iter().all(|row| {
                row.len() == columns.len() && columns.iter().zip(row).all(|(column, value)| fits(column.kind, value))
            }),
            _ => false,
        }
    }

    #[test]
    fn every_row_has_the_columns_of_its_table() {
        let record = fixture::record();
        let article = Article::new(&record);
        for table in Table::ALL {
            let columns: Vec<&str> = table.columns().iter().map(|column| column.name).collect();
            let rows = named_rows(table, &article, &Options::default());
            assert!(!rows.is_empty(), "{table:?}");
            for row in rows {
                assert_eq!(row.iter().map(|(name, _)| *name).collect::<Vec<_>>(), columns, "{table:?}");
                for (column, (name, value)) in table.columns().iter().zip(&row) {
                    assert!(fits(column.kind, value), "{table:?}.{name}: {value:?}");
                }
            }
        }
    }
}
