//! Rows ↔ Arrow record batches. Only types that Spark takes back are used.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type, TimestampMicrosecondType};
use arrow_array::{
    Array, ArrayRef, BooleanArray, Float64Array, Int64Array, ListArray, RecordBatch, RecordBatchOptions, StringArray,
    StructArray, TimestampMicrosecondArray,
};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef, TimeUnit};

use super::ParquetError;
use crate::tables::{Column, Kind, Row, Table, Value};

/// The Arrow schema of a table. The unit of offsets stands in its metadata.
pub fn schema(table: Table) -> SchemaRef {
    let metadata = [
        ("onrecord.version", env!("CARGO_PKG_VERSION")),
        ("onrecord.table", table.name()),
        ("onrecord.offset_unit", "codepoint"),
    ];
    let metadata: HashMap<String, String> =
        metadata.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
    Arc::new(Schema::new_with_metadata(fields(table.columns()), metadata))
}

/// Rows as a batch of `schema(table)`.
///
/// # Errors
/// A row does not fit the table, or a column has more text than a batch can hold: give fewer rows.
pub fn batch(table: Table, rows: &[Row]) -> Result<RecordBatch, ParquetError> {
    let rows: Vec<&Row> = rows.iter().collect();
    let options = RecordBatchOptions::new().with_row_count(Some(rows.len()));
    Ok(RecordBatch::try_new_with_options(schema(table), arrays(table.columns(), &rows)?, &options)?)
}

/// The rows of a batch that has the columns of `table`; more columns behind them are passed over.
///
/// # Errors
/// A column is missing, stands elsewhere, or has another type.
pub fn rows(table: Table, batch: &RecordBatch) -> Result<Vec<Row>, ParquetError> {
    let found = batch.schema();
    for (at, expected) in fields(table.columns()).iter().enumerate() {
        let there = found.fields().get(at);
        if there
            .is_none_or(|there| there.name() != expected.name() || !same_type(there.data_type(), expected.data_type()))
        {
            let told = |field: &Field| format!("{} ({})", field.name(), field.data_type());
            let found = there.map_or_else(|| "missing".to_owned(), |field| told(field));
            return Err(ParquetError::Column { at: at + 1, expected: told(expected), found });
        }
    }
    let columns: Vec<Vec<Value>> =
        table.columns().iter().zip(batch.columns()).map(|(column, array)| values(column.kind, array)).collect();
    Ok(turned(columns, batch.num_rows()))
}

fn fields(columns: &[Column]) -> Fields {
    columns.iter().map(|column| Field::new(column.name, data_type(column.kind), true)).collect()
}

fn data_type(kind: Kind) -> DataType {
    match kind {
        Kind::Text => DataType::Utf8,
        Kind::Whole => DataType::Int64,
        Kind::Number => DataType::Float64,
        Kind::Truth => DataType::Boolean,
        Kind::Instant => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
        Kind::Texts => DataType::List(element(Kind::Text)),
        Kind::Group(_) => DataType::List(element(kind)),
    }
}

/// The element of a list, by the name that the Parquet format gives it.
fn element(kind: Kind) -> Arc<Field> {
    let data_type = match kind {
        Kind::Group(columns) => DataType::Struct(fields(columns)),
        kind => data_type(kind),
    };
    Arc::new(Field::new("element", data_type, true))
}

/// Whether two types are the same but for what their elements are called.
fn same_type(a: &DataType, b: &DataType) -> bool {
    match (a, b) {
        (DataType::List(a), DataType::List(b)) => same_type(a.data_type(), b.data_type()),
        (DataType::Struct(a), DataType::Struct(b)) => {
            a.len() == b.len()
                && a.iter().zip(b).all(|(a, b)| a.name() == b.name() && same_type(a.data_type(), b.data_type()))
        }
        (a, b) => a == b,
    }
}

