//! The shapes of a correction that is sent: which fields it has depends on what it changes.

use std::borrow::Cow;

use onrecord_store::corrections::{Edit, Speaker};
use utoipa::openapi::schema::{AdditionalProperties, ArrayBuilder, ObjectBuilder, OneOfBuilder, Type};
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::correcting::Body;
use crate::data::corrections::{LONGEST_NAME, LONGEST_REASON};

/// Changes that need nothing else.
const PLAIN: [&str; 5] = ["accept", "reject", "reopen", "apart", "undo"];

impl ToSchema for Body {
    fn name() -> Cow<'static, str> {
        "NewCorrection".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        for (name, schema) in [(Edit::name(), Edit::schema()), (Speaker::name(), Speaker::schema())] {
            schemas.push((name.into_owned(), schema));
        }
        Edit::schemas(schemas);
        Speaker::schemas(schemas);
    }
}

impl PartialSchema for Body {
    fn schema() -> RefOr<Schema> {
        let speakers = ArrayBuilder::new().items(Ref::from_schema_name(Speaker::name()));
        let speakers = speakers.description(Some("Who said it; nobody whom the text names, where there are none"));
        let into = text("The permalink of the subject that it is");
        OneOfBuilder::new()
            .description(Some("What somebody asks to be corrected"))
            .item(body(&PLAIN))
            .item(body(&["edit"]).property("spans", Ref::from_schema_name(Edit::name())).required("spans"))
            .item(body(&["attribute"]).property("speakers", speakers).required("speakers"))
            .item(body(&["merge"]).property("into", into).required("into"))
            .into()
    }
}

/// The fields that all have.
fn body(changes: &[&str]) -> ObjectBuilder {
    let item = text("The permalink of a statement, an event or a subject; of what is undone, the id of the correction");
    let change = text("What is done").enum_values(Some(changes.to_vec()));
    let who = text("Who says so").pattern(Some(r"\S")).max_length(Some(LONGEST_NAME));
    let why = text("Why").max_length(Some(LONGEST_REASON));
    ObjectBuilder::new()
        .schema_type(Type::Object)
        .property("item", item)
        .required("item")
        .property("change", change)
        .required("change")
        .property("who", who)
        .required("who")
        .property("why", why)
        .additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(false)))
}

fn text(about: &str) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).description(Some(about))
}
