//! The parameters that addresses take, with what each may be.

use onrecord_store::search::{ACTS, FORMS, TYPES};
use utoipa::openapi::Required;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{
    AnyOfBuilder, ArrayBuilder, KnownFormat, Object, ObjectBuilder, Schema, SchemaFormat, Type,
};

use crate::asked::{MOST_CHARS, MOST_ROWS, ROWS};

/// The parameter of a query that is called `name`.
pub fn query(name: &str) -> Parameter {
    let (schema, about): (Schema, &str) = match name {
        "q" => (
            text().max_length(Some(MOST_CHARS)).into(),
            "Words that must all be there, in any order; `\"as they stand\"`, `-unwanted`, `pref*`",
        ),
        "outlet" => (several(text().build()), "Who published it; any of several"),
        "speaker" => (several(text().build()), "The permalink of whoever said it; any of several"),
        "actor" => (several(text().build()), "The permalink of whoever did it; any of several"),
        "recipient" => (several(text().build()), "The permalink of whomever it was done to; any of several"),
        "act" => (several(one_of(ACTS)), "The kind of saying; any of several"),
        "form" => (several(one_of(FORMS)), "How the words are given; any of several"),
        "type" => (several(one_of(TYPES)), "The PLOVER type of an event; any of several"),
        "country" => (
            several(text().build()),
            "ISO 3166-1 alpha-2: of statements the speaker's country, of events where they happened; any of several",
        ),
        "place" => (several(text().build()), "The name of a place; any of several"),
        "status" => (
            several(one_of(&["open", "accepted", "rejected", "edited"])),
            "What a person made of it, `open` where nobody looked; any of several",
        ),
        "negated" => (truth(), "Whether it is told not to have been said, or not to have happened"),
        "from" => (day(), "The first day of publication"),
        "to" => (day(), "The last day of publication"),
        "order" => (one_of(&["best", "newest"]).into(), "What comes first; of many matches the newest in any case"),
        "limit" => (
            ObjectBuilder::new()
                .schema_type(Type::Integer)
                .minimum(Some(1))
                .maximum(Some(MOST_ROWS))
                .default(Some(ROWS.into()))
                .into(),
            "How many rows a page has; more than the most is refused",
        ),
        "after" => (
            text().pattern(Some(r"^(n[0-9]{1,18}|r[0-9a-f]{1,16}\.[0-9]{1,18})$")).into(),
            "Where the page before ended: part of its `next_url`. A place that is none in these results is not found",
        ),
        "facets" => (truth(), "Whether to count all rows and how they are spread; true without it"),
        _ => (text().into(), ""),
    };
    let about = (!about.is_empty()).then_some(about);
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(about)
        .schema(Some(or_nothing(schema)))
        .build()
}

/// The part of a path that is called `name`.
pub fn path(name: &str) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .description(Some("A permalink"))
        .schema(Some(text().pattern(Some("^[a-z2-7]{13,20}$")).build()))
        .build()
}

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

fn one_of(values: &[&str]) -> Object {
    text().enum_values(Some(values.iter().copied().filter(|value| !value.is_empty()))).build()
}

fn truth() -> Schema {
    // As a query has it: a word.
    ObjectBuilder::new().schema_type(Type::Boolean).into()
}

fn day() -> Schema {
    text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Date))).into()
}

/// What a form of a page sends for a field that was left empty is as good as nothing.
fn or_nothing(schema: Schema) -> Schema {
    match schema {
        // Several values, of which none may be empty, are several fields.
        Schema::Array(_) => schema,
        schema => AnyOfBuilder::new().item(schema).item(text().max_length(Some(0))).into(),
    }
}

fn several(of: Object) -> Schema {
    ArrayBuilder::new().items(of).into()
}