fn arrays(columns: &[Column], rows: &[&Row]) -> Result<Vec<ArrayRef>, ParquetError> {
    let array = |(at, column): (usize, &Column)| {
        let values: Vec<&Value> = rows.iter().map(|row| row.get(at).unwrap_or(&Value::Null)).collect();
        array(column.kind, &values)
    };
    columns.iter().enumerate().map(array).collect()
}

fn array(kind: Kind, values: &[&Value]) -> Result<ArrayRef, ParquetError> {
    Ok(match kind {
        Kind::Text => {
            strings(&picked(values, |value| if let Value::Text(text) = value { Some(text.as_str()) } else { None })?)?
        }
        Kind::Whole => {
            let numbers = picked(values, |value| if let Value::Whole(number) = value { Some(*number) } else { None })?;
            Arc::new(Int64Array::from(numbers))
        }
        Kind::Number => {
            let numbers = picked(values, |value| if let Value::Number(number) = value { Some(*number) } else { None })?;
            Arc::new(Float64Array::from(numbers))
        }
        Kind::Truth => {
            let truths = picked(values, |value| if let Value::Truth(truth) = value { Some(*truth) } else { None })?;
            Arc::new(BooleanArray::from(truths))
        }
        Kind::Instant => {
            let micros = picked(values, |value| if let Value::Instant(micros) = value { Some(*micros) } else { None })?;
            Arc::new(TimestampMicrosecondArray::from(micros).with_timezone("UTC"))
        }
        Kind::Texts => {
            let lists =
                picked(values, |value| if let Value::Texts(texts) = value { Some(texts.as_slice()) } else { None })?;
            let inner: Vec<Option<&str>> =
                lists.iter().flatten().copied().flatten().map(|text| Some(text.as_str())).collect();
            list(element(Kind::Text), &lengths(&lists), strings(&inner)?)?
        }
        Kind::Group(columns) => {
            let lists =
                picked(values, |value| if let Value::Group(rows) = value { Some(rows.as_slice()) } else { None })?;
            let inner: Vec<&Row> = lists.iter().flatten().copied().flatten().collect();
            let structs = StructArray::try_new(fields(columns), arrays(columns, &inner)?, None)?;
            list(element(kind), &lengths(&lists), Arc::new(structs))?
        }
    })
}

/// What `pick` finds in each value that is not missing.
fn picked<'a, T>(values: &[&'a Value], pick: impl Fn(&'a Value) -> Option<T>) -> Result<Vec<Option<T>>, ParquetError> {
    let of = |value: &&'a Value| match (*value, pick(value)) {
        (Value::Null, _) => Ok(None),
        (_, Some(there)) => Ok(Some(there)),
        (other, None) => {
            Err(ArrowError::InvalidArgumentError(format!("{other:?} is in a column of another kind")).into())
        }
    };
    values.iter().map(of).collect()
}

fn lengths<T>(lists: &[Option<&[T]>]) -> Vec<Option<usize>> {
    lists.iter().map(|list| list.map(<[T]>::len)).collect()
}

/// A column of text. Arrow's offsets have 31 bits, and more would be a panic there.
fn strings(texts: &[Option<&str>]) -> Result<ArrayRef, ParquetError> {
    let bytes: usize = texts.iter().flatten().map(|text| text.len()).sum();
    if i32::try_from(bytes).is_err() {
        return Err(ParquetError::TooLong(bytes));
    }
    Ok(Arc::new(StringArray::from_iter(texts)))
}

fn list(element: Arc<Field>, lengths: &[Option<usize>], values: ArrayRef) -> Result<ArrayRef, ParquetError> {
    if i32::try_from(values.len()).is_err() {
        return Err(ParquetError::TooLong(values.len()));
    }
    let offsets = OffsetBuffer::from_lengths(lengths.iter().map(|length| length.unwrap_or(0)));
    let nulls: NullBuffer = lengths.iter().map(Option::is_some).collect();
    Ok(Arc::new(ListArray::try_new(element, offsets, values, Some(nulls))?))
}

