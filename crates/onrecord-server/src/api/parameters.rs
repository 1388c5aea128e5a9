//! The parameters that addresses take, with what each may be.

use onrecord_store::search::{ACTS, FORMS, PRECISIONS, TYPES};
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{
    AnyOfBuilder, ArrayBuilder, KnownFormat, Object, ObjectBuilder, Schema, SchemaFormat, Type,
};
use utoipa::openapi::{RefOr, Required};

use crate::asked::{KINDS, MOST_CHARS, MOST_ROWS, ROWS};
use crate::data::map::{REGIONS, ZOOMS};

/// What tells where a page of a list begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// All there is comes at once.
    Nowhere,
    /// A place in the results of a search, as the store writes it.
    Place,
    /// A number.
    Number,
    /// The permalink of the last row.
    Permalink,
    /// The name of the last row.
    Name,
}

impl After {
    fn schema(self) -> ObjectBuilder {
        match self {
            After::Place => text().pattern(Some(r"^(n[0-9]{1,18}|r[0-9a-f]{1,16}\.[0-9]{1,18})$")),
            After::Number => text().pattern(Some("^[0-9]{1,18}$")),
            After::Permalink => permalink(),
            After::Name | After::Nowhere => text(),
        }
    }
}

/// The parameter of a query that is called `name`; `after` is what pages of this list begin at.
pub fn query(name: &str, after: After) -> Parameter {
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
        "party" => (several(text().build()), "The permalink of whoever did it or had it done to them; any of several"),
        "asserted" => (several(one_of(&["article", "statement"])), "Who tells of it; any of several"),
        "precision" => (several(one_of(PRECISIONS)), "How finely the text tells when; any of several"),
        "happened_from" => (day(), "The first day on which it happened"),
        "happened_to" => (day(), "The last day on which it happened"),
        "kind" => (several(one_of(&KINDS)), "What kind of subject; any of several"),
        "region" => (one_of(&REGIONS.map(|(name, _, _)| name)).into(), "A part of the world that has a name"),
        "at" => (
            text().pattern(Some(DEGREES)).into(),
            "The middle of what is seen, in degrees north and east: `-43.6,172.7`; without it that of the region",
        ),
        "zoom" => (
            ObjectBuilder::new()
                .schema_type(Type::Number)
                .minimum(Some(*ZOOMS.start()))
                .maximum(Some(*ZOOMS.end()))
                .into(),
            "How many times larger than on a map of the world; without it as the region is seen, 8 around `at`",
        ),
        "code" => (text().into(), "The code of a reason"),
        "about" => (text().into(), "A permalink: only corrections of what it names"),
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
            after.schema().into(),
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
        .schema(Some(permalink().build()))
        .build()
}

/// Degrees north from -90 to 90, a comma, degrees east from -180 to 180.
const DEGREES: &str = r"^-?([0-8]?\d(\.\d{1,9})?|90),-?((\d{1,2}|1[0-7]\d)(\.\d{1,9})?|180)$";

fn permalink() -> ObjectBuilder {
    text().pattern(Some("^[a-z2-7]{13,20}$"))
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
        Schema::Object(mut one) if one.enum_values.is_some() => {
            one.enum_values.iter_mut().for_each(|values| values.push("".into()));
            one.into()
        }
        Schema::Object(mut one) if one.pattern.is_some() => {
            one.pattern = one.pattern.map(|pattern| format!("^$|{pattern}"));
            one.into()
        }
        // Any other text may be empty, but for one that has a format.
        Schema::Object(one) if one.schema_type == Type::String.into() && one.format.is_none() => one.into(),
        Schema::Array(several) => several.into(),
        one => AnyOfBuilder::new().item(one).item(text().max_length(Some(0))).into(),
    }
}

fn several(of: Object) -> Schema {
    ArrayBuilder::new().items(RefOr::T(or_nothing(of.into()))).into()
}