/// The values of a column whose type has been looked at.
fn values(kind: Kind, array: &ArrayRef) -> Vec<Value> {
    let known = |at: usize, value: &dyn Fn(usize) -> Value| if array.is_null(at) { Value::Null } else { value(at) };
    let all = |value: &dyn Fn(usize) -> Value| (0..array.len()).map(|at| known(at, value)).collect();
    match kind {
        Kind::Text => {
            let texts = array.as_string::<i32>();
            all(&|at| Value::Text(texts.value(at).to_owned()))
        }
        Kind::Whole => {
            let numbers = array.as_primitive::<Int64Type>();
            all(&|at| Value::Whole(numbers.value(at)))
        }
        Kind::Number => {
            let numbers = array.as_primitive::<Float64Type>();
            all(&|at| Value::Number(numbers.value(at)))
        }
        Kind::Truth => {
            let truths = array.as_boolean();
            all(&|at| Value::Truth(truths.value(at)))
        }
        Kind::Instant => {
            let instants = array.as_primitive::<TimestampMicrosecondType>();
            all(&|at| Value::Instant(instants.value(at)))
        }
        Kind::Texts => {
            let lists = array.as_list::<i32>();
            let text = |value: Value| if let Value::Text(text) = value { Some(text) } else { None };
            all(&|at| Value::Texts(values(Kind::Text, &lists.value(at)).into_iter().filter_map(text).collect()))
        }
        Kind::Group(columns) => {
            let lists = array.as_list::<i32>();
            all(&|at| {
                let inner = lists.value(at);
                let fields = inner.as_struct();
                let columns = columns.iter().zip(fields.columns());
                let columns: Vec<Vec<Value>> = columns.map(|(column, array)| values(column.kind, array)).collect();
                Value::Group(turned(columns, inner.len()))
            })
        }
    }
}

/// Columns of values as rows.
fn turned(columns: Vec<Vec<Value>>, count: usize) -> Vec<Row> {
    let mut rows: Vec<Row> = (0..count).map(|_| Vec::with_capacity(columns.len())).collect();
    for column in columns {
        rows.iter_mut().zip(column).for_each(|(row, value)| row.push(value));
    }
    rows
}

#[cfg(test)]
mod tests {
    use arrow_schema::DataType;

    use super::{batch, rows, schema};
    use crate::fixture;
    use crate::formats::Options;
    use crate::tables::{self, Table, Value};

    #[test]
    fn rows_come_back_from_a_batch_as_they_were() {
        for table in Table::ALL {
            let there = tables::rows(table, &fixture::record(), &Options::default());
            assert_eq!(rows(table, &batch(table, &there).unwrap()).unwrap(), there, "{table:?}");
        }
    }

    #[test]
    fn spark_takes_every_type() {
        fn is_safe(data_type: &DataType) -> bool {
            match data_type {
                DataType::Utf8 | DataType::Int64 | DataType::Float64 | DataType::Boolean => true,
                DataType::Timestamp(arrow_schema::TimeUnit::Microsecond, zone) => zone.as_deref() == Some("UTC"),
                DataType::List(element) => is_safe(element.data_type()),
                DataType::Struct(fields) => fields.iter().all(|field| is_safe(field.data_type())),
                _ => false,
            }
        }
        for table in Table::ALL {
            for field in schema(table).fields() {
                assert!(is_safe(field.data_type()), "{table:?}: {field}");
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let error = batch(Table::Entities, &[vec![Value::Truth(true)]]).unwrap_err().to_string();
        assert_eq!(error, "Invalid argument error: Truth(true) is in a column of another kind");
        let statements = tables::rows(Table::Statements, &fixture::record(), &Options::default());
        let error = rows(Table::Events, &batch(Table::Statements, &statements).unwrap()).unwrap_err().to_string();
        assert_eq!(error, "column 1 should be event_id (Utf8), but is statement_id (Utf8)");
    }
}
